"""What the ledger says of clues follows from the nights, however often and in whichever order one is run again."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import Engine, create_engine, text

from warehouse.ledger import nights
from warehouse.ledger.nights import closed_clues, open_clues
from warehouse.ledger.open import MIGRATIONS, opened

FIRST, SECOND, THIRD, FOURTH = (date(2020, 6, day) for day in (27, 28, 29, 30))


@pytest.fixture
def ledger(tmp_path: Path) -> Engine:
    return opened(f"sqlite:///{tmp_path / 'ledger.sqlite'}")


def said(
    clue_id: str, opened_on: date, reasons: str = "x", closed_on: date | None = None
) -> dict[str, object]:
    household = f"h{clue_id}"
    return {"clue_id": clue_id, "household_id": household, "opened_on": opened_on, "closed_on": closed_on,
            "reasons": reasons, "asks_for": "visit"}  # fmt: skip


def record_clues(ledger: Engine, as_of: date, clues: list[dict[str, object]]) -> None:
    with ledger.begin() as connection:
        nights.record_clues(connection, as_of, clues)


def ids(clues: list[dict[str, object]]) -> list[object]:
    return [one["clue_id"] for one in clues]


def test_a_clue_is_open_from_the_night_after_it_was_opened_until_the_night_that_closes_it(
    ledger: Engine,
) -> None:
    record_clues(ledger, FIRST, [said("a", FIRST)])
    record_clues(ledger, SECOND, [said("a", FIRST, "x,y")])
    record_clues(ledger, THIRD, [said("a", FIRST, "x,y", closed_on=THIRD)])
    assert [ids(open_clues(ledger, night)) for night in (FIRST, SECOND, THIRD, FOURTH)] == [
        [],
        ["a"],
        ["a"],
        [],
    ]
    assert [ids(closed_clues(ledger, night)) for night in (THIRD, FOURTH)] == [[], ["a"]]
    assert (
        open_clues(ledger, SECOND)[0]["reasons"] == "x" and open_clues(ledger, THIRD)[0]["reasons"] == "x,y"
    )


def test_every_reason_keeps_the_night_in_which_it_was_first_seen(ledger: Engine) -> None:
    record_clues(ledger, FIRST, [said("a", FIRST)])
    record_clues(ledger, SECOND, [said("a", FIRST, "x,y")])
    record_clues(ledger, THIRD, [said("a", FIRST, "x,y", closed_on=THIRD)])
    assert open_clues(ledger, THIRD)[0]["seen"] == {"x": FIRST, "y": SECOND}
    assert closed_clues(ledger, FOURTH)[0]["seen"] == {"x": FIRST, "y": SECOND}


def test_a_night_that_is_run_again_starts_from_what_the_nights_before_it_said(ledger: Engine) -> None:
    """A visit may be dated before the night that learnt of it: run again, that night finds the clue open again."""
    record_clues(ledger, FIRST, [said("a", FIRST)])
    record_clues(ledger, THIRD, [said("a", FIRST, "x,y", closed_on=FIRST)])
    assert ids(open_clues(ledger, THIRD)) == ["a"]
    record_clues(ledger, THIRD, [said("a", FIRST)])
    assert [(one["clue_id"], one["reasons"]) for one in open_clues(ledger, FOURTH)] == [("a", "x")]
    assert closed_clues(ledger, FOURTH) == []


def test_a_clue_that_is_not_opened_again_is_neither_open_nor_closed_and_stays_known(ledger: Engine) -> None:
    record_clues(ledger, FIRST, [said("a", FIRST), said("b", FIRST)])
    record_clues(ledger, SECOND, [said("a", FIRST, "x,y"), said("b", FIRST, closed_on=SECOND)])
    record_clues(ledger, FIRST, [said("a", FIRST)])
    assert ids(open_clues(ledger, THIRD)) == ["a"] and closed_clues(ledger, THIRD) == []
    with ledger.connect() as connection:
        assert connection.execute(text("SELECT clue_id FROM clue ORDER BY 1")).scalars().all() == ["a", "b"]
    record_clues(ledger, FIRST, [said("a", FIRST), said("b", FIRST)])
    assert ids(open_clues(ledger, SECOND)) == ["a", "b"]


def test_more_clues_than_a_statement_has_room_for_vanish_at_once(ledger: Engine) -> None:
    record_clues(ledger, FIRST, [said(f"{nth}", FIRST) for nth in range(40_000)])
    record_clues(ledger, FIRST, [])
    assert open_clues(ledger, SECOND) == []


def test_an_older_ledger_keeps_its_clues(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'ledger.sqlite'}"
    config, engine = Config(), create_engine(url)
    config.set_main_option("script_location", str(MIGRATIONS))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
        for clue_id, closed_on in (("a", None), ("b", SECOND), ("c", FIRST)):
            connection.execute(
                text("INSERT INTO clue VALUES (:id, 'h', :opened, :closed, 'x')"),
                {"id": clue_id, "opened": FIRST.isoformat(), "closed": closed_on and closed_on.isoformat()},
            )
    ledger = opened(url)
    assert ids(open_clues(ledger, SECOND)) == ["a", "b"]
    assert (ids(open_clues(ledger, THIRD)), ids(closed_clues(ledger, THIRD))) == (["a"], ["b", "c"])
    with ledger.begin() as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, "0001")
        rows = connection.execute(text("SELECT clue_id, closed_on, reasons FROM clue ORDER BY 1")).all()
    assert [tuple(row) for row in rows] == [("a", None, "x"), ("b", str(SECOND), "x"), ("c", str(FIRST), "x")]

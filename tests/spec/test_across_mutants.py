"""A slip in an expectation across rows or feeds is noticed by the scenes drawn for it (tests/spec/across.py)."""

from __future__ import annotations

import random
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb
import pytest

from tests.sampling import sampled
from tests.spec.mutants import mutants
from tests.spec.test_across import NIGHTS, SCENES, Found, asked, findings, lines_of
from tests.spec.town import night_of
from warehouse.across import Across, expectations
from warehouse.build import _fill, literals
from warehouse.home import Home
from warehouse.sql import filled

KEPT: list[TemporaryDirectory[str]] = []
SEED, SAMPLE = 20200630, 20
STANDS_IN = {
    "began_on": "ended_on", "ended_on": "began_on", "period_last": "period_first", "wage_income": "transfer_income",
    "business_income": "transfer_income", "property_income": "wage_income", "transfer_income": "wage_income",
    "business_cost": "property_income", "net_income": "wage_income", "removed_on": "decided_on",
    "decided_on": "visited_on", "measure_on": "visited_on", "project_id": "delivery_id", "village_code": "delivery_id",
    "certificate_no": "delivery_id", "term": "delivery_id", "paid_month": "since", "school_code": "school_name",
}  # fmt: skip
SAME = (("members.spouse_is_of_other_sex", "max(sex)"),)  # of the one head


@cache
def connected(night: str) -> tuple[duckdb.DuckDBPyConnection, dict[str, str]]:
    """The tables of a night, still open to be asked; and delivery -> file."""
    town = NIGHTS[night]
    connection = duckdb.connect(":memory:", config={"threads": 1})
    KEPT.append(TemporaryDirectory())  # the tables read from it as long as they are asked
    home = Home(Path(KEPT[-1].name))
    for name in ("landing", "staging"):
        (home.root / name).symlink_to(town.inbox.home.root / name)
    home.make()
    _fill(connection, home, night_of(town, town.inbox), lambda step: None)
    files = {one.delivery_id: Path(one.path).name.split(".")[0] for one in town.inbox.deliveries()}
    return connection, files


def found(night: str, sql: str) -> Found | None:
    """What a statement finds; None where it does not run."""
    connection, files = connected(night)
    town = NIGHTS[night]
    try:
        rows = connection.execute(filled(sql, literals(night_of(town, town.inbox)))).fetchall()
    except duckdb.Error:
        return None
    return {(files[delivery_id], line) for delivery_id, line in rows if delivery_id is not None}


def nights_of(one: Across) -> set[str]:
    """Where its scenes are."""
    return {case.night for case, _ in SCENES if case.expectation_id == one.expectation_id}


def is_noticed(one: Across, sql: str, night: str) -> bool:
    """Whether some scene of the night would show that the statement is another."""
    rows = found(night, sql)
    if rows is None:
        return True
    for case, scene in SCENES:
        if case.night != night or one.expectation_id in case.besides.split():
            continue
        mine = rows & {where for listed in lines_of(scene).values() for where in listed}
        if mine != (asked(case, scene) if case.expectation_id == one.expectation_id else set()):
            return True
    return False


ALL = [(one, sql) for one in expectations() for sql in mutants(one.sql, STANDS_IN)]


def survivors(some: list[tuple[Across, str]]) -> list[str]:
    return [
        f"{one.expectation_id}: {sql}"
        for one, sql in some
        if not any(is_noticed(one, sql, night) for night in nights_of(one))
        and not any(one.expectation_id == name and part in sql for name, part in SAME)
    ]


@pytest.mark.parametrize("night", sampled(NIGHTS, ["usual"]))
def test_the_statements_themselves_are_not_taken_for_slips(night):
    those = [one for one in expectations() if night in nights_of(one)]
    assert those and not [one.expectation_id for one in those if is_noticed(one, one.sql, night)]
    assert findings(NIGHTS[night])


def test_slips_drawn_by_lot_are_noticed():
    """Of the usual night; the others would have to run for it."""
    usual = [(one, sql) for one, sql in ALL if nights_of(one) == {"usual"}]
    assert len(usual) > len(ALL) * 3 // 4
    assert survivors(random.Random(SEED).sample(usual, SAMPLE)) == []


@pytest.mark.torture
def test_every_slip_is_noticed():
    assert survivors(ALL) == []

"""How commands end: exit codes, one plain line instead of a traceback, and a night that fails says so."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner

from deployments import commands
from deployments.cli import app, ended
from flows import nightly
from tasks import night
from warehouse.ledger.deliveries import table_rows
from warehouse.ledger.open import opened
from warehouse.ledger.tables import run

HEAVY = {"prefect", "great_expectations", "pandas", "duckdb", "sqlalchemy", "pydantic", "openpyxl", "pyarrow"}
NEED_A_LEDGER = (
    ["status"],
    ["accept", "x", "--why", "y"],
    ["withdraw", "x", "--why", "y"],
    ["replay", "--dry-run"],
)
NEED_A_NIGHT = (["query", "SELECT 1"], ["worklist"], ["slips"])


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home that is not there."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("FFP_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


def names() -> list[str]:
    return sorted(command.name or "" for command in app.registered_commands)


def test_every_module_of_the_folder_is_a_command() -> None:
    folder = Path(commands.__path__[0])
    assert names() == sorted(path.stem for path in folder.glob("*.py") if path.stem != "__init__")
    assert len(names()) > 9


@pytest.mark.parametrize("name", names())
def test_help_is_in_both_languages(name: str) -> None:
    said = CliRunner().invoke(app, [name, "--help"], env={"COLUMNS": "200"})
    assert said.exit_code == 0
    command = next(one for one in app.registered_commands if one.name == name)
    words = (command.callback.__doc__ or "").strip()
    assert any("一" <= sign <= "鿿" for sign in words) and any(
        sign.isascii() and sign.isalpha() for sign in words
    )
    assert words.split(" ")[0] in said.stdout


def test_help_imports_nothing_heavy() -> None:
    told = f"import sys, deployments.cli; print(*({HEAVY!r} & sys.modules.keys()))"
    assert subprocess.run([sys.executable, "-c", told], capture_output=True, text=True).stdout.strip() == ""


@pytest.mark.parametrize("words", NEED_A_LEDGER, ids=lambda words: words[0])
def test_without_a_ledger_the_command_says_so_and_makes_none(home: Path, words: list[str]) -> None:
    said = CliRunner().invoke(app, words)
    assert (said.exit_code, said.stdout) == (2, "")
    assert str(home) in said.stderr and "FFP_HOME" in said.stderr
    assert not home.exists()


@pytest.mark.parametrize("words", NEED_A_NIGHT, ids=lambda words: words[0])
def test_without_a_published_night_the_command_says_so(home: Path, words: list[str]) -> None:
    said = CliRunner().invoke(app, words, env={"FFP_LANGUAGE": "en"})
    assert (said.exit_code, said.stdout) == (2, "")
    assert "nothing has been published" in said.stderr and not home.exists()


@pytest.mark.parametrize("words", [[], ["no-such-command"], ["nightly"], ["nightly", "--as-of", "yesterday"],
                                   ["nightly", "--as-of", "0001-01-01"], ["nightly", "--as-of", "9999-12-31"],
                                   ["withdraw", "x"], ["check"], ["query"]], ids=" ".join)  # fmt: skip
def test_wrong_use_ends_with_2(home: Path, words: list[str]) -> None:
    assert ended(words) == 2


def test_a_failure_ends_with_3_and_names_its_kind_only(
    home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("FFP_LEDGER_URL", "postgresql+psycopg://somebody:secret@127.0.0.1:9/none")
    assert ended(["status"]) == 3
    assert capsys.readouterr() == ("", "failed: OperationalError\n")


@pytest.mark.parametrize("words", [*NEED_A_LEDGER, ["slips"], ["nightly", "--as-of", "2020-06-30"]],
                         ids=lambda words: words[0])  # fmt: skip
@pytest.mark.parametrize(("language", "remedy"), [("zh", "从备份恢复"), ("en", "Restore it from the backup")])
def test_a_ledger_that_is_no_database_is_named_with_what_to_do(
    home: Path, words: list[str], language: str, remedy: str, monkeypatch, capsys
) -> None:
    (home / "warehouse").mkdir(parents=True)
    (home / "warehouse" / "current.duckdb").touch()  # what was published has nothing to do with it
    (home / "ledger.sqlite").write_bytes(bytes(range(256)) * 20)
    monkeypatch.setenv("FFP_LANGUAGE", language)
    monkeypatch.setattr(night, "begin_night", night.begin_night.fn)
    monkeypatch.setattr(nightly, "nightly", nightly.nightly.fn)
    assert ended(words) == 3
    said = capsys.readouterr()
    assert said.out == "" and said.err.startswith("failed: ") and len(said.err.splitlines()) == 1
    assert str(home / "ledger.sqlite") in said.err and remedy in said.err


# ---- the night ----


@pytest.fixture
def ledger(home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A ledger, and the steps of a night without Prefect."""
    home.mkdir()
    for step in ("begin_night", "end_night"):
        monkeypatch.setattr(night, step, getattr(night, step).fn)
    yield f"sqlite:///{home / 'ledger.sqlite'}"


def outcomes(url: str) -> list[tuple[object, bool]]:
    return [(row["outcome"], row["ended_at"] is not None) for row in table_rows(opened(url), run)]


def test_a_night_is_noted_with_its_end(ledger: str) -> None:
    with night.noted(date(2020, 6, 30)):
        assert outcomes(ledger) == [(None, False)]
    assert outcomes(ledger) == [("published", True)]


@pytest.mark.parametrize("error", [ValueError, KeyboardInterrupt])
def test_a_night_that_fails_is_noted_as_failed(ledger: str, error: type[BaseException]) -> None:
    with pytest.raises(error), night.noted(date(2020, 6, 30)):
        raise error
    assert outcomes(ledger) == [("failed", True)]


def test_what_went_wrong_is_told_even_where_it_cannot_be_noted(ledger: str, monkeypatch) -> None:
    def away(*_: object) -> None:
        raise OSError("the ledger is away")

    monkeypatch.setattr(night, "end", away)
    with pytest.raises(ValueError, match="the night"), night.noted(date(2020, 6, 30)):
        raise ValueError("the night")


def test_a_night_that_fails_ends_with_3_and_publishes_nothing(
    ledger: str, home: Path, tmp_path: Path, monkeypatch, capsys
) -> None:
    """The real steps but for taking files in, of which there are none, as plain functions."""
    contacts = tmp_path / "contacts.yaml"
    contacts.write_text("departments: [nobody", encoding="utf-8")
    monkeypatch.setenv("FFP_CONTACTS_FILE", str(contacts))
    monkeypatch.setattr(nightly, "ingest", lambda: 0)
    monkeypatch.setattr(nightly, "build_warehouse", nightly.build_warehouse.fn)
    monkeypatch.setattr(nightly, "nightly", nightly.nightly.fn)
    assert ended(["nightly", "--as-of", "2020-06-30"]) == 3
    said = capsys.readouterr()
    assert said.err.startswith("failed: ") and "contacts.yaml" in said.err and said.out == ""
    assert outcomes(ledger) == [("failed", True)]
    assert not (home / "warehouse" / "current.duckdb").exists()

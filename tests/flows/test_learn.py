"""`ffp learn` from outside: a draft that is saved is a feed, and the sample is its first delivery."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from deployments.cli import app
from tests.feeds.credit import ROWS, credit_file, personal_values
from tests.feeds.shipped import without_others
from tests.tree import answered, copied

LEARN = """
import sys
from deployments.cli import app
try:
    app(sys.argv[1:])
except SystemExit as left:
    assert not left.code, left.code
print("null")
"""
NIGHT = """
import json, sys
from datetime import date
from pathlib import Path
import duckdb
from tests.night import run_night
folder = Path(sys.argv[1])
ran = run_night(folder / "inbox", folder / "home", date(2020, 6, 30))
print(json.dumps({
    "delivery": ran.rows("SELECT department, feed, period, verdict, rows_received, rows_loaded"
                         " FROM quality.delivery"),
    "failed": ran.rows("SELECT count(*) FROM quality.expectation_result WHERE status <> 'passed'"),
    "passed": ran.rows("SELECT count(*) FROM quality.expectation_result WHERE status = 'passed'"),
    "late": ran.rows("SELECT last_period, days_late FROM quality.freshness WHERE feed = 'sample_loans'"),
    "row": [[str(cell) for cell in row] for row in duckdb.sql(
        f"SELECT column_2, household_id, name, id_number__fault, village_code, column_7, column_8, column_9,"
        f" column_10, column_11, column_12, column_13, column_14"
        f" FROM '{ran.home.staging}/sample_loans/{16 * '?'}.parquet' WHERE line = 2").fetchall()],
}))
"""


@pytest.fixture(scope="module")
def night(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """A copy of the code, in which the draft is saved as the department's contract; then the night."""
    tree, folder = without_others(copied(tmp_path_factory.mktemp("tree"))), tmp_path_factory.mktemp("night")
    sample = folder / "inbox" / "elsewhere" / "样本信贷_202006.csv"
    sample.parent.mkdir(parents=True)
    sample.write_bytes(credit_file())
    place = "expectations/feeds/elsewhere.py"
    words = ("learn", str(sample), "--department", "elsewhere", "--feed", "sample_loans", "--write", place)
    answered(tree, LEARN, *words)
    return {"draft": (tree / place).read_text(encoding="utf-8"), **answered(tree, NIGHT, str(folder))}


def test_the_sample_is_accepted_as_the_first_delivery_of_the_feed(night):
    assert night["delivery"] == [["elsewhere", "sample_loans", "202006", "accepted", ROWS, ROWS]]
    assert night["failed"] == [[0]] and night["passed"][0][0] > 30
    assert night["late"] == [["202006", 0]]


def test_its_rows_are_typed(night):
    assert night["row"] == [[
        "XD202000000", "4101840000000000", "王秀英", "None", "410184100000", "农信社", "10500.00", "2020-06-01",
        "2023-06-01", "36", "3.850000", "True", "1.50",
    ]]  # fmt: skip


def test_the_draft_is_code_of_this_house(night, tmp_path):
    """Read, linted, and without a personal value."""
    ast.parse(night["draft"])
    path = tmp_path / "elsewhere.py"
    path.write_text(night["draft"], encoding="utf-8")
    style = Path(__file__).parents[2] / "pyproject.toml"
    ruff = [Path(sys.executable).with_name("ruff"), "check", "--config", style, path]
    done = subprocess.run(ruff, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout
    assert [value for value in personal_values() if value in night["draft"]] == []


# ---- the command ----


@pytest.fixture
def sample(tmp_path: Path) -> Path:
    path = tmp_path / "样本信贷_202006.csv"
    path.write_bytes(credit_file())
    return path


def ffp(*words: object, language: str = "zh") -> Any:
    return CliRunner().invoke(app, [str(word) for word in words], env={"FFP_LANGUAGE": language})


@pytest.mark.parametrize(
    ("language", "word"), [("zh", "行键判为：贷款编号"), ("en", "the key is taken to be: 贷款编号")]
)
def test_the_draft_is_printed_and_what_to_look_at_stands_beside_it(sample, language, word):
    done = ffp("learn", sample, "--department", "elsewhere", language=language)
    assert done.exit_code == 0
    ast.parse(done.stdout)
    assert word in done.stderr and word not in done.stdout


def test_a_file_that_is_there_is_not_overwritten(sample, tmp_path):
    taken = tmp_path / "elsewhere.py"
    taken.write_text("mine")
    done = ffp("learn", sample, "--department", "elsewhere", "--write", taken)
    assert done.exit_code == 2 and taken.read_text() == "mine"


@pytest.mark.parametrize(
    "words",
    [
        ("--department", "Finance"),
        ("--department", "金融办"),
        ("--department", "class"),
        ("--department", "elsewhere", "--feed", "小额信贷"),
        ("--department", "elsewhere", "--feed", "deaths"),
        ("--department", "elsewhere", "--write", "no/such/folder/finance.py"),
        (),
    ],
)
def test_wrong_use_ends_in_2_and_prints_no_draft(sample, words):
    done = ffp("learn", sample, *words)
    assert done.exit_code == 2 and done.stdout == ""


def test_what_cannot_be_learned_ends_in_2_and_says_why(tmp_path):
    path = tmp_path / "样本信贷.csv"
    path.write_bytes(credit_file())
    done = ffp("learn", path, "--department", "elsewhere")
    assert done.exit_code == 2 and "所属期" in done.stderr
    assert ffp("learn", tmp_path / "nothing_202006.csv", "--department", "elsewhere").exit_code == 2

"""A department is one contract file and its rules: with the two files all follows, without them nothing is missed."""

from __future__ import annotations

import csv
import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from deployments.demo import make_city
from expectations.feeds import catalogue
from reports.contacts import read_contacts
from reports.unknowns import missing
from tests.night import Ran, keep_newest, run_night
from tests.tree import answered, copied

CONTRACT, RULE = "expectations/feeds/housing.py", "warehouse/indicators/dangerous_house_unrepaired.yaml"
INDICATOR = "dangerous_house_unrepaired"
SIGNALS = "SELECT household_id, indicator, status, CAST(value AS VARCHAR) FROM mart.signal ORDER BY ALL"
LETTER = (
    "SELECT * EXCLUDE (as_of) REPLACE (CAST(amount_cny AS VARCHAR) AS amount_cny) FROM mart.policy_landing"
)
NIGHT = f"""
import json, sys
from datetime import date
from pathlib import Path
from deployments.demo import make_city
from tests.night import keep_newest, run_night
folder = Path(sys.argv[1])
make_city(folder / "inbox", folder / "truth", households=300)
keep_newest(folder / "inbox")
ran = run_night(folder / "inbox", folder / "home", date(2020, 6, 30), with_suites=False)
print(json.dumps({{
    "departments": sorted(path.name for path in (folder / "inbox").iterdir()),
    "signals": ran.rows("{SIGNALS}"), "letter": ran.rows("{LETTER} ORDER BY ALL"),
}}))
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("housing")


@pytest.fixture(scope="module")
def ran(folder: Path) -> Ran:
    make_city(folder / "inbox", folder / "truth", households=300)
    keep_newest(folder / "inbox")
    return run_night(folder / "inbox", folder / "home", date(2020, 6, 30), with_suites=False)


@pytest.fixture(scope="module")
def without(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """The same night by a copy of the code without the contract and the rule."""
    tree = copied(tmp_path_factory.mktemp("tree"))
    for name in (CONTRACT, RULE):
        (tree / name).unlink()
    return answered(tree, NIGHT, str(tmp_path_factory.mktemp("without")))


@pytest.mark.torture
def test_without_the_two_files_the_night_runs_and_answers_everything_else_the_same(ran, without):
    assert without["departments"] == ["civil_affairs", "education", "health", "registry", "water"]
    signals = json.loads(json.dumps(ran.rows(SIGNALS)))
    assert without["signals"] == [row for row in signals if row[1] != INDICATOR]
    assert without["letter"] == json.loads(json.dumps(ran.rows(f"{LETTER} ORDER BY ALL")))


def test_the_demo_sends_the_list_in_time(ran):
    verdicts = ran.rows(
        "SELECT period, verdict, rows_loaded FROM quality.delivery WHERE department = 'housing'"
    )
    assert sorted(verdicts) == [("202005", "accepted", 8), ("202006", "accepted", 8)]
    assert ran.rows("SELECT days_late FROM quality.freshness WHERE feed = 'dangerous_houses'") == [(0,)]


def test_at_risk_is_who_is_listed_with_c_or_d_and_no_repair(ran, folder):
    (path,) = (path for path in (folder / "inbox" / "housing").iterdir() if "202006" in path.name)
    raw = path.read_bytes()
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = raw.decode("gb18030")
    rows = list(csv.DictReader(text.splitlines(), delimiter="\t" if path.suffix == ".txt" else ","))
    told = {row["户编号"] for row in rows if row["危房等级"] in "CD" and not row["改造完成日期"]}
    found = ran.rows(
        f"SELECT household_id FROM mart.signal WHERE indicator = '{INDICATOR}' AND status = 'at_risk'"
    )
    assert {home for (home,) in found} == told and 0 < len(told) < len(rows)
    (clues,) = ran.rows(f"SELECT count(*) FROM mart.clue WHERE contains(reasons, '{INDICATOR}')")[0]
    assert clues == len(told)


def test_its_contact_and_the_words_of_what_is_missing_follow_from_the_contract(tmp_path):
    contacts = tmp_path / "contacts.yaml"
    contacts.write_text("departments: {housing: [zhao@housing.example]}\n", encoding="utf-8")
    assert "zhao@housing.example" in read_contacts(contacts).of("housing")
    (told,) = missing("feed_missing:dangerous_houses", "zh")
    assert told.department == "住建局" and catalogue()["dangerous_houses"].title in told.words

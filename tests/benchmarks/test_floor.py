"""The floor does what it says on a dirty city of 300 households, and on files that are oddly laid out."""

from __future__ import annotations

import csv
import datetime
import json
import shutil
import subprocess
import sys
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import duckdb
import pytest

from benchmarks.floor.run import run
from benchmarks.floor.tally import counties
from benchmarks.night import COMPARED, fingerprints
from deployments.demo import make_city
from expectations.columns import TAKEN_BACK
from expectations.conditions import checks_of
from expectations.feeds import catalogue
from expectations.types.counties import county_codes
from tests.night import keep_newest, run_night

AS_OF = datetime.date(2020, 6, 30)
INDICATORS = {
    "income_below_line", "catastrophic_illness", "uninsured_member", "school_dropout", "newly_on_allowance",
    "new_severe_disability", "unsafe_water", "unsafe_dwelling",
}  # fmt: skip
CHECKOUT = Path(__file__).resolve().parents[2]


class City:
    """An inbox, the truth beside it, and what the floor made of them."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.truth = folder, folder / "truth"
        make_city(folder / "inbox", self.truth, households=300, seed=1, dirt=True)
        command = [
            sys.executable,
            "-m",
            "benchmarks.floor",
            str(folder / "inbox"),
            str(folder / "out.duckdb"),
        ]
        done = subprocess.run(
            [*command, "--as-of", str(AS_OF)], cwd=CHECKOUT, check=True, capture_output=True, text=True
        )
        self.printed = done.stdout
        self.con = duckdb.connect(str(folder / "out.duckdb"), read_only=True)

    def told(self, name: str) -> list[dict[str, str]]:
        """A file of the truth."""
        with (self.truth / name).open(encoding="utf-8", newline="") as lines:
            return list(csv.DictReader(lines))


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> City:
    return City(tmp_path_factory.mktemp("floor"))


def statuses(con: duckdb.DuckDBPyConnection) -> dict[tuple[str, str], str]:
    found = con.execute("SELECT household_id, indicator, status FROM signal").fetchall()
    return {(home, indicator): status for home, indicator, status in found}


def test_one_line_of_json_says_what_each_phase_cost(city: City) -> None:
    (line,) = city.printed.splitlines()
    report = json.loads(line)
    assert set(report["phases"]) >= {"decode", "load", "gate", "register", "indicators", "landing", "write"}
    assert set(report["total"]) == {"cpu_s", "wall_s", "peak_rss_mib"}
    assert report["total"]["cpu_s"] >= report["phases"]["load"]["cpu_s"] > 0


def test_landing_is_the_letter(city: City) -> None:
    rows = {row: figures for row, *figures in city.con.execute("FROM policy_landing").fetchall()}
    told = city.told("letter.csv")
    assert told
    for figure in told:
        households, persons, visits, cny = rows[figure["row"]]
        wan = cny and (cny / 10_000).quantize(Decimal("0.01"), ROUND_HALF_UP)
        found = {"households": households, "persons": persons, "visits": visits, "amount_wan": wan}
        assert str(found[figure["measure"]]) == figure["figure"], figure


def test_planted_households_are_judged_as_expected(city: City) -> None:
    found = statuses(city.con)
    planted = [row for row in city.told("planted.csv") if row["indicator"] in INDICATORS]
    assert planted
    wrong = [row for row in planted if found.get((row["household_id"], row["indicator"])) != row["expected"]]
    assert wrong == []


def test_nobody_truly_at_risk_is_clear_and_nobody_else_is_at_risk(city: City) -> None:
    found = statuses(city.con)
    truth = {(row["household_id"], row["indicator"]) for row in city.told("at_risk.csv")}
    assert [who for who in truth if found[who] == "clear"] == []
    assert {who for who, status in found.items() if status == "at_risk"} <= truth


def test_every_register_household_has_every_indicator(city: City) -> None:
    homes = [home for (home,) in city.con.execute("SELECT household_id FROM household").fetchall()]
    assert set(statuses(city.con)) == {(home, indicator) for home in homes for indicator in INDICATORS}


def test_counts_add_up_and_are_those_of_the_dirt(city: City) -> None:
    told = city.told("dirt.csv")
    whole = {row["path"]: row["expected"] for row in told if not row["line"]}
    verdict = {"refused_file": "refused", "duplicate": "already_loaded"}
    for path, received, held, duplicate, given in city.con.execute("FROM delivery").fetchall():
        noted = [row["expected"] for row in told if row["path"] == path and row["line"]]
        assert given == verdict.get(whole.get(path, ""), "accepted"), path
        loaded = received - held - duplicate
        if given == "accepted":
            assert (held, duplicate) == (noted.count("held"), noted.count("duplicate")), path
            assert loaded >= 0, path
        else:
            assert loaded == 0, path


@pytest.mark.parametrize("with_suites", [False, pytest.param(True, marks=pytest.mark.torture)])
def test_its_tables_are_those_of_a_night(city: City, tmp_path: Path, with_suites: bool) -> None:
    """Those of row expectations, which Great Expectations asks, among them under torture and in `make bench`."""
    inbox, out = city.folder / "inbox", city.folder / "out.duckdb"
    if not with_suites:
        inbox, out = shutil.copytree(inbox, tmp_path / "inbox"), tmp_path / "out.duckdb"
        keep_newest(inbox, 3)
        run(inbox, out, AS_OF)
    ran = run_night(inbox, tmp_path / "home", AS_OF, with_suites=with_suites)
    compared = {name: asked for name, asked in COMPARED.items() if with_suites or name != "row expectations"}
    assert len(compared) == len(COMPARED) - (not with_suites)
    for name, (query, *tables) in compared.items():
        ours, floor = fingerprints(ran.home.warehouse, out, query, *tables)
        assert ours == floor, name


def test_it_asks_what_a_night_asks_of_rows(city: City) -> None:
    asked = {
        check for (check,) in city.con.execute("SELECT expectation_id FROM expectation_count").fetchall()
    }
    assert asked == {
        f"{feed.name}.{check.name}"
        for feed in catalogue().values()
        for check in checks_of(feed)
        if feed.name != "dangerous_houses" and TAKEN_BACK.name not in check.columns  # nor has its city a mark
    }


def test_the_counties_are_those_of_the_standard() -> None:
    assert counties() == {int(code) for code in county_codes()}


def test_clean_city_holds_nothing(tmp_path: Path) -> None:
    make_city(tmp_path / "inbox", tmp_path / "truth", households=300, seed=2, dirt=False)
    run(tmp_path / "inbox", tmp_path / "out.duckdb", AS_OF)
    with duckdb.connect(str(tmp_path / "out.duckdb"), read_only=True) as con:
        wrong = "rows_held > 0 OR rows_duplicate > 0 OR verdict <> 'accepted'"
        assert con.execute(f"FROM delivery WHERE {wrong}").fetchall() == []


HOMES = "户编号,行政村代码,户主姓名,户主证件号码,户类型,危房级别"


def deliver(inbox: Path, place: str, text: str, encoding: str = "utf-8") -> None:
    path = inbox / place
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode(encoding))


def home(number: int, grade: str) -> str:
    return f"{number},410184100200,张三,41012319830829001X,脱贫户,{grade}"


def judged(inbox: Path, out: Path) -> tuple[dict[str, str], dict[str, tuple[object, ...]]]:
    """The dwelling of each household, and what became of each delivery."""
    run(inbox, out, AS_OF)
    with duckdb.connect(str(out), read_only=True) as con:
        found = {h: s for (h, indicator), s in statuses(con).items() if indicator == "unsafe_dwelling"}
        return found, {path: tuple(rest) for path, *rest in con.execute("FROM delivery").fetchall()}


def test_title_note_total_and_mixed_line_ends_are_no_rows(tmp_path: Path) -> None:
    text = "\n".join(
        ["二〇二〇年六月农户台账,,,,,", "", f"{HOMES}\r", home(4101840000000001, "C"),
         home(4101840000000002, "A"), ",,,,,", "合计,,2,,,", "填表人：李四,,,,,"]
    )  # fmt: skip
    deliver(tmp_path / "in", "registry/户信息_202006.csv", text, "gb18030")
    found, deliveries = judged(tmp_path / "in", tmp_path / "out.duckdb")
    assert found == {"4101840000000001": "at_risk", "4101840000000002": "clear"}
    assert deliveries == {"registry/户信息_202006.csv": (2, 0, 0, "accepted")}


def test_content_decides_and_not_arrival(tmp_path: Path) -> None:
    """A, then B, then A again takes B back; A twice in a row is already loaded."""
    first, second = (f"{HOMES}\n{home(4101840000000001, grade)}\n" for grade in "DA")
    for place, text in {"": first, "_2": second, "_3": first, "_4": first}.items():
        deliver(tmp_path / "in", f"registry/households_202006{place}.csv", text)
    found, deliveries = judged(tmp_path / "in", tmp_path / "out.duckdb")
    assert found == {"4101840000000001": "at_risk"}
    assert [deliveries[path][-1] for path in sorted(deliveries)] == [*["accepted"] * 3, "already_loaded"]


def test_held_row_keeps_the_version_before_it(tmp_path: Path) -> None:
    deliver(tmp_path / "in", "registry/households_202005.csv", f"{HOMES}\n{home(4101840000000001, 'D')}\n")
    rows = [home(4101840000000001, "E"), home(4101840000000002, "E"), home(4101840000000003, "A")]
    deliver(tmp_path / "in", "registry/households_202006.csv", "\n".join([HOMES, *rows]))
    found, deliveries = judged(tmp_path / "in", tmp_path / "out.duckdb")
    assert found == dict(zip(["4101840000000001", "4101840000000002", "4101840000000003"],
                             ["at_risk", "unknown", "clear"], strict=True))  # fmt: skip
    assert deliveries["registry/households_202006.csv"] == (3, 2, 0, "accepted")


def test_merged_two_row_header_of_allowances(tmp_path: Path) -> None:
    text = (
        "低保证号,户主姓名,户主证件号码,保障对象,,低保类别,起始保障年月,发放年月,发放类型,发放金额\n"
        ",,,姓名,证件号码,,,,,\n"
        "DB1,张三,,张三,41012319830829001X,一类,2020年3月,2020.05,,260\n"
        'DB1,张三,,张四,130102195002140016,A,202003,202005,正常,"1,260.50元"\n'
        "DB1,张三,,张五,130102195002140016,A,2020.3,202005,正常,260\n"
    )
    deliver(tmp_path / "in", "civil_affairs/低保发放_202005.csv", text)
    _, deliveries = judged(tmp_path / "in", tmp_path / "out.duckdb")
    assert deliveries["civil_affairs/低保发放_202005.csv"] == (3, 2, 0, "accepted")


def test_row_that_says_nothing_to_report_is_a_nil_return(tmp_path: Path) -> None:
    deliver(tmp_path / "in", "health/死亡登记_202005.csv", "证件号码,姓名,死亡日期\n零报告,,\n")
    _, deliveries = judged(tmp_path / "in", tmp_path / "out.duckdb")
    assert deliveries["health/死亡登记_202005.csv"] == (0, 0, 0, "accepted")


def test_file_without_a_column_and_file_in_the_wrong_folder_are_refused(tmp_path: Path) -> None:
    deliver(tmp_path / "in", "health/deaths_202005.csv", "证件号码,姓名\n")
    deliver(tmp_path / "in", "water/deaths_202004.csv", "证件号码,姓名,死亡日期\n")
    _, deliveries = judged(tmp_path / "in", tmp_path / "out.duckdb")
    assert set(deliveries.values()) == {(0, 0, 0, "refused")}

"""What becomes of a held row, night after night: open, pending, corrected, replayed, unattributable; its ages.

Three nights over a few files that come one after the other; each row of them is a case of its own.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from expectations.contract import Feed
from expectations.feeds import catalogue
from tests.night import Ran, run_night
from tests.spec.drawn import number_of
from warehouse.ledger.deliveries import table_rows
from warehouse.ledger.tables import held_lines

FIRST, SECOND, THIRD = date(2020, 6, 30), date(2020, 7, 1), date(2020, 7, 3)
NAMES = "abcdefgh"
PERSONS = {name: number_of(date(1950, 1, nth), 0) for nth, name in enumerate(NAMES, start=1)}
BILL = "结算编号,原结算编号,证件号码,姓名,医疗类别,结算日期,医疗总费用,统筹支付,大病保险支付,医疗救助支付,个人负担总额"
DISEASE = "证件号码,姓名,病种,确诊日期"
HOUSE = "户编号,户主姓名,危房等级,鉴定日期"
OUTAGE = "停水编号,工程编号,行政村代码,停水开始"
Row = dict[str, Any]


def bill(number: str, total: int = 100, reverses: str = "", paid: int = 100, day: str = "2020-05-04") -> str:
    return f"{number},{reverses},{PERSONS['a']},某,门诊,{day},{total},0,0,0,{paid}"


def disease(name: str, day: str = "2020-01-01") -> str:
    return f"{PERSONS[name]},某,肺癌,{day}"


def file(*rows: str) -> str:
    return "\n".join(rows) + "\n"


REGISTERED = [name for name in NAMES if name != "b"]
REGISTER = {  # each in a household of its own
    "registry/divisions_2020.csv": file(
        "区划代码,名称,上级代码,级别",
        "410184,新郑市,,县",
        "410184100,某镇,410184,乡",
        "410184100200,某村,410184100,村",
    ),
    "registry/households_202006.csv": file(
        "户编号,行政村代码,户主姓名,户主证件号码,户类型",
        *(f"H{name},410184100200,{name},{PERSONS[name]},一般农户" for name in REGISTERED),
    ),
    "registry/members_202006.csv": file(
        "户编号,人编号,姓名,证件号码,与户主关系",
        *(f"H{name},P{name},{name},{PERSONS[name]},户主" for name in REGISTERED),
        f"Ha,Pz,a,{PERSONS['a']},其他",
    ),
}
ARRIVE: dict[date, dict[str, str]] = {
    FIRST: {
        **REGISTER,
        "health/settlements_202005.csv": file(
            BILL,
            bill("good"),
            bill("by_key", total=1),  # line 3
            bill("", total=1),
            bill("by_a_later_month", total=1),
            bill("never", total=1),  # line 6
            bill("waits", total=-50, paid=-50, reverses="original"),
            bill("by_an_older_month", total=1),
        ),
        "health/settlements_202004.csv": file(BILL, bill("", total=1), bill("by_an_older_month")),
        "health/major_diseases_202004.csv": file(
            DISEASE, disease("d"), disease("e", "某日"), disease("g", "某日")
        ),
        "health/major_diseases_202005.csv": file(
            DISEASE,
            disease("a", "某日"),  # line 2
            disease("b", "某日"),
            disease("c", "某日"),
            disease("d", "某日"),  # line 5: its version of April goes on
            disease("e"),
            ",某,肺癌,2020-01-01",  # line 7: no key
        ),
        "health/major_diseases_202008.csv": file(DISEASE, disease("h", "某日")),  # has not begun
        # of this list none has begun, and no grade is given in any of these
        "housing/dangerous_houses_202008.csv": file(HOUSE, "Ha,a,,2020-06-01", "Hc,c,,2020-06-01"),
        "housing/dangerous_houses_202008_2.csv": file(HOUSE, "Hc,c,,2020-06-01", "Hd,d,,2020-06-01"),
        "housing/dangerous_houses_202009.csv": file(HOUSE, "Hd,d,,2020-06-01"),
        "water/outages_202006.csv": file("停水编号,停水开始", "o1,2020-06-01"),
        "health/checkups_202006.csv": file(
            "证件号码,姓名,体检日期,体检机构",
            f"{PERSONS['a']},某,2020-07-15,县医院",
            f"{PERSONS['b']},某,某日,县医院",
        ),
    },
    SECOND: {
        "health/settlements_202005_2.csv": file(
            BILL, bill("by_key", day="2020-05-09"), bill("never", total=2), bill("", total=7)
        ),
        "health/settlements_202003.csv": file(BILL, bill("original", day="2020-03-01")),
        "water/outages_202006_2.csv": file("停水编号,停水开始", "o1,2020-06-02"),
    },
    THIRD: {
        "health/settlements_202006.csv": file(BILL, bill("by_a_later_month")),
        "health/major_diseases_202006.csv": file(
            DISEASE, disease("a"), disease("c", "某日"), disease("e", "某日")
        ),
        "water/outages_202006_3.csv": file(OUTAGE, "o1,p1,410184100200,2020-06-01"),
    },
}


class Nights:
    """The nights, and what each says of the rows of each file: `settlements_202005` -> line -> row."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.said: dict[date, dict[str, dict[int, Row]]] = {}
        self.files: dict[date, dict[str, Row]] = {}
        self.rates: dict[date, dict[str, Row]] = {}

    def run(self, as_of: date) -> Ran:
        for name, content in ARRIVE.get(as_of, {}).items():
            path = self.folder / "inbox" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            if not path.exists():
                path.write_text(content, encoding="utf-8")
        ran = run_night(self.folder / "inbox", self.folder / "home", as_of, with_suites=False)
        named = {one.delivery.delivery_id: Path(one.delivery.path).stem for one in ran.built.verdicts}
        rows: dict[str, dict[int, Row]] = {}
        for row in listed(ran, "quality.quarantined_row"):
            rows.setdefault(named[row["delivery_id"]], {})[row["line"]] = row
        self.said[as_of] = rows
        self.files[as_of] = {named[row["delivery_id"]]: row for row in listed(ran, "quality.delivery")}
        self.rates[as_of] = {row["department"]: row for row in listed(ran, "quality.return_rate")}
        return ran

    def status(self, as_of: date, name: str) -> dict[int, str]:
        return {line: row["status"] for line, row in self.said[as_of].get(name, {}).items()}

    def column(self, column: str, name: str, line: int) -> list[Any]:
        """A column of a row, night after night."""
        return [self.said[day][name][line][column] for day in sorted(self.said)]


def listed(ran: Ran, table: str) -> list[Row]:
    names = [name for (name,) in ran.rows(
        "SELECT column_name FROM duckdb_columns() WHERE NOT internal AND"
        f" concat(schema_name, '.', table_name) = '{table}' ORDER BY column_index"
    )]  # fmt: skip
    return [dict(zip(names, row, strict=True)) for row in ran.rows(f"SELECT * FROM {table}")]


@pytest.fixture(scope="module")
def nights(tmp_path_factory: pytest.TempPathFactory) -> Nights:
    """The second night is killed when it has published and the ledger does not know yet, and run again."""
    found = Nights(tmp_path_factory.mktemp("nights"))
    found.run(FIRST)
    with pytest.MonkeyPatch.context() as patch, pytest.raises(Killed):
        patch.setattr("tests.night.record_held", killed)
        found.run(SECOND)
    found.run(SECOND)
    found.run(THIRD)
    return found


class Killed(BaseException):
    """The process ends here."""


def killed(*_: object) -> None:
    raise Killed


# ---- events ----


def test_a_row_is_corrected_by_an_accepted_row_of_its_key(nights):
    assert nights.column("status", "settlements_202005", 3) == ["open", "corrected", "corrected"]


def test_in_a_correction_or_in_a_later_month(nights):
    assert nights.column("status", "settlements_202005", 5) == [
        "open",
        "open",
        "corrected",
    ]


def test_but_not_by_an_older_month(nights):
    assert nights.column("status", "settlements_202005", 8) == ["open"] * 3


def test_one_without_a_key_is_corrected_by_a_correction_of_its_period_alone(nights):
    assert nights.column("status", "settlements_202005", 4) == ["open", "corrected", "corrected"]
    assert nights.column("status", "settlements_202004", 2) == ["open"] * 3
    assert nights.status(SECOND, "settlements_202005_2")[4] == "open"


def test_a_row_that_is_sent_again_and_wrong_again_stays_open_and_points_to_the_later_one(nights):
    assert nights.column("status", "settlements_202005", 6) == ["open"] * 3
    assert nights.column("is_sent_again", "settlements_202005", 6) == [False, True, True]
    assert nights.said[SECOND]["settlements_202005_2"][3]["is_sent_again"] is False


def test_and_the_later_one_is_as_old_as_the_first(nights):
    assert nights.said[SECOND]["settlements_202005_2"][3]["held_since"] == FIRST
    assert (
        nights.said[SECOND]["settlements_202005_2"][4]["held_since"] == SECOND
    )  # without a key it is another row


def test_a_reversal_waits_for_its_original_and_is_released_by_it(nights):
    assert nights.column("status", "settlements_202005", 7) == ["pending", "replayed", "replayed"]
    assert (
        nights.column("expectation_ids", "settlements_202005", 7) == ["settlements.reversal_has_original"] * 3
    )
    assert nights.column("closed_on", "settlements_202005", 7) == [None, SECOND, SECOND]


def test_a_row_that_names_nobody_of_the_register_is_unattributable(nights):
    assert nights.status(FIRST, "checkups_202006") == {2: "open", 3: "unattributable"}
    assert nights.status(FIRST, "major_diseases_202005")[3] == "unattributable"


def test_a_second_row_of_a_person_names_somebody_and_is_open(nights):
    line = len(REGISTERED) + 2
    assert nights.column("expectation_ids", "members_202006", line) == ["members.once_in_household"] * 3
    assert nights.column("status", "members_202006", line) == ["open"] * 3


# ---- lists ----


def test_a_row_of_a_list_is_corrected_by_the_next_list(nights):
    assert nights.column("status", "major_diseases_202005", 2) == [
        "open",
        "open",
        "corrected",
    ]


def test_also_where_its_key_is_in_it_no_more_or_cannot_be_read(nights):
    assert nights.column("status", "major_diseases_202005", 3)[2] == "corrected"
    assert nights.column("status", "major_diseases_202005", 7)[2] == "corrected"


def test_but_not_where_its_key_is_wrong_there_again(nights):
    assert nights.column("status", "major_diseases_202005", 4)[2] == "open"
    assert nights.column("is_sent_again", "major_diseases_202005", 4) == [False, False, True]
    again = nights.said[THIRD]["major_diseases_202006"][3]
    assert (again["status"], again["held_since"], again["is_sent_again"]) == ("open", FIRST, False)


def test_unless_it_was_right_in_between(nights):
    """April wrong, May right, June wrong: June's is a new fault."""
    assert nights.column("status", "major_diseases_202004", 3) == ["corrected"] * 3
    again = nights.said[THIRD]["major_diseases_202006"][4]
    assert (again["held_since"], again["status"]) == (THIRD, "open")


def test_a_row_whose_older_version_goes_on_is_still_to_be_mended(nights):
    assert nights.column("status", "major_diseases_202005", 5)[:2] == ["open", "open"]


def test_a_row_of_a_list_that_has_not_begun_is_open(nights):
    assert nights.column("status", "major_diseases_202008", 2) == ["open"] * 3


def test_also_where_no_file_of_its_list_has_begun_and_a_later_one_has_its_key_held_again(nights):
    files = [f"dangerous_houses_{name}" for name in ("202008", "202008_2", "202009")]
    for night in ARRIVE:
        said = [
            [(row["status"], row["is_sent_again"]) for _, row in sorted(nights.said[night][one].items())]
            for one in files
        ]
        again, last = ("open", True), ("open", False)
        assert said == [[("corrected", False), again], [last, again], [last]]


# ---- refused files ----


def test_a_refused_file_is_replaced_by_an_accepted_correction(nights):
    told = [nights.files[day]["outages_202006"] for day in ARRIVE]
    assert [row["refused_since"] for row in told] == [FIRST] * 3
    assert [row["replaced_on"] for row in told] == [None, None, THIRD]


def test_a_second_try_that_is_refused_as_well_is_as_old_as_the_first(nights):
    again = nights.files[THIRD]["outages_202006_2"]
    assert (again["refused_since"], again["replaced_on"]) == (FIRST, THIRD)
    assert nights.files[THIRD]["outages_202006_3"]["refused_since"] is None


# ---- ages ----


def test_dates_are_those_of_nights_and_the_first_one_stays(nights):
    assert nights.column("held_since", "settlements_202005", 3) == [FIRST] * 3
    assert nights.column("closed_on", "settlements_202005", 3) == [None, SECOND, SECOND]
    assert nights.column("closed_on", "settlements_202005", 5) == [None, None, THIRD]


def test_the_return_rate_adds_up_with_the_deliveries(nights):
    health = nights.rates[THIRD]["health"]
    mine = [row for row in nights.files[THIRD].values() if row["department"] == "health"]
    assert health["rows_received"] == sum(row["rows_received"] for row in mine)
    assert health["rows_returned"] == sum(row["rows_quarantined"] for row in mine)
    assert float(health["return_rate_pct"]) == round(
        100 * health["rows_returned"] / health["rows_received"], 2
    )
    ids = {row["delivery_id"] for row in mine}
    rows = [
        row for lines in nights.said[THIRD].values() for row in lines.values() if row["delivery_id"] in ids
    ]
    counted = [health[f"rows_{name}"] for name in ("open", "pending", "corrected", "replayed")]
    assert sum(counted) + sum(row["is_sent_again"] for row in rows) == len(rows)


def test_days_to_correct_count_from_the_first_night_that_held_the_row(nights):
    """A day: by_key and the bill without a key. Three: by_a_later_month; a, b, d and the keyless one of May."""
    health = nights.rates[THIRD]["health"]
    assert float(health["days_to_correct_mean"]) == round((2 * 1 + 5 * 3) / 7, 1)
    assert health["days_open_longest"] == 3
    water = nights.rates[THIRD]["water"]
    assert (water["files_refused"], water["files_replaced"], float(water["days_to_replace_mean"])) == (
        0,
        2,
        3,
    )


def test_a_night_that_is_run_again_changes_nothing(nights):
    again = Nights(nights.folder)
    ran = again.run(THIRD)
    assert (again.said[THIRD], again.rates[THIRD]) == (nights.said[THIRD], nights.rates[THIRD])
    assert ran.built.held_lines == []  # and has nothing to remember


def test_the_ledger_remembers_runs_of_lines_with_their_dates(nights):
    ran = run_night(nights.folder / "inbox", nights.folder / "home", THIRD, with_suites=False)
    named = {one.delivery.delivery_id: Path(one.delivery.path).stem for one in ran.built.verdicts}
    kept = [
        (row["line_first"], row["line_last"], row["held_since"], row["closed_on"])
        for row in table_rows(ran.engine, held_lines)
        if named[row["delivery_id"]] == "major_diseases_202005"
    ]
    assert kept == [(2, 3, FIRST, THIRD), (4, 4, FIRST, None), (5, 5, FIRST, THIRD), (7, 7, FIRST, THIRD)]


# ---- replayed ----


def test_a_row_that_passes_under_a_changed_rule_is_replayed(tmp_path, monkeypatch):
    nights = Nights(tmp_path)
    nights.run(FIRST)
    assert nights.status(FIRST, "checkups_202006") == {2: "open", 3: "unattributable"}
    feed = catalogue()["checkups"]
    monkeypatch.setitem(catalogue(), "checkups", with_a_year_more(feed))  # type: ignore[arg-type]
    nights.run(date(2020, 7, 2))
    assert nights.status(date(2020, 7, 2), "checkups_202006") == {2: "replayed", 3: "unattributable"}
    row = nights.said[date(2020, 7, 2)]["checkups_202006"][2]
    assert row["expectation_ids"] == "checkups.examined_on_in_time"  # what it was held for
    assert (row["held_since"], row["closed_on"]) == (FIRST, date(2020, 7, 2))
    told = nights.files[date(2020, 7, 2)]["checkups_202006"]
    assert (told["rows_loaded"], told["rows_quarantined"]) == (1, 1)
    monkeypatch.setitem(catalogue(), "checkups", feed)  # type: ignore[arg-type]
    nights.run(date(2020, 7, 5))
    row = nights.said[date(2020, 7, 5)]["checkups_202006"][2]
    assert (row["status"], row["held_since"], row["closed_on"]) == ("open", FIRST, None)


def with_a_year_more(feed: Feed) -> Feed:
    columns = (replace(c, years_ahead=1) if c.name == "examined_on" else c for c in feed.columns)
    return replace(feed, columns=tuple(columns))

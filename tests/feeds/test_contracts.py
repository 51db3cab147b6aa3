"""Runs over every feed by itself: a contract is whole, and every check catches what breaks it, and no more.

The row that breaks a check follows from the column: its type, codes and bounds. Only for a feed's own rules
are the rows written out, in tests/feeds/rules.py. All rows of a feed stand in one file, staged as any other.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest

from expectations.checks import Between, InSet, NotInSet, Severity
from expectations.conditions import BITS_PER_WORD, checks_of
from expectations.contract import Cadence, Classification, Column, Feed, Kind, Type
from expectations.feeds import catalogue, departments
from expectations.periods import Period, is_usable, period_of, promised_on
from tests.feeds.intake import Inbox
from tests.feeds.rules import RULES
from tests.feeds.tries import Try, with_later
from tests.spec.drawn import COUNTIES, People, Place, Row, drawn, number_of

FEEDS = list(catalogue().values())
of_every_feed = pytest.mark.parametrize("feed", FEEDS, ids=lambda feed: feed.name)
PERIODS = {Cadence.MONTH: "202006", Cadence.YEAR: "2020", Cadence.TERM: "202003", Cadence.HALF_YEAR: "202006",
           Cadence.ANY_DAY: "20200630"}  # fmt: skip

# ---- what stands in the catalogue ----

CATALOGUE = {
    "registry": "divisions households members incomes reports visits",
    "health": "insurance settlements major_diseases checkups deaths",
    "education": "enrolments dropouts grants",
    "civil_affairs": "allowances destitute relief disability disability_subsidies",
    "water": "projects access outages quality_tests",
}
SPECIFIED = [feed for feed in FEEDS if feed.name in " ".join(CATALOGUE.values()).split()]


def test_the_catalogue_finds_the_23_feeds_of_the_first_five_departments():
    """Others may have come since: they are tried by the same tests, and have one file each of their own."""
    assert len(SPECIFIED) == 23
    for name, feeds in CATALOGUE.items():
        assert set(feeds.split()) <= {feed.name for feed in FEEDS if feed.department == name}
    assert set(CATALOGUE) <= set(departments())


def test_feeds_are_named_apart_in_both_languages():
    assert len({feed.title for feed in FEEDS}) == len({feed.title_en for feed in FEEDS}) == len(FEEDS)


def test_there_are_at_least_120_expectations():
    assert len({f"{feed.name}.{check.name}" for feed in FEEDS for check in checks_of(feed)}) >= 120


@of_every_feed
def test_every_column_has_a_label_english_words_and_a_classification(feed):
    for column in feed.columns:
        assert re.search("[㐀-鿿]|pH", column.label), column.name
        assert re.search("[A-Za-z]", column.en), column.name
        assert isinstance(column.classification, Classification)
        assert re.fullmatch("[a-z][a-z0-9_]*", column.name)


@of_every_feed
def test_whatever_tells_who_somebody_is_stays_in_the_vault(feed):
    names = {"name", "head_name", "phone", "birth_date", "person_no", "head_id_number", "visitor", "note"}
    for column in feed.columns:
        if column.type is Type.PERSON_NUMBER or column.name in names:
            assert column.classification is Classification.IDENTIFIER, column.name


@of_every_feed
def test_columns_are_named_apart(feed):
    spellings = [word for column in feed.columns for word in (column.label, column.name, *column.aliases)]
    assert len(spellings) == len(set(spellings))


@of_every_feed
def test_keys_partition_amount_and_date_are_columns_of_the_feed(feed):
    assert feed.keys
    for name in (feed.partition, feed.main_amount, feed.event_date):
        assert name is None or feed.column(name)
    for column in feed.typed(Type.PERSON_NUMBER):
        assert feed.column(column.named_by)


@of_every_feed
def test_a_list_names_each_spelling_once(feed):
    for column in feed.typed(Type.CODE, Type.CODE_SET):
        words = [word for value, others in column.codes.items() for word in (value, *others)]
        assert words and len(words) == len(set(words)), column.name


@of_every_feed
def test_ids_of_checks_are_unique_and_few_enough_for_one_word_of_bits(feed):
    names = [check.name for check in checks_of(feed)]
    assert len(names) == len(set(names))
    assert len(names) <= BITS_PER_WORD == 62


@of_every_feed
def test_every_check_speaks_both_languages_and_says_how_to_mend(feed):
    for check in checks_of(feed):
        assert re.search("[㐀-鿿]", check.zh) and check.en, check.name
        assert check.mend_zh and check.mend_en, check.name
        assert set(check.columns) <= {column.name for column in feed.columns}, check.name


@of_every_feed
def test_no_check_is_empty(feed):
    for check in checks_of(feed):
        match check.test:
            case Between(minimum=low, maximum=high):
                assert low is not None or high is not None, check.name
            case InSet(values=values) | NotInSet(values=values):
                assert values, check.name


# ---- when a file is due and how long it answers ----

PROMISED = {
    "households members": ("202006", "2020-06-05", 3),
    "incomes": ("2019", "2020-01-31", 24),
    "divisions": ("2020", "2020-01-31", 24),
    "projects": ("2020", "2020-01-31", 18),
    "insurance": ("202006", "2020-06-10", 2),
    "major_diseases disability dropouts": ("202006", "2020-06-10", 3),
    "settlements checkups deaths relief outages quality_tests": ("202012", "2021-01-10", None),
    "allowances destitute disability_subsidies": ("202005", "2020-06-10", None),
    "enrolments": ("202003", "2020-03-31", None),
    "grants": ("202003", "2020-07-31", None),
    "access": ("202006", "2020-07-31", 12),
    "reports visits": ("202006", None, None),
}
PROMISES = [(name, *row) for names, row in PROMISED.items() for name in names.split()]


@pytest.mark.parametrize(("name", "text", "day", "months"), PROMISES, ids=[row[0] for row in PROMISES])
def test_a_period_is_promised_by_a_day_and_answers_for_so_many_months(name, text, day, months):
    feed = catalogue()[name]
    assert promised_on(feed, period_of(feed, text)) == (day and date.fromisoformat(day))
    assert feed.max_age_months == months


def test_every_specified_feed_has_a_promise_here():
    assert sorted(row[0] for row in PROMISES) == sorted(feed.name for feed in SPECIFIED)


@pytest.mark.parametrize(
    ("name", "text", "day"),
    [
        ("enrolments", "201909", "2019-09-30"),
        ("grants", "201909", "2020-01-31"),
        ("access", "201912", "2020-01-31"),
    ],
)
def test_autumn_and_winter_are_promised_in_their_own_months(name, text, day):
    feed = catalogue()[name]
    assert promised_on(feed, period_of(feed, text)) == date.fromisoformat(day)


@pytest.mark.parametrize(
    ("name", "answers", "too_old", "as_of"),
    [
        ("households", "202003", "202002", "2020-06-30"),
        ("insurance", "202004", "202003", "2020-06-01"),
        ("incomes", "2018", "2017", "2020-12-31"),
        ("projects", "2018", "2017", "2020-06-30"),
        ("access", "201906", "201812", "2020-06-30"),
    ],
)
def test_age_is_counted_in_calendar_months_of_the_month_a_period_names(name, answers, too_old, as_of):
    feed, day = catalogue()[name], date.fromisoformat(as_of)
    assert is_usable(feed, period_of(feed, answers), day)
    assert not is_usable(feed, period_of(feed, too_old), day)


@pytest.mark.parametrize(
    ("name", "text", "first", "last"),
    [
        ("households", "202002", "2020-02-01", "2020-02-29"),
        ("settlements", "2019", "2019-01-01", "2019-12-31"),
        ("settlements", "20200630", "2020-06-30", "2020-06-30"),
        ("enrolments", "202003", "2020-02-01", "2020-08-31"),
        ("enrolments", "201909", "2019-09-01", "2020-01-31"),
    ],
)
def test_a_period_spans_its_month_year_day_or_term(name, text, first, last):
    period = period_of(catalogue()[name], text)
    assert (str(period.first), str(period.last)) == (first, last)


# ---- one file of rows that break one check each, and of rows that just hold ----


def period(feed: Feed) -> Period:
    return period_of(feed, PERIODS[feed.cadence])


GOOD: dict[str, Callable[[int], Row]] = {  # by feed: what a good row needs beside a key and what is required
    "access": lambda nth: {
        "litres_per_person_day": "1"
    },  # else nothing is left when the number is taken away
    "allowances": lambda nth: {"amount": "100"},
    "destitute": lambda nth: {"amount": "100"},
    "disability_subsidies": lambda nth: {"certificate_no": f"p{nth}:41"},
    "divisions": lambda nth: {"division_code": f"410184{nth:06}"},
    "enrolments": lambda nth: {"id_number": number_of(date(2010, 1, 1) + timedelta(days=nth), 0)},
    "households": lambda nth: {"phone": "13800000000"},
}


def good_row(feed: Feed, of: Period, nth: int) -> Row:
    """A row that no check finds, with a key of its own."""
    good: Row = {}
    for column in feed.keys:
        if column.type is Type.NUMBER:
            good[column.name] = f"k{nth}"
    for column in feed.typed(Type.PERSON_NUMBER):
        good[column.name] = f"p{nth}"
    return Place("", feed, of, PEOPLE).row(good | GOOD.get(feed.name, lambda _: {})(nth), nth)


PEOPLE = People()
VALID = number_of(date(1961, 2, 3), 0)
SPOILT_NUMBERS = {
    "is_number": "未办",
    "foreign": "830000198504041211",
    "damaged": VALID[:15] + "000",
    "characters": VALID[:9] + "A" + VALID[10:],
    "length": VALID[:17],
    "birth_date": VALID[:10] + "13" + VALID[12:],
    "check_digit": VALID[:17] + ("1" if VALID[17] != "1" else "2"),
}
NONE = ("is_number", "foreign")  # that a person has no number of ours is a fault only where one must be given
UNREADABLE = {
    Type.NUMBER: "4.1E+15", Type.DIVISION: "41018", Type.VILLAGE: "410184100", Type.DATE: "昨天",
    Type.MONTH: "2020.1", Type.YEAR: "20年", Type.TERM: "2020夏", Type.MONEY: "约5", Type.INTEGER: "1.5",
    Type.DECIMAL: "约5", Type.FLAG: "可能", Type.CODE_SET: "良好",
}  # fmt: skip


def tries(feed: Feed) -> Iterator[Try]:
    """Everything that is tried on a feed."""
    yield Try({})
    yield Try({}, {"row_length"}, extra_cell=True)
    yield Try(second_content(feed), {"key_is_unique"}, twin={}, twin_broken={"key_is_unique"})
    yield Try({}, set(), twin={})  # the same row again is one row
    for column in feed.columns:
        for one in tries_of(feed, column):
            (cell,) = one.cells.values()
            others = COMPANIONS.get((feed.name, *one.broken, cell), set())
            yield Try({**one.cells, **around(feed, column.name, cell)}, one.broken | others)
    yield from OWN_TWINS.get(feed.name, ())


def tries_of(feed: Feed, column: Column) -> Iterator[Try]:
    name = column.name
    if column.required:
        yield Try({name: ""}, {f"{name}_given"})
    if column.type is Type.PERSON_NUMBER:
        yield from tries_of_counties(feed, name)
        for fault, number in SPOILT_NUMBERS.items():
            if fault not in NONE or (column.holds_row and column.required):
                yield Try({name: number}, {f"{name}_{fault}"})
    if column.type in UNREADABLE:
        yield Try({name: UNREADABLE[column.type]}, {f"{name}_readable"})
    if column.type is Type.TEXT and column.required:
        is_name = column.classification is Classification.IDENTIFIER
        for lost in ("王\ufffd", "锟斤拷", "屯屯屯屯", *(("王?", "？一") if is_name else ())):
            yield Try({name: lost}, {f"{name}_legible"})
    if column.type is Type.NUMBER:
        yield Try({name: "k\ufffd"}, {f"{name}_readable"})
        yield Try({name: "k锟斤拷"}, {f"{name}_readable"})
    if column.type is Type.CODE:
        yield Try({name: "不在表内"}, {f"{name}_in_list"})
    for bound, step in ((column.minimum, -1), (column.maximum, 1)):
        if bound is not None:
            smallest = 1 if column.type is Type.INTEGER else Decimal("0.01")
            yuan = "元" if "万元" in column.label else ""
            much = {f"{name}_plausible"} if step > 0 and column.plausible is not None else set()
            yield Try({name: f"{int(bound)}{yuan}"}, much)
            yield Try({name: f"{int(bound) + step * smallest}{yuan}"}, {f"{name}_within_bounds"} | much)
    if column.plausible is not None:
        smallest = 1 if column.type is Type.INTEGER else Decimal("0.01")
        yuan = "元" if "万元" in column.label else ""
        yield Try({name: f"{int(column.plausible)}{yuan}"})
        yield Try({name: f"{int(column.plausible) + smallest}{yuan}"}, {f"{name}_plausible"})
    yield from tries_of_time(feed, column)


def tries_of_counties(feed: Feed, name: str) -> Iterator[Try]:
    certificate = {"disability": "44", "disability_subsidies": "41"}.get(feed.name, "")
    for county in (*COUNTIES, "110101", "441900", "659001"):
        yield Try({name: number_of(date(1966, 5, 4), 0, county=county) + certificate})
    for county in ("410109", "410185", "419019", "990101", "410000"):
        known = {f"{name}_county_known"} if county != "410185" else set()
        yield Try({name: number_of(date(1966, 5, 4), 1, county=county) + certificate}, known)


def tries_of_time(feed: Feed, column: Column) -> Iterator[Try]:
    name, last = column.name, period(feed).last
    years = column.years_ahead
    if feed.partition == name and not years:
        other = "2019秋" if column.type is Type.TERM else "2019"
        yield Try({name: other}, {f"{name}_is_of_file"})
        return
    broken = {f"{name}_in_time"}
    if column.type is Type.DATE:
        latest = last.replace(year=last.year + years)
        for cell, found in (("1900-01-01", set()), ("1899-12-31", broken)):
            yield Try({name: cell}, found)
        yield Try({name: str(latest)})
        yield Try({name: str(latest + timedelta(days=1))}, broken)
    elif column.type is Type.MONTH:
        following = last + timedelta(days=1)
        for cell, found in (("190001", set()), ("189912", broken)):
            yield Try({name: cell}, found)
        yield Try({name: f"{last:%Y%m}"})
        yield Try({name: f"{following:%Y%m}"}, broken)
    elif column.type in (Type.YEAR, Type.TERM):
        end = "春" if column.type is Type.TERM else ""
        for year, found in (
            (1900, set()),
            (1899, broken),
            (last.year + years, set()),
            (last.year + years + 1, broken),
        ):
            yield Try({name: f"{year}{end}"}, found)


def second_content(feed: Feed) -> Row:
    """Cells that make another valid row of the same key."""
    if feed.name == "incomes":
        return {"wage_income": "10000.50"}
    others = {Type.TEXT: "另一个", Type.DECIMAL: "2", Type.FLAG: "是", Type.MONEY: "2"}
    column = next(c for c in feed.columns if not c.key and c.type in others)
    return {column.name: others[column.type]}


def around(feed: Feed, name: str, cell: str) -> Row:
    """What must stand beside a cell so that it breaks its own check alone: sums go on adding up."""
    if (feed.name, name, cell) in AROUND:
        return AROUND[feed.name, name, cell]
    if feed.name in ("settlements", "incomes") and re.fullmatch(r"-?\d+([.]\d+)?", cell):
        return (around_settlement if feed.name == "settlements" else around_income)(name, cell)
    return {}


def around_settlement(name: str, cell: str) -> Row:
    whole = cell.partition(".")[0]  # a sum may be a few cents off
    other = {"reverses_id": "k0"} if cell.startswith("-") else {}
    if name in ("pooled_paid", "major_illness_paid", "medical_aid_paid", "other_paid", "out_of_pocket"):
        other["total_cost"] = whole
    elif name == "total_cost":
        other["pooled_paid"] = whole
    elif name == "in_scope_out_of_pocket":
        other |= {"total_cost": whole, "out_of_pocket": whole}
    return other


def around_income(name: str, cell: str) -> Row:
    """A household that nets 10,000 yuan, or where the net itself is tried as much as that is."""
    whole = cell.partition(".")[0]
    if name in ("net_income", "net_income_per_head"):
        row = (
            {"wage_income": "0", "business_cost": whole[1:]}
            if cell.startswith("-")
            else {"wage_income": whole}
        )
        if name == "net_income_per_head":
            return {**row, "net_income": whole}
        return {**row, "persons": "2", "net_income_per_head": str(int(whole) // 2)}
    if name == "business_cost":
        return {"wage_income": "10000", "business_income": whole} if whole not in ("0", "-0") else {}
    if name == "persons" and whole != "0":
        return {"net_income_per_head": f"{10_000 / int(whole):.2f}"}
    if name in ("persons", "year"):
        return {}
    others = {} if name == "wage_income" else {"wage_income": "0"}
    if whole in ("0", "-0"):
        filled = "business_income" if name == "wage_income" else "wage_income"
        return {**others, filled: "10000"}
    return {**others, "business_cost": str(int(whole) - 10_000)}


AROUND = with_later("AROUND", {("outages", "ended_on", "1900-01-01"): {"began_on": "1900-01-01"}})

# Where one check cannot be broken without another.
COMPANIONS = {
    ("outages", "ended_on_in_time", "1899-12-31"): {"ends_after_it_begins"},
    ("disability", "type_in_list", "不在表内"): {"type_is_digit_19"},
    ("disability", "grade_in_list", "不在表内"): {"grade_is_digit_20"},
    ("settlements", "in_scope_out_of_pocket_within_bounds", "10000000.01"): {"in_scope_within_out_of_pocket"},
    ("settlements", "in_scope_out_of_pocket_within_bounds", "-10000000.01"): {
        "in_scope_within_out_of_pocket"
    },
}
COMPANIONS = with_later("COMPANIONS", COMPANIONS)

OWN_TWINS = {
    "members": [
        Try({"household_id": "H", "id_number": VALID, "person_no": "2"}, {"once_in_household"},
            twin={"household_id": "H", "id_number": VALID, "person_no": "1"}),
        Try({"household_id": "I", "id_number": VALID, "person_no": "4"},
            twin={"household_id": "J", "id_number": VALID, "person_no": "3"}),
    ],
}  # fmt: skip
OWN_TWINS = with_later("OWN_RULES", OWN_TWINS)


def split(name: str) -> tuple[str, str]:
    """Rule and period of a table's name; the period is empty for the usual one."""
    rule, _, text = name.partition("#")[0].partition("@")
    return rule, text


def tries_of_rules(feed: Feed, text: str) -> Iterator[Try]:
    """The rows drawn beside the feed's own rules (tests/feeds/rules.py) for the file of a period."""
    for turn, (name, table) in enumerate(RULES.items()):
        rule, other = split(name)
        if rule.partition(".")[0] == feed.name and text == (other or PERIODS[feed.cadence]):
            for nth, row in enumerate(drawn(table)):
                found = {rule.partition(".")[2] if word == "x" else word for word in row.pop("").split()}
                cells = {column: born(feed, column, cell, nth + 40 * turn) for column, cell in row.items()}
                yield Try(cells, found, is_of_rule=True)


def born(feed: Feed, column: str, cell: str, nth: int) -> str:
    """`2004-07-01 女:43` in a column of person numbers is the number of a woman born that day, and 43."""
    asked = re.fullmatch(r"(\d{4}-\d\d-\d\d)( 女)?(?::(\w+))?", cell)
    if not asked or feed.column(column).type is not Type.PERSON_NUMBER:
        return cell
    return number_of(date.fromisoformat(asked[1]), nth, is_male=not asked[2]) + (asked[3] or "")


@cache
def tried(feed_name: str) -> list[tuple[Try, list[set[str] | None]]]:
    """Each try with what was found in its twin and in itself; None for a row that was left out."""
    feed = catalogue()[feed_name]
    usual = PERIODS[feed.cadence]
    others = {split(name)[1] for name in RULES if name.startswith(f"{feed_name}.")} - {"", usual}
    found = staged(feed, usual, [*tries(feed), *tries_of_rules(feed, usual)])
    return found + [
        one for text in sorted(others) for one in staged(feed, text, [*tries_of_rules(feed, text)])
    ]


def staged(feed: Feed, text: str, listed: list[Try]) -> list[tuple[Try, list[set[str] | None]]]:
    """The tries as one file of a period."""
    rows, lines = [], []
    for nth, one in enumerate(listed, start=1):
        good = good_row(feed, period_of(feed, text), nth)
        both = [{**good, **cells} for cells in (one.twin, one.cells) if cells is not None]
        lines.append([len(rows) + 2 + place for place in range(len(both))])
        rows += [(row, one.extra_cell) for row in both]
    found = wrong(feed, text, rows)
    return [(one, [found.get(line) for line in at]) for one, at in zip(listed, lines, strict=True)]


def wrong(feed: Feed, text: str, rows: list[tuple[Row, bool]]) -> dict[int, set[str]]:
    """Line -> names of the checks that found it, for the lines that were kept."""
    inbox, name = inbox_of(feed, text, rows)
    broken = inbox.broken(name)
    return {line: broken.get(line, set()) for line in inbox.rows(name)}


def inbox_of(feed: Feed, text: str, rows: list[tuple[Row, bool]]) -> tuple[Inbox, str]:
    """The rows taken in as a file of the period, and its name."""
    content = io.StringIO()
    writer = csv.writer(content)
    writer.writerow([column.label for column in feed.columns])
    writer.writerows([*row.values(), *(["one too many"] if more else [])] for row, more in rows)
    inbox, name = Inbox(), f"{feed.name}_{text}"
    inbox.put(f"{feed.department}/{name}.csv", content.getvalue())
    inbox.take_in()
    return inbox, name


INBOXES: dict[str, Inbox] = {}  # kept while their files are asked


@cache
def tried_rows(feed_name: str, rule: str) -> list[tuple[Path, dict[int, bool]]]:
    """Staged files of the rows drawn beside a feed's rules, and line -> whether the rule has to find it."""
    feed, found = catalogue()[feed_name], []
    others = {split(name)[1] for name in RULES if name.startswith(f"{feed_name}.")}
    for text in {other or PERIODS[feed.cadence] for other in others or {None}}:
        listed = [*OWN_TWINS.get(feed_name, ()), *tries_of_rules(feed, text)]
        rows, wanted = [], {}
        for nth, one in enumerate(listed, start=1):
            for cells, broken in ((one.twin, one.twin_broken), (one.cells, one.broken)):
                if cells is not None:
                    rows.append(({**good_row(feed, period_of(feed, text), nth), **cells}, False))
                    wanted[len(rows) + 1] = rule in broken
        inbox, name = inbox_of(feed, text, rows)
        INBOXES[f"{name} {rule}"] = inbox
        found.append((inbox.home.staged(feed_name, inbox.delivery(name).delivery_id), wanted))
    return found


def hard(feed: Feed, one: Try, names: set[str] | None) -> set[str] | None:
    """What has to be found exactly: at the bounds of a column a feed's own warnings say more, and rightly."""
    soft = {rule.name for rule in feed.rules if rule.severity is Severity.WARNING}
    return names if one.is_of_rule or not one.cells or names is None else names - soft


def told(one: Try) -> str:
    return ", ".join(f"{name}={cell!r}" for name, cell in one.cells.items()) or "a good row"


@of_every_feed
def test_a_row_that_breaks_one_check_is_caught_by_that_check_alone(feed):
    failed = [
        (told(one), one.broken, found[-1])
        for one, found in tried(feed.name)
        if one.broken and hard(feed, one, found[-1]) != one.broken
    ]
    assert failed == []


@of_every_feed
def test_a_row_that_just_holds_is_caught_by_none(feed):
    failed = [
        (told(one), found[-1])
        for one, found in tried(feed.name)
        if not one.broken and hard(feed, one, found[-1])
    ]
    assert failed == []


@of_every_feed
def test_of_two_rows_that_differ_both_are_caught_and_of_two_that_do_not_one_is_left(feed):
    for one, found in tried(feed.name):
        if one.twin is not None:
            assert found[0] == one.twin_broken, told(one)
            assert (found[1] is None) == (one.twin == one.cells), told(one)


@of_every_feed
def test_every_check_was_broken_at_least_once(feed):
    tried_all = {name for one, _ in tried(feed.name) for name in one.broken}
    assert tried_all == {check.name for check in checks_of(feed)}


@of_every_feed
def test_every_rule_stands_beside_rows_that_break_it_alone_and_rows_that_just_hold(feed):
    own = OWN_TWINS.get(feed.name, [])
    drawn_here = [one for one, _ in tried(feed.name) if one.is_of_rule or one in own]
    alone = {next(iter(one.broken)) for one in drawn_here if len(one.broken) == 1}
    with_others = {"signs_agree"}  # which way a mixed row is wrong says another rule
    names = {rule.name for rule in feed.rules}
    assert names <= alone | with_others
    holding = {split(name)[0] for name, table in RULES.items() if any(not row[""] for row in drawn(table))}
    told_by_the_department = names if any(not one.broken and one.twin is None for one in own) else set()
    holds = {name.partition(".")[2] for name in holding} | told_by_the_department
    assert names - {"once_in_household"} <= holds


def test_every_table_of_rules_is_of_a_rule():
    rules = {f"{feed.name}.{rule.name}" for feed in FEEDS for rule in feed.rules}
    assert {split(name)[0] for name in RULES} <= rules


# ---- what holds a row and what is only reported ----


def test_only_a_members_unusable_number_is_reported_without_holding_its_row():
    warnings = {
        f"{feed.name}.{check.name}"
        for feed in FEEDS
        for check in checks_of(feed)
        if check.severity is Severity.WARNING
    }
    numbers = {f"members.id_number_{fault}" for fault in SPOILT_NUMBERS if fault not in NONE}
    assert numbers | {"members.id_number_given"} <= warnings
    errors = {f"{feed.name}.{check.name}" for feed in FEEDS for check in checks_of(feed)} - warnings
    assert {"settlements.total_is_sum", "settlements.id_number_damaged", "households.key_is_unique"} <= errors


def test_only_divisions_households_and_members_may_not_be_nil():
    assert {feed.name for feed in SPECIFIED if not feed.may_be_nil} == {
        "divisions", "households", "members",
    }  # fmt: skip


def test_snapshots_and_events_are_what_the_departments_promise():
    assert {feed.name for feed in SPECIFIED if feed.kind is Kind.SNAPSHOT} == {
        "divisions", "households", "members", "incomes", "insurance", "major_diseases", "enrolments",
        "dropouts", "disability", "projects", "access",
    }  # fmt: skip

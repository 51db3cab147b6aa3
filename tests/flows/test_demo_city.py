"""The demo city: the same on every run, true to the letter, and dirty exactly where it says it is.

The letter is reckoned here from the files alone, with the csv module and Decimals.
"""

from __future__ import annotations

import csv
import hashlib
import re
import time
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from openpyxl import load_workbook

from deployments.demo import calendar, letter, make_city
from deployments.demo.edges import planted
from deployments.demo.world.numbers import whole
from deployments.demo.world.world import World, build
from expectations import columns
from expectations.contract import Cadence, Feed, Kind, Promise, Type
from expectations.feeds import catalogue, departments

SMALL = 300
PERIOD = (date(2020, 1, 1), date(2020, 6, 30))
MISSING = {"", "-", "/", "无", "——", "N/A"}


@dataclass(frozen=True)
class Line:
    """One row of a file: cells by column of the contract as written, `cells` in their order."""

    path: str
    number: int
    by_column: dict[str, str]
    cells: list[str]
    headers: dict[str, str]


@dataclass(frozen=True)
class City:
    inbox: Path
    truth: Path

    def table(self, name: str) -> list[dict[str, str]]:
        with (self.truth / f"{name}.csv").open(encoding="utf-8", newline="") as lines:
            return list(csv.DictReader(lines))

    def paths(self, feed: Feed) -> list[Path]:
        """The feed's files in its own folder, by period and number."""
        names = re.compile(rf"({feed.name}|{feed.title})_(\d+)(?:_(\d+))?\.\w+")
        found = [(m[2], int(m[3] or 1), p) for p in (self.inbox / feed.department).iterdir()
                 if (m := names.fullmatch(p.name))]  # fmt: skip
        return [path for _, _, path in sorted(found)]

    def lines(self, feed: Feed) -> Iterator[Line]:
        for path in self.paths(feed):
            yield from read(path, path.relative_to(self.inbox).as_posix(), feed)

    def rows(self, name: str) -> Iterator[dict[str, str]]:
        """What a reader takes: not what is held, nor a refused file, nor what was here already."""
        notes = [
            note for note in self.table("dirt") if note["expected"] in ("held", "duplicate", "refused_file")
        ]
        out = {(note["path"], note["line"]) for note in notes}
        for line in self.lines(catalogue()[name]):
            if (line.path, "") not in out and (line.path, str(line.number)) not in out:
                yield {column: mended(text) for column, text in line.by_column.items()} | {
                    f"{column}#": header for column, header in line.headers.items()
                }


def read(path: Path, shown: str, feed: Feed) -> Iterator[Line]:
    if path.suffix == ".xlsx":
        sheet = load_workbook(path, read_only=True).active
        table = [
            ["" if cell is None else str(cell) for cell in row] for row in sheet.iter_rows(values_only=True)
        ]
    else:
        raw = path.read_bytes()
        try:
            text = raw.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = raw.decode("gb18030")
        table = list(csv.reader(text.splitlines(), delimiter="\t" if path.suffix == ".txt" else ","))
    headers = {column_of(feed, header): header for header in table[0]}
    for number, cells in enumerate(table[1:], start=2):
        yield Line(shown, number, dict(zip(headers, cells, strict=False)), cells, headers)


def column_of(feed: Feed, header: str) -> str:
    plain = re.sub(r"（万元）", "", header)
    return next(c.name for c in feed.columns if {header, plain} & {c.label, *c.aliases} or
                plain == re.sub(r"（.*）", "", c.label))  # fmt: skip


def mended(text: str) -> str:
    text = unicodedata.normalize("NFKC", text).strip()
    text = text.removeprefix('="').removesuffix('"').removeprefix("'")
    return "" if text in MISSING else text


def money(row: dict[str, str], name: str) -> Decimal:
    text = row.get(name, "").replace(",", "")
    if not text:
        return Decimal(0)
    is_wan = text.endswith("万元") or ("万元" in row[f"{name}#"] and not text.endswith("元"))
    return Decimal(re.sub(r"万?元$", "", text)) * (10_000 if is_wan else 1)


def day(text: str) -> date:
    if re.fullmatch(r"\d{5}", text):
        return date(1899, 12, 30) + timedelta(days=int(text))
    year, month, in_month = re.fullmatch(r"(\d{4})[-/年]?(\d{1,2})[-/月]?(\d{1,2})日?", text).groups()
    return date(int(year), int(month), int(in_month))


def month(text: str) -> int:
    year, in_month = re.fullmatch(r"(\d{4})[-年.]?(\d{1,2})月?", text).groups()
    return int(year) * 100 + int(in_month)


def person(text: str) -> str:
    text = text.replace(" ", "").upper()
    return whole(int(f"{text[:6]}19{text[6:]}")) if len(text) == 15 else text[:18]


@cache
def city_of(folder: Path, households: int, seed: int, dirt: bool) -> City:
    found = City(
        folder / f"{households}-{seed}-{dirt}" / "inbox", folder / f"{households}-{seed}-{dirt}" / "truth"
    )
    make_city(found.inbox, found.truth, households=households, seed=seed, dirt=dirt)
    return found


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    return tmp_path_factory.mktemp("city")


@pytest.fixture(scope="module", params=[True, False], ids=["dirty", "clean"])
def city(request, folder) -> City:
    return city_of(folder, SMALL, 1, request.param)


@pytest.fixture(scope="module")
def dirty(folder) -> City:
    return city_of(folder, SMALL, 1, True)


def digest(city: City) -> dict[str, str]:
    parts = [path for top in (city.inbox, city.truth) for path in sorted(top.rglob("*")) if path.is_file()]
    top = city.inbox.parent
    return {p.relative_to(top).as_posix(): hashlib.sha256(p.read_bytes()).hexdigest() for p in parts}


def test_one_seed_one_city(folder, dirty):
    again = City(folder / "again" / "inbox", folder / "again" / "truth")
    started = time.perf_counter()
    make_city(again.inbox, again.truth, households=SMALL, seed=1)
    assert time.perf_counter() - started < 10
    assert digest(again) == digest(dirty)


def test_another_seed_another_city(folder, dirty):
    mine, other = digest(dirty), digest(city_of(folder, SMALL, 2, True))
    assert mine.keys() == other.keys()
    differing = [path for path in mine if mine[path] != other[path]]
    assert len(differing) > len(mine) * 2 // 3


def test_every_feed_of_every_department_is_there(city):
    assert {path.name for path in city.inbox.iterdir()} == set(departments())
    for feed in catalogue().values():
        required = {column.name for column in feed.columns if column.required}
        missing = {note["path"] for note in city.table("dirt") if note["kind"] == "missing_column"}
        for path in city.paths(feed):
            shown = path.relative_to(city.inbox).as_posix()
            first = next(read(path, shown, feed), None)
            assert first is None or shown in missing or required <= set(first.headers)
        assert any(True for _ in city.rows(feed.name)), feed.name


def registered(city: City) -> set[str]:
    """Numbers of the members of lifted households in any snapshot."""
    lifted = {row["household_id"] for row in city.rows("households") if "脱贫" in row["household_type"]}
    return {person(row["id_number"]) for row in city.rows("members") if row["household_id"] in lifted}


def home_of(city: City) -> dict[str, str]:
    return {person(row["id_number"]): row["household_id"] for row in city.rows("members")}


def by_key(city: City, feed: str, *keys: str) -> list[dict[str, str]]:
    """Events of all files; of one key the last."""
    return list({tuple(row[key] for key in keys): row for row in city.rows(feed)}.values())


def inside(when: date) -> bool:
    return PERIOD[0] <= when <= PERIOD[1]


def grants(city: City) -> Iterator[tuple[str, dict[str, Decimal]]]:
    rows = by_key(city, "grants", "grant_id")
    out = [
        r
        for r in rows
        if r["programme"] == "教育扶贫资金" and yes(r["is_out_of_county"]) and inside(day(r["paid_on"]))
    ]
    term = [r for r in rows if r["programme"] == "家庭经济困难学生资助" and r["term"] == "2020春"]
    for name, found in (("grants_out_of_county", out), ("grants_term", term)):
        persons = {person(row["id_number"]) for row in found}
        yield name, {"persons": Decimal(len(persons)), "amount": sum(money(row, "amount") for row in found)}


def yes(text: str) -> bool:
    return text in ("是", "有", "1", "Y")


def settlements(city: City, poor: set[str]) -> Iterator[tuple[str, dict[str, Decimal]]]:
    rows = by_key(city, "settlements", "settlement_id")
    back = defaultdict(list)
    for row in rows:
        if row["reverses_id"]:
            back[row["reverses_id"]].append(row)
    mine = [
        r
        for r in rows
        if not r["reverses_id"] and inside(day(r["settled_on"])) and person(r["id_number"]) in poor
    ]
    for field in ("deductible_waived", "copay_waived", "chronic_covered"):
        nets = [money(r, field) + sum(money(b, field) for b in back[r["settlement_id"]]) for r in mine]
        nets = [net for net in nets if net > 0]
        yield field, {"visits": Decimal(len(nets)), "amount": sum(nets, Decimal(0))}


def support(city: City, poor: set[str]) -> Iterator[tuple[str, dict[str, Decimal]]]:
    home = home_of(city)
    for name, number, *keys in (
        ("allowances", "id_number", "certificate_no", "paid_month"),
        ("destitute", "id_number", "paid_month"),
        ("disability_subsidies", "certificate_no", "subsidy", "paid_month"),
    ):
        rows = by_key(city, name, number, *keys)
        mine = [r for r in rows if 202001 <= month(r["paid_month"]) <= 202006 and person(r[number]) in poor]
        persons = {person(row[number]) for row in mine}
        yield (
            name,
            {
                "households": Decimal(len({home[who] for who in persons})),
                "persons": Decimal(len(persons)),
                "amount": sum(money(row, "amount") for row in mine),
            },
        )
    rows = [
        r
        for r in by_key(city, "relief", "relief_id")
        if inside(day(r["paid_on"])) and person(r["id_number"]) in poor
    ]
    yield "relief", {"visits": Decimal(len(rows)), "amount": sum(money(row, "amount") for row in rows)}


def care_and_water(city: City, poor: set[str]) -> Iterator[tuple[str, dict[str, Decimal]]]:
    examined = {person(r["id_number"]) for r in city.rows("checkups") if inside(day(r["examined_on"]))}
    yield "checkups", {"persons": Decimal(len(examined & poor))}
    rows = [
        row for row in by_key(city, "projects", "project_id", "village_code") if row["built_year"] == "2020"
    ]
    cost = {row["project_id"]: money(row, "investment") for row in rows}
    people = sum(int(row["people_served"]) for row in rows)
    yield "water_works", {"persons": Decimal(people), "amount": sum(cost.values(), Decimal(0))}


def landing(city: City) -> dict[str, dict[str, Decimal]]:
    poor = registered(city)
    return dict([*grants(city), *settlements(city, poor), *support(city, poor), *care_and_water(city, poor)])


def test_letter_comes_out_of_the_files(city):
    found = landing(city)
    for told in city.table("letter"):
        measured = found[told["row"]]
        if told["measure"] == "amount_wan":
            wan = (measured["amount"] / 10_000).quantize(Decimal("0.01"), ROUND_HALF_UP)
            assert (told["row"], str(wan)) == (told["row"], told["figure"])
        else:
            assert (told["row"], measured[told["measure"]]) == (told["row"], Decimal(told["figure"]))


@cache
def full_world() -> World:
    return build(letter.FULL_HOUSEHOLDS, 1, planted())


def net_waivers(world: World, field: str) -> list[int]:
    """What was waived of each original of a registered person in 2020, less what was taken back."""
    bills, first = world.tables["settlements"], calendar.day(2020, 1, 1)
    net = bills[field].copy()
    back = bills["reverses"] >= 0
    np.add.at(net, bills["reverses"][back], bills[field][back])
    mine = ~back & (bills["day"] >= first) & world.registered[bills["person"]] & (net > 0)
    return net[mine].tolist()


def paid(world: World, name: str, holder: np.ndarray) -> tuple[set[int], int]:
    table = world.tables[name]
    mine = (table["month"] >= 202001) & world.registered[holder]
    return set(holder[mine].tolist()), int(table["amount"][mine].sum())


def test_full_letter_stands_in_the_world():
    """At full size, from the facts behind the files."""
    world, told, tables = full_world(), letter.LETTER, full_world().tables
    for field in ("deductible", "copay", "chronic"):
        row = told[f"{field}_covered" if field == "chronic" else f"{field}_waived"]
        nets = net_waivers(world, field)
        assert (len(nets), sum(nets)) == (row.visits, row.amount_cents)
    certificates = tables["certificates"]["person"]
    for name, holder in (
        ("allowances", tables["allowances"]["person"]),
        ("destitute", tables["destitute"]["person"]),
        ("subsidies", certificates[tables["subsidies"]["certificate"]]),
    ):
        row = told["disability_subsidies" if name == "subsidies" else name]
        persons, amount = paid(world, name, holder)
        assert (len(persons), amount) == (row.persons, row.amount_cents)
        if row.households:
            assert len(set(world.persons["home2"][list(persons)].tolist())) == row.households
    grants = tables["grants"]
    counted = grants["amount"][(grants["term"] == 202003) & (grants["programme"] == 0)]
    assert (len(counted), counted.sum()) == (told["grants_term"].persons, told["grants_term"].amount_cents)
    works = tables["works"]["built"] == 2020
    cost = dict(
        zip(
            tables["works"]["works"][works].tolist(),
            tables["works"]["investment"][works].tolist(),
            strict=True,
        )
    )
    assert sum(cost.values()) == told["water_works"].amount_cents
    assert tables["works"]["people"][works].sum() == told["water_works"].persons


def test_a_quarter_of_the_households_were_poor():
    world = full_world()
    assert 0.23 < world.households["is_poor"].mean() < 0.25
    assert 3.4 < world.persons["home2"].size / letter.FULL_HOUSEHOLDS < 3.7


def test_dirt_changes_no_figure(folder):
    assert landing(city_of(folder, SMALL, 1, True)) == landing(city_of(folder, SMALL, 1, False))


def note_lines(city: City) -> Iterator[tuple[dict[str, str], Line]]:
    """Each note about a row, with the row."""
    feeds = {feed.name: feed for feed in catalogue().values()} | {
        feed.title: feed for feed in catalogue().values()
    }
    read_files: dict[str, dict[int, Line]] = {}
    for note in city.table("dirt"):
        if note["line"]:
            path = note["path"]
            feed = feeds[re.split(r"_\d", Path(path).name)[0]]
            if path not in read_files:
                read_files[path] = {line.number: line for line in read(city.inbox / path, path, feed)}
            yield note, read_files[path][int(note["line"])]


def feed_of(line: Line) -> Feed:
    name = re.split(r"_\d", Path(line.path).name)[0]
    return next(feed for feed in catalogue().values() if name in (feed.name, feed.title))


def cells_of(line: Line, *types: Type) -> list[str]:
    return [
        line.by_column[c.name] for c in feed_of(line).columns if c.type in types and c.name in line.by_column
    ]


def numbers(line: Line) -> list[str]:
    return cells_of(line, Type.PERSON_NUMBER)


def check_is_right(number: str) -> bool:
    return bool(re.fullmatch(r"\d{17}[\dX]", number[:18])) and whole(int(number[:17])) == number[:18]


def is_real_birth(number: str) -> bool:
    try:
        date.fromisoformat(f"{number[6:10]}-{number[10:12]}-{number[12:14]}")
    except ValueError:
        return False
    return True


def is_amount(text: str) -> bool:
    try:
        Decimal(text)
    except InvalidOperation:
        return False
    return True


def required_empty(line: Line) -> bool:
    required = [column.name for column in feed_of(line).columns if column.required]
    return any(line.by_column[name] in MISSING for name in required)


def unknown_code(line: Line) -> bool:
    for column in feed_of(line).columns:
        text = line.by_column[column.name]
        known = {word for value, others in column.codes.items() for word in (value, *others)}
        parts = re.split("[、，；,]", text) if column.type is Type.CODE_SET else [text]
        if column.codes and text not in MISSING and not set(parts) <= known:
            return True
    return any(text.endswith("夏") for text in cells_of(line, Type.TERM))


def amounts(line: Line, *names: str) -> list[Decimal]:
    row = {name: mended(text) for name, text in line.by_column.items()}
    return [money(row | {f"{n}#": h for n, h in line.headers.items()}, name) for name in names]


def total_is_off(line: Line) -> bool:
    names = (
        "total_cost",
        "pooled_paid",
        "major_illness_paid",
        "medical_aid_paid",
        "other_paid",
        "out_of_pocket",
    )
    total, *parts = amounts(line, *names)
    return abs(total - sum(parts)) > Decimal("0.05")


def all_amounts(line: Line) -> list[Decimal]:
    return amounts(line, *(column.name for column in feed_of(line).typed(Type.MONEY)))


def net_is_off(line: Line) -> bool:
    names = (
        "wage_income",
        "business_income",
        "property_income",
        "transfer_income",
        "business_cost",
        "net_income",
    )
    *parts, cost, net = amounts(line, *names)
    return abs(sum(parts) - cost - net) > 1


def per_head_is_off(line: Line) -> bool:
    net, per_head = amounts(line, "net_income", "net_income_per_head")
    return abs(net / int(line.by_column["persons"]) - per_head) > 1


DATES = r"\d{5}|\d{4}-\d\d-\d\d|\d{4}/\d{1,2}/\d{1,2}|\d{8}|\d{4}年\d{1,2}月\d{1,2}日"
SAYS = {
    "bad_check_digit": lambda line: any(len(n) >= 18 and not check_is_right(n) for n in numbers(line)),
    "impossible_birth": lambda line: any(not is_real_birth(n) for n in numbers(line)),
    "birth_in_future": lambda line: any(n[6:10] > "2019" for n in numbers(line)),
    "older_than_120": lambda line: any(n[6:10] < "1890" for n in numbers(line)),
    "number_of_wrong_length": lambda line: any(len(n) in (17, 19, 21) for n in numbers(line)),
    "number_by_excel": lambda line: any("E+" in n for n in numbers(line)),
    "number_damaged": lambda line: any("E+" in n for n in numbers(line)),
    "number_ends_in_000": lambda line: any(n[15:18] == "000" for n in numbers(line)),
    "no_number": lambda line: any(n in ("无", "未办", "无户口") for n in numbers(line)),
    "no_number_any_more": lambda line: "无户口" in numbers(line),
    "foreign_document": lambda line: any(n[:2] in ("护照", "83") for n in numbers(line)),
    "missing_required": required_empty,
    "unknown_code": unknown_code,
    "office_number_by_excel": lambda line: "4.10184E+15" in cells_of(line, Type.NUMBER),
    "unreadable_flag": lambda line: bool({"不详", "√", "2"} & set(cells_of(line, Type.FLAG))),
    "impossible_date": lambda line: any(not is_day(text) for text in cells_of(line, Type.DATE) if text),
    "form_of_date": lambda line: any(not re.fullmatch(DATES, t) for t in cells_of(line, Type.DATE) if t),
    "future_date": lambda line: any(text > "2021" for text in cells_of(line, Type.DATE)),
    "date_before_1900": lambda line: "1899-12-31" in cells_of(line, Type.DATE),
    "ambiguous_month": lambda line: "2020.1" in cells_of(line, Type.MONTH),
    "impossible_month": lambda line: "201913" in cells_of(line, Type.MONTH),
    "future_month": lambda line: any(text > "202006" for text in cells_of(line, Type.MONTH)),
    "unreadable_year": lambda line: any(not text.isdigit() for text in cells_of(line, Type.YEAR) if text),
    "future_year": lambda line: any(text > "2020" for text in cells_of(line, Type.YEAR)),
    "other_period": lambda line: any(
        t[:4] in ("2016", "2017", "2018") for t in cells_of(line, Type.YEAR, Type.TERM)
    ),
    "text_in_amount": lambda line: any(t and not is_amount(t) for t in cells_of(line, Type.MONEY)),
    "third_decimal": lambda line: any(a * 100 % 1 for a in all_amounts(line)),
    "scientific_amount": lambda line: "1.2E+03" in cells_of(line, Type.MONEY),
    "comma_not_of_thousands": lambda line: any("," in text for text in cells_of(line, Type.MONEY)),
    "amount_above_bound": lambda line: max(all_amounts(line)) > 10_000_000_000,
    "negative_amount": lambda line: min(all_amounts(line)) < 0,
    "text_in_number": lambda line: any(
        t and not is_amount(t) for t in cells_of(line, Type.INTEGER, Type.DECIMAL)
    ),
    "negative_number": lambda line: any(t[:1] == "-" for t in cells_of(line, Type.INTEGER, Type.DECIMAL)),
    "fraction": lambda line: "2.5" in cells_of(line, Type.INTEGER),
    "division_of_wrong_length": lambda line: any(
        len(t) not in (6, 9, 12) for t in cells_of(line, Type.VILLAGE, Type.DIVISION) if t
    ),
    "more_fields_than_headers": lambda line: len(line.cells) > len(line.headers) and bool(line.cells[-1]),
    "total_is_no_sum": total_is_off,
    "fails_identity": total_is_off,
    "mixed_signs": lambda line: min(all_amounts(line)) < 0 < max(all_amounts(line)),
    "reversal_without_name": lambda line: max(all_amounts(line)) <= 0 and not line.by_column["reverses_id"],
    "reversal_of_unknown": lambda line: max(all_amounts(line)) <= 0 and bool(line.by_column["reverses_id"]),
    "charge_with_name": lambda line: min(all_amounts(line)) >= 0 and bool(line.by_column["reverses_id"]),
    "scope_above_own": lambda line: (
        abs(amounts(line, "in_scope_out_of_pocket")[0]) > abs(amounts(line, "out_of_pocket")[0])
    ),
    "net_is_no_sum": net_is_off,
    "per_head_is_no_quotient": per_head_is_off,
    "still_poor": lambda line: (
        line.by_column["household_type"] == "建档立卡贫困户" and not line.by_column["exit_year"]
    ),
    "grade_not_in_certificate": lambda line: (
        line.by_column["certificate_no"][19] not in line.by_column["grade"]
        and "一二三四"[int(line.by_column["certificate_no"][19]) - 1] not in line.by_column["grade"]
    ),
    "type_not_in_certificate": lambda line: (
        line.by_column["type"]
        not in catalogue()["disability"].column("type").codes[line.by_column["certificate_no"][18]]
    ),
    "certificate_too_short": lambda line: len(line.by_column["certificate_no"]) == 18,
    "ends_before_it_begins": lambda line: day(line.by_column["ended_on"]) < day(line.by_column["began_on"]),
    "class_for_unfounded": lambda line: (
        line.by_column["finding"] == "不属实" and line.by_column["decided_class"] != "不纳入"
    ),
    "removed_before_decided": lambda line: line.by_column["removed_on"] < line.by_column["decided_on"],
    "full_width_digits": lambda line: any(re.search("[０-９]", text) for text in line.cells),
    "leading_apostrophe": lambda line: any(n.startswith("'") for n in numbers(line)),
    "excel_formula": lambda line: any(n.startswith('="') for n in numbers(line)),
    "blanks_in_number": lambda line: any(" " in n for n in numbers(line)),
    "lower_case_x": lambda line: any(n.endswith("x") for n in numbers(line)),
    "fifteen_digits": lambda line: any(len(n) == 15 and n.isdigit() for n in numbers(line)),
    "missing_mark": lambda line: bool({*MISSING, " "} - {""} & set(line.cells)),
    "thousands_comma": lambda line: any(re.search(r"\d,\d{3}", text) for text in line.cells),
    "unit_in_cell": lambda line: any(text.endswith("元") for text in cells_of(line, Type.MONEY)),
}


def is_day(text: str) -> bool:
    try:
        day(text)
    except (ValueError, AttributeError):
        return False
    return True


def test_bad_rows_are_as_they_are_called(dirty):
    wrong = [
        note for note, line in note_lines(dirty) if note["kind"] in SAYS and not SAYS[note["kind"]](line)
    ]
    assert not wrong
    kinds = {note["kind"] for note in dirty.table("dirt") if note["line"]}
    assert kinds - SAYS.keys() <= {
        "about_nobody",
        "exact_duplicate",
        "same_key_other_content",
        "twice_in_household",
    }


def test_duplicates_stand_twice_and_pairs_share_their_key(dirty):
    for note, line in note_lines(dirty):
        same = [other for other in read(dirty.inbox / line.path, line.path, feed_of(line)) if other != line]
        if note["kind"] == "exact_duplicate":
            assert line.cells in [other.cells for other in same if other.number < line.number]
        if note["kind"] == "same_key_other_content":
            keys = [column.name for column in feed_of(line).keys]
            mine = [other for other in same if all(other.by_column[k] == line.by_column[k] for k in keys)]
            assert len(mine) == 1 and mine[0].cells != line.cells


def test_bad_rows_name_nobody_or_planted_households(dirty):
    """Numbers of ordinary persons stand in no held row."""
    planted = {row["household_id"] for row in dirty.table("planted")}
    members = [row for row in dirty.rows("members") if row["household_id"].startswith("41018400")]
    ordinary = {person(row["id_number"]) for row in members if row["household_id"] not in planted}
    for note, line in note_lines(dirty):
        if note["expected"] == "held":
            assert not ordinary & {number[:18] for number in numbers(line)}
            home = line.by_column.get("household_id", "")
            assert home in {"4.10184E+15", *MISSING, *planted} or home.startswith("41018490")


def test_clean_rows_hold_no_bad_number(city):
    for feed in catalogue().values():
        for column in feed.typed(Type.PERSON_NUMBER):
            if column.required and feed.name != "members":
                found = [person(row[column.name]) for row in city.rows(feed.name)]
                assert all(check_is_right(number) for number in found), feed.name


def test_refused_files_are_mended(dirty):
    notes = [note for note in dirty.table("dirt") if not note["line"]]
    assert {note["kind"] for note in notes} == {
        "same_file_again", "too_many_bad_rows", "missing_column", "wrong_folder",
    }  # fmt: skip
    for note in notes:
        path = dirty.inbox / note["path"]
        assert path.is_file()
        if note["kind"] in ("too_many_bad_rows", "missing_column"):
            assert path.with_stem(f"{path.stem}_2").is_file()
        elif note["kind"] == "same_file_again":
            assert path.with_stem(path.stem.removesuffix("_2")).read_bytes() == path.read_bytes()
        else:
            home = next(f.department for f in catalogue().values() if path.name.startswith((f.name, f.title)))
            assert (dirty.inbox / home / path.name).read_bytes() == path.read_bytes()


def test_few_enough_rows_are_bad_for_every_other_file(dirty):
    refused = {note["path"] for note in dirty.table("dirt") if note["expected"] == "refused_file"}
    held = defaultdict(int)
    for note in dirty.table("dirt"):
        held[note["path"]] += note["expected"] == "held"
    for feed in catalogue().values():
        for path in dirty.paths(feed):
            shown = path.relative_to(dirty.inbox).as_posix()
            rows = sum(1 for _ in read(path, shown, feed))
            assert shown in refused or held[shown] < 10 or held[shown] <= rows * 0.05


def test_truth_speaks_of_households_that_are_there(city):
    last = [path for path in city.paths(catalogue()["households"]) if "202006" in path.name][-1]
    here = {line.by_column["household_id"] for line in read(last, "", catalogue()["households"])}
    told = {row["household_id"] for name in ("planted", "at_risk") for row in city.table(name)}
    assert told <= here


def test_planted_statuses_agree_with_the_truth(city):
    """Who is planted as at risk is so in truth, and who is planted as clear is not."""
    true = {(row["household_id"], row["indicator"]) for row in city.table("at_risk")}
    known = {indicator for _, indicator in true}
    for row in city.table("planted"):
        if row["indicator"] in known and row["expected"] != "unknown":
            is_true = (row["household_id"], row["indicator"]) in true
            assert is_true == (row["expected"] == "at_risk"), row


def test_every_indicator_has_all_three_answers_planted(city):
    answers = defaultdict(set)
    for row in city.table("planted"):
        answers[row["indicator"]].add(row["expected"])
    assert len(answers) == 17
    assert {indicator for indicator, found in answers.items() if {"at_risk", "clear"} - found} == set()


LOANS = Feed(
    name="later_loans", title="后来的贷款", title_en="Later loans", kind=Kind.EVENTS, cadence=Cadence.MONTH,
    department="later", sample={"bank": "农村信用社", "amount": "30000"},
    columns=(
        columns.number("loan_id", "贷款编号", "number of the loan", key=True),
        columns.number("household_id", "户编号", "household number", required=True),
        columns.person_number("borrower_number", "证件号码", "borrower", required=True, named_by="borrower"),
        columns.person_name("borrower", "借款人"),
        columns.village("village_code", "行政村代码", "village"),
        columns.text("bank", "银行", "bank"),
        columns.money("amount", "金额（万元）", "amount", required=True),
        columns.integer("months", "期限", "months", maximum=36),
        columns.decimal("rate", "利率", "rate"),
        columns.flag("is_overdue", "是否逾期", "overdue"),
        columns.code("purpose", "用途", "purpose", ("种植", "养殖")),
        columns.code_set("sureties", "担保", "sureties", ("联保", "抵押")),
        columns.term("term", "学期", "term"),
        columns.year("year", "年度", "year"),
        columns.month("since", "起始年月", "since"),
        columns.date("paid_on", "发放日期", "day of payment", required=True),
    ),
)  # fmt: skip


HOUSES = Feed(
    name="later_houses", title="后来的住房", title_en="Later houses", kind=Kind.SNAPSHOT, cadence=Cadence.MONTH,
    department="later", promise=Promise(day=10),
    columns=(
        columns.number("household_id", "户编号", "household number", key=True),
        columns.text("head_name", "户主姓名", "name of the head"),
        columns.code("grade", "等级", "grade", "ABCD", required=True),
        columns.date("appraised_on", "鉴定日期", "day of the appraisal", required=True),
        columns.date("repaired_on", "改造日期", "day of the repair"),
    ),
)  # fmt: skip


@pytest.fixture(scope="module", params=[True, False], ids=["dirty", "clean"])
def later(request, folder) -> City:
    """A city whose contracts have two feeds more."""
    found = City(folder / f"later-{request.param}" / "inbox", folder / f"later-{request.param}" / "truth")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            "deployments.demo.city.catalogue", lambda: {HOUSES.name: HOUSES, **catalogue(), LOANS.name: LOANS}
        )
        make_city(found.inbox, found.truth, households=SMALL, dirt=request.param)
    return found


def test_a_feed_that_nobody_wrote_appears_by_itself(later):
    """Events of every month that is due, about persons that there are, in rows of their own keys."""
    paths = later.paths(LOANS)
    assert len(paths) == 13  # June 2019 to June 2020
    rows = [row for path in paths for row in read(path, "", LOANS)]
    ids = [row.by_column["loan_id"] for row in rows]
    assert len(ids) == len(set(ids)) >= 5 * len(paths)
    for row in rows:
        assert set(row.by_column) == {column.name for column in LOANS.columns}
        assert all(row.by_column[column.name] for column in LOANS.columns if column.required)
        assert row.by_column["bank"] == "农村信用社"
        assert check_is_right(row.by_column["borrower_number"])
    for column in LOANS.columns:
        assert any(row.by_column[column.name] for row in rows), column.name


def test_a_list_that_nobody_wrote_names_the_same_households_every_month_each_once(later):
    names = {row["household_id"]: row["head_name"] for row in later.rows("households")}
    lists = [list(read(path, "", HOUSES)) for path in later.paths(HOUSES)]
    assert len(lists) == 2  # of May and June: both are due by the 10th
    homes = [[row.by_column["household_id"] for row in rows] for rows in lists]
    assert homes[0] == homes[1] and len(set(homes[0])) == len(homes[0]) >= 8
    for row in lists[1]:
        assert row.by_column["head_name"] == names[row.by_column["household_id"]]
    graded = {(row.by_column["grade"], row.by_column["repaired_on"] != "") for row in lists[1]}
    assert graded == {(grade, is_repaired) for grade in "ABCD" for is_repaired in (True, False)}
    for row in lists[1]:
        if row.by_column["repaired_on"]:
            assert day(row.by_column["appraised_on"]) < day(row.by_column["repaired_on"]) <= PERIOD[1]


def test_a_feed_more_changes_no_file_of_the_others(later, folder, request):
    is_dirty = "dirty" in request.node.name
    before, after = digest(city_of(folder, SMALL, 1, is_dirty)), digest(later)
    assert [path for path in before if after[path] != before[path]] == []


def test_a_city_of_two_months_holds_the_letter_too(tmp_path):
    short = City(tmp_path / "inbox", tmp_path / "truth")
    make_city(short.inbox, short.truth, households=SMALL, months=2)
    assert len(short.paths(catalogue()["settlements"])) == 2
    test_letter_comes_out_of_the_files(short)


def test_no_day_lies_after_its_file(city):
    """A date after the period's end would hold a clean row."""
    for feed in catalogue().values():
        for path in city.paths(feed):
            period = re.search(r"_(\d{4,8})", path.name)[1]
            if (
                feed.cadence.value == "month"
                and feed.event_date
                and feed.column(feed.event_date).type is Type.DATE
            ):
                end = (date(int(period[:4]), int(period[4:]), 1) + timedelta(days=31)).replace(day=1)
                noted = {int(n["line"] or 0) for n in city.table("dirt") if path.name in n["path"]}
                for line in read(path, "", feed):
                    if line.number not in noted:
                        assert day(mended(line.by_column[feed.event_date])) < end

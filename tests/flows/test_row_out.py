"""Take one row out of the inbox and the figure of the policy landing that it stands in falls by that row."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import load_workbook

from expectations.feeds import catalogue
from tests.flows import test_demo_city as demo
from tests.night import run_night

AS_OF = date(2020, 6, 30)
WAIVED = ("deductible_waived", "copay_waived", "chronic_covered")
FIGURES = ("households", "persons", "visits", "amount")


@pytest.fixture(scope="module")
def city(tmp_path_factory) -> demo.City:
    return demo.city_of(tmp_path_factory.mktemp("city"), 300, 3, False)


def published(inbox: Path, home: Path) -> dict[str, dict[str, Decimal | None]]:
    ran = run_night(inbox, home, AS_OF, with_suites=False)
    rows = ran.rows("SELECT row, households, persons, visits, amount_cny FROM mart.policy_landing")
    return {
        row: {
            name: None if value is None else Decimal(value)
            for name, value in zip(FIGURES, figures, strict=True)
        }
        for row, *figures in rows
    }


def chosen(city: demo.City) -> Iterator[tuple[str, str, demo.Line]]:
    """For each row of the table (its name, the column that it adds up) a line that counts there."""
    poor = demo.registered(city)
    reversed_too = {row["reverses_id"] for row in city.rows("settlements")}

    def line(feed: str, counts: Callable[[dict[str, str]], bool]) -> demo.Line:
        for one in city.lines(catalogue()[feed]):
            if counts(said(one)):
                return one
        pytest.fail(f"no row of {feed} counts")

    def of_poor(feed: str, number: str, day: str = "", month: str = "") -> demo.Line:
        return line(feed, lambda row: demo.person(row[number]) in poor and (
            demo.inside(demo.day(row[day])) if day else 202001 <= demo.month(row[month]) <= 202006))  # fmt: skip

    def waived(field: str) -> demo.Line:
        def alone(row: dict[str, str]) -> bool:
            is_original = not row["reverses_id"] and row["settlement_id"] not in reversed_too
            counts = demo.person(row["id_number"]) in poor and demo.inside(demo.day(row["settled_on"]))
            return is_original and counts and [f for f in WAIVED if demo.money(row, f)] == [field]

        return line("settlements", alone)

    def granted(programme: str, where: Callable[[dict[str, str]], bool]) -> demo.Line:
        return line("grants", lambda row: row["programme"] == programme and where(row))

    def is_out(row: dict[str, str]) -> bool:
        return demo.yes(row["is_out_of_county"]) and demo.inside(demo.day(row["paid_on"]))

    yield "grants_out_of_county", "amount", granted("教育扶贫资金", is_out)
    yield "grants_term", "amount", granted("家庭经济困难学生资助", lambda row: row["term"] == "2020春")
    for field in WAIVED:
        yield field, field, waived(field)
    yield "checkups", "", of_poor("checkups", "id_number", day="examined_on")
    yield "water_works", "", line("projects", lambda row: row["built_year"] == "2020")
    yield "allowances", "amount", of_poor("allowances", "id_number", month="paid_month")
    yield "destitute", "amount", of_poor("destitute", "id_number", month="paid_month")
    yield "relief", "amount", of_poor("relief", "id_number", day="paid_on")
    yield (
        "disability_subsidies",
        "amount",
        of_poor("disability_subsidies", "certificate_no", month="paid_month"),
    )


def said(line: demo.Line) -> dict[str, str]:
    """The cells by column, and under `<column>#` the header, which may say 万元."""
    headers = {f"{name}#": header for name, header in line.headers.items()}
    return {name: demo.mended(text) for name, text in line.by_column.items()} | headers


def without(inbox: Path, taken: Iterable[tuple[str, int]]) -> None:
    """Lines gone from their files, from below so that the numbers above stay true."""
    for name, number in sorted(taken, reverse=True):
        path = inbox / name
        if path.suffix == ".xlsx":
            book = load_workbook(path)
            book.active.delete_rows(number)
            book.save(path)
        else:
            lines = path.read_bytes().split(b"\n")
            path.write_bytes(b"\n".join(lines[: number - 1] + lines[number:]))


@pytest.mark.torture
def test_a_figure_falls_by_exactly_the_row_that_is_taken_out(city, tmp_path):
    before = published(city.inbox, tmp_path / "before")
    fewer = demo.City(tmp_path / "inbox", city.truth)
    shutil.copytree(city.inbox, fewer.inbox)
    taken = list(chosen(city))
    assert {row for row, _, _ in taken} == set(before)
    without(fewer.inbox, {(line.path, line.number) for _, _, line in taken})
    after, reckoned = published(fewer.inbox, tmp_path / "after"), demo.landing(fewer)
    for row, column, line in taken:
        told = {name: figure for name, figure in reckoned[row].items() if before[row][name] is not None}
        assert {name: after[row][name] for name in told} == told, row
        assert after[row] != before[row], row
        if column:
            assert before[row]["amount"] - after[row]["amount"] == demo.money(said(line), column), row

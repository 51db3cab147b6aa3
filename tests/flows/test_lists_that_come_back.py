"""A work list that is filled in goes back into the inbox as it is: under its own name, whole, any number of towns."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from expectations.feeds import catalogue
from reports.worklists import write_worklists
from tests.spec.town import Scene, town

VISITS = catalogue()["visits"]
NIGHT, LATER = date(2020, 6, 30), "2020-07-08"
DRAWN = dict(
    divisions="""
        division_code | division_name | level
        410184        | 新郑市        | 县
        410184100     | 东街道        | 乡
        410184200     | 西镇          | 乡
        home          | 王庄村        | 村
        mill1         | 磨坊村        | 村
        down1         | 赵庄村        | 村
    """,
    households="""
        household_id | village_code | dwelling_grade
        visited      | home         | C
        away         | home         | C
        no_finding   | mill1        | C
        mill_one     | mill1        | A
        mill_two     | mill1        | A
        elsewhere    | down1        | D
    """,
    projects="project_id | village_code \n p | mill1",
    quality_tests="project_id | sampled_on | conclusion \n p | 2020-06-01 | 不合格",
)


def filled(path: Path, answers: Mapping[str, Mapping[str, object]]) -> bytes:
    """The list with the answers written into the rows of these households, saved by another program."""
    book = openpyxl.load_workbook(path)
    for page in book.worksheets:
        places = {cell.value: cell.column for cell in page[1]}
        for row in page.iter_rows(min_row=2):
            home = row[places["户编号"] - 1].value if "线索编号" in places else None
            for label, value in answers.get(str(home), {}).items():
                page.cell(row[0].row, places[label]).value = value
    book.save(path)
    return path.read_bytes()


@pytest.fixture(scope="module")
def later() -> Scene:
    """The night of 8 July, after both towns have sent back what they had been given on 30 June."""
    first = town(str(NIGHT), **DRAWN)
    clues = first.town.night.built.clues
    seen = {"核查日期": date(2020, 7, 5), "核查人": "王干部", "核查结论": "属实"}
    answers = {
        "visited": seen,
        "mill_one": seen,
        "elsewhere": {**seen, "核查结论": "不属实"},
        "no_finding": {"备注": "不在家"},
    }
    lists = write_worklists(first.town.inbox.home, NIGHT)
    files = {f"registry/{path.name}": filled(path, answers) for path in lists}
    assert len(files) == 2
    return town(LATER, **DRAWN, files=files, open_clues=clues)


def test_both_towns_are_taken_in_though_most_rows_are_not_visited_yet(later: Scene) -> None:
    counts = ("verdict", "rows_received", "rows_loaded", "rows_quarantined")
    sent = [row for row in later.table("quality.delivery") if row["feed"] == "visits"]
    assert {row["file"]: tuple(row[name] for name in counts) for row in sent} == {
        "入户核查结果_20200630_东街道.xlsx": ("accepted", 3, 2, 1),
        "入户核查结果_20200630_西镇.xlsx": ("accepted", 1, 1, 0),
    }


def test_the_clues_visited_are_closed_with_their_findings_and_the_others_stay_open(later: Scene) -> None:
    found = {row["household_id"]: (row["status"], row["closing_finding"]) for row in later.table("mart.clue")}
    assert found == {
        "visited": ("closed", "属实"),
        "away": ("open", None),
        "no_finding": ("open", None),
        "mill_one": ("closed", "属实"),
        "mill_two": ("closed", "属实"),
        "elsewhere": ("closed", "不属实"),
    }


def test_a_row_begun_and_not_finished_is_held_under_its_sheet_and_line(later: Scene) -> None:
    (row,) = (row for row in later.table("quality.quarantined_row") if "visits" in row["expectation_ids"])
    assert set(row["expectation_ids"].split(",")) == {"visits.visited_on_given", "visits.finding_given"}
    assert (row["line"], row["sheet"].partition("：")[0]) == (30_000_002, "3")

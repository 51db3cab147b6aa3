"""What the gate lets pass, what it bounds, and entries that change or close under its hands."""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from unittest.mock import patch

import duckdb
import openpyxl
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from openpyxl.comments import Comment
from openpyxl.worksheet.datavalidation import DataValidation
from python_calamine import CalamineError, CalamineWorkbook

from reports.language import LANGUAGES
from reports.next_steps import FOR_ENGINEERS, next_steps
from tests.faults.books import compound, old_table, packed, parts, records, relations, shared, sheet, types
from tests.faults.books import workbook as book_xml
from tests.faults.hostile import HOSTILE, ROWS, TABLE, TEXT
from tests.feeds.intake import NOW, Inbox, read
from warehouse.ingest import receive
from warehouse.judge import judge
from warehouse.landing.gate import inspect, sheets, text
from warehouse.landing.gate.entries import Changing, Closed, Entry, blocks, entry_at, opened
from warehouse.landing.gate.kinds import kind_of
from warehouse.landing.unreadable import Unreadable

NAME = "deaths_202006"
NOBODY = 65534


# ---- what passes ----


def everyday() -> bytes:
    """A workbook with what clerks put into theirs."""
    book = openpyxl.Workbook()
    page = book.active
    for cells in ROWS:
        page.append(cells)
    page["B2"].hyperlink = "mailto:someone@example.invalid"
    page["C2"].comment = Comment("核对", "甲")
    offered = DataValidation("list", formula1='"是,否"')
    page.add_data_validation(offered)
    offered.add("C2:C9")
    page.auto_filter.ref = "A1:C2"
    page.merge_cells("E1:F1")
    for number in range(3, 200):
        page.cell(number, 200).number_format = "yyyy-mm-dd"  # styled and empty, far off
    book.create_sheet("说明").sheet_state = "hidden"
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


BIN = '<Default Extension="bin" ContentType="application/vnd.ms-office.vbaProject"/><Override'
HONEST = {
    "everyday": everyday,
    "by_hand": lambda: packed(parts(sheet=sheet(TABLE))),
    "claims_too_much": lambda: packed(parts(sheet=sheet(TABLE, '<dimension ref="A1:XFD1048576"/>'))),
    "cells_without_a_place": lambda: packed(
        parts(sheet=sheet(TABLE.replace(' r="A1"', "").replace(' r="B1"', "").replace(' r="C1"', "")))
    ),
    "counts_texts_wrongly": lambda: packed(parts(sheet=sheet(TABLE), shared=shared("a", claimed=99))),
    "saved_without_its_macros": lambda: packed(
        parts(sheet=sheet(TABLE), types=types().replace("<Override", BIN, 1))
    ),
    "stored": lambda: packed(parts(sheet=sheet(TABLE)), method=0),
    "hyperlink": lambda: packed(
        {
            **parts(sheet=sheet(TABLE)),
            "xl/worksheets/_rels/sheet1.xml.rels": relations(r=("hyperlink", "http://a")),
        }
    ),
}


@pytest.mark.parametrize("name", HONEST)
def test_an_honest_workbook_passes(name):
    inbox = read(HONEST[name](), NAME, "xlsx")
    assert inbox.delivery(NAME).refusals == ()
    assert inbox.column(NAME, "name") == ["甲"]


LINK = relations(rId1=("externalLink", "file://elsewhere"))
SECOND = {"_rels/.rels": relations(rId1=("officeDocument", "xl/workbook2.xml"))}
OTHERWISE = {
    "a_link_with_backslashes": ({"xl\\externalLinks\\a.xml": "<a/>"}, "external_link"),
    "one_part_in_both_writings": ({"xl\\workbook.xml": "<a/>"}, "workbook_unreadable"),
    "a_path_upwards_with_backslashes": ({"xl\\..\\..\\a": "<a/>"}, "archive_path"),
    "a_second_workbook_with_a_link": (
        {**SECOND, "xl/workbook2.xml": "<a/>", "xl/_rels/workbook2.xml.rels": LINK}, "external_link"),
    "a_second_workbook_of_one_sheet_often": (
        {**SECOND, "xl/workbook2.xml": '<workbook><sheet r:id="a"/><sheet r:id="a"/></workbook>'}, "archive_bomb"),
    "a_second_workbook_that_is_no_xml": (
        {"_rels/.rels": relations(rId1=("officeDocument", "xl/a.bin")), "xl/a.bin": "a"}, "format_differs"),
    "a_text_document": (
        {"_rels/.rels": relations(rId1=("officeDocument", "word/document.xml")), "word/document.xml": "<a/>"},
        "format_differs"),
}  # fmt: skip


@pytest.mark.parametrize("name", OTHERWISE)
def test_what_is_hostile_is_found_under_other_names_too(name, tmp_path):
    added, code = OTHERWISE[name]
    path = tmp_path / "a"
    path.write_bytes(packed({**parts(sheet=sheet(TABLE)), **added}))
    with pytest.raises(Unreadable) as refused:
        inspect(path, "xlsx")
    assert code in {found for found, _ in refused.value.reasons}


def test_a_workbook_is_read_where_the_package_says_and_no_other():
    elsewhere = {**SECOND, "xl/workbook2.xml": book_xml(), "xl/_rels/workbook2.xml.rels": relations(
        rId1=("worksheet", "worksheets/sheet2.xml")), "xl/worksheets/sheet2.xml": sheet(TABLE)}  # fmt: skip
    decoy = parts(sheet=sheet(TABLE.replace("甲", "乙")))
    assert read(packed({**decoy, **elsewhere}), NAME, "xlsx").column(NAME, "name") == ["甲"]


@pytest.mark.parametrize("older", [{}, {"Book": b""}], ids=["one_stream", "for_two_versions_of_excel"])
def test_an_honest_book_of_the_old_format_passes(older):
    inbox = read(compound({"Workbook": records(old_table(ROWS)), **older}), NAME, "xls")
    assert inbox.column(NAME, "name") == ["甲"]


@pytest.mark.parametrize(
    "content", [b"<html><table><tr>", b"\xff\xfe" + "<HTML>".encode("utf-16-le"), b"MIME-Version: 1.0"]
)
def test_a_web_page_is_known_in_any_writing(content, tmp_path):
    (tmp_path / "page").write_bytes(content)
    assert kind_of(tmp_path / "page") == "html"


# ---- what a sheet spreads to is never more than the gate says ----

NAMES = ("", "x:")
PLACE = st.tuples(st.sampled_from("ABCZ"), st.integers(1, 40))
CELL = st.tuples(
    st.none() | PLACE, st.sampled_from(("<{p}v>1</{p}v>", "", "<{p}v>2</{p}v>")), st.integers(0, 4)
)
LINES = st.lists(st.tuples(st.none() | st.integers(1, 40), st.lists(CELL, max_size=4)), max_size=6)


def written(lines: list, prefix: str) -> bytes:
    """The rows as XML, each cell's place in one of several ways of writing it."""
    rows = ""
    for number, cells in lines:
        inside = ""
        for place, value, way in cells:
            said = f"{place[0]}{place[1]}" if place else ""
            ways = (
                f' r="{said}"',
                f" r='{said}'",
                f' s="0" r="{said}"',
                f'\n r\t= "{said}" ',
                f' s=">" r="{said}"',
            )
            attributes = ways[way] if place else ""
            inside += f"<{prefix}c{attributes}>{value.format(p=prefix)}</{prefix}c>"
        own = f' r="{number}"' if number else ""
        rows += f"<{prefix}row{own}>{inside}</{prefix}row>"
    return f"<{prefix}worksheet><{prefix}sheetData>{rows}</{prefix}sheetData></{prefix}worksheet>".encode()


def in_pieces(content: bytes, size: int) -> Iterator[bytes]:
    return (content[at : at + size] for at in range(0, len(content), size))


@settings(max_examples=300, deadline=None)
@given(LINES, st.sampled_from(NAMES), st.integers(5, 400))
def test_no_reader_lays_a_sheet_out_larger_than_the_gate_reckons(lines, prefix, size):
    content = written(lines, prefix)
    part = sheets.Part("xl/worksheets/sheet1.xml")
    for piece in in_pieces(content, size):
        part.read(piece)
    part.end()
    try:
        found = CalamineWorkbook.from_filelike(io.BytesIO(packed(parts(sheet=content)))).get_sheet_by_index(0)
    except CalamineError:
        return
    rows, columns = found.end or (-1, -1)
    assert part.rows >= rows + 1
    assert part.columns >= columns + 1


# ---- cells without end ----

SMALL, BLOCK = 60, 8
CELLS = (
    st.just("a" * 10)
    | st.text(st.sampled_from('a",\n'), max_size=14)
    | st.text(st.sampled_from('a"\n,'), min_size=90, max_size=120)
)


@settings(max_examples=200, deadline=None)
@example([["xxxxx", "a,"], *[["a" * 10] * 2] * 12], False)
@given(st.lists(st.lists(CELLS, min_size=1, max_size=3), min_size=1, max_size=12), st.booleans())
def test_a_cell_or_line_past_the_limit_is_found_and_no_other(tmp_path_factory, rows, quoted):
    stream = io.StringIO()
    csv.writer(stream, quoting=csv.QUOTE_ALL if quoted else csv.QUOTE_MINIMAL, lineterminator="\n").writerows(
        rows
    )
    path = tmp_path_factory.getbasetemp() / "cells.csv"
    path.write_text(stream.getvalue())
    with patch.multiple(text, BLOCK=BLOCK, MOST_CELL_BYTES=SMALL):
        found = {code for code, _ in text.text_faults(path)}
    longest_line = max(map(len, stream.getvalue().split("\n")))
    longest_cell = max(len(cell) for cells in rows for cell in cells)
    if max(longest_line, longest_cell) > SMALL + 2 * BLOCK:
        assert found == {"text_cell_too_large"}
    if max(longest_line, longest_cell) <= SMALL:
        assert found == set()


# ---- entries that change or close ----


@contextmanager
def as_nobody(inbox: Inbox) -> Iterator[None]:
    """Root may read everything: for a while we are not root."""
    if os.geteuid() != 0:
        yield
        return
    for folder, _, files in os.walk(inbox.root):
        for path in (folder, *(os.path.join(folder, name) for name in files)):
            os.chown(path, NOBODY, NOBODY)
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)


def test_a_file_that_may_not_be_read_is_told_and_taken_once_it_may():
    inbox = Inbox()
    file = inbox.put(f"health/{NAME}.csv", TEXT)
    file.chmod(0)
    with as_nobody(inbox):
        receive(inbox.engine, inbox.root / "inbox", inbox.home, 0, NOW)
    assert inbox.refused(NAME) == {"file_unreadable"}
    file.chmod(0o644)
    assert inbox.take_in() == 1
    assert sorted(one.verdict for one in judged(inbox)) == ["accepted", "refused"]


def test_a_folder_that_may_not_be_listed_is_told_and_the_others_are_read():
    inbox = Inbox()
    folder = inbox.put(f"health/{NAME}.csv", TEXT).parent
    inbox.put("education/dropouts_202006.csv", TEXT)
    folder.chmod(0)
    with as_nobody(inbox):
        receive(inbox.engine, inbox.root / "inbox", inbox.home, 0, NOW)
    assert inbox.refused("health") == {"not_a_folder"}
    assert inbox.delivery("dropouts_202006").refusals == ()


def judged(inbox: Inbox) -> list:
    with duckdb.connect(":memory:", config={"threads": 1}) as connection:
        connection.execute("ATTACH ':memory:' AS work")
        return judge(connection, inbox.home, inbox.deliveries(), frozenset())


def test_a_file_that_grows_while_it_is_read_waits_until_it_stands_still(monkeypatch):
    inbox = Inbox()
    file = inbox.put(f"health/{NAME}.csv", TEXT)

    def growing(stream, size):
        yield from blocks(stream, size)
        with file.open("a") as more:
            more.write("\n")

    monkeypatch.setattr("warehouse.landing.receive.blocks", growing)
    assert inbox.take_in() == 0
    assert list(inbox.home.landing.iterdir()) == []
    monkeypatch.undo()
    assert inbox.take_in() == 1
    assert inbox.verdicts() == {NAME: "accepted"}


def test_a_file_that_is_another_than_the_one_that_stood_still_waits(tmp_path):
    path = tmp_path / "file.csv"
    path.write_text(TEXT)
    entry = entry_at(path)
    path.unlink()
    path.write_text(TEXT + TEXT)
    with pytest.raises(Changing), opened(entry):
        pass
    path.unlink()
    with pytest.raises(Changing), opened(entry):
        pass


def test_a_link_put_in_its_place_is_not_followed(tmp_path):
    path = tmp_path / "file.csv"
    path.write_text(TEXT)
    entry = entry_at(path)
    path.rename(tmp_path / "other.csv")
    path.symlink_to(tmp_path / "other.csv")
    with pytest.raises(Closed), opened(entry):
        pass


def test_a_pipe_put_in_its_place_is_not_waited_for(tmp_path):
    path = tmp_path / "file.csv"
    path.write_text(TEXT)
    entry = entry_at(path)
    path.unlink()
    os.mkfifo(path)
    with pytest.raises(Changing), opened(entry):
        pass


def test_a_device_is_no_file():
    assert Entry(Path(os.devnull), os.lstat(os.devnull)).fault == ("not_a_file", "device")


def test_a_link_is_taken_for_what_it_is_though_its_file_be_good_and_the_file_itself_is_taken_later(tmp_path):
    inbox = Inbox()
    (tmp_path / "real.csv").write_text(TEXT)
    place = inbox.put(f"health/{NAME}.csv", "")
    place.unlink()
    place.symlink_to(tmp_path / "real.csv")
    inbox.take_in()
    assert inbox.refused(NAME) == {"not_a_file"}
    place.unlink()
    inbox.put(f"health/{NAME}.csv", TEXT)
    inbox.take_in()
    assert sorted(one.verdict for one in judged(inbox)) == ["accepted", "refused"]


def test_a_part_that_is_a_link_refuses_all_of_them():
    inbox = Inbox()
    place = inbox.put(f"health/{NAME}_p1of2.csv", TEXT)
    place.with_name(f"{NAME}_p2of2.csv").symlink_to(place.name)
    assert inbox.take_in() == 1
    assert inbox.refused(f"{NAME}_p1of2") == {"not_a_file"}


def test_a_name_too_long_for_a_mark_is_no_reason_to_stop():
    inbox = Inbox()
    inbox.put(f"health/{'x' * 244}_202006.csv", TEXT, changed_at=NOW.timestamp())
    inbox.put(f"health/{NAME}.csv", TEXT)
    assert inbox.take_in(settle_seconds=60) == 1


@pytest.mark.parametrize(("ahead", "taken"), [(30, 0), (86_400, 0), (86_401, 1)])
def test_a_clock_that_is_ahead_delays_a_file_for_a_day_at_most(ahead, taken):
    inbox = Inbox()
    inbox.put(f"health/{NAME}.csv", TEXT, changed_at=NOW.timestamp() + ahead)
    assert inbox.take_in(settle_seconds=60) == taken


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_next_step_fits_what_was_found(language):
    steps = {}
    for name in ("link", "macros", "linked_department"):
        inbox = Inbox()
        place = inbox.root / "inbox" / "health" / HOSTILE[name].name
        place.parent.parent.mkdir(exist_ok=True)
        if name != "linked_department":
            place.parent.mkdir()
        HOSTILE[name].put(place)
        inbox.take_in()
        steps[name] = next_steps(*judged(inbox), 1, language)[-1]
    assert "health/" in steps["link"]
    assert "_2." not in steps["link"]  # nothing was received: it keeps its name
    assert steps["linked_department"] == FOR_ENGINEERS.to(language)
    assert steps["macros"] != steps["link"]

"""The scanner finds a value in each of twenty hiding places, and nothing where there is nothing."""

from __future__ import annotations

import base64
import gzip
import html
import io
import json
import quopri
import sqlite3
import tarfile
import urllib.parse
import zipfile
import zlib
from collections.abc import Callable
from contextlib import closing
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path

import duckdb
import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.exc import SQLAlchemyError

from tests.faults.canary import CANARY, STRANGER, Canary
from tests.faults.scanner import Scanner
from tests.faults.writings import identity_forms

Thing = Path | str | bytes | BaseException
Plant = Callable[[Path, Canary], Thing]


def a_log_line(folder: Path, who: Canary) -> Thing:
    path = folder / "night.log"
    path.write_text(f"01:02:03 | INFO | row 7 of {who.name} was read\n", encoding="utf-8")
    return path


def an_export_of_windows(folder: Path, who: Canary) -> Thing:
    path = folder / "list.txt"
    path.write_text(f"户主\t{who.head_name}\n", encoding="utf-16")
    return path


def a_csv_in_gb18030(folder: Path, who: Canary) -> Thing:
    path = folder / "list.csv"
    path.write_text(f"备注,{who.note}\n", encoding="gb18030")
    return path


def json_escapes(folder: Path, who: Canary) -> Thing:
    path = folder / "state.json"
    path.write_text(json.dumps({"message": json.dumps({"name": who.name})}))  # a text inside a text
    return path


def a_url(folder: Path, who: Canary) -> Thing:
    return f"GET /cards?name={urllib.parse.quote(who.name)}&page=1"


def html_entities(folder: Path, who: Canary) -> Thing:
    path = folder / "page.html"
    path.write_text(f"<td>{html.escape(who.name).encode('ascii', 'xmlcharrefreplace').decode()}</td>")
    return path


def quoted_printable_mail(folder: Path, who: Canary) -> Thing:
    path = folder / "mail.eml"
    body = quopri.encodestring(f"{'行' * 20}{who.note}".encode())
    path.write_bytes(b"Subject: x\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n" + body)
    return path


def a_mails_subject_and_attachment(folder: Path, who: Canary) -> Thing:
    mail = EmailMessage(policy=SMTP)
    mail["Subject"] = f"{'报送' * 20}{who.head_name}"
    mail.set_content("see the attachment", cte="base64")
    mail.add_attachment(
        gzip.compress(who.number.encode()), maintype="application", subtype="gzip", filename="a.gz"
    )
    path = folder / "attached.eml"
    path.write_bytes(mail.as_bytes())
    return path


def base64_inside_a_token(folder: Path, who: Canary) -> Thing:
    return "token=" + base64.urlsafe_b64encode(f"u:{who.phone}:x".encode()).decode()


def a_hex_dump(folder: Path, who: Canary) -> Thing:
    return f"bytes 0x{who.name.encode('gb18030').hex().upper()} at 12"


def a_tar_packed_with_gzip(folder: Path, who: Canary) -> Thing:
    path = folder / "backup.tar.gz"
    with tarfile.open(path, "w:gz") as archive:
        member = tarfile.TarInfo("row.txt")
        content = who.certificate.encode("utf-16-le")
        member.size = len(content)
        archive.addfile(member, io.BytesIO(content))
    return path


def zlib_in_the_middle_of_a_file(folder: Path, who: Canary) -> Thing:
    path = folder / "cache.bin"
    path.write_bytes(b"\0head\0" + zlib.compress(f"a row: {who.number}".encode()) + b"\0tail")
    return path


def a_workbook_in_a_zip(folder: Path, who: Canary) -> Thing:
    book, inner = openpyxl.Workbook(), io.BytesIO()
    book.active.append(["姓名", who.name])
    book.save(inner)
    path = folder / "books.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("list.xlsx", inner.getvalue())
    return path


def a_pickle_in_a_database(folder: Path, who: Canary) -> Thing:
    path = folder / "state.sqlite"
    with closing(sqlite3.connect(path)) as database, database:
        packed = base64.b64encode(zlib.compress(repr({"row": who.number}).encode() + b" " * 60))
        database.execute("CREATE TABLE run (result TEXT)")
        database.execute("INSERT INTO run VALUES (?)", [json.dumps({"blob": packed.decode()})])
    return path


def a_deleted_row(folder: Path, who: Canary) -> Thing:
    path = folder / "ledger.sqlite"
    with closing(sqlite3.connect(path)) as database:
        database.execute("PRAGMA secure_delete = OFF")
        database.execute("CREATE TABLE note (words TEXT)")
        database.executemany("INSERT INTO note VALUES (?)", [["first"], [who.note], ["last"]])
        database.commit()
        database.execute("DELETE FROM note WHERE words = ?", [who.note])
        database.commit()
    return path


def a_number_in_a_published_table(folder: Path, who: Canary) -> Thing:
    path = folder / "current.duckdb"
    with duckdb.connect(str(path)) as database:
        database.execute("CREATE SCHEMA mart")
        database.execute(f"CREATE TABLE mart.signal AS SELECT {who.number[:17]} AS value FROM range(9000)")
    return path


def a_comment_on_a_column(folder: Path, who: Canary) -> Thing:
    path = folder / "commented.duckdb"
    with duckdb.connect(str(path)) as database:
        database.execute("CREATE TABLE member (age INTEGER)")
        database.execute(f"COMMENT ON COLUMN member.age IS 'as of {who.head_name}'")
    return path


def parquet(folder: Path, who: Canary) -> Thing:
    path = folder / "rows.parquet"
    pq.write_table(
        pa.table({"number": [identity_forms(who.number)["number of 15"]] * 9}), path, compression="zstd"
    )
    return path


def the_parameters_of_a_hidden_cause(folder: Path, who: Canary) -> Thing:
    engine = create_engine("sqlite://", hide_parameters=True)
    try:
        try:
            with engine.begin() as connection:
                connection.execute(text("INSERT INTO absent VALUES (:name)"), {"name": who.name})
        except SQLAlchemyError:
            raise RuntimeError("a step failed") from None
    except RuntimeError as error:
        return error
    raise AssertionError


def the_name_of_a_file_in_full_width_digits(folder: Path, who: Canary) -> Thing:
    wide = who.phone.translate(
        {digit: digit - ord("0") + ord("０") for digit in range(ord("0"), ord("9") + 1)}
    )
    path = folder / "named" / f"{wide}.txt"
    path.parent.mkdir()
    path.write_text("nothing")
    return path.parent


PLANTS: tuple[Plant, ...] = (
    a_log_line, an_export_of_windows, a_csv_in_gb18030, json_escapes, a_url, html_entities, quoted_printable_mail,
    a_mails_subject_and_attachment, base64_inside_a_token, a_hex_dump, a_tar_packed_with_gzip,
    zlib_in_the_middle_of_a_file, a_workbook_in_a_zip, a_pickle_in_a_database, a_deleted_row,
    a_number_in_a_published_table, a_comment_on_a_column, parquet, the_parameters_of_a_hidden_cause,
    the_name_of_a_file_in_full_width_digits,
)  # fmt: skip


def found(folder: Path, who: Canary) -> list[str]:
    """The plants that the scanner sees, each alone."""
    scanner = Scanner(CANARY.values)
    return [plant.__name__ for plant in PLANTS if scanner.scan(plant(folder, who))]


def test_twenty_of_twenty_planted_leaks_are_found(tmp_path):
    assert len({plant.__name__ for plant in PLANTS}) == 20
    assert found(tmp_path, CANARY) == [plant.__name__ for plant in PLANTS]


def test_nothing_is_found_where_another_person_stands(tmp_path):
    assert found(tmp_path, STRANGER) == []
    assert Scanner(CANARY.values).scan(tmp_path) == []


def test_all_is_found_in_one_folder_and_named_by_place(tmp_path):
    folders = {plant.__name__: plant(tmp_path, CANARY) for plant in PLANTS}
    files = {thing for thing in folders.values() if isinstance(thing, Path)}
    told = Scanner(CANARY.values).scan(tmp_path)
    assert {leak.where.split("!")[0].split("/")[0] for leak in told} == {path.name for path in files}


def test_what_is_told_of_a_leak_does_not_repeat_it(tmp_path):
    scanner = Scanner(CANARY.values)
    told = [leak for plant in PLANTS for leak in scanner.scan(plant(tmp_path, CANARY))]
    assert scanner.scan(repr(told), repr(scanner)) == []


@pytest.mark.parametrize("kind", CANARY.values)
def test_every_kind_of_value_is_looked_for(kind):
    assert kind in {leak.kind for leak in Scanner(CANARY.values).scan(f"‘{CANARY.values[kind]}’")}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le", "utf-16-be", "gb18030"])
@pytest.mark.parametrize("before", ["", "x", "xy", "xyz"])
def test_base64_is_seen_wherever_it_begins(encoding, before):
    told = base64.b64encode((before + CANARY.name + "!").encode(encoding))
    assert {leak.kind for leak in Scanner(CANARY.values).scan(told)} == {"name"}


def test_an_exception_is_searched_to_its_ground():
    """Its notes, attributes and bytes, the members of a group, and the local variables of what failed."""
    scanner = Scanner(CANARY.values)
    noted, held = ValueError("x"), ValueError("y")
    noted.add_note(CANARY.name)
    held.row = {"phone": CANARY.phone}  # type: ignore[attr-defined]
    undecodable = UnicodeDecodeError("utf-8", CANARY.name.encode("gb18030"), 0, 1, "invalid start byte")
    for error in (noted, held, undecodable, ExceptionGroup("several", [noted])):
        assert scanner.scan(error)
    with pytest.raises(ValueError) as caught:
        json.loads(f"{{{CANARY.name}")
    assert "exception locals of decode" in {leak.where for leak in scanner.scan(caught.value)}


def test_a_container_that_does_not_open_is_reported(tmp_path):
    for name, content in {
        "a.zip": b"PK\x03\x04....",
        "b.db": b"SQLite format 3\0...",
        "c": b"PAR1....PAR1",
    }.items():
        (tmp_path / name).write_bytes(content)
    assert len(Scanner(CANARY.values).scan(tmp_path)) == 3

"""What lies inside a file: members of archives, parts of mails, rows of databases, as (place, bytes)."""

from __future__ import annotations

import bz2
import email
import email.policy
import io
import lzma
import re
import shutil
import sqlite3
import tarfile
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

Part = tuple[str, bytes]
ZLIB = re.compile(rb"\x78[\x01\x5e\x9c\xda]")
GZIP = re.compile(rb"\x1f\x8b\x08")
MOST_STREAMS = 200  # that may begin at any byte of a file
LEAST_UNPACKED = 8  # bytes; less is a chance match of two bytes
MAIL = re.compile(rb"^(?:[A-Za-z-]+: .*\r?\n(?:[ \t].*\r?\n)*){2,}", re.MULTILINE)
DAMAGED = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, tarfile.TarError, sqlite3.Error, duckdb.Error, pa.ArrowException,
    EOFError, OSError, ValueError,
)  # fmt: skip
SIDE_FILES = ("-wal", "-shm", "-journal", ".wal")


def opened(content: bytes, path: Path | None = None) -> Iterator[Part]:
    """The parts of a container; nothing of what is none. `path` brings a database's side files along."""
    if content.startswith(b"PK\x03\x04"):
        yield from _zip(content)
    elif content.startswith(b"SQLite format 3\0"):
        yield from _sqlite(content, path)
    elif content[8:12] == b"DUCK":
        yield from _duckdb(content, path)
    elif content.startswith(b"PAR1"):
        yield from _parquet(content)
    elif content[257:262] == b"ustar":
        yield from _tar(content)
    elif content.startswith((b"BZh", b"\xfd7zXZ\0")):
        unpack = bz2.decompress if content.startswith(b"BZh") else lzma.decompress
        yield "unpacked", unpack(content)
    elif MAIL.match(content):
        yield from _mail(content)
    yield from _streams(content)


def _zip(content: bytes) -> Iterator[Part]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        yield "comment", archive.comment
        for member in archive.infolist():
            yield "<name of a member>", member.filename.encode() + member.comment
            yield member.filename if member.filename.isascii() else "member", archive.read(member)


def _tar(content: bytes) -> Iterator[Part]:
    with tarfile.open(fileobj=io.BytesIO(content)) as archive:
        for member in archive:
            if stream := archive.extractfile(member):
                yield "member", stream.read()


def _streams(content: bytes) -> Iterator[Part]:
    """What is packed with gzip or zlib, wherever in the bytes it begins."""
    starts = [found.start() for pattern in (GZIP, ZLIB) for found in pattern.finditer(content)]
    for start in starts[:MOST_STREAMS]:
        inner = _inflated(content[start:])
        if len(inner) >= LEAST_UNPACKED:
            yield f"packed at {start}", inner


def _inflated(content: bytes) -> bytes:
    try:
        return zlib.decompressobj(zlib.MAX_WBITS | 32).decompress(content)
    except zlib.error:
        return b""


def _mail(content: bytes) -> Iterator[Part]:
    mail = email.message_from_bytes(content, policy=email.policy.default)
    for name, value in mail.items():
        yield f"header {name}", str(value).encode("utf-8", "surrogateescape")
    for number, part in enumerate(mail.walk()):
        if not part.is_multipart():
            yield f"part {number}", part.get_payload(decode=True) or b""
            yield f"part {number} name", (part.get_filename() or "").encode()


def _sqlite(content: bytes, path: Path | None) -> Iterator[Part]:
    """Every value of every table, each row together, and the statements that made them."""
    with _copied(content, path) as copy, closing(sqlite3.connect(copy)) as database:
        database.text_factory = bytes
        names = [
            name.decode()
            for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        ]
        yield "schema", b" ".join(sql for (sql,) in database.execute("SELECT sql FROM sqlite_master") if sql)
        for name in names:
            rows = database.execute(f'SELECT * FROM "{name}"')
            yield name, b"\n".join(b"\t".join(_cell(value) for value in row) for row in rows)
            for column in [part[0] for part in rows.description]:
                blobs = database.execute(
                    f'SELECT "{column}" FROM "{name}" WHERE typeof("{column}") = \'blob\''
                )
                yield from ((f"{name}.{column}", blob) for (blob,) in blobs)


def _duckdb(content: bytes, path: Path | None) -> Iterator[Part]:
    """Every value of every table, and all that the catalogue says: statements, comments, defaults."""
    with _copied(content, path) as copy, duckdb.connect(str(copy), read_only=True) as database:
        for listed in (
            "tables",
            "columns",
            "views",
            "constraints",
            "indexes",
            "types",
            "schemas",
            "sequences",
        ):
            rows = database.execute(
                f"SELECT * FROM duckdb_{listed}() WHERE database_name <> 'system'"
            ).fetchall()
            yield f"catalogue of {listed}", _lines(rows)
        tables = database.execute(
            "SELECT schema_name, table_name FROM duckdb_tables() WHERE NOT internal ORDER BY ALL"
        ).fetchall()
        for schema, table in tables:
            rows = database.execute(f'SELECT * FROM "{schema}"."{table}"').fetchall()
            yield f"{schema}.{table}", _lines(rows)


def _parquet(content: bytes) -> Iterator[Part]:
    file = pq.ParquetFile(io.BytesIO(content))
    yield "metadata", repr(file.schema_arrow.metadata).encode() + str(file.schema_arrow).encode()
    columns = (column.to_pylist() for column in file.read().columns)
    yield "rows", _lines(columns)


def _lines(rows: object) -> bytes:
    return b"\n".join(b"\t".join(_cell(value) for value in row) for row in rows)  # type: ignore[attr-defined]


def _cell(value: object) -> bytes:
    return value if isinstance(value, bytes) else str(value).encode("utf-8", "surrogateescape")


@contextmanager
def _copied(content: bytes, path: Path | None) -> Iterator[Path]:
    """A database in a folder of its own, with its side files, so that looking changes nothing."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "database"
        copy.write_bytes(content)
        for end in SIDE_FILES if path else ():
            side = path.with_name(path.name + end)
            if side.exists():
                shutil.copy(side, copy.with_name(copy.name + end))
        yield copy

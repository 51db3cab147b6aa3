"""Mishaps of whole files: sent twice, with too many bad rows, without a column, into the wrong folder.

What is refused is mended by a correction `_2` in the same inbox.
"""

from __future__ import annotations

from collections.abc import Callable

from deployments.demo.delivery import Writer
from deployments.demo.dirt.site import DUPLICATE, REFUSED_FILE
from deployments.demo.feeds import Source
from deployments.demo.files.forms import Form
from expectations.contract import Feed
from expectations.feeds import departments

Mishap = Callable[[Writer, Feed, Source, str, Form], None]


def _sent_twice(writer: Writer, feed: Feed, source: Source, period: str, form: Form) -> None:
    """The same bytes under the next number."""
    writer.write(feed, source, period, form)
    again = form.path(feed, period, 2)
    _copy(writer, str(form.path(feed, period)), str(again))
    writer.note(str(again), 0, "same_file_again", DUPLICATE)


def _too_many_bad_rows(writer: Writer, feed: Feed, source: Source, period: str, form: Form) -> None:
    """More than five rows in a hundred are bad; the correction has none of them."""
    writer.write(feed, source, period, form, is_spoiled=True)
    writer.note(str(form.path(feed, period)), 0, "too_many_bad_rows", REFUSED_FILE)
    writer.write(feed, source, period, form, number=2)


def _without_column(writer: Writer, feed: Feed, source: Source, period: str, form: Form) -> None:
    """The last column that must be there is missing; the correction has it."""
    left_out = next(column.name for column in reversed(feed.columns) if column.required and not column.key)
    writer.write(feed, source, period, form, left_out=left_out)
    writer.note(str(form.path(feed, period)), 0, "missing_column", REFUSED_FILE)
    writer.write(feed, source, period, form, number=2)


def _into_wrong_folder(writer: Writer, feed: Feed, source: Source, period: str, form: Form) -> None:
    """A copy lies with another department too."""
    writer.write(feed, source, period, form)
    here = form.path(feed, period)
    other = next(name for name in departments() if name != feed.department)
    _copy(writer, str(here), f"{other}/{here.name}")
    writer.note(f"{other}/{here.name}", 0, "wrong_folder", REFUSED_FILE)


def _copy(writer: Writer, source: str, target: str) -> None:
    (writer.inbox / target).parent.mkdir(parents=True, exist_ok=True)
    (writer.inbox / target).write_bytes((writer.inbox / source).read_bytes())
    writer.ledger.files += 1


MISHAPS: dict[tuple[str, str], Mishap] = {
    ("checkups", "201911"): _too_many_bad_rows,
    ("checkups", "201912"): _sent_twice,
    ("checkups", "202003"): _into_wrong_folder,
    ("deaths", "202001"): _into_wrong_folder,
    ("grants", "201903"): _without_column,
    ("incomes", "2018"): _too_many_bad_rows,
    ("quality_tests", "201912"): _without_column,
    ("relief", "202003"): _sent_twice,
}


def deliver_with_mishap(writer: Writer, feed: Feed, source: Source, period: str, form: Form) -> None:
    """The period's files, one of which goes wrong."""
    MISHAPS[feed.name, period](writer, feed, source, period, form)

"""Files that arrive without their end, and what was loaded of them.

whole = Whole("csv", "utf-8", 60)
whole.outcomes([100, 2000])  ->  {100: "refused", 2000: "part"}

refused    nothing is loaded, and the delivery says so
nothing    read, and no row loaded: the header alone is a nil return, and nobody can tell one that was cut
part       every row loaded is that line of the whole file
last cell  the same but for the last cell of the last line, which ends where the file does: a text without a
           line end does not say whether 71 was 710.00
wrong      anything else
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet

from expectations.conditions import checks_of, error_mask
from tests.corpus.compare import Reading, first_difference
from tests.corpus.drafts import Draft
from tests.corpus.writers import content
from tests.feeds.intake import STAGED, Inbox

FEED = "destitute"  # its last column is an amount: what is left of one is an amount too
NAMES = ("㐂多福", "阿不都·热合曼", "欧阳䶮", '王"小"二', "李，某", "赵,某")


class Whole:
    """A file of `count` good rows; texts have quoted cells and names of three and four bytes."""

    def __init__(self, extension: str, encoding: str = "utf-8", count: int = 60) -> None:
        self.draft = Draft(FEED, extension, count)
        self.draft.look.encoding = encoding
        for nth in range(1, count + 1, 7):
            name = NAMES[nth % len(NAMES)]
            self.draft.write(nth, "name", name, name)
        self.content = content(self.draft)
        self.extension = extension

    @cached_property
    def rows(self) -> pa.Table:
        """What is loaded of the whole file: all its rows, as the draft has them."""
        reading = self._taken_in({1: len(self.content)})
        if difference := first_difference(self.draft, reading, self._name(1)):
            raise AssertionError(f"the whole file is not read right: {difference}")
        return self._loaded(reading, 1)

    def outcomes(self, places: Iterable[int], batch: int = 250) -> dict[int, str]:
        """What became of the file cut before each of the places."""
        listed, found = sorted(set(places)), {}
        for first in range(0, len(listed), batch):
            cuts = dict(enumerate(listed[first : first + batch], start=2))
            before = set(STAGED)
            reading = self._taken_in(cuts)
            found.update({place: self._outcome(reading, n) for n, place in cuts.items()})
            for delivery_id in STAGED.keys() - before:
                del STAGED[delivery_id]  # thousands of files of megabytes are not kept
        return found

    def _name(self, n: int) -> str:
        return f"{FEED}_{self.draft.period}_{n}"

    def _taken_in(self, cuts: dict[int, int]) -> Reading:
        inbox = Inbox()
        for n, place in cuts.items():
            inbox.put(f"{self.draft.path}_{n}.{self.extension}", self.content[:place])
        inbox.take_in()
        return Reading(inbox)

    def _loaded(self, reading: Reading, n: int) -> pa.Table:
        one = reading.deliveries[self._name(n)]
        table = pyarrow.parquet.read_table(reading.inbox.home.staged(FEED, one.delivery_id))
        no_error = pc.equal(pc.bit_wise_and(table["wrong"], error_mask(checks_of(self.draft.feed))), 0)
        names = ["line", "id_number__key", *(column.name for column in self.draft.feed.columns)]
        loaded = table.filter(no_error).sort_by("line")
        return pa.table({name: loaded[name] for name in names})  # which columns may be empty is not compared

    def _outcome(self, reading: Reading, n: int) -> str:
        if reading.deliveries[self._name(n)].refusals:
            return "refused"
        loaded = self._loaded(reading, n)
        if not loaded.num_rows:
            return "nothing"
        places = pc.index_in(loaded["line"], self.rows["line"])
        if places.null_count:
            return "wrong"
        right = self.rows.take(places)
        if loaded.equals(right):
            return "part"
        last = right.num_rows - 1
        is_last_line = reading.deliveries[self._name(n)].rows_received == right.num_rows
        is_only_there = loaded.slice(0, last).equals(right.slice(0, last)) and loaded.drop_columns(
            "amount"
        ).equals(right.drop_columns("amount"))
        return "last cell" if self.extension == "csv" and is_last_line and is_only_there else "wrong"

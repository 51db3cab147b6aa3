"""Where the table of a sheet begins: after title and note rows, a header in one row or two, and a unit row."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from expectations.contract import Column, Feed, Type
from expectations.headers import Header, Names, evened, fit, known_labels, looks_like, spelled
from expectations.near import missing_detail
from expectations.types.codes import FALSE, TRUE
from expectations.units import (
    NOT_READ,
    TEN_THOUSAND,
    YUAN,
    measures_otherwise,
    money_unit,
    narrowed,
    unit_above,
    unit_in_label,
    unit_row,
)
from warehouse.landing.first_cell import Row, is_no_row

Signature = tuple[tuple[str, int | None], ...]
Lines = Sequence[tuple[int, Row]]  # rows with the lines that a clerk sees
Span = tuple[tuple[int, int], tuple[int, int]]  # merged cells: first and last (row, column), from 0

FILLED_ROWS = 20  # within which the header stands
LONGEST_CELL = 2000  # characters of a cell in which a label, a unit or a total is looked for
HEAD_ROWS = FILLED_ROWS + 2  # so many filled rows show all that is above the data: a lower header, a unit row
_DAY = "[0-9]{4}[-/.年][0-9]{1,2}[-/.月][0-9]{1,2}日?|[0-9]{8}|[0-9]{5}"
_NUMBER = "-?[0-9,]+([.][0-9]+)?(万?元)?"
_LOOKS = {
    Type.PERSON_NUMBER: "[0-9]{14,21}[0-9Xx]", Type.NUMBER: "[A-Za-z_-]*[0-9][0-9A-Za-z_-]*",
    Type.DIVISION: "[0-9]{6,12}", Type.VILLAGE: "[0-9]{12}", Type.DATE: _DAY,
    Type.MONTH: "[0-9]{4}[-.年]?[0-9]{1,2}月?", Type.YEAR: "[0-9]{4}年?", Type.TERM: "[0-9]{4}年?[春秋]",
    Type.MONEY: _NUMBER, Type.INTEGER: _NUMBER, Type.DECIMAL: _NUMBER,
}  # fmt: skip


@dataclass(frozen=True)
class Layout:
    """A header found in a sheet. Its units are those besides yuan, wherever they were stated."""

    header: Header
    labels: tuple[str, ...]  # of each column, two rows joined, without the empty ones at the end
    line: int  # of the header's first row
    heads: tuple[Row, ...]  # the header's rows as they stand
    last_line: int  # of the header, or of the unit row below it
    around: tuple[Row, ...] = ()  # what stands above the header, and the unit row below it


def find(feed: Feed, lines: Lines, spans: Sequence[Span] = ()) -> Layout | None:
    """The first header that fits the feed, else the likeliest one with its faults; None where all is empty.

    `lines` are the first rows of the sheet, HEAD_ROWS filled ones or all.
    """
    filled = [(line, [(cell or "")[:LONGEST_CELL] for cell in row]) for line, row in lines if is_filled(row)]
    last = max((line for line, _ in filled), default=0)
    above = sorted(span for span in spans if span[0][0] < last)
    wide = [(line, _spread(line, row, above)) for line, row in filled]
    best: tuple[Header, int, int] | None = None
    for nth in range(min(len(filled), FILLED_ROWS)):
        header, depth = _deeper(feed, wide, nth)
        if header.fits:
            return _finished(feed, filled, wide, nth, depth, _of_another(feed, header, wide[nth][1]))
        if best is None or len(header.places) > len(best[0].places):
            best = header, nth, depth
    if best is None:
        return None
    like = looks_like(*(row for _, row in wide[:FILLED_ROWS]))
    is_other = like is not None and like.name != feed.name and _names_more(like, wide, best[0])
    other = (("looks_like", like.title),) if like is not None and is_other else ()
    return _finished(feed, filled, wide, best[1], best[2], replace(best[0], faults=best[0].faults + other))


def _names_more(like: Feed, rows: Lines, header: Header) -> bool:
    """A feed that asks for one column looks like many: it has to name more than the feed that was asked for."""
    return any(len(fit(like, row).places) > len(header.places) for _, row in rows[:FILLED_ROWS])


def _of_another(feed: Feed, header: Header, row: Row) -> Header:
    """A feed that asks for little fits many a header: one with columns that are not its own is refused when it names
    more columns of another feed, all that one asks for among them."""
    like = looks_like(row) if header.unknown else None
    if like is None or like.name == feed.name or len(fit(like, row).places) <= len(header.places):
        return header
    return replace(header, faults=(*header.faults, ("looks_like", like.title)))


def is_filled(row: Row) -> bool:
    """Whether a cell of the row says something."""
    return any(cell and cell.strip() for cell in row)


def signature(row: Row, names: Names | None = None) -> Signature:
    """What makes a row a repetition of the header: the columns it names, or evened labels, with their units; the
    empty end left out."""
    cells = [(_named(cell, names), unit_in_label(cell)) if cell else ("", None) for cell in row]
    while cells and not cells[-1][0]:
        cells.pop()
    return tuple(cells)


def _named(cell: str, names: Names | None) -> str:
    column = names.column((cell,))[0] if names else None
    return column.name if column else evened(cell)


def _deeper(feed: Feed, rows: Lines, nth: int) -> tuple[Header, int]:
    """The header of a row alone, or with the row below it when the two together name more columns, or as many and the
    row below holds nothing but labels: those of somebody beside the person whom the feed is about."""
    line, row = rows[nth]
    alone = fit(feed, row)
    if nth + 1 == len(rows) or rows[nth + 1][0] != line + 1:
        return alone, 1
    below = rows[nth + 1][1]
    both = fit(feed, row, below)
    is_more = len(both.places) > max(len(alone.places), len(fit(feed, below).places))
    is_group = bool(alone.twins) and not both.twins  # a name that spans columns is a group's
    is_part = len(both.places) == len(alone.places) and (is_group or _has_labels_alone(row, below))
    return (both, 2) if is_more or is_part else (alone, 1)


def _has_labels_alone(row: Row, below: Row) -> bool:
    labels = [evened(cell) for cell in below if cell and cell.strip()]
    return bool(labels) and set(labels) <= known_labels().keys() and signature(row) != signature(below)


def _spread(line: int, row: Row, spans: Sequence[Span]) -> Row:
    """The row with merged cells filled along it, as far as it goes; `spans` are sorted, and no two overlap."""
    cells, free = list(row), 0
    for (first, left), (_, right) in spans:
        if first == line - 1 and left >= free:
            free = min(right + 1, len(cells))
            cells[left + 1 : free] = cells[left : left + 1] * (free - left - 1)
    return cells


def _finished(feed: Feed, filled: Lines, wide: Lines, nth: int, depth: int, header: Header) -> Layout:
    rows = [row for _, row in wide[nth : nth + depth]]
    spellings = spelled(*rows)
    labels = [names[0] if names else "" for names in spellings]
    while labels and not labels[-1]:
        labels.pop()
    last, below = nth + depth - 1, wide[nth + depth : nth + depth + 1]
    said = _unit_row(feed, header, below[0][1]) if below else None
    above = wide[:nth]
    units, faults = _units(feed, header, said or {}, [cell for _, row in above for cell in row if cell])
    if header.fits and any(_is_data(feed, header, row) for _, row in above):
        faults.append(("rows_above_header", str(filled[nth][0])))
    known = (
        (code, missing_detail(detail, header, spellings, feed) if code == "column_missing" else detail)
        for code, detail in header.faults
    )
    return Layout(
        header=replace(header, units=units, faults=(*known, *faults)),
        labels=tuple(labels),
        line=filled[nth][0],
        heads=tuple(row for _, row in filled[nth : last + 1]),
        last_line=filled[last + 1 if said else last][0],
        around=tuple(row for _, row in (*filled[:nth], *(filled[last + 1 : last + 2] if said else ()))),
    )


def _unit_row(feed: Feed, header: Header, row: Row) -> Mapping[int, str] | None:
    """What the row below the header says: nothing but units, or a unit under an amount and no data."""
    said = unit_row(row)
    if said is not None or not header.fits:
        return said
    places = (header.places[c.name] for c in feed.typed(Type.MONEY) if c.name in header.places)
    words = (row[place] for place in places if place < len(row) and row[place])
    has_unit = any(money_unit(cell) is not None for cell in words)
    return dict(enumerate(row)) if has_unit and not _is_data(feed, header, row) else None


def _units(
    feed: Feed, header: Header, said: Mapping[int, str], above: Sequence[str]
) -> tuple[dict[str, int], list[tuple[str, str]]]:
    """Unit by column where it is not yuan: the header's goes before the unit row's, that before a line above."""
    there = [column for column in feed.columns if column.name in header.places]
    wrong = [c.label for c in there if measures_otherwise(c, [said.get(header.places[c.name], "")])]
    money = [column for column in there if column.type is Type.MONEY]
    under = {column.name: money_unit(said.get(header.places[column.name], "")) for column in money}
    in_row = {unit for words in said.values() if (unit := money_unit(words)) is not None}
    on_top = unit_above(above)
    default = _one(in_row) if in_row else on_top
    if any(unit is not None for unit in under.values()):
        # no line above: what stands under some amounts may be merged over the others, sure where all is yuan
        default = on_top if on_top is not None else None if in_row == {YUAN} else NOT_READ
    units, unsure = {}, []
    for column in money:
        stated = (header.units.get(column.name), under[column.name], default)
        # 投资 alone may mean 投资（万元）
        unstated = YUAN if unit_in_label(column.label) is None else NOT_READ
        unit = next((unit for unit in stated if unit is not None), unstated)
        if unit == NOT_READ and column.name not in header.units:
            unsure.append(column.label)
        elif unit == TEN_THOUSAND:
            units[column.name] = unit
    listed = [("unit_unknown", "、".join(wrong + unsure))] if wrong or unsure else []
    return units, listed


def _one(units: set[int]) -> int:
    return next(iter(units)) if len(units) == 1 else NOT_READ


def _is_data(feed: Feed, header: Header, row: Row) -> bool:
    """Whether a row above the header reads like one of the rows below it: it would be lost."""
    typed = [column for column in feed.columns if column.type is not Type.TEXT]
    places = [(column, header.places[column.name]) for column in typed if column.name in header.places]
    filled = [(c, row[p].strip()) for c, p in places if p < len(row) and row[p] and row[p].strip()]
    read = [column.type for column, cell in filled if _looks_like(column, narrowed(cell))]
    if is_no_row(row) and Type.PERSON_NUMBER not in read:  # a total that stands on top
        return False
    return len(filled) > 1 and len(read) * 2 > len(filled)


def _looks_like(column: Column, cell: str) -> bool:
    if column.type in _LOOKS:
        return re.fullmatch(_LOOKS[column.type], cell) is not None
    if column.type is Type.FLAG:
        return cell in TRUE or cell in FALSE
    words = re.split("[,、;]", cell) if column.type is Type.CODE_SET else [cell]
    return any(
        word in column.codes or any(word in others for others in column.codes.values()) for word in words
    )

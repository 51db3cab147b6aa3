"""Does a header fit a feed, and if not, what does it look like? Headers match after their spelling is
evened."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache

from expectations.contract import Column, Feed, Type
from expectations.everyday import names_of
from expectations.feeds import catalogue
from expectations.types.blanks import spelling
from expectations.units import BRACKETED, NOT_READ, in_brackets, measures_otherwise, narrowed, unit_in_label

_ABOUT = re.compile("基本|个人信息|信息|情况|资料|一栏")
_PERSON = re.compile("人|者|户主|业主|户长|家长|校长|村长|组长|亲|家属|配偶|子女|父|母|丈夫|妻")
_SUBJECT = re.compile(
    "对象|学生|人员|人口|个人|本人|成员|居民|农户|死者|逝者|患者|病人|参保人|残疾人|体检人|受检者|受益人|救助人|申请人|享受人"
)
_ANOTHER = re.compile(
    "(经办|工作|填报|帮扶|联系|负责|管理|审核|申报|驻村|照护|护理|监护|代领|代办|开户|收款|介绍|走访)(人|者|员)"
)
TABLE_BESIDE = 2  # columns that are none of ours, beyond an empty one, make a table of their own


@dataclass(frozen=True)
class Header:
    """How the cells of a header map onto a feed.

    `places` gives the cell's index for each column that is there, `units` what the label of an amount says that
    it is multiplied by (nothing where it says none), `twins` second places of a column whose cells must agree.
    """

    places: Mapping[str, int]
    units: Mapping[str, int]
    unknown: tuple[int, ...] = ()  # which columns, from 1: what stands in them may be a value
    twins: tuple[tuple[str, int], ...] = ()
    faults: tuple[tuple[str, str], ...] = field(default=())  # (reason code, columns concerned)

    @property
    def fits(self) -> bool:
        """Whether every column that must be there is there."""
        return not any(code == "column_missing" for code, _ in self.faults)


@dataclass(frozen=True)
class Names:
    """What the columns of a feed are called, the surest first: a contract's name to the letter, brackets included; one
    of its names without what stands in brackets; an everyday name. A name that two columns have is nobody's."""

    whole: Mapping[str, Column]
    plain: Mapping[str, Column]
    everyday: Mapping[str, Column]

    def column(self, labels: Sequence[str]) -> tuple[Column | None, bool]:
        """The column that one of the labels names, the likeliest label first; and whether the contract says so."""
        for label in labels:
            if column := self.whole.get(with_brackets(label)) or self.plain.get(evened(label)):
                return column, True
        return next(
            (self.everyday[evened(label)] for label in labels if evened(label) in self.everyday), None
        ), False


@lru_cache(maxsize=4096)  # a row's labels are compared with those of every feed
def evened(label: str) -> str:
    """A header without blanks, line breaks, full-width forms and what stands in brackets."""
    return BRACKETED.sub("", with_brackets(label))


@lru_cache(maxsize=4096)
def with_brackets(label: str) -> str:
    """A header without blanks, line breaks, what nobody sees and full-width forms, look-alikes made one."""
    return narrowed(spelling(label)).casefold()


def fit(feed: Feed, cells: Sequence[str], lower: Sequence[str] = ()) -> Header:
    """Match a header's cells, in one row or in two, with the feed's columns; all that is wrong is in `faults`."""
    found = _matched(names_in(feed), spelled(cells, lower))
    places: dict[str, int] = {}
    units: dict[str, int] = {}
    twins: list[tuple[str, int]] = []
    faults: list[tuple[str, str]] = []
    for place, (column, labels) in enumerate(found):
        if column is None:
            continue
        unit, wrong = _unit(column, labels)
        faults += [("unit_unknown", column.label)] if wrong else []
        if column.name not in places:
            places[column.name] = place
            units |= {} if unit is None else {column.name: unit}
        elif unit != units.get(column.name):
            faults.append(("column_twice", column.label))
        else:
            twins.append((column.name, place))
    unknown = [place for place, (column, labels) in enumerate(found) if column is None and labels]
    missing = [column.label for column in feed.columns if column.required and column.name not in places]
    faults += [("column_missing", "、".join(missing))] if missing else []
    faults += _beside(found) if places else []
    return Header(places, units, tuple(place + 1 for place in unknown), tuple(twins), tuple(faults))


def spelled(cells: Sequence[str], lower: Sequence[str] = ()) -> list[tuple[str, ...]]:
    """What each column may be called, the likeliest first, nothing for a column without a label.

    Of two rows the upper cell spans the columns to its right that have a lower cell of their own: 保障对象 over
    姓名 is 保障对象姓名, else 姓名; but 申报人 over 姓名 is nobody's name but the declarant's.
    """
    if not lower:
        return [(cell,) if (cell or "").strip() else () for cell in cells]
    labels: list[tuple[str, ...]] = []
    spanning = ""
    for place in range(max(len(cells), len(lower))):
        above, below = (
            row[place].strip() if place < len(row) and row[place] else "" for row in (cells, lower)
        )
        spanning = above if above else spanning if below else ""
        if above and not below:
            spanning = ""
            labels.append((above,))
        else:
            whole = (spanning + below,) if spanning and below else ()
            labels.append((*whole, below) if below and not _is_another(spanning) else whole)
    return labels


def _is_another(group: str) -> bool:
    """Whether a group of columns is about a person besides the one whom the feed is about."""
    who = _ABOUT.sub("", evened(group))
    return _ANOTHER.search(who) is not None or (_PERSON.search(who) is not None and not _SUBJECT.search(who))


@cache
def known_labels(feed: str | None = None) -> Mapping[str, Column]:
    """The columns of a feed, or of all feeds, by every evened spelling of their labels and everyday names."""
    found: dict[str, Column] = {}
    for one in catalogue().values() if feed is None else (catalogue()[feed],):
        names = names_in(one)
        found |= {**names.everyday, **names.plain}
    return found


def names_in(feed: Feed) -> Names:
    """What the columns of the feed are called."""
    return _names_of(feed.name) if catalogue().get(feed.name) is feed else _names(feed)


@cache
def _names_of(feed: str) -> Names:
    return _names(catalogue()[feed])


def _names(feed: Feed) -> Names:
    said = [(label, column) for column in feed.columns for label in _spellings(column)]
    plain = _unshared((evened(label), column) for label, column in said)
    taken = {evened(label) for label, _ in said}
    usual = _unshared((evened(name), column) for column in feed.columns for name in names_of(column))
    return Names(
        _unshared((with_brackets(label), column) for label, column in said),
        plain,
        {name: column for name, column in usual.items() if name not in taken},
    )


def _unshared(names: Iterable[tuple[str, Column]]) -> dict[str, Column]:
    """The names that one column has."""
    found: dict[str, dict[str, Column]] = {}
    for name, column in names:
        found.setdefault(name, {})[column.name] = column
    return {name: next(iter(columns.values())) for name, columns in found.items() if len(columns) == 1}


def _matched(
    names: Names, spellings: Sequence[tuple[str, ...]]
) -> list[tuple[Column | None, tuple[str, ...]]]:
    """The column of each place; an everyday name says nothing where the contract's own stands as well."""
    found = [names.column(labels) for labels in spellings]
    sure = {column.name for column, is_sure in found if column is not None and is_sure}
    return [
        (column if is_sure or column is None or column.name not in sure else None, labels)
        for (column, is_sure), labels in zip(found, spellings, strict=True)
    ]


def _spellings(column: Column) -> tuple[str, ...]:
    return (column.label, column.name, *column.aliases)


def _unit(column: Column, labels: tuple[str, ...]) -> tuple[int | None, bool]:
    """The unit of money that a column's labels say, and whether it is one that is not read."""
    if column.type is not Type.MONEY:
        return None, measures_otherwise(column, (words for label in labels for words in in_brackets(label)))
    unit = next((unit for label in labels if (unit := unit_in_label(label)) is not None), None)
    return unit, unit == NOT_READ


def _beside(found: Sequence[tuple[Column | None, tuple[str, ...]]]) -> list[tuple[str, str]]:
    """A second table to the left or right: labels of none of our columns, apart from ours by an empty one."""
    ours = [place for place, (column, _) in enumerate(found) if column is not None]
    sides = (range(ours[0] - 1, -1, -1), range(ours[-1] + 1, len(found)))
    for side in sides:
        gap = next((nth for nth, place in enumerate(side) if not found[place][1]), None)
        beyond = [] if gap is None else [place for place in side[gap:] if found[place][1]]
        if len(beyond) >= TABLE_BESIDE:
            return [("second_table_beside", str(min(beyond) + 1))]
    return []


def looks_like(*rows: Sequence[str]) -> Feed | None:
    """The feed whose columns one of the rows names best, None when none names a feed's required columns."""
    best, score = None, 0.0
    for cells in rows:
        filled = sum(1 for cell in cells if (cell or "").strip())
        for feed in catalogue().values():
            header = fit(feed, cells)
            share = len(header.places) / max(len(feed.columns), filled)
            if header.fits and share > score:
                best, score = feed, share
    return best

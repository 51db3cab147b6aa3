"""Seeded changes of a header, each with its right answer: read all the same, an optional column missing, refused.

Every mutator takes a draft and a source of chance and changes header and truth alike; it returns False where
the feed has nothing that it could change.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from random import Random

from expectations.contract import Column, Type
from expectations.feeds import catalogue
from tests.corpus.drafts import Draft

Mutator = Callable[[Draft, Random], bool]

OF_NO_FEED = ("序号", "经办人", "所属社区", "核对标志", "录入时间", "是否公示", "开户行", "Remarks")
BRACKETS = ("（必填）", "(选填)", "（见说明）", "（2020年）", "（ 以证件为准 ）")
BLANKS = (" ", "　", "\n", "\r\n", "  ")
PER_FEED = 24


def renamed_to_an_alias(draft: Draft, chance: Random) -> bool:
    """投资 without brackets leaves open whether it is 万元: not asked here."""
    known = [column for column in draft.feed.columns if column.aliases and column.type is not Type.MONEY]
    if not known:
        return False
    column = chance.choice(known)
    draft.head_as(column.name, chance.choice(column.aliases))
    return True


def blanks_inserted(draft: Draft, chance: Random) -> bool:
    for nth, label in enumerate(draft.head.cells):
        place = chance.randint(0, len(label))
        draft.head.cells[nth] = label[:place] + chance.choice(BLANKS) + label[place:]
    return True


def line_break_inserted(draft: Draft, chance: Random) -> bool:
    column = chance.choice(draft.feed.columns)
    middle = chance.randint(1, len(column.label) - 1)
    draft.head_as(column.name, f"{column.label[:middle]}\n{column.label[middle:]}")
    return True


def made_wide(draft: Draft, chance: Random) -> bool:
    """Letters, digits and brackets in their full-width forms, a full-width blank on top."""
    wide = {ordinary: ordinary + 0xFEE0 for ordinary in range(0x21, 0x7F)}
    draft.head.cells = [label.translate(wide) + chance.choice(("", "　")) for label in draft.head.cells]
    return True


def brackets_added(draft: Draft, chance: Random) -> bool:
    plain = [column for column in draft.feed.columns if "（" not in column.label]
    for column in chance.sample(plain, chance.randint(1, len(plain))):
        money = column.type is Type.MONEY
        draft.head_as(column.name, column.label + ("（元）" if money else chance.choice(BRACKETS)))
    return True


def brackets_changed(draft: Draft, chance: Random) -> bool:
    """The content of brackets says nothing about which column it is."""
    known = [
        column for column in draft.feed.columns if "（" in column.label and column.type is not Type.MONEY
    ]
    for column in known:
        draft.head_as(column.name, column.label.split("（")[0] + chance.choice(("", "（）", *BRACKETS)))
    return bool(known)


def moved(draft: Draft, chance: Random) -> bool:
    order = list(range(len(draft.head.cells)))
    chance.shuffle(order)
    for line in draft.lines:
        line.cells = [line.cells[nth] for nth in order]
    return True


def doubled_alike(draft: Draft, chance: Random) -> bool:
    source, place = chance.randrange(len(draft.head.cells)), chance.randint(0, len(draft.head.cells))
    for line in draft.lines:
        line.cells.insert(place, line.cells[source])
    return True


def doubled_with_a_difference(draft: Draft, chance: Random) -> bool:
    source, place = chance.randrange(len(draft.head.cells)), chance.randint(0, len(draft.head.cells))
    other = chance.choice(draft.rows)
    for line in draft.lines:
        line.cells.insert(place, line.cells[source] + ("乙" if line is other else ""))
    draft.refuse("column_twice")
    return True


def optional_dropped(draft: Draft, chance: Random) -> bool:
    return _lost(draft, chance, required=False, drop=True)


def required_dropped(draft: Draft, chance: Random) -> bool:
    return _lost(draft, chance, required=True, drop=True)


def optional_renamed(draft: Draft, chance: Random) -> bool:
    """A name that nobody knows is another column: ignored with a warning, and the optional one is missing."""
    return _lost(draft, chance, required=False, drop=False)


def required_renamed(draft: Draft, chance: Random) -> bool:
    return _lost(draft, chance, required=True, drop=False)


def _lost(draft: Draft, chance: Random, required: bool, drop: bool) -> bool:
    """Whether a column is required is the specification's word; households hold nothing else by it."""
    if not (known := [column for column in draft.feed.columns if column.required is required]):
        return False
    column = chance.choice(known)
    if drop:
        place = draft.at(column.name)
        for line in draft.lines:
            line.cells.pop(place)
    else:
        draft.head_as(column.name, chance.choice(OF_NO_FEED + labels_elsewhere(draft, column)))
    if required:
        draft.refuse("column_missing", "looks_like")
    for row in draft.rows:
        assert row.values is not None
        row.values[column.name] = column.empty_is
    return True


def labels_elsewhere(draft: Draft, column: Column) -> tuple[str, ...]:
    """Labels of other feeds that name no column of this one."""
    ours = {word for one in draft.feed.columns for word in (one.label.split("（")[0], *one.aliases)}
    theirs = {one.label.split("（")[0] for feed in catalogue().values() for one in feed.columns}
    return tuple(sorted(theirs - ours))


def unknown_added(draft: Draft, chance: Random) -> bool:
    place, label = chance.randint(0, len(draft.head.cells)), chance.choice(OF_NO_FEED)
    for nth, line in enumerate(draft.lines):
        line.cells.insert(place, label if line is draft.head else chance.choice(("", str(nth), "已核")))
    return True


def several_at_once(draft: Draft, chance: Random) -> bool:
    """Where cells move comes last: until then a column stands where the contract has it."""
    for mutate in (brackets_added, renamed_to_an_alias, blanks_inserted, unknown_added, doubled_alike, moved):
        if chance.random() < 0.7:
            mutate(draft, chance)
    return True


MUTATORS: tuple[Mutator, ...] = (
    renamed_to_an_alias, required_renamed, optional_renamed, blanks_inserted, line_break_inserted, made_wide,
    brackets_added, brackets_changed, moved, doubled_alike, doubled_with_a_difference, optional_dropped,
    required_dropped, unknown_added, several_at_once,
)  # fmt: skip
EXTENSIONS = ("csv", "csv", "xlsx", "txt", "csv", "xls")


def mutants(feed: str) -> Iterator[tuple[str, Draft]]:
    """(name, draft) of the feed's mutants, always the same ones."""
    start = list(catalogue()).index(feed)
    for nth in range(PER_FEED):
        chance = Random(f"{feed} {nth}")
        extension = EXTENSIONS[nth % len(EXTENSIONS)]
        for turn in range(len(MUTATORS)):
            draft = Draft(feed, extension)
            mutate = MUTATORS[(start + nth + turn) % len(MUTATORS)]
            if mutate(draft, chance):
                yield f"{mutate.__name__} {nth}.{extension}", draft
                break

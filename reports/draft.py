"""A learned feed as a contract file to be edited: the text, as people write such files here."""

from __future__ import annotations

import json
from collections.abc import Iterator
from unicodedata import east_asian_width

from expectations import columns as vocabulary
from expectations.contract import Classification, Column, Feed, Promise, Type
from expectations.headers import evened
from warehouse.learning import Learned
from warehouse.learning.columns import TODO
from warehouse.learning.known import NAME_OF_PERSON

LONGEST_LINE = 104
SHOWN = (  # of a column, what differs from what the word says by itself
    "required", "minimum", "maximum", "years_ahead", "named_by", "classification",
)  # fmt: skip
PLACES = {
    Classification.IDENTIFIER: "IDENTIFIER",
    Classification.OPEN: "OPEN",
    Classification.SENSITIVE: "SENSITIVE",
}


def draft_text(found: Learned) -> str:
    """The file, or, where the department has one, what is to be added to it."""
    feed, department = found.feed, found.department
    words = sorted({_word(column) for column in feed.columns} | set(_constants(feed)))
    head = [
        f'"""{department.name}/ - {TODO}."""' if found.is_new_department
        else f"# to be added to expectations/feeds/{department.name}.py",
        "",
        *_call("from expectations.columns import", words),
        f"from expectations.contract import {', '.join(_contract_words(found))}",
        "",
    ]  # fmt: skip
    if found.is_new_department:
        told = {name: getattr(department, name) for name in ("name", "title", "title_en", "contact")}
        head += [f"department = Department({', '.join(f'{k}={_quoted(v)}' for k, v in told.items())})", ""]
    return "\n".join([*head, *_feed_lines(feed)]) + "\n"


def _contract_words(found: Learned) -> list[str]:
    used = {"Cadence", "Feed", "Kind"} | ({"Department"} if found.is_new_department else set())
    return sorted(used | ({"Promise"} if found.feed.promise else set()))


def _feed_lines(feed: Feed) -> Iterator[str]:
    yield f"{feed.name} = Feed("
    yield f"    name={_quoted(feed.name)},"
    yield f"    title={_quoted(feed.title)},"
    yield f"    title_en={_quoted(feed.title_en)},"
    yield f"    kind=Kind.{feed.kind.name},"
    yield f"    cadence=Cadence.{feed.cadence.name},"
    if feed.promise:
        yield f"    promise={_promise(feed.promise)},"
    for name in ("max_age_months", "partition", "main_amount", "event_date"):
        if (value := getattr(feed, name)) is not None:
            yield f"    {name}={_quoted(value)},"
    yield "    columns=("
    for column in feed.columns:
        yield from _column_lines(column)
    yield "    ),"
    yield ")  # fmt: skip"


def _promise(promise: Promise) -> str:
    told = {"day": promise.day, "months_after": promise.months_after, "by_term": dict(promise.by_term)}
    return f"Promise({', '.join(f'{name}={value}' for name, value in told.items() if value)})"


def _column_lines(column: Column) -> Iterator[str]:
    """The call, in as many lines as it takes; a line ends between two arguments or two codes."""
    word = _word(column)
    codes = _codes(column) if column.codes else []
    arguments = [
        _quoted(column.name),
        _quoted(column.label),
        _quoted(column.en),
        *codes,
        *_differing(column, word),
    ]
    comment = f"  # {TODO}: an English name" if column.name.startswith("column_") else ""
    line, indent = f"        {word}(", " " * (9 + len(word))
    for nth, argument in enumerate(arguments):
        is_last = nth == len(arguments) - 1
        piece = f"{argument})," if is_last else f"{argument}, "
        if _width(line + piece.rstrip() + (comment if is_last else "")) > LONGEST_LINE:
            yield line.rstrip()
            line = indent
        line += piece
    yield line + comment


def _word(column: Column) -> str:
    """The vocabulary's word for the column: the type, but person_name for the name of a person."""
    is_secret = column.type is Type.TEXT and column.classification is Classification.IDENTIFIER
    is_name = is_secret and NAME_OF_PERSON.search(evened(column.label)) is not None
    return "person_name" if is_name and column.required else column.type.value


def _differing(column: Column, word: str) -> list[str]:
    """What has to be said besides name and label, as `name=value`."""
    said: dict[str, object] = {"key": True} if column.key else {}
    made = _made(column, word, **said)
    said |= {name: getattr(column, name) for name in SHOWN if getattr(column, name) != getattr(made, name)}
    return [f"{name}={_setting(value)}" for name, value in said.items()]


def _setting(value: object) -> str:
    return PLACES[value] if isinstance(value, Classification) else _quoted(value)


def _made(column: Column, word: str, **more: object) -> Column:
    """What the word makes of name and label alone."""
    codes = [column.codes] if column.type in (Type.CODE, Type.CODE_SET) else []
    return getattr(vocabulary, word)(column.name, column.label, column.en, *codes, **more)


def _codes(column: Column) -> list[str]:
    """The list of codes in pieces, its brackets on the first and the last."""
    if any(column.codes.values()):
        pieces = [f"{_quoted(value)}: {_tuple(others)}" for value, others in column.codes.items()]
        return (
            [*(f"{{{pieces[0]}", *pieces[1:-1]), f"{pieces[-1]}}}"]
            if len(pieces) > 1
            else [f"{{{pieces[0]}}}"]
        )
    pieces = [_quoted(value) for value in column.codes]
    return (
        [f"({pieces[0]}", *pieces[1:-1], f"{pieces[-1]})"]
        if len(pieces) > 1
        else [_tuple(tuple(column.codes))]
    )


def _tuple(values: tuple[str, ...]) -> str:
    return f"({', '.join(_quoted(value) for value in values)}{',' if len(values) == 1 else ''})"


def _constants(feed: Feed) -> Iterator[str]:
    for column in feed.columns:
        for setting in _differing(column, _word(column)):
            yield from (name for name in PLACES.values() if setting == f"classification={name}")


def _call(opening: str, words: list[str]) -> list[str]:
    line = f"{opening} {', '.join(words)}"
    return (
        [line] if _width(line) <= LONGEST_LINE else [f"{opening} (", *(f"    {word}," for word in words), ")"]
    )


def _width(text: str) -> int:
    """A Chinese character is as wide as two letters."""
    return sum(2 if east_asian_width(one) in "WF" else 1 for one in text)


def _quoted(value: object) -> str:
    """A literal of Python; a text in double quotes, as JSON writes it."""
    return json.dumps(value, ensure_ascii=False) if isinstance(value, str) else repr(value)

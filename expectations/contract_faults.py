"""What is wrong with a contract, said when it is loaded: all of it at once, by file, feed and column."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from expectations.conditions import BITS_PER_WORD, checks_of
from expectations.contract import Column, Feed, Kind, Type
from expectations.types.blanks import spelling

Said = tuple[str, str]  # a sentence in Chinese and in English

WHEN = (Type.DATE, Type.MONTH, Type.YEAR, Type.TERM)
# Words of SQL that no column may be called by, and names that every table of rows has already.
_RESERVED = """
    all analyse analyze and any array as asc asymmetric between both by case cast check collate column constraint create
    cross current_date default deferrable desc describe distinct do else end except exclude exists extract false fetch
    filter for foreign from full grant group having in initially inner intersect interval into is isnull join lambda
    lateral leading left like limit map natural not notnull null offset on only or order outer over partition
    pivot placing position primary qualify references returning right row rows select set show similar some substring
    summarize symmetric table then to trailing true union unique unpivot user using values variadic view when where
    window with
"""
RESERVED = frozenset(_RESERVED.split())
_TAKEN = """
    d line wrong copies delivery_id nth of_key seq is_stale is_second period_first period_last period_term
"""
TAKEN = frozenset(_TAKEN.split())


class ContractError(ValueError):
    """Contracts that cannot be worked by; `sentences` are (Chinese, English)."""

    def __init__(self, sentences: Iterable[Said]) -> None:
        self.sentences = tuple(sentences)
        super().__init__(self.said("en"))

    def said(self, language: str) -> str:
        """All that is wrong, a line each."""
        return "\n".join(zh if language == "zh" else en for zh, en in self.sentences)


def faults_of(feed: Feed) -> Iterator[Said]:
    """All that is wrong with the contract of a feed."""
    file = f"expectations/feeds/{feed.department}.py"
    found = [*_of_names(feed), *_of_keys(feed), *_of_references(feed)]
    for column in feed.columns:
        found += [
            (f"列 {column.name}：{fault}", f"column {column.name}: {en}") for fault, en in _of_column(column)
        ]
    found = found or list(_of_checks(feed))  # checks are made of columns: of wrong ones they need not exist
    for fault, fault_en in found:
        yield f"{file}，数据集 {feed.name}：{fault}", f"{file}, feed {feed.name}: {fault_en}"


def _of_names(feed: Feed) -> Iterator[Said]:
    if not _is_name(feed.name):
        yield (
            "数据集名称只能用小写字母、数字和下划线，不能是SQL的保留字",
            ("its name holds small letters, digits and _ only, and is no word of SQL"),
        )
    for name in _repeated(column.name for column in feed.columns):
        yield f"列名 {name} 出现两次", f"two columns are named {name}"
    for label in _repeated(label for column in feed.columns for label in _labels(column)):
        yield f"两列的表头都可写作“{label}”", f"two columns may be headed {label}"


def _labels(column: Column) -> set[str]:
    return {spelling(word).casefold() for word in (column.label, column.name, *column.aliases)}


def _of_column(column: Column) -> Iterator[Said]:
    if not _is_name(column.name) or column.name in TAKEN:
        yield (
            "列名只能用小写字母、数字和下划线，不能是SQL的保留字，也不能是系统已用的名称",
            (
                "a name holds small letters, digits and _ only, is no word of SQL and none that every table has"
            ),
        )
    if not column.label.strip() or not column.en.strip():
        yield "缺少表头或英文说明", "the label or the description in English is missing"
    if column.type in (Type.CODE, Type.CODE_SET) and not column.codes:
        yield "没有列出可选的值", "it lists no values"
    for word in _repeated(word for value, others in column.codes.items() for word in (value, *others)):
        yield f"可选值“{word}”出现两次", f"its list has {word} twice"
    if column.empty_is is not None and column.empty_is not in column.codes:
        yield (
            f"空白所代表的“{column.empty_is}”不在可选值中",
            f"{column.empty_is}, which an empty cell stands for, is not listed",
        )
    if column.minimum is not None and column.maximum is not None and column.minimum > column.maximum:
        yield "下限大于上限", "its minimum is more than its maximum"


def _of_keys(feed: Feed) -> Iterator[Said]:
    if not feed.keys:
        yield "没有主键列（key=True）", "no column is part of a key (key=True)"
    elif not any(column.required for column in feed.keys):
        yield (
            "主键列都可以为空，至少一列须必填",
            "every column of its key may be empty: one at least must be required",
        )


def _of_references(feed: Feed) -> Iterator[Said]:
    columns = {column.name: column for column in feed.columns}
    asked = [
        ("event_date", feed.event_date, WHEN),
        ("partition", feed.partition, (Type.YEAR, Type.TERM)),
        ("main_amount", feed.main_amount, (Type.MONEY,)),
        *(("named_by", column.named_by, (Type.TEXT,)) for column in feed.typed(Type.PERSON_NUMBER)),
    ]
    if feed.once is not None:
        names = (*feed.once.by, feed.once.keep)
        asked += [("once", name.removesuffix("__key"), tuple(Type)) for name in names]
    for what, name, types in asked:
        if name is not None and name not in columns:
            yield f"{what} 所指的列 {name} 不存在", f"{what} names {name}, which is no column of it"
        elif name is not None and columns[name].type not in types:
            listed = "、".join(type_.value for type_ in types)
            yield (
                f"{what} 所指的列 {name} 应为：{listed}",
                f"{what} names {name}, which should be of type {listed}",
            )
    if feed.partition is not None and feed.kind is not Kind.SNAPSHOT:
        yield "只有 snapshot 才能有 partition", "only a snapshot has a partition"
    if not 0 <= feed.quarantine_limit <= 1:
        yield "quarantine_limit 应在0和1之间", "its quarantine_limit lies between 0 and 1"
    if feed.promise is not None and not feed.promise.by_term and not 1 <= feed.promise.day <= 31:
        yield "promise 的日应在1和31之间", "the day of its promise lies between 1 and 31"


def _of_checks(feed: Feed) -> Iterator[Said]:
    checks, columns = checks_of(feed), {column.name for column in feed.columns}
    if len(checks) > BITS_PER_WORD:
        yield (
            f"共有{len(checks)}条校验规则，最多{BITS_PER_WORD}条：请分成两个数据集，或去掉不用的列和规则",
            f"it has {len(checks)} checks, {BITS_PER_WORD} at most: make two feeds of it, or leave columns out",
        )
    for name in _repeated(check.name for check in checks):
        yield f"校验规则 {name} 出现两次", f"two checks are named {name}"
    for check in checks:
        for name in sorted({*check.columns} - columns):
            yield (
                f"校验规则 {check.name} 所指的列 {name} 不存在",
                f"check {check.name} names {name}, which is no column",
            )


def _is_name(name: str) -> bool:
    return bool(re.fullmatch("[a-z][a-z0-9_]*", name)) and "__" not in name and name not in RESERVED


def _repeated(words: Iterable[str]) -> list[str]:
    return [word for word, times in Counter(words).items() if times > 1]

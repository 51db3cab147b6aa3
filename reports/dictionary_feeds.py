"""The dictionary's chapter of feeds: every column with its header and codes, and what else a header may be."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from expectations.contract import Cadence, Column, Feed
from expectations.feeds import catalogue, departments
from expectations.headers import names_in
from expectations.periods import period_of, promised_on

EXAMPLES = {  # periods by which a promised day is shown
    Cadence.MONTH: ("202006",), Cadence.YEAR: ("2020",), Cadence.TERM: ("202003", "202009"),
    Cadence.HALF_YEAR: ("202006",), Cadence.ANY_DAY: (),
}  # fmt: skip


def feeds() -> Iterator[str]:
    """The chapter, paragraph by paragraph."""
    yield "## 数据集 Feeds"
    yield (
        "`!` 必填 must be filled · `k` 行键 part of the row's key · 分级 class: open 可公开, sensitive"
        " 按户或代号使用 per household or token only, identifier 只在身份信息库 in the vault alone."
    )
    for name, department in departments().items():
        yield f"### {name}/ {department.title} · {department.title_en}"
        yield f"联系角色 contact role: `{department.contact}`"
        for feed in catalogue().values():
            if feed.department == name:
                yield f"#### {feed.name} {feed.title} · {feed.title_en}"
                yield " · ".join(_promises(feed))
                yield grid(
                    ("column", "表头 header", "type", "", "选项 codes", "class", "English"),
                    (_column(column) for column in feed.columns),
                )
    yield from _everyday()


def _everyday() -> Iterator[str]:
    """What a header may be called besides, where the contract's own name does not stand."""
    yield "### 常用表头 Everyday headers"
    yield (
        "没有上列表头时也认这些名称；一个数据集内可能指两列的除外。 Read as well where the contract's own name does not"
        " stand, unless two columns of the feed could be meant."
    )
    named: dict[str, dict[str, None]] = {}
    for feed in catalogue().values():
        for name, column in names_in(feed).everyday.items():
            named.setdefault(column.label, {})[name] = None
    yield grid(
        ("表头 header", "也认 read as well"), ((label, "、".join(names)) for label, names in named.items())
    )


def _promises(feed: Feed) -> Iterator[str]:
    yield f"种类 kind: {feed.kind.value}"
    yield f"周期 cadence: {feed.cadence.value}"
    for text in EXAMPLES[feed.cadence]:
        yield f"应报日期 promised: {text} → {promised_on(feed, period_of(feed, text))}"
    if feed.max_age_months is not None:
        yield f"有效期 max age: {feed.max_age_months} 个月 months"
    if feed.partition:
        yield f"分区 partition: `{feed.partition}`"
    if feed.event_date:
        yield f"业务日期 date of the fact: `{feed.event_date}`"
    yield f"零报告 nil return: {'可 yes' if feed.may_be_nil else '不可 no'}"
    yield f"隔离上限 limit of held rows: {feed.quarantine_limit:.0%}"


def _column(column: Column) -> tuple[object, ...]:
    labels = "、".join((column.label, *column.aliases))
    marks = " ".join(mark for mark, is_so in (("!", column.required), ("k", column.key)) if is_so)
    codes = "、".join(
        f"{value}（{'、'.join(others)}）" if others else value for value, others in column.codes.items()
    )
    return f"`{column.name}`", labels, column.type.value, marks, codes, column.classification.value, column.en


def grid(heads: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A table of Markdown."""
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join("| " + " | ".join(_cell(cell) for cell in line) + " |" for line in lines)


def _cell(content: object) -> str:
    return ("" if content is None else str(content)).replace("|", "\\|").replace("\n", " ")

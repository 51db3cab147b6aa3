"""What `ffp check` says of a file, in words: as a whole, and line by line, never with a value."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from expectations.conditions import checks_of
from reports.expectation_words import sentence_of
from reports.labels import feed_title, period_title
from reports.language import Words, joined, one_line
from reports.reasons import reason_words
from warehouse.landing.lines import IN_A_PART
from warehouse.landing.lines import said as said_line
from warehouse.landing.sheet import STRUCK_OUT
from warehouse.rehearse import Rehearsal

REFUSED = Words("会被整份退回", "It would be refused as a whole")
HELD = Words(
    "可以接收，但有{rows}行会被隔离，须更正", "It would be accepted, but {rows} row(s) held for correction"
)
WITH_WARNINGS = Words(
    "可以接收；有{rows}处提示，请核对", "It would be accepted; {rows} warning(s) to look at"
)
GOOD = Words("可以接收，没有发现问题", "It would be accepted: nothing is wrong with it")
MISSED = Words(
    "可以接收；但此前报过的记录有一部分不在其中，见说明",
    "It would be accepted, but does not hold all that was sent before: see the notes",
)
ALREADY_LOADED = Words(
    "内容与已入库的文件相同，再次报送不会有变化", "Its content is loaded already: nothing would change"
)
IDENTITY = Words(
    "数据集：{feed}　所属期：{period}　部门文件夹：{folder}/",
    "feed: {feed}; period: {period}; folder: {folder}/",
)
IN_SHEET = Words("工作表“{sheet}”", "sheet {sheet}")
COUNTS = Words(
    "收到{received}行：可入库{loaded}行，有错误{held}行，重复{duplicate}行",
    "rows received: {received}; would load: {loaded}; with errors: {held}; duplicate: {duplicate}",
)
OF_HEADER = ("column_missing", "column_twice", "unit_unknown", "looks_like", "second_table_beside")
HEADER_DIFFERS = Words("表头不符，各行未读", "the header does not fit: the rows were not read")
NOT_READ = Words("文件没有读取", "the file was not read")
RENAME = Words(
    "报送时文件名应为 {name}（或 {other}）", "to be taken for this it has to be called {name} (or {other})"
)
KNOWN = Words(
    "这份文件此前已经收到（{id}）；再次报送不会有变化",
    "This very file was received before ({id}): sending it again changes nothing.",
)
COMPARED = Words("已与此前的报送比较", "Compared with what was sent before.")
NOT_COMPARED = Words(
    "未与此前的报送比较（没有可读的台账），行数骤减等情况未检查",
    "Not compared with what was sent before (no ledger to read): whether the list has shrunk was not looked at.",
)
READ_IN_PART = Words(
    "缺少的列没有校验，其余各列已逐行校验",
    "What is missing was not checked; every row was, in the other columns.",
)
UNIT_DOUBT = Words(
    "“{label}”平均每行{mean:,.2f}元，与通常的金额相差悬殊：请核对金额单位是元还是万元",
    "{label} is {mean:,.2f} yuan a row on the average, far from what is usual: is it 元 or 万元?",
)
UNCONFIRMED = Words(
    "{rows}个以000结尾的号码须由其他数据集印证，未检查",
    "{rows} number(s) ending in 000 have to be confirmed by another feed; that was not looked at.",
)
UNMATCHED = Words(
    "{rows}行退费所冲销的原结算是否存在，未检查",
    "Whether the settlements that {rows} reversal(s) take back are there was not looked at.",
)
COLUMN = Words("{label}（{letter}列）", "{label} (column {letter})")
WHOLE_ROW = Words("整行", "the row")
STRUCK = Words("该行有删除线，仍按有效数据读取", "a row that is struck out is read like any other")
STRUCK_MEND = Words(
    "如已作废，请删除该行后重新报送；如有效，请去掉删除线",
    "delete the row and send the file again if it no longer holds, else take the line off",
)
TOGETHER = Words(
    "各工作表一并读取，{line}为第2张工作表第5行",
    "the sheets are read together: {line} is line 5 of the second",
)
SEVERITY = {True: Words("错误", "error"), False: Words("提示", "warning")}


class Problem(NamedTuple):
    """A rule that rows break: where a clerk has to look, what should hold, how to mend it, in which lines."""

    is_error: bool
    columns: str
    rule: str
    mend: str
    lines: Sequence[int]


class Line(NamedTuple):
    """One line and one rule that it breaks."""

    line: int
    problem: Problem


@dataclass(frozen=True)
class RehearsalView:
    """A rehearsal in the reader's language."""

    file: str
    outcome: str
    has_faults: bool
    identity: str
    counts: str
    reasons: tuple[str, ...]
    problems: tuple[Problem, ...]
    notes: tuple[str, ...]

    def by_line(self) -> list[Line]:
        """Every problem of every line, in order of line, errors first."""
        found = [Line(line, problem) for problem in self.problems for line in problem.lines]
        return sorted(found, key=lambda one: (one.line, not one.problem.is_error))


def view(rehearsed: Rehearsal, is_compared: bool, language: str) -> RehearsalView:
    """The rehearsal in words; `is_compared` says whether there was a past to compare it with."""
    draft, verdict, sheet = rehearsed.draft, rehearsed.verdict, rehearsed.sheet
    feed, period = draft.name.feed, draft.name.period.text
    told = {"feed": feed_title(feed.name, language), "folder": feed.department}
    identity = IDENTITY.say(language, period=period_title(feed, period, language), **told)
    counts = COUNTS.say(
        language,
        received=verdict.delivery.rows_received,
        loaded=verdict.rows_loaded,
        held=max(verdict.delivery.rows_wrong, 0 if rehearsed.reasons else verdict.rows_quarantined),
        duplicate=verdict.delivery.rows_duplicate,
    )
    problems = _problems(rehearsed, language)
    where = f"{IN_SHEET.say(language, sheet=one_line(sheet.sheet))}；" if sheet and sheet.sheet else ""
    return RehearsalView(
        file=draft.proper_name,
        outcome=_outcome(rehearsed, problems, language),
        has_faults=rehearsed.has_faults,
        identity=identity,
        counts=where + (counts if sheet else _unread(rehearsed).to(language)),
        reasons=tuple(reason_words(code, detail, language) for code, detail in rehearsed.reasons),
        problems=problems,
        notes=tuple(_notes(rehearsed, is_compared, language)),
    )


def _unread(rehearsed: Rehearsal) -> Words:
    """Why there are no counts: the header was looked at, or nothing was."""
    return HEADER_DIFFERS if any(code in OF_HEADER for code, _ in rehearsed.reasons) else NOT_READ


def _outcome(rehearsed: Rehearsal, problems: Sequence[Problem], language: str) -> str:
    if rehearsed.reasons:
        return REFUSED.to(language)
    if rehearsed.verdict.verdict == "already_loaded":
        return ALREADY_LOADED.to(language)
    if rows := rehearsed.verdict.rows_quarantined:
        return HELD.say(language, rows=rows)
    if warnings := sum(len(one.lines) for one in problems):
        return WITH_WARNINGS.say(language, rows=warnings)
    return (MISSED if rehearsed.verdict.notes else GOOD).to(language)


def _problems(rehearsed: Rehearsal, language: str) -> tuple[Problem, ...]:
    """Errors first, then by the first line."""
    feed, found = rehearsed.draft.name.feed, []
    columns = {f"{feed.name}.{check.name}": check.columns for check in checks_of(feed)}
    places = rehearsed.sheet.header.places if rehearsed.sheet else {}
    for expectation, lines in rehearsed.lines.items():
        sentence = sentence_of(expectation)
        labels = []
        for name in columns.get(expectation, ()):
            label = feed.column(name).label
            at = COLUMN.say(language, label=label, letter=letter(places[name])) if name in places else label
            labels.append(at)
        where = joined(labels, language) or WHOLE_ROW.to(language)
        rule, mend = sentence.rule.to(language), sentence.mend.to(language)
        found.append(Problem(sentence.is_error, where, rule, mend, lines))
    if rehearsed.sheet and (lines := rehearsed.sheet.struck):
        where, rule, mend = (said.to(language) for said in (WHOLE_ROW, STRUCK, STRUCK_MEND))
        found.append(Problem(False, where, rule, mend, lines))
    return tuple(sorted(found, key=lambda one: (not one.is_error, one.lines[0], one.rule)))


def _notes(rehearsed: Rehearsal, is_compared: bool, language: str) -> Iterator[str]:
    draft = rehearsed.draft
    if not draft.is_named_so:
        other = draft.proper_name.replace(draft.name.feed.name, draft.name.feed.title, 1)
        yield RENAME.say(language, name=draft.proper_name, other=other)
    said = [note for note in (rehearsed.sheet.notes if rehearsed.sheet else ()) if note[0] != STRUCK_OUT]
    for code, detail in said:
        yield reason_words(code, detail, language)
    for code, detail in rehearsed.verdict.notes:
        yield reason_words(code, detail, language)
    if rehearsed.sheet and any(code == "column_missing" for code, _ in rehearsed.reasons):
        yield READ_IN_PART.to(language)
    for column, mean in rehearsed.unit_doubts:
        yield UNIT_DOUBT.say(language, label=column.label, mean=mean)
    if rehearsed.sheet and "\n" in rehearsed.sheet.sheet:
        yield TOGETHER.say(language, line=said_line(2 * IN_A_PART + 5))
    if rehearsed.is_known:
        yield KNOWN.say(language, id=rehearsed.verdict.delivery.delivery_id)
    yield (COMPARED if is_compared else NOT_COMPARED).to(language)
    for words, rows in ((UNCONFIRMED, rehearsed.unconfirmed), (UNMATCHED, rehearsed.unmatched)):
        if rows:
            yield words.say(language, rows=rows)


def letter(place: int) -> str:
    """The column of a sheet at a place counted from 0: A … Z, AA …"""
    letters, place = "", place + 1
    while place:
        place, rest = divmod(place - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters

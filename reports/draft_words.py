"""What to look at by hand in the draft of a contract, in words: headers and counts, never a value of a row."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from expectations.conditions import BITS_PER_WORD, checks_of
from expectations.contract import Cadence, Kind, Type
from expectations.periods import BadPeriod
from expectations.units import TEN_THOUSAND, YUAN
from reports.language import Words, joined
from reports.reasons import reason_words
from warehouse.guards import LEAST_HELD_ROWS
from warehouse.landing.sheet import Unreadable
from warehouse.learning import Learned, NotLearnable
from warehouse.learning.columns import Guess

FEW_ROWS = 20
KINDS = {
    Kind.SNAPSHOT: Words(
        "全量名单（不在名单上的即视为已结束）", "a full list (what it no longer names has ended)"
    ),
    Kind.EVENTS: Words("新增记录（每次只报新的行）", "new rows (each file adds to those before)"),
}
CADENCES = {
    Cadence.MONTH: Words("每月", "monthly"),
    Cadence.YEAR: Words("每年", "yearly"),
    Cadence.TERM: Words("每学期", "each term"),
    Cadence.HALF_YEAR: Words("每半年", "half-yearly"),
    Cadence.ANY_DAY: Words("不定期", "on any day"),
}
READ = Words(
    "读到{rows}行、{columns}列，表头在第{line}行{sheet}。",
    "{rows} rows and {columns} columns were read; the header is in line {line}{sheet}.",
)
LIKE = Words(
    "表头与已有数据集“{title}”（{name}）相符：请先确认不是同一数据集。",
    "the header fits a feed that is promised already, {name} ({title}): make sure that this is another.",
)
FEW = Words(
    "样本只有{rows}行：类型、选项和行键都只是初步判断。",
    "the sample has {rows} rows only: types, lists and key are first guesses.",
)
KIND = Words(
    "种类判为{kind}，周期判为{cadence}；应报日期和有效期为常用值，请与部门核对。",
    "it is taken for {kind}, {cadence}; the promised day and the age limit are the usual ones: ask the department.",
)
KEY = Words("行键判为：{labels}。", "the key is taken to be: {labels}.")
KEY_IS_TEXT = Words(
    "样本中没有编号、证件号码或日期可作行键，暂用文字列，各行可能混淆：请部门补充编号列。",
    "no number, person or day can be the key; a text stands in for now and may confuse rows: ask for a number.",
)
SHARED = Words(
    "没有能唯一区分各行的列：按上述行键有{rows}行与别的行重复，请补充编号列。",
    "no columns tell all rows apart: by that key {rows} rows are repeated; ask for a number of each row.",
)
UNNAMED = Words(
    "请为这些列取英文名（现为column_N）：{labels}。",
    "give these columns English names (now column_N): {labels}.",
)
FEED_NAME = Words(
    "数据集英文名暂用“{name}”，可用 --feed 指定。", "the feed is called {name} for now; --feed names it."
)
TITLES = Words("请补填标有TODO的名称和说明。", "fill in the titles and descriptions that say TODO.")
CODES = Words(
    "选项只取自样本，请向部门要完整的列表：{labels}。",
    "lists hold the sample's values only, ask the department for all: {labels}.",
)
VAULT = Words(
    "自由文本暂按身份信息处理（只进信息库），确认不涉及个人后再放开：{labels}。",
    "free text stays in the vault until you are sure that it names nobody: {labels}.",
)
EMPTY = Words(
    "样本中整列为空，类型未知：{labels}。", "empty in the whole sample, their type is not known: {labels}."
)
UNREAD = Words(
    "有少数单元格读不出，这些行会被隔离：{labels}。",
    "a few cells cannot be read, their rows will be held: {labels}.",
)
ALWAYS = Words(
    "样本中每行都有值的列定为必填，请核对：{labels}。",
    "columns filled in every row of the sample must always be filled; check: {labels}.",
)
LATER = Words(
    "日期晚于报送期末，允许提前的年数取自样本：{labels}。",
    "dates after the end of the period; the years ahead that are allowed are the sample's: {labels}.",
)
NO_NAME = Words(
    "证件号码旁没有姓名列，不能对应到人，按普通编号处理：{labels}。",
    "no name stands beside this number, so it is read as any number and joins no person: {labels}.",
)
NOBODY = Words(
    "没有户编号，也没有带姓名的证件号码：各行对应不到户，只能按村或全市使用。",
    "neither a household number nor a person's number with a name: its rows will join no household.",
)
ROW_NUMBERS = Words("未取行序号列：{labels}。", "columns of row numbers are left out: {labels}.")
WITHOUT_HEADER = Words("未取没有表头的列：第{labels}列。", "columns without a header are left out: {labels}.")
TOO_MANY = Words(
    "校验规则共{checks}条，一个数据集至多{most}条：请删去用不到的列或不必要的上下限。",
    "it asks for {checks} checks, and a feed has room for {most}: leave out columns that nobody needs, or bounds.",
)
UNITS = {
    YUAN: Words("按元读取的金额（样本未写明万元）：{labels}。", "amounts that are read in yuan: {labels}."),
    TEN_THOUSAND: Words(
        "按万元读取的金额（依据表头、单位行或表上方的说明）：{labels}。",
        "amounts that are read in 万元, as the header, a row of units or a line above says: {labels}.",
    ),
}
WOULD_BE_REFUSED = Words(
    "按此草稿，样本会整份被退回：{reason}", "under this draft the sample would be refused: {reason}"
)
ALL_LOAD = Words("按此草稿，样本各行都能入库。", "under this draft every row of the sample loads.")
SOME_HELD = Words(
    "按此草稿，样本有{rows}行会被隔离：{checks}。",
    "under this draft {rows} rows of the sample would be held: {checks}.",
)
REFUSED = Words(
    "隔离行过多，这份样本会整份被退回。",
    "so many rows would be held that the sample as a whole would be refused.",
)
NO_HEADER = Words(
    "前20行中没有找到表头：表头应是一行列名，不含号码、日期和金额。",
    "no header among the first 20 rows: a row of names, without numbers, dates or amounts.",
)
PERIOD_ASKED = Words(
    "文件名没有所属期，请填写（年2020、年月202006或日20200630）",
    "the file's name tells no period: which is it (a year 2020, month 202006 or day 20200630)",
)
NOT_LEARNABLE = {
    "no_period": Words(
        "文件名没有所属期：请用 --period 指明，年（2020）、年月（202006）或日（20200630）。",
        "the file's name tells no period: give it with --period, a year (2020), month (202006) or day (20200630).",
    ),
    "no_rows": Words("样本没有数据行，无从判断。", "the sample has no row to learn from."),
    "feed_taken": Words(
        "已有数据集叫“{detail}”：请用 --feed 和文件名另取名称。",
        "there is a feed called {detail}: choose another name by --feed and in the file's name.",
    ),
}


def refused_words(error: Exception, language: str) -> list[str]:
    """Why there is no draft: one sentence for each reason."""
    if isinstance(error, Unreadable):
        return [reason_words(code, detail, language) for code, detail in error.reasons]
    if isinstance(error, BadPeriod):
        return [reason_words("period_unknown", "", language)]
    if isinstance(error, NotLearnable):
        return [NOT_LEARNABLE[error.code].say(language, detail=error.detail)]
    return [NO_HEADER.to(language)]


def to_look_at(found: Learned, language: str) -> list[str]:
    """The sentences, in the order in which one goes through the file."""
    return list(_said(found, language))


def _said(found: Learned, language: str) -> Iterator[str]:
    feed, sheet = found.feed, found.sheet
    where = (
        f"（{sheet.sheet}）"
        if sheet.sheet and language == "zh"
        else f" ({sheet.sheet})"
        if sheet.sheet
        else ""
    )
    yield READ.say(language, rows=found.rows, columns=len(feed.columns), line=sheet.header_line, sheet=where)
    if found.like:
        title = Words(found.like.title, found.like.title_en).to(language)
        yield LIKE.say(language, title=title, name=found.like.name)
    if found.rows < FEW_ROWS:
        yield FEW.say(language, rows=found.rows)
    yield TITLES.to(language)
    if feed.name.startswith(feed.department):
        yield FEED_NAME.say(language, name=feed.name)
    yield KIND.say(language, kind=KINDS[feed.kind].to(language), cadence=CADENCES[feed.cadence].to(language))
    yield KEY.say(language, labels=joined([column.label for column in feed.keys], language))
    if any(column.type is Type.TEXT for column in feed.keys):
        yield KEY_IS_TEXT.to(language)
    if found.rows_of_shared_keys:
        yield SHARED.say(language, rows=found.rows_of_shared_keys)
    if not feed.person and all(column.name != "household_id" for column in feed.columns):
        yield NOBODY.to(language)
    for words, labels in _about_columns(found):
        if labels:
            yield words.say(language, labels=joined(labels, language))
    yield from _rehearsal(found, language)


def _about_columns(found: Learned) -> Iterator[tuple[Words, list[str]]]:
    columns = {column.name: column for column in found.feed.columns}

    def labels(chosen: Sequence[Guess]) -> list[str]:
        return [guess.column.label for guess in chosen]

    guesses = found.guesses
    yield UNNAMED, labels([guess for guess in guesses if guess.column.name.startswith("column_")])
    yield CODES, labels([g for g in guesses if g.column.type is Type.CODE and not g.is_named])
    free = [g for g in guesses if _is_free_text(g)]
    yield VAULT, labels(free)
    yield EMPTY, labels([guess for guess in guesses if guess.seen.filled == 0])
    yield UNREAD, labels([guess for guess in guesses if _share(guess) < 1])
    optional = [g for g in guesses if columns[g.column.name].required and not columns[g.column.name].key]
    yield ALWAYS, labels(optional)
    yield LATER, labels([guess for guess in guesses if guess.column.years_ahead])
    numbers = [g for g in guesses if g.column.type is Type.NUMBER and g.seen.share(Type.PERSON_NUMBER) > 0.5]
    yield NO_NAME, labels(numbers)
    yield ROW_NUMBERS, list(found.left_out)
    for unit, words in UNITS.items():
        yield words, [label for label, read_in in found.units.items() if read_in == unit]
    yield WITHOUT_HEADER, [str(place) for place in found.without_header]


def _is_free_text(guess: Guess) -> bool:
    is_text = guess.column.type is Type.TEXT and guess.column.classification.value == "identifier"
    return is_text and not guess.is_named and guess.seen.filled > 0


def _share(guess: Guess) -> float:
    """Of the filled cells, those that the column's type reads; what has no type of its own reads all."""
    if guess.column.type in (Type.TEXT, Type.CODE, Type.CODE_SET):
        return 1
    return guess.seen.share(guess.column.type) if guess.seen.filled else 1


def _rehearsal(found: Learned, language: str) -> Iterator[str]:
    checks = len(checks_of(found.feed))
    if checks > BITS_PER_WORD:
        yield TOO_MANY.say(language, checks=checks, most=BITS_PER_WORD)
        return
    for code, detail in found.refusals:
        yield WOULD_BE_REFUSED.say(language, reason=reason_words(code, detail, language))
    if found.refusals:
        return
    if not found.rows_held:
        yield ALL_LOAD.to(language)
        return
    sentences = {check.name: Words(check.zh, check.en) for check in checks_of(found.feed)}
    told = [f"{sentences[name].to(language)} × {rows}" for name, rows in found.held.items()]
    yield SOME_HELD.say(language, rows=found.rows_held, checks="; ".join(told))
    limit = found.feed.quarantine_limit * found.rows
    if found.rows_held >= LEAST_HELD_ROWS and found.rows_held > limit:
        yield REFUSED.to(language)

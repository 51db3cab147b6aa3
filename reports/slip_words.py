"""The words of a return slip."""

from __future__ import annotations

from typing import NamedTuple

from reports.language import Words


class Head(NamedTuple):
    """A column's title, width in characters, and whether dates stand in it."""

    words: Words
    width: float
    is_date: bool = False


TITLES = {
    "first": Words("说明", "Read me first"),
    "rows": Words("待更正的行", "Rows to mend"),
    "refused": Words("被退回的文件", "Refused files"),
    "found": Words("已入库但无归属的行", "Loaded, of no household"),
    "reasons": Words("按原因汇总", "Totals by reason"),
    "pending": Words("等待中的行", "Rows that wait"),
    "warned": Words("提示", "To be looked at"),
    "heading": Words(
        "退回单 {department} {title} 截至{as_of}", "Return slip, {department}, {title}, as of {as_of}"
    ),
}
COLUMNS = {
    "item": Head(Words("事项", "item"), 14),
    "content": Head(Words("内容", "content"), 100),
    "file": Head(Words("文件", "file"), 34),
    "feed": Head(Words("数据集", "feed"), 14),
    "period": Head(Words("所属期", "period"), 12),
    "sheet": Head(Words("工作表", "sheet"), 12),
    "line": Head(Words("行号", "line"), 8),
    "columns": Head(Words("列", "column"), 18),
    "problem": Head(Words("问题", "what does not hold"), 44),
    "mend": Head(Words("如何更正", "how to mend it"), 36),
    "note": Head(Words("备注", "note"), 24),
    "since": Head(Words("首次退回", "returned since"), 12, is_date=True),
    "days": Head(Words("已过天数", "days open"), 9),
    "due": Head(Words("更正期限", "mend by"), 12, is_date=True),
    "corrected_name": Head(Words("更正件文件名", "name of the corrected file"), 36),
    "reasons": Head(Words("退回原因", "why it was refused"), 50),
    "next": Head(Words("怎么办", "what to do"), 60),
    "waits_for": Head(Words("等待什么", "what it waits for"), 44),
    "rows": Head(Words("行数", "rows"), 9),
    "files": Head(Words("文件数", "files"), 9),
    "lines": Head(Words("行号（前{most}行）", "lines (the first {most})"), 50),
}
WHAT_IT_IS = Words(
    "这是{department}截至{as_of}的退回单：列出报来后未能入库的行和文件、原因和更正办法。单中不含个人信息，请按文件名、"
    "行号和列对照本单位留存的原文件；行号就是打开原文件所见的行号。",
    "The return slip of {department} as of {as_of}: the rows and files that could not be let in, why, and how to"
    " mend them. It holds no personal data: find each row in your own file by file, line and column; lines are"
    " those that you see when you open it.",
)
NOTHING = Words("没有需要更正的内容，不必处理。", "There is nothing to mend and nothing to do.")
STEPS = (
    Words(
        "在原文件的副本中逐行更正：“列”是要看的列，“问题”是没有通过的规则，“如何更正”是办法。",
        "Mend the rows in a copy of your file: look at the columns named, at what does not hold, and at"
        " how to mend it.",
    ),
    Words(
        "把更正后的文件按“更正件文件名”命名，放入 {folder}/ 文件夹；不要覆盖原文件。",
        "Save it under the name of the corrected file and put it into {folder}/; do not overwrite the first one.",
    ),
    Words(
        "全量数据集（备注中注明）的更正件须包含该所属期的全部数据；其他数据集可以只报更正的行。",
        "Where the note says that the feed is a full list, the corrected file holds all rows of its period; else"
        " it may hold the mended rows alone.",
    ),
    Words(
        "更正件入库后，相应的行当晚自动从本单消失，并发邮件告知。确认无误而仍被退回的，请联系系统管理员。",
        "Once the corrected file is in, its rows leave this slip by themselves the same night, and a mail says so."
        " If what you sent is right as it is, tell the engineers.",
    ),
)
BY_WHEN = Words(
    "见“更正期限”一列：首次退回满{days}天后本部门的第一个应报日。今晚退回的，期限为{due}。",
    "See the column “mend by”: your department's first promised day at least {days} days after a row was first"
    " returned; of what is returned tonight, {due}.",
)
AS_SOON = Words("请尽快更正。", "As soon as possible.")
OVERDUE = Words(
    "已超过期限的：{rows}行，{files}份文件。请先处理。",
    "past that day: {rows} rows, {files} files; mend these first",
)
CUT = Words(
    "待更正的行太多，只列出{listed}行（每份文件先列前面的行），另有{more}行未列。全部行数见“按原因汇总”。",
    "There are too many rows to mend to list them all: {listed} are listed, the first ones of each file, and {more}"
    " are not. The totals by reason count all.",
)
CUT_PENDING = Words(
    "等待中的行只列出{listed}行，另有{more}行未列。",
    "Of the rows that wait {listed} are listed, {more} are not.",
)
ITEMS = {
    "what": Words("这是什么", "what this is"),
    "to_do": Words("要做什么", "what to do"),
    "by_when": Words("什么时候完成", "by when"),
    "overdue": Words("已逾期", "overdue"),
    "cut": Words("未全部列出", "not all are listed"),
    "rows": Words("待更正的行", "rows to mend"),
    "refused": Words("被退回的文件", "refused files"),
    "found": Words("已入库但无归属的行", "rows that have loaded and join nothing"),
    "pending": Words("等待中的行", "rows that wait"),
    "warned": Words("提示", "to be looked at"),
    "rate": Words("退回率", "return rate"),
    "days": Words("平均更正天数", "mean days to correct"),
    "longest": Words("最久未更正", "longest open"),
}
COUNTS = {
    "rows": Words("{rows}行，在{files}份文件中", "{rows}, in {files} file(s)"),
    "found": Words(
        "{rows}行，与其他数据集对不上（如户编号不在户信息中），须更正，否则不归入任何农户",
        "{rows}: they do not fit the other feeds (a household number that no register has), and belong to no"
        " household until they are corrected",
    ),
    "refused": Words("{files}份，须整份重报", "{files}, each to be sent again as a whole"),
    "pending": Words(
        "{rows}行，等待所冲销的原结算，原结算报来后自动入库，不必更正",
        "{rows}: they wait for the settlement that they reverse and load by themselves when it comes",
    ),
    "warned": Words("{rows}处，已经入库，请核对", "{rows}; these rows have loaded, have a look at them"),
    "rate": Words("{known}%（退回行数占收到行数，历次合计）", "{known} % of all rows received so far"),
    "days": Words("{known}天", "{known}"),
    "longest": Words("{known}天", "{known} day(s)"),
}
NONE = Words("无", "none")
UNATTRIBUTABLE = Words(
    "不能归属到任何农户，请核对证件号码、户编号", "names no household that we know: check the number"
)
FILE_REFUSED = Words("所在文件整份被退回", "its file is refused as a whole")
FULL_LIST = Words(
    "全量：更正件须包含该期全部数据", "full list: the corrected file holds all rows of its period"
)
WHOLE_ROW = Words("整行", "the whole row")
ALSO = Words("（提示）", "(warning) ")

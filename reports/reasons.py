"""Why a delivery was refused, in plain words: one entry for every reason code of the project.

`{detail}` is what the code carries: a column, a folder, a count, never a value of a row.
"""

from __future__ import annotations

from collections.abc import Mapping

from reports.file_reasons import FILE_REASONS, file_detail
from reports.language import Words
from reports.left_out_reasons import LEFT_OUT_REASONS
from reports.reason_details import detail_words

REASONS: Mapping[str, Words] = {
    "name_unknown": Words(
        "文件名无法识别：应为“数据集_所属期.扩展名”，更正件在所属期后加序号，如 settlements_202006_2.csv",
        "the file's name cannot be read: it should be <feed>_<period>.<ext>, a correction with its number"
        " after the period, such as settlements_202006_2.csv",
    ),
    "feed_unknown": Words(
        "文件名中的数据集名称无法识别", "the feed that the file's name states is not known"
    ),
    "period_unknown": Words(
        "文件名中的所属期不适用于该数据集：应为年（2020）、月（202006）或日（20200630），"
        "学期写作202003（春）、202009（秋）",
        "the period in the file's name is none of the feed's: a year (2020), a month (202006), a day"
        " (20200630), or 202003 and 202009 for the spring and autumn term",
    ),
    "format_unknown": Words(
        "不接收这种格式的文件，可用格式：{detail}", "files of this format are not read; use {detail}"
    ),
    "part_unknown": Words(
        "分卷序号有误，应在 {detail} 之间", "the part's number is wrong, it should be within {detail}"
    ),
    "parts_missing": Words(
        "分卷未到齐（{detail}），到齐后才会接收",
        "not all parts are there ({detail}): it is taken when they are",
    ),
    "in_part": Words(
        "以上问题出在第{detail}个分卷（_p{detail}）", "this is wrong with part {detail} (_p{detail})"
    ),
    "part_twice": Words(
        "同一分卷有不止一个文件（第{detail}分卷），无法判断取舍，没有读取。请只留一个",
        "there is more than one file of a part ({detail}), and it was not read; leave one of them",
    ),
    "part_too_long": Words(
        "分卷的行数过多（{detail}行），请分成更多分卷",
        "a part has too many lines ({detail}); send more parts",
    ),
    "wrong_folder": Words(
        "放错了文件夹：这是{detail}", "it lies in the wrong folder: by its name it is {detail}"
    ),
    "column_missing": Words("缺少必填列：{detail}", "columns that must be there are missing: {detail}"),
    "column_twice": Words(
        "同一列出现两次且内容不一致：{detail}", "a column is there twice, with different content: {detail}"
    ),
    "unit_unknown": Words(
        "单位无法确定（金额只接收元、万元，其他数值须用规定的单位）：{detail}",
        "the unit is not sure (amounts are read in 元 and 万元, other numbers in the unit of the contract): {detail}",
    ),
    "looks_like": Words("表头看起来是“{detail}”，请核对文件内容", "by its header it looks like {detail}"),
    "encoding_unknown": Words(
        "文字编码无法识别，可用编码：{detail}", "its text encoding is not known; use {detail}"
    ),
    "encoding_mixed": Words(
        "第{detail}行的文字编码与其他行不同，或其中的文字已损坏、已成乱码，无法读取。文件可能由不同编码的内容拼接而成，"
        "请用同一种编码（UTF-8或GB18030）重新导出",
        "the text of line {detail} is in another encoding than the other lines, or damaged or garbled; the file may be"
        " put together from several: export it again in one encoding (UTF-8 or GB18030)",
    ),
    "workbook_unreadable": Words(
        "工作簿无法打开，可能已损坏。请用Excel或WPS打开后重新保存",
        "the workbook cannot be opened, it may be damaged; open it with Excel or WPS and save it again",
    ),
    "two_sheets_fit": Words(
        "有两个以上工作表的表头符合要求，无法判断取舍：{detail}",
        "the header of more than one sheet fits: {detail}",
    ),
    "quote_not_closed": Words(
        "有引号没有闭合，后面的行被并入一个单元格（从第{detail}行起）",
        "a quote is not closed, so that a cell swallows the rows after it (from line {detail})",
    ),
    "cell_too_large": Words(
        "第{detail}行有超长的单元格，可能有引号没有闭合",
        "a cell in line {detail} is far too long; a quote may not be closed",
    ),
    "rows_above_header": Words(
        "表头（第{detail}行）上方有数据行，可能排序时把表头也排了进去",
        "rows of data stand above the header (line {detail}); it may have been sorted along with them",
    ),
    "second_table": Words(
        "第{detail}行又出现一个表头（列的顺序、单位或名称不同），一个工作表只能有一张表",
        "in line {detail} another header begins (other order, unit or names); a sheet may hold one table",
    ),
    "second_table_beside": Words(
        "旁边还有一张表（从第{detail}列起），一个工作表只能有一张表",
        "another table stands beside it (from column {detail}); a sheet may hold one table",
    ),
    "unit_row_inside": Words(
        "数据中间（第{detail}行）出现单位行，无法判断各行金额的单位",
        "a row of units stands among the data (line {detail}), so the unit of amounts is not sure",
    ),
    "file_empty": Words("文件是空的，没有表头", "the file is empty, it has no header"),
    "parquet_unreadable": Words("Parquet文件无法读取", "the Parquet file cannot be read"),
    "not_staged": Words(
        "文件尚未读取，系统将在下一批次处理", "the file has not been read yet; the next run takes it up"
    ),
    "check_could_not_run": Words(
        "校验规则未能执行，不能视为通过：{detail}", "a check could not run, so it has not passed: {detail}"
    ),
    "too_many_held": Words(
        "有错误的行过多（错误行数/收到行数：{detail}），整份数据不可信",
        "too many rows are wrong (wrong/received: {detail}), so the file as a whole is not to be trusted",
    ),
    "nil_not_allowed": Words("该数据集不接收零报告", "this feed may not be empty"),
    "rows_fell": Words(
        "行数比上一份少了两成以上（{detail}），如接收会使大量记录失效",
        "it has over a fifth fewer rows than the one before ({detail}); accepting it would end those records",
    ),
    "keys_vanished": Words(
        "上一份中的记录有两成以上不见了（消失数/上一份行数：{detail}）",
        "over a fifth of the records of the one before are gone (gone/rows before: {detail})",
    ),
    **LEFT_OUT_REASONS,
    "withdrawn": Words(
        "已由人决定撤回，理由：{detail}", "it has been taken back by a person's decision; why: {detail}"
    ),
    "mean_far_off": Words(
        "每行平均金额与此前六个月相差五倍以上（本次/此前，元：{detail}），请核对金额单位是元还是万元",
        "the mean amount of a row is over five times, or under a fifth of, that of the six months before"
        " (now/before, yuan: {detail}): is it 元 or 万元?",
    ),
    "same_content": Words(
        "与此前已入库的文件内容相同：{detail}", "its content is that of a file already loaded: {detail}"
    ),
    "column_unknown": Words(
        "未识别的列已忽略：第{detail}列", "a column that is not known was ignored: column {detail}"
    ),
    "delimiter_seen": Words(
        "各列之间以“{detail}”分隔，已按此读取", "the columns are parted by “{detail}”, and were read so"
    ),
    "totals_left_out": Words(
        "合计、制表人、备注等非数据行{detail}，未计入",
        "rows of totals, signatures or notes, left out: {detail}",
    ),
    "headers_left_out": Words(
        "重复的表头、标题{detail}，未计入", "rows that repeat the header or the title, left out: {detail}"
    ),
    "unseen_taken_off": Words(
        "单元格中有看不见的字符，已去除后读取（字符编码：行数）：{detail}",
        "characters that nobody sees were taken out of cells before reading (code: rows): {detail}",
    ),
    "empty_rows_left_out": Words("空行{detail}行，未计入", "empty rows, left out: {detail}"),
    "merged_down": Words(
        "纵向合并的单元格已按其覆盖的各行读取（列×处）：{detail}",
        "cells merged down were read for all rows that they span (column × cells): {detail}",
    ),
    "merged_amounts": Words(
        "纵向合并的金额、数量只计入第一行，其余各行视为未填（列×处）：{detail}。请取消合并，逐行填写",
        "amounts merged down count for their first row alone, the others are taken as empty (column × cells): {detail};"
        " unmerge them and fill in every row",
    ),
    "struck_out": Words(
        "有删除线的行仍按有效数据读取，如已作废请删除后重新报送：{detail}",
        "rows that are struck out were read like any other, delete them and send the file again if they no longer"
        " hold: {detail}",
    ),
    "not_filled_in": Words(
        "尚未填写的{detail}行（未核查），未计入", "rows not yet filled in (not visited), left out: {detail}"
    ),
    "sheets_differ": Words(
        "各工作表的列不一致：{detail}，请保持核查清单各表的列不变",
        "the sheets do not have the same columns: {detail}; leave the columns of the list as they are",
    ),
    "nil_return": Words("零报告", "a nil return: it says that there is nothing"),
    **FILE_REASONS,
}
TO_LOOK_AT = ("struck_out", "merged_down", "merged_amounts")  # notes that a mail has too
BY_A_PERSON = (
    "too_many_held",
    "rows_fell",
    "keys_vanished",
    "list_shrank",
    "nil_not_allowed",
    "mean_far_off",
)  # what `ffp accept` may overrule
# nothing that a department could mend
OURS = ("not_staged", "check_could_not_run", "not_a_folder", "file_unreadable")
NOT_LISTED = Words("原因：{code}", "reason: {code}")


def reason_words(code: str, detail: str, language: str) -> str:
    """A reason as a sentence; a code that has none is given as it is, without its detail."""
    if code not in REASONS:
        return NOT_LISTED.say(language, code=code)
    if code in FILE_REASONS:
        detail = file_detail(code, detail, language)
    shown = detail_words(code, detail, language)
    return REASONS[code].say(language, detail=shown)

"""Why the file gate refused a file, in plain words: what was found, and what to do about it.

`{detail}` is a format, a kind of entry or of link, a line, or figures; never a value of a row.
"""

from __future__ import annotations

from collections.abc import Mapping

from reports.language import Words

FILE_REASONS: Mapping[str, Words] = {
    "not_a_file": Words(
        "这不是普通文件，而是{detail}，系统没有打开。请把文件本身放入文件夹",
        "it is no regular file but {detail}, and was not opened; put the file itself into the folder",
    ),
    "not_a_folder": Words(
        "收件箱中本部门的文件夹{detail}，其中的文件都没有读取",
        "the department's folder in the inbox {detail}: no file in it was read",
    ),
    "file_unreadable": Words(
        "系统没有读取该文件的权限，或读取时出错。权限改正后，系统将在下一批次自动读取",
        "the file may not be read, or reading it failed; once that is mended the next run takes it up",
    ),
    "file_too_large": Words(
        "文件超过 {detail} GB，没有读取。请分卷报送，文件名后加 _p1of2、_p2of2",
        "the file is larger than {detail} GB and was not read; send it in parts, _p1of2 and _p2of2 after its"
        " period",
    ),
    "format_differs": Words(
        "文件内容与扩展名不符，实际是{detail}。请用Excel或WPS打开，另存为扩展名所写的格式，不要只改文件名",
        "the content is not what the extension says but {detail}; open it and save it as that format,"
        " renaming it is not enough",
    ),
    "file_encrypted": Words(
        "文件设有打开密码，无法读取。请取消密码后重新保存",
        "the file is locked with a password; take the password off and save it again",
    ),
    "macros_found": Words(
        "工作簿带有宏。请另存为“Excel工作簿（*.xlsx）”，去掉宏",
        "the workbook has macros; save it as an Excel workbook (*.xlsx) without them",
    ),
    "external_link": Words(
        "工作簿带有{detail}。请断开链接、删除对象，把公式粘贴为数值后重新保存",
        "the workbook has {detail}; break the links, delete the objects, paste formulas as values and save"
        " it again",
    ),
    "xml_entity": Words(
        "工作簿内含文档类型或实体声明，正常表格没有这些内容，没有读取。请用Excel或WPS重新保存",
        "a part of the workbook declares a document type or entities, which no table needs; it was not read."
        " Save it again with Excel or WPS",
    ),
    "xml_too_deep": Words(
        "工作簿内部结构的嵌套过深，没有读取。请用Excel或WPS重新保存",
        "a part of the workbook is nested too deep and was not read; save it again with Excel or WPS",
    ),
    "archive_bomb": Words(
        "文件展开后远大于报送的内容（{detail}），没有读取。请用Excel或WPS重新保存",
        "the file unpacks to far more than was sent ({detail}) and was not read; save it again with Excel or"
        " WPS",
    ),
    "archive_nested": Words(
        "文件内还有压缩包，没有读取。每个文件只报送一份表",
        "there is an archive inside the file; it was not read. Send one table a file",
    ),
    "archive_path": Words(
        "文件内部含有指向外部路径的条目，没有读取。请用Excel或WPS重新保存",
        "an entry of the file points outside it; it was not read. Save it again with Excel or WPS",
    ),
    "sheet_too_large": Words(
        "工作表的已用区域过大（{detail}），大部分是空的。请删除表格下方和右侧多余的行和列后重新保存",
        "the sheet reaches to {detail} (rows × columns) and is mostly empty; delete the rows and columns"
        " beyond the table and save it again",
    ),
    "too_many_columns": Words(
        "列数过多（{detail}列）。请删除表格右侧多余的列后重新保存",
        "there are too many columns ({detail}); delete those beyond the table and save it again",
    ),
    "too_many_merges": Words(
        "合并单元格过多（{detail}处），没有读取。请取消合并、把内容填入每一行后重新保存",
        "there are too many merged cells ({detail} ranges) and it was not read; unmerge them, fill in every row and"
        " save it again",
    ),
    "cell_too_large": Words("有一个单元格超过64MB", "a cell is larger than 64 MB"),
    "text_cell_too_large": Words(
        "有一个单元格超过64MB，可能缺少换行或引号没有闭合（第{detail}行起）",
        "a cell is larger than 64 MB: a line end or a closing quote may be missing (from line {detail})",
    ),
    "nul_in_text": Words(
        "第{detail}行含有空字符（NUL），文件可能已损坏。请重新导出",
        "line {detail} has a NUL character, the file may be damaged; export it again",
    ),
    "column_nested": Words(
        "Parquet文件含有嵌套列。每列只能是单个值",
        "the Parquet file has nested columns; a column holds single values",
    ),
}  # fmt: skip

_FORMATS: Mapping[str, Words] = {
    "text": Words("文本文件（csv、txt）", "a text file (csv, txt)"),
    "zip": Words("压缩包或xlsx工作簿", "a zip archive or an xlsx workbook"),
    "archive": Words("其中没有工作簿的压缩包", "an archive without a workbook in it"),
    "xlsb": Words("二进制工作簿（xlsb）", "a binary workbook (xlsb)"),
    "ods": Words("OpenDocument文件（ods、odt）", "an OpenDocument file (ods, odt)"),
    "docx": Words("Word文档（docx）", "a Word document (docx)"),
    "pptx": Words("演示文稿（pptx）", "a presentation (pptx)"),
    "ole": Words("旧版Office文档", "an Office document of the old format"),
    "xls": Words("旧版Excel工作簿（xls）", "an Excel workbook of the old format (xls)"),
    "parquet": Words("Parquet文件", "a Parquet file"),
    "html": Words("网页（html）", "a web page (html)"),
    "xml": Words("XML文件", "an XML file"),
    "pdf": Words("PDF文件", "a PDF file"),
    "gzip": Words("gzip压缩包", "a gzip archive"),
    "rar": Words("rar压缩包", "a rar archive"),
    "7z": Words("7z压缩包", "a 7z archive"),
    "image": Words("图片", "a picture"),
    "sqlite": Words("SQLite数据库", "an SQLite database"),
    "program": Words("程序", "a program"),
}
_ENTRIES: Mapping[str, Words] = {
    "link": Words("链接（快捷方式）", "a link"),
    "folder": Words("文件夹", "a folder"),
    "pipe": Words("管道", "a pipe"),
    "socket": Words("套接字", "a socket"),
    "device": Words("设备文件", "a device"),
}
_FOLDERS: Mapping[str, Words] = {
    "closed": Words("没有读取权限", "may not be listed"),
    "link": Words("是一个链接", "is a link"),
    "file": Words("不是文件夹", "is no folder"),
}
_LINKS: Mapping[str, Words] = {
    "workbook": Words("指向其他文件的链接", "links to other files"),
    "connection": Words("外部数据连接", "connections to outside data"),
    "object": Words("嵌入的对象", "embedded objects"),
}
_DETAILS: Mapping[str, Mapping[str, Words]] = {
    "not_a_file": _ENTRIES, "not_a_folder": _FOLDERS, "format_differs": _FORMATS, "external_link": _LINKS,
}  # fmt: skip


def file_detail(code: str, detail: str, language: str) -> str:
    """The detail of one of the gate's reasons in words; figures as they are."""
    words = _DETAILS.get(code, {}).get(detail)
    return words.to(language) if words else detail

"""Text files: encodings, delimiters, line ends, quotes, rows of another length."""

from __future__ import annotations

import codecs

from tests.corpus.catalogue import made
from tests.corpus.drafts import Draft

RARE = ("㐂多福", "𠮷野家", "阿不都·热合曼", "欧阳䶮", "玛尔江·巴合提江")
OF_GBK = ("李喆", "阿不都·热合曼", "王淼犇")
LENGTH = "row_length"


def named(draft: Draft, *names: str) -> None:
    for nth, name in enumerate(names, start=1):
        draft.write(nth, "name", name, name)


def marked(draft: Draft, bom: bytes) -> None:
    draft.look.change = lambda written: bom + written


@made(count=5, csv="deaths", txt="relief")
def gb18030(draft: Draft) -> None:
    """Names of four bytes survive."""
    named(draft, *RARE)
    draft.look.encoding = "gb18030"


@made(csv="allowances", txt="disability")
def gbk(draft: Draft) -> None:
    named(draft, *OF_GBK)
    draft.look.encoding = "gbk"


@made(count=5, csv="enrolments", txt="deaths")
def utf8_with_bom(draft: Draft) -> None:
    named(draft, *RARE)
    draft.look.encoding = "utf-8-sig"


@made(count=5, csv="insurance", txt="members")
def utf8(draft: Draft) -> None:
    named(draft, *RARE)


@made(count=5, csv="destitute", txt="grants")
def utf16_little_end_first(draft: Draft) -> None:
    """What Excel calls Unicode text."""
    named(draft, *RARE)
    draft.look.encoding = "utf-16-le"
    marked(draft, codecs.BOM_UTF16_LE)


@made(count=5, csv="relief", txt="checkups")
def utf16_big_end_first(draft: Draft) -> None:
    named(draft, *RARE)
    draft.look.encoding = "utf-16-be"
    marked(draft, codecs.BOM_UTF16_BE)


@made(count=5, xlsx="members", xls="settlements")
def rare_names_in_a_workbook(draft: Draft) -> None:
    """xlwt cannot write beyond four hexadecimal digits, .xls can."""
    named(draft, *(RARE if draft.extension == "xlsx" else ("㐂多福", "欧阳䶮", "阿不都·热合曼")))


@made(csv="settlements")
def ascii_but_for_the_header(draft: Draft) -> None:
    draft.look.encoding = "gb18030"
    for line in draft.rows:
        assert line.values is not None
        line.cells[draft.at("name")] = line.values["name"] = "Li"
        line.cells[draft.at("care_type")] = line.values["care_type"] = "门诊"


@made(csv="outages")
def tabs_in_a_csv(draft: Draft) -> None:
    draft.look.delimiter = "\t"


@made(csv="incomes")
def semicolons(draft: Draft) -> None:
    draft.look.delimiter, draft.look.encoding = ";", "gb18030"
    draft.write(1, "wage_income", "12,000.00")


@made(csv="relief", txt="deaths")
def a_title_with_other_delimiters(draft: Draft) -> None:
    """What parts the fields is told by header and rows, not by a title."""
    draft.look.delimiter = "\t" if draft.extension == "txt" else ";"
    draft.above(["2020年6月,新郑市,临时救助、死亡登记,共3人"], ["填报单位：民政局,卫健委", "", "7月1日"])


@made(csv="grants", txt="projects")
def line_ends_of_windows(draft: Draft) -> None:
    draft.look.line_ends = ("\r\n",)


@made(count=6, csv="members", txt="access")
def mixed_line_ends(draft: Draft) -> None:
    draft.look.line_ends = ("\r\n", "\n", "\n", "\r\n")


@made(csv="relief", txt="reports")
def last_line_without_an_end(draft: Draft) -> None:
    draft.look.last_line_end = False


@made(csv="projects", txt="visits")
def trailing_delimiters(draft: Draft) -> None:
    for line in draft.lines:
        line.cells += ["", "", ""]


@made(count=4, csv="checkups", txt="outages")
def trailing_delimiters_on_some_rows(draft: Draft) -> None:
    """Empty ones at its end do not make a row longer."""
    draft.row(1).cells += [""]
    draft.row(3).cells += ["", "", "", ""]


@made(csv="reports", txt="visits", xlsx="reports", xls="visits")
def line_breaks_in_a_cell(draft: Draft) -> None:
    """A row is a row, however many lines it takes: a clerk's sheet counts rows."""
    draft.write(1, "note", "住院花费大\n家中无劳力", "住院花费大\n家中无劳力")
    draft.write(2, "note", "第一\n\n第三", "第一\n\n第三")


@made(csv="settlements", txt="dropouts", xlsx="allowances", xls="access")
def line_breaks_in_the_header(draft: Draft) -> None:
    for nth, label in enumerate(draft.head.cells):
        draft.head.cells[nth] = f"{label[:2]}\n{label[2:]}"


@made(csv="reports", txt="reports", xlsx="reports", xls="reports")
def quotes_and_delimiters_in_a_cell(draft: Draft) -> None:
    for nth, note in enumerate(
        ('他说"没有钱"', "一,二;三", "共\t两次" if draft.extension == "csv" else "一,二"), start=1
    ):
        draft.write(nth, "note", note, note)


@made(csv="deaths", txt="relief")
def everything_quoted(draft: Draft) -> None:
    """The first quote stands behind the byte order mark."""
    draft.look.encoding = "utf-8-sig"
    for line in draft.lines:
        line.raw = draft.look.delimiter.join(f'"{cell}"' for cell in line.cells)


@made(csv="relief", txt="outages")
def a_field_too_many(draft: Draft) -> None:
    draft.row(2).cells.insert(1, "多")
    draft.hold(2, LENGTH)


@made(csv="relief")
def thousands_that_split_a_field(draft: Draft) -> None:
    """1,201.00 without quotes is two fields."""
    row = draft.row(2)
    row.raw = ",".join(row.cells).replace("1201.00", "1,201.00")
    draft.hold(2, LENGTH)


@made(csv="deaths", txt="quality_tests")
def a_field_too_few(draft: Draft) -> None:
    """The last must be filled: whether it is counted or missed, the row is held."""
    draft.row(2).cells.pop()
    draft.hold(2, LENGTH, "died_on_given" if draft.feed.name == "deaths" else "conclusion_given")


@made(csv="settlements")
def a_field_too_few_in_the_middle(draft: Draft) -> None:
    """Everything after it has moved; only the length tells."""
    cells = draft.row(3).cells
    cells[draft.at("chronic_covered")] = "10.00"
    cells.pop(draft.at("reverses_id"))
    draft.hold(3, LENGTH)


@made(count=5, csv="deaths", txt="reports")
def a_quote_never_closed(draft: Draft) -> None:
    row = draft.row(4)
    row.raw = draft.look.delimiter.join([f'"{row.cells[0]}', *row.cells[1:]])
    draft.cover(4, 5)


@made(count=6, csv="deaths", txt="relief")
def a_quoted_cell_that_swallows_rows(draft: Draft) -> None:
    """Opened in one row, closed in the next but one."""
    opens, closes = draft.row(2), draft.row(4)
    opens.raw = draft.look.delimiter.join([opens.cells[0], f'"{opens.cells[1]}', *opens.cells[2:]])
    closes.raw = draft.look.delimiter.join([closes.cells[0], f'{closes.cells[1]}"', *closes.cells[2:]])
    draft.cover(2, 3, 4)


@made(csv="deaths", txt="relief")
def bytes_of_no_encoding(draft: Draft) -> None:
    """Neither UTF-8 nor GB18030: nothing of it is guessed."""
    draft.look.change = lambda written: written[:-20] + b"\xff\xff\x80" + written[-20:]
    draft.refuse()

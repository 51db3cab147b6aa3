"""What real files carry: a reader handles each, holds the row, or refuses the file; nothing is guessed."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from expectations.contract import Type
from expectations.feeds import catalogue
from tests.feeds.intake import NOW, Inbox, header, lines, read, workbook
from tests.spec.drawn import number_of
from warehouse.landing.names import BadName, name_of, shown

ONE, TWO, THREE = (number_of(date(1960, 1, day), 0) for day in (1, 2, 3))
DEATHS = "证件号码,姓名,死亡日期"
GOOD = [DEATHS, f"{ONE},王一,2020-06-01", f"{TWO},李二,2020-06-02", f"{THREE},张三,2020-06-03"]
PROJECT = "p1,某工程,集中,2020,{},,410184100001,\n"
REPORTS = "上报编号,户编号,来源,上报日期,原因,说明"


def names(inbox: Inbox, name: str = "deaths_202006") -> list:
    return inbox.column(name, "name")


# ---- encodings ----

RARE = ["㐂喜", "𠮷野家", "阿依古丽·买买提", "〇一"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
def test_every_encoding_keeps_rare_and_minority_names(encoding):
    rows = [f"{number_of(date(1960, 2, nth + 1), 0)},{name},2020-06-01" for nth, name in enumerate(RARE)]
    assert names(read(lines(DEATHS, *rows).encode(encoding))) == RARE


def test_utf_16_of_either_order_has_its_mark():
    for encoding, mark in (("utf-16-le", b"\xff\xfe"), ("utf-16-be", b"\xfe\xff")):
        assert names(read(mark + lines(*GOOD).encode(encoding))) == ["王一", "李二", "张三"]


def test_bytes_of_no_encoding_are_refused():
    assert read(b"\xff\xff\xff" + lines(*GOOD).encode()).refused("deaths_202006") == {"encoding_unknown"}
    assert read(lines(*GOOD).encode() + b"\xff\xff\xff").refused("deaths_202006") == {"encoding_mixed"}


def test_a_nul_is_refused_with_its_line():
    inbox = read(lines(*GOOD).replace("李二", "李\0二"))
    assert dict(inbox.delivery("deaths_202006").refusals) == {"nul_in_text": "3"}


# ---- delimiters, line ends, quotes ----


@pytest.mark.parametrize(
    ("delimiter", "extension"), [(",", "csv"), (";", "csv"), ("\t", "csv"), ("\t", "txt")]
)
def test_commas_semicolons_and_tabs_delimit(delimiter, extension):
    inbox = read(lines(*GOOD).replace(",", delimiter), extension=extension)
    assert names(inbox) == ["王一", "李二", "张三"]
    assert inbox.verdicts() == {"deaths_202006": "accepted"}


def test_line_ends_may_be_mixed_and_the_last_one_missing():
    inbox = read(f"{GOOD[0]}\r\n{GOOD[1]}\n{GOOD[2]}\r\n{GOOD[3]}")
    assert names(inbox) == ["王一", "李二", "张三"]
    assert inbox.broken("deaths_202006") == {}


def test_empty_cells_at_the_end_of_a_row_do_not_matter():
    inbox = read(lines(GOOD[0] + ",,", GOOD[1] + ",,", GOOD[2] + ",,,", GOOD[3]))
    assert (names(inbox), inbox.broken("deaths_202006")) == (["王一", "李二", "张三"], {})


def test_a_quoted_line_break_stays_in_its_cell_and_counts_no_line():
    inbox = read(
        lines(REPORTS, 'r1,A,信访,2020-06-01,因病,"家里,有人\n住院"', "r2,B,信访,2020-06-02,没钱,x"),
        "reports_202006",
        department="registry",
    )
    assert inbox.column("reports_202006", "note") == ["家里,有人\n住院", "x"]
    assert inbox.broken("reports_202006") == {3: {"reason_in_list"}}


def test_a_doubled_quote_is_a_quote():
    inbox = read(lines(DEATHS, f'{ONE},"王""小""一",2020-06-01'))
    assert names(inbox) == ['王"小"一']


def test_blank_lines_are_no_rows_but_count_as_a_clerk_counts():
    inbox = read(lines(GOOD[0], "", GOOD[1], "  ", ",,", f"{TWO},李二,六月"))
    assert inbox.delivery("deaths_202006").rows_received == 2
    assert inbox.broken("deaths_202006") == {6: {"died_on_readable"}}


# ---- rows of another length ----


@pytest.mark.parametrize("first", [[], [""]], ids=["plain", "with_a_blank_line"])
def test_a_row_with_more_or_fewer_cells_than_the_header_is_held_and_no_other(first):
    rows = [*first, GOOD[1], f"{TWO},李二", f"{THREE},张三,2020-06-03,zuviel", f"{TWO},李,二,2020-06-02,,"]
    inbox = read(lines(DEATHS, *rows))
    start = 2 + len(first)
    found = {line: "row_length" in names for line, names in inbox.broken("deaths_202006").items()}
    assert found == {start + 1: True, start + 2: True, start + 3: True}
    assert inbox.delivery("deaths_202006").rows_received == 4


def test_very_many_cells_too_many_are_held_too():
    inbox = read(lines(*GOOD[:2], GOOD[2] + ",x" * 50))
    assert "row_length" in inbox.broken("deaths_202006")[3]


@pytest.mark.parametrize("end", ["", "\n"], ids=["no_last_line_end", "last_line_end"])
def test_a_quote_that_is_never_closed_loses_no_row(end):
    """Rows 3 to 5 lie behind the open quote: every one of them is held, or the file is refused."""
    rows = [
        DEATHS,
        GOOD[1],
        f'{TWO},"李二,2020-06-02',
        GOOD[3],
        f"{number_of(date(1960, 1, 4), 0)},赵四,2020-06-04",
    ]
    inbox = read("\n".join(rows) + end)
    assert inbox.refused("deaths_202006") or set(inbox.broken("deaths_202006")) == {3, 4, 5}


@pytest.mark.parametrize("blank", ["", "\n"], ids=["plain", "with_a_blank_line"])
def test_a_quoted_cell_that_swallows_a_whole_row_is_not_taken_for_a_name(blank):
    rows = f'{DEATHS}\n{blank}{ONE},"王一,2020-06-01\n{TWO},李二,2020-06-02\n{THREE},张三",2020-06-03\n'
    inbox = read(rows)
    assert inbox.refused("deaths_202006") or len(inbox.broken("deaths_202006")) == len(
        inbox.rows("deaths_202006")
    )


# ---- headers ----


def test_order_blanks_line_breaks_and_brackets_in_a_header_do_not_matter():
    labels = '"死亡\n日期",姓　名（必填）, 证件号码 '
    assert names(read(f"{labels}\n2020-06-01,王一,{ONE}\n")) == ["王一"]


def test_full_width_forms_and_english_names_match():
    assert names(read(lines("id_number,name,ｄｉｅｄ＿ｏｎ", f"{ONE},王一,2020-06-01"))) == ["王一"]


def test_an_alias_matches():
    labels = header("members").replace("人编号", "人口编号")
    inbox = read(lines(labels), "members_202006", department="registry")
    assert not inbox.refused("members_202006")


def test_an_unknown_column_is_ignored_with_a_note():
    inbox = read(lines(DEATHS + ",备注", f"{ONE},王一,2020-06-01,x"))
    assert names(inbox) == ["王一"]
    assert not inbox.refused("deaths_202006")


@pytest.mark.parametrize("feed", catalogue().values(), ids=lambda feed: feed.name)
def test_a_missing_column_that_must_be_filled_refuses_and_one_that_need_not_does_not(feed):
    period = {"year": "2020", "term": "202003"}.get(feed.cadence.value, "202006")
    inbox = Inbox()
    needed = next(column for column in feed.columns if column.required)
    optional = next((column for column in feed.columns if not column.required), None)
    for n, missing in enumerate((needed, optional), start=1):
        labels = ",".join(column.label for column in feed.columns if column is not missing)
        inbox.put(f"{feed.department}/{feed.name}_{period}_{n}.csv", labels + "\n")
    inbox.take_in()
    reasons = dict(inbox.delivery(f"{feed.name}_{period}_1").refusals)
    assert reasons["column_missing"] == needed.label
    assert inbox.refused(f"{feed.name}_{period}_2") == set()


def test_all_missing_columns_are_named_at_once():
    reasons = dict(read("姓名\n王一\n").delivery("deaths_202006").refusals)
    assert reasons["column_missing"] == "证件号码、死亡日期"


def test_two_columns_of_one_name_refuse_unless_their_cells_agree_in_every_row():
    twice = "证件号码,姓名,死亡日期,姓名"
    agree = read(lines(twice, f"{ONE},王一,2020-06-01,王一", f"{TWO},李二,2020-06-02,李二"))
    differ = read(lines(twice, f"{ONE},王一,2020-06-01,王一", f"{TWO},李二,2020-06-02,张三"))
    assert differ.refused("deaths_202006")
    assert names(agree) == ["王一", "李二"]


# ---- units ----


@pytest.mark.parametrize(
    ("label", "cell", "yuan"),
    [
        ("投资（万元）", "12.5", "125000.00"),
        ("投资(万元)", "12.5万元", "125000.00"),
        ("投资（万元）", "125000元", "125000.00"),
        ("投资（元）", "125000", "125000.00"),
        ("投资（元）", "12.5万", "125000.00"),
        ("投资（元）", '"125,000.50"', "125000.50"),
    ],
)  # fmt: skip
def test_the_unit_of_the_cell_goes_before_that_of_the_header(label, cell, yuan):
    labels = header("projects").replace("投资（万元）", label)
    inbox = read(f"{labels}\n{PROJECT.format(cell)}", "projects_2020", department="water")
    assert inbox.column("projects_2020", "investment") == [Decimal(yuan)]


@pytest.mark.parametrize("unit", ["千元", "百元"])
def test_another_unit_refuses_in_a_header_and_holds_in_a_cell(unit):
    labels = header("projects").replace("万元", unit)
    in_header = read(f"{labels}\n{PROJECT.format('5')}", "projects_2020", department="water")
    in_cell = read(f"{header('projects')}\n{PROJECT.format('5' + unit)}", "projects_2020", department="water")
    assert "unit_unknown" in in_header.refused("projects_2020")
    assert in_cell.broken("projects_2020") == {2: {"investment_readable"}}


# ---- workbooks ----


HEAD = DEATHS.split(",")


def test_a_workbook_is_read_with_the_lines_of_its_sheet():
    rows = [HEAD, [ONE, "㐂·𠮷", "2020-06-01"], [], [TWO, "李二", "六月"]]
    inbox = read(workbook(rows, titles=("六月",)), extension="xlsx")
    assert names(inbox) == ["㐂·𠮷", "李二"]
    assert inbox.broken("deaths_202006") == {4: {"died_on_readable"}}
    assert inbox.delivery("deaths_202006").sheet == "六月"


@pytest.mark.parametrize("epoch", [None, CALENDAR_MAC_1904], ids=["1900", "1904"])
def test_a_date_cell_is_its_day_in_the_workbooks_own_system(epoch):
    rows = [HEAD, [ONE, "王一", datetime(2020, 6, 5)], [TWO, "李二", date(2020, 6, 6)]]
    inbox = read(workbook(rows, epoch=epoch), extension="xlsx")
    assert inbox.column("deaths_202006", "died_on") == [date(2020, 6, 5), date(2020, 6, 6)]


def test_a_serial_number_of_a_date_is_that_day():
    rows = [HEAD, [ONE, "王一", 43983], [TWO, "李二", "43983"]]
    inbox = read(workbook(rows), extension="xlsx")
    assert inbox.column("deaths_202006", "died_on") == [date(2020, 6, 1)] * 2


def test_a_person_number_in_a_numeric_cell_is_damaged_never_repaired():
    rows = [HEAD, [int(ONE[:17] + "0"), "王一", "2020-06-01"], [410123600101001, "李二", "2020-06-02"]]
    inbox = read(workbook(rows), extension="xlsx")
    assert inbox.broken("deaths_202006") == {2: {"id_number_damaged"}}


def test_a_long_household_number_in_a_numeric_cell_is_held_and_a_short_one_is_read():
    rows = [
        REPORTS.split(","),
        ["r1", 4101841234567890, "信访", "2020-06-01", "因病"],
        ["r2", 12345, "信访", "2020-06-01", "因病"],
    ]
    inbox = read(workbook(rows), "reports_202006", "xlsx", "registry")
    assert inbox.broken("reports_202006") == {2: {"household_id_readable"}}
    assert inbox.rows("reports_202006")[3]["household_id"] == "12345"


def relief(*amounts, applied=None) -> Inbox:
    labels = [column.label for column in catalogue()["relief"].columns]
    rows = [
        [f"r{nth}", ONE, "王一", applied, "因病", amount, "2020-06-01"] for nth, amount in enumerate(amounts)
    ]
    return read(workbook([labels, *rows]), "relief_202006", "xlsx", "civil_affairs")


def test_a_numeric_amount_is_read_with_15_digits_and_a_third_decimal_is_an_error():
    inbox = relief(0.1 + 0.2, 312.5, 1000, 1234.565, 19.99)
    assert inbox.column("relief_202006", "amount") == [
        Decimal("0.30"), Decimal("312.50"), Decimal("1000.00"), None, Decimal("19.99"),
    ]  # fmt: skip
    assert inbox.broken("relief_202006") == {5: {"amount_readable"}}


@pytest.mark.parametrize("cell", ["=1+1", "#N/A"], ids=["formula_without_a_value", "error_cell"])
def test_a_formula_without_a_value_or_an_error_is_not_missing(cell):
    inbox = relief(100, applied=cell)
    assert set(inbox.broken("relief_202006")) == {2}


@pytest.mark.parametrize(
    ("cell", "says"), [(True, True), (False, False), (1, True), (0, False), ("否", False)]
)
def test_a_true_cell_is_never_read_as_no(cell, says):
    labels = header("dropouts").split(",")
    inbox = read(
        workbook([labels, [ONE, "王一", "2020-06-01", "", cell, ""]]), "dropouts_202006", "xlsx", "education"
    )
    (row,) = inbox.rows("dropouts_202006").values()
    assert row["is_back"] is says or row["is_back__unread"]


def test_the_one_sheet_whose_header_fits_is_read():
    inbox = read(workbook([["说明"], ["x"]], [HEAD, [ONE, "王一", "2020-06-01"]]), extension="xlsx")
    assert names(inbox) == ["王一"]
    assert inbox.delivery("deaths_202006").sheet == "表2"


@pytest.mark.parametrize("state", ["visible", "hidden"])
def test_two_sheets_that_fit_are_refused_though_one_be_hidden(state):
    rows = [HEAD, [ONE, "王一", "2020-06-01"]]
    inbox = read(workbook(rows, rows, state=state), extension="xlsx")
    assert inbox.refused("deaths_202006") == {"two_sheets_fit"}


def test_a_file_that_is_no_workbook_is_refused():
    assert read(b"PK\x03\x04 no", extension="xlsx").refused("deaths_202006") == {"workbook_unreadable"}


# ---- nil returns ----


@pytest.mark.parametrize("row", [[], ["零报告,,"], ["本月无"], [",无,"], ["", "零报告"]])
def test_a_header_alone_or_with_a_word_for_nothing_is_a_nil_return(row):
    inbox = read(lines(DEATHS, *row))
    assert inbox.verdicts() == {"deaths_202006": "accepted"}
    assert inbox.delivery("deaths_202006").rows_received == 0


def test_a_workbook_can_be_a_nil_return():
    inbox = read(workbook([HEAD, ["零报告"]]), extension="xlsx")
    assert (inbox.verdicts(), inbox.rows("deaths_202006")) == ({"deaths_202006": "accepted"}, {})


@pytest.mark.parametrize("feed", catalogue().values(), ids=lambda feed: feed.name)
def test_all_but_divisions_households_and_members_may_be_nil(feed):
    period = {"year": "2020", "term": "202003"}.get(feed.cadence.value, "202006")
    inbox = read(header(feed.name), f"{feed.name}_{period}", department=feed.department)
    may_not = feed.name in ("divisions", "households", "members")
    assert inbox.verdicts() == {f"{feed.name}_{period}": "refused" if may_not else "accepted"}


# ---- rows that repeat ----


def test_rows_identical_after_typing_are_one_and_the_first_counts():
    inbox = read(lines(DEATHS, f"{ONE},王一,2020-06-01", f"'{ONE},王一 ,2020年6月1日", f"{ONE},王一,43983"))
    (verdict,) = inbox.judged().values()
    assert list(inbox.rows("deaths_202006")) == [2]
    assert (verdict.rows_loaded, verdict.rows_quarantined, verdict.rows_duplicate) == (1, 0, 2)


def test_of_one_key_with_different_content_all_are_held():
    inbox = read(
        lines(DEATHS, f"{ONE},王一,2020-06-01", f"{ONE},王一,2020-06-02", GOOD[2], f"{ONE},王一,2020-06-01")
    )
    (verdict,) = inbox.judged().values()
    assert inbox.broken("deaths_202006") == {2: {"key_is_unique"}, 3: {"key_is_unique"}}
    assert (verdict.rows_loaded, verdict.rows_quarantined, verdict.rows_duplicate) == (1, 2, 1)


def test_rows_whose_key_cannot_be_read_are_not_held_for_repeating_it():
    inbox = read(lines(DEATHS, ",王一,2020-06-01", ",李二,2020-06-02"))
    assert inbox.broken("deaths_202006") == {2: {"id_number_given"}, 3: {"id_number_given"}}


def test_an_empty_part_of_a_key_that_may_be_empty_is_a_value_of_it():
    labels = header("enrolments")
    row = "s1,王一,{},2020春,本科,,{},某校,,在读,,,\n".format
    same = read(labels + "\n" + row(ONE, "") + row(TWO, ""), "enrolments_202003", department="education")
    other = read(labels + "\n" + row(ONE, "") + row(ONE, "77"), "enrolments_202003", department="education")
    assert same.broken("enrolments_202003") == {2: {"key_is_unique"}, 3: {"key_is_unique"}}
    assert other.broken("enrolments_202003") == {}


def test_counts_add_up_whatever_is_in_a_file():
    inbox = read(lines(*GOOD, GOOD[1], f"{THREE},张三,2020-06-09", "x,y,z", "", "a,b"))
    (verdict,) = inbox.judged().values()
    received = inbox.delivery("deaths_202006").rows_received
    assert received == 7
    assert received == verdict.rows_loaded + verdict.rows_quarantined + verdict.rows_duplicate


# ---- names, folders, parts, when a file is taken ----


@pytest.mark.parametrize("name", ["deaths_000101.csv", "deaths_999912.csv"])
def test_a_period_from_which_nobody_can_reckon_is_refused(name):
    with pytest.raises(BadName) as refused:
        name_of(name)
    assert refused.value.code == "period_unknown"


@pytest.mark.parametrize(
    ("name", "place"),
    [
        ("入户核查结果_20200630_东街道.xlsx", "东街道"),
        ("visits_20200630_410184100_2.xlsx", "410184100"),
        ("visits_20200630.xlsx", ""),
    ],
)
def test_a_list_of_ours_comes_back_under_the_name_of_its_place(name, place):
    assert name_of(name).place == place


@pytest.mark.parametrize(
    "name", ["visits_20200630_张三.xlsx", "visits_20200630_41018410.xlsx", "deaths_202006_东街道.xlsx"]
)
def test_no_person_and_no_other_feed_has_a_place(name):
    with pytest.raises(BadName):
        name_of(name)


def test_towns_of_one_day_are_one_period_each_with_its_own_corrections():
    inbox = Inbox()
    for place in ("东街道", "西镇", "西镇_2"):
        inbox.put(
            f"registry/visits_20200630_{place}.csv",
            f"线索编号,户编号,核查日期,核查结论\n{place},h,2020-07-05,属实\n",
        )
    inbox.take_in()
    east, west, again = sorted(inbox.deliveries(), key=lambda one: one.path)
    assert west.of_period == again.of_period != east.of_period
    assert set(inbox.verdicts().values()) == {"accepted"}


def test_a_feed_may_be_named_in_chinese():
    inbox = read(lines(*GOOD), "死亡登记_202006")
    assert inbox.delivery("死亡登记_202006").feed_name == "deaths"
    assert inbox.verdicts() == {"死亡登记_202006": "accepted"}


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("somethingelse_202006", "feed_unknown"),
        ("deaths", "name_unknown"),
        ("deaths_202013", "period_unknown"),
    ],
)
def test_a_name_that_says_nothing_known_is_refused(name, code):
    assert read(lines(*GOOD), name).refused(name) == {code}


@pytest.mark.parametrize(
    "name", ["incomes_202006", "projects_202006", "enrolments_2020", "enrolments_202006", "access_202003"]
)
def test_a_period_that_the_feed_does_not_have_is_refused(name):
    feed = catalogue()[name.split("_")[0]]
    assert read(header(feed.name), name, department=feed.department).refused(name) == {"period_unknown"}


@pytest.mark.parametrize(
    "name",
    ["41 01 84 19 50 01 01 12 34.xlsx", "1 3 8 1 2 3 4 5 6 7 8 李四.csv", "13_8.1(2)3 4、5/6-7 80.xls"],
)
def test_short_numbers_that_make_a_long_one_are_not_shown(name):
    assert not any(map(str.isdigit, shown(name)))
    assert [letter for letter in shown(f"202006_{name}") if letter.isdigit()] == list("202006")


@pytest.mark.parametrize(
    "name",
    [
        "death_202006_p10of12.csv",
        "death 2020-06-30_12.xls",
        "表 2020.6.1-2020.6.30.xlsx",
        "数据2020年6月(2).xls",
    ],
)
def test_a_period_and_a_number_are_shown(name):
    assert shown(name) == name


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("民政局、残联 低保发放", "民政局、残联 低保发放"),
        ("保障对象类别 证件号码 王小", "＊ 证件号码 ＊"),
        ("与户主关系", "与户主关系"),
        ("李四的户信息", "＊户信息"),
    ],
)
def test_words_of_the_contracts_are_shown_in_a_name_and_others_are_not(name, kept):
    assert shown(name) == kept


def test_a_file_in_the_folder_of_another_department_is_refused_by_name():
    inbox = read(lines(*GOOD), department="education")
    assert dict(inbox.delivery("deaths_202006").refusals) == {"wrong_folder": "deaths"}
    assert inbox.verdicts() == {"deaths_202006": "refused"}


def test_a_header_of_another_feed_is_refused_by_naming_what_it_looks_like():
    inbox = read(header("settlements"), "enrolments_202003", department="education")
    assert dict(inbox.delivery("enrolments_202003").refusals)["looks_like"] == "医保结算"


@pytest.mark.parametrize(
    "name", [".deaths_202006.csv", "~$deaths_202006.csv", "deaths_202006.csv.part", "deaths_202006.csv.tmp"]
)
def test_files_that_are_not_finished_are_left_alone(name):
    inbox = Inbox()
    inbox.put(f"health/{name}", lines(*GOOD))
    assert inbox.take_in() == 0


def test_a_file_is_taken_when_it_has_stood_still_for_the_set_time():
    inbox = Inbox()
    inbox.put("health/deaths_202006.csv", lines(*GOOD), changed_at=NOW.timestamp() - 59)
    assert inbox.take_in(settle_seconds=60) == 0
    assert inbox.take_in(settle_seconds=60, now=NOW + timedelta(seconds=1)) == 1


def test_or_at_once_when_its_mark_stands_beside_it():
    inbox = Inbox()
    inbox.put("health/deaths_202006.csv", lines(*GOOD), changed_at=NOW.timestamp())
    inbox.put("health/deaths_202006.csv.ok", "")
    assert inbox.take_in(settle_seconds=60) == 1


def test_a_file_is_taken_once_and_again_when_it_has_changed():
    inbox = Inbox()
    inbox.put("health/deaths_202006.csv", lines(*GOOD), changed_at=1)
    assert (inbox.take_in(), inbox.take_in()) == (1, 0)
    inbox.put("health/deaths_202006.csv", lines(*GOOD[:3]), changed_at=2)
    assert inbox.take_in() == 1


def test_the_inbox_is_only_read():
    inbox = Inbox()
    file = inbox.put("health/deaths_202006.csv", lines(*GOOD), changed_at=5)
    inbox.take_in()
    assert file.read_text() == lines(*GOOD)
    assert (file.stat().st_mtime, [one.name for one in file.parent.iterdir()]) == (5, ["deaths_202006.csv"])


@pytest.mark.parametrize("head", [[], [DEATHS]], ids=["header_once", "header_in_every_part"])
def test_parts_are_one_delivery_taken_when_all_are_there(head):
    inbox = Inbox()
    inbox.put("health/deaths_202006_p2of2.csv", lines(*head, GOOD[3]))
    assert inbox.take_in() == 0
    inbox.put("health/deaths_202006_p1of2.csv", lines(*GOOD[:3]))
    assert inbox.take_in() == 1
    (one,) = inbox.deliveries()
    assert (names(inbox, "deaths_202006_p1of2"), one.n) == (["王一", "李二", "张三"], 1)
    assert inbox.broken("deaths_202006_p1of2") == {}


def test_parts_of_a_correction_are_counted_apart():
    inbox = Inbox()
    for name in ("deaths_202006_2_p1of2", "deaths_202006_p2of2"):
        inbox.put(f"health/{name}.csv", lines(*GOOD))
    assert inbox.take_in() == 0


# ---- the same again ----

A, B = lines(*GOOD), lines(*GOOD[:3])


def sent(*contents: str, backwards: bool = False) -> dict[str, str]:
    """Verdicts when the contents come as n = 1, 2, 3."""
    inbox = Inbox()
    named = [
        ("deaths_202006" if n == 1 else f"deaths_202006_{n}", content)
        for n, content in enumerate(contents, start=1)
    ]
    for name, content in reversed(named) if backwards else named:
        inbox.put(f"health/{name}.csv", content)
        inbox.take_in()
    found = inbox.verdicts()
    return {name: found[name] for name, _ in named}


@pytest.mark.parametrize("backwards", [False, True], ids=["in_order", "backwards"])
def test_the_content_of_the_accepted_one_before_it_is_already_loaded(backwards):
    assert list(sent(A, A, backwards=backwards).values()) == ["accepted", "already_loaded"]
    assert list(sent(A, B, A, backwards=backwards).values()) == ["accepted"] * 3
    assert list(sent(A, A, B, backwards=backwards).values()) == ["accepted", "already_loaded", "accepted"]


def test_a_refused_one_in_between_is_not_the_one_before():
    assert list(sent(A, "姓名\n王一\n", A).values()) == ["accepted", "refused", "already_loaded"]


def test_what_is_already_loaded_is_duplicate_to_the_last_row():
    inbox = Inbox()
    inbox.put("health/deaths_202006.csv", A)
    inbox.put("health/deaths_202006_2.csv", A)
    inbox.take_in()
    again = inbox.judged()["deaths_202006_2"]
    assert (again.rows_loaded, again.rows_quarantined, again.rows_duplicate) == (0, 0, 3)


def test_the_same_content_under_a_new_period_is_accepted():
    inbox = Inbox()
    inbox.put("health/deaths_202006.csv", A)
    inbox.put("health/deaths_202007.csv", A)
    inbox.take_in()
    assert inbox.verdicts() == {"deaths_202006": "accepted", "deaths_202007": "accepted"}


def test_the_same_content_under_the_same_name_in_chinese_is_one_delivery():
    inbox = Inbox()
    inbox.put("health/deaths_202006.csv", A)
    inbox.put("health/死亡登记_202006.csv", A)
    inbox.take_in()
    assert len(inbox.deliveries()) == 1


def test_a_delivery_is_named_by_feed_period_number_and_content_alone():
    ids = {read(A).delivery("deaths_202006").delivery_id for _ in range(2)}
    ids |= {read(A, "deaths_202006_2").delivery("deaths_202006_2").delivery_id}
    ids |= {read(B).delivery("deaths_202006").delivery_id}
    assert len(ids) == 3


# ---- bytes as received ----


def test_every_type_survives_any_way_of_being_sent():
    """The same settlement as text, as a workbook and in GB18030 is the same row."""
    feed = catalogue()["settlements"]
    cells = {
        Type.NUMBER: "s1", Type.PERSON_NUMBER: ONE, Type.TEXT: "𠮷·", Type.CODE: "门诊",
        Type.DATE: "2020-06-01", Type.MONEY: "0", Type.FLAG: "",
    }  # fmt: skip
    row = [cells[column.type] if column.name != "reverses_id" else "" for column in feed.columns]
    labels = [column.label for column in feed.columns]
    text = lines(",".join(labels), ",".join(row))
    sends = [
        read(text, "settlements_202006"),
        read(text.encode("gb18030"), "settlements_202006"),
        read(workbook([labels, row]), "settlements_202006", "xlsx"),
    ]
    found = [one.rows("settlements_202006")[2] for one in sends]
    for row in found:
        del row["delivery_id"]
    assert found[0] == found[1] == found[2]
    assert found[0]["wrong"] == 0


def test_received_in_whatever_second_it_is_the_same():
    early, late = Inbox(), Inbox()
    for inbox, now in ((early, NOW), (late, datetime(2021, 1, 1, tzinfo=UTC))):
        inbox.put("health/deaths_202006.csv", A)
        inbox.take_in(now=now)
    assert early.delivery("deaths_202006").delivery_id == late.delivery("deaths_202006").delivery_id

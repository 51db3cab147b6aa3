"""`ffp check`: a file rehearsed on a desk, without a home: every problem by line and column, and nothing loaded."""

from __future__ import annotations

import tempfile
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from click.testing import Result
from openpyxl.styles import Font
from typer.testing import CliRunner

from deployments.cli import app
from expectations.feeds import catalogue
from expectations.periods import period_of
from reports.rehearsal import letter
from tests.faults.canary import CANARY, faulty_rows, good_row
from tests.faults.scanner import Scanner
from tests.feeds.intake import workbook
from tests.spec.drawn import number_of
from warehouse.landing.lines import ranges

HEADER = "证件号码,姓名,死亡日期"
NUMBER, OTHER = (number_of(date(1950, 1, 1), nth) for nth in range(2))
GOOD = [f"{NUMBER},某,2020-06-01"]


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with nothing around it: no home, and scratch of its own."""
    (tmp_path / "scratch").mkdir()
    monkeypatch.setenv("FFP_HOME", str(tmp_path / "home"))
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "scratch"))
    monkeypatch.chdir(tmp_path)
    return tmp_path


def check(path: Path, *words: str, language: str = "zh") -> Result:
    environment = {"COLUMNS": "240", "FFP_LANGUAGE": language}
    return CliRunner().invoke(app, ["check", str(path), *words], env=environment)


def put(desk: Path, name: str, *rows: str) -> Path:
    path = desk / name
    path.parent.mkdir(exist_ok=True)
    path.write_text("\n".join(rows) + "\n", encoding="gb18030")
    return path


def cells(said: Result) -> list[list[str]]:
    """The body of the table that was printed."""
    return [[cell.strip() for cell in line.strip("│").split("│")] for line in said.stdout.splitlines()
            if line.startswith("│")]  # fmt: skip


def test_a_file_without_fault_ends_with_0_and_leaves_nothing_behind(desk: Path) -> None:
    path = put(desk, "deaths_202006.csv", HEADER, *GOOD)
    before = path.read_bytes()
    said = check(path)
    assert (said.exit_code, said.stderr) == (0, "")
    assert "可以接收，没有发现问题" in said.stdout and "收到1行：可入库1行" in said.stdout
    assert "未与此前的报送比较" in said.stdout
    assert path.read_bytes() == before
    assert sorted(p.name for p in desk.rglob("*")) == ["deaths_202006.csv", "scratch"]


def test_every_problem_is_named_by_line_and_column_with_how_to_mend_it(desk: Path) -> None:
    faulty = (",,2020-6-31", "1234,某,2020-07-01", f"{OTHER},某,1899-01-01,x")
    said = check(put(desk, "deaths_202006.csv", HEADER, *GOOD, *faulty))
    assert said.exit_code == 1 and "有3行会被隔离" in said.stdout
    found = {(row[0], row[1]) for row in cells(said)}
    number, name, day = "证件号码（A列）", "姓名（B列）", "死亡日期（C列）"
    assert found == {
        ("3", number),
        ("3", name),
        ("3", day),
        ("4", number),
        ("4", day),
        ("5", "整行"),
        ("5", day),
    }
    assert {row[2] for row in cells(said)} == {"错误"}
    assert all(row[3] and row[4] for row in cells(said)), "what should hold, and how to mend it"


def test_a_missing_column_is_asked_about_and_the_rows_are_judged_by_the_others(desk: Path) -> None:
    rows = ["某,1,2020-06-01", ",2,六月", "合计,2,", "某,3,2020-07-01"]
    path = put(desk, "deaths_202006.csv", "姓名,学生身份证,死亡日期", *rows)
    said = check(path)
    assert said.exit_code == 1 and "会被整份退回" in said.stdout
    assert "缺少必填列：证件号码；第2列“学生身份证”未识别，是否即“证件号码”？" in said.stdout
    assert "收到3行：可入库0行，有错误2行，重复0行" in said.stdout
    assert "非数据行1行（第4行），未计入" in said.stdout and "缺少的列没有校验" in said.stdout
    found = {(row[0], row[1]) for row in cells(said)}
    assert found == {("3", "姓名（A列）"), ("3", "死亡日期（C列）"), ("5", "死亡日期（C列）")}
    assert "column 2 “学生身份证” is not recognised: is it 证件号码?" in check(path, language="en").stdout


def test_where_the_key_is_missing_no_row_has_that_of_another(desk: Path) -> None:
    rows = ["某,2020-01,A,2020-06-01", "某,2020-02,B,2020-06-01"]
    said = check(put(desk, "dangerous_houses_202006.csv", "户主姓名,户次,危房等级,鉴定日期", *rows))
    assert said.exit_code == 1 and not cells(said)
    assert "缺少必填列：户编号；第2列未识别" in said.stdout and "有错误0行" in said.stdout


@pytest.mark.parametrize(
    ("label", "amount", "is_asked"),
    [("发放金额", "500", False), ("发放金额", "49.99", False), ("发放金额", "0.05", True), ("发放金额", "0.0625", True),
     ("发放金额", "5000000", True), ("发放金额（万元）", "625", True), ("发放金额（万元）", "0.0625", False)],
)  # fmt: skip
def test_a_column_of_amounts_in_the_other_unit_is_asked_about_without_a_past(
    desk: Path, label: str, amount: str, is_asked: bool
) -> None:
    head = f"发放编号,证件号码,姓名,学期,资助项目,{label},发放日期"
    rows = [f"z{nth},{NUMBER},某,2020春,助学金,{amount},2020-03-01" for nth in range(3)]
    said = check(put(desk, "grants_202003.csv", head, *rows)).stdout
    assert ("请核对金额单位是元还是万元" in said) is is_asked
    assert "请核对金额单位" not in check(put(desk, "grants_202003.csv", head, *rows[:2])).stdout


def test_warnings_alone_end_with_0(desk: Path) -> None:
    feed = catalogue()["members"]
    row = {**good_row(feed, period_of(feed, "202006")), "id_number": "4101841950"}
    path = put(
        desk, "members_202006.csv", ",".join(feed.column(n).label for n in row), ",".join(row.values())
    )
    said = check(path)
    assert (said.exit_code, {row[2] for row in cells(said)}) == (0, {"提示"})
    assert "处提示，请核对" in said.stdout


def test_a_row_that_is_struck_out_is_a_warning_with_its_line(desk: Path) -> None:
    book = openpyxl.Workbook()
    for row in (HEADER, *GOOD, f"{OTHER},某,2020-06-01"):
        book.active.append(row.split(","))
    book.active["B3"].font = Font(strike=True)
    book.save(desk / "deaths_202006.xlsx")
    said = check(desk / "deaths_202006.xlsx")
    assert (said.exit_code, [row[:3] for row in cells(said)]) == (0, [["3", "整行", "提示"]])
    assert "请删除该行后重新报送" in said.stdout and "可入库2行" in said.stdout


@pytest.mark.parametrize(
    ("name", "rows", "reason"),
    [
        ("deaths_202006.csv", ["证件号码,姓名", "1,某"], "缺少必填列：死亡日期"),
        ("checkups_202006.csv", [HEADER, *GOOD], "表头看起来是“死亡登记”"),
        ("education/deaths_202006.csv", [HEADER, *GOOD], "放错了文件夹"),
        ("deaths_202006.csv", [HEADER, *(f"{n},某,2020-06-01" for n in range(10))], "错误行数/收到行数：10/10"),
        ("households_202006.csv", [",".join(c.label for c in catalogue()["households"].columns)], "不接收零报告"),
        ("deaths_202006_p1of2.csv", [HEADER, *GOOD], "分卷未到齐（1/2）"),
        ("deaths_202006.pdf", ["%PDF"], "不接收这种格式"),
        ("deaths_202006.xlsx", ["no workbook"], "实际是文本文件"),
    ],
)  # fmt: skip
def test_what_would_be_refused_ends_with_1_and_says_why(
    desk: Path, name: str, rows: list[str], reason: str
) -> None:
    said = check(put(desk, name, *rows))
    assert said.exit_code == 1 and reason in said.stdout + said.stderr


@pytest.mark.parametrize(
    ("language", "unread", "unfit"),
    [("zh", "文件没有读取", "表头不符"), ("en", "the file was not read", "the header does not fit")],
)
def test_only_a_file_that_was_read_has_a_header_that_does_not_fit(
    desk: Path, language: str, unread: str, unfit: str
) -> None:
    said = check(put(desk, "deaths_202006.xlsx", "no workbook"), language=language).stdout
    assert unread in said and unfit not in said
    said = check(put(desk, "deaths_202006.csv", "编号,备注", "1,某"), language=language).stdout
    assert unfit in said and unread not in said


def test_parts_are_checked_together(desk: Path) -> None:
    put(desk, "deaths_202006_p2of2.csv", f"{NUMBER},某,2020-06-02")
    said = check(put(desk, "deaths_202006_p1of2.csv", HEADER, *GOOD))
    assert said.exit_code == 1 and "收到2行" in said.stdout
    assert {row[0] for row in cells(said)} == {"2", "3"}, "the same key in both parts"
    put(desk, "deaths_202006_p2of2.csv", HEADER, f"{NUMBER},某,2020-06-02")
    said = check(desk / "deaths_202006_p1of2.csv")
    assert {row[0] for row in cells(said)} == {"p1:2", "p2:2"}, "each part with the lines that it has itself"


# ---- which feed and period it is ----


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("死亡登记_202006.csv", []),
        ("副本.csv", ["--period", "202006"]),
        ("副本.csv", ["--period", "202006", "--feed", "deaths"]),
        ("settlements_202006.csv", ["--feed", "死亡登记"]),
    ],
)
def test_the_feed_is_told_by_the_name_the_header_or_the_caller(
    desk: Path, name: str, words: list[str]
) -> None:
    said = check(put(desk, name, HEADER, *GOOD), *words)
    assert said.exit_code == 0 and "数据集：死亡登记　所属期：2020年6月　部门文件夹：health/" in said.stdout
    has_other_name = not name.startswith("死亡登记")
    assert ("报送时文件名应为 deaths_202006.csv（或 死亡登记_202006.csv）" in said.stdout) == has_other_name


@pytest.mark.parametrize(
    ("rows", "words", "said"),
    [
        (["a,b", "1,2"], ["--period", "202006"], "请用 --feed 指明"),
        ([HEADER, *GOOD], [], "请用 --period 指明"),
        ([HEADER, *GOOD], ["--period", "2020061"], "2020061: 文件名中的所属期不适用于该数据集"),
        ([HEADER, *GOOD], ["--feed", "nothing"], "没有名为 nothing 的数据集；可用：access 户饮水状况"),
        ([HEADER, *GOOD], ["--html", "none/page.html"], "none"),
        ([HEADER, *GOOD], ["--home", "."], "没有可读的台账"),
    ],
)
def test_what_cannot_be_told_is_wrong_use(desk: Path, rows: list[str], words: list[str], said: str) -> None:
    found = check(put(desk, "副本.csv", *rows), *words)
    assert (found.exit_code, found.stdout) == (2, "") and said in found.stderr


# ---- many problems, and on paper ----


def test_many_problems_are_listed_by_rule_with_all_their_lines(desk: Path) -> None:
    bad = [f"{NUMBER},某{nth},某日" for nth in range(60)]
    said = check(put(desk, "deaths_202006.csv", HEADER, *bad))
    lines = {row[0]: row[5] for row in cells(said) if row[0]}
    assert lines["死亡日期（C列）"] == "2-61"


def test_a_terminal_shows_a_thousand_lines_of_a_rule_and_says_where_the_others_are(desk: Path) -> None:
    bad = [f"{NUMBER},某{nth},某日" for nth in range(1_001)]
    said = check(put(desk, "deaths_202006.csv", HEADER, *bad), "--xlsx", "book.xlsx")
    assert "2-1001 …另有1行，见 --html、--xlsx" in said.stdout
    rows = openpyxl.load_workbook(desk / "book.xlsx")["逐行列出"].iter_rows(min_row=2, values_only=True)
    assert 1002 in {row[0] for row in rows if row[1] == "死亡日期（C列）"}


def test_page_and_workbook_begin_with_the_causes_and_list_every_line(desk: Path) -> None:
    sheet = [["证件号码", "姓名", "死亡日期"], *([f"4101841950010100{n:02}", "某", "x"] for n in range(30))]
    path = desk / "deaths_202006.xlsx"
    path.write_bytes(workbook(sheet, titles=("六月",)))
    said = check(path, "--html", "page.html", "--xlsx", "book.xlsx")
    assert said.exit_code == 1 and "工作表“六月”" in said.stdout
    book = openpyxl.load_workbook(desk / "book.xlsx")
    assert book.sheetnames == ["按原因汇总", "逐行列出"]
    causes, rows = (list(sheet.iter_rows(min_row=2, values_only=True)) for sheet in book)
    assert {row[5] for row in causes if row[0] == "死亡日期（C列）"} == {"2-31"}
    assert {row[0] for row in rows if row[1] == "死亡日期（C列）"} == set(range(2, 32))
    page = (desk / "page.html").read_text(encoding="utf-8")
    summary, _, each = page.partition("逐行列出")
    assert "<td>2-31</td>" in summary and each.count("<td>死亡日期（C列）</td>") == 30
    assert "<link" not in page and "src=" not in page


@pytest.mark.parametrize("feed", catalogue().values(), ids=lambda feed: feed.name)
def test_no_value_is_shown_or_written(desk: Path, feed) -> None:
    period = period_of(
        feed, {"year": "2020", "term": "202003", "any_day": "20200630"}.get(feed.cadence, "202006")
    )
    rows = [good_row(feed, period), *faulty_rows(feed, period)]
    path = desk / f"{CANARY.name}.csv"
    lines = [",".join(column.label for column in feed.columns), *(",".join(row.values()) for row in rows)]
    path.write_text("\n".join(lines), encoding="utf-8")
    said = check(
        path, "--feed", feed.name, "--period", period.text, "--html", "page.html", "--xlsx", "book.xlsx"
    )
    assert (said.exit_code == 1 and said.exception is None) or isinstance(said.exception, SystemExit)
    told = (said.stdout, said.stderr, desk / "page.html", desk / "book.xlsx")
    assert Scanner(CANARY.values).scan(*told) == []


def test_it_speaks_english_too(desk: Path) -> None:
    path = put(desk, "deaths_202006.csv", HEADER, "1234,某,2020-07-01")
    said = check(path, language="en")
    assert "row(s) held" in said.stdout and "死亡日期 (column C)" in said.stdout
    assert {row[2] for row in cells(said) if row[0]} == {"error"}


@pytest.mark.parametrize(
    ("place", "letters"), [(0, "A"), (25, "Z"), (26, "AA"), (51, "AZ"), (52, "BA"), (701, "ZZ"), (702, "AAA")]
)
def test_a_column_is_named_as_a_sheet_names_it(place: int, letters: str) -> None:
    assert letter(place) == letters


@pytest.mark.parametrize(
    ("lines", "said"), [([], ""), ([7], "7"), ([2, 3], "2-3"), ([5, 2, 3, 9], "2-3, 5, 9")]
)
def test_lines_in_a_row_are_joined(lines: list[int], said: str) -> None:
    assert ranges(lines) == said

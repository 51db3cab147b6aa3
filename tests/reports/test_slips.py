"""Return slips: what a clerk finds in them, and that they stay small however much is wrong."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import duckdb
import openpyxl
import pytest

from expectations.feeds import departments
from reports import slip_rows
from reports.deadlines import LEAST_DAYS, mend_by
from reports.slips import write_slips
from tests.reports.handmade import AS_OF, Ledger, Published

LONG_AGO = date(2020, 5, 20)  # its deadline was 10 June
Sheets = dict[str, list[dict[str, object]]]


def sheets(path: Path) -> Sheets:
    found: Sheets = {}
    for sheet in openpyxl.load_workbook(path).worksheets:
        header, *rows = sheet.iter_rows(values_only=True)
        found[sheet.title] = [dict(zip(header, row, strict=True)) for row in rows]
    return found


@pytest.fixture
def night(published: Published, ledger: Ledger) -> Published:
    """Rows of an events file and of a list, one that waits, two tries that were refused, and a replaced file."""
    files = [
        ledger.add(rows=(90, 3, 0), pending=1),
        ledger.add("health/insurance_202006.xlsx", rows=(99, 1, 0), feed="insurance", sheet="参保"),
        ledger.add(
            "health/deaths_202006.csv", "refused", reasons=[("column_missing", "死亡日期")], feed="deaths"
        ),
        ledger.add("health/deaths_202006_2.csv", "refused", reasons=[("file_empty", "")], feed="deaths", n=2),
        ledger.add(
            "health/checkups_202006.csv", "refused", (0, 20, 0), [("too_many_held", "12/20")], feed="checkups"
        ),
        ledger.add("health/某.csv", "refused", reasons=[("name_unknown", "x")], feed=None, period=None),
        ledger.add("health/checkups_202005.csv", "refused", feed="checkups", period="202005"),
    ]
    for one in files:
        is_refused = one.verdict == "refused"
        published.add(
            "quality.delivery",
            delivery_id=one.delivery.delivery_id,
            department="health",
            feed=one.delivery.feed_name,
            verdict=one.verdict,
            refused_since=LONG_AGO if is_refused else None,
            replaced_on=AS_OF if one is files[-1] else None,
        )
    held(published, files[0], 17, "settlements.total_is_sum,settlements.care_type_in_list", LONG_AGO)
    held(published, files[0], 5, "settlements.row_length", AS_OF)
    held(published, files[0], 8, "settlements.reversal_has_original", LONG_AGO, "pending")
    held(published, files[0], 9, "settlements.total_is_sum", LONG_AGO, "corrected")
    held(published, files[0], 10, "settlements.total_is_sum", LONG_AGO, is_sent_again=True)
    held(published, files[1], 4, "insurance.id_number_length", AS_OF, "unattributable", sheet="参保")
    held(published, files[4], 2, "checkups.examined_on_readable", LONG_AGO)
    for line, name, severity, is_nobodys in (
        (3, "settlements.household_is_known", "warning", True),
        (4, "settlements.household_is_known", "warning", False),
        (6, "identity.one_name_a_number", "warning", False),
    ):
        published.add(
            "quality.finding", delivery_id=files[0].delivery.delivery_id, line=line, expectation_id=name,
            severity=severity, is_unattributable=is_nobodys,
        )  # fmt: skip
    published.add(
        "quality.return_rate",
        department="health",
        return_rate_pct=Decimal("2.35"),
        days_open_longest=41,
        days_to_correct_mean=Decimal("3.5"),
    )
    return published


def held(published, one, line, expectations, since, status="open", is_sent_again=False, sheet=None) -> None:
    published.add(
        "quality.quarantined_row",
        delivery_id=one.delivery.delivery_id,
        line=line,
        sheet=sheet,
        expectation_ids=expectations,
        status=status,
        held_since=since,
        is_sent_again=is_sent_again,
    )


def written(night: Published, engine, language: str = "zh") -> Sheets:
    paths = {path.stem: path for path in write_slips(night.home, engine, AS_OF, language)}
    return sheets(paths["health"])


def first(slip: Sheets) -> dict[str, str]:
    """Item -> content; several sentences of one item one after the other."""
    found: dict[str, str] = {}
    for row in next(iter(slip.values())):
        item, content = row.values()
        found[str(item)] = found.get(str(item), "") + str(content)
    return found


def test_every_department_gets_one_of_its_night(night, engine):
    paths = write_slips(night.home, engine, AS_OF)
    assert [path.stem for path in paths] == list(departments())
    assert {path.parent for path in paths} == {night.home.outbox / "slips" / "2020-06-30"}
    assert sorted(path.name for path in paths[0].parent.iterdir()) == [path.name for path in paths]


def test_one_with_nothing_to_mend_says_so(night, engine):
    (path,) = (path for path in write_slips(night.home, engine, AS_OF) if path.stem == "water")
    slip = sheets(path)
    assert list(slip) == ["说明"]
    assert first(slip)["要做什么"] == "没有需要更正的内容，不必处理。"
    assert first(slip)["待更正的行"] == "无"


def test_another_night_than_the_published_one_is_refused(night, engine):
    with pytest.raises(ValueError, match="2020-06-30, not of 2020-06-29"):
        write_slips(night.home, engine, date(2020, 6, 29))


def test_the_same_night_gives_the_same_bytes(night, engine):
    before = [path.read_bytes() for path in write_slips(night.home, engine, AS_OF)]
    assert [path.read_bytes() for path in write_slips(night.home, engine, AS_OF)] == before


# ---- the rows ----


def test_the_causes_stand_before_files_and_rows(night, engine):
    assert list(written(night, engine))[:4] == ["说明", "按原因汇总", "被退回的文件", "待更正的行"]


def test_rows_of_a_file_are_grouped_by_cause(night, ledger, engine):
    file = ledger.verdicts[4]
    for line, cause in ((3, "name_given"), (4, "examined_on_readable"), (5, "name_given")):
        held(night, file, line, f"checkups.{cause}", LONG_AGO)
    rows = written(night, engine)["待更正的行"]
    assert [row["行号"] for row in rows if row["文件"] == "health/checkups_202006.csv"] == [2, 4, 3, 5]


def test_open_rows_by_file_each_once(night, engine):
    rows = written(night, engine)["待更正的行"]
    assert [(row["文件"], row["行号"]) for row in rows] == [
        ("health/checkups_202006.csv", 2),
        ("health/insurance_202006.xlsx", 4),
        ("health/settlements_202006.csv", 5),
        ("health/settlements_202006.csv", 17),
    ]


def test_a_row_says_where_what_how_since_when_and_by_when(night, engine):
    row = written(night, engine)["待更正的行"][-1]
    assert (row["数据集"], row["所属期"], row["工作表"], row["行号"]) == ("医保结算", "2020年6月", None, 17)
    assert row["列"] == "医疗总费用\n医疗类别"
    assert row["问题"].splitlines()[0] == "医疗总费用应等于各项支付与个人负担之和（误差不超过0.05元）"
    assert row["如何更正"] == "请核对各项金额\n请从列表中选填"
    assert (row["首次退回"], row["已过天数"]) == (datetime(2020, 5, 20), 41)
    assert row["更正期限"] == datetime(2020, 6, 10)
    assert row["更正件文件名"] == "settlements_202006_2.csv（或 医保结算_202006_2.csv）"


def test_a_row_without_a_column_is_wrong_as_a_whole(night, engine):
    assert written(night, engine)["待更正的行"][-2]["列"] == "整行"


def test_notes_tell_full_lists_refused_files_and_rows_that_name_nobody(night, engine):
    notes = [row["备注"] for row in written(night, engine)["待更正的行"]]
    assert notes == [
        "所在文件整份被退回",
        "全量：更正件须包含该期全部数据\n不能归属到任何农户，请核对证件号码、户编号",
        None,
        None,
    ]


def test_rows_that_have_loaded_and_belong_to_nobody_stand_apart(night, engine):
    (row,) = written(night, engine)["已入库但无归属的行"]
    assert (row["行号"], row["列"], row["问题"]) == (3, "户编号", "（提示）户编号应在户信息中")
    assert "不能归属到任何农户" in row["备注"] and "前导的0" in row["如何更正"]
    assert first(written(night, engine))["已入库但无归属的行"].startswith("1行")


def test_rows_that_wait_stand_apart(night, engine):
    (row,) = written(night, engine)["等待中的行"]
    assert (row["行号"], row["列"], row["已过天数"]) == (8, "原结算编号", 41)
    assert row["等待什么"] == "退费行所冲销的原结算应已入库"


def test_refused_files_with_why_and_what_to_do_of_several_tries_the_last(night, engine):
    rows = written(night, engine)["被退回的文件"]
    assert [row["文件"] for row in rows] == [
        "health/某.csv",
        "health/checkups_202006.csv",
        "health/deaths_202006_2.csv",
    ]
    assert rows[-1]["退回原因"] == "文件是空的，没有表头"
    assert rows[-1]["怎么办"].startswith("请将更正后的文件命名为 deaths_202006_3.csv")
    assert (rows[-1]["已过天数"], rows[-1]["更正期限"]) == (41, datetime(2020, 6, 10))


def test_totals_by_reason(night, engine):
    rows = written(night, engine)["按原因汇总"]
    assert {row["问题"][:8]: (row["数据集"], row["行数"], row["文件数"]) for row in rows} == {
        "医疗总费用应等于": ("医保结算", 1, 1),
        "医疗类别应为：门": ("医保结算", 1, 1),
        "一行的列数应与表": ("医保结算", 1, 1),
        "证件号码：证件号": ("医保参保", 1, 1),
        "体检日期应为日期": ("免费体检", 1, 1),
    }


# ---- the first sheet ----


def test_the_first_sheet_says_what_to_do_by_when_and_how_much(night, engine):
    told = first(written(night, engine))
    assert "卫健委、医保局截至2020-06-30的退回单" in told["这是什么"]
    assert "放入 health/ 文件夹" in told["要做什么"]
    assert "今晚退回的，期限为2020-07-10" in told["什么时候完成"]
    assert told["待更正的行"] == "4行，在3份文件中"
    assert told["被退回的文件"].startswith("3份")
    assert told["等待中的行"].startswith("1行")
    assert told["提示"] == "无"
    assert told["已逾期"] == "已超过期限的：2行，3份文件。请先处理。"
    assert (told["最久未更正"], told["平均更正天数"]) == ("41天", "3.5天")
    assert told["退回率"].startswith("2.35%")
    assert "未全部列出" not in told


def test_in_english(night, engine):
    slip = written(night, engine, "en")
    assert list(slip) == [
        "Read me first",
        "Totals by reason",
        "Refused files",
        "Rows to mend",
        "Loaded, of no household",
        "Rows that wait",
    ]
    row = slip["Rows to mend"][-1]
    assert row["column"] == "医疗总费用 (total cost)\n医疗类别 (kind of care)"  # the headers of the file
    assert row["how to mend it"] == "check the amounts\nchoose from the list"
    assert "put it into health/" in first(slip)["what to do"]


# ---- by when ----


@pytest.mark.parametrize(
    ("department", "since", "due"),
    [
        ("health", date(2020, 7, 5), date(2020, 7, 10)),  # five days
        ("health", date(2020, 7, 6), date(2020, 8, 10)),  # four
        ("registry", date(2020, 6, 30), date(2020, 7, 5)),
        ("education", date(2020, 7, 6), date(2020, 7, 31)),  # grants of the spring term
        ("nowhere", date(2020, 7, 6), None),
    ],
)
def test_rows_are_to_be_mended_by_the_next_promised_day_that_leaves_time(department, since, due):
    assert LEAST_DAYS == 5
    assert mend_by(department, since) == due


@pytest.mark.parametrize(("since", "is_overdue"), [(date(2020, 6, 5), True), (date(2020, 6, 6), False)])
def test_a_row_is_overdue_after_that_day(published, ledger, engine, since, is_overdue):
    one = ledger.add(rows=(9, 1, 0))
    published.add("quality.delivery", delivery_id=one.delivery.delivery_id, department="health")
    held(published, one, 2, "settlements.total_is_sum", since)
    assert ("已逾期" in first(written(published, engine))) == is_overdue


# ---- very many rows ----


def many(published: Published, ledger: Ledger, rows: int) -> Published:
    """A file in which every row is wrong, beside one with a single wrong row."""
    full = ledger.add("health/settlements_202005.csv", rows=(0, rows, 0), period="202005")
    single = ledger.add(rows=(9, 1, 0))
    for one in (full, single):
        published.add("quality.delivery", delivery_id=one.delivery.delivery_id, department="health")
    held(published, single, 400_000, "settlements.total_is_sum", AS_OF)
    with duckdb.connect(str(published.home.warehouse)) as connection:
        connection.execute(
            "INSERT INTO quality.quarantined_row (delivery_id, line, expectation_ids, status, held_since,"
            " is_sent_again) SELECT ?, line, 'settlements.name_given', 'open', ?, FALSE"
            f" FROM range(2, {rows} + 2) AS r (line)",
            [full.delivery.delivery_id, AS_OF],
        )
    return published


def test_a_slip_that_is_cut_says_so_keeps_every_file_and_counts_all(published, ledger, engine, monkeypatch):
    assert slip_rows.MOST_ROWS == 10_000
    monkeypatch.setattr(slip_rows, "MOST_ROWS", 500)
    slip = written(many(published, ledger, 100_000), engine)
    rows = slip["待更正的行"]
    assert len(rows) == 500
    assert {row["文件"] for row in rows} == {"health/settlements_202005.csv", "health/settlements_202006.csv"}
    assert rows[-1]["行号"] == 400_000
    assert rows[-2]["行号"] == 500  # the first lines of the file
    assert first(slip)["待更正的行"] == "100001行，在2份文件中"
    assert "只列出500行" in first(slip)["未全部列出"] and "另有99501行" in first(slip)["未全部列出"]
    assert [row["行数"] for row in slip["按原因汇总"]] == [100_000, 1]


@pytest.mark.parametrize(("rows", "is_cut"), [(19, False), (20, True)])
def test_it_is_cut_only_when_there_are_more(published, ledger, engine, monkeypatch, rows, is_cut):
    monkeypatch.setattr(slip_rows, "MOST_ROWS", 20)
    slip = written(many(published, ledger, rows), engine)
    assert len(slip["待更正的行"]) == 20
    assert ("未全部列出" in first(slip)) == is_cut

"""The summary of a night says what the published warehouse says, in both languages."""

from __future__ import annotations

import io
from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from rich.cells import cell_len
from rich.console import Console
from sqlalchemy import insert

from reports.language import LANGUAGES
from reports.summary import summary
from reports.summary_whole import ten_thousands
from tests.reports.handmade import AS_OF, NOW, Ledger, Published
from warehouse.ledger.outbox import Mail, queue
from warehouse.ledger.tables import run


def shown(published: Published, engine, language="zh", width=160) -> str:
    out = io.StringIO()
    Console(file=out, width=width).print(summary(published.home, engine, language))
    return out.getvalue()


def reported(engine, at: datetime, *facts: str) -> None:
    """A mail of that time with these facts."""
    with engine.begin() as connection:
        queue(connection, [Mail(f"{at:%Y%m%d%H%M}", AS_OF, "health", ("a@b.example",), b"", facts)], at)


def figures(text: str, first: str) -> list[str]:
    """The cells of the table row that begins with `first`."""
    line = next(line for line in text.splitlines() if line.startswith("│") and first in line)
    return [cell.strip() for cell in line.strip("│").split("│")]


@pytest.fixture
def night(published: Published, ledger: Ledger, engine) -> Published:
    """The first of three deliveries was reported by a night before."""
    with engine.begin() as connection:
        connection.execute(insert(run).values(run_id="run", as_of=AS_OF, started_at=NOW, code_version="0"))
    reported(engine, NOW - timedelta(days=1), f"{1:016x}:accepted:1")
    reported(
        engine,
        NOW + timedelta(minutes=1),
        f"{1:016x}:accepted:1",
        f"{2:016x}:refused:7",
        f"{3:016x}:accepted:0",
    )
    ledger.add(rows=(9, 1, 2))
    ledger.add(
        "health/怪.csv", "refused", (0, 7, 0), reasons=[("column_missing", "结算日期")], period="202005"
    )
    ledger.add("water/outages_202006.csv", rows=(1200, 0, 0), feed="outages")
    ledger.add("civil_affairs/relief_202006.csv", rows=(14, 0, 0), feed="relief")
    ledger.add("health/checkups_202006.csv", rows=(9, 0, 0), feed="checkups")
    for one in ledger.verdicts:
        told = one.delivery
        published.add(
            "quality.delivery",
            delivery_id=told.delivery_id,
            department=told.department,
            feed=told.feed_name,
            period=told.period_text,
            rows_received=told.rows_received,
            rows_loaded=one.rows_loaded,
            rows_quarantined=one.rows_quarantined,
            rows_duplicate=one.rows_duplicate,
            verdict=one.verdict,
            reasons=",".join(code for code, _ in one.reasons),
        )
    published.household("H1")
    for household_id, status in (("H1", "at_risk"), ("H2", "clear"), ("H3", "unknown"), ("H4", "unknown")):
        published.signal(household_id, "unsafe_dwelling", status)
    published.clue("c1", "H1")
    published.clue("c2", "H2", opened_on=date(2020, 6, 1), status="overdue", suggested_class="持续监测")
    published.clue("c3", "H3", status="closed")
    published.add(
        "mart.policy_landing", row="relief", feed="relief", visits=14, amount_cny=Decimal("13049.99")
    )
    published.add("mart.policy_landing", row="checkups", feed="checkups", persons=4360)
    published.add("mart.policy_landing", row="destitute", feed="destitute", persons=0, amount_cny=Decimal(0))
    return published


def sections(text: str) -> list[str]:
    """Tonight, and the whole."""
    return text.split("截至2020-06-30的全部情况")


def test_what_came_tonight_stands_before_all_that_ever_came(night, engine):
    new, whole = sections(shown(night, engine))
    assert figures(new, "卫健委、医保局") == ["卫健委、医保局", "1", "7", "0", "0", "0", "1"]
    assert figures(whole, "卫健委、医保局") == ["卫健委、医保局", "3", "28", "18", "1", "2", "1"]
    for part in (new, whole):
        assert figures(part, "水利局") == ["水利局", "1", "1,200", "1,200", "0", "0", "0"]


def test_a_night_that_brought_nothing_says_so(night, engine):
    reported(engine, NOW - timedelta(days=2), f"{2:016x}:refused:7", f"{3:016x}:accepted:0")
    new, whole = sections(shown(night, engine))
    assert "今晚没有收到新的报送" in new and "│" not in new
    assert "此前退回、尚未更正" in whole and "怪.csv" in whole


def test_what_was_refused_tonight_and_why(night, engine):
    new, whole = sections(shown(night, engine))
    assert figures(new, "怪.csv") == ["health/怪.csv", "缺少必填列：结算日期"] and "怪.csv" not in whole


def test_what_was_corrected_tonight(night, engine):
    for line, closed_on in ((3, AS_OF), (4, AS_OF), (5, date(2020, 6, 29)), (6, None)):
        night.add(
            "quality.quarantined_row", delivery_id="d", line=line, status="corrected", closed_on=closed_on
        )
    reported(engine, NOW + timedelta(minutes=2), f"{1:016x}:mended:0")
    assert "今晚更正：1份报送，2行" in sections(shown(night, engine))[0]


def test_the_page_fits_into_eighty_columns(night, engine):
    for language in LANGUAGES:
        assert max(map(cell_len, shown(night, engine, language, width=80).splitlines())) <= 80


def test_what_does_not_fit_between_feeds_errors_first(night, engine):
    for line, name, severity in (
        (2, "members.in_one_household", "warning"),
        (3, "members.in_one_household", "warning"),
        (4, "reports.household_is_known", "error"),
    ):
        night.add("quality.finding", delivery_id="d", line=line, expectation_id=name, severity=severity)
    text = shown(night, engine)
    assert figures(text, "一人只应在一户") == ["一人只应在一户", "提示", "2"]
    assert text.index("户编号应在户信息中") < text.index("一人只应在一户")
    assert "a person is in one household" in shown(night, engine, "en")


def test_signals_clues_and_policy_landing(night, engine):
    text = shown(night, engine)
    assert figures(text, "住房不安全") == ["住房不安全", "1", "1", "2"]
    assert "今晚新增预警线索：1户（住房不安全1户）" in text
    assert "待核查2户，其中逾期1户，须持续监测1户" in text
    assert figures(text, "临时救助") == ["临时救助", "", "", "14", "1.30"]
    assert figures(text, "特困供养") == ["特困供养", "", "", "", ""], "a feed that never came says nothing"
    assert figures(text, "免费体检") == ["免费体检", "", "4,360", "", ""]


def test_where_things_lie(night, engine):
    text = shown(night, engine).replace("\n", "")
    for place in (
        "worklists/2020-06-30",
        "slips/2020-06-30",
        "warehouse/current.duckdb",
        "vault/current.duckdb",
        "outbox/mail（2封待发）",
    ):
        assert place in text


def test_in_english(night, engine):
    text = shown(night, engine, "en")
    assert "Monitoring as of 2020-06-30" in text
    assert figures(text, "Unsafe dwelling") == ["Unsafe dwelling", "1", "1", "2"]
    assert figures(text, "Temporary relief")[-1] == "1.30"
    assert "columns that must be there are missing: 结算日期" in text
    assert "newly at risk or reported: 1 (Unsafe dwelling: 1)" in text and "clues to visit: 2" in text


def test_names_are_no_markup(published, ledger, engine):
    one = ledger.add(
        "health/[bold]x[/bold].csv", "refused", reasons=[("name_unknown", "")], feed=None, period=None
    )
    row = {"department": "health", "verdict": "refused", "reasons": "name_unknown"}
    published.add("quality.delivery", delivery_id=one.delivery.delivery_id, **row)
    assert "health/[bold]x[/bold].csv" in shown(published, engine)


@pytest.mark.parametrize(
    ("amount", "said"),
    [("13049.99", "1.30"), ("13050.00", "1.31"), ("21510000", "2,151.00"), ("0", "0.00"), ("49.99", "0.00")],
)
def test_amounts_are_rounded_half_up_in_ten_thousands(amount, said):
    assert ten_thousands(Decimal(amount)) == said

"""A department's week: what it sends, what comes back, what it mends, and what it hears of it.

The steps of a night in their order, as flows/nightly.py has them, without Prefect around them. On Monday a
file is refused and rows are held; on Tuesday corrections come; on Wednesday nothing; on Thursday the
original of a reversal.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

import duckdb
import openpyxl
import pytest

from reports.slips import write_slips as written_again
from tasks.intake import feeds_waiting, receive_files, take_in
from tasks.night import begin_night, build_warehouse, end_night, send_mail, write_lists, write_slips
from tests.reports.handmade import read, text_of
from tests.spec.drawn import number_of
from warehouse.home import Home
from warehouse.ledger.open import opened

MONDAY, TUESDAY, WEDNESDAY, THURSDAY = (date(2020, 7, day) for day in (6, 7, 8, 9))
PERSON = number_of(date(1960, 2, 3), 0)
CONTACTS = "departments: {health: [liu@health.example]}\nengineers: [ops@city.example]\n"
BILL = "结算编号,原结算编号,证件号码,姓名,医疗类别,结算日期,医疗总费用,统筹支付,大病保险支付,医疗救助支付,个人负担总额"


def bill(number: str, day: str, total: int, paid: int, reverses: str = "") -> str:
    return f"{number},{reverses},{PERSON},李四,住院,{day},{total},0,0,0,{paid}"


def text(*rows: str) -> str:
    return "\r\n".join(rows) + "\r\n"


REGISTER = {
    "registry/divisions_2020.csv": text(
        "区划代码,名称,上级代码,级别",
        "410184,新郑市,,县",
        "410184100,某镇,410184,乡",
        "410184100200,某村,410184100,村",
    ),
    "registry/households_202007.csv": text(
        "户编号,行政村代码,户主姓名,户主证件号码,户类型", f"H1,410184100200,李四,{PERSON},脱贫户"
    ),
    "registry/members_202007.csv": text(
        "户编号,人编号,姓名,证件号码,与户主关系", f"H1,P1,李四,{PERSON},户主"
    ),
}
SENT = {
    MONDAY: {
        **REGISTER,
        "health/settlements_201907.csv": text(
            BILL, bill("s1", "2019-07-07", 400, 40), bill("s2", "2019-07-20", 2000, 200)  # no sums
        ),
        "health/settlements_202005.csv": text(BILL, bill("r1", "2020-05-02", -30, -30, "original")),
        "health/deaths_202006.csv": text("证件号码,姓名"),
        "health/checkups_202006.csv": text("证件号码,姓名,体检日期,体检机构", f"{PERSON},李四,2020-06-09,县医院"),
    },
    TUESDAY: {
        "health/settlements_201907_2.csv": text(
            BILL, bill("s1", "2019-07-07", 400, 400), bill("s2", "2019-07-20", 2000, 2000)
        ),
        "health/deaths_202006_2.csv": text("证件号码,姓名,死亡日期"),
    },
    WEDNESDAY: {},
    THURSDAY: {"health/settlements_202004.csv": text(BILL, bill("original", "2020-04-02", 30, 30))},
}  # fmt: skip


@dataclass
class Evening:
    """What a night has left: its mails to departments, the slip of health, and what is published."""

    counts: dict[str, int]
    mails: dict[str, list[bytes]]
    slip: dict[str, list[dict[str, Any]]]
    tables: dict[str, list[tuple[Any, ...]]]
    value: Any  # what is known at least of the household's bills of twelve months

    def mail(self, department: str = "health") -> str:
        (message,) = self.mails[department]
        return text_of(message)

    def subject(self) -> str:
        (message,) = self.mails["health"]
        return read(message)["Subject"].partition("：")[2]


@dataclass
class Week:
    home: Home
    inbox: Path
    evenings: dict[date, Evening] = field(default_factory=dict)
    seen: set[str] = field(default_factory=set)

    def night(self, as_of: date) -> Evening:
        run_id = begin_night.fn(as_of)
        receive_files.fn()
        for feed in feeds_waiting.fn():
            take_in.fn(feed)
        counts = build_warehouse.fn(as_of, run_id)
        write_lists.fn(as_of)
        write_slips.fn(as_of)
        send_mail.fn()
        end_night.fn(run_id)
        return Evening(counts, self._new_mails(), sheets(self._slip(as_of)), *self._published())

    def _slip(self, as_of: date) -> Path:
        return self.home.outbox / "slips" / str(as_of) / "health.xlsx"

    def _new_mails(self) -> dict[str, list[bytes]]:
        found: dict[str, list[bytes]] = {}
        for path in sorted((self.home.outbox / "mail").glob("*.eml")):
            if path.name not in self.seen:
                self.seen.add(path.name)
                found.setdefault(path.name.split("-")[3], []).append(path.read_bytes())
        return found

    def _published(self) -> tuple[dict[str, list[tuple[Any, ...]]], Any]:
        with duckdb.connect(str(self.home.warehouse), read_only=True) as warehouse:
            tables = {
                name: warehouse.execute(f"SELECT {columns} FROM {name} ORDER BY ALL").fetchall()
                for name, columns in {
                    "quality.quarantined_row": "* EXCLUDE (sheet)",
                    "quality.return_rate": "*",
                    "mart.signal_evidence": "*",
                }.items()
            }
            (value,) = warehouse.execute(
                "SELECT value FROM mart.signal WHERE indicator = 'catastrophic_illness'"
            ).fetchall()
        return tables, value[0]


def sheets(path: Path) -> dict[str, list[dict[str, Any]]]:
    found = {}
    for sheet in openpyxl.load_workbook(path).worksheets:
        header, *rows = sheet.iter_rows(values_only=True)
        found[sheet.title] = [dict(zip(header, row, strict=True)) for row in rows]
    return found


@pytest.fixture(scope="module")
def week(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Week]:
    folder = tmp_path_factory.mktemp("week")
    found = Week(Home(folder / "home"), folder / "inbox")
    found.home.make()
    (folder / "contacts.yaml").write_text(CONTACTS, encoding="utf-8")
    settings = {"HOME": found.home.root, "INBOX": found.inbox, "CONTACTS_FILE": folder / "contacts.yaml"}
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("FFP_SETTLE_SECONDS", "0")
        for name, place in settings.items():
            patch.setenv(f"FFP_{name}", str(place))
        for as_of, files in SENT.items():
            for name, content in files.items():
                path = found.inbox / name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(content.encode("gb18030"))
            found.evenings[as_of] = found.night(as_of)
        yield found


def on(week: Week, as_of: date) -> Evening:
    return week.evenings[as_of]


# ---- Monday ----


def test_on_monday_a_file_is_refused_and_rows_are_held(week):
    evening = on(week, MONDAY)
    assert (evening.counts["refused"], evening.counts["newly_refused"]) == (1, 1)
    rows = evening.slip["待更正的行"]
    assert [(row["文件"], row["行号"], row["已过天数"]) for row in rows] == [
        ("health/settlements_201907.csv", 2, 0),
        ("health/settlements_201907.csv", 3, 0),
    ]
    assert [row["文件"] for row in evening.slip["被退回的文件"]] == ["health/deaths_202006.csv"]
    assert [row["行号"] for row in evening.slip["等待中的行"]] == [2]


def test_the_slip_and_the_mail_say_why_and_how(week):
    evening = on(week, MONDAY)
    row, refused = evening.slip["待更正的行"][0], evening.slip["被退回的文件"][0]
    assert (row["列"], row["如何更正"]) == ("医疗总费用", "请核对各项金额")
    assert row["更正件文件名"].startswith("settlements_201907_2.csv")
    assert refused["退回原因"] == "缺少必填列：死亡日期"
    assert evening.subject() == "退回1份，有待更正行2份，回执1份"
    mail = evening.mail()
    assert "缺少必填列：死亡日期" in mail and "第2、3行" in mail
    assert "outbox/slips/2020-07-06/health.xlsx" in mail
    assert "免费体检 2020年6月（health/checkups_202006.csv）：收到1行，入库1行" in mail


def test_the_register_that_sent_nothing_wrong_has_a_receipt(week):
    assert "下次应报" in on(week, MONDAY).mail("registry")
    assert "退回单" not in on(week, MONDAY).mail("registry")


# ---- Tuesday ----


def test_on_tuesday_the_corrected_file_closes_the_rows_and_the_refusal(week):
    evening = on(week, TUESDAY)
    assert evening.counts["newly_refused"] == 0
    assert list(evening.slip) == ["说明", "等待中的行"]
    mail = evening.mail()
    assert evening.subject() == "已更正2份，回执2份"
    assert "health/deaths_202006.csv：曾被退回，现已由 health/deaths_202006_2.csv 代替" in mail
    assert "health/settlements_201907.csv：退回的2行已全部更正或复核通过，最长用时1天" in mail
    assert "医保结算 2019年7月（health/settlements_201907_2.csv）：收到2行，入库2行" in mail


def test_each_department_has_one_mail_a_night_at_most(week):
    told = {
        day: {name: len(mails) for name, mails in one.mails.items()} for day, one in week.evenings.items()
    }
    assert told == {
        MONDAY: {"health": 1, "registry": 1},
        TUESDAY: {"health": 1},
        WEDNESDAY: {},
        THURSDAY: {"health": 1},
    }


def test_trouble_goes_to_the_engineers_too_and_good_news_does_not(week):
    to = {day: read(one.mails["health"][0])["To"] for day, one in week.evenings.items() if one.mails}
    assert to == {
        MONDAY: "liu@health.example, ops@city.example",
        TUESDAY: "liu@health.example",
        THURSDAY: "liu@health.example",
    }


def test_corrected_rows_land_at_their_own_date(week):
    """They come in July 2020 and are of July 2019: of the twelve months to that night only 20 July is one."""
    assert on(week, MONDAY).value == 0
    assert on(week, TUESDAY).value == 2000


# ---- Wednesday and Thursday ----


def test_on_wednesday_there_is_silence(week):
    evening = on(week, WEDNESDAY)
    assert evening.mails == {}
    assert [row["已过天数"] for row in evening.slip["等待中的行"]] == [2]


def test_on_thursday_the_original_releases_the_reversal(week):
    evening = on(week, THURSDAY)
    assert list(evening.slip) == ["说明"]
    assert "health/settlements_202005.csv：退回的1行已全部更正或复核通过，最长用时3天" in evening.mail()


def test_the_ages_of_the_week_are_right(week):
    closed = {
        (row[1], row[3], row[4], row[5]) for row in on(week, THURSDAY).tables["quality.quarantined_row"]
    }
    assert closed == {
        (2, "corrected", MONDAY, TUESDAY),
        (3, "corrected", MONDAY, TUESDAY),
        (2, "replayed", MONDAY, THURSDAY),
    }
    names = [item["事项"] for item in on(week, WEDNESDAY).slip["说明"]]
    rate = on(week, WEDNESDAY).slip["说明"][names.index("平均更正天数")]["内容"]
    assert rate == "1.0天"


def test_a_night_that_is_run_again_changes_nothing_and_sends_nothing(week):
    before = on(week, THURSDAY)
    again = week.night(THURSDAY)
    assert again.mails == {}
    assert (again.slip, again.tables) == (before.slip, before.tables)


def test_the_slip_in_english(week):
    engine = opened(f"sqlite:///{week.home.root}/ledger.sqlite")
    paths = written_again(week.home, engine, THURSDAY, "en")
    slip = sheets(next(path for path in paths if path.stem == "health"))
    assert "There is nothing to mend" in slip["Read me first"][1]["content"]
    assert all(
        isinstance(value, (str, int, datetime)) for row in slip["Read me first"] for value in row.values()
    )

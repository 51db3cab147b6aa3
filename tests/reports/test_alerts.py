"""What a department is told about its deliveries, once, in words, and without a value of a row."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import duckdb
import pytest

from reports.alerts import alerts, held_rows, next_due
from reports.contacts import Contacts
from reports.delivery_view import MOST_LINES, HeldRow
from reports.news import fact
from tests.reports.handmade import AS_OF, NOW, Ledger, Published, read, text_of
from warehouse.home import Home
from warehouse.ingest import receive, stage_feed, waiting
from warehouse.judge import judge
from warehouse.ledger.deliveries import all_deliveries
from warehouse.ledger.outbox import Mail, already_told, queue

CONTACTS = Contacts({"health": ("liu@health.example",)}, ("ops@city.example",))


DUE = {"settlements": date(2020, 8, 10), "deaths": date(2020, 7, 10)}


def told(ledger: Ledger, held=None, known=(), language="zh", as_of=AS_OF) -> list[Mail]:
    return alerts(
        ledger.verdicts,
        held or {},
        known,
        CONTACTS,
        as_of=as_of,
        now=NOW,
        sender="ffp@city.example",
        language=language,
        due=DUE,
    )


def one_text(ledger: Ledger, held=None, language="zh", known=()) -> str:
    (mail,) = told(ledger, held, known, language=language)
    return text_of(mail.message)


def told_facts(*mails: Mail) -> set[str]:
    return {known for mail in mails for known in mail.about}


def test_a_quiet_night_mails_nobody(ledger):
    assert told(ledger) == []
    ledger.add(rows=(10, 0, 1))
    known = told_facts(*told(ledger))
    assert told(ledger, known=known, as_of=date(2020, 7, 1)) == []


def test_one_mail_a_department_to_its_contacts_and_the_engineers(ledger):
    ledger.add(rows=(9, 1, 0))
    ledger.add("health/deaths_202006.csv", "refused", reasons=[("file_empty", "")], feed="deaths")
    ledger.add("water/outages_202006.csv", rows=(0, 3, 0), feed="outages")
    mails = told(ledger)
    assert [(mail.department, mail.recipients) for mail in mails] == [
        ("health", ("liu@health.example", "ops@city.example")),
        ("water", ("ops@city.example",)),
    ]
    assert read(mails[0].message)["To"] == "liu@health.example, ops@city.example"
    assert (
        read(mails[0].message)["Subject"] == "【防返贫监测】2020-06-30 卫健委、医保局：退回1份，有待更正行1份"
    )
    assert [len(mail.about) for mail in mails] == [2, 1]


def test_a_refused_file_in_chinese(ledger):
    reasons = [("column_missing", "结算日期"), ("looks_like", "医保参保")]
    refusals = [list(reason) for reason in reasons]
    ledger.add("health/医保结算_202006_2.csv", "refused", reasons=reasons, refusals=refusals, n=2)
    text = one_text(ledger)
    assert "被退回：health/医保结算_202006_2.csv" in text
    assert "数据集：医保结算　所属期：2020年6月" in text
    assert "缺少必填列：结算日期" in text and "表头看起来是“医保参保”" in text
    assert "仍以此前已接收的数据为准" in text
    assert "settlements_202006_3.csv（或 医保结算_202006_3.csv），放入 health/" in text
    assert "文件内容未读取" in text


def test_a_file_that_was_taken_back_is_told_with_the_reason_and_how_it_comes_in_again(ledger):
    one = ledger.add(verdict="refused", rows=(0, 80, 0), reasons=[("withdrawn", "误报旧名单")])
    text = one_text(ledger)
    assert "已由人决定撤回，理由：误报旧名单" in text
    assert "此前已接收的数据重新生效" in text and f"ffp accept {one.delivery.delivery_id} --why" in text


def test_a_refused_file_in_english(ledger):
    ledger.add(verdict="refused", rows=(0, 80, 0), reasons=[("too_many_held", "12/80")])
    text = one_text(
        ledger, {ledger.verdicts[0].delivery.delivery_id: [HeldRow(3, ("settlements.name_given",))]}, "en"
    )
    assert "1. refused: health/settlements_202006.csv" in text
    assert "wrong/received: 12/80" in text
    assert "line(s) 3" in text
    assert "A refused file has changed nothing" in text
    assert "settlements_202006_2.csv into health/" in text
    assert "must hold all rows of this one" in text
    assert f"ffp accept {ledger.verdicts[0].delivery.delivery_id} --why" in text


def test_only_a_judgement_may_be_overruled(ledger):
    ledger.add(verdict="refused", reasons=[("encoding_unknown", "UTF-8, GB18030")])
    assert "ffp accept" not in one_text(ledger)


def test_checks_are_told_by_sentence_with_counts_and_first_lines(ledger):
    one = ledger.add(
        rows=(900, 25, 0),
        broken={
            "settlements.total_is_sum": 25,
            "settlements.care_type_in_list": 1,
            "settlements.name_given": 0,
        },
    )
    rows = [HeldRow(line, ("settlements.total_is_sum",)) for line in range(30, 5, -1)]
    rows[0] = HeldRow(30, ("settlements.total_is_sum", "settlements.care_type_in_list"))
    text = one_text(ledger, {one.delivery.delivery_id: rows})
    assert "医疗总费用应等于各项支付与个人负担之和（误差不超过0.05元）：25行" in text
    first = "、".join(str(line) for line in range(6, 6 + MOST_LINES))
    assert f"第{first}行，另有5行" in text
    assert "如何更正：请核对各项金额" in text
    assert "医疗类别应为：门诊、住院、门诊慢性病：1行\n     第30行" in text
    assert "姓名必填" not in text
    assert "更正件可以只包含更正的行" in text
    assert text.index("25行") < text.index("医疗类别应为")


def test_a_mail_begins_with_the_causes_of_all_its_files(ledger):
    for period in ("202005", "202006"):
        broken = {"settlements.total_is_sum": 3, "settlements.care_type_in_list": 9}
        ledger.add(f"health/settlements_{period}.csv", rows=(900, 10, 0), broken=broken, period=period)
    ledger.add("health/deaths_202006.csv", "refused", reasons=[("file_empty", "")], feed="deaths")
    summary, _, single = one_text(ledger).partition("1. ")
    whole, most, other = (line for line in summary.splitlines() if line.startswith("- "))
    assert whole == "- 文件是空的，没有表头：整份退回1份"
    assert most == "- 医疗类别应为：门诊、住院、门诊慢性病：2份文件，共18行"
    assert other.endswith("2份文件，共6行")
    assert "医疗类别应为" in single


def test_one_file_with_one_cause_needs_no_summary(ledger):
    ledger.add(rows=(900, 1, 0), broken={"settlements.total_is_sum": 1})
    assert "主要原因" not in one_text(ledger)


def test_a_snapshot_has_to_be_sent_whole(ledger):
    ledger.add("health/insurance_202006.csv", rows=(99, 1, 0), feed="insurance")
    assert "每次报送全量" in one_text(ledger)


def test_warnings_stand_apart_and_are_no_reason_for_a_mail(ledger):
    held = {f"{1:016x}": [HeldRow(7, ("members.relation_given",))]}
    broken = {"members.id_number_length": 2, "members.relation_given": 1}
    ledger.add(
        "registry/members_202006.xlsx", rows=(9, 1, 0), feed="members", broken=broken, sheet="家庭成员"
    )
    text = one_text(ledger, held)
    assert (
        text.index("未通过的校验规则") < text.index("与户主关系必填") < text.index("提示（已入库，请核对）")
    )
    assert text.index("提示（已入库，请核对）") < text.index("15、18、20或22位：2行")
    assert "工作表“家庭成员”第7行" in text
    assert "members_202006_2.xlsx" in text


def test_warnings_alone_are_no_trouble(ledger):
    ledger.add(
        "registry/members_202006.csv", rows=(10, 0, 0), feed="members", broken={"members.id_number_length": 2}
    )
    text = one_text(ledger)
    assert "回执" in text and "未通过的校验规则" not in text and "退回单" not in text


def test_rows_that_other_deliveries_hold_have_words_too(ledger):
    one = ledger.add(rows=(8, 3, 0), pending=1)
    rows = [
        HeldRow(2, ("settlements.reversal_has_original",), "pending"),
        HeldRow(3, ("settlements.reversal_within_original",)),
        HeldRow(4, ("settlements.id_number_damaged",)),
    ]
    text = one_text(ledger, {one.delivery.delivery_id: rows})
    assert "退费行所冲销的原结算应已入库：1行\n     第2行" in text
    assert "任何一项金额不得超过原结算：1行" in text
    assert "以000结尾的号码" in text
    assert "其中1行在等待所冲销的原结算" in text


def test_rows_that_join_nothing_are_told_once_though_no_row_is_held(ledger):
    one = ledger.add("housing/dangerous_houses_202006.csv", rows=(8, 0, 0), feed="dangerous_houses")
    held = {one.delivery.delivery_id: [HeldRow(4, ("dangerous_houses.household_is_known",), "found")]}
    (mail,) = told(ledger, held)
    text = text_of(mail.message)
    assert "有无归属的行" in text and "户编号应在户信息中：1行" in text and "第4行" in text
    assert "全部行已经入库；上述各行不归入任何农户" in text
    assert told(ledger, held, known=told_facts(mail)) == []
    more = {one.delivery.delivery_id: [*held[one.delivery.delivery_id], HeldRow(5, ("x",), "found")]}
    assert told(ledger, more, known=told_facts(mail))


def test_corrected_rows_are_no_longer_listed(ledger):
    one = ledger.add(rows=(8, 2, 0), broken={"settlements.name_given": 2})
    name = ("settlements.name_given",)
    held = {one.delivery.delivery_id: [HeldRow(2, name, "corrected"), HeldRow(5, name)]}
    assert "第5行" in one_text(ledger, held)
    all_closed = {one.delivery.delivery_id: [HeldRow(2, name, "corrected"), HeldRow(5, name, "replayed")]}
    assert "未通过的校验规则" not in one_text(ledger, all_closed)


# ---- receipts ----


def test_a_receipt_says_what_was_taken_for_which_period_and_when_the_next_is_due(ledger):
    ledger.add(rows=(10, 0, 1))
    ledger.add("health/deaths_202006.csv", rows=(3, 0, 0), feed="deaths")
    (mail,) = told(ledger)
    assert read(mail.message)["Subject"] == "【防返贫监测】2020-06-30 卫健委、医保局：回执2份"
    text = text_of(mail.message)
    assert "医保结算 2020年6月（health/settlements_202006.csv）：收到11行，入库10行，重复1行" in text
    assert "死亡登记 2020年6月（health/deaths_202006.csv）：收到3行，入库3行\n" in text
    assert "下次应报：\n- 死亡登记：2020-07-10前\n- 医保结算：2020-08-10前\n" in text


def test_a_receipt_names_the_lines_of_rows_that_were_left_out(ledger):
    ledger.add(rows=(2, 0, 0), notes=[["column_unknown", "4"], ["totals_left_out", "3@5, 8-9"]])
    assert "收到2行，入库2行；合计、制表人、备注等非数据行3行（第5, 8-9行），未计入\n" in one_text(ledger)


def test_a_receipt_says_what_the_file_leaves_out_and_so_does_trouble(ledger):
    ledger.verdicts.append(replace(ledger.add(rows=(10, 0, 0)), notes=(("events_left_out", "3"),)))
    del ledger.verdicts[0]
    assert "此前同期文件中有3行这一份没有，仍然有效" in one_text(ledger)
    ledger.verdicts[0] = replace(ledger.verdicts[0], rows_quarantined=1)
    assert "3 row(s) of earlier files of the period are not in this one" in one_text(ledger, language="en")


def test_a_receipt_in_english(ledger):
    ledger.add(rows=(10, 0, 1))
    text = one_text(ledger, language="en")
    assert (
        "Medical settlements, 2020-06 (health/settlements_202006.csv): rows received: 11, loaded: 10" in text
    )
    assert "Medical settlements: by 2020-08-10" in text


@pytest.mark.parametrize("rows", [(10, 0, 0), (9, 1, 0)], ids=["receipt", "trouble"])
def test_a_mail_says_what_was_struck_out_and_what_was_merged(ledger, rows):
    notes = [["struck_out", "3@3, 5-6"], ["merged_down", "户编号×20"], ["column_unknown", "9"]]
    ledger.add(rows=rows, notes=notes)
    text = one_text(ledger)
    assert "请删除后重新报送：3行（第3, 5-6行）" in text and "户编号×20" in text and "第9列" not in text


def test_the_same_content_again_needs_no_worry(ledger):
    ledger.add(verdict="already_loaded", rows=(0, 0, 9), reasons=[("same_content", "x")])
    assert "内容此前已入库，不必再报" in one_text(ledger)


def test_good_news_alone_does_not_bother_the_engineers(ledger):
    ledger.add(rows=(10, 0, 0))
    ledger.add("water/outages_202006.csv", rows=(3, 0, 0), feed="outages")
    assert {mail.department: mail.recipients for mail in told(ledger)} == {
        "health": ("liu@health.example",),
        "water": ("ops@city.example",),  # it has no contact
    }


def test_one_mail_holds_all_three_kinds_of_news(ledger):
    refused = ledger.add("health/deaths_202006.csv", "refused", reasons=[("file_empty", "")], feed="deaths")
    ledger.add("health/deaths_202006_2.csv", rows=(3, 0, 0), feed="deaths", n=2)
    ledger.add(rows=(9, 1, 0))
    (mail,) = told(ledger, known={fact(refused)})
    assert (
        read(mail.message)["Subject"]
        == "【防返贫监测】2020-06-30 卫健委、医保局：有待更正行1份，已更正1份，回执1份"
    )
    text = text_of(mail.message)
    assert text.index("有待更正的行") < text.index("退回单") < text.index("已更正：") < text.index("回执，")


def test_trouble_names_the_slip_and_the_day(ledger):
    ledger.add(rows=(9, 1, 0))
    assert "附件退回单（即 outbox/slips/2020-06-30/health.xlsx），请在2020-07-10前更正" in one_text(ledger)
    assert "(outbox/slips/2020-06-30/health.xlsx); please mend them by 2020-07-10" in one_text(
        ledger, language="en"
    )


# ---- what has been mended ----


def test_a_refused_file_in_whose_place_another_stands_is_told_once(ledger):
    refused = ledger.add(verdict="refused", reasons=[("file_empty", "")])
    known = told_facts(*told(ledger))
    assert known == {fact(refused)}
    ledger.add("health/settlements_202006_2.csv", rows=(5, 0, 0), n=2)
    (mail,) = told(ledger, known=known)
    text = text_of(mail.message)
    assert "settlements_202006.csv：曾被退回，现已由 health/settlements_202006_2.csv 代替，不必再报" in text
    assert "请将更正后的文件" not in text
    assert told(ledger, known=known | told_facts(mail), as_of=date(2020, 7, 1)) == []


def test_so_is_one_that_nobody_was_told_of_and_it_is_not_new_trouble(ledger):
    refused = ledger.add(verdict="refused", reasons=[("file_empty", "")])
    ledger.add("health/settlements_202006_2.csv", rows=(5, 0, 0), n=2)
    (mail,) = told(ledger)
    assert "曾被退回" in text_of(mail.message) and "被退回：" not in text_of(mail.message)
    assert fact(refused) in mail.about  # or it would be newly refused every night


def test_a_refused_file_that_is_let_through_is_mended_too(ledger):
    ledger.add(rows=(9, 0, 0))
    text = one_text(ledger, known={"0000000000000001:refused:9"})
    assert "曾被退回，现已接收，收到9行，入库9行" in text


def test_rows_that_are_all_closed_are_told_with_how_long_it_took(ledger):
    one = ledger.add(rows=(8, 2, 0))
    name = ("settlements.name_given",)
    held = {one.delivery.delivery_id: [HeldRow(2, name, "corrected", 1), HeldRow(5, name, "open", 4)]}
    assert told(ledger, held, known={fact(one)}) == []
    held = {one.delivery.delivery_id: [HeldRow(2, name, "corrected", 1), HeldRow(5, name, "replayed", 5)]}
    (mail,) = told(ledger, held, known={fact(one)})
    assert "settlements_202006.csv：退回的2行已全部更正或复核通过，最长用时5天" in text_of(mail.message)
    assert told(ledger, held, known={fact(one), *mail.about}) == []


def test_rows_that_nobody_was_told_of_are_in_the_receipt_alone(ledger):
    one = ledger.add(rows=(8, 1, 0))
    text = one_text(
        ledger, {one.delivery.delivery_id: [HeldRow(2, ("settlements.name_given",), "corrected")]}
    )
    assert "已更正：" not in text and "收到9行，入库8行，1行已由其他文件更正" in text


def test_a_later_list_takes_the_place_of_a_refused_one_and_of_events_it_does_not(ledger):
    ledger.add(
        "health/insurance_202005.csv",
        "refused",
        reasons=[("file_empty", "")],
        feed="insurance",
        period="202005",
    )
    ledger.add("health/insurance_202006.csv", rows=(5, 0, 0), feed="insurance")
    ledger.add(
        "health/deaths_202005.csv", "refused", reasons=[("file_empty", "")], feed="deaths", period="202005"
    )
    ledger.add("health/deaths_202006.csv", rows=(5, 0, 0), feed="deaths")
    text = one_text(ledger)
    assert "insurance_202005.csv：曾被退回，现已由 health/insurance_202006.csv 代替" in text
    assert "被退回：health/deaths_202005.csv" in text


def test_the_same_bytes_in_the_right_folder_take_the_place_of_those_in_the_wrong_one(ledger):
    same = {"feed": "deaths", "sha256": "5" * 64}
    ledger.add("education/deaths_202006.csv", "refused", reasons=[("wrong_folder", "deaths")], **same)
    ledger.add("health/deaths_202006.csv", rows=(5, 0, 0), **same)
    assert {mail.department: "曾被退回" in text_of(mail.message) for mail in told(ledger)} == {
        "education": True,
        "health": False,
    }


def test_rows_that_a_correction_left_out_are_still_asked_for(ledger):
    ledger.add(rows=(8, 2, 0))
    ledger.add("health/settlements_202006_2.csv", rows=(1, 0, 0), n=2)
    text = one_text(ledger)
    assert "settlements_202006_3.csv" in text and "不必再报" not in text


@pytest.mark.parametrize("reason", [("not_staged", ""), ("check_could_not_run", "settlements.name_given")])
def test_a_fault_of_ours_asks_the_department_for_nothing(ledger, reason):
    ledger.add(verdict="refused", reasons=[reason])
    text = one_text(ledger)
    assert "部门不必重报" in text and "请将更正后的文件" not in text


def test_the_next_number_follows_the_greatest_one(ledger):
    ledger.add(rows=(8, 2, 0))
    ledger.add("health/settlements_202006_4.csv", "refused", reasons=[("file_empty", "")], n=4)
    assert one_text(ledger).count("settlements_202006_5.csv") == 2


def test_a_file_in_the_wrong_folder_is_to_be_moved(ledger):
    ledger.add("education/deaths_202006.csv", "refused", reasons=[("wrong_folder", "deaths")], feed="deaths")
    assert "请将文件改放到 health/ 文件夹" in one_text(ledger)


@pytest.mark.parametrize(("folder", "title"), [("water", "水利局"), ("nowhere", "nowhere")])
def test_an_unnameable_file_goes_to_the_engineers_and_its_folder(ledger, folder, title):
    ledger.add(f"{folder}/2020年数据.csv", "refused", reasons=[("name_unknown", "x")], feed=None, period=None)
    (mail,) = told(ledger)
    assert mail.recipients == ("ops@city.example",)
    text = text_of(mail.message)
    assert text.startswith(f"{title}：")
    assert "文件名无法识别" in text and "请按“数据集_所属期.扩展名”重新命名" in text
    assert ("停水记录 outages" in text) == (folder == "water")


def test_what_was_told_is_not_told_again(ledger, engine):
    ledger.add(rows=(9, 1, 0))
    ledger.add("health/deaths_202006.csv", "refused", reasons=[("file_empty", "")], feed="deaths")
    with engine.begin() as connection:
        assert queue(connection, told(ledger), NOW) == 1
        assert queue(connection, told(ledger), NOW) == 0
    assert told(ledger, known=already_told(engine), as_of=date(2020, 7, 1)) == []


def test_what_is_due_is_read_from_the_published_warehouse(published: Published):
    published.add("quality.freshness", feed="deaths", expected_by=date(2020, 7, 10))
    published.add("quality.freshness", feed="visits")
    assert next_due(published.home.warehouse) == {"deaths": date(2020, 7, 10)}


def test_a_new_problem_is_told_without_the_old_one(ledger):
    first = ledger.add(rows=(9, 1, 0))
    known = {fact(first)}
    second = ledger.add("health/deaths_202006.csv", "refused", reasons=[("file_empty", "")], feed="deaths")
    (mail,) = told(ledger, known=known)
    assert mail.about == (fact(second),) == ("0000000000000002:refused:0",)


@pytest.mark.parametrize(
    ("rows", "verdict", "count"),
    [(3, "accepted", 1), (2, "accepted", 0), (1, "accepted", 0), (2, "refused", 1)],
)
def test_more_rows_or_another_verdict_is_news_and_fewer_rows_are_none(ledger, rows, verdict, count):
    ledger.add(verdict=verdict, rows=(9, rows, 0))
    assert len(told(ledger, known={"0000000000000001:accepted:2"})) == count


def test_the_same_night_makes_the_same_mail(ledger):
    ledger.add(rows=(9, 1, 0))
    assert told(ledger) == told(ledger)
    assert told(ledger, as_of=date(2020, 7, 1))[0].mail_id != told(ledger)[0].mail_id


def test_names_of_files_cannot_break_out_of_the_page_or_the_headers(ledger):
    name = "health/<script>alert(1)</script>\nBcc: spy@x.example.csv"
    ledger.add(name, "refused", reasons=[("name_unknown", "x")], feed=None, period=None)
    (mail,) = told(ledger)
    page = text_of(mail.message, "html")
    assert "<script>" not in page and "&lt;script&gt;" in page
    assert read(mail.message)["Bcc"] is None
    assert "\nBcc" not in text_of(mail.message)


def test_both_bodies_say_the_same(ledger):
    ledger.add(rows=(9, 1, 0), broken={"settlements.name_given": 1})
    (mail,) = told(ledger, language="en")
    page = re.sub(r"<[^>]+>", "", text_of(mail.message, "html"))
    for line in text_of(mail.message).splitlines():
        assert line.strip().removeprefix("- ").replace("'", "&#39;") in page


def test_held_rows_are_read_from_the_published_warehouse(published: Published):
    row = {
        "delivery_id": "d1",
        "expectation_ids": "settlements.name_given,settlements.total_is_sum",
        "held_since": date(2020, 6, 25),
    }
    published.add("quality.quarantined_row", line=9, status="corrected", closed_on=date(2020, 6, 27), **row)
    published.add("quality.quarantined_row", line=4, status="pending", **row)
    assert held_rows(published.home.warehouse) == {
        "d1": [
            HeldRow(4, ("settlements.name_given", "settlements.total_is_sum"), "pending", 5),
            HeldRow(9, ("settlements.name_given", "settlements.total_is_sum"), "corrected", 2),
        ]
    }


SETTLEMENTS = (
    "结算编号,原结算编号,证件号码,姓名,医疗类别,结算日期,医疗总费用,统筹支付,大病保险支付,医疗救助支付,"
    "个人负担总额\n"
    "JS0001,,410184196501010017,欧阳娜娜,住院,2020-06-01,9137.55,4000,0,0,5137.55\n"  # wrong check digit
    "JS0002,,41018419650101,欧阳震华,住院,2020-06-01,8123.45,1,0,0,1\n"  # too short, and no sum
    "JS0003,,护照E12345678,司马光,住院院,2020-06-31,壹佰,1,0,0,1\n"
    "JS0004,JS9999,410184197001010031,诸葛亮,门诊,2020-06-02,-77.77,-7.77,0,0,-70.00\n"
)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_no_value_of_a_row_is_in_a_mail(tmp_path: Path, engine, language):
    """A file with faults of every kind is staged and judged, and none of its cells comes out again."""
    home, inbox = Home(tmp_path / "home"), tmp_path / "inbox"
    (inbox / "health").mkdir(parents=True)
    (inbox / "health" / "settlements_202006.csv").write_text(SETTLEMENTS, encoding="utf-8")
    receive(engine, inbox, home, 0, NOW)
    for feed, listed in waiting(engine, home).items():
        stage_feed(engine, home, feed, listed)
    with duckdb.connect(":memory:") as connection:
        connection.execute("ATTACH ':memory:' AS work")
        verdicts = judge(connection, home, all_deliveries(engine), frozenset())
    assert verdicts[0].rows_quarantined == 4
    held = {verdicts[0].delivery.delivery_id: [HeldRow(line, ()) for line in range(2, 6)]}
    mails = alerts(
        verdicts, held, (), CONTACTS, as_of=AS_OF, now=NOW, sender="a@b.example", language=language
    )
    said = text_of(mails[0].message) + text_of(mails[0].message, "html") + read(mails[0].message)["Subject"]
    assert len(verdicts[0].delivery.broken) > 5
    for row in SETTLEMENTS.splitlines()[1:]:
        number, original, *cells = row.split(",")
        for cell in (number, original, cells[0], cells[1], cells[4]):
            assert not cell or cell not in said

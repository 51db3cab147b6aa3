"""What says the same however it was written, and what is taken off on the way: one file of each kind."""

from __future__ import annotations

from datetime import date

import pytest

from expectations.types.blanks import spelling
from reports.reasons import reason_words
from tests.feeds.intake import Inbox
from tests.spec.drawn import number_of
from warehouse.ledger.deliveries import table_rows
from warehouse.ledger.tables import delivery

A, B, C, D = (number_of(date(1960 + nth, 1, 1), 0) for nth in range(4))
DEATHS = f"""证件号码,姓名,死亡日期
{A},王芳,2020-06-01
{A},王 芳,2020.6.1
{A[:9]}\u200b{A[9:]},王\u2003芳,20200601
{B},阿・买提,2020-06-02
{B},阿·买提,2020-06-02
{B},Ａ买提,2020-06-02
{C},⼥生,2020-06-02
{C},女生,2020-06-02
830000198504041211,李志,2020-06-02
H12345678,李志,2020-06-03
12345678,李志,2020-06-03
"""
PAID = "困难残疾人生活补贴,202005"
SUBSIDIES = f"""残疾证号,姓名,补贴类别,发放年月,发放金额
{A}43,王芳,{PAID},60
{A}43B1,王芳,{PAID},60
{B}43,李强,{PAID},60
{B}43B1,李强,{PAID},60
{B}43B1,李强,{PAID},70
{C}43,赵敏,{PAID},60
{C}44,赵敏,{PAID},60
"""
HOUSES = """户编号,户主姓名,危房等级,鉴定日期
4101840000000161\u200b,王芳,D,2020-05-11
\ufeff4101840000000162\u2003,李强,C,2020-05-12
4101840000000163号,赵敏,C,2020-05-12
nan,赵敏,C,2020-05-13
ＮＵＬＬ,赵敏,C,2020-05-14
0,赵敏,C,2020-05-15
不详,赵敏,C,2020-05-16
赵敏,赵敏,C,2020-05-17
4101\u202e84,赵敏,C,2020-05-12
"""


@pytest.fixture(scope="module")
def inbox():
    box = Inbox()
    box.put("health/deaths_202006.csv", DEATHS)
    box.put("civil_affairs/disability_subsidies_202005.csv", SUBSIDIES)
    box.put("housing/dangerous_houses_202006.csv", HOUSES)
    box.take_in()
    return box


def test_a_death_written_in_several_ways_is_one_row_and_shown_as_it_was_written_first(inbox):
    """Another name is another content: both rows about it are held."""
    broken = inbox.broken("deaths_202006")
    assert [line for line in sorted(inbox.rows("deaths_202006"))] == [2, 5, 7, 8, 10, 11, 12]
    assert inbox.column("deaths_202006", "name")[0] == "王芳"
    assert broken[5] == broken[7] == {"key_is_unique"} and 2 not in broken and 8 not in broken


def test_a_document_that_is_not_read_is_said_to_be_one(inbox):
    broken = inbox.broken("deaths_202006")
    assert broken[10] == broken[11] == {"id_number_foreign"} and broken[12] == {"id_number_length"}


def test_a_certificate_issued_anew_is_the_same_one_and_another_grade_is_not(inbox):
    assert sorted(inbox.rows("disability_subsidies_202005")) == [2, 4, 6, 7, 8]
    assert inbox.broken("disability_subsidies_202005") == {6: {"key_is_unique"}}


def test_a_household_number_is_read_as_it_is_seen_or_held(inbox):
    numbers = inbox.column("dangerous_houses_202006", "household_id")
    assert numbers == ["4101840000000161", "4101840000000162", *[None] * 6, "410184"]
    readable, given = {"household_id_readable"}, {"household_id_given"}
    broken = inbox.broken("dangerous_houses_202006")
    assert [broken[line] for line in range(4, 10)] == [readable, given, given, given, given, readable]


def test_what_nobody_sees_is_said_to_have_been_taken_off(inbox):
    rows = table_rows(inbox.engine, delivery)
    (notes,) = (dict(row["notes"]) for row in rows if row["feed"] == "dangerous_houses")
    assert notes["unseen_taken_off"] == "U+200B：1、U+202E：1、U+FEFF：1"
    assert "U+200B" in reason_words("unseen_taken_off", notes["unseen_taken_off"], "zh")


def test_labels_are_compared_without_look_alikes_and_what_nobody_sees():
    assert {
        spelling(label) for label in ("⼾编号", "户\u200b编 号", "\ufeff户编号\u2003", "户\ufe00编号")
    } == {"户编号"}

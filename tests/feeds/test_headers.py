"""What a column may be called, which of two names counts, and what is said of a header that nobody knows."""

from __future__ import annotations

import pytest

from expectations.columns import integer, number
from expectations.contract import Cadence, Feed, Kind
from expectations.everyday import NUMBERS_OF_PERSON
from expectations.feeds import catalogue
from expectations.headers import evened, fit, names_in
from expectations.near import is_of_headers
from reports.reasons import reason_words
from tests.feeds.intake import header, lines, read
from warehouse.landing.layout import find, signature

FEEDS = list(catalogue().values())


@pytest.mark.parametrize("feed", FEEDS, ids=lambda feed: feed.name)
def test_a_header_in_everyday_words_is_read_as_the_contracts_own(feed):
    """Every everyday name once, the others in the contract's words; an amount says its unit."""
    labels = [column.label for column in feed.columns]
    expected = fit(feed, labels).places
    for name, column in names_in(feed).everyday.items():
        place = expected[column.name]
        renamed = [
            *labels[:place],
            f"{name}（万元）" if "万元" in column.label else name,
            *labels[place + 1 :],
        ]
        found = fit(feed, renamed)
        assert (found.places, found.faults, found.unknown) == (expected, (), ()), name


@pytest.mark.parametrize("name", NUMBERS_OF_PERSON)
def test_an_identity_number_is_known_by_all_its_names_in_every_feed(name):
    for feed in FEEDS:
        for column in feed.columns:
            if column.label.endswith("证件号码"):
                assert names_in(feed).column((column.label.replace("证件号码", name),))[0] is column


def test_no_everyday_name_means_two_columns_or_takes_a_name_of_the_contract():
    for feed in FEEDS:
        names = names_in(feed)
        assert not names.everyday.keys() & {*names.plain, *(evened(label) for label in names.whole)}


@pytest.mark.parametrize(
    "other", ["监护人身份证号", "申请人姓名", "户主", "经办人员姓名", "配偶身份证号", "家长姓名"]
)
def test_somebody_elses_name_and_number_are_no_names_of_the_person(other):
    for feed in FEEDS:
        assert names_in(feed).column((other,))[0] is None


def test_an_everyday_name_says_nothing_where_the_contracts_own_stands():
    both = fit(catalogue()["deaths"], ["姓名", "身份证号", "证件号码", "死亡日期", "死亡时间"])
    assert both.places == {"name": 0, "id_number": 2, "died_on": 3}
    assert (both.unknown, both.twins, both.faults) == ((2, 5), (), ())


def test_of_two_everyday_names_nobody_knows_which_is_meant_unless_they_agree():
    assert fit(catalogue()["deaths"], ["姓名", "身份证号", "公民身份号码", "死亡日期"]).twins == (
        ("id_number", 2),
    )


def test_a_group_is_no_column_though_a_column_may_be_called_so():
    """电话 over 家庭电话 and 联系电话 names neither: the lower row does."""
    upper = ["户编号", "行政村代码", "户主姓名", "户主身份证号", "户类型", "电话", "电话"]
    lower = ["", "", "", "", "", "家庭电话", "联系电话"]
    layout = find(catalogue()["households"], [(1, upper), (2, lower)])
    assert layout is not None and layout.header.places["phone"] == 6
    assert (layout.header.twins, layout.last_line) == ((), 2)


# ---- what stands in brackets ----

PAIR = Feed(
    name="pair", title="对象数", title_en="pair", kind=Kind.EVENTS, cadence=Cadence.ANY_DAY,
    columns=(
        number("village", "村", "village", key=True),
        integer("households", "低保对象（户）", "households", required=True),
        integer("persons", "低保对象（人）", "persons", required=True),
    ),
)  # fmt: skip


@pytest.mark.parametrize(
    ("labels", "places"),
    [(["村", "低保对象(户)", "低保对象（人）"], {"village": 0, "households": 1, "persons": 2}),
     (["低保对象（ 人 ）", "村", "低保对象(户)"], {"village": 1, "households": 2, "persons": 0}),
     (["村", "低保对象", "低保对象(人)"], {"village": 0, "persons": 2}),
     (["村", "低保对象(个)", "persons"], {"village": 0, "persons": 2})],
)  # fmt: skip
def test_columns_that_differ_in_their_brackets_alone_are_told_apart(labels, places):
    assert fit(PAIR, labels).places == places


def test_a_header_that_comes_again_with_its_brackets_changed_over_is_another():
    names = names_in(PAIR)
    one, other = ["村", "低保对象(户)", "低保对象(人)"], ["村", "低保对象(人)", "低保对象(户)"]
    assert (
        signature(one, names) != signature(other, names) == signature(["村", "persons", "households"], names)
    )


# ---- what is said of a header that nobody knows ----


def said(content: str, name: str = "deaths_202006", department: str = "health", language: str = "zh") -> str:
    ((code, detail),) = read(content, name, department=department).delivery(name).refusals
    return reason_words(code, detail, language)


def test_a_missing_column_is_asked_about_where_a_header_is_near():
    content = lines("姓名,学生身份证,离世日期,备注", "王,1,2,3")
    assert said(content) == (
        "缺少必填列：证件号码、死亡日期；第2列“学生身份证”未识别，是否即“证件号码”？；"
        "第3列“离世日期”未识别，是否即“死亡日期”？；第4列“备注”未识别"
    )
    assert "column 2 “学生身份证” is not recognised: is it 证件号码?" in said(content, language="en")


def test_a_cell_that_may_be_somebodys_name_is_known_by_its_number_alone():
    detail = said(lines("姓名,王老五,死亡日期,13812345678", "王,1,2,3"))
    assert detail == "缺少必填列：证件号码；第2、4列未识别"
    assert said(lines("王老五,41018419700101123X,2020-06-01")) == "缺少必填列：证件号码、姓名、死亡日期"


@pytest.mark.parametrize("word", ["学生身份证", "死者姓名", "发放年月", "证号", "所在村"])
def test_a_label_is_made_of_the_words_of_headers(word):
    assert is_of_headers(word)


@pytest.mark.parametrize(
    "word", ["王芳", "张金额", "李月", "欧阳家庭", "4101841970", "柳河村", "Zhang San", ""]
)
def test_a_name_is_not(word):
    assert not is_of_headers(word)


def test_the_columns_of_a_header_in_everyday_words_are_typed_like_any():
    rows = ["姓名,公民身份号码,死亡时间", "王一,410184196001020019,2020-06-01"]
    inbox = read(lines(*rows))
    assert (inbox.column("deaths_202006", "name"), inbox.broken("deaths_202006")) == (["王一"], {})
    assert header("deaths") == "证件号码,姓名,死亡日期,作废标志"


@pytest.mark.parametrize("label", ["⼾编号", "户\u2003编\u200b号", "户编号（必填）", "户 编 号"])
def test_look_alikes_and_what_nobody_sees_make_no_other_header(label):
    assert fit(catalogue()["access"], [label]).places == {"household_id": 0}

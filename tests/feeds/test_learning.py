"""`ffp learn`, its parts: what a sample's columns, key, kind and times are taken for."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

from deployments.demo import make_city
from expectations.contract import Cadence, Classification, Column, Feed, Kind, Promise, Type
from expectations.feeds import catalogue
from expectations.periods import BadPeriod
from reports.draft import draft_text
from reports.draft_words import refused_words, to_look_at
from tests.feeds.credit import BANKS, LABELS, PURPOSES, credit_file, credit_rows, personal_values
from tests.feeds.shipped import shipped_alone
from warehouse.landing.names import BadName, name_of
from warehouse.landing.sheet import Unreadable
from warehouse.landing.unpromised import NoHeader, header_of
from warehouse.learning import Learned, NotLearnable, learned
from warehouse.learning.times import kind_of, told_by_name


@pytest.fixture(scope="module", autouse=True)
def no_department_but_those_shipped() -> Iterator[None]:
    """What a city adds would make more headers known."""
    with shipped_alone():
        yield


def sample(folder: Path, content: bytes | str, name: str = "样本信贷_202006.csv") -> Path:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


@pytest.fixture(scope="module")
def credit(tmp_path_factory: pytest.TempPathFactory) -> Learned:
    return learned(sample(tmp_path_factory.mktemp("credit"), credit_file()), "elsewhere", "sample_loans")


def by_label(found: Learned) -> dict[str, Column]:
    return {column.label: column for column in found.feed.columns}


# ---- columns ----


def test_each_column_of_a_first_file_gets_its_type(credit):
    types = {label: column.type.value for label, column in by_label(credit).items()}
    assert types == {
        "贷款编号": "number", "户编号": "number", "借款人姓名": "text", "借款人身份证号": "person_number",
        "行政村代码": "village", "贷款银行": "code", "贷款金额（万元）": "money", "放款日期": "date",
        "到期日期": "date", "期限（月）": "integer", "年利率（%）": "decimal", "是否逾期": "flag",
        "逾期金额（元）": "money", "贷款用途": "code", "联系电话": "text", "家庭住址": "text",
        "经办人": "text", "备注": "text",
    }  # fmt: skip
    assert credit.left_out == ("序号",)


def test_headers_that_a_contract_knows_keep_its_names_and_others_have_none(credit):
    names = {label: column.name for label, column in by_label(credit).items()}
    known = ("户编号", "行政村代码", "联系电话", "备注", "借款人姓名", "借款人身份证号")
    assert [names[label] for label in known] == [
        "household_id", "village_code", "phone", "note", "name", "id_number",
    ]  # fmt: skip
    assert {name for label, name in names.items() if label not in known} == {
        f"column_{LABELS.index(label) + 1}" for label in names if label not in known
    }


def test_lists_hold_the_samples_values_and_only_of_columns_that_name_nobody(credit):
    codes = {label: set(column.codes) for label, column in by_label(credit).items() if column.codes}
    assert codes == {
        "贷款银行": set(BANKS),
        "贷款用途": set(PURPOSES),
    }  # 经办人 has two values, and they are people


def test_whatever_tells_who_somebody_is_stays_in_the_vault(credit):
    hidden = {label for label, c in by_label(credit).items() if c.classification is Classification.IDENTIFIER}
    assert hidden == {"借款人姓名", "借款人身份证号", "联系电话", "家庭住址", "经办人", "备注"}


def test_a_column_without_an_empty_cell_must_be_filled(credit):
    optional = {label for label, column in by_label(credit).items() if not column.required}
    assert optional == {"逾期金额（元）", "备注"}


def test_a_number_is_paired_with_the_name_of_the_same_person(tmp_path):
    rows = "户主姓名,监护人姓名,身份证号,户主身份证号,姓名\n" + "".join(
        f"王一{nth},李二,{row[4]},{row[4]},张三\n" for nth, row in enumerate(credit_rows())
    )
    found = by_label(learned(sample(tmp_path, rows, "名单_202006.csv"), "elsewhere"))
    assert found["户主身份证号"].named_by == "head_name" and not found["户主身份证号"].required
    assert found["身份证号"].named_by == "name" and found["身份证号"].required


def test_a_number_without_a_name_joins_no_person(tmp_path):
    rows = "身份证号,金额\n" + "".join(f"{row[4]},5\n" for row in credit_rows())
    found = learned(sample(tmp_path, rows, "名单_202006.csv"), "elsewhere")
    assert by_label(found)["身份证号"].type is Type.NUMBER
    assert by_label(found)["身份证号"].classification is Classification.IDENTIFIER
    assert any("身份证号" in told and "姓名" in told for told in to_look_at(found, "zh"))


ALIKE = [
    ("发生时间", ["43891", "43892"], Type.DATE),
    ("人数", ["43891", "43892"], Type.INTEGER),  # what Excel would call March 2020
    ("贷款额度（元）", ["30000", "50000"], Type.MONEY),
    ("发放年月", ["202005", "202006"], Type.MONTH),
    ("产量", ["202005", "202006"], Type.INTEGER),
    ("月份", ["2020年5月", "2020年6月"], Type.MONTH),
    ("建档年度", ["2014", "2019"], Type.YEAR),
    ("面积", ["2014", "2019"], Type.INTEGER),
    ("学期", ["2019秋", "2020春"], Type.TERM),
    ("是否在家", ["1", "0"], Type.FLAG),
    ("务工", ["1", "0"], Type.INTEGER),
    ("在家", ["有", "无"], Type.FLAG),
    ("残疾等级", ["1", "2"], Type.CODE),
    ("门牌", ["甲", "乙"], Type.TEXT),
    ("负责人", ["甲", "乙"], Type.TEXT),
    ("带头", ["王秀英", "李国强"], Type.TEXT),  # few, and they look like names
    ("品种", ["种植", "养殖"], Type.CODE),
    ("合同", ["00012", "00013"], Type.NUMBER),  # zeros in front are no count
    ("流水", ["4.10184E+15", "4.20184E+15"], Type.NUMBER),
    ("村编码", ["410184100001", "410184100002"], Type.VILLAGE),
    ("补贴", ["12.50", "-3"], Type.MONEY),
    ("重量", ["12.5", "3"], Type.DECIMAL),
    ("说明", ["", "-"], Type.TEXT),
    ("联系方式", ["13903710001", "13903710002"], Type.TEXT),
    ("开户账号", ["6217000010001", "6217000010002"], Type.TEXT),
]


@pytest.fixture(scope="module")
def alike(tmp_path_factory: pytest.TempPathFactory) -> list[Column]:
    """All of them in one sample."""
    rows = [["户编号", *(label for label, *_ in ALIKE)]]
    rows += [[f"H{nth:04}", *(cells[nth % 2] for _, cells, _ in ALIKE)] for nth in range(24)]
    text = "\n".join(",".join(row) for row in rows)
    return list(
        learned(sample(tmp_path_factory.mktemp("alike"), text, "名单_202006.csv"), "elsewhere").feed.columns[
            1:
        ]
    )


@pytest.mark.parametrize("nth", range(len(ALIKE)), ids=[f"{label} {cells[0]}" for label, cells, _ in ALIKE])
def test_the_headers_words_decide_between_types_that_look_alike(alike, nth):
    assert alike[nth].type is ALIKE[nth][2]


@pytest.mark.parametrize(
    ("rows", "wrong", "is_date"), [(24, 1, True), (24, 2, False), (40, 2, True), (9, 1, False)]
)
def test_a_few_cells_that_cannot_be_read_are_faults_of_the_sample(tmp_path, rows, wrong, is_date):
    """One in twenty; of ten and more at least one."""
    cells = ["昨天"] * wrong + ["2020-05-01"] * (rows - wrong)
    text = "户编号,走访日期\n" + "".join(f"H{nth:04},{cell}\n" for nth, cell in enumerate(cells))
    found = learned(sample(tmp_path, text, "名单_202006.csv"), "elsewhere")
    assert (by_label(found)["走访日期"].type is Type.DATE) == is_date
    assert found.rows_held == (wrong if is_date else 0)


def test_a_bound_of_the_contract_gives_way_to_the_sample(tmp_path):
    rows = "户编号,差额（元）,投资（元）,温度,到期日期\n" + "".join(
        f"H{nth:04},{5 - nth},{nth * 2_000_000},{nth - 3},{2021 + nth % 2}-0{6 + nth % 2}-30\n"
        for nth in range(12)
    )
    found = learned(sample(tmp_path, rows, "名单_202006.csv"), "elsewhere")
    columns = by_label(found)
    assert (columns["差额（元）"].minimum, columns["投资（元）"].maximum) == (-10_000_000, 1_000_000_000)
    assert columns["温度"].minimum is None and columns["到期日期"].years_ahead == 3
    assert found.rows_held == 0


# ---- the key ----


def learned_from(tmp_path: Path, text: str, name: str) -> Learned:
    return learned(sample(tmp_path, text, name), "elsewhere")


def keys(found: Learned) -> list[str]:
    return [column.label for column in found.feed.keys]


PAID = "户编号,姓名,身份证号,发放年月,金额\n" + "".join(
    f"{row[2]},{row[3]},{row[4]},202006,5\n" for row in credit_rows()
)


def test_the_key_is_a_number_of_the_row_where_there_is_one(credit):
    assert keys(credit) == ["贷款编号"]


def test_a_payment_without_a_number_of_its_own_is_named_by_its_month_too(tmp_path):
    """The next month's payment to the household would else take its place."""
    assert keys(learned_from(tmp_path, PAID, "补贴发放_202006.csv")) == ["户编号", "发放年月"]
    assert keys(learned_from(tmp_path, PAID, "补贴名单_202006.csv")) == ["户编号"]


def test_as_many_columns_as_tell_the_rows_apart(tmp_path):
    rows = "户编号,险种类别,结果\n" + "".join(f"H{nth // 2:03},{'甲乙'[nth % 2]},好\n" for nth in range(24))
    found = learned_from(tmp_path, rows, "名单_202006.csv")
    assert keys(found) == ["户编号", "险种类别"] and found.rows_of_shared_keys == 0


def test_where_no_columns_do_it_is_said(tmp_path):
    rows = "户编号,金额\n" + "".join(f"H{nth // 2:03},{nth}\n" for nth in range(24))
    found = learned_from(tmp_path, rows, "名单_202006.csv")
    assert keys(found) == ["户编号"] and found.rows_of_shared_keys == 12
    assert any("12行" in told for told in to_look_at(found, "zh"))


def test_rows_that_are_the_same_to_the_letter_do_not_spoil_a_key(tmp_path):
    rows = "户编号,金额\n" + "".join(f"H{nth:03},5\n" for nth in range(24)) + "H003,5\n"
    found = learned_from(tmp_path, rows, "名单_202006.csv")
    assert (keys(found), found.rows_of_shared_keys, found.rows_held) == (["户编号"], 0, 0)


def test_a_yearly_list_that_says_its_year_is_whole_for_that_year(tmp_path):
    rows = "户编号,年度,金额\n" + "".join(f"H{nth:03},2019,5\n" for nth in range(24))
    found = learned_from(tmp_path, rows, "名单_2019.csv")
    assert (found.feed.partition, keys(found)) == ("year", ["户编号", "年度"])


def test_free_text_is_never_part_of_the_key(tmp_path):
    """A disease or a reason is spelt anew in each file."""
    rows = "户编号,病种\n" + "".join(f"H{nth // 2:03},病{nth}\n" for nth in range(24))
    found = learned_from(tmp_path, rows, "名单_202006.csv")
    assert keys(found) == ["户编号"] and found.rows_of_shared_keys == 12


def test_where_there_is_nothing_but_text_it_is_said(tmp_path):
    rows = "病种,金额\n" + "".join(f"病{nth},5\n" for nth in range(24))
    told = to_look_at(learned_from(tmp_path, rows, "名单_202006.csv"), "zh")
    assert any("暂用文字列" in sentence for sentence in told)


# ---- times ----


def test_a_period_may_be_given_where_the_name_tells_none(tmp_path):
    found = learned(sample(tmp_path, credit_file(), "样本信贷.csv"), "elsewhere", period_text="202006")
    assert (found.feed.title, found.feed.cadence, found.rows_held) == ("样本信贷", Cadence.MONTH, 0)
    with pytest.raises(BadPeriod):
        learned(sample(tmp_path, credit_file(), "样本信贷.csv"), "elsewhere", period_text="202013")


@pytest.mark.parametrize(
    ("stem", "told"),
    [
        ("样本信贷_202006", ("样本信贷", "202006")),
        ("loans_20200630_2", ("loans", "20200630")),
        ("小额信贷_2019", ("小额信贷", "2019")),
        ("2020年6月小额信贷", ("小额信贷", "202006")),
        ("小额信贷（2020.06）", ("小额信贷", "202006")),
        ("小额信贷2020年度", ("小额信贷", "2020")),
        ("样本信贷", None),
        ("小额信贷12345678901", None),
    ],
)
def test_a_file_name_tells_title_and_period(stem, told):
    assert told_by_name(stem) == told


def test_kind_and_times_follow_from_the_name_and_the_columns(credit):
    feed = credit.feed
    assert (feed.kind, feed.cadence, feed.promise) == (
        Kind.EVENTS,
        Cadence.MONTH,
        Promise(day=10, months_after=1),
    )
    assert (feed.event_date, feed.main_amount) == ("column_9", "column_8")  # 放款日期, not 到期日期; 贷款金额
    assert by_label(credit)["到期日期"].years_ahead == 3
    money, day = replace(feed.columns[6], codes={}), feed.columns[7]
    assert [kind_of(title, (money, day)) for title in ("信贷名单", "名单发放", "危房名单", "走访")] == [
        Kind.SNAPSHOT, Kind.EVENTS, Kind.SNAPSHOT, Kind.EVENTS,
    ]  # fmt: skip
    assert kind_of("走访", (day,)) is Kind.SNAPSHOT


def test_a_term_file_is_one_by_its_column(tmp_path):
    rows = "姓名,证件号码,学期\n" + "".join(f"{row[3]},{row[4]},2020春\n" for row in credit_rows())
    found = learned_from(tmp_path, rows, "补助名册_202003.csv")
    assert (found.feed.cadence, found.feed.partition) == (Cadence.TERM, "term")
    assert found.feed.promise and found.feed.promise.by_term


# ---- units ----


@pytest.mark.parametrize(
    ("above", "label", "said"),
    [
        ("单位：万元\n", "金额", "按万元读取的金额（依据表头、单位行或表上方的说明）：金额。"),
        ("", "金额（万元）", "按万元读取的金额（依据表头、单位行或表上方的说明）：金额（万元）。"),
        ("", "金额", "按元读取的金额（样本未写明万元）：金额。"),
    ],
)
def test_the_unit_in_which_amounts_are_read_is_said(tmp_path, above, label, said):
    rows = f"{above}户编号,{label}\n" + "".join(f"H{nth:03},1.5\n" for nth in range(24))
    found = learned_from(tmp_path, rows, "名单_202006.csv")
    assert said in to_look_at(found, "zh")


def test_a_sample_that_its_own_draft_would_refuse_says_why(tmp_path):
    rows = "单位：千元\n户编号,金额\n" + "".join(f"H{nth:03},1.5\n" for nth in range(24))
    told = to_look_at(learned_from(tmp_path, rows, "名单_202006.csv"), "zh")
    assert any(sentence.startswith("按此草稿，样本会整份被退回：单位无法确定") for sentence in told)


# ---- the text ----


def read_back(found: Learned) -> Feed:
    said: dict[str, object] = {}
    exec(draft_text(found), said)
    feed = said[found.feed.name]
    assert isinstance(feed, Feed)
    return replace(feed, department=found.feed.department)


def test_the_draft_says_what_was_learned(credit):
    assert read_back(credit) == credit.feed
    assert all(len(line) <= 110 for line in draft_text(credit).splitlines())


def test_neither_draft_nor_report_holds_a_value_of_a_row(credit):
    said = "\n".join([draft_text(credit), *to_look_at(credit, "zh"), *to_look_at(credit, "en")])
    assert [value for value in personal_values() if value in said] == []
    assert "农信社" in said


def test_a_feed_more_of_a_department_that_there_is_names_no_department(tmp_path):
    found = learned(sample(tmp_path, credit_file()), "health", "sample_loans")
    assert not found.is_new_department and "Department" not in draft_text(found)
    assert read_back(found) == found.feed


SOME_FEEDS = ["access", "deaths", "divisions", "households", "members", "quality_tests"]


@pytest.mark.parametrize("feeds", [SOME_FEEDS, pytest.param(None, marks=pytest.mark.torture, id="all")])
def test_the_files_of_the_demo_city_are_learned_as_their_contracts_say(tmp_path, feeds):
    """With headers that the contracts know; the files are as dirty as the city is."""
    make_city(tmp_path / "inbox", tmp_path / "truth", households=300)
    wrong, types = [], 0
    feeds = feeds or list(catalogue())
    for feed in (catalogue()[name] for name in feeds):
        path = fullest(tmp_path / "inbox" / feed.department, feed)
        copy = sample(tmp_path, path.read_bytes(), f"样本_{name_of(path.name).period.text}{path.suffix}")
        found = learned(copy, "elsewhere")
        assert read_back(found) == found.feed
        columns = by_label(found)
        for column in feed.columns:
            got = columns.get(column.label)
            types += got is not None
            wrong += [(feed.name, column.name)] if got and got.type is not column.type else []
    assert types > (150 if len(feeds) == len(catalogue()) else 30)
    assert wrong == [("members", "health")]  # several of a list: its sets look like so many single values


def fullest(folder: Path, feed: Feed) -> Path:
    """The feed's largest file without a mishap of its own."""
    found = []
    for path in folder.iterdir():
        try:
            told = name_of(path.name)
        except BadName:
            continue
        if told.feed.name == feed.name and (feed.name, told.period.text) != ("checkups", "201911"):
            found.append((path.stat().st_size, path))
    return max(found)[1]


# ---- what is no sample ----


def test_a_header_is_looked_for_below_titles_and_above_what_is_merged():
    title, unit = ["小额信贷发放表", "", "", ""], ["单位：万元", "", "", ""]
    upper, lower = ["序号", "借款人", "", "金额"], ["", "姓名", "证件号码", ""]
    row = ["1", "王一", "410184196501010001", "5"]
    assert header_of([[title, unit, upper, lower, row]]) == ["序号", "姓名", "证件号码", "金额"]
    assert header_of([[title, ["甲", "乙", "丙", "丁"], row]]) == ["甲", "乙", "丙", "丁"]
    assert header_of([[["一", "二"], ["王", "李"]], [["甲", "乙", "丙"]]]) == ["甲", "乙", "丙"]


def test_an_empty_sheet_beside_the_sample_is_passed_over():
    """Excel's own Sheet2."""
    assert header_of([[], [["甲", "乙"], ["1", "2"]], []]) == ["甲", "乙"]


def test_years_may_head_columns():
    row = ["H1", "5", "6"]
    assert header_of([[["户编号", "2019年", "2020年度"], row]]) == ["户编号", "2019年", "2020年度"]


def test_a_file_without_a_header_gives_nobody_away(tmp_path):
    """Its first row would be taken for headers, and printed."""
    path = sample(tmp_path, credit_file().split(b"\r\n", 1)[1])
    with pytest.raises(NoHeader) as caught:
        learned(path, "elsewhere")
    (said,) = refused_words(caught.value, "zh")
    assert "表头" in said and not [value for value in personal_values() if value in said]


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("样本信贷.csv", "户编号,金额\nH1,5\n", "所属期"),
        ("样本信贷_202006.csv", "户编号,金额\n", "没有数据行"),
        ("样本信贷_202006.csv", "户编号,金额,金额\nH1,5,6\n", "金额"),
        ("样本信贷_202006.csv", b"\x81\xff\xfe", "编码"),
        ("样本信贷_202006.xlsx", "no book", "扩展名不符"),
        ("医保结算_202006.csv", "户编号,金额\nH1,5\n", "settlements"),
    ],
)
def test_what_cannot_be_learned_is_refused_in_words(tmp_path, name, content, said):
    with pytest.raises((NotLearnable, Unreadable)) as caught:
        learned(sample(tmp_path, content, name), "elsewhere")
    zh, en = (" ".join(refused_words(caught.value, language)) for language in ("zh", "en"))
    assert said in zh and en


def test_columns_that_differ_in_their_brackets_alone_are_two(tmp_path):
    rows = "户编号,低保对象(户),低保对象(人),2019年\n" + "".join(
        f"H{nth:03},1,{nth},5\n" for nth in range(24)
    )
    found = learned_from(tmp_path, rows, "低保情况_202006.csv")
    assert list(by_label(found)) == ["户编号", "低保对象(户)", "低保对象(人)", "2019年"]
    assert found.rows_held == 0 and found.refusals == ()


def test_a_header_that_is_promised_already_is_named(tmp_path):
    labels = [column.label for column in catalogue()["deaths"].columns]
    rows = "".join(f"{row[4]},{row[3]},2020-06-01\n" for row in credit_rows())
    found = learned_from(tmp_path, ",".join(labels) + "\n" + rows, "去世_202006.csv")
    assert found.like == catalogue()["deaths"]
    assert any("deaths" in told for told in to_look_at(found, "zh"))


def test_a_workbook_is_learned_like_a_text(tmp_path, credit):
    book = openpyxl.Workbook()
    for row in (LABELS, *credit_rows()):
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    found = learned(sample(tmp_path, out.getvalue(), "样本信贷_202006.xlsx"), "elsewhere", "sample_loans")
    assert found.feed == credit.feed

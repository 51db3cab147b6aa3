"""Lists of codes, yes and no, missing marks and texts."""

from __future__ import annotations

from tests.corpus.catalogue import made
from tests.corpus.drafts import Draft

RELATIONS = {  # GB/T 4761-2008, the codes of two digits
    "02": "户主", "10": "配偶", "11": "配偶", "12": "配偶", "20": "之子", "21": "之子", "22": "之子", "30": "之女",
    "31": "之女", "33": "之女", "28": "之女婿", "38": "之儿媳", "41": "之孙子", "42": "之孙女", "43": "之外孙子",
    "44": "之外孙女", "51": "之父", "52": "之母", "53": "之公公", "54": "之婆婆", "55": "之岳父", "56": "之岳母",
    "61": "之祖父", "62": "之祖母",
}  # fmt: skip
MISSING = ("-", "/", "无", "——", "N/A", "", " ", "　")


def unlisted(name: str) -> set[str]:
    return {f"{name}_in_list", f"{name}_readable"}


@made(count=10, csv="access", xlsx="insurance", xls="enrolments", txt="grants")
def yes_and_no(draft: Draft) -> None:
    """无 in such a column is an answer and no missing mark."""
    name = next(column.name for column in draft.feed.columns if column.name.startswith(("is_", "has_")))
    yes, no = (
        dict.fromkeys(("是", "有", "1", "Y", "Ｙ", "１"), True),
        dict.fromkeys(("否", "无", "0", "N"), False),
    )
    draft.forms(name, {**yes, **no})


@made(count=7, csv="insurance", xlsx="access", xls="grants")
def neither_yes_nor_no(draft: Draft) -> None:
    name = next(column.name for column in draft.feed.columns if column.name.startswith(("is_", "has_")))
    held = {key: {f"{name}_readable"} for key in ("不详", "2", "是否")}
    draft.forms(name, {**dict.fromkeys(("", "-", "——", "N/A"), None), **held})


@made(count=3, csv="dropouts", xlsx="dropouts", xls="dropouts")
def required_yes_or_no_missing(draft: Draft) -> None:
    draft.forms("is_back", {"": {"is_back_given"}, "N/A": {"is_back_given"}, "——": {"is_back_given"}})


@made(count=2, xlsx="access", xls="insurance")
def yes_and_no_in_numeric_cells(draft: Draft) -> None:
    name = next(column.name for column in draft.feed.columns if column.name.startswith(("is_", "has_")))
    draft.forms(name, {1: True, 0: False})


@made(count=8, csv="disability", xlsx="disability", xls="disability")
def codes_or_labels(draft: Draft) -> None:
    for nth, cell in enumerate(("4", "4肢体", "肢体", "４", " 肢体 ", "４肢体", "四肢", ""), start=1):
        draft.write(nth, "type", cell)
    for nth, cell in enumerate(("3", "三级", "３", "3"), start=1):
        draft.write(nth, "grade", cell)
    draft.hold(7, *unlisted("type"), "type_is_digit_19")
    draft.hold(8, "type_given")


@made(count=6, csv="enrolments", xlsx="enrolments", xls="enrolments")
def boarding(draft: Draft) -> None:
    draft.forms(
        "boarding",
        {"1": "走读", "住校": "住校", "２": "住校", "9": "其他", "3": unlisted("boarding"), "/": None},
    )


@made(count=4, xlsx="enrolments", xls="disability")
def codes_in_numeric_cells(draft: Draft) -> None:
    if draft.feed.name == "disability":
        draft.write(1, "type", 4)
        draft.write(2, "grade", 3.0)
    else:
        draft.forms("boarding", {1: "走读", 2: "住校", 9: "其他", 3: unlisted("boarding")})


@made(count=6, csv="allowances", xlsx="allowances", xls="allowances")
def grades_of_an_allowance(draft: Draft) -> None:
    draft.forms(
        "grade",
        {"Ａ": "A", "二类": "B", "三类": "C", "C": "C", "四类": unlisted("grade"), "N/A": {"grade_given"}},
    )


@made(count=4, csv="allowances", xlsx="destitute", xls="allowances")
def kinds_of_payment(draft: Draft) -> None:
    """Empty is 正常."""
    draft.forms("payment_kind", {"": "正常", "补发": "补发", "-": "正常", "退回": unlisted("payment_kind")})


@made(count=24, csv="members", xlsx="members", xls="members")
def relations_by_code(draft: Draft) -> None:
    draft.forms("relation", RELATIONS)


@made(count=22, csv="members", xlsx="members", xls="members")
def relations_by_label(draft: Draft) -> None:
    near = "户主 配偶 之子 之女 之儿媳 之女婿 之孙子 之孙女 之外孙子 之外孙女 之兄弟姐妹 其他"
    elder = "之父 之母 之岳父 之岳母 之公公 之婆婆 之祖父 之祖母"
    listed = {word: word for word in f"{near} {elder}".split()}
    draft.forms("relation", {**listed, "之友": unlisted("relation"), "": {"relation_given"}})


@made(count=6, csv="members", xlsx="members", xls="members")
def states_of_health(draft: Draft) -> None:
    draft.forms(
        "health",
        {"长期慢性病,残疾": "长期慢性病,残疾", "残疾、大病": "大病,残疾", "长期慢性病；残疾": "长期慢性病,残疾",
         "长期慢性病，大病;残疾": "长期慢性病,大病,残疾", "良好": {"health_readable"}, "N/A": None},
    )  # fmt: skip


@made(count=6, csv="members", xlsx="members", xls="members")
def sexes(draft: Draft) -> None:
    draft.forms("sex", {"1": "男", "2": "女", "男": "男", "１": "男", "未知": unlisted("sex"), "": None})


@made(count=7, csv="households", xlsx="households", xls="households")
def types_of_a_household(draft: Draft) -> None:
    """Still poor only as long as it had not left poverty."""
    words = {
        "建档立卡脱贫户": "脱贫户",
        "非贫困户": "一般农户",
        "建档立卡贫困户": "脱贫户",
        "一般农户": "一般农户",
    }
    draft.forms("household_type", {**words, "低保户": unlisted("household_type")})
    for nth, year in {6: "2021", 7: ""}.items():
        draft.write(nth, "household_type", "建档立卡贫困户", "脱贫户")
        draft.write(nth, "exit_year", year, None)
        draft.hold(nth, "still_poor_after_exit_year", *["exit_year_in_time"] * bool(year))
    draft.write(3, "exit_year", "2020", 2020)


@made(count=6, csv="households", xlsx="households", xls="households")
def classes_of_2020(draft: Draft) -> None:
    draft.head_as("monitored_class", "检测对象类别")
    draft.forms(
        "monitored_class",
        {"脱贫监测户": "脱贫不稳定户", "边缘户": "边缘易致贫户", "突发严重困难户": "突发严重困难户", "无": None,
         "边缘易致贫户": "边缘易致贫户", "重点户": unlisted("monitored_class")},
    )  # fmt: skip


@made(count=8, csv="reports", xlsx="visits", xls="reports", txt="households")
def missing_texts_and_codes(draft: Draft) -> None:
    """After typing a missing mark and an empty cell are the same."""
    draft.forms("note" if draft.feed.name != "households" else "hamlet", dict.fromkeys(MISSING, None))
    if draft.feed.name == "visits":
        draft.forms("risk_1", dict.fromkeys(MISSING, None))


@made(count=5, csv="deaths", xlsx="relief", xls="dropouts")
def required_names_missing(draft: Draft) -> None:
    draft.forms("name", {key: {"name_given"} for key in ("", "-", "/", "——", "N/A")})


@made(count=3, csv="members", xlsx="members", xls="members")
def sex_and_number_disagree(draft: Draft) -> None:
    """A warning at most: the row loads."""
    for nth in (1, 2):
        other = "男" if draft.row(nth).values["sex"] == "女" else "女"
        draft.write(nth, "sex", other, other)


@made(count=5, csv="reports", xlsx="reports", xls="reports")
def reasons_of_a_report(draft: Draft) -> None:
    draft.forms(
        "reason",
        {"因务工就业不稳": "因务工就业不稳", " 因残 ": "因残", "因灾": "因灾", "因懒": unlisted("reason"),
         "": {"reason_given"}},
    )  # fmt: skip

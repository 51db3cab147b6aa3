"""Every kind of dirt that real files carry, in every form, alone and together: what was true is read, cell by cell.

A dirt is a function from a drawn sheet to a dirtier one. The truth is what was drawn; the lines in which it must
be found are those of the dirty sheet.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from tests.feeds.intake import Inbox
from tests.feeds.sheets import FORMS, HEAD, Sheet, drawn
from tests.sampling import sampled
from tests.spec.drawn import number_of

NAMES = ["relief_id", "id_number", "name", "applied_on", "reason", "amount", "paid_on"]
LABELS = ["救助编号", "证件号码", "姓名", "申请日期", "救助原因", "救助金额", "发放日期"]
NUMBERS = [number_of(date(1960, 1, day), 0) for day in range(1, 6)]
TRUTH: list[list[Any]] = [
    ["LS-001", NUMBERS[0], "㐂喜·买买提", date(2020, 5, 3), "因病", 1234.5, date(2020, 6, 1)],
    ["LS-002", NUMBERS[1], "𠮷野", None, "房屋失火,无处居住", 20000, date(2020, 6, 12)],
    ["LS-003", NUMBERS[2], "王小一", date(2020, 4, 30), "因灾；减收", 0.01, date(2020, 6, 30)],
    ["LS-004", NUMBERS[3], "欧阳一", None, '他说"没饭吃"', 199999.99, date(2020, 6, 9)],
    ["LS-005", NUMBERS[4], "李二", date(2019, 12, 31), "其他", 300, date(2020, 1, 2)],
]
CLEAN = drawn(LABELS, TRUTH)
WIDE = {code: code + 0xFEE0 for code in range(0x21, 0x7F)}
MARKS = iter(["-", "/", "无", "——", "N/A", " ", ""] * 999)

Dirt = Callable[[Sheet], Sheet]


def expected(place: int) -> dict[str, Any]:
    cells = [
        Decimal(f"{cell:.2f}") if name == "amount" else cell
        for name, cell in zip(NAMES, TRUTH[place], strict=True)
    ]
    return dict(zip(NAMES, cells, strict=True))


def amounts(change: Callable[[Decimal], Any]) -> Dirt:
    return lambda sheet: sheet.cell("救助金额", lambda cell: change(Decimal(str(cell))))


def dates(form: str) -> Dirt:
    def written(cell: date | None) -> str | None:
        return cell and form.format(cell, (cell - date(1899, 12, 30)).days)

    return lambda sheet: sheet.cell("申请日期", written).cell("发放日期", written)


def in_two_rows(sheet: Sheet) -> Sheet:
    """证件号码 and 姓名 under 救助对象, the others merged downwards."""
    low = ("证件号码", "姓名")
    upper = ["救助对象" if one == low[0] else None if one == low[1] else one for one in sheet.labels]
    lower = [one if one in low else None for one in sheet.labels]
    at = sheet.header
    rows = (*sheet.rows[:at], (HEAD, upper), (HEAD, lower), *sheet.rows[at + 1 :])
    return replace(sheet, rows=rows, merged=("B1:C1",))


def wan(cell: Decimal) -> str:
    return f"{cell / 10000:f}"


def in_front(sheet: Sheet) -> Sheet:
    numbers = iter(range(1, 99))
    return sheet.each(lambda cells, is_header: ["序号" if is_header else next(numbers), *cells])


IN_BRACKETS = ("单位万元", "金额：万元", "萬元", "以万元计", "万元，四舍五入", "万元/人")
ON_A_LINE = (
    "金额以万元为单位", "（以万元为单位）", "本表金额单位均为万元", "金额：万元", "单位：人、万元", "单位：万元。",
    "注：金额均以万元计", "填报单位：某局  计量单位：万元（保留两位小数）",
)  # fmt: skip


def _wan_in_label(words: str) -> Dirt:
    return lambda sheet: amounts(wan)(sheet).label("救助金额", f"救助金额（{words}）")


def _wan_above(words: str) -> Dirt:
    return lambda sheet: amounts(wan)(sheet).put(0, [words])


TITLE, NOTE = ["新郑市2020年6月临时救助发放表"], ["填报单位：某局", "", "填报日期：2020年7月1日"]
DIRT: Mapping[str, Mapping[str, Dirt]] = {
    "ids": {
        "wide": lambda s: s.cell("证件号码", lambda c: c.translate(WIDE)),
        "apostrophes": lambda s: s.cell("证件号码", lambda c: f"'{c}"),
        "blanks": lambda s: s.cell("证件号码", lambda c: f" {c[:6]} {c[6:]}\n").cell("姓名", "　{} ".format),
        "small_x": lambda s: s.cell("证件号码", str.lower),
    },
    "dates": {
        "slashed": dates("{0.year}/{0.month}/{0.day}"),
        "eight": dates("{0:%Y%m%d}"),
        "written": dates("{0.year}年{0.month}月{0.day}日"),
        "serial": dates("{1}"),
        "serial_number": lambda s: dates("{1}")(s).cell("发放日期", int),
        "wide": lambda s: dates("{0:%Y-%m-%d}")(s).cell("发放日期", lambda c: c.translate(WIDE)),
    },
    "missing": {"marks": lambda s: s.cell("申请日期", lambda c: next(MARKS) if c is None else c)},
    "amounts": {
        "text": amounts(str),
        "grouped": amounts("{:,}".format),
        "grouped_wide": amounts(lambda c: f"{c:,}".translate(WIDE)),
        "yuan_sign": amounts("¥{:,}".format),
        "yuan": amounts("{}元".format),
        "wan_in_cells": amounts(lambda c: f"{wan(c)}万元"),
        "wan_in_header": lambda s: amounts(wan)(s).label("救助金额", "救助金额（万元）"),
        "wan_alone_in_header": lambda s: amounts(wan)(s).label("救助金额", "救助金额(万)"),
        "yuan_under_wan": lambda s: amounts("{}元".format)(s).label("救助金额", "救助金额（单位：万元）"),
        "wan_below_header": lambda s: _unit_row(amounts(wan)(s), "万元"),
        "wan_in_brackets_below": lambda s: _unit_row(amounts(wan)(s), "（万元）"),
        "wan_above": lambda s: amounts(wan)(s).put(0, ["", "", "", "", "", "", "单位：万元"]),
        "wan_in_title": lambda s: amounts(wan)(s).put(0, ["临时救助表（金额单位：万元）"]),
        **{f"in_brackets_{nth}": _wan_in_label(words) for nth, words in enumerate(IN_BRACKETS)},
        **{f"on_a_line_{nth}": _wan_above(words) for nth, words in enumerate(ON_A_LINE)},
        "wan_below_among_other_words": lambda s: _unit_row(amounts(wan)(s), "万元", "年月日"),
        "sum_in_title": lambda s: s.put(0, ["2020年临时救助发放251万元情况表"]),
        "note_in_the_same_unit": lambda s: _wan_in_label("万元")(s).below(["注：单位为万元"]),
        "header_before_line_above": lambda s: s.label("救助金额", "救助金额（元）").put(0, ["单位：万元"]),
        "row_before_line_above": lambda s: _unit_row(s, "元").put(0, ["单位：万元"]),
    },
    "labels": {
        "dressed": lambda s: s.label("证件号码", "证 件\n号码（18位）").label("姓名", "姓　名*".rstrip("*")),
        "english": lambda s: s.each(lambda c, h: [NAMES[LABELS.index(x)] if x in LABELS else x for x in c] if h else c),
        "two_rows": in_two_rows,
    },
    "columns": {
        "numbered": in_front,
        "turned": lambda s: replace(s.each(lambda c, h: c[::-1]), merged=()),
        "more": lambda s: s.each(lambda c, h: [*c, *(("经办人", "备注") if h else ("某", "x"))]),
        "empty_first": lambda s: s.each(lambda c, h: ["", *c]),
        "empty_last": lambda s: s.each(lambda c, h: [*c, "", ""]),
        "twice": lambda s: s.each(lambda c, h: [*c, c[2]]),
    },
    "between": {
        "blank": lambda s: s.put(s.first + 2, [], ["", " "]).put(s.first, []),
        "subtotal": lambda s: s.put(s.first + 2, ["", "小 计：", "", "", "", 5, ""]),
        "header_again": lambda s: s.put(s.first + 3, *[cells for place, cells in s.rows if place == HEAD]),
    },
    "below": {
        "totals_of_places": lambda s: s.below(["全村合计", "", "", "", "", 99, ""], ["（总计）", 5]),
        "total_in_wan": lambda s: s.below(["合计（万元）", "", "", "", "", 2.5, ""]),
        "totals": lambda s: s.below(["合计", "", "", "", "", 99, ""], [], ["", "填表人：某"], ["注：无"]),
        "blank": lambda s: s.below([], [], ["", ""]),
    },
    "above": {
        "title": lambda s: s.put(0, TITLE),
        "title_note_blank": lambda s: s.put(0, TITLE, NOTE, []),
        "nineteen": lambda s: s.put(0, *[["说明文字"]] * (19 - s.header)),
    },
}  # fmt: skip
ONE_BY_ONE = [(aspect, kind) for aspect, kinds in DIRT.items() for kind in kinds]
ASPECTS = list(DIRT)


def _unit_row(sheet: Sheet, unit: str, of_a_date: str = "") -> Sheet:
    words = {"救助金额": unit, "申请日期": of_a_date, "发放日期": of_a_date}
    row = [words.get(label, "") for label in sheet.labels]
    return sheet.put(sheet.first, row)


def check(sheet: Sheet, forms: Mapping[str, bytes]) -> None:
    """All forms of a sheet say what was drawn."""
    inbox = Inbox()
    for n, (form, content) in enumerate(forms.items(), start=1):
        inbox.put(f"civil_affairs/relief_202006_{n}.{FORMS[form][0]}", content)
    inbox.take_in()
    for n, form in enumerate(forms, start=1):
        name = f"relief_202006_{n}"
        found = {line: {one: row[one] for one in NAMES} for line, row in inbox.rows(name).items()}
        assert found == {line: expected(place) for line, place in sheet.lines().items()}, form
        assert inbox.broken(name) == {}, form
        assert inbox.delivery(name).rows_received == len(TRUTH), form


def written(sheet: Sheet, *forms: str) -> dict[str, bytes]:
    return {form: FORMS[form][1](sheet) for form in forms or FORMS}


def test_what_is_drawn_is_read():
    check(CLEAN, written(CLEAN))


@pytest.mark.parametrize(("nth", "aspect", "kind"), [(nth, *one) for nth, one in enumerate(ONE_BY_ONE)])
def test_one_kind_of_dirt(nth, aspect, kind):
    """In one of the forms, in turn."""
    sheet = DIRT[aspect][kind](CLEAN)
    check(sheet, written(sheet, list(FORMS)[nth % len(FORMS)]))


@pytest.mark.torture
@pytest.mark.parametrize(("aspect", "kind"), ONE_BY_ONE)
def test_one_kind_of_dirt_in_every_form(aspect, kind):
    sheet = DIRT[aspect][kind](CLEAN)
    check(sheet, written(sheet))


@pytest.mark.parametrize("seed", sampled(range(60), range(8)))
def test_several_kinds_together(seed):
    rng = random.Random(seed)
    aspects = sorted(rng.sample(ASPECTS, rng.randint(2, 6)), key=ASPECTS.index)
    sheet = CLEAN
    for aspect in aspects:
        sheet = DIRT[aspect][rng.choice(list(DIRT[aspect]))](sheet)
    forms = rng.sample(list(FORMS), 2)
    check(sheet, written(sheet, *forms))


# ---- what refuses ----


def second(*cells: Any) -> Dirt:
    return lambda s: s.below(list(cells), ["LS-009", NUMBERS[4], "王五", None, "其他", 5, date(2020, 6, 1)])


REFUSING: Mapping[str, tuple[str, Dirt]] = {
    "header_after_twenty_rows": ("column_missing", lambda s: s.put(0, *[["说明文字"]] * 20)),
    "no_header": ("column_missing", lambda s: replace(s, rows=s.rows[1:])),
    "table_below_in_another_order": ("second_table", second(*LABELS[1:], LABELS[0])),
    "table_below_in_another_unit": ("second_table", second(*LABELS[:5], "救助金额（万元）", LABELS[6])),
    "another_table_below": ("second_table", second("证件号码", "姓名", "残疾类别", "残疾等级")),
    "another_table_after_a_gap": ("second_table", lambda s: second("序号", "姓名", "金额")(s.below([], []))),
    "table_beside": (
        "second_table_beside",
        lambda s: s.each(lambda c, h: [*c, "", *(("乡镇", "人数") if h else ("某镇", 5))]),
    ),
    "table_beside_on_the_left": (
        "second_table_beside",
        lambda s: s.each(lambda c, h: [*(("乡镇", "人数") if h else ("合计", 5)), "", *c]),
    ),
    "same_table_beside": (
        "column_twice",
        lambda s: s.each(lambda c, h: [*c, "", *(c if h else ["x", *c[1:]])]),
    ),
    "twins_that_differ": ("column_twice", lambda s: s.each(lambda c, h: [*c, c[2] if h else "某"])),
    "twins_in_other_units": (
        "column_twice",
        lambda s: s.each(lambda c, h: [*c, "救助金额（万元）" if h else wan(Decimal(str(c[5])))]),
    ),
    "units_among_the_data": (
        "unit_row_inside",
        lambda s: s.put(s.first + 2, ["", "", "", "", "", "万元", ""]),
    ),
    "unit_line_among_the_data": ("unit_row_inside", lambda s: s.put(s.first + 2, ["单位：万元"])),
    "other_unit_in_the_header": ("unit_unknown", lambda s: s.label("救助金额", "救助金额（千元）")),
    "foreign_money_in_the_header": ("unit_unknown", lambda s: s.label("救助金额", "救助金额（美元）")),
    "other_unit_below_the_header": ("unit_unknown", lambda s: _unit_row(s, "百元")),
    "other_unit_above": ("unit_unknown", lambda s: s.put(0, ["单位：千元"])),
    "other_unit_in_words": ("unit_unknown", lambda s: s.label("救助金额", "救助金额（单位千元）")),
    "unit_in_words_that_are_not_known": ("unit_unknown", lambda s: s.put(0, ["金额口径为万元级"])),
    "note_below_in_another_unit": ("unit_unknown", lambda s: s.below(["注：本表金额单位为万元"])),
    "two_units_above": ("unit_unknown", lambda s: s.put(0, ["单位：元", "", "单位：万元"])),
    "sorted_with_its_header": (
        "rows_above_header",
        lambda s: replace(s, rows=(*s.rows[1:3], s.rows[0], *s.rows[3:])),
    ),
}


@pytest.mark.parametrize("kind", sampled(REFUSING, list(REFUSING)[::2]))
def test_what_is_not_certain_refuses_in_every_form(kind):
    code, dirt = REFUSING[kind]
    inbox, sheet = Inbox(), dirt(CLEAN)
    for n, form in enumerate(("gb18030", "xlsx", "xls"), start=1):
        inbox.put(f"civil_affairs/relief_202006_{n}.{FORMS[form][0]}", FORMS[form][1](sheet))
    inbox.take_in()
    assert [inbox.refused(f"relief_202006_{n}") for n in (1, 2, 3)] == [{code}] * 3


# ---- what is held, and nothing beside it ----

HOLDING: Mapping[str, tuple[str, str, Any]] = {  # the second row's cell becomes this, and a check finds it
    "damaged_by_excel": ("证件号码", "id_number_damaged", "4.10184E+17"),
    "damaged_in_text": ("证件号码", "id_number_damaged", "410184196001031000"),
    "wrong_check_digit": ("证件号码", "id_number_check_digit", "410184196001020013"),
    "household_like_number_with_exponent": ("救助编号", "relief_id_readable", "4.1E+15"),
    "comma_before_two_digits": ("救助金额", "amount_readable", "12,34"),
    "third_decimal": ("救助金额", "amount_readable", "1.005"),
    "exponent": ("救助金额", "amount_readable", "1.2E+3"),
    "thousands": ("救助金额", "amount_readable", "2千元"),
    "minus_behind": ("救助金额", "amount_readable", "5-"),
    "accountant_minus": ("救助金额", "amount_readable", "(5)"),
    "date_with_points": ("发放日期", "paid_on_readable", "6.1.2020"),
    "date_with_time": ("发放日期", "paid_on_readable", "2020-06-01 08:00"),
    "no_such_day": ("发放日期", "paid_on_readable", "2020-02-30"),
    "serial_with_a_fraction": ("发放日期", "paid_on_readable", "43983.5"),
    "error_in_an_optional_cell": ("申请日期", "applied_on_readable", "#N/A"),
    "error_in_a_name": ("姓名", "name_given", "#N/A"),
}  # fmt: skip
HOLDING_IN_BOOKS: Mapping[str, tuple[str, str, Any]] = {
    "formula_without_a_value": ("申请日期", "applied_on_readable", "=1+1"),
    "number_of_18_digits": ("证件号码", "id_number_damaged", int(NUMBERS[1][:17] + "0")),
    "number_of_16_digits": ("救助编号", "relief_id_readable", 4101841234567890),
    "date_made_of_a_number": ("救助编号", "relief_id_readable", date(2020, 3, 1)),
    "true": ("救助金额", "amount_readable", True),
    "serial_with_a_fraction": ("发放日期", "paid_on_readable", 43983.5),
    "month_as_a_number": ("发放日期", "paid_on_readable", 202006),
}


def held(label: str, cell: Any, forms: tuple[str, ...]) -> list[dict[int, set[str]]]:
    """What is found in each form when the second row's cell is spoilt."""
    number = CLEAN.rows[2][1][0]
    place = LABELS.index(label)
    sheet = CLEAN.each(lambda c, h: [*c[:place], cell, *c[place + 1 :]] if c[0] == number else c)
    inbox = Inbox()
    for n, form in enumerate(forms, start=1):
        inbox.put(f"civil_affairs/relief_202006_{n}.{FORMS[form][0]}", FORMS[form][1](sheet))
    inbox.take_in()
    return [inbox.broken(f"relief_202006_{n}") for n, _ in enumerate(forms, start=1)]


@pytest.mark.parametrize("kind", sampled(HOLDING, list(HOLDING)[::2]))
def test_what_cannot_be_read_truly_holds_its_row_alone(kind):
    label, check_name, cell = HOLDING[kind]
    assert held(label, cell, ("gb18030", "xlsx", "xls")) == [{3: {check_name}}] * 3


@pytest.mark.parametrize("kind", sampled(HOLDING_IN_BOOKS, list(HOLDING_IN_BOOKS)[::2]))
def test_what_only_a_workbook_can_spoil_holds_its_row_alone(kind):
    label, check_name, cell = HOLDING_IN_BOOKS[kind]
    assert held(label, cell, ("xlsx", "xls")) == [{3: {check_name}}] * 2

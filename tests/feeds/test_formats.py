"""What a number format shows: the digits, letters and words that a clerk sees, and not what is stored."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from warehouse.landing.cells import cell_text, formatted
from warehouse.landing.formats import amount, is_telling, shown

EVERYDAY = [
    "", "General", "@", "0", "0_ ", "0.00", "#,##0", "#,##0.00_);[Red](#,##0.00)", "0%", "0.00E+00", "# ?/?",
    '_ ¥* #,##0.00_ ;_ ¥* -#,##0.00_ ;_ ¥* "-"??_ ;_ @_ ', '0.00"元"', "0;-0;;@", "yyyy-mm-dd;@", 'yyyy"年"m"月"d"日"',
    "[$-F800]dddd, mmmm dd, yyyy", '上午/下午h"时"mm"分"', "[h]:mm:ss", ";;;",
]  # fmt: skip


@pytest.mark.parametrize("code", EVERYDAY)
def test_an_everyday_format_shows_what_is_stored(code):
    assert not is_telling(code)


@pytest.mark.parametrize(
    ("code", "stored", "seen"),
    [
        ("000000", 123, "000123"),
        ("000000", 1234567, "1234567"),
        ("[$-804]000000_ ", 123, "000123"),
        ("[Red]000", 5, "005"),
        ("0##", 4, "004"),
        ('"HC"0000', 123, "HC0123"),
        ("!H\\C0000", 123, "HC0123"),
        ("0000\\d", 4, "0004d"),
        ("000-000", 123, "000-123"),
        ("000-00-0000", 123456789, "123-45-6789"),
        ("000,000", 123, "000123"),  # a comma is no part of a number
        ('0"号"', 123, "123号"),
        ('G/通用格式"号"', 123, "123号"),
        ('General"号"', 123, "123号"),
        ('0000"年"00"月"', 202006, "2020年06月"),
        ("0000.0", 12.25, "0012.3"),
        ('[=1]"男";[=2]"女"', 2, "女"),
        ('[=1]"男";[=2]"女"', 3, None),
        ('"是";;"否"', 0, "否"),
        ("[<=9999999]###-####;(###) ###-####", 1234567, "123-4567"),
        ('000;"欠"000', -7, "欠007"),
        ("000", -7, "-007"),
        ("[DBNum1]0000", 7, None),  # 〇〇〇七
        ("000,", 7000, None),
        ("000%", 7, None),
        ('"HC"@', "12", "HC12"),
        ('0;0;0;"HC"@', "12", "HC12"),
        ("000000", "12", "12"),
    ],
)
def test_a_format_shows_what_excel_shows(code, stored, seen):
    assert shown(code, stored, str(stored)) == seen


@given(st.integers(0, 10**14), st.integers(2, 18), st.integers(0, 4))
def test_zeros_fill_up_and_lose_no_digit_whatever_stands_between_them(number, places, dashes):
    code = "-".join(["0" * places, *["0"] * dashes])
    assert shown(code, number, str(number)).replace("-", "") == str(number).zfill(places + dashes)


@given(
    st.text(alphabet='0#?.,;@"\\!_*[]$-/%Ee年HdmyG =<>1', max_size=12),
    st.integers(-9, 10**15 - 1) | st.floats(-9, 99),
)
def test_no_format_breaks_the_reader(code, stored):
    assert is_telling(code) in (True, False)
    assert cell_text(formatted(stored, code)) is not None


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("00000", "120000"),
        ('0"人"', "120000"),
        ('0.00"万元"', "120000万元"),  # nothing is divided: the clerk sees so many 万元
        ('0!.0,"万元"', "120000元"),  # 12.0万元
        ('0!.0000"万"', "120000元"),
        ('0,"千元"', "120000元"),
        ('0.00,,"百万元"', "120000元"),
        ('0.0,"万元"', None),  # divided by a thousand and called ten thousand
        ("0.0,", None),  # divided, and not said by what
    ],
)
def test_an_amount_is_what_is_stored_in_the_unit_that_its_format_writes(code, said):
    assert amount(code, "120000") == said

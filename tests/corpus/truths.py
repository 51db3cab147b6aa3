"""Rows that nothing is wrong with, for every feed: what a made file says once it has been read rightly.

rows("deaths", "202006", 3)  ->  three rows, a value by the name of its column, as the column's type has it
written(column, value)       ->  how a tidy clerk writes the value into a cell
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from expectations.columns import TAKEN_BACK
from expectations.contract import Column, Feed, Type
from expectations.feeds import catalogue
from expectations.periods import Period, period_of

Row = dict[str, Any]

PERIODS = {
    "divisions": "2020", "incomes": "2020", "projects": "2020", "enrolments": "202003", "grants": "202003",
    "reports": "20200615", "visits": "20200615",
}  # fmt: skip
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
SURNAMES, GIVEN = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗", "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超兰霞平"
VILLAGES = ("410184100201", "410184100202", "410184101203")


def checked(first: str) -> str:
    """An identity number of its first 17 digits (GB 11643: mod 11-2)."""
    return first + "10X98765432"[sum(int(d) * w for d, w in zip(first, WEIGHTS, strict=True)) % 11]


def person(nth: int) -> str:
    """The number of the nth person: an adult; the first 25,000 share no birth date."""
    born = date(1930, 1, 1) + timedelta(days=7000 + nth * 3 if nth < 5000 else nth * 3 % 25000)
    return checked(f"410184{born:%Y%m%d}{nth // 25000 % 10}{nth % 10}{nth % 9 + 1}")


def child(nth: int) -> str:
    return checked(f"410123{date(2008, 9, 1) + timedelta(days=nth % 365):%Y%m%d}{nth % 10}{nth // 10 % 10}3")


def name(nth: int) -> str:
    return SURNAMES[nth % 20] + GIVEN[nth // 20 % 20] + GIVEN[nth * 7 % 20]


def divisions(n: int, p: Period) -> Row:
    village = (f"410184100{198 + n:03}", f"{GIVEN[n % 20]}庄村", "410184100", "村")
    first = (("410184", "新郑市", None, "县"), ("410184100", "城关乡", "410184", "乡"))
    values = (*first, village)[min(n, 2)]
    return dict(zip(("division_code", "division_name", "parent_code", "level"), values, strict=True))


def households(n: int, p: Period) -> Row:
    return {
        "household_id": f"4101840000{n:06}", "village_code": VILLAGES[n % 3], "hamlet": f"第{n % 7 + 1}组",
        "head_name": name(n), "head_id_number": person(n), "household_type": ("脱贫户", "一般农户")[n % 2],
        "monitored_class": None, "exit_year": (2018, None)[n % 2], "monitored_since": None,
        "is_risk_removed": None, "risk_1": None, "risk_2": None, "risk_3": None,
        "dwelling_grade": "AB"[n % 2], "is_water_declared_safe": True,
        "is_insured_against_poverty": n % 3 == 0, "phone": f"1380371{n:04}",
    }  # fmt: skip


def members(n: int, p: Period) -> Row:
    number = person(n)
    return {
        "household_id": f"4101840000{n:06}", "person_no": f"410184000000{n:06}01", "name": name(n),
        "id_number": number, "relation": "户主", "sex": "女男"[int(number[16]) % 2],
        "birth_date": date(1950, 1, 1) + timedelta(days=n * 3), "ethnicity": "汉族", "education": "初中",
        "schooling": None, "health": "健康", "labour": None, "months_worked": 0,
        "not_in_school_reason": None,
    }  # fmt: skip


def incomes(n: int, p: Period) -> Row:
    money = {"wage_income": 12000 + n, "business_income": 3000, "property_income": 200,
             "transfer_income": 1800, "business_cost": 1000}  # fmt: skip
    net = 12000 + n + 3000 + 200 + 1800 - 1000
    return {"household_id": f"4101840000{n:06}", "year": p.last.year, "persons": 2,
            **{label: Decimal(amount) for label, amount in money.items()},
            "net_income": Decimal(net), "net_income_per_head": Decimal(net) / 2}  # fmt: skip


def reports(n: int, p: Period) -> Row:
    return {"report_id": f"SB{p.text}{n:04}", "household_id": f"4101840000{n:06}", "source": "干部走访",
            "reported_on": p.first, "reason": "因病", "note": "住院花费大"}  # fmt: skip


def visits(n: int, p: Period) -> Row:
    return {
        "clue_id": f"c{p.text}{n:04}", "household_id": f"4101840000{n:06}", "visited_on": p.first,
        "visitor": name(n + 9), "finding": "属实", "decided_class": "突发严重困难户", "decided_on": p.first,
        "risk_1": "因病", "risk_2": None, "risk_3": None, "measure": "健康帮扶", "measure_on": p.first,
        "removal": None, "removed_on": None, "note": None,
    }  # fmt: skip


def insurance(n: int, p: Period) -> Row:
    return {"id_number": person(n), "name": name(n), "scheme": "城乡居民", "year": p.last.year,
            "status": "正常", "has_major_illness_cover": True}  # fmt: skip


def settlements(n: int, p: Period) -> Row:
    total, pooled = Decimal("2500.50") + n, Decimal("1300.30") + n
    return {
        "settlement_id": f"JS{p.text}{n:05}", "reverses_id": None, "id_number": person(n), "name": name(n),
        "household_id": None, "care_type": "住院", "settled_on": p.first + timedelta(days=n % 28),
        "total_cost": total, "pooled_paid": pooled, "major_illness_paid": Decimal(200),
        "medical_aid_paid": Decimal(100), "other_paid": None, "out_of_pocket": Decimal("900.20"),
        "in_scope_out_of_pocket": Decimal("500.20"), "deductible_waived": None, "copay_waived": Decimal(50),
        "chronic_covered": None,
    }  # fmt: skip


def major_diseases(n: int, p: Period) -> Row:
    return {"id_number": person(n), "name": name(n), "disease": "肺癌", "diagnosed_on": date(2019, 5, 6)}


def checkups(n: int, p: Period) -> Row:
    return {"id_number": person(n), "name": name(n), "examined_on": p.first + timedelta(days=n % 28),
            "clinic": "龙湖镇卫生院"}  # fmt: skip


def deaths(n: int, p: Period) -> Row:
    return {"id_number": person(n), "name": name(n), "died_on": p.first + timedelta(days=n % 28)}


def enrolments(n: int, p: Period) -> Row:
    return {
        "pupil_no": f"G410184{n:08}", "name": name(n), "id_number": child(n), "term": p.term, "stage": "初中",
        "grade": "七年级", "school_code": "3141000123", "school_name": "新郑市第一中学", "boarding": "走读",
        "status": "在读", "is_out_of_county": False, "tuition": None, "board": Decimal("300.50"),
    }  # fmt: skip


def dropouts(n: int, p: Period) -> Row:
    return {"id_number": child(n), "name": name(n), "left_on": date(2019, 3, 1), "reason": "厌学",
            "is_back": n % 2 == 0, "back_on": (date(2019, 5, 20), None)[n % 2]}  # fmt: skip


def grants(n: int, p: Period) -> Row:
    return {"grant_id": f"ZZ{p.text}{n:05}", "id_number": child(n), "name": name(n), "term": p.term,
            "programme": "家庭经济困难学生生活补助", "amount": Decimal("312.50"),
            "paid_on": p.first + timedelta(days=60), "is_out_of_county": False}  # fmt: skip


def allowances(n: int, p: Period) -> Row:
    return {
        "certificate_no": f"DB410184{n:05}", "head_name": name(n), "head_id_number": person(n),
        "name": name(n), "id_number": person(n), "grade": "ABC"[n % 3], "since": date(2018, 4, 1),
        "paid_month": p.first, "payment_kind": "正常", "amount": Decimal(260 + n % 9),
    }  # fmt: skip


def destitute(n: int, p: Period) -> Row:
    return {"id_number": person(n), "name": name(n), "care": ("集中", "分散")[n % 2], "care_level": "半护理",
            "paid_month": p.first, "payment_kind": "正常", "amount": Decimal(710 + n % 9)}  # fmt: skip


def relief(n: int, p: Period) -> Row:
    return {"relief_id": f"LS{p.text}{n:05}", "id_number": person(n), "name": name(n),
            "applied_on": date(2019, 6, 3), "reason": "因病致困", "amount": Decimal(1200 + n),
            "paid_on": p.first + timedelta(days=n % 28)}  # fmt: skip


def disability(n: int, p: Period) -> Row:
    return {"certificate_no": person(n) + "43", "name": name(n), "type": "4", "grade": "3",
            "issued_on": date(2015, 7, 8), "status": "有效"}  # fmt: skip


def disability_subsidies(n: int, p: Period) -> Row:
    return {"certificate_no": person(n) + "42", "name": name(n), "subsidy": "重度残疾人护理补贴",
            "paid_month": p.first, "amount": Decimal(60 + n % 9)}  # fmt: skip


def projects(n: int, p: Period) -> Row:
    return {
        "project_id": f"GS{n:04}", "project_name": f"{GIVEN[n % 20]}庄供水站", "kind": "集中",
        "built_year": 2012, "investment": Decimal(356000 + 100 * n), "people_served": 1200,
        "village_code": VILLAGES[n % 3], "households_served": 310,
    }  # fmt: skip


def access(n: int, p: Period) -> Row:
    return {
        "household_id": f"4101840000{n:06}", "litres_per_person_day": Decimal("65.5"), "mode": "集中供水点",
        "fetch_minutes": Decimal("12.5"), "distance_m": Decimal(300), "climb_m": Decimal(15),
        "quality": "合格", "is_water_scarce_area": False,
    }  # fmt: skip


def outages(n: int, p: Period) -> Row:
    began = p.first + timedelta(days=n % 20)
    return {"outage_id": f"TS{p.text}{n:04}", "project_id": f"GS{n:04}", "village_code": VILLAGES[n % 3],
            "began_on": began, "ended_on": began + timedelta(days=2), "reason": "管网维修"}  # fmt: skip


def quality_tests(n: int, p: Period) -> Row:
    return {
        "sample_id": f"YP{p.text}{n:04}", "project_id": f"GS{n:04}",
        "sampled_on": p.first + timedelta(days=n % 28), "ph": Decimal("7.4"), "turbidity_ntu": Decimal("0.8"),
        "free_chlorine_mg_l": Decimal("0.35"), "hardness_mg_l": Decimal(210), "ammonia_mg_l": Decimal("0.1"),
        "permanganate_mg_l": Decimal("1.6"), "conclusion": "合格",
    }  # fmt: skip


OF_FEED: dict[str, Callable[[int, Period], Row]] = {
    made.__name__: made
    for made in (
        divisions, households, members, incomes, reports, visits, insurance, settlements, major_diseases, checkups,
        deaths, enrolments, dropouts, grants, allowances, destitute, relief, disability, disability_subsidies,
        projects, access, outages, quality_tests,
    )
}  # fmt: skip
FEEDS = {
    name: feed for name, feed in catalogue().items() if name in OF_FEED
}  # later ones bring tests of their own


def usual_period(feed: str) -> str:
    return PERIODS.get(feed, "202006")


def rows(feed: str, period: str, count: int, start: int = 0) -> list[Row]:
    """Rows start … start + count - 1 of a period; the same ones in every period of a snapshot."""
    made = OF_FEED[feed]
    return [made(nth, period_of(catalogue()[feed], period)) for nth in range(start, start + count)]


def written(column: Column, value: Any) -> str:
    """A value as a tidy clerk writes it; projects head their money 投资（万元）."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if column.type is Type.MONTH:
        return f"{value:%Y%m}"
    if "万元" in column.label:
        return f"{value / 10000:f}"
    return f"{value:.2f}" if column.type is Type.MONEY else str(value)


def as_usual(feed: str) -> Feed:
    """The feed as departments send it: nobody has a column for the mark that takes a row back."""
    usual = tuple(column for column in catalogue()[feed].columns if column != TAKEN_BACK)
    return replace(catalogue()[feed], columns=usual)


def table(feed: str, listed: Iterable[Row]) -> list[list[str]]:
    """The header as the contract states it, and the rows below."""
    columns = as_usual(feed).columns
    return [
        [column.label for column in columns],
        *([written(column, row[column.name]) for column in columns] for row in listed),
    ]

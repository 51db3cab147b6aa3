"""Edges of school_dropout and education_burden."""

from __future__ import annotations

from deployments.demo.calendar import YEAR_AGO, day
from deployments.demo.edges.home import Home, family, head
from deployments.demo.edges.planting import Planting
from deployments.demo.world import schooling as school

DROPOUT, BURDEN = "school_dropout", "education_burden"
TEN = day(2010, 3, 1)  # about ten years old


def plant(planting: Planting) -> None:
    """All edges of school."""
    _listed(planting)
    _left(planting)
    _unseen(planting)
    _held(planting)
    _burden(planting)
    _burden_unknown(planting)


def _out(planting: Planting, person: int, is_back: int = 0) -> None:
    back = day(2020, 4, 7) if is_back else 0
    planting.add(
        "dropouts", person=person, left=day(2020, 3, 2), is_back=is_back, back=back, reason=0, since=0
    )


def _listed(planting: Planting) -> None:
    for birth, stage, status, why in (
        (day(2013, 8, 31), school.PRIMARY, "at_risk", "six on the last 31 August, on the list"),
        (day(2013, 9, 1), school.NURSERY, "clear", "six only the day after, on the list"),
        (day(2004, 7, 1), school.MIDDLE, "at_risk", "15 on the as-of date, on the list"),
        (day(2004, 6, 30), school.MIDDLE, "clear", "16 on the as-of date, on the list"),
    ):
        for is_poor in (0, 1):
            home = family(planting, is_poor=is_poor)
            child = home.pupil(birth, stage)
            home.enrol(child)
            _out(planting, child)
            planting.expect(home, DROPOUT, status, why)
    home = family(planting)
    child = home.pupil(TEN + home.index, school.PRIMARY)
    home.enrol(child)
    _out(planting, child, is_back=1)
    planting.expect(home, DROPOUT, "clear", "on the list and back at school")
    home = family(planting)
    child = home.pupil(TEN + home.index, school.PRIMARY)
    _out(planting, child)
    home.dies(child, day(2020, 4, 4))
    planting.expect(home, DROPOUT, "clear", "the child on the list has died")


def _left(planting: Planting) -> None:
    for autumn, spring, status, why in (
        (school.STUDYING, school.LEFT, "at_risk", "退学 in the latest term"),
        (school.LEFT, school.STUDYING, "clear", "退学 in the term before, back in the latest"),
        (school.STUDYING, school.SUSPENDED, "clear", "休学 in the latest term"),
        (school.STUDYING, school.GRADUATED, "clear", "毕业 counts in its own term"),
        (school.STUDYING, school.MOVED_AWAY, "unknown", "转出, and seen nowhere else"),
    ):
        home = family(planting)
        child = home.pupil(TEN + home.index, school.PRIMARY)
        home.enrol(child, school.AUTUMN, status=autumn)
        home.enrol(child, school.SPRING, status=spring)
        planting.expect(home, DROPOUT, status, why)
    for autumn, status, why in (
        (school.LEFT, "at_risk", "退学 in the latest term that has a row of the child"),
        (school.GRADUATED, "unknown", "毕业 in autumn, seen nowhere in spring, which is due"),
        (school.STUDYING, "unknown", "at school in autumn, seen nowhere in spring"),
    ):
        home = family(planting)
        home.enrol(home.pupil(TEN + home.index, school.PRIMARY), school.AUTUMN, status=autumn)
        planting.expect(home, DROPOUT, status, why)
    home = family(planting)
    child = home.pupil(TEN + home.index, school.PRIMARY)
    home.enrol(child, school.SPRING, status=school.LEFT)
    home.enrol(child, school.SPRING, status=school.STUDYING, school=20_777)
    planting.expect(home, DROPOUT, "unknown", "退学 at one school, 在读 at another in the same term")


def _unseen(planting: Planting) -> None:
    home = family(planting)
    home.pupil(TEN + home.index, school.PRIMARY)
    planting.expect(home, DROPOUT, "unknown", "on no list of pupils, no reason given")
    home = family(planting)
    home.pupil(TEN + home.index, school.NONE, reason=1)
    planting.expect(home, DROPOUT, "clear", "not at school for a reason that the register gives")
    for paid, status, why in (
        (YEAR_AGO, "unknown", "a grant outside the county, paid on 30 June 2019"),
        (YEAR_AGO + 1, "clear", "a grant outside the county, paid on 1 July 2019"),
    ):
        home = family(planting)
        child = home.pupil(TEN + home.index, school.PRIMARY)
        _grant(planting, child, 150_000, term=201903, paid=paid, out=1)
        planting.expect(home, DROPOUT, status, why)
    home = family(planting)
    home.person(2, 1, TEN + home.index, number_kind=3)
    planting.expect(home, DROPOUT, "unknown", "a child without a number (无户口)")
    planting.expect(family(planting), DROPOUT, "clear", "no child of the age")


def _grant(planting: Planting, person: int, amount: int, **changes: int) -> None:
    record = {"person": person, "term": school.AUTUMN, "programme": school.RAIN_PROGRAMME, "amount": amount,
              "paid": day(2019, 11, 20), "out": 0}  # fmt: skip
    planting.add("grants", **{**record, **changes})


def _enrolled_row(home: Home, term: str) -> dict[str, str]:
    return {
        "pupil_no": f"XJB{home.index:06d}", "term": term, "stage": "小学", "school_name": "市第2小学学校",
        "school_code": "41018020001", "status": "在校",
    }  # fmt: skip


def _held(planting: Planting) -> None:
    home = family(planting)
    child = home.pupil(TEN + home.index, school.PRIMARY)
    home.enrol(child, school.AUTUMN)
    home.enrol(child, school.SPRING, status=school.LEFT)
    planting.bad_row("enrolments", "202003", "unknown_code", _enrolled_row(home, "2020春"), person=child)
    planting.expect(home, DROPOUT, "unknown", "退学, but another row of the term is held", needs_dirt=True)
    home = family(planting)
    child = home.pupil(TEN + home.index, school.PRIMARY)
    home.enrol(child)
    cells = {"left_on": "2020-03-02", "is_back": "不详"}
    planting.bad_row("dropouts", "202006", "unreadable_flag", cells, person=child)
    planting.expect(home, DROPOUT, "unknown", "on the list in a row that is held", needs_dirt=True)


def _student(home: Home, stage: int = school.UNIVERSITY, **fees: int) -> int:
    birth = day(2000, 9, 1) + len(home.planting.people)
    student = home.pupil(birth, stage, labour=3, months_worked=0)
    home.enrol(student, **fees)
    return student


def _burden(planting: Planting) -> None:
    for stage in (school.HIGH, school.VOCATIONAL, school.COLLEGE, school.UNIVERSITY):
        home = family(planting)
        _student(home, stage, tuition=440_000, board=60_000)
        planting.expect(home, BURDEN, "clear", "10,000 over two terms: more is asked")
        home = family(planting)
        _student(home, stage, tuition=440_000, board=60_001)
        planting.expect(home, BURDEN, "at_risk", "10,000.02 over two terms")
    home = family(planting)
    _grant(planting, _student(home, tuition=550_000, board=50_000), 200_000)
    planting.expect(home, BURDEN, "clear", "12,000 less a grant of 2,000")
    home = family(planting)
    _student(home, tuition=500_000, board=25_000)
    _grant(planting, _student(home, school.HIGH, tuition=25_000, board=0), 300_000)
    planting.expect(
        home, BURDEN, "at_risk", "10,500 of one; another's grant above his cost takes nothing off"
    )
    home = family(planting)
    _student(home, tuition=300_000, board=0)
    _student(home, school.COLLEGE, tuition=200_001, board=0)
    planting.expect(home, BURDEN, "at_risk", "6,000 and 4,000.02 of two students")
    home = family(planting)
    home.enrol(home.pupil(TEN + home.index, school.PRIMARY), tuition=1_000_000, board=100_000)
    planting.expect(home, BURDEN, "clear", "22,000 at a primary school do not count")


def _burden_unknown(planting: Planting) -> None:
    home = family(planting)
    _student(home, school.HIGH, board=30_000)
    planting.expect(home, BURDEN, "unknown", "tuition not stated at 普通高中")
    home = family(planting)
    home.enrol(home.pupil(TEN + home.index, school.PRIMARY))
    planting.expect(home, BURDEN, "clear", "fees not stated at 小学 are none")
    home = family(planting)
    home.pupil(day(2000, 8, 1) + head(home), school.UNIVERSITY, labour=3)
    planting.expect(home, BURDEN, "unknown", "a student by the register, in no list of the latest term")
    home = family(planting)
    student = _student(home, tuition=550_000, board=50_000)
    cells = {"grant_id": f"ZZB{home.index:06d}", "term": "2019秋", "programme": "雨露计划", "amount": "两千",
             "paid_on": "2019-11-20"}  # fmt: skip
    planting.bad_row("grants", "201909", "text_in_amount", cells, person=student)
    planting.expect(home, BURDEN, "unknown", "12,000 of cost and a grant of unknown height", needs_dirt=True)

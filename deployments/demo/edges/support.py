"""Edges of new_severe_disability, newly_on_allowance, temporary_relief and no_labour."""

from __future__ import annotations

from deployments.demo.calendar import YEAR_AGO, day, months
from deployments.demo.edges.home import Home, family, head, make_home, number_of
from deployments.demo.edges.planting import Planting
from deployments.demo.world.families import FEMALE, GRANDSON, HEAD, MALE, SON
from deployments.demo.world.population import LOST, NO_LABOUR, ORDINARY_LABOUR, WEAK

SEVERE, NEWLY, RELIEF, LABOUR = "new_severe_disability", "newly_on_allowance", "temporary_relief", "no_labour"
ALL_MONTHS = months(201906, 202005)


def plant(planting: Planting) -> None:
    """All edges of support."""
    _severe(planting)
    _newly(planting)
    _pooled(planting)
    _newly_held(planting)
    _relief(planting)
    _labour(planting)
    _labour_unknown(planting)


def _severe(planting: Planting) -> None:
    for kind, grade, issued, status, why in (
        (4, 1, day(2020, 3, 3), "at_risk", "grade 1"),
        (4, 2, day(2020, 3, 3), "at_risk", "grade 2"),
        (4, 3, day(2020, 3, 3), "clear", "grade 3 of the limbs"),
        (5, 3, day(2020, 3, 3), "at_risk", "grade 3, intellectual"),
        (6, 3, day(2020, 3, 3), "at_risk", "grade 3, mental"),
        (6, 4, day(2020, 3, 3), "clear", "grade 4, mental"),
        (4, 1, YEAR_AGO, "clear", "issued on 30 June 2019"),
        (4, 1, YEAR_AGO + 1, "at_risk", "issued on 1 July 2019"),
    ):
        home = family(planting)
        _certify(planting, head(home) + 1, kind, grade, issued)
        planting.expect(home, SEVERE, status, why)
    home = family(planting)
    _certify(planting, head(home) + 1, 4, 1, day(2020, 3, 3), status=1)
    planting.expect(home, SEVERE, "clear", "the certificate was cancelled")
    home = family(planting)
    _certify(planting, head(home) + 1, 4, 1, day(2020, 3, 3), reissued=1)
    planting.expect(home, SEVERE, "at_risk", "issued anew, a certificate of 22 characters")
    home = family(planting)
    _certify(planting, head(home) + 1, 4, 1, day(2020, 3, 3))
    home.dies(head(home) + 1, day(2020, 4, 8))
    planting.expect(home, SEVERE, "clear", "the holder has died")
    home = family(planting)
    cells = {"certificate_no": number_of(planting, head(home)) + "41", "type": "肢体", "grade": "2",
             "issued_on": "2020-03-03", "status": "有效"}  # fmt: skip
    planting.bad_row("disability", "202006", "grade_not_in_certificate", cells, person=head(home))
    planting.expect(
        home, SEVERE, "unknown", "a held certificate whose grade is not its digit", needs_dirt=True
    )


def _certify(planting: Planting, person: int, kind: int, grade: int, issued: int, **changes: int) -> None:
    planting.people[person]["health"] = 4
    planting.add(
        "certificates", **{"person": person, "type": kind, "grade": grade, "issued": issued, **changes}
    )


def _newly(planting: Planting) -> None:
    for paid, status, why in (
        (months(202003, 202005), "at_risk", "first paid in March, P-2"),
        ([202005], "at_risk", "first paid in May, P"),
        (months(202002, 202005), "clear", "first paid in February, P-3"),
        ([202002, 202005], "clear", "paid in P-3 and P"),
        ([201906, 202004], "clear", "paid once in P-11 and once of late"),
        (months(201906, 202002), "clear", "no longer paid since P-3"),
        (ALL_MONTHS, "clear", "paid all the year"),
    ):
        home = family(planting)
        home.paid("allowances", head(home), *paid)
        planting.expect(home, NEWLY, status, why)
    home = family(planting)
    home.paid("allowances", head(home), 202005, amount=0)
    planting.expect(home, NEWLY, "clear", "a row of 0 yuan in P is no payment")
    home = family(planting)
    home.paid("allowances", head(home), 202001, amount=0)
    home.paid("allowances", head(home), 202005)
    planting.expect(home, NEWLY, "at_risk", "a row of 0 yuan in P-4 is no earlier payment")


def _pooled(planting: Planting) -> None:
    home = family(planting)
    home.paid("allowances", head(home), *months(201906, 202002))
    home.paid("destitute", head(home), *months(202003, 202005))
    planting.expect(home, NEWLY, "clear", "from 低保 to 特困: the two are pooled")
    home = family(planting)
    home.paid("destitute", head(home), 202004)
    planting.expect(home, NEWLY, "at_risk", "first paid as 特困 in April")
    home = family(planting)
    home.paid("allowances", head(home), *ALL_MONTHS)
    home.paid("allowances", head(home) + 1, 202005, certificate=500_000_000 + head(home))
    planting.expect(home, NEWLY, "at_risk", "the husband is paid all the year, the wife is new")
    home = family(planting)
    home.paid("allowances", head(home), 202004, 202005)
    home.paid("allowances", head(home), 202002, kind=1, told=202004)
    planting.expect(home, NEWLY, "clear", "a back payment for February, P-3, in April's file")
    home = family(planting)
    home.paid("allowances", head(home) + 1, 202003)
    home.dies(head(home) + 1, day(2020, 4, 3))
    planting.expect(home, NEWLY, "clear", "the one newly paid has died")
    home = family(planting)
    home.paid("allowances", head(home) + 1, *ALL_MONTHS)
    home.dies(head(home) + 1, day(2020, 1, 8))
    planting.expect(home, NEWLY, "clear", "paid all the year, though dead since January")


def _newly_held(planting: Planting) -> None:
    for known, held, status, why in (
        ([], "202005", "unknown", "the only payment is a held row of May"),
        ([202004], "201912", "at_risk", "new in April; a held row of December takes nothing back"),
        ([201911], "202005", "clear", "one earlier payment is known, whatever May's held row says"),
    ):
        home = family(planting)
        home.paid("allowances", head(home), *known)
        cells = {"certificate_no": f"DB5{head(home):08d}", "grade": "D", "paid_month": held, "amount": "400"}
        planting.bad_row("allowances", held, "unknown_code", cells, person=head(home))
        planting.expect(home, NEWLY, status, why, needs_dirt=True)


def _relief(planting: Planting) -> None:
    for paid, status, why in (
        (YEAR_AGO, "clear", "paid on 30 June 2019"),
        (YEAR_AGO + 1, "at_risk", "paid on 1 July 2019"),
    ):
        home = family(planting)
        planting.add("relief", person=head(home), paid=paid, applied=paid - 9, reason=1, amount=80_000)
        planting.expect(home, RELIEF, status, why)
    home = family(planting)
    planting.add(
        "relief", person=head(home) + 1, paid=day(2020, 1, 9), applied=day(2020, 1, 2), amount=80_000
    )
    home.dies(head(home) + 1, day(2020, 2, 2))
    planting.expect(home, RELIEF, "clear", "the one relieved has died")
    home = family(planting)
    cells = {
        "relief_id": f"LJB{home.index:05d}",
        "reason": "火灾",
        "amount": "1,0000",
        "paid_on": "2020-02-12",
    }
    planting.bad_row("relief", "202002", "comma_not_of_thousands", cells, person=head(home))
    planting.expect(home, RELIEF, "unknown", "a held payment", needs_dirt=True)


def _couple(planting: Planting, first: int, second: int) -> Home:
    home = family(planting)
    for place, labour in enumerate((first, second)):
        planting.people[head(home) + place] |= {"labour": labour, "months_worked": 0}
    return home


def _labour(planting: Planting) -> None:
    for first, second, status, why in (
        (NO_LABOUR, LOST, "at_risk", "neither can work"),
        (NO_LABOUR, WEAK, "clear", "one 弱劳动力"),
        (NO_LABOUR, ORDINARY_LABOUR, "clear", "one 普通劳动力"),
    ):
        planting.expect(_couple(planting, first, second), LABOUR, status, why)
    for birth, status, why in (
        (day(2004, 7, 1), "at_risk", "the only worker is 15"),
        (day(2004, 6, 30), "clear", "the only worker turned 16 on the as-of date"),
    ):
        home = _couple(planting, NO_LABOUR, LOST)
        home.person(GRANDSON, MALE, birth, labour=ORDINARY_LABOUR)
        planting.expect(home, LABOUR, status, why)
    home = _couple(planting, NO_LABOUR, LOST)
    home.dies(home.person(SON, MALE), day(2020, 3, 14))
    planting.expect(home, LABOUR, "at_risk", "the only worker has died")
    home = _couple(planting, NO_LABOUR, LOST)
    home.person(GRANDSON, MALE, day(2012, 4, 4), labour=0)
    planting.expect(home, LABOUR, "at_risk", "an empty entry of a child counts as none")


def _labour_unknown(planting: Planting) -> None:
    planting.expect(
        _couple(planting, NO_LABOUR, 0), LABOUR, "unknown", "one entry is empty, the other cannot work"
    )
    planting.expect(_couple(planting, WEAK, 0), LABOUR, "clear", "one entry is empty, the other can work")
    home = make_home(planting)
    person = home.person(HEAD, MALE)
    home.dies(person, day(2020, 3, 9))
    planting.expect(home, LABOUR, "unknown", "nobody is living")
    home = make_home(planting)
    home.person(HEAD, FEMALE, home0=-1, home1=-1, home2=-1)
    for indicator in (LABOUR, SEVERE, RELIEF, NEWLY):
        planting.expect(home, indicator, "unknown", "a household without members")

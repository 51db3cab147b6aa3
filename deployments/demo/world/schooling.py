"""Pupils: stage by age, enrolments, the list of children out of school, grants. Amounts in cents."""

from __future__ import annotations

import numpy as np

from deployments.demo.calendar import LAST_AUGUST, TODAY, age, day
from deployments.demo.draws import between, chance, some, split, stream, weighted
from deployments.demo.letter import Row
from deployments.demo.world.tables import Table, rows, size, together

STAGES = ("", "学前", "小学", "初中", "普通高中", "中职", "高职", "本科")
NONE, NURSERY, PRIMARY, MIDDLE, HIGH, VOCATIONAL, COLLEGE, UNIVERSITY = range(8)
STUDYING, SUSPENDED, LEFT, MOVED_AWAY, GRADUATED = range(5)
AT_HOME, AWAY, UNSEEN = range(3)  # enrolled here, at school outside the county, enrolled but on no list
AUTUMN, SPRING = 201909, 202003
EMPTY = -1
STANDARDS = (25_000, 31_250, 50_000, 62_500)  # grants of compulsory education, a term
TERM_PROGRAMME, OUT_PROGRAMME, OTHER_PROGRAMME, RAIN_PROGRAMME = range(4)
PROGRAMMES = ("家庭经济困难学生资助", "教育扶贫资金", "学前教育资助", "雨露计划")
FEES = {NURSERY: (90_000, 0), PRIMARY: (EMPTY, EMPTY), MIDDLE: (EMPTY, EMPTY), HIGH: (78_000, 30_000),
        VOCATIONAL: (0, 40_000), COLLEGE: (190_000, 40_000), UNIVERSITY: (230_000, 45_000)}  # fmt: skip


def draw_stages(seed: int, persons: Table, out_of_county: Row) -> Table:
    """The stage of each person in the school year, where the school is, and whether the child dropped out."""
    rng = stream(seed, "stages")
    count = size(persons)
    years = np.where(
        persons["birth"] <= LAST_AUGUST, age(np.minimum(persons["birth"], LAST_AUGUST), LAST_AUGUST), 0
    )
    lot = rng.integers(0, 1_000, count)
    stage = np.full(count, NONE)
    stage = np.where((years >= 3) & (years <= 5) & (lot < 720), NURSERY, stage)
    stage = np.where((years >= 6) & (years <= 11), PRIMARY, stage)
    stage = np.where((years >= 12) & (years <= 14), MIDDLE, stage)
    stage = np.where((years >= 15) & (years <= 17), np.where(lot < 590, HIGH, VOCATIONAL), stage)
    stage = np.where((years >= 16) & (years <= 17) & (lot >= 860), NONE, stage)
    further = np.where(lot < 250, UNIVERSITY, np.where(lot < 480, COLLEGE, NONE))
    stage = np.where((years >= 18) & (years <= 21), further, stage)
    settled = (persons["home0"] >= 0) & (persons["home0"] == persons["home2"]) & (persons["died"] == 0)
    stage = np.where(persons["home2"] >= 0, stage, NONE)
    place = np.where((stage >= PRIMARY) & chance(rng, count, 4_000), UNSEEN, AT_HOME)
    might = np.flatnonzero((stage >= PRIMARY) & settled)
    place[some(rng, might, max((out_of_county.persons or 0) + 1, len(might) * 14 // 1_000))] = AWAY
    out = ((stage == PRIMARY) | (stage == MIDDLE)) & (persons["died"] == 0) & chance(rng, count, 1_600)
    return {
        "stage": stage.astype(np.int8),
        "grade": np.maximum(years - 5, 0).astype(np.int8),
        "place": place.astype(np.int8),
        "dropout": np.where(out, 1 + (lot % 3), 0).astype(
            np.int8
        ),  # 1 on the list, 2 there and back, 3 退学 too
    }


def draw_enrolments(seed: int, persons: Table, may: np.ndarray) -> Table:
    """One row per pupil and term."""
    rng = stream(seed, "enrolments")
    who = np.flatnonzero(may & (persons["stage"] != NONE) & (persons["place"] == AT_HOME))
    boarding = np.where(chance(rng, len(who), 300_000), 2, 1) - chance(rng, len(who), 60_000)
    schools = between(rng, 0, max(1, len(who) // 600), len(who))
    found = [_term(rng, persons, who, term, schools, boarding) for term in (AUTUMN, SPRING)]
    return together(found)


def _term(
    rng: np.random.Generator,
    persons: Table,
    who: np.ndarray,
    term: int,
    schools: np.ndarray,
    boarding: np.ndarray,
) -> Table:
    stage, dropout = persons["stage"][who], persons["dropout"][who]
    status = np.where((term == SPRING) & (dropout == 3), LEFT, STUDYING)
    status = np.where(chance(rng, len(who), 1_500) & (dropout == 0), SUSPENDED, status)
    tuition, board = (np.array([FEES.get(s, (0, 0))[part] for s in range(8)])[stage] for part in (0, 1))
    return {
        "person": who.astype(np.int32),
        "term": np.full(len(who), term, dtype=np.int32),
        "stage": stage.astype(np.int8),
        "grade": persons["grade"][who],
        "school": (stage.astype(np.int64) * 10_000 + schools).astype(np.int32),
        "boarding": boarding.astype(np.int8),
        "status": status.astype(np.int8),
        "out": np.where(stage >= COLLEGE, 1, 0).astype(np.int8),
        "tuition": np.where(tuition > 0, tuition + 1_000 * between(rng, -20, 20, len(who)), tuition),
        "board": np.where((board > 0) & (boarding != 2), 0, board),
    }


def draw_dropouts(seed: int, persons: Table, may: np.ndarray) -> Table:
    """The children on the list, with the day they left and, for some, the day they came back."""
    rng = stream(seed, "dropouts")
    who = np.flatnonzero(may & (persons["dropout"] > 0))
    left = between(rng, day(2019, 9, 10), day(2020, 5, 20), len(who))
    is_back = persons["dropout"][who] == 2
    back = np.minimum(left + between(rng, 5, 60, len(who)), day(2020, 6, 5))
    return {
        "person": who.astype(np.int32),
        "left": left.astype(np.int32),
        "is_back": is_back.astype(np.int8),
        "back": np.where(is_back, back, 0).astype(np.int32),
        "reason": between(rng, 0, 3, len(who)).astype(np.int8),
        "since": np.where(left < day(2020, 4, 1), 0, 1).astype(np.int8),  # first of the two lists that has it
    }


def draw_grants(
    seed: int, persons: Table, enrolments: Table, may: np.ndarray, letter: dict[str, Row]
) -> Table:
    """Grants of three terms; those of 2020春 are as many, and as much, as the letter says."""
    rng = stream(seed, "grants")
    here = np.unique(enrolments["person"][enrolments["term"] == SPRING])
    here = here[may[here]]
    out = np.flatnonzero(may & (persons["place"] == AWAY) & (persons["stage"] >= PRIMARY))
    counted = _counted_grants(rng, persons, here, letter["grants_term"])
    away = _away_grants(rng, out, letter["grants_out_of_county"])
    found = [counted, away]
    for term, paid in ((201903, day(2019, 6, 3)), (AUTUMN, day(2019, 11, 25))):
        earlier = rows(counted, chance(rng, size(counted), 850_000))
        earlier["term"] = np.full(size(earlier), term, dtype=np.int32)
        earlier["paid"] = (paid + between(rng, 0, 30, size(earlier))).astype(np.int32)
        found.append(earlier)
    return together(found)


def _grants(person: np.ndarray, programme: int, amount: np.ndarray, paid: np.ndarray, out: int) -> Table:
    count = len(person)
    return {
        "person": person.astype(np.int32),
        "term": np.full(count, SPRING, dtype=np.int32),
        "programme": np.full(count, programme, dtype=np.int8),
        "amount": amount.astype(np.int64),
        "paid": paid.astype(np.int32),
        "out": np.full(count, out, dtype=np.int8),
    }


def _counted_grants(rng: np.random.Generator, persons: Table, here: np.ndarray, row: Row) -> Table:
    """Standard amounts in compulsory education; the rest of the sum goes to the higher stages."""
    wanted = row.persons or 0
    stage = persons["stage"][here]
    higher, standard = here[stage >= HIGH], here[(stage == PRIMARY) | (stage == MIDDLE)]
    free = min(len(higher), max(1, wanted * 3 // 10))
    if wanted - free > len(standard):
        free = wanted - len(standard)
    free_amounts_for, standard_for = some(rng, higher, free), some(rng, standard, wanted - free)
    fixed = np.array(STANDARDS)[weighted(rng, len(standard_for), [25, 30, 30, 15])]
    rest = split(row.amount_cents - int(fixed.sum()), between(rng, 80, 170, free), 5_000)
    person, amount = np.concatenate([standard_for, free_amounts_for]), np.concatenate([fixed, rest])
    order = np.argsort(person, kind="stable")
    paid = between(rng, day(2020, 4, 15), day(2020, 6, 24), wanted)
    return _grants(person[order], TERM_PROGRAMME, amount[order], paid, 0)


def _away_grants(rng: np.random.Generator, out: np.ndarray, row: Row) -> Table:
    """Grants to pupils outside the county: the letter's programme for as many as it says, else another."""
    wanted = row.persons or 0
    counted = some(rng, out, wanted)
    amount = split(row.amount_cents, between(rng, 70, 130, wanted), 5_000)
    paid = between(rng, day(2020, 3, 20), TODAY - 12, wanted)
    others = out[~np.isin(out, counted) & (rng.integers(0, 3, len(out)) > 0)]
    paid_others = between(rng, day(2020, 3, 20), TODAY - 12, len(others))
    return together([
        _grants(counted, OUT_PROGRAMME, amount, paid, 1),
        _grants(others, RAIN_PROGRAMME, np.full(len(others), 150_000), paid_others, 1),
    ])  # fmt: skip

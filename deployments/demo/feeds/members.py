"""家庭成员: the persons of each household, as each month's snapshot has them."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from deployments.demo.calendar import SNAPSHOTS
from deployments.demo.files import cells
from deployments.demo.files.cells import Columns
from deployments.demo.world import families, schooling
from deployments.demo.world.world import World
from expectations.feeds import catalogue

IS_BOOK = False
EDUCATION = ("文盲或半文盲", "小学", "初中", "高中", "大专及以上")
SCHOOLING = ("", "学前教育", "小学", "", "普通高中", "中职", "高职", "本科")
MIDDLE_GRADES = ("七年级", "八年级", "九年级")
HEALTH = (
    "健康",
    "长期慢性病",
    "大病",
    "长期慢性病、大病",
    "残疾",
    "长期慢性病、残疾",
    "大病、残疾",
    "长期慢性病、大病、残疾",
)
REASONS = ("因病不能上学", "初中毕业已务工", "随父母在外地就读")
FIRST, SECOND = "84", "85"  # what a person's register number begins with; the latter in a second household


def periods(world: World) -> list[str]:
    """The months of the register."""
    return [str(month) for month in SNAPSHOTS]


def rows(world: World, period: str) -> Iterator[Columns]:
    """Who lives where in that month."""
    home = world.persons[f"home{SNAPSHOTS.index(int(period))}"]
    here = np.flatnonzero(home >= 0)
    order = here[np.argsort(home[here], kind="stable")]
    for part in cells.chunks(order):
        yield _columns(world, part, home[part])
    second = world.tables["memberships"]
    again = _columns(world, second["person"], second["household"])
    yield again | {"person_no": cells.labelled(SECOND, second["person"], 10)}


def _columns(world: World, part: np.ndarray, home: np.ndarray) -> Columns:
    person = {name: column[part] for name, column in world.persons.items()}
    moved = home != person["household"]
    relation = np.where(moved & (person["relation"] == families.HEAD), families.OTHER, person["relation"])
    unknown = person["known"] == 0
    labour = list(catalogue()["members"].column("labour").codes)
    return {
        "household_id": cells.household_ids(home),
        "person_no": cells.labelled(FIRST, part, 10),
        "name": cells.person_names(world, part),
        "id_number": shown_numbers(world, part),
        "relation": cells.coded(relation, families.RELATIONS),
        "sex": cells.coded(person["sex"] - 1, ("男", "女")),
        "birth_date": cells.dates(person["birth"]),
        "ethnicity": cells.words(np.where(part % 71 == 0, 1, 0), ("汉族", "回族"), unknown),
        "education": cells.words(person["education"] - 1, EDUCATION, person["education"] == 0),
        "schooling": _schooling(person, unknown),
        "health": cells.words(person["health"], HEALTH, unknown & (person["health"] == 0)),
        "labour": cells.coded(person["labour"] - 1, labour, person["labour"] == 0),
        "months_worked": cells.whole(person["months_worked"], unknown),
        "not_in_school_reason": cells.words(person["reason"] - 1, REASONS, person["reason"] == 0),
    }


def _schooling(person: dict[str, np.ndarray], unknown: np.ndarray) -> pa.Array:
    """Of children of school age it is always known."""
    stage, grade = person["stage"], person["grade"]
    word = cells.words(stage, SCHOOLING, (stage == 0) | (unknown & (stage != schooling.PRIMARY)))
    middle = cells.words(np.clip(grade - 7, 0, 2), MIDDLE_GRADES, stage != schooling.MIDDLE)
    return pc.coalesce(middle, pc.if_else(pc.equal(word, ""), pa.scalar(None, pa.string()), word))


STATED = ("", "无", "未办", "无户口", "护照E12345678", "H08123456")  # number_kind: 0 = the number itself


def shown_numbers(world: World, part: np.ndarray) -> pa.Array:
    """The number as the register has it, or what it says in its place."""
    kind = world.persons["number_kind"][part]
    number = cells.person_numbers(world, part)
    if not kind.any():
        return number
    stated = cells.words(np.minimum(kind, len(STATED) - 1), STATED, kind == 0)
    return pc.coalesce(stated, number)

"""quality.finding: what does not fit between rows and between feeds. The scenes are drawn in tests/spec/across.py."""

from __future__ import annotations

import re
from collections import defaultdict
from datetime import date
from functools import cache

import pytest

from expectations.feeds import catalogue
from tests.sampling import sampled
from tests.spec.across import CASES, Case
from tests.spec.drawn import drawn
from tests.spec.town import Scene, Town, told, town
from warehouse.across import expectations

CLUE = {"household_id": "A", "closed_on": None, "reasons": ""}
NIGHTS = {
    "usual": Town("2020-06-30"),
    "divided": Town("2020-06-30"),
    "january": Town("2020-01-05", periods={"members": "201912", "households": "201912"}),
    "spring": Town("2020-06-30", periods={"disability": "202004"}),
    "later": Town(
        "2020-06-30",
        open_clues=[CLUE | {"clue_id": "open1_s1", "opened_on": date(2020, 6, 12)}],
        closed_clues=[
            CLUE | {"clue_id": "closed1_s1", "opened_on": date(2020, 6, 10), "closed_on": date(2020, 6, 15)}
        ],
    ),
}
Found = set[tuple[str, int]]  # file, line


def unmarked(table: str) -> tuple[str, list[str]]:
    """A drawn table without its unnamed last column, and that column."""
    rows = drawn(table)
    marks = [row.pop("", "") for row in rows]
    lines = [" | ".join(rows[0]), *(" | ".join(row.values()) for row in rows)]
    return "\n".join(lines), marks


def scene_of(one: Case, on: Town | None = None) -> Scene:
    """The case as a scene of its night; what is marked is kept in the case."""
    night, given = on or NIGHTS[one.night], {}
    for feed, drawing in one.tables.items():
        tables = {"": drawing} if isinstance(drawing, str) else drawing
        bare = {text: unmarked(table) for text, table in tables.items()}
        one.marks |= {(feed, text): [mark == "x" for mark in marks] for text, (_, marks) in bare.items()}
        given[feed] = bare[""][0] if "" in bare else {text: table for text, (table, _) in bare.items()}
    return Scene(night, f"_s{len(night.scenes) + 1}", given).added()


SCENES = [(one, scene_of(one)) for one in CASES]


Lines = dict[tuple[str, str], list[tuple[str, int]]]  # (feed, period) -> file and line of each row


@cache
def lines_of_all(on: Town) -> list[Lines]:
    """Where the rows of each scene of a town stand."""
    found: list[Lines] = [{} for _ in on.scenes]
    whole = [scene.whole() for scene in on.scenes]
    for feed, text in ((feed, text) for feed, tables in on.tables.items() for text in tables):
        line = 2
        for place, tables in enumerate(whole):
            rows = told(catalogue()[feed], tables.get(feed, {}), text)
            found[place][feed, text] = [(f"{feed}_{text}", line + nth) for nth in range(len(rows))]
            line += len(rows)
    return found


def lines_of(scene: Scene) -> Lines:
    return lines_of_all(scene.town)[scene.town.scenes.index(scene)]


def findings(on: Town) -> dict[str, Found]:
    """Expectation -> rows that it found."""
    found: dict[str, Found] = defaultdict(set)
    for row in on.night.table("quality.finding"):
        found[row["expectation_id"]].add((on.night.files[row["delivery_id"]], row["line"]))
    return found


def asked(one: Case, scene: Scene) -> Found:
    """The rows that are marked."""
    lines = lines_of(scene)
    wanted = set()
    for (feed, text), marks in one.marks.items():
        place = lines[feed, text or next(t for (f, t), rows in lines.items() if f == feed and rows)]
        wanted |= {where for where, is_marked in zip(place, marks, strict=True) if is_marked}
    return wanted


@pytest.mark.parametrize(("one", "scene"), SCENES, ids=[f"{c.expectation_id}-{s.mark}" for c, s in SCENES])
def test_what_does_not_hold_is_found_and_what_just_holds_is_not(one, scene):
    mine = {where for rows in lines_of(scene).values() for where in rows}
    found = {name: rows & mine for name, rows in findings(scene.town).items() if rows & mine}
    assert found.pop(one.expectation_id, set()) == asked(one, scene)
    assert found.keys() <= set(one.besides.split())


def test_every_expectation_has_a_scene_that_breaks_it_and_rows_that_do_not():
    breaking = {one.expectation_id for one in CASES if any(any(marks) for marks in one.marks.values())}
    holding = {one.expectation_id for one in CASES if any(not all(marks) for marks in one.marks.values())}
    assert breaking == holding == {one.expectation_id for one in expectations()}


# ---- what has not come is not missed ----

NOT_COME = (
    ["deaths", "disability", "enrolments", "insurance", "allowances", "projects", "divisions"],
    ["members"],
    ["households"],
    ["incomes"],
)


def without(feeds: list[str]) -> tuple[Town, set[str]]:
    """The cases that need one of the feeds, on a night without them; and their expectations."""
    town, silent = Town("2020-06-30", without=dict.fromkeys(feeds, "all")), set()
    needs = {one.expectation_id: set(one.between) for one in expectations()}
    for one in CASES:
        own = one.expectation_id.partition(".")[0]
        if own not in feeds and needs[one.expectation_id] & set(feeds) and one.night != "january":
            kept = {name: drawing for name, drawing in one.tables.items() if name not in feeds}
            scene_of(Case(one.expectation_id, kept), town)
            silent.add(one.expectation_id)
    return town, silent


@pytest.mark.parametrize("feeds", sampled(NOT_COME, NOT_COME[:1]), ids=" ".join)
def test_where_the_other_feed_was_never_delivered_an_expectation_is_silent(feeds):
    town, silent = without(feeds)
    assert silent
    assert not findings(town).keys() & silent
    told = {row["expectation_id"] for row in town.night.table("quality.expectation_result")}
    assert not told & silent, "neither passed nor failed"


def test_every_other_feed_is_left_out_once():
    others = {
        feed
        for one in expectations()
        for feed in one.between
        if feed != one.expectation_id.partition(".")[0] and not one.expectation_id.startswith("identity")
    }
    assert others == {feed for feeds in NOT_COME for feed in feeds}


def test_a_list_too_old_to_answer_is_as_good_as_none():
    tables = {"members": "household_id | id_number | health \n A | A | 残疾"}
    alone = {"indicator": "new_severe_disability", "asked": "quality.finding"}
    for month, is_found in (("202003", True), ("202002", False)):
        lists = {month: "certificate_no \n b:44"}
        old = town(disability=lists, periods={"disability": month}, **tables, **alone)
        assert ("members.disabled_has_certificate" in findings(old.town)) == is_found


# ---- what becomes of it ----


def test_no_row_is_held_and_results_count_the_rows_looked_at():
    night = NIGHTS["usual"].night
    held = {(row["delivery_id"], row["line"]) for row in night.table("quality.quarantined_row")}
    assert not held & {(row["delivery_id"], row["line"]) for row in night.table("quality.finding")}
    results = {
        (row["expectation_id"], night.files[row["delivery_id"]]): row
        for row in night.table("quality.expectation_result")
    }
    ids = {one.expectation_id: one.severity for one in expectations()}
    assert {name for name, _ in results} & ids.keys() == ids.keys() - silent_here()
    for (name, file), row in results.items():
        if name in ids:
            count = len({line for there, line in findings(NIGHTS["usual"])[name] if there == file})
            assert (row["unexpected"], row["status"]) == (count, "failed" if count else "passed")
            assert row["severity"] == ids[name] and row["evaluated"] >= count
    deaths = {
        file: row["evaluated"] for (name, file), row in results.items() if name.startswith("deaths.one")
    }
    assert deaths == {"deaths_202003_2": 1 + 2, "deaths_202004": 2, "deaths_2020": deaths["deaths_2020"]}, (
        "of deaths_202003 every row was told again later"
    )


def silent_here() -> set[str]:
    return {one.expectation_id for one in expectations() if "divisions" in one.between}


def test_where_all_is_well_nothing_is_found():
    assert findings(town(households="household_id \n A \n B").town) == {}


# ---- their files ----


@pytest.mark.parametrize("one", expectations(), ids=lambda one: one.expectation_id)
def test_a_file_says_between_which_feeds_it_looks(one):
    """What it names is what it needs, but for the tables of work that stand for a feed."""
    body = re.sub(r"--.*", "", one.sql)
    named = {name.removesuffix("_all") for name in re.findall(r"\bfeed\.([a-z_]+)", body)}
    stands_for = {"member": "members", "household": "households", "household_ever": "households",
                  "death": "deaths", "village": "divisions", "term": "enrolments", "not_registered": "members",
                  "insurance_year": "insurance"}  # fmt: skip
    named |= {feed for table, feed in stands_for.items() if re.search(rf"\bwork\.{table}\b", body)}
    named |= {"incomes"} if "income_below_line" in body else set()
    named |= set(one.feeds) if "work.mark" in body else set()
    assert named == set(one.between)


@pytest.mark.parametrize("one", expectations(), ids=lambda one: one.expectation_id)
def test_it_speaks_both_languages_and_says_how_to_mend(one):
    for zh, en in ((one.zh, one.en), (one.mend_zh, one.mend_en)):
        assert re.search("[㐀-鿿]", zh) and en and not re.search("[㐀-鿿]", en.replace("转出", ""))

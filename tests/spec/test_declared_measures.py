"""Measures that a rule's file declares: rows of a feed counted, and what is missing by the standing rules.

Three rules that the project does not have are put beside its own. Two of them are planted in the demo city, with
what they must answer; the third counts rows of households.
"""

from __future__ import annotations

import csv
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
import yaml

import warehouse.rules as engine
from deployments.demo import make_city
from tests.night import keep_feeds, run_night
from tests.spec.town import READ_FOR, REGISTER, Town
from warehouse.counts import counts_of
from warehouse.measures import measures

RULES = {
    "temporary_relief": """
        title: {zh: 临时救助, en: Temporary relief}
        dimension: support
        measures:
          members_on_relief:
            title: {zh: 一年内得到临时救助的家庭成员数, en: living members paid relief in twelve months}
            feed: relief
            months: 12
            where: amount > 0
        parts: [{measure: members_on_relief, at_risk_when: ">=", cutoffs: [{value: 1, status: assumed, source: 测试}]}]
    """,
    "major_disease": """
        title: {zh: 大病, en: Major disease}
        dimension: health
        measures:
          newly_ill_members:
            title: {zh: 一年内确诊大病的家庭成员数, en: living members with a major disease since twelve months}
            feed: major_diseases
            months: 12
            where: disease IS NOT NULL
        parts: [{measure: newly_ill_members, at_risk_when: ">=", cutoffs: [{value: 1, status: assumed, source: 测试}]}]
    """,
    "not_piped": """
        title: {zh: 未入户, en: Not piped}
        dimension: support
        measures:
          places_not_piped:
            title: {zh: 未入户的取水处, en: places without a pipe}
            feed: access
            where: mode <> '入户' AND fetch_minutes > 10
        parts: [{measure: places_not_piped, at_risk_when: ">=", cutoffs: [{value: 1, status: assumed, source: 测试}]}]
    """,
}
PIPES = Town("2020-06-30", indicator="not_piped")
OLD = Town("2020-06-30", indicator="not_piped", periods={"access": "201812"})


@pytest.fixture(scope="module", autouse=True)
def more_rules(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """The project's rules and those above, for as long as this file is tested."""
    here = tmp_path_factory.mktemp("rules")
    for name in ("indicators", "parameters"):
        shutil.copytree(engine.HERE / name, here / name)
    for name, text in RULES.items():
        (here / "indicators" / f"{name}.yaml").write_text(text, encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(engine, "HERE", here)
        patch.setitem(READ_FOR, "not_piped", ("access",))
        forget()
        yield
    forget()


def forget() -> None:
    """Rules and measures are read once a process."""
    engine.rules.cache_clear()
    measures.cache_clear()


def test_the_planted_households_are_answered_as_they_must_be(tmp_path: Path) -> None:
    """Lists and events, gaps, held rows, reissues, deaths and the edges of the window, on a dirty city."""
    make_city(tmp_path / "inbox", tmp_path / "truth", households=300)
    keep_feeds(tmp_path / "inbox", (*REGISTER, "relief", "major_diseases"))
    night = run_night(tmp_path / "inbox", tmp_path / "home", date(2020, 6, 30), with_suites=False)
    found = {(home, rule): status for home, rule, status in
             night.rows("SELECT household_id, indicator, status FROM mart.signal")}  # fmt: skip
    with (tmp_path / "truth" / "planted.csv").open(encoding="utf-8", newline="") as lines:
        told = [
            row for row in csv.DictReader(lines) if row["indicator"] in ("temporary_relief", "major_disease")
        ]
    assert len(told) > 10 and {row["expected"] for row in told} == {"at_risk", "clear", "unknown"}
    wrong = [row for row in told if found[row["household_id"], row["indicator"]] != row["expected"]]
    assert wrong == []


@PIPES.scene(
    households="household_id \n far \n near \n piped \n unsaid \n unlisted",
    access="""
        household_id | mode | fetch_minutes
        far          | 其他 | 11
        near         | 其他 | 10
        piped        | 入户 |
        unsaid       | 其他 |
    """,
)
def test_rows_are_counted_where_the_condition_holds_and_an_empty_cell_that_it_needs_is_unknown(town):
    assert town.signal() == {
        "far": "at_risk", "near": "clear", "piped": "clear", "unsaid": "unknown", "unlisted": "clear",
    }  # fmt: skip
    assert town.why() == {"unsaid": "not_stated:access.fetch_minutes"}
    assert town.value() == {"far": 1, "near": 0, "piped": 0, "unsaid": 0, "unlisted": 0}
    assert set(town.evidence()) == {"far"}


@PIPES.scene(
    households="household_id \n A \n B",
    access="""
        household_id | mode | fetch_minutes
        A            | 其他 | 昨天
        B            | 其他 | 11
    """,
)
def test_a_held_row_is_unknown_for_its_household_alone(town):
    assert town.signal() == {"A": "unknown", "B": "at_risk"}
    assert town.why() == {"A": "row_held:access"}


@PIPES.scene(
    households="household_id \n dead \n deadfar \n lives",
    members="household_id | id_number \n dead | a \n deadfar | b \n lives | c",
    deaths="id_number | died_on \n a | 2020-01-01 \n b | 2020-01-01",
    access="household_id | mode | fetch_minutes \n deadfar | 其他 | 11",
)
def test_where_nobody_is_known_to_live_only_what_is_known_counts(town):
    assert town.signal() == {"dead": "unknown", "deadfar": "at_risk", "lives": "clear"}
    assert town.why() == {"dead": "row_missing:members"}


@OLD.scene(households="household_id \n A", access="household_id | mode | fetch_minutes \n A | 其他 | 11")
def test_a_list_that_is_too_old_says_nothing(town):
    assert town.signal() == {"A": "unknown"}
    assert town.why() == {"A": "feed_missing:access"}
    assert town.value() == {"A": 0}


TITLE = {"zh": "数", "en": "number"}


@pytest.mark.parametrize(
    ("stated", "said"),
    [
        ({"title": TITLE, "feed": "relief"}, "where is missing"),
        ({"title": TITLE, "feed": "relief", "where": "amount > 0", "per": "member"}, "per is not known"),
        ({"title": TITLE, "feed": "reliefs", "where": "amount > 0"}, "no department promises a feed reliefs"),
        (
            {"title": TITLE, "feed": "quality_tests", "where": "ph > 7"},
            "name neither a person nor a household",
        ),
        ({"title": TITLE, "feed": "relief", "where": "TRUE"}, "no column of relief"),
        ({"title": TITLE, "feed": "relief", "where": "name = '某'"}, "asks for name of relief"),
        ({"title": TITLE, "feed": "access", "where": "mode = '其他'", "months": 12}, "with an event_date"),
        ({"title": TITLE, "feed": "relief", "where": "amount > 0", "months": 0}, "months is a whole number"),
    ],
)
def test_a_declaration_that_cannot_be_is_refused_in_words(stated, said):
    with pytest.raises(ValueError, match=f"measures.x: .*{said}"):
        counts_of({"x": stated}, "support")


@pytest.mark.parametrize(
    ("called", "said"),
    [
        ("outage_days_12m", "two measures are called outage_days_12m"),
        ("places", "not_piped.yaml: no measure is called places_not_piped"),
    ],
)
def test_a_name_means_one_measure(monkeypatch, tmp_path, called, said):
    shutil.copytree(engine.HERE, tmp_path, dirs_exist_ok=True)
    path = tmp_path / "indicators" / "not_piped.yaml"
    rule = yaml.safe_load(path.read_text(encoding="utf-8"))
    measure = {called: rule["measures"]["places_not_piped"]}
    path.write_text(yaml.safe_dump({**rule, "measures": measure}, allow_unicode=True), encoding="utf-8")
    monkeypatch.setattr(engine, "HERE", tmp_path)
    forget()
    with pytest.raises(ValueError, match=said):
        measures()
    forget()

"""The documents say what the code does: what they name exists, what they list is whole."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from deployments.cli import app
from deployments.demo import make_city
from expectations.feeds import catalogue
from reports.dictionary import (
    WITHOUT_FILE,
    dictionary,
    published_columns,
    table_words,
    types_of_an_empty_night,
)
from tasks.settings import Settings
from tests.night import Ran, keep_newest, run_night
from warehouse.rules import rules
from warehouse.sql import tables

ROOT = Path(__file__).parents[2]
READMES = ("README.md", "README.zh.md")
CHANGES = {"README.md": "Where do I change …?", "README.zh.md": "要改……，到哪里？"}
SETTINGS = {"README.md": "Settings", "README.zh.md": "设置"}
DOCUMENTS = (*READMES, "GLOSSARY.md", "CHANGELOG.md", "docs/decisions.md", "docs/dictionary.md")
CODE = ("expectations", "warehouse", "reports", "tasks", "flows", "deployments")
ALL = (*CODE, "tests", "benchmarks", "docs", ".ci")
RENEW = ".venv/bin/python -m reports.dictionary > docs/dictionary.md"
OUTSIDE = re.compile(r"\.\./[s]hared|(?<![\w.:])/(?:[w]ork|[h]ome|[r]oot|[o]pt|[s]rv)/\w")
CHINESE, LATIN = re.compile("[一-鿿]"), re.compile("[A-Za-z]{2}")
AS_OF = date(2020, 6, 30)


def text(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def files(*folders: str) -> Iterator[Path]:
    for folder in folders:
        for path in sorted((ROOT / folder).rglob("*")):
            if path.is_file() and "__pycache__" not in path.parts:
                yield path


@cache
def code() -> str:
    return "\n".join(path.read_text(encoding="utf-8") for path in files(*CODE))


def quoted(cell: str) -> list[str]:
    """What stands between backticks."""
    return re.findall(r"`([^`]+)`", cell)


def rows(document: str, heading: str) -> list[list[str]]:
    """The body of the first table under a heading, cell by cell."""
    section = re.split(r"(?m)^## ", text(document).partition(f"## {heading}\n")[2])[0]
    table = [line for line in section.splitlines() if line.startswith("|")]
    assert len(table) > 2, f"{document} has no table under {heading}"
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in table[2:]]


@pytest.fixture(scope="module")
def ran(tmp_path_factory) -> Ran:
    """A night of a small city; nothing here asks for Great Expectations."""
    root = tmp_path_factory.mktemp("documents")
    make_city(root / "inbox", root / "truth", households=300)
    keep_newest(root / "inbox")
    return run_night(root / "inbox", root / "home", AS_OF, with_suites=False)


@pytest.fixture(scope="module")
def types(ran: Ran) -> dict[str, dict[str, str]]:
    return {table: dict(columns) for table, columns in published_columns(ran.home.warehouse).items()}


# ---- the data dictionary, and the words of published tables ----


def test_the_dictionary_is_current(types):
    if text("docs/dictionary.md") != dictionary(types):
        pytest.fail(f"docs/dictionary.md is not what its generator gives; renew it: {RENEW}")


def test_a_night_without_deliveries_publishes_the_same_columns(types):
    """The dictionary is written from one; its types are those of any night."""
    assert types_of_an_empty_night() == types


def test_a_table_says_of_itself_what_it_publishes(types):
    words = table_words()
    assert words.keys() == types.keys()
    assert {name: list(words[name].columns) for name in words} == {name: list(types[name]) for name in types}


def test_every_published_table_and_column_has_words_in_both_languages(ran: Ran):
    told = ran.rows(
        "SELECT concat(schema_name, '.', table_name), '', comment FROM duckdb_tables()"
        " UNION ALL SELECT concat(schema_name, '.', table_name), column_name, comment FROM duckdb_columns()"
        " WHERE NOT internal"
    )
    silent = {(table, column) for table, column, comment in told if not _speaks_both(comment)}
    assert not {(table, column) for table, column in silent if table not in WITHOUT_FILE}
    assert WITHOUT_FILE.keys() <= {table for table, _ in silent}, "has words now: take it off WITHOUT_FILE"


def _speaks_both(comment: str | None) -> bool:
    zh, _, en = (comment or "").partition(" | ")
    return bool(CHINESE.search(zh) and LATIN.search(en))


def test_words_that_stand_elsewhere_are_in_both_languages_too():
    words = [pair for table in WITHOUT_FILE.values() for pair in (table.title, *table.columns.values())]
    assert all(_speaks_both(" | ".join(pair)) for pair in words if pair)


def test_a_key_names_one_row(ran: Ran, types):
    for name, table in table_words().items():
        assert set(table.key) <= types[name].keys(), name
        keys = ", ".join(table.key)
        twice = ran.rows(f"SELECT {keys} FROM {name} GROUP BY {keys} HAVING count(*) > 1 LIMIT 1")
        assert table.key and not twice, name


# ---- README ----


def changes(readme: str) -> list[list[str]]:
    return rows(readme, CHANGES[readme])


def is_path(name: str) -> bool:
    return "/" in name and "<" not in name


@pytest.mark.parametrize("readme", READMES)
def test_where_to_change_what_is_true(readme):
    wrong = []
    for what, where, look_for in changes(readme):
        named = quoted(where)
        assert named and quoted(look_for), what
        wrong += [name for name in named if not (ROOT / name).exists()]
        places = [name for name in (*named, *quoted(look_for)) if is_path(name)]
        found = "\n".join(_content(ROOT / place) for place in (*named, *places) if (ROOT / place).exists())
        for name in quoted(look_for):
            is_there = (ROOT / name).exists() if is_path(name) else _stands_in(name, found)
            is_pattern = "<" in name or name.startswith("FFP_")
            wrong += [] if is_there or is_pattern else [f"{what}: {name}"]
    assert not wrong


def _content(path: Path) -> str:
    found = files(path.relative_to(ROOT).as_posix()) if path.is_dir() else [path]
    return "\n".join(one.read_text(encoding="utf-8") for one in found)


def _stands_in(name: str, where: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(name)}(?!\w)", where) is not None


def test_both_readmes_send_people_to_the_same_places():
    one, other = ([(quoted(where), quoted(name)) for _, where, name in changes(readme)] for readme in READMES)
    assert one == other


@pytest.mark.parametrize("readme", READMES)
def test_every_setting_is_listed(readme):
    settings = {f"FFP_{name.upper()}" for name in Settings.model_fields}
    assert set(re.findall(r"FFP_[A-Z_]+", text(readme))) == settings
    listed = rows(readme, SETTINGS[readme])
    assert sorted(name for cell, *_ in listed for name in quoted(cell)) == sorted(settings)


@pytest.mark.parametrize("readme", READMES)
def test_the_defaults_are_those_of_the_code(readme):
    wrong = []
    for names, defaults, _ in rows(readme, SETTINGS[readme]):
        for name, told in zip(quoted(names), re.split("[,、] ?", defaults), strict=True):
            stands = Settings.model_fields[name.removeprefix("FFP_").lower()].default
            shown = str(stands).lower() if isinstance(stands, bool) else str(stands)
            is_plain = isinstance(stands, (bool, int, float, Path)) or (isinstance(stands, str) and stands)
            wrong += [name] if is_plain and told.strip("`") != shown else []
    assert not wrong


@pytest.mark.parametrize("readme", READMES)
def test_every_command_is_listed_and_no_other(readme):
    commands = {command.name or command.callback.__name__ for command in app.registered_commands}
    assert set(re.findall(r"(?<![\w.-])ffp ([a-z]+)", text(readme))) == commands
    made = set(re.findall(r"(?m)^([a-z]+):.*##", text("Makefile")))
    assert set(re.findall(r"`?make ([a-z]+)\b(?=`|  )", text(readme))) <= made


@pytest.mark.parametrize("readme", READMES)
def test_the_examples_run(readme, ran: Ran):
    examples = re.findall(r'warehouse\.sql\((?:"""(.+?)"""|"(.+?)")\)', text(readme), flags=re.DOTALL)
    assert len(examples) > 3
    for queries in examples:
        ran.rows("".join(queries))


@pytest.mark.parametrize("readme", READMES)
def test_the_department_and_the_rule_that_are_shown_are_those_of_the_code(readme):
    (shown,) = re.findall(r"```python\n(department = .+?)```", text(readme), flags=re.DOTALL)
    lines = iter(text("expectations/feeds/housing.py").splitlines())
    assert [line for line in shown.splitlines() if line and line not in lines] == []  # in their order
    (rule,) = re.findall(r"```yaml\n(.+?)```", text(readme), flags=re.DOTALL)
    assert rule == text("warehouse/indicators/dangerous_house_unrepaired.yaml")


# ---- words ----


def test_what_the_glossary_names_exists():
    wrong = []
    for line in text("GLOSSARY.md").splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if not line.startswith("|") or cells[-1] in ("Where", "---"):
            continue
        assert len(cells) == 4 and all(cells) and quoted(cells[-1]), line
        wrong += [name for name in quoted(cells[-1]) if not _exists(name)]
    assert not wrong


def _exists(name: str) -> bool:
    if is_path(name):
        return (ROOT / name).exists()
    if found := re.fullmatch(r"((?:core|mart|quality|ops)\.\w+)(?:\.(\w+))?", name):
        table = table_words().get(found[1])
        return table is not None and (found[2] is None or found[2] in table.columns)
    return name in tables() or _stands_in(name, code())


def test_a_computed_column_never_carries_a_decided_name():
    visits = catalogue()["visits"]
    decided = {column.name for column in visits.columns if column.name not in ("clue_id", "household_id")}
    decided |= {"monitored_class", "monitored_since", "is_risk_removed"}
    computed = {
        f"{name}.{column}"
        for name, table in table_words().items()
        if name.startswith("mart.")
        for column in table.columns
    }
    assert not {name for name in computed if name.rpartition(".")[2] in decided}


def test_the_changelog_names_every_indicator_and_begins_with_this_version():
    pyproject = re.search(r'(?m)^version = "(.+)"', text("pyproject.toml"))
    newest = re.search(r"(?m)^## (\S+)", text("CHANGELOG.md"))
    assert newest and pyproject and newest[1] == pyproject[1]
    assert not [rule.indicator for rule in rules() if f"`{rule.indicator}`" not in text("CHANGELOG.md")]


def test_every_indicator_has_a_spec():
    missing = [r.indicator for r in rules() if not (ROOT / f"tests/spec/test_{r.indicator}.py").is_file()]
    assert not missing


# ---- the project stands alone ----


@pytest.mark.parametrize("document", DOCUMENTS)
def test_links_lead_somewhere(document):
    links = re.findall(r"\]\(([^)#][^)]*)\)", text(document))
    local = [link.partition("#")[0] for link in links if "://" not in link]
    assert not [link for link in local if not (ROOT / document).parent.joinpath(link).exists()]


def test_nothing_points_out_of_the_project():
    top = [ROOT / name for name in (*READMES, "GLOSSARY.md", "CHANGELOG.md", "Makefile", "pyproject.toml")]
    found = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in (*top, *files(*ALL))
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        if OUTSIDE.search(line)
    ]
    assert not found

"""The data dictionary, docs/dictionary.md, from what the code declares: nobody writes in it by hand.

    .venv/bin/python -m reports.dictionary > docs/dictionary.md

Words and keys of published tables come from their files, column types from a warehouse built without a
delivery; feeds and expectations come from the contracts, rules and measures from theirs.
"""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime
from pathlib import Path

import duckdb

from expectations.feeds import catalogue
from reports.dictionary_feeds import feeds, grid
from reports.expectation_words import ACROSS, LATE_ROW, ROW, all_expectations
from warehouse.across import IDENTITY
from warehouse.build import SCHEMAS, Night, build
from warehouse.generated import generated
from warehouse.home import Home
from warehouse.measures import measures
from warehouse.rules import Cutoff, rules
from warehouse.sql import TableFile, tables

Types = Mapping[str, Mapping[str, str]]  # table -> column -> type, in order

EMPTY_NIGHT = Night(
    as_of=date(2020, 6, 30),
    region="410184",
    deliveries=(),
    accepted_by_name=frozenset(),
    expectation_results=(),
    open_clues=(),
    vault_key=bytes(32),
    run=dict.fromkeys(("run_id", "as_of", "started_at", "ended_at", "code_version", "outcome"))
    | {"as_of": date(2020, 6, 30), "started_at": datetime(2020, 7, 1, tzinfo=UTC)},
)
WITHOUT_FILE = {  # published, but loaded from Python rows, which carry no words
    "ops.run": TableFile(
        "ops.run",
        "",
        ("批次（产生本库的一次运行）", "The run that made this file"),
        {
            "run_id": ("批次号", "number of the run"),
            "as_of": ("截至", "as of"),
            "started_at": ("开始时间", "when it began"),
            "ended_at": ("结束时间（台账中有，本库中为空）", "when it ended; empty here, the ledger has it"),
            "code_version": ("程序版本", "version of the code"),
            "outcome": ("结果", "outcome"),
        },
        ("run_id",),
    )
}
OPENING = """# 数据字典 Data dictionary

由程序生成，请勿手工修改；更新命令： Generated, not to be edited; renewed by

    .venv/bin/python -m reports.dictionary > docs/dictionary.md

目录 Contents: [公开表 Published tables](#公开表-published-tables) ·
[数据集 Feeds](#数据集-feeds) · [预警指标 Rules](#预警指标-rules) · [指标 Measures](#指标-measures) ·
[校验规则 Expectations](#校验规则-expectations)"""


def dictionary(types: Types) -> str:
    """The whole document; `types` are the columns that a warehouse publishes, with their types."""
    parts = [OPENING, *_tables(types), *feeds(), *_rules(), *_measures(), *_expectations()]
    return "\n\n".join(parts) + "\n"


def table_words() -> dict[str, TableFile]:
    """Every published table by name with its words, whether of a file, generated or loaded."""
    known = {**tables(), **generated(EMPTY_NIGHT.as_of, EMPTY_NIGHT.region), **WITHOUT_FILE}
    return {name: table for name, table in sorted(known.items()) if table.is_published}


def published_columns(warehouse: Path) -> Types:
    """The columns of every table of a published file, in order, with their types."""
    found: dict[str, dict[str, str]] = {}
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        rows = connection.execute(
            "SELECT concat(schema_name, '.', table_name), column_name, data_type FROM duckdb_columns()"
            " WHERE NOT internal ORDER BY schema_name, table_name, column_index"
        ).fetchall()
    for table, column, data_type in rows:
        found.setdefault(table, {})[column] = data_type
    return found


def types_of_an_empty_night() -> Types:
    """What is published when nothing was delivered: all tables, without a row."""
    with tempfile.TemporaryDirectory() as folder:
        home = Home(Path(folder))
        home.make()
        build(home, EMPTY_NIGHT)
        return published_columns(home.built)


def _tables(types: Types) -> Iterator[str]:
    words = table_words()
    yield "## 公开表 Published tables"
    yield (
        "在 `warehouse/current.duckdb` 中，只读打开。 In `warehouse/current.duckdb`, to be opened read-only."
        " Schemas: " + ", ".join(f"`{schema}`" for schema in SCHEMAS) + "."
    )
    for name, columns in sorted(types.items()):
        table = words[name]
        zh, en = table.title or ("", "")
        yield f"### {name} {zh} · {en}"
        yield "主键 key: " + ", ".join(f"`{column}`" for column in table.key)
        yield grid(
            ("column", "type", "中文", "English"),
            ((f"`{one}`", kind, *table.columns.get(one, ("", ""))) for one, kind in columns.items()),
        )


def _rules() -> Iterator[str]:
    yield "## 预警指标 Rules"
    yield "一条规则没有在用标准时，结论为 unknown。 A rule without a cutoff in force answers unknown."
    for rule in rules():
        yield f"### {rule.indicator} {rule.title_zh} · {rule.title_en}"
        yield f"维度 dimension: {rule.dimension} · `warehouse/indicators/{rule.indicator}.yaml`"
        yield grid(
            ("measure", "适用 for", "at risk when", "from", "to", "region", "status", "来源 source"),
            (
                (f"`{part.measure}`", part.group, f"`{part.at_risk_when} {cutoff.value}`", *_in_force(cutoff))
                for part in rule.parts
                for cutoff in part.cutoffs
            ),
        )


def _in_force(cutoff: Cutoff) -> tuple[object, ...]:
    first = "" if cutoff.first == date.min else cutoff.first
    last = "" if cutoff.last == date.max else cutoff.last
    return first, last, cutoff.region, cutoff.status, cutoff.source


def _measures() -> Iterator[str]:
    yield "## 指标 Measures"
    yield (
        "每个指标有下限和上限，相等即为已知。 Each has a lower and an upper bound, equal when it is known;"
        " `core.household_month` holds those that are. fold: 由成员合成户的方式 how members make a household."
        " 出处 where: 改动之处 where it is changed."
    )
    used: dict[str, list[str]] = {}
    for rule in rules():
        for name in dict.fromkeys(part.measure for part in rule.parts):
            used.setdefault(name, []).append(f"`{rule.indicator}`")
    rows = (
        (f"`{one.name}`", one.title_zh, one.title_en, one.fold, f"`{one.source}`",
         ", ".join(used.get(one.name, ())))
        for one in measures().values()
    )  # fmt: skip
    yield grid(("measure", "中文", "English", "fold", "出处 where", "用于 used by"), rows)


def _expectations() -> Iterator[str]:
    listed = all_expectations()
    count = Counter(one.asked_of for one in listed.values())
    own = sum(one.is_rule for one in listed.values())
    yield "## 校验规则 Expectations"
    yield (
        "error 隔离该行 holds the row（across：入库，但不归入任何农户 loads and joins nothing） · warning 入库并提示"
        " the row loads and is reported. row 读入时 as the row is read · late 由其他报送决定 by other deliveries ·"
        " across 跨行、跨部门核对 between rows and feeds (`quality.finding`)."
    )
    yield (
        f"共 {len(listed)} 条 in all: row {count[ROW]}, late {count[LATE_ROW]}, across {count[ACROSS]};"
        f" 其中 {own} 条不是由列的类型、选项、上下限得出的 of them more than a column's type, list and bounds."
    )
    for name in (*catalogue(), IDENTITY):
        rows = {one: sentence for one, sentence in listed.items() if one.partition(".")[0] == name}
        yield f"### {catalogue()[name].title if name in catalogue() else '身份'} {name}"
        yield grid(
            ("id", "severity", "", "中文", "English", "如何更正", "how to mend"),
            (
                (f"`{one}`", "error" if told.is_error else "warning", told.asked_of, *told.rule, *told.mend)
                for one, told in rows.items()
            ),
        )


if __name__ == "__main__":
    print(dictionary(types_of_an_empty_night()), end="")

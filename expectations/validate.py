"""Great Expectations' verdict on a typed batch: the only module that imports it.

The checks of a feed become one suite of core expectation classes. Great Expectations evaluates it with its
own SQL engine on the DuckDB connection that already holds the batch: counts come back, no row leaves.
"""

from __future__ import annotations

import logging
import os
import uuid
import warnings
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from types import ModuleType
from typing import Any

import duckdb

from expectations.checks import Check, Severity

logger = logging.getLogger(__name__)

PASSED, FAILED, COULD_NOT_RUN = "passed", "failed", "could_not_run"

GX_SEVERITY = {Severity.ERROR: "critical", Severity.WARNING: "warning"}

# BASIC is the least that counts. It asks for the unexpected values of each expectation with LIMIT 0.
COUNTS_ONLY = {"result_format": "BASIC", "partial_unexpected_count": 0, "exclude_unexpected_values": True}
NO_ROW = "LIMIT ?"


@dataclass(frozen=True)
class Outcome:
    """One expectation's verdict.

    `evaluated` is the number of rows looked at: those with a value, or all where absence itself is the
    question. `unexpected` is how many of them are wrong. Both are 0 where `status` is could_not_run.
    """

    expectation_id: str
    severity: str  # error | warning
    evaluated: int
    unexpected: int
    status: str  # passed | failed | could_not_run


def evaluate(
    connection: duckdb.DuckDBPyConnection, table: str, feed: str, checks: Sequence[Check]
) -> dict[str, Outcome]:
    """Great Expectations' verdict on each check of the feed: expectation id -> Outcome, in their order.

    `table` is a table or view of `connection`, named as in SQL. No transaction and no unread result may be
    open on the connection: a query that fails would abort the one, any query discards the other. A check that
    cannot be evaluated (a column is missing, a value breaks its expression) is could_not_run. Raises
    ValueError where two checks share a name, duckdb.CatalogException where there is no such table.
    """
    asked = {f"{feed}.{check.name}": check for check in checks}
    if len(asked) < len(checks):
        raise ValueError(f"feed {feed}: two checks have the same name")
    if not asked:
        return {}
    with _view(connection, table, asked) as (view, columns):
        found = _verdicts(connection, view, columns, asked)
        # All metrics come from one query, so an expression that fails on some value takes the other checks
        # with it. Asked one by one, only the culprit stays without a verdict.
        lost = [expectation_id for expectation_id in asked if expectation_id not in found]
        for expectation_id in lost if len(lost) > 1 else ():
            found |= _verdicts(connection, view, columns, {expectation_id: asked[expectation_id]})
    outcomes = {}
    for expectation_id, check in asked.items():
        if expectation_id not in found:
            logger.warning("expectation %s could not run", expectation_id)
        nothing = Outcome(expectation_id, check.severity.value, 0, 0, COULD_NOT_RUN)
        outcomes[expectation_id] = found.get(expectation_id, nothing)
    return outcomes


def disagreements(outcomes: Mapping[str, Outcome], counted: Mapping[str, int]) -> list[str]:
    """The ids, sorted, on which Great Expectations and the row conditions count differently.

    `counted` maps an expectation id to the rows that its condition holds wrong. An id that only one side
    knows is a disagreement. What could not run has counted nothing: its status speaks for it.
    """
    differing = outcomes.keys() ^ counted.keys()
    for expectation_id in outcomes.keys() & counted.keys():
        outcome = outcomes[expectation_id]
        if outcome.status != COULD_NOT_RUN and outcome.unexpected != counted[expectation_id]:
            differing.add(expectation_id)
    return sorted(differing)


@contextmanager
def _view(
    connection: duckdb.DuckDBPyConnection, table: str, asked: Mapping[str, Check]
) -> Iterator[tuple[str, dict[str, str]]]:
    """A view of just what is asked about; yields its name and expression -> column.

    An expression that does not bind is left out, and Great Expectations finds its column missing.
    """
    of_batch = [name for name, *_ in connection.execute(f"DESCRIBE {table}").fetchall()]
    columns: dict[str, str] = {}
    selected = ["NULL"]  # a view needs a column even where no expression binds
    for expectation_id, check in asked.items():
        expression = check.test.expression
        if expression in columns:
            continue
        taken = (*of_batch, *columns.values())
        columns[expression] = expression if expression in of_batch else _free_name(check.name, taken)
        try:
            connection.sql(f"SELECT ({expression}) FROM {table}")  # binds, runs nothing
        except duckdb.ProgrammingError as error:  # of the binder, which has seen no row
            logger.warning("expectation %s: %s", expectation_id, str(error).partition("\n")[0])
        else:
            selected.append(f'({expression}) AS "{columns[expression]}"')
    view = f"checked_{uuid.uuid4().hex}"
    connection.execute(f"CREATE TEMP VIEW {view} AS SELECT {', '.join(selected)} FROM {table}")
    try:
        yield view, columns
    finally:
        connection.execute(f"DROP VIEW {view}")


def _free_name(name: str, taken: Sequence[str]) -> str:
    """`name`, lengthened until no column has it: a derived column must not stand in for one of the batch."""
    while name.casefold() in {other.casefold() for other in taken}:
        name += "_"
    return name


def _verdicts(
    connection: duckdb.DuckDBPyConnection, view: str, columns: Mapping[str, str], asked: Mapping[str, Check]
) -> dict[str, Outcome]:
    """One run of one suite over the view; an expectation without a verdict is left out."""
    gx = _great_expectations()
    context = gx.get_context(mode="ephemeral", project_config=_project_in_memory())
    source = context.data_sources.add_sql(
        name=view, connection_string=f"{_dialect()}://", kwargs={"connect_args": {"lent": connection}}
    )
    try:
        batch = source.add_table_asset(view).add_batch_definition_whole_table(view).get_batch()
        suite = gx.ExpectationSuite(name=view, expectations=list(_expectations(gx, columns, asked)))
        results = batch.validate(suite, result_format=COUNTS_ONLY).results
    finally:
        context.data_sources.delete(view)  # the package keeps the last context alive, and so our connection
    outcomes = (_outcome(result, asked) for result in results)
    return {outcome.expectation_id: outcome for outcome in outcomes if outcome}


def _expectations(gx: ModuleType, columns: Mapping[str, str], asked: Mapping[str, Check]) -> Iterator[Any]:
    """The checks as core expectations, their ids in `meta`: results return in an order of their own."""
    for expectation_id, check in asked.items():
        name, arguments = check.test.gx(columns[check.test.expression])
        try:
            yield getattr(gx.expectations, name)(
                **arguments, severity=GX_SEVERITY[check.severity], meta={"expectation_id": expectation_id}
            )
        except ValueError as error:  # of the declaration, such as text for a bound
            logger.warning("expectation %s: %s", expectation_id, error)


def _outcome(result: Any, asked: Mapping[str, Check]) -> Outcome | None:
    """The verdict in a result of Great Expectations; None where an exception took its place."""
    counts = result.result
    rows, unexpected = counts.get("element_count"), counts.get("unexpected_count")
    if rows is None or (unexpected is None and rows > 0):
        return None
    expectation_id = result.expectation_config.meta["expectation_id"]
    return Outcome(
        expectation_id=expectation_id,
        severity=asked[expectation_id].severity.value,
        evaluated=rows - counts.get("missing_count", 0),
        unexpected=unexpected or 0,  # a sum over no rows is NULL
        status=PASSED if result.success else FAILED,
    )


@cache
def _great_expectations() -> ModuleType:
    """The package, imported at the first use because that takes seconds, and kept quiet."""
    os.environ["GX_ANALYTICS_ENABLED"] = "False"
    # Not even errors: it logs those of the database whole, and DuckDB's may quote a value.
    logging.getLogger("great_expectations").setLevel(logging.CRITICAL)
    shown = warnings.showwarning
    import great_expectations

    if warnings.showwarning is not shown:
        logging.captureWarnings(False)  # the import turned it on for the whole process
    return great_expectations


def _project_in_memory() -> Any:
    """A project without files, Data Docs and progress bars; the default one makes a folder for Data Docs."""
    from great_expectations.data_context.types import base

    return base.DataContextConfig(
        store_backend_defaults=base.InMemoryStoreBackendDefaults(init_temp_docs_sites=False),
        analytics_enabled=False,
        progress_bars=base.ProgressBarsConfig(globally=False),
    )


@cache
def _dialect() -> str:
    """The name of an SQLAlchemy dialect that borrows an open DuckDB connection; registered at the first use.

    Counting needs no more than plain SQL and the names of columns. duckdb-engine brings connections of its
    own and looks columns up in PostgreSQL's catalogue, of which DuckDB has only a part.
    """
    from sqlalchemy.dialects import registry
    from sqlalchemy.engine.default import DefaultDialect
    from sqlalchemy.types import NULLTYPE

    class Dialect(DefaultDialect):
        name = "duckdb"
        supports_statement_cache = True
        supports_native_decimal = True

        @classmethod
        def import_dbapi(cls) -> Any:
            return duckdb

        def connect(self, *_: Any, **arguments: Any) -> Any:
            return _Borrowed(arguments["lent"])

        def get_columns(self, connection: Any, table_name: str, schema: str | None = None, **_: Any) -> Any:
            described = connection.exec_driver_sql(f"DESCRIBE {table_name}").fetchall()
            return [{"name": name, "type": NULLTYPE, "nullable": True} for name, *_ in described]

        def get_pk_constraint(self, *_: Any, **__: Any) -> Any:
            return {"constrained_columns": [], "name": None}

    registry.impls["fangfanpin"] = lambda: Dialect
    return "fangfanpin"


class _Borrowed:
    """Our connection as SQLAlchemy sees it, connection and cursor in one.

    DuckDB's own cursor is a second connection and sees no temporary view. Great Expectations reads a result
    after it gave the connection back, when SQLAlchemy's rollback would have discarded it.
    """

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self._connection = connection

    def __getattr__(self, name: str) -> Any:
        return getattr(self._connection, name)

    def cursor(self) -> _Borrowed:
        return self

    def execute(self, statement: str, parameters: Sequence[object] = ()) -> Any:
        """Run it; one that asks for no row is not planned over the batch, which takes longer than counting."""
        if statement.endswith(NO_ROW) and parameters[-1] == 0:
            return self._connection.execute("SELECT NULL WHERE FALSE")
        return self._connection.execute(statement, parameters)

    def close(self) -> None:
        """Nothing: the connection and its transactions are ours."""

    commit = rollback = close

"""Great Expectations and the row conditions, two readings of one declaration, count the same rows."""

import logging
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest

from expectations.checks import Between, Check, InSet, NotInSet, NotNull, Null, Severity, Unique
from expectations.validate import Outcome, disagreements, evaluate

TYPES = {
    "delivery_id": "VARCHAR",
    "settlement_id": "VARCHAR",
    "id_number": "VARCHAR",
    "name": "VARCHAR",
    "county_code": "VARCHAR",
    "care_type": "VARCHAR",
    "year": "INTEGER",
    "persons": "INTEGER",
    "settled_on": "DATE",
    "total_cost": "DECIMAL(16, 2)",
    "pooled_paid": "DECIMAL(16, 2)",
    "out_of_pocket": "DECIMAL(16, 2)",
    "share": "DOUBLE",
    "total_cost_unread": "VARCHAR",
    "settled_on_unread": "VARCHAR",
}
GOOD = {
    "delivery_id": "settlements-202006",
    "id_number": "410184199001011234",
    "name": "王小明明明明",
    "county_code": "410184",
    "care_type": "门诊慢性病",
    "year": 2020,
    "persons": 4,
    "settled_on": "2020-06-15",
    "total_cost": 123456.78,
    "pooled_paid": 123400.00,
    "out_of_pocket": 56.78,
    "share": 0.125,
}
RESIDUE = "total_cost - pooled_paid - out_of_pocket"


def check(name, test, severity=Severity.ERROR):
    return Check(name=name, test=test, severity=severity, zh=name, en=name)


# Each check with a change to the good row that breaks it, and it alone.
BROKEN = [
    (check("settlement_id_present", NotNull("settlement_id")), {"settlement_id": None}),
    (check("id_number_present", NotNull("id_number")), {"id_number": None}),
    (check("name_present", NotNull("name")), {"name": None}),
    (check("settled_on_present", NotNull("settled_on")), {"settled_on": None}),
    (check("total_cost_read", Null("total_cost_unread")), {"total_cost_unread": "一万二千元"}),
    (check("settled_on_read", Null("settled_on_unread")), {"settled_on_unread": "六月三十一日"}),
    (check("refund_is_explained", Null("CASE WHEN share < 0 THEN 1 END")), {"share": -0.0625}),
    (check("care_type_known", InSet("care_type", ("门诊", "住院", "门诊慢性病"))), {"care_type": "家庭病床"}),
    (check("county_known", InSet("left(county_code, 4)", ("4101", "4102"))), {"county_code": "990184"}),
    (check("year_known", InSet("year", (2019, 2020))), {"year": 2031}),
    (check("name_length", InSet("length(name)", (2, 3, 6))), {"name": "欧阳小明明明明明"}),
    (check("county_in_use", NotInSet("county_code", ("410199", "410200"))), {"county_code": "410199"}),
    (check("persons_are_not_a_code", NotInSet("persons", (99, 88))), {"persons": 99}),
    (check("nobody_is_called_test", NotInSet("upper(name)", ("TESTER",))), {"name": "Tester"}),
    (check("persons_at_least_one", Between("persons", minimum=1)), {"persons": 0}),
    (check("persons_at_most_thirty", Between("persons % 45", maximum=30)), {"persons": 44}),
    (check("out_of_pocket_in_bounds", Between("out_of_pocket", -50, 10_000_000)), {
        "out_of_pocket": -50.01, "pooled_paid": 123506.79,
    }),
    (check("total_in_bounds", Between("total_cost", 0, 10_000_000)), {
        "total_cost": 10_000_000.01, "pooled_paid": 9_999_943.23,
    }),
    (check("total_is_sum", Between(RESIDUE, -0.05, 0.05)), {"pooled_paid": 123400.06}),
    (check("pooled_is_not_short", Between(f"abs({RESIDUE}) * sign({RESIDUE})", maximum=0.04)), {
        "pooled_paid": 123399.95,
    }),
    (check("settled_after_1900", Between("settled_on", minimum="1900-01-01")), {"settled_on": "1899-12-31"}),
    (check("settled_in_period", Between("settled_on", maximum="2020-06-30")), {"settled_on": "2020-07-01"}),
    (check("share_is_plausible", Between("share", maximum=0.95), Severity.WARNING), {"share": 0.951234}),
    (check("number_has_18_places", Between("length(id_number)", 18, 18)), {"id_number": "4101841990010112"}),
]  # fmt: skip
UNIQUE = check("key_is_unique", Unique("delivery_id || '/' || settlement_id", copies="copies"))
CHECKS = [*(broken for broken, _ in BROKEN), UNIQUE]


def batch_of(rows):
    """An in-memory database whose table `batch` holds the rows, and how often each key stands."""
    connection = duckdb.connect()
    columns = ", ".join(f"{name} {kind}" for name, kind in TYPES.items())
    connection.execute(f"CREATE TEMP TABLE received ({columns})")
    for row in rows:
        values = [row.get(name) for name in TYPES]
        connection.execute(f"INSERT INTO received VALUES ({', '.join('?' * len(TYPES))})", values)
    connection.execute(
        f"CREATE TEMP TABLE batch AS SELECT *,"
        f" CASE WHEN ({UNIQUE.test.expression}) IS NOT NULL"
        f" THEN count(*) OVER (PARTITION BY {UNIQUE.test.expression}) END AS copies FROM received"
    )
    return connection


def counted(connection, checks, feed="settlements"):
    """What the row conditions count."""
    return {
        f"{feed}.{one.name}": connection.execute(
            f"SELECT count(*) FILTER (WHERE {one.test.wrong_sql()}) FROM batch"
        ).fetchone()[0]
        for one in checks
    }


def broken_rows():
    rows = [{**GOOD, **change, "settlement_id": f"JS{n:06}"} for n, (_, change) in enumerate(BROKEN)]
    rows[0]["settlement_id"] = None
    good = [{**GOOD, "settlement_id": f"JS{n:06}"} for n in range(900, 905)]
    twice = [{**GOOD, "settlement_id": "JS777777"}] * 3
    elsewhere = {**GOOD, "settlement_id": "JS777777", "delivery_id": "settlements-202005"}
    return [*rows, *good, *twice, elsewhere]


@pytest.fixture(scope="module")
def batch():
    return batch_of(broken_rows())


@pytest.fixture(scope="module")
def outcomes(batch):
    return evaluate(batch, "batch", "settlements", CHECKS)


@pytest.mark.parametrize("name", [one.name for one in CHECKS])
def test_what_breaks_is_counted_alike(name, batch, outcomes):
    """Every check but one is broken by one row; the key stands three times in one delivery."""
    expected = 3 if name == UNIQUE.name else 1
    assert counted(batch, CHECKS)[f"settlements.{name}"] == expected
    assert outcomes[f"settlements.{name}"].unexpected == expected
    assert outcomes[f"settlements.{name}"].status == "failed"


def test_no_disagreement_and_the_order_of_the_checks(batch, outcomes):
    assert disagreements(outcomes, counted(batch, CHECKS)) == []
    assert list(outcomes) == [f"settlements.{one.name}" for one in CHECKS]


def test_evaluated_leaves_out_nulls_where_they_are_not_the_question(outcomes):
    rows = len(broken_rows())
    assert outcomes["settlements.settled_on_present"].evaluated == rows
    assert outcomes["settlements.total_cost_read"].evaluated == rows
    assert outcomes["settlements.settled_in_period"].evaluated == rows - 1
    assert outcomes["settlements.nobody_is_called_test"].evaluated == rows - 1
    assert outcomes["settlements.key_is_unique"].evaluated == rows - 1


def test_severity_is_the_declared_one(outcomes):
    assert outcomes["settlements.share_is_plausible"].severity == "warning"
    assert outcomes["settlements.total_is_sum"].severity == "error"


def test_null_is_wrong_for_not_null_alone():
    connection = batch_of([{}, {}])
    found = evaluate(connection, "batch", "settlements", CHECKS)
    assert disagreements(found, counted(connection, CHECKS)) == []
    for one in CHECKS:
        wrong = 2 if isinstance(one.test, NotNull) else 0
        evaluated = 2 if isinstance(one.test, NotNull | Null) else 0
        outcome = found[f"settlements.{one.name}"]
        assert (outcome.unexpected, outcome.evaluated) == (wrong, evaluated), one.name
        assert outcome.status == ("failed" if wrong else "passed")


def test_an_empty_batch_passes():
    connection = batch_of([])
    found = evaluate(connection, "batch", "settlements", CHECKS)
    assert disagreements(found, counted(connection, CHECKS)) == []
    assert {(one.status, one.evaluated, one.unexpected) for one in found.values()} == {("passed", 0, 0)}


def test_no_checks_no_verdicts(batch):
    assert evaluate(batch, "batch", "settlements", []) == {}


MUTATIONS = {
    "name_present": NotNull("coalesce(name, 'x')"),
    "total_cost_read": Null("settled_on_unread || total_cost_unread"),
    "year_known": InSet("year", (2019, 2020, 2031)),
    "county_in_use": NotInSet("county_code", ("410200",)),
    "total_is_sum": Between(RESIDUE, -0.07, 0.05),
    "settled_in_period": Between("settled_on", maximum="2020-07-01"),
    "key_is_unique": Unique(UNIQUE.test.expression, copies="(copies - 2)"),
}


@pytest.mark.parametrize("name", MUTATIONS)
def test_a_mutated_condition_is_a_disagreement(name, batch, outcomes):
    """The two readings come from different engines: a condition that went wrong does not go along."""
    mutated = [replace(one, test=MUTATIONS[name]) if one.name == name else one for one in CHECKS]
    assert disagreements(outcomes, counted(batch, mutated)) == [f"settlements.{name}"]


def test_an_id_that_one_side_does_not_know_is_a_disagreement():
    passed = Outcome("f.a", "error", 5, 0, "passed")
    assert disagreements({"f.a": passed}, {"f.a": 0}) == []
    assert disagreements({"f.a": passed}, {}) == ["f.a"]
    assert disagreements({}, {"f.b": 0}) == ["f.b"]
    assert disagreements({"f.a": replace(passed, status="could_not_run")}, {"f.a": 3}) == []


@pytest.mark.parametrize(
    "test",
    [
        NotNull("mobile"),
        Null("mobile_unread"),
        Between("mobile + 1", 0, 5),
        InSet("mobile", ("x",)),
        NotInSet("lower(mobile)", ("x",)),
        Unique("mobile || name", copies="copies"),
        Between("name", "甲", "乙"),  # text for a bound, which Great Expectations does not take
    ],
    ids=lambda test: f"{type(test).__name__} {test.expression}",
)
def test_what_cannot_be_asked_could_not_run(test, batch):
    """And takes nothing else with it, not even a check whose derived column has the missing one's name."""
    namesake = check("mobile", Between("persons + 0", minimum=1))
    found = evaluate(batch, "batch", "settlements", [namesake, check("asked", test), CHECKS[0]])
    assert found["settlements.asked"] == Outcome("settlements.asked", "error", 0, 0, "could_not_run")
    assert found["settlements.mobile"].unexpected == 1
    assert found["settlements.settlement_id_present"].unexpected == 1


def test_only_missing_columns(batch):
    found = evaluate(
        batch, "batch", "settlements", [check("one", NotNull("mobile")), check("two", Null("fax"))]
    )
    assert [one.status for one in found.values()] == ["could_not_run", "could_not_run"]


def test_a_value_that_breaks_an_expression_costs_only_its_own_verdict(batch):
    """All counts come from one query; the others must not be lost with it, nor read as passed."""
    culprit = check("name_is_number", Between("CAST(name AS INTEGER)", minimum=1))
    found = evaluate(batch, "batch", "settlements", [culprit, *CHECKS])
    assert found["settlements.name_is_number"].status == "could_not_run"
    assert disagreements(found, counted(batch, CHECKS) | {"settlements.name_is_number": 0}) == []
    assert {one.status for one in found.values()} == {"could_not_run", "failed"}


def test_a_derived_column_does_not_stand_in_for_one_of_the_batch(batch):
    """Here a check has the name of a column that another check asks about."""
    checks = [
        check("persons", Between("persons * 0", minimum=1)),
        check("positive", Between("persons", minimum=1)),
    ]
    found = evaluate(batch, "batch", "settlements", checks)
    assert found["settlements.persons"].unexpected == len(broken_rows())
    assert found["settlements.positive"].unexpected == 1


def test_the_same_test_twice_gives_two_verdicts(batch):
    checks = [check("first", NotNull("name")), check("second", NotNull("name"), Severity.WARNING)]
    found = evaluate(batch, "batch", "settlements", checks)
    assert [(one.severity, one.unexpected) for one in found.values()] == [("error", 1), ("warning", 1)]


def test_no_value_of_a_row_is_returned_logged_or_printed(batch, caplog, capfd):
    """Not even where a value breaks the query and DuckDB quotes it in its error."""
    caplog.set_level(logging.DEBUG)
    with pytest.raises(duckdb.ConversionException, match=GOOD["name"]):
        batch.execute("SELECT CAST(name AS INTEGER) FROM batch").fetchall()
    culprit = check("name_is_number", Between("CAST(name AS INTEGER)", minimum=1))
    found = evaluate(batch, "batch", "settlements", [*CHECKS, culprit, check("gone", NotNull("mobile"))])
    printed = capfd.readouterr()
    told = "\n".join([repr(found), caplog.text, printed.out, printed.err])
    assert "settlements.name_is_number could not run" in caplog.text
    assert printed == ("", "")
    assert not logging.getLogger("great_expectations.execution_engine").isEnabledFor(logging.ERROR)
    cells = {str(cell) for row in batch.execute("SELECT * FROM batch").fetchall() for cell in row}
    assert [cell for cell in cells if len(cell) > 4 and cell in told] == []


def test_it_leaves_nothing_behind(tmp_path, monkeypatch):
    """The connection stays ours and open; no view, no file; a view over a file database is seen as well."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path))
    with duckdb.connect("batch.duckdb") as connection:
        connection.execute("CREATE TABLE typed AS SELECT range AS n FROM range(10)")
        connection.execute("CREATE TEMP VIEW batch AS SELECT n, n % 5 AS digit FROM typed")
        checks = [check("small", Between("n", maximum=7)), check("unique", Unique("digit", copies="2"))]
        found = evaluate(connection, "batch", "numbers", checks)
        assert [one.unexpected for one in found.values()] == [2, 10]
        views = connection.execute("SELECT view_name FROM duckdb_views() WHERE NOT internal").fetchall()
        assert views == [("batch",)]
    assert [path.name for path in tmp_path.iterdir()] == ["batch.duckdb"]


def test_wrong_use_is_raised(batch):
    with pytest.raises(ValueError, match="two checks have the same name"):
        evaluate(batch, "batch", "settlements", [CHECKS[0], CHECKS[0]])
    with pytest.raises(duckdb.CatalogException):
        evaluate(batch, "no_such_table", "settlements", CHECKS)


def test_importing_the_module_does_not_import_great_expectations():
    """It costs seconds, and most commands need no verdict."""
    told = "import sys, expectations.validate; print('great_expectations' in sys.modules)"
    ran = subprocess.run(
        [sys.executable, "-c", told],
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        check=True,
    )
    assert ran.stdout.strip() == "False"

"""newly_on_allowance: a living member was paid 低保 or 特困 in the three months to P and in none of the nine
before; P is the latest month covered in both feeds, not before the latest one that was promised. Always in force."""

from tests.spec.town import Town

NEWLY = "newly_on_allowance"
TOWN = Town("2020-06-30", indicator=NEWLY)  # a year's file covers all its months, so P is June
town = TOWN.alone


def homes(*names: str) -> str:
    return "household_id \n " + " \n ".join(names)


@TOWN.scene(
    households=homes("june", "april", "march", "nobody"),
    allowances="""
        id_number | paid_month | amount
        june      | 202006     | 200
        april     | 202004     | 200
        march     | 202003     | 200
    """,
)
def test_the_months_of_entry_are_P_and_the_two_before(town):
    assert town.signal() == {"june": "at_risk", "april": "at_risk", "march": "clear", "nobody": "clear"}
    assert town.value() == {"june": 1.0, "april": 1.0, "march": 0.0, "nobody": 0.0}


@TOWN.scene(
    households=homes("march", "last_july", "last_june"),
    allowances="""
        id_number | paid_month | amount
        march     | 202003     | 200
        march     | 202005     | 200
        last_july | 201907     | 200
        last_july | 202005     | 200
        last_june | 201906     | 200
        last_june | 202005     | 200
    """,
)
def test_one_payment_in_the_nine_months_before_means_not_new(town):
    assert town.signal() == {"march": "clear", "last_july": "clear", "last_june": "at_risk"}


@TOWN.scene(
    households=homes("nothing_now", "nothing_then"),
    allowances="""
        id_number    | paid_month | amount
        nothing_now  | 202006     | 0
        nothing_then | 201912     | 0
        nothing_then | 202006     | 0.01
    """,
)
def test_an_amount_of_0_is_no_payment(town):
    assert town.signal() == {"nothing_now": "clear", "nothing_then": "at_risk"}


@TOWN.scene(
    households=homes("destitute", "changed"),
    allowances="id_number | paid_month | amount \n changed | 202002 | 200",
    destitute="id_number | paid_month | amount \n destitute | 202005 | 600 \n changed | 202005 | 600",
)
def test_the_two_allowances_are_pooled(town):
    assert town.signal() == {"destitute": "at_risk", "changed": "clear"}


@TOWN.scene(
    members="household_id | id_number \n A | a1 \n A | a2 \n B | dead \n B | widow",
    deaths="id_number | died_on \n dead | 2020-06-01",
    allowances="""
        id_number | paid_month | amount
        a1        | 201912     | 200
        a2        | 202005     | 200
        dead      | 202005     | 200
    """,
)
def test_it_is_the_same_living_person_who_is_paid_and_was_not(town):
    assert town.signal() == {"A": "at_risk", "B": "clear"}


@TOWN.scene(
    allowances="""
        id_number | paid_month | payment_kind | amount
        A         | 202005     | 补发         | 900
        A         | 202001     | 补发         | 100
    """
)
def test_back_payments_are_payments(town):
    assert town.signal() == {"A": "clear"}


@TOWN.scene(
    allowances="id_number | paid_month | amount \n A | 202005 | 200 \n A | 202007 | 200",
    destitute="id_number | paid_month | amount \n other | 202005 | 200",
)
def test_the_evidence_is_every_payment_since_the_entry(town):
    assert town.signal() == {"A": "at_risk"}
    assert len(town.evidence()["A"]) == 1


@TOWN.scene(
    allowances={
        "202005": "certificate_no | id_number | paid_month | amount \n c1 | A | 202005 | 200",
        "202005_2": "certificate_no | id_number | paid_month | amount \n c1 | A | 202005 | 0",
    }
)
def test_a_correction_counts_instead(town):
    assert town.signal() == {"A": "clear"}


# ---- rows held ----


@TOWN.scene(
    households=homes("recent", "earlier", "known_new", "known_old"),
    allowances="""
        certificate_no | id_number | paid_month | amount
        1              | recent    | 202004     | 不详
        2              | earlier   | 202003     | 不详
        3              | known_new | 202005     | 200
        4              | known_new | 202006     | 不详
        5              | known_old | 202001     | 200
        6              | known_old | 202006     | 不详
    """,
)
def test_a_held_row_of_the_months_of_entry_makes_unknown_whoever_is_not_known(town):
    assert town.signal() == {
        "recent": "unknown", "earlier": "clear", "known_new": "at_risk", "known_old": "clear",
    }  # fmt: skip
    assert town.why() == {"recent": "row_held:allowances"}


@TOWN.scene(
    households=homes("A"),
    allowances="""
        certificate_no | id_number | paid_month | amount
        1              | A         | 202001     | 不详
        2              | A         | 202005     | 200
    """,
)
def test_a_held_row_of_the_months_before_takes_back_no_risk(town):
    assert town.signal() == {"A": "at_risk"}


@TOWN.scene(
    households=homes("A"),
    allowances="certificate_no | id_number | paid_month | amount \n 1 | A | 2020.1 | 200",
)
def test_a_held_row_whose_month_cannot_be_read_may_be_of_any(town):
    assert town.signal() == {"A": "unknown"}


@TOWN.scene(
    members="household_id | id_number | name \n A | a | 褚一 \n B | b | 褚二",
    destitute="id_number | name | paid_month \n a:damaged | 褚二 | 202005",
)
def test_a_damaged_number_names_by_15_digits(town):
    assert town.signal() == {"A": "unknown", "B": "clear"}


@TOWN.scene(
    members="household_id | person_no | id_number \n A | a | 未办 \n B | b1 | 无 \n B | b2 | b",
    allowances="id_number | paid_month | amount \n b | 202005 | 200",
)
def test_a_member_without_a_number_is_unknown(town):
    assert town.signal() == {"A": "unknown", "B": "at_risk"}


@TOWN.scene(
    households=homes("empty", "dead"),
    members="household_id | id_number \n dead | d",
    deaths="id_number | died_on \n d | 2020-01-01",
)
def test_a_household_of_nobody_is_unknown(town):
    assert town.signal() == {"empty": "unknown", "dead": "unknown"}


# ---- months ----

PAID = dict(
    households=homes("recent", "earlier", "both", "neither"),
    allowances={
        "202002": "id_number | paid_month | amount \n earlier | 202002 | 200 \n both | 202002 | 200",
        "202005": "id_number | paid_month | amount \n recent | 202005 | 200 \n both | 202005 | 200",
    },
)
KNOWN = {"recent": "at_risk", "earlier": "clear", "both": "clear", "neither": "clear"}
NOTHING = dict.fromkeys(KNOWN, "unknown")


def test_P_is_the_month_before_where_this_months_payroll_is_not_here():
    may = town(**PAID, without={"allowances": "202006", "destitute": "202006"})
    assert may.signal(NEWLY) == KNOWN


def test_P_is_covered_in_both_feeds_and_later_payments_count_as_recent():
    paid = {**PAID["allowances"], "202006": "id_number | paid_month | amount \n neither | 202006 | 200"}
    one_sided = town(**{**PAID, "allowances": paid}, without={"destitute": "202006"})
    assert one_sided.signal(NEWLY) == {**KNOWN, "neither": "at_risk"}


def test_from_the_10th_the_payroll_of_the_month_before_must_be_here():
    old = town("2020-06-10", **PAID, without={"destitute": "202005 202006"})
    assert old.signal(NEWLY) == NOTHING
    assert set(old.why(NEWLY).values()) == {"feed_missing:destitute"}


def test_until_then_that_of_two_months_before_will_do_and_later_payments_count_as_recent():
    night_of_the_9th = town(
        "2020-06-09",
        households=homes("may", "february", "january", "both", "neither"),
        allowances={
            "202001": "id_number | paid_month | amount \n january | 202001 | 200 \n both | 202001 | 200",
            "202002": "id_number | paid_month | amount \n february | 202002 | 200",
            "202005": "id_number | paid_month | amount \n may | 202005 | 200 \n both | 202005 | 200",
        },
        without={"destitute": "202005 202006"},
    )
    assert night_of_the_9th.signal(NEWLY) == {
        "may": "at_risk", "february": "at_risk", "january": "clear", "both": "clear", "neither": "clear",
    }  # fmt: skip
    assert all(len(rows) == 1 for rows in night_of_the_9th.evidence(NEWLY).values())


def test_three_months_before_never_will():
    older = town("2020-06-09", **PAID, without={"destitute": "202004 202005 202006"})
    assert older.signal(NEWLY) == NOTHING


def test_a_feed_that_never_came_is_unknown():
    assert town(**PAID, without={"destitute": "all"}).signal(NEWLY) == NOTHING


def test_a_month_of_entry_that_is_missing_leaves_unknown_who_is_not_known_to_be_new_or_old():
    gap = town(**PAID, without={"destitute": "202004"})
    assert gap.signal(NEWLY) == {**KNOWN, "neither": "unknown"}


def test_an_earlier_month_that_is_missing_leaves_unknown_who_seems_new():
    gap = town(**PAID, without={"allowances": "201909"})
    assert gap.signal(NEWLY) == {**KNOWN, "recent": "unknown"}
    assert gap.why(NEWLY) == {"recent": "period_missing:allowances"}


def test_the_month_before_the_nine_does_not_matter():
    assert town(**PAID, without={"allowances": "201906"}).signal(NEWLY) == KNOWN


def test_it_was_always_in_force():
    early = town("2015-01-31", allowances="id_number | paid_month | amount \n A | 201501 | 200")
    assert early.signal(NEWLY) == {"A": "at_risk"}

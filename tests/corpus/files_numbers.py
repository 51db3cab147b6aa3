"""Identity numbers, certificates and the numbers that offices give."""

from __future__ import annotations

from tests.corpus.catalogue import made
from tests.corpus.drafts import NO_NUMBER, Draft, Native
from tests.corpus.truths import checked

WITH_X = next(
    checked(f"41018419620304{nth:03}")
    for nth in range(1, 99)
    if checked(f"41018419620304{nth:03}")[-1] == "X"
)
OLD = "410184620304123"  # fifteen digits of before 1999
UPGRADED = checked("41018419620304123")
GOOD = checked("41272819551112346")
DAMAGED, DIGIT = {"id_number_damaged"}, {"id_number_check_digit"}
WRONG_DIGIT = GOOD[:17] + ("1" if GOOD[17] != "1" else "2")


def wide(number: str) -> str:
    return "".join(chr(ord(sign) + 0xFEE0) for sign in number)


@made(count=9, csv="relief", txt="grants", xlsx="settlements", xls="enrolments")
def ways_to_write_a_number(draft: Draft) -> None:
    """A disability certificate of 20 or 22 characters is a number too."""
    draft.forms(
        "id_number",
        {WITH_X: WITH_X, WITH_X[:17] + "x": WITH_X, OLD: UPGRADED, f"'{GOOD}": GOOD,
         f" {GOOD[:6]} {GOOD[6:14]} {GOOD[14:]} ": GOOD, wide(WITH_X): WITH_X, WITH_X[:17] + "Ｘ": WITH_X,
         GOOD + "43": GOOD + "43", GOOD + "43B1": GOOD + "43B1"},
    )  # fmt: skip


@made(csv="deaths", txt="grants")
def numbers_as_formulas(draft: Draft) -> None:
    """="410…" keeps Excel from counting with a number."""
    draft.write(1, "id_number", f'="{GOOD}"', GOOD)
    draft.write(2, "id_number", f'="{WITH_X}"', WITH_X)


@made(count=15, csv="deaths", txt="relief", xlsx="checkups", xls="destitute")
def unusable_numbers(draft: Draft) -> None:
    birth = {"id_number_birth_date"}
    none, foreign = {"id_number_is_number", "id_number_given"}, {"id_number_foreign"}
    draft.forms(
        "id_number",
        {WRONG_DIGIT: DIGIT, "4.10184E+17": DAMAGED, "4.1e+17": DAMAGED, GOOD[:15] + "000": DAMAGED | DIGIT,
         checked("41018419700230123"): birth, checked("41018419701301123"): birth,
         checked("41018420200701123"): birth, GOOD[:17]: {"id_number_length"}, GOOD + "4": {"id_number_length"},
         "无": none, "未办": none, "无户口": none, "": none, "护照E12345678": foreign,
         "81000019800101001X": foreign},
    )  # fmt: skip


@made(count=4, csv="deaths", xlsx="deaths", xls="deaths")
def births_at_their_limits(draft: Draft) -> None:
    """Born on the last day of the period is possible; 120 years old at that day is, 121 is not."""
    draft.forms(
        "id_number",
        {checked("41018420200630121"): checked("41018420200630121"),
         checked("41018419000630121"): checked("41018419000630121"),
         checked("41018418990630121"): {"id_number_birth_date"},
         checked("41018420200701121"): {"id_number_birth_date"}},
    )  # fmt: skip


@made(count=3, xlsx="deaths", xls="relief")
def numbers_in_numeric_cells(draft: Draft) -> None:
    """More than fifteen digits do not fit into a number of Excel: never repaired. Fifteen do."""
    draft.write(1, "id_number", int(GOOD))
    draft.hold(1, *DAMAGED)
    draft.write(2, "id_number", int(OLD), UPGRADED)
    draft.write(3, "id_number", Native(float(GOOD[:15] + "000"), "0"))
    draft.hold(3, *DAMAGED)


@made(count=8, csv="members", xlsx="members", xls="members")
def members_without_a_usable_number(draft: Draft) -> None:
    """The person lives there all the same: no row is held for the number."""
    draft.forms(
        "id_number",
        dict.fromkeys(
            ("", "无", "未办", "无户口", "4.10184E+17", WRONG_DIGIT, "护照E12345678", GOOD[:16]), NO_NUMBER
        ),
    )


@made(count=4, csv="disability", xlsx="disability", xls="disability")
def certificates(draft: Draft) -> None:
    draft.write(1, "certificate_no", GOOD + "43B2", GOOD + "43B2")
    draft.write(2, "certificate_no", wide(WITH_X + "43"), WITH_X + "43")
    draft.write(3, "grade", "二级", "2")
    draft.hold(3, "grade_is_digit_20")
    draft.write(4, "type", "1视力", "1")
    draft.hold(4, "type_is_digit_19")


@made(count=3, csv="disability_subsidies", xlsx="disability_subsidies", xls="disability_subsidies")
def certificates_too_short(draft: Draft) -> None:
    draft.write(2, "certificate_no", GOOD)
    draft.hold(2, "certificate_no_is_certificate", "certificate_no_length")


@made(count=4, csv="allowances", xlsx="allowances", xls="allowances")
def number_of_a_head_left_out(draft: Draft) -> None:
    for nth, cell in enumerate(("", "-", "——", "N/A"), start=1):
        draft.write(nth, "head_id_number", cell, None)


@made(count=4, csv="households", txt="members", xlsx="incomes", xls="access")
def household_numbers_damaged(draft: Draft) -> None:
    """4.1E+15: nobody can tell which household it was."""
    draft.write(1, "household_id", "4.1E+15")
    draft.write(3, "household_id", "4.10184E+15")
    for nth in (1, 3):
        draft.hold(nth, "household_id_readable")


@made(count=3, xlsx="access", xls="incomes")
def household_numbers_in_numeric_cells(draft: Draft) -> None:
    """Sixteen digits do not fit, six do, and no ".0" is added."""
    draft.write(1, "household_id", Native(4101840000000012, "0"))
    draft.hold(1, "household_id_readable")
    draft.write(2, "household_id", 410184, "410184")
    draft.write(3, "household_id", 1200001.0, "1200001")


@made(count=3, xlsx="households", xls="households")
def telephones_and_villages_in_numeric_cells(draft: Draft) -> None:
    draft.write(1, "phone", 13803710001, "13803710001")
    draft.write(2, "village_code", 410184100201, "410184100201")
    draft.write(3, "exit_year", 2018, 2018)
    draft.write(3, "hamlet", 3, "3")


@made(count=4, csv="outages", xlsx="projects", xls="households")
def villages(draft: Draft) -> None:
    draft.write(1, "village_code", "４１０１８４１００２０１", "410184100201")
    draft.write(2, "village_code", "410184100")
    draft.write(3, "village_code", "4.10184E+11")
    for nth in (2, 3):
        draft.hold(nth, "village_code_readable")


@made(count=6, csv="divisions", xlsx="divisions", xls="divisions")
def divisions(draft: Draft) -> None:
    """A county has 6 digits, a town 9, a village 12."""
    workbook = draft.extension != "csv"
    draft.write(1, "division_code", 410184 if workbook else "４１０１８４", "410184")
    draft.write(3, "division_code", 410184100200 if workbook else " 410184100200 ", "410184100200")
    draft.write(3, "level", "村 ", "村")
    draft.write(4, "division_code", "4101841002")
    draft.hold(4, "division_code_readable")
    draft.write(5, "level", "镇")
    draft.hold(5, "level_in_list")
    draft.write(6, "division_name", "——")
    draft.hold(6, "division_name_given")


@made(count=4, csv="settlements", xlsx="settlements", xls="settlements")
def household_numbers_left_out(draft: Draft) -> None:
    for nth, cell in enumerate(("", "无", "/", "-"), start=1):
        draft.write(nth, "household_id", cell, None)


@made(count=3, csv="members", xlsx="members", xls="members")
def same_person_twice_in_a_household(draft: Draft) -> None:
    """All but the smallest 人编号 are held."""
    draft.write(3, "household_id", *[draft.row(1).values["household_id"]] * 2)
    draft.write(3, "id_number", *[draft.row(1).values["id_number"]] * 2)
    draft.hold(3, "once_in_household")

"""A naive recomputation of the whole night in plain Python, from the specification alone.

    judge(inbox, as_of) -> Judgement

One row, one person, one household at a time; no SQL, no data frames, nothing shared with the engine. It is
meant to be read beside the specification and compared with what the engine publishes.
"""

from __future__ import annotations

import gc
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from .clues import Clue, first_clues
from .deliveries import DeliveryFacts, judge_inbox
from .landing import LandingRow, landing_table
from .measures import City
from .more_rules import more_rules
from .rules import Signal, first_rules

__all__ = ["Clue", "DeliveryFacts", "Judgement", "LandingRow", "Signal", "judge"]


@dataclass
class Judgement:
    deliveries: dict[str, DeliveryFacts] = field(default_factory=dict)
    signals: dict[tuple[str, str], Signal] = field(default_factory=dict)
    landing: dict[str, LandingRow] = field(default_factory=dict)
    not_judged: list[str] = field(default_factory=list)
    city: City | None = None

    def clues(self, indicators: Collection[str]) -> dict[str, Clue]:
        """The clues of a night with these indicators, and none before it."""
        assert self.city is not None
        return first_clues(self.city, self.signals, indicators)


def judge(inbox: Path, as_of: date) -> Judgement:
    was_enabled = gc.isenabled()
    gc.disable()  # millions of small rows that never form a cycle
    try:
        return recompute(Path(inbox), as_of)
    finally:
        if was_enabled:
            gc.enable()


def recompute(inbox: Path, as_of: date) -> Judgement:
    judged = judge_inbox(inbox)
    city = City(judged, as_of)
    judgement = Judgement(judged.facts, not_judged=judged.not_judged, city=city)
    for indicator, rule in (first_rules(city) | more_rules(city)).items():
        for household in city.town.register:
            judgement.signals[household, indicator] = rule(household)
    judgement.landing = landing_table(city)
    return judgement


# Readings chosen, where the specification leaves two. The rule of choice: nothing uncertain makes a household
# clear; what the text says outright is followed even where it is less careful (those are marked *).
#
# Cells
# - Dates and months with - or 年月 may have one digit (2020-3-1, 2020-3); a date cell is read as its month in
#   a month column. Serials are 1 to 2958465 but never 60, nor four digits that look like a year (1900-2099).
# - What is invisible (U+200B and its like) is taken out of every cell, blanks of all kinds around it; blanks
#   inside a name go too, unless they stand between Latin letters.
# - √ and TRUE are 是, × and FALSE 否. 义务教育阶段未上学原因 has a list too (contract.EXCUSES).
# - A number of an office that is zeros alone is none; one with 号 behind it holds the row.
# - A `?` in a name, U+FFFD or 锟斤拷 in a text that must be filled or in a number hold the row.
# - 无 is an empty cell in an id column that need not be filled; 未办 or 护照 there hold the row.
# - A 15-digit number that ends in 000 is damaged; no check digit can vouch for it.
# - A number "stands in a second feed" as soon as any readable file of it has it with the same name, accepted
#   or not, whatever its period; the heads of households and of allowances count.
# - 与户主关系, 在校生状况, 健康状况 outside their lists hold the row. One or two digits are a GB/T code.
# - Numbers of households, persons and documents are lost as 4.1E+15 or as numeric cells of over 15 digits.
#
# Rows and deliveries
# - A row that begins as a total or a note is data where all required columns are filled, or more than half of
#   them and one with a person's number that can be read.
# - A line with one filled cell that stands above the header too, or that says 第2页, is no row.
# - A quote inside a cell that is not quoted holds its row like a field too many.
# - In a row with too few or too many fields the cells stand under their titles for the purpose of naming a
#   person or household, and no date of it is readable. Fewer fields count even where only empty ones lack.
# - "Same key" counts every row of the file, also one that is held for another reason; so does "same person
#   twice in one household", where the smallest 人编号 is the smallest text.
# - 不属实 with 不纳入 is no decided class.
# - Guards count rows received less duplicates; keys are those that can be read. A household's or a member's
#   list has one partition for ever, so its keys are compared across years too.
# - A correction of a list of those at risk is refused when two of them or more and over a fifth vanish without
#   having been marked as settled (contract.AT_RISK_WHILE).
# - Reversals that together exceed their original: all of the file's are held, earlier files' stand. A pending
#   one is released by a later file's original; its own file has been judged with it pending.
# - The mean check: rows loaded, of the feed's deliveries of the six months before the period's month, main
#   amounts as in contract.MAIN_AMOUNT, a mean ≤ 0 there is not compared.
# - A file in a wrong folder makes its month required (it has been received); its rows are unread.
# - Content is compared by bytes. Files of one (feed, period, n) are judged by hash, then by path.
#
# Versions
# - An insurance list carries the years of its rows; one without rows carries its period's year.
# - A stale version stands in for a held row only where both speak of the same person (in `members`: of the
#   same household); else the held row is missing for whom it names, beside the version.
# - A held row leaves when its key is loaded by a later delivery in (period, n, hash) order; one whose key is
#   itself at fault (a year outside the partition too) by a later accepted file of the same period.
# - A row marked 作废 counts as loaded, and takes back what earlier deliveries, in (period, n, hash) order, told under
#   its key; what comes later stands again. An empty mark is 否.
# - A kept number of a member is forgotten once a list states that there is none.
#
# Whom a held row names
# - A row whose own 户编号 is registered is missing for that household and also for its person, if usable.
# - The birth date of an unusable number is what its places 7-14 say, else the row's own birth date.
# - Name and digits are compared with the members at D, living or dead; for rules whose facts fall on the
#   household of their day (rigid_12m, earner_died) with every members list there has been.
# - A held members row without an earlier version: somebody unknown lives there, so each rule about persons
#   is unknown unless at_risk (school_dropout and earner_died look at its age, where that can be read).
# - * A held row of `deaths` leaves its person living ("living unless a death is known").
# - * A held row of `projects` without a readable village concerns nobody.
# - "In no register" is in no list of households of any time. "The list before" of an orphan of `members` is the
#   nearest earlier one that has the 人编号, else the number, in a registered household.
#
# Measures and rules
# - Terms and months that begin after D are never required.
# - Where the household's own row is unknown, catastrophic_illness is decided by both cutoffs.
# - A held incomes row beside a loaded one of the year: at_risk stays, clear becomes unknown.
# - school_dropout: a held enrolment of the child's latest term or later, or a required term missing after it,
#   makes clear unknown as well as 退学; a child without a number is unknown even with a reason.
# - * not_in_school_reason and an out-of-county grant count whatever the enrolments say.
# - newly_on_allowance: "three months covered" asks for all three in both feeds, promised or not; months after
#   D's do not count.
# - * unsafe_water: 合格 in the household's row passes although months of tests or the works are missing, a
#   held test that may be the last one does not; a failing last test stays although a later month is missing.
# - The month of a project's last test counts among those that must be covered after it.
# - outage_days: an open outage told by a daily file is sure to the day of that file at least.
# - rigid_12m: bills and school costs go by the day's household even where today's members list is too old, so
#   at_risk by what is known stays; a pupil's cost is split by the household of each term, in education_burden
#   it is the person's whole cost. Anybody without a number in a list of the window leaves no upper bound.
# - * rigid_12m does not ask for pupils whom the register calls so and whom no enrolment list has.
# - grants missing: of each missing term the greater of its known grants and its cost is taken as paid; a held
#   grant whose term cannot be read may be of any.
# - earner_died: whoever was dead before 12m cannot have been an earner; somebody without a number can.
# - no_labour: an entry with labour of a person whose age is unknown is not sure.
# - Values: a count of persons with cutoff 1; the grade for unsafe_dwelling; nothing for unsafe_water; the
#   fall in percent for income_collapse; per head unrounded.
#
# Clues
# - Those of a first night alone: no earlier one is kept open or closed. A household whose row is not known has no
#   class suggested.
#
# Policy landing
# - Registered: on some day of the period the usable lists, however old, have the person in a 脱贫户.
# - grants_term: its term is its period, paid by D. Persons count with any row, also one of amount 0.
# - A household counts for allowances under the smallest number its person has on the first of the paid month.
# - A subsidy whose certificate is in no disability list of any time joins nothing, where a list ever came.
# - A feed that never came gives 0.
#
# Not read here: xls, parquet, merged or two-row headers, formulas without a value, hostile files,
# quotes that swallow rows; accept, withdraw and replay; the rest of gate 4, which changes no signal.

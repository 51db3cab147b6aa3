"""The first sheet of a return slip: in words what to do and by when, and the counts."""

from __future__ import annotations

from datetime import date

from reports.deadlines import LEAST_DAYS, mend_by
from reports.labels import department_title
from reports.slip_rows import Slip
from reports.slip_words import (
    AS_SOON,
    BY_WHEN,
    COUNTS,
    CUT,
    CUT_PENDING,
    ITEMS,
    NONE,
    NOTHING,
    OVERDUE,
    STEPS,
    WHAT_IT_IS,
)

Line = tuple[str, str]  # item, words


def first_rows(slip: Slip, language: str) -> list[list[object]]:
    """Item and content, a row a sentence."""
    title = department_title(slip.department, language)
    lines = [("what", WHAT_IT_IS.say(language, department=title, as_of=slip.as_of))]
    if slip.open_rows or slip.refused or slip.found_rows:
        steps = (step.say(language, folder=slip.department) for step in STEPS)
        lines += [("to_do", f"{nth}. {step}") for nth, step in enumerate(steps, start=1)]
        lines += [("by_when", _by_when(slip, language)), *_overdue(slip, language)]
    else:
        lines.append(("to_do", NOTHING.to(language)))
    lines += [*_cut(slip, language), *_counts(slip, language)]
    return [[ITEMS[item].to(language), words] for item, words in lines]


def _by_when(slip: Slip, language: str) -> str:
    due = mend_by(slip.department, slip.as_of)
    return BY_WHEN.say(language, days=LEAST_DAYS, due=due) if due else AS_SOON.to(language)


def _overdue(slip: Slip, language: str) -> list[Line]:
    rows = sum(rows for since, rows in slip.open_by_day.items() if _is_overdue(slip, since))
    files = sum(_is_overdue(slip, since) for _, since in slip.refused)
    return [("overdue", OVERDUE.say(language, rows=rows, files=files))] if rows or files else []


def _is_overdue(slip: Slip, since: date) -> bool:
    due = mend_by(slip.department, since)
    return due is not None and due < slip.as_of


def _cut(slip: Slip, language: str) -> list[Line]:
    told = ((CUT, len(slip.rows), slip.open_rows), (CUT_PENDING, len(slip.pending), slip.pending_rows))
    return [
        ("cut", words.say(language, listed=listed, more=whole - listed))
        for words, listed, whole in told
        if listed < whole
    ]


def _counts(slip: Slip, language: str) -> list[Line]:
    counts: dict[str, dict[str, int]] = {
        "rows": {"rows": slip.open_rows, "files": slip.open_files},
        "refused": {"files": len(slip.refused)},
        "found": {"rows": slip.found_rows},
        "pending": {"rows": slip.pending_rows},
        "warned": {"rows": sum(one.rows for one in slip.warned)},
    }
    ages = {
        "longest": slip.rate.days_open_longest,
        "rate": slip.rate.return_rate_pct,
        "days": slip.rate.days_to_correct_mean,
    }
    return [
        (name, COUNTS[name].say(language, **stated) if any(stated.values()) else NONE.to(language))
        for name, stated in counts.items()
    ] + [(name, COUNTS[name].say(language, known=known)) for name, known in ages.items() if known is not None]

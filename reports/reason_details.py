"""The detail of a reason in words: the line, the column, the feed or the folder that it is about."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from expectations.feeds import catalogue
from expectations.near import AS_IT_STANDS, BETWEEN, WITHIN
from reports.expectation_words import sentence_of
from reports.labels import department_title, feed_title
from reports.language import Words, joined, one_line
from warehouse.landing.lines import OF_LINES

NO_DETAIL = "…"
LINES = Words("{count}行（第{lines}行）", "{count} (line {lines})")
NOT_RECOGNISED = Words("；第{column}列未识别", "; column {column} is not recognised")
NEAR = Words(
    "；第{column}列“{word}”未识别，是否即“{label}”？",
    "; column {column} “{word}” is not recognised: is it {label}?",
)
UNLIKE = Words("；第{column}列“{word}”未识别", "; column {column} “{word}” is not recognised")
OF_DEPARTMENT = Words("“{feed}”，属于{folder}", "{feed}, which belongs to {folder}")


def detail_words(code: str, detail: str, language: str) -> str:
    """The detail as it is shown in the reason's sentence."""
    return DETAILS.get(code, _plain)(detail, language) if detail else NO_DETAIL


def _plain(detail: str, language: str) -> str:
    return one_line(detail)


def _title(detail: str, language: str) -> str:
    feed = next((feed for feed in catalogue().values() if detail in (feed.name, feed.title)), None)
    return feed_title(feed.name, language) if feed else one_line(detail)


def _home_of(detail: str, language: str) -> str:
    if detail not in catalogue():
        return one_line(detail)
    department = catalogue()[detail].department
    folder = f"{department_title(department, language)} ({department}/)"
    return OF_DEPARTMENT.say(language, feed=feed_title(detail, language), folder=folder)


def _missing(detail: str, language: str) -> str:
    """The columns that are missing, and what those that were not recognised may be."""
    labels, _, others = detail.partition(AS_IT_STANDS)
    said, without_word = [one_line(labels)], []
    for one in filter(None, others.split(BETWEEN)):
        column, word, label = one.split(WITHIN)
        words = NEAR if label else UNLIKE
        if word:
            said.append(words.say(language, column=column, word=one_line(word), label=label))
        else:
            without_word.append(column)
    if without_word:
        said.append(NOT_RECOGNISED.say(language, column=joined(without_word, language)))
    return "".join(said)


def _lines(detail: str, language: str) -> str:
    """How many lines it is about, and which; a ledger of before has the count alone."""
    count, _, lines = detail.partition(OF_LINES)
    return LINES.say(language, count=count, lines=lines or NO_DETAIL)


def _sentence(detail: str, language: str) -> str:
    return sentence_of(detail).rule.to(language)


DETAILS: Mapping[str, Callable[[str, str], str]] = {
    "looks_like": _title,
    "wrong_folder": _home_of,
    "check_could_not_run": _sentence,
    "column_missing": _missing,
    "totals_left_out": _lines,
    "headers_left_out": _lines,
    "struck_out": _lines,
}

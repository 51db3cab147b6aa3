"""Words in both languages, and text from outside made fit for a line of a report."""

from __future__ import annotations

import re
from typing import NamedTuple

LANGUAGES = ("zh", "en")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
_LONG_NUMBER = re.compile(r"[0-9]{11,}[0-9Xx]?")  # a telephone or identity number has eleven digits or more


class Words(NamedTuple):
    """One sentence or title in both languages; `{name}` stands for what is filled in."""

    zh: str
    en: str

    def to(self, language: str) -> str:
        """The words as they stand; ValueError for a language that nobody has written."""
        if language not in LANGUAGES:
            raise ValueError(f"language is one of {', '.join(LANGUAGES)}")
        return self.zh if language == "zh" else self.en

    def say(self, language: str, **filled: object) -> str:
        """The words with `{name}` filled in."""
        return self.to(language).format(**filled)


def joined(parts: list[str], language: str) -> str:
    """Items of a list in one line."""
    return ("、" if language == "zh" else ", ").join(parts)


def one_line(text: str) -> str:
    """A file's or sheet's name in one line, without a number as long as a telephone or identity number."""
    return _LONG_NUMBER.sub("***", _CONTROL.sub(" ", text)).strip()

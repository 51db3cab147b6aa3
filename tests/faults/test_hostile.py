"""Hostile files through the real intake: each is refused by its code, fast, in little memory, and alone."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from reports.language import LANGUAGES
from reports.reason_details import NO_DETAIL
from reports.reasons import REASONS, reason_words
from tests.faults.hostile import HOSTILE, STUMBLING
from tests.feeds.intake import read
from tests.sampling import sampled

ROOT = Path(__file__).parents[2]
MOST_SECONDS, MOST_MEGABYTES = 5, 300
LONGEST = 600  # seconds on the clock, should one of them wait for ever


SAMPLE = list(HOSTILE)[::5]
NAMES = sampled(HOSTILE, SAMPLE)


@pytest.fixture
def found(name: str) -> dict[str, Any]:
    """What became of one of them."""
    return outcomes(name in SAMPLE)[name]


@cache
def outcomes(of_the_sample: bool) -> dict[str, dict[str, Any]]:
    """A fifth of them or the rest, taken in by an interpreter that is idle before each."""
    names = (name for name in HOSTILE if (name in SAMPLE) == of_the_sample)
    command = [sys.executable, "-m", "tests.faults.measured", *names]
    own = {
        "PYTHONDONTWRITEBYTECODE": "1"
    }  # what it imports for the first time is not written by the hostile file
    done = subprocess.run(
        command, cwd=ROOT, env=os.environ | own, capture_output=True, text=True, check=True, timeout=LONGEST
    )
    told = [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]
    return {one["name"]: one for one in told}


@pytest.mark.parametrize("name", NAMES)
def test_a_hostile_file_is_refused_by_what_is_wrong_with_it(name, found):
    assert "died" not in found
    assert (found["verdicts"], found["rows"]) == (["refused"], 0)
    assert [code for code, _ in found["reasons"]] == [HOSTILE[name].code]


@pytest.mark.parametrize("name", NAMES)
def test_that_takes_under_five_seconds_and_300_megabytes(name, found):
    assert found["seconds"] < MOST_SECONDS
    assert found["megabytes"] < MOST_MEGABYTES


@pytest.mark.parametrize("name", NAMES)
def test_nothing_is_written_outside_the_home_and_nobody_is_asked(name, found):
    assert found["written"] == found["touched"] == []


@pytest.mark.parametrize("name", NAMES)
def test_the_file_beside_it_is_taken_in(name, found):
    assert found["beside"] == ["accepted"]


@pytest.mark.parametrize("name", NAMES)
def test_it_is_told_once(name, found):
    assert found["again"] == 0


@pytest.mark.parametrize("name", STUMBLING)
def test_what_a_pattern_could_stumble_over_is_read_in_five_seconds(name):
    extension, made = STUMBLING[name]
    content, began = made(), time.process_time()
    inbox = read(content, extension=extension)
    assert time.process_time() - began < MOST_SECONDS
    assert inbox.column("deaths_202006", "name")[0] == "甲"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", NAMES)
def test_the_department_is_told_what_was_found_in_words(name, language, found):
    for code, detail in found["reasons"]:
        said = reason_words(code, detail, language)
        assert code in REASONS
        assert code not in said
        assert NO_DETAIL not in said

"""What is said of a step that has ended."""

from __future__ import annotations

import pytest

from reports.step_words import step_line


@pytest.mark.parametrize(
    ("name", "arguments", "result", "zh", "en"),
    [
        ("receive", {}, 12, "接收：新文件12份（1.5秒）", "received: new files 12 (1.5 s)"),
        (
            "take-in", {"feed": "settlements"}, 3, "读取并校验 医保结算：3份（1.5秒）",
            "read and validated, Medical settlements: 3 (1.5 s)",
        ),
        (
            "build", {"as_of": None}, {"accepted": 4, "newly_refused": 1},
            "判定、归并、计算并发布：已接收4份，被退回0份（1.5秒）",
            "judged, merged, computed and published: accepted 4, refused 0 (1.5 s)",
        ),
        ("slips", {}, 6, "退回单：6个部门（1.5秒）", "return slips: departments 6 (1.5 s)"),
    ],
)  # fmt: skip
def test_a_step_says_what_it_did_how_much_and_how_long(name, arguments, result, zh, en):
    assert [step_line(name, arguments, result, 1.5, language) for language in ("zh", "en")] == [zh, en]


def test_steps_that_only_keep_the_book_say_nothing():
    assert step_line("begin", {}, "run", 0.1, "zh") is None

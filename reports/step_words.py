"""A line for each step of a night that has ended: what it did, how much of it, in how many seconds."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from reports.labels import feed_title
from reports.language import Words

DONE = Words("{what}（{seconds:.1f}秒）", "{what} ({seconds:.1f} s)")
STEPS = {
    "receive": Words("接收：新文件{count}份", "received: new files {count}"),
    "take-in": Words("读取并校验 {feed}：{count}份", "read and validated, {feed}: {count}"),
    "build": Words(
        "判定、归并、计算并发布：已接收{accepted}份，被退回{refused}份",
        "judged, merged, computed and published: accepted {accepted}, refused {refused}",
    ),
    "work-lists": Words("核查清单：{count}个乡镇", "work lists: towns {count}"),
    "slips": Words("退回单：{count}个部门", "return slips: departments {count}"),
    "send-mail": Words(
        "邮件：发出{sent}封，写入文件夹{written}封，待发{waiting}封",
        "mail: sent {sent}, written to the folder {written}, waiting {waiting}",
    ),
}


def step_line(
    name: str, arguments: Mapping[str, Any], result: Any, seconds: float, language: str
) -> str | None:
    """The line of a step, by its name, arguments and result; None for steps that people need not hear of."""
    if name not in STEPS:
        return None
    counts = {"accepted": 0, "refused": 0, **result} if isinstance(result, dict) else {"count": result}
    feed = feed_title(arguments["feed"], language) if "feed" in arguments else ""
    what = STEPS[name].say(language, feed=feed, **counts)
    return DONE.say(language, what=what, seconds=seconds)

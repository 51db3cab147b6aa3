"""What a file leaves out of what was accepted before it, in words."""

from __future__ import annotations

from reports.language import Words

LEFT_OUT_REASONS = {
    "list_shrank": Words(
        "上一份名单中的人或户有一部分不见了（消失数/上一份数：{detail}），如接收，他们将被视为没有风险；"
        "名单每次须报全，已解决的请保留该行并注明（如已劝返、已改造）",
        "some of those on the list before are not on this one (gone/before: {detail}); accepting it would show them as"
        " clear. The list is sent whole each time: keep the row of one that is settled, and say so (back, repaired)",
    ),
    "names_left_out": Words(
        "上一份名单中有{detail}个在这一份里没有了，将不再视为有风险；如系漏报，请报全后再报更正件",
        "{detail} of the list before are not on this one and no longer count as at risk; if they were left out by"
        " mistake, send the list whole as a correction",
    ),
    "keys_left_out": Words(
        "此前同期文件中有{detail}条记录这一份没有，按已结束处理；如系漏报，请报全后再报更正件",
        "{detail} record(s) of the file that this one corrects are not in it and have ended; if they were left out by"
        " mistake, send the file whole as a correction",
    ),
    "events_left_out": Words(
        "此前同期文件中有{detail}行这一份没有，仍然有效；要撤回某行，请照原样再报一次，并在“作废标志”列填写“作废”",
        "{detail} row(s) of earlier files of the period are not in this one and still stand; to take one back, send it"
        " again as it was with 作废 in the column 作废标志",
    ),
}

"""What the first filled cell of a row says: a total, a signature, a note."""

from __future__ import annotations

import re
from collections.abc import Sequence

from expectations.units import narrowed

Row = Sequence[str]

TOTALS = ("合计", "小计", "总计", "共计", "累计")
NO_ROWS = (*TOTALS, "本页小计", "本页合计", "制表人", "填表人", "审核人", "负责人", "注:", "说明:", "备注:",
           "填表说明:", "数据来源",
           "制表:", "填表:", "审核:", "复核:", "复核人", "填报人", "经办人:")  # fmt: skip
BRACKETS = "()[]【】〔〕"
# 合计, 全村合计, 柳河镇小计, 王一 汇总 (as Excel writes it), Grand total
_EXACT = re.compile(
    rf"(.{{0,8}}({'|'.join(TOTALS)})|.{{1,20}}汇总|(sub|grand)?-?totals?)[)\]】〕:]?", re.IGNORECASE
)
_BEGINS = re.compile(rf"({'|'.join(NO_ROWS)}|注[0-9]{{1,2}}[:.、])")


def first_filled(row: Row) -> int:
    """The place of the first cell that says something; 0 where none does."""
    return next((place for place, cell in enumerate(row) if cell and cell.strip()), 0)


def said(row: Row) -> str:
    """What the first filled cell says."""
    return row[first_filled(row)] or "" if row else ""


def is_no_row(row: Row) -> bool:
    """Whether the first filled cell begins like a total, a signature or a note; the whole row decides."""
    return bool(row) and (is_total(row) or _BEGINS.match(_bare(row).strip(BRACKETS)) is not None)


def is_total(row: Row) -> bool:
    """Whether the first filled cell says that the row is a total, and nothing else."""
    return bool(row) and _EXACT.fullmatch(_bare(row)) is not None


def _bare(row: Row) -> str:
    return narrowed(re.sub(r"\s", "", said(row)))

"""The first file of a department that there is not: micro-credit, of sixty invented households."""

from __future__ import annotations

import csv
import io
from datetime import date, timedelta

from tests.spec.drawn import number_of

LABELS = (
    "序号", "贷款编号", "户编号", "借款人姓名", "借款人身份证号", "行政村代码", "贷款银行", "贷款金额（万元）",
    "放款日期", "到期日期", "期限（月）", "年利率（%）", "是否逾期", "逾期金额（元）", "贷款用途", "联系电话",
    "家庭住址", "经办人", "备注",
)  # fmt: skip
NAMES = ("王秀英", "李国强", "张伟明", "刘小芳", "欧阳震华", "陈建军", "赵玉兰")
BANKS, PURPOSES = ("农信社", "邮储银行", "郑州银行"), ("种植", "养殖", "加工")
ROWS = 60
Row = list[str]


def credit_rows() -> list[Row]:
    """Rows as a clerk writes them: amounts in 万元, dates with strokes, every ninth loan overdue."""
    return [_row(nth) for nth in range(ROWS)]


def _row(nth: int) -> Row:
    paid, is_overdue = date(2020, 6, 1) + timedelta(days=nth % 28), nth % 9 == 0
    return [
        str(nth + 1), f"XD2020{nth:05}", f"41018400000{nth:05}", NAMES[nth % 7],
        number_of(date(1960, 1, 1) + timedelta(days=97 * nth), nth % 40), f"410184100{nth % 5:03}", BANKS[nth % 3],
        f"{1 + nth % 5}.{nth % 4}5", f"{paid:%Y/%m/%d}", f"{paid.replace(year=2023):%Y/%m/%d}", "36",
        "4.35" if nth % 2 else "3.85", "是" if is_overdue else "否", f"{100 * nth + 1}.50" if is_overdue else "",
        PURPOSES[nth % 3], f"1390371{7000 + nth}", f"梨河镇前庄{nth}组{nth + 3}号", NAMES[nth % 2],
        "种了三亩地，家里有老人" if nth % 4 == 0 else "",
    ]  # fmt: skip


def credit_file(rows: list[Row] | None = None, encoding: str = "gb18030") -> bytes:
    """The file's bytes."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerows([LABELS, *(credit_rows() if rows is None else rows)])
    return out.getvalue().encode(encoding)


def personal_values() -> set[str]:
    """Every cell that tells who somebody is, and every other that is a value of one row."""
    listed = {"贷款银行", "贷款用途", "是否逾期", "序号", "期限（月）", "年利率（%）"}
    return {cell for row in credit_rows() for label, cell in zip(LABELS, row, strict=True)
            if cell and label not in listed}  # fmt: skip

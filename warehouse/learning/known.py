"""What the contracts already call a header, and what words in a header say where none knows it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from functools import cache

from expectations.contract import Column
from expectations.everyday import names_of
from expectations.feeds import catalogue
from expectations.headers import evened


def words(pattern: str) -> re.Pattern[str]:
    """A pattern to be looked for in an evened header."""
    return re.compile(pattern)


NUMBER_OF_PERSON = words("身份证|证件号|身份号码|残疾证号")
NAME_OF_PERSON = words("姓名|名字|户主$|户主名|人$|干部$|人员$|医师$|医生$|教师$")
TELEPHONE = words("电话|手机|联系方式")
ACCOUNT = words("卡号|账号|帐号|账户|帐户")
ADDRESS = words("地址|住址|住所|位置|门牌")
PLACE = words("村|乡|镇|街道|组$|屯")
OFFICE_NUMBER = words("编号|编码|代码|单号|证号|序列号|流水号|合同号|批号|档号|号$|号码")
ROW_NUMBER = words("^(序号|序|行号|no\\.?|№)$")
DAY = words("日期|时间|日$")
MONTH = words("年月|月份|时间|月$")
YEAR = words("年度|年份|年$")
YES_OR_NO = words("^是否|是否|有无|能否")
AMOUNT = words("金额|元|款|费|收入|支出|支付|补贴|补助|投资|工资|余额|利息|资金|成本|价|负担|自付|减免")
LIST = words("等级|级别|类别|类型|种类|状态|方式|性质|用途|结论|结果|原因|情况|分类|来源|渠道")
OF_SOMEBODY_ELSE = words("户主|监护|担保|法人|法定|联系|经办|负责|代理|配偶")  # whose row it is not


@cache
def _by_label() -> dict[str, Column]:
    """For every header of the contracts, and every everyday name of one, the column that most feeds mean by it."""
    columns = [column for feed in catalogue().values() for column in feed.columns]
    everyday = _meant((name, column) for column in columns for name in names_of(column))
    said = _meant((name, column) for column in columns for name in (column.label, *column.aliases))
    return everyday | said


def _meant(named: Iterable[tuple[str, Column]]) -> dict[str, Column]:
    """Of several the first of those that most agree on."""
    meant: dict[str, list[Column]] = {}
    for name, column in named:
        meant.setdefault(evened(name), []).append(column)
    found = {}
    for label, columns in meant.items():
        counted = Counter((column.name, column.type) for column in columns)
        (name, type_), _ = counted.most_common(1)[0]
        found[label] = next(column for column in columns if (column.name, column.type) == (name, type_))
    return found


def known(label: str) -> Column | None:
    """The column that the contracts mean by a header, None when none has it."""
    return _by_label().get(evened(label))

"""Which column a header that was not recognised may mean: the nearest name of a column that is missing.

A cell of a header may be somebody's name where a file has no header: a word is repeated only where it is made of words
that headers are made of, else the column is known by its number.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher
from functools import cache

from expectations.contract import Column, Feed
from expectations.everyday import SUBJECTS, names_of
from expectations.headers import Header, evened, known_labels

NEAR = 0.5  # from which likeness on a name is asked about
LONGEST_WORD = 12
PARTS = [
    "号",
    "码",
    "号码",
    "编号",
    "编码",
    "代码",
    "序号",
    "姓名",
    "名称",
    "名字",
    "日期",
    "时间",
    "年月",
    "月份",
    "年度",
    "年份",
    "日",
    "月",
    "年",
    "金额",
    "额",
    "费用",
    "费",
    "数",
    "数量",
    "人数",
    "户数",
    "单位",
    "机构",
    "地址",
    "住址",
    "电话",
    "手机",
    "备注",
    "原因",
    "说明",
    "情况",
    "信息",
    "类型",
    "类别",
    "等级",
    "级别",
    "状态",
    "状况",
    "方式",
    "性别",
    "年龄",
    "民族",
    "关系",
    "结论",
    "来源",
    "对象",
    "人员",
    "家庭",
    "户主",
    "身份证",
    "证件",
    "证号",
    "证",
    "发放",
    "登记",
    "离世",
    "去世",
    "死亡",
    "逝世",
    "出生",
    "开始",
    "结束",
    "起始",
    "终止",
    "办理",
    "申请",
    "审批",
    "鉴定",
    "检测",
    "采样",
    "缴费",
    "参保",
    "基本",
    "本人",
    "个人",
    "是否",
    "实际",
    "应",
    "实",
    "总",
    "合计",
    "小计",
    "所在",
    "所属",
    "行政村",
    "乡镇",
    "村",
    "镇",
    "乡",
    "组",
    "县",
    "市",
    "省",
    "区",
]
AS_IT_STANDS, BETWEEN, WITHIN = "|", ";", ":"  # of the detail


def missing_detail(labels: str, header: Header, spellings: Sequence[tuple[str, ...]], feed: Feed) -> str:
    """The labels that are missing, and of each column that was not recognised its number, its word where it may be
    repeated, and the label it may mean: 证件号码|7:学生身份证:证件号码;9::"""
    missing = [column for column in feed.columns if column.required and column.name not in header.places]
    guessed = ((place, *_guess(missing, spellings[place - 1])) for place in header.unknown)
    told = [WITHIN.join((str(place), word, label)) for place, word, label in guessed if word or header.places]
    return labels + AS_IT_STANDS + BETWEEN.join(told) if told else labels


def missing_labels(reasons: Iterable[tuple[str, str]]) -> tuple[str, ...]:
    """The labels of the columns that reasons say to be missing."""
    details = (detail.partition(AS_IT_STANDS)[0] for code, detail in reasons if code == "column_missing")
    return tuple(label for detail in details for label in detail.split("、"))


def _guess(missing: Sequence[Column], labels: Sequence[str]) -> tuple[str, str]:
    word = evened(labels[0])
    if not is_of_headers(word):
        return "", ""
    if word in known_labels():  # it says something else
        return word, ""
    score, label = max((_likeness(word, column), column.label) for column in missing)
    return word, label if score >= NEAR else ""


def _likeness(word: str, column: Column) -> float:
    names = (column.label, *column.aliases, *names_of(column))
    return max(SequenceMatcher(None, word, evened(name)).ratio() for name in names)


def is_of_headers(word: str) -> bool:
    """Whether a word is nothing but words that headers are made of."""
    return len(word) <= LONGEST_WORD and _made_of_parts().fullmatch(word) is not None


@cache
def _made_of_parts() -> re.Pattern[str]:
    words = {*PARTS, *SUBJECTS, *(label for label in known_labels() if len(label) > 1)}
    return re.compile("(" + "|".join(sorted(map(re.escape, words), key=len, reverse=True)) + ")+")

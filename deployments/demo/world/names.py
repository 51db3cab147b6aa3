"""Names of persons: surnames and given names by index, written out when a file is made.

Three pools share no name: ordinary persons, planted persons, and persons who do not exist (dirt), so that a
bad row that is traced by its name finds nobody but whom it is meant to find.
"""

from __future__ import annotations

from functools import cache

import numpy as np

from deployments.demo.draws import between, weighted

SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎"
    "余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文"
)
GIVEN = (
    "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰红建国梅鹏飞宇浩轩子涵梓萱欣怡俊博文雅诗佳慧琳"
    "志远海燕春生德福宝财长顺喜贵全民爱莲凤琴素珍淑云香荣金花银锁铁柱石头根保留成会学礼孝义仁智信忠厚善"
)
RARE = ("㐂", "𠮷", "䶮", "𬍛")  # four bytes in GB18030
MINORITY = ("阿依古丽·买买提", "古丽娜尔·艾力", "买买提·吐尔逊", "扎西·次仁", "努尔兰·叶尔肯")
PLANTED_GIVEN = "岱岳岷崂崧崮崤嵋嵛嵩嶂嶷汾沁沅沔泗泾洛洮洹浐浙涪淇淮渭湟湘溱漳潇澧瀍灞"
INVENTED_SURNAMES = ("欧阳", "上官", "司徒", "诸葛", "尉迟", "令狐")
INVENTED_GIVEN = "甲乙丙戊己庚辛壬癸亥戌酉申未午巳辰卯寅"

RARE_PER_MILLION = 400
MINORITY_PER_MILLION = 250


@cache
def surname_list() -> tuple[str, ...]:
    """Surnames by index, the commonest first."""
    return tuple(SURNAMES)


@cache
def given_list() -> tuple[str, ...]:
    """Given names by index: one character, two characters, then those with a rare character, then none.

    The last entries are whole names of minorities, to be written without a surname.
    """
    one = list(GIVEN)
    two = [first + second for first in GIVEN for second in GIVEN]
    rare = [character + second for character in RARE for second in GIVEN[:20]]
    return tuple(one + two + rare + list(MINORITY))


def _ones() -> int:
    return len(GIVEN)


def first_rare() -> int:
    """The index of the first given name with a four-byte character."""
    return len(GIVEN) + len(GIVEN) ** 2


def first_minority() -> int:
    """The index of the first name that has no surname."""
    return len(given_list()) - len(MINORITY)


def draw_surnames(rng: np.random.Generator, count: int) -> np.ndarray:
    """Surnames as they are spread in life: the first few are half of the people."""
    return weighted(rng, count, [1200 // (rank + 4) for rank in range(len(SURNAMES))])


def draw_given(rng: np.random.Generator, count: int) -> np.ndarray:
    """Given names: two characters for most, one for some, a rare one or a minority name for a few."""
    two = _ones() + rng.integers(0, len(GIVEN) ** 2, count)
    chosen = np.where(rng.integers(0, 100, count) < 18, rng.integers(0, _ones(), count), two)
    lot = rng.integers(0, 1_000_000, count)
    rare = first_rare() + rng.integers(0, len(RARE) * 20, count)
    minority = first_minority() + between(rng, 0, len(MINORITY) - 1, count)
    chosen = np.where(lot < RARE_PER_MILLION, rare, chosen)
    return np.where(lot >= 1_000_000 - MINORITY_PER_MILLION, minority, chosen)


def planted_name(index: int) -> str:
    """The name of the planted person of that index; no two are alike."""
    base = len(PLANTED_GIVEN)
    surname = SURNAMES[index % len(SURNAMES)]
    return surname + PLANTED_GIVEN[index // base % base] + PLANTED_GIVEN[index % base]


def invented_name(index: int) -> str:
    """The name of somebody who does not exist."""
    base = len(INVENTED_GIVEN)
    surname = INVENTED_SURNAMES[index // base**2 % len(INVENTED_SURNAMES)]
    return surname + INVENTED_GIVEN[index // base % base] + INVENTED_GIVEN[index % base]

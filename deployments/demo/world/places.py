"""Towns and villages: about one village to 200 households, numbered under the county's code."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

HOUSEHOLDS_OF_A_VILLAGE = 200
COUNTY_CODE = "410184"
TOWNS = ("东街道", "西街道", "南关街道", "双洎镇", "具茨镇", "梅山镇", "暖泉镇", "沙窝镇", "古城镇", "枣林镇",
         "石桥镇", "柳湾镇", "河湾乡")  # fmt: skip
FAMILIES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董程曹袁邓许"
PLACES = ("庄", "寨", "岗", "沟", "楼", "店", "桥", "坡", "营", "屯", "湾", "堂")
HAMLETS = ("东组", "西组", "南组", "北组", "前街", "后街")


@dataclass(frozen=True)
class Places:
    """Villages in order of code; `town` is the index of each village's town. Planted villages come last."""

    codes: np.ndarray  # 12 digits, as text
    names: np.ndarray
    town: np.ndarray
    ordinary: int

    @property
    def towns(self) -> list[str]:
        """The codes of the towns, nine digits."""
        return [town_code(index) for index in range(len(TOWNS))]


def town_code(index: int) -> str:
    """The nine digits of a town."""
    return f"{COUNTY_CODE}{100 + index}"


def make_places(households: int, planted_villages: int) -> Places:
    """Enough villages for the households, spread over the towns, and the planted ones."""
    ordinary = max(2, households // HOUSEHOLDS_OF_A_VILLAGE)
    town = np.arange(ordinary) * len(TOWNS) // ordinary
    within = np.arange(ordinary) - np.searchsorted(town, town, side="left")
    codes = [f"{town_code(t)}{200 + w}" for t, w in zip(town.tolist(), within.tolist(), strict=True)]
    names = [_village_name(index) for index in range(ordinary)]
    planted_town = np.arange(planted_villages) % len(TOWNS)
    codes += [f"{town_code(int(t))}{800 + index}" for index, t in enumerate(planted_town)]
    names += [f"试点{index + 1}村" for index in range(planted_villages)]
    return Places(
        codes=np.array(codes),
        names=np.array(names),
        town=np.concatenate([town, planted_town]),
        ordinary=ordinary,
    )


def _village_name(index: int) -> str:
    family, place = FAMILIES[index % len(FAMILIES)], PLACES[index // len(FAMILIES) % len(PLACES)]
    turn = index // (len(FAMILIES) * len(PLACES))
    return f"{'大小上下前后东西南北'[turn - 1] if 0 < turn <= 10 else ''}{family}{place}村"

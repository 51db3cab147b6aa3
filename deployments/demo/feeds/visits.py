"""入户核查结果: what visits found. Their clues were opened on paper, before this system was."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from deployments.demo.calendar import period_last_day
from deployments.demo.files import cells
from deployments.demo.files.cells import Columns
from deployments.demo.world.world import World
from expectations.feeds import catalogue

IS_BOOK = False
DAYS = ("20200528", "20200618")
VISITORS = ("驻村工作队", "村干部")
MEASURES = {"因病": "健康帮扶", "因学": "教育保障", "缺劳动力": "公益岗位"}


def periods(world: World) -> list[str]:
    """Two days."""
    return list(DAYS)


def rows(world: World, period: str) -> Iterator[Columns]:
    """A few households; a third of the clues were unfounded."""
    count = min(30, max(3, world.ordinary_households // 600))
    turn = np.arange(count)
    homes = turn * (world.ordinary_households // (count + 1)) + DAYS.index(period)
    contract = catalogue()["visits"]
    findings = list(contract.column("finding").codes)
    classes = [*list(contract.column("decided_class").codes)[:2], "不纳入"]
    finding = turn % 3
    decided = np.where(finding == 2, 2, world.households["is_poor"][homes] ^ 1)
    founded = finding != 2
    visited = period_last_day(period) - turn % 2
    yield {
        "clue_id": cells.labelled(f"XS{period}", turn, 3),
        "household_id": cells.household_ids(homes),
        "visited_on": cells.dates(visited),
        "visitor": cells.words(turn % 2, VISITORS),
        "finding": cells.coded(finding, findings),
        "decided_class": cells.coded(decided, classes),
        "decided_on": cells.dates(visited),
        "risk_1": cells.coded(turn % 3, list(MEASURES), ~founded),
        "measure": cells.coded(turn % 3, list(MEASURES.values()), ~founded),
        "measure_on": cells.dates(np.where(founded, visited, 0)),
    }

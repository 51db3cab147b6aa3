from __future__ import annotations

import os
import shutil
from datetime import date
from typing import Annotated

import typer

from deployments.commands.nightly import run_night
from deployments.ending import DONE, DONE_WITH_REFUSALS, wrong_use
from reports.language import Words

DEMO_NIGHT = date(2020, 6, 30)
NOT_OURS = Words(
    "{root} 不是空的，也不是 ffp demo 建立的；请用 FFP_HOME 指定别的文件夹",
    "{root} is not empty and was not made by ffp demo; set FFP_HOME to another folder",
)
MADE = Words(
    "{households:,}户、{persons:,}人、{files}个文件、{rows:,}行",
    "{households:,} households, {persons:,} persons, {files} files, {rows:,} rows",
)


def demo(
    households: Annotated[int, typer.Option(min=300, help="户数 households of the city")] = 60_000,
    seed: Annotated[int, typer.Option(help="同一种子生成同一城市 the same seed makes the same city")] = 1,
    dirt: Annotated[
        bool, typer.Option("--dirt/--no-dirt", help="文件含错误 with faults in the files")
    ] = True,
) -> None:
    """生成虚拟城市，运行 2020-06-30 一晚。 A synthetic city and its night of 2020-06-30."""
    from tasks.settings import settings

    now = settings()
    root, mark = now.places.root, now.places.root / ".demo"
    if root.exists() and any(root.iterdir()):
        if not mark.exists():
            wrong_use(NOT_OURS.say(now.language, root=root))
        shutil.rmtree(root)
    now.places.make()
    mark.touch()
    os.environ["FFP_SETTLE_SECONDS"] = "0"
    from deployments.demo import make_city

    made = make_city(now.inbox_folder, root / "truth", households=households, seed=seed, dirt=dirt)
    typer.echo(MADE.say(now.language, **vars(made)))
    code = run_night(DEMO_NIGHT)
    raise typer.Exit(DONE if code == DONE_WITH_REFUSALS else code)

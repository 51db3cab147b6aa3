from __future__ import annotations

import os
import shutil
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from deployments.commands.nightly import run_night
from deployments.ending import DONE, DONE_WITH_REFUSALS, wrong_use
from reports.language import Words, joined

DEMO_NIGHT = date(2020, 6, 30)
NOT_OURS = Words(
    "{root} 中有 ffp demo 未建立或已被改动的文件：{names}。请用 FFP_HOME 指定别的文件夹，"
    "例如 FFP_HOME=demo-home ffp demo",
    "{root} holds files that ffp demo has not made, or that were changed since: {names}. Name another folder, such as"
    " FFP_HOME=demo-home ffp demo",
)
ITS_OWN = Words(
    "ffp demo 只使用自己的收件箱和台账：请取消设置 {name}，例如 {name}= ffp demo",
    "ffp demo works in its own inbox and ledger only: leave {name} unset, as in {name}= ffp demo",
)
MOST_NAMES = 3
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
    root = now.places.root
    for name, is_set in (("FFP_INBOX", now.inbox), ("FFP_LEDGER_URL", now.ledger_url)):
        if is_set:
            wrong_use(ITS_OWN.say(now.language, name=name))
    if root.exists():
        _make_room(root, now.language)
    now.places.make()
    # its mails are about people that there are not
    os.environ |= {"FFP_SETTLE_SECONDS": "0", "FFP_SMTP_HOST": "", "FFP_WAREHOUSE_URL": ""}
    from deployments.demo import make_city
    from deployments.demo.made import ASIDE, list_all, move_city_in

    aside = root / ASIDE
    made = make_city(aside / "inbox", aside / "truth", households=households, seed=seed, dirt=dirt)
    move_city_in(root)
    typer.echo(MADE.say(now.language, **vars(made)))
    try:
        code = run_night(DEMO_NIGHT)
    finally:
        list_all(root)
    raise typer.Exit(DONE if code == DONE_WITH_REFUSALS else code)


def _make_room(root: Path, language: str) -> None:
    """Remove what an earlier demo has made; exit code 2 when there is anything else."""
    from deployments.demo.made import strangers

    if found := strangers(root):
        more = ["…"] if len(found) > MOST_NAMES else []
        wrong_use(NOT_OURS.say(language, root=root, names=joined([*found[:MOST_NAMES], *more], language)))
    for path in root.iterdir():
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink()

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from deployments.ending import DONE, DONE_WITH_REFUSALS, in_a_folder, wrong_use
from reports.language import Words

if TYPE_CHECKING:
    from tasks.settings import Settings
    from warehouse.landing.drafts import Draft
    from warehouse.rehearse import Past

NOT_TOLD = {
    "feed": Words(
        "从文件名和表头都看不出是哪个数据集，请用 --feed 指明：{feeds}",
        "neither name nor header tells which feed it is; say so with --feed: {feeds}",
    ),
    "period": Words(
        "文件名没有所属期，请用 --period 指明：年（2020）、月（202006）或日（20200630），"
        "学期写作202003（春）、202009（秋）",
        "the name states no period; give it with --period: a year (2020), month (202006) or day (20200630),"
        " 202003 and 202009 for the spring and autumn term",
    ),
}
NO_FEED = Words("没有名为 {feed} 的数据集；可用：{feeds}", "there is no feed {feed}; the feeds are {feeds}")
NO_HOME = Words("{home} 中没有可读的台账", "there is no ledger to read in {home}")
File = Annotated[
    Path, typer.Argument(exists=True, dir_okay=False, readable=True, help="要检查的文件 the file to check")
]


def check(
    file: File,
    feed: Annotated[str | None, typer.Option(help="数据集，名称或标题 feed, by name or title")] = None,
    period: Annotated[str | None, typer.Option(help="所属期，如202006 period, such as 202006")] = None,
    home: Annotated[
        Path | None, typer.Option(help="与此主目录中的报送比较 compare with what was sent to this home")
    ] = None,
    html: Annotated[
        Path | None, typer.Option(callback=in_a_folder, help="另存为网页 write a page too")
    ] = None,
    xlsx: Annotated[
        Path | None, typer.Option(callback=in_a_folder, help="另存为工作簿 write a workbook too")
    ] = None,
) -> None:
    """试报一个文件：逐行列出问题，不接收。 Rehearse a file: every problem by line, nothing loaded."""
    import tempfile

    from rich.console import Console

    from reports.rehearsal import view
    from reports.rehearsal_pages import shown, write_book, write_page
    from tasks.edge import value_free
    from tasks.settings import settings
    from warehouse.home import Home
    from warehouse.rehearse import rehearse

    now = settings() if home is None else settings().model_copy(update={"home": home})
    past = _past(now)
    if home is not None and past is None:
        wrong_use(NO_HOME.say(now.language, home=home))
    draft = _draft(file, feed, period, now.language)
    with tempfile.TemporaryDirectory(prefix="ffp-check-") as folder:
        rehearsed = value_free(rehearse)(draft, Home(Path(folder)), past, now.threads, now.memory_limit)
    found = view(rehearsed, past is not None, now.language)
    Console().print(shown(found, now.language))
    for write, path in ((write_page, html), (write_book, xlsx)):
        if path:
            write(found, path, now.language)
    raise typer.Exit(DONE_WITH_REFUSALS if found.has_faults else DONE)


def _past(now: Settings) -> Past | None:
    """What was sent to the home before; None where it has no ledger that can be read as it is."""
    from warehouse.ledger.decisions import standing
    from warehouse.ledger.deliveries import all_deliveries
    from warehouse.ledger.open import opened_to_read
    from warehouse.rehearse import Past

    engine = opened_to_read(now.ledger)
    if engine is None:
        return None
    decided = standing(engine)
    return Past(now.places, all_deliveries(engine), decided.accepted, decided.withdrawn)


def _draft(file: Path, named: str | None, period: str | None, language: str) -> Draft:
    from expectations.feeds import catalogue
    from expectations.periods import BadPeriod
    from reports.reasons import reason_words
    from tasks.edge import value_free
    from warehouse.landing.drafts import NotTold, drafted
    from warehouse.landing.sheet import Unreadable

    known = "、".join(f"{feed.name} {feed.title}" for feed in catalogue().values())
    feed = next((one for one in catalogue().values() if named in (one.name, one.title)), None)
    if named is not None and feed is None:
        wrong_use(NO_FEED.say(language, feed=named, feeds=known))
    try:
        return value_free(drafted)(file, feed, period)
    except NotTold as missing:
        wrong_use(NOT_TOLD[str(missing)].say(language, feeds=known))
    except BadPeriod:
        wrong_use(f"{period}: {reason_words('period_unknown', '', language)}")
    except Unreadable as refused:
        for code, detail in refused.reasons:
            typer.echo(reason_words(code, detail, language), err=True)
        raise typer.Exit(DONE_WITH_REFUSALS) from None

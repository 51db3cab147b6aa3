"""`ffp learn`: from a department's first file to a draft of its contract."""

from __future__ import annotations

import keyword
import re
import sys
from pathlib import Path
from typing import Annotated, Optional

import typer

from deployments.ending import WRONG_USE

FILE = typer.Argument(
    exists=True,
    dir_okay=False,
    help="样本文件 a sample, such as 小额信贷_202006.csv",
)
DEPARTMENT = typer.Option("--department", help="部门文件夹名 the department's folder, such as finance")
FEED = typer.Option("--feed", help="数据集英文名 the feed's English name, such as loans")
PERIOD = typer.Option(
    "--period", help="所属期，文件名没有时指明 the period, where the name tells none: 2020, 202006, 20200630"
)
WRITE = typer.Option(
    "--write", dir_okay=False, help="写入新文件，不覆盖 write into a new file: expectations/feeds/finance.py"
)


def learn(
    file: Annotated[Path, FILE],
    department: Annotated[str, DEPARTMENT],
    feed: Annotated[str, FEED] = "",
    period: Annotated[str, PERIOD] = "",
    write: Annotated[Optional[Path], WRITE] = None,  # noqa: UP045
) -> None:
    """由样本文件起草数据契约，供人修改。 Draft a contract from a sample file, for a person to finish.

    草稿中只有表头、选项和计数，没有个人信息。 The draft holds headers, lists and counts, and no personal value.
    """
    _must_be_word("--department", department)
    _must_be_word("--feed", feed or "feed")
    if write is not None and (write.exists() or not write.parent.is_dir()):
        raise typer.BadParameter(
            "须为已有文件夹中的新文件 a new file in a folder that there is", param_hint="--write"
        )
    from expectations.periods import BadPeriod
    from reports.draft import draft_text
    from reports.draft_words import PERIOD_ASKED, refused_words, to_look_at
    from tasks.edge import value_free
    from tasks.settings import settings
    from warehouse.landing.sheet import Unreadable
    from warehouse.landing.unpromised import NoHeader
    from warehouse.learning import NotLearnable, learned
    from warehouse.learning.times import told_by_name

    language = settings().language
    if not (period or told_by_name(file.stem)) and sys.stdin.isatty():
        period = typer.prompt(PERIOD_ASKED.to(language))
    try:
        found = value_free(learned)(file, department, feed, period)
    except (BadPeriod, NoHeader, NotLearnable, Unreadable) as error:
        typer.echo("\n".join(refused_words(error, language)), err=True)
        sys.exit(WRONG_USE)
    if write is None:
        typer.echo(draft_text(found), nl=False)
    else:
        write.write_text(draft_text(found), encoding="utf-8")
    typer.echo("\n".join(f"- {sentence}" for sentence in to_look_at(found, language)), err=True)


def _must_be_word(option: str, given: str) -> None:
    """It becomes the name of a folder, a module, a table."""
    if not re.fullmatch("[a-z][a-z0-9_]*", given) or keyword.iskeyword(given) or given == "department":
        raise typer.BadParameter(
            "小写英文字母、数字和下划线 lower-case letters, digits and _", param_hint=option
        )

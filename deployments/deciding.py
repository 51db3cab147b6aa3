"""A person decides about a delivery: found, allowed, written down, and what follows from it said."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import typer

from deployments.ending import wrong_use
from deployments.opening import standing_home

if TYPE_CHECKING:
    from reports.decision_words import Judgement

MOST_CANDIDATES = 20
Asked = Annotated[
    str, typer.Argument(help="报送编号、编号开头或文件名 its id, the beginning of it, or the file's name")
]
Why = Annotated[
    str, typer.Option(help="理由，留存备查；不得含号码 the reason, which is kept; no personal numbers")
]


def decided(kind: str, asked: str, why: str) -> None:
    """Write the decision down, or end with exit code 2 and the reason why it cannot be made."""
    now, engine = standing_home()
    from reports.decision_words import judgements, recorded, wrong_with_decision, wrong_with_why
    from tasks.settings import CHINA, user_of_the_system
    from warehouse.ledger.decisions import Decision, decide, decisions
    from warehouse.ledger.deliveries import all_deliveries, table_rows
    from warehouse.ledger.nights import published_since
    from warehouse.ledger.tables import verdict

    if wrong := wrong_with_why(why, now.language):
        wrong_use(wrong)
    judged = judgements(all_deliveries(engine), table_rows(engine, verdict), decisions(engine))
    possible = [one for one in judged if wrong_with_decision(kind, one, now.language) is None]
    one = _meant(judged, possible, asked, now.language)
    if wrong := wrong_with_decision(kind, one, now.language):
        wrong_use(f"{one.delivery.path} ({one.delivery.delivery_id}): {wrong}")
    by, at = user_of_the_system(), datetime.now(CHINA)
    made = Decision(one.delivery.delivery_id, kind, why.strip(), by, at)
    decide(engine, made)
    nights = published_since(engine, one.delivery.received_at)
    typer.echo("\n".join(recorded(made, one.delivery, judged, nights, now.language)))


def _meant(
    judged: Sequence[Judgement], possible: Sequence[Judgement], asked: str, language: str
) -> Judgement:
    """The one delivery that is asked about; exit code 2 with those to choose from where it is not clear."""
    from reports.decision_words import AMBIGUOUS, CANDIDATES, UNKNOWN
    from reports.labels import VERDICTS, said
    from reports.language import one_line
    from warehouse.ledger.deliveries import called

    ids = {one.delivery_id for one in called((one.delivery for one in judged), asked)}
    found = [one for one in judged if one.delivery.delivery_id in ids]
    if len(found) == 1:
        return found[0]
    listed = found or sorted(possible, key=lambda one: one.delivery.received_at, reverse=True)
    lines = [
        f"  {one.delivery.delivery_id}  {one_line(one.delivery.path)}  {said(VERDICTS, one.verdict, language)}"
        for one in listed[:MOST_CANDIDATES]
    ]
    heading = (AMBIGUOUS if found else UNKNOWN).say(language, asked=one_line(asked))
    choice = [CANDIDATES.to(language)] if lines and not found else []
    wrong_use("\n".join([heading, *choice, *lines]))

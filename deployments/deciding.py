"""A person decides about a delivery: found, allowed, written down, and what follows from it said."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer

from deployments.ending import wrong_use
from deployments.opening import standing_home

if TYPE_CHECKING:
    from warehouse.ledger.deliveries import Delivery

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
    from reports.decision_words import recorded, wrong_with_decision, wrong_with_why
    from tasks.settings import CHINA, user_of_the_system
    from warehouse.ledger.decisions import Decision, decide, decisions
    from warehouse.ledger.deliveries import all_deliveries, table_rows
    from warehouse.ledger.nights import published_since
    from warehouse.ledger.tables import verdict

    if wrong := wrong_with_why(why, now.language):
        wrong_use(wrong)
    judged = {row["delivery_id"]: row for row in table_rows(engine, verdict)}
    deliveries = all_deliveries(engine)
    one = _meant(deliveries, asked, judged, now.language)
    last = {made.delivery_id: made for made in decisions(engine)}.get(one.delivery_id)
    row = judged.get(one.delivery_id)
    told = (row["verdict"], row["reasons"]) if row else ("", ())
    if wrong := wrong_with_decision(kind, told, last, now.language):
        wrong_use(f"{one.path} ({one.delivery_id}): {wrong}")
    made = Decision(one.delivery_id, kind, why.strip(), user_of_the_system(), datetime.now(CHINA))
    decide(engine, made)
    nights = published_since(engine, one.received_at)
    verdicts = [(other, judged.get(other.delivery_id, {}).get("verdict", "")) for other in deliveries]
    typer.echo("\n".join(recorded(made, one, verdicts, nights, now.language)))


def _meant(
    deliveries: Sequence[Delivery], asked: str, judged: Mapping[str, Mapping[str, Any]], language: str
) -> Delivery:
    """The one delivery that is asked about; exit code 2 with those to choose from where it is not clear."""
    from reports.decision_words import AMBIGUOUS, CANDIDATES, UNKNOWN
    from reports.labels import VERDICTS, said
    from reports.language import one_line
    from warehouse.ledger.deliveries import called

    found = called(deliveries, asked)
    if len(found) == 1:
        return found[0]
    heading = AMBIGUOUS if found else UNKNOWN
    newest = sorted(found or deliveries, key=lambda one: (one.received_at, one.delivery_id), reverse=True)
    lines = [
        f"  {one.delivery_id}  {one_line(one.path)}"
        f"  {said(VERDICTS, judged.get(one.delivery_id, {}).get('verdict', ''), language)}"
        for one in newest[:MOST_CANDIDATES]
    ]
    choice = [] if found or not lines else [CANDIDATES.to(language)]
    wrong_use("\n".join([heading.say(language, asked=one_line(asked)), *choice, *lines]))

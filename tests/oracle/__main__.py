"""python -m tests.oracle INBOX 2020-06-30"""

from __future__ import annotations

import sys
from collections import Counter
from datetime import date
from pathlib import Path

from . import Judgement, judge


def show(judgement: Judgement) -> None:
    for path, facts in sorted(judgement.deliveries.items()):
        counts = f"{facts.received} = {facts.loaded} + {facts.quarantined} + {facts.duplicate}"
        print(f"{path:55} {facts.verdict:15} {counts:30} {' '.join(facts.reasons)}")
    for path in judgement.not_judged:
        print(f"{path:55} not judged")
    counted = Counter((indicator, signal.status) for (_, indicator), signal in judgement.signals.items())
    for (indicator, status), count in sorted(counted.items()):
        print(f"{indicator:25} {status:8} {count}")
    for name, row in judgement.landing.items():
        print(f"{name:25} {row}")


def main(arguments: list[str]) -> int:
    if len(arguments) != 2:
        print(__doc__)
        return 2
    show(judge(Path(arguments[0]), date.fromisoformat(arguments[1])))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

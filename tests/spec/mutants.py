"""Small slips in a condition: a comparison, a constant, a word, a column, an AND. Tests that are worth something
notice every one of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

COMPARISONS = {"<=": ("<",), ">=": (">",), "<>": ("=",), "<": ("<=",), ">": (">=",), "=": ("<>",)}
WORDS = {
    " AND ": (" OR ",), " OR ": (" AND ",), "IS NULL": ("IS NOT NULL",), "IS NOT NULL": ("IS NULL",),
    "NOT EXISTS": ("EXISTS",), "NOT IN": ("IN",), "NOT LIKE": ("LIKE",), "NOT BETWEEN": ("BETWEEN",),
    "LEFT JOIN": ("JOIN",), "min(": ("max(",), "max(": ("min(",),
}  # fmt: skip
_TOKEN = re.compile(
    r"'[^']*'|<=|>=|<>|[<>=]|\d+(?:\.\d+)?(?![\w'])|\bIS NOT NULL\b|\bIS NULL\b|\bNOT (?:EXISTS|IN|LIKE|BETWEEN)\b"
    r"| AND | OR |\bLEFT JOIN\b|\b(?:min|max)\(|\b[a-z_]+\b"
)


def mutants(sql: str, columns: Mapping[str, str]) -> Iterator[str]:
    """Every statement that differs in one place; `columns` says which column stands in for which."""
    sql = re.sub(r"(?m)^--.*\n", "", sql)
    for found in _TOKEN.finditer(sql):
        before = sql[: found.start()]
        is_between = found[0] == " AND " and re.search(r"BETWEEN (?:[^()]|\([^()]*\))*$", before[-60:])
        # what makes a number of a date, and what says only that there is something
        is_code = found[0].isdigit() and re.search(r"\) \* $|(?:THEN|ELSE|SELECT) $", before)
        for other in () if is_between or is_code else _others(found[0], columns):
            yield before + other + sql[found.end() :]


def _others(token: str, columns: Mapping[str, str]) -> tuple[str, ...]:
    if token.startswith("'"):
        return (f"'{token[1:-1]}~'",)
    if re.fullmatch(r"\d+(\.\d+)?", token):
        step = 0.01 if "." in token else 1
        return (str(round(float(token) + step, 2) if "." in token else int(token) + 1),)
    if token in columns:
        return (columns[token],)
    return COMPARISONS.get(token, WORDS.get(token, ()))

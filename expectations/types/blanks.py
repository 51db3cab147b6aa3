"""What departments write when they mean nothing, what nobody sees, and how spellings are made one."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from unicodedata import category, normalize

from expectations.checks import quoted

# Marks for missing in any column, in small letters and half-width: those of clerks, and those with which programs
# write an empty cell. Words that say that somebody does not know (不详, 未知) are no marks: they state something.
MISSING_MARKS = (
    "", "-", "--", "---", "—", "——", "–", "/", "//", "\\", "null", "(null)", "<null>", "[null]", "none", "nil", "nan",
    "nat", "na", "<na>", "n/a", "n.a.", "\\n", "undefined", "(blank)",
    "无", "(无)", "空", "(空)", "空白", "(空白)", "暂无", "没有", "未填", "未填写", "缺失", "不适用", "不涉及",
    "无数据", "无此项",
)  # fmt: skip
NO_ANSWER = ("否",)  # says no to a question: in a list or a text, where nothing is asked, that is nothing
NO_NAME = ("0", *NO_ANSWER)  # in texts and numbers of offices, where nothing is counted, 0 is nothing
LONGEST_MARK = max(map(len, MISSING_MARKS))

# Blanks: what parts words, among them every character of the category Zs.
SPACES = " \t\r\n\v\f\x85\u00a0\u1680\u2028\u2029\u202f\u205f\u3000\ufeff" + "".join(
    map(chr, range(0x2000, 0x200B))
)
RARE_SPACES = r"\x{85}\x{A0}\x{1680}\x{2000}-\x{200A}\x{2028}\x{2029}\x{202F}\x{205F}"  # that nobody types
SPACE_PATTERN = rf"\t-\r \x{{3000}}{RARE_SPACES}"
# What nobody sees: the categories Cf and Cc, what selects a variant of a sign, and letters without a shape.
UNSEEN = (
    r"\x{00}-\x{08}\x{0E}-\x{1F}\x{7F}-\x{84}\x{86}-\x{9F}\p{Cf}\x{34F}\x{115F}\x{1160}\x{17B4}\x{17B5}"
    r"\x{180B}-\x{180F}\x{2065}\x{2800}\x{3164}\x{FE00}-\x{FE0F}\x{FFA0}\x{FFF0}-\x{FFF8}\x{E0000}-\x{E0FFF}"
)
# nothing but what is seen and means itself: no blanks, no full-width forms, and no apostrophe or = in front
PLAIN_CELL = r"([!-&(-<>-~\x{4E00}-\x{9FFF}][!-~\x{4E00}-\x{9FFF}]*)?"
GUARDS = "''’‘`"  # before a number, to keep Excel from reading it (the first as SQL writes it)
_WIDE = "".join(chr(code) for code in range(0xFF01, 0xFF5F))  # full-width forms of ! to ~
_NARROW = "".join(chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F))
# Two more sets of signs that look like ideographs and are others: radicals, and doubles kept for old encodings.
_SIMPLE = {"⼾": "户", **dict(zip("⺟⺠⻄⻅⻆⻉⻋⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻧⻨⻩⻬⻮⻰⻳",
                                  "母民西见角贝车长门青韦页风飞食马骨鬼鱼鸟卤麦黄齐齿龙龟", strict=True))}  # fmt: skip
_RADICALS = {sign: normalize("NFKC", sign) for sign in map(chr, range(0x2F00, 0x2FD6))} | _SIMPLE
_DOUBLES = r"[\x{2E80}-\x{2FD5}\x{F900}-\x{FAFF}\x{2F800}-\x{2FA1F}]"

# what Excel makes of a long number, and Java without the sign; 67E4, without a point, may be a number of somebody's
E_NOTATION = "[0-9]+([.][0-9]+)?[eE][+][0-9]+|[0-9][.][0-9]+[eE][0-9]+"


def visible_sql(text: str) -> str:
    """The text without blanks at its ends and without what nobody sees; looking for some is three times as fast as
    taking it off."""
    has_some = rf"regexp_matches({text}, '^[{SPACE_PATTERN}]|[{SPACE_PATTERN}]$|[{UNSEEN}]')"
    return f"CASE WHEN {has_some} THEN {_trimmed_sql(_seen_sql(text))} ELSE {text} END"


def bare_sql(text: str) -> str:
    """Half-width, without blanks, without the leading apostrophe or the ="…" that keeps Excel from reading it."""
    return _unguarded_sql(narrow_sql(f"regexp_replace({text}, '[{SPACE_PATTERN}{UNSEEN}]', '', 'g')"))


def tight_sql(text: str) -> str:
    """As bare, but blanks inside stay, for they may part two numbers."""
    return _unguarded_sql(narrow_sql(_trimmed_sql(_seen_sql(text))))


def _seen_sql(text: str) -> str:
    return f"regexp_replace({text}, '[{UNSEEN}]', '', 'g')"


def _trimmed_sql(text: str) -> str:
    return f"trim({text}, {quoted(SPACES)})"


def narrow_sql(text: str) -> str:
    return f"translate({text}, {quoted(_WIDE)}, {quoted(_NARROW)})"


def _unguarded_sql(text: str) -> str:
    return f"regexp_replace({text}, '^(=\"(.*)\"|[{GUARDS}](.*))$', '\\2\\3')"


def unified_sql(text: str) -> str:
    """Radicals and doubles as the ideographs that they look like."""
    radicals = quoted("".join(_RADICALS)), quoted("".join(_RADICALS.values()))
    return (
        f"CASE WHEN regexp_matches({text}, '{_DOUBLES}')"
        f" THEN translate(nfc_normalize({text}), {radicals[0]}, {radicals[1]}) ELSE {text} END"
    )


def spelling(label: str) -> str:
    """A header's label as labels are compared: without blanks and what nobody sees, look-alikes made one."""
    unified = "".join(_RADICALS.get(sign, sign) for sign in label)
    signs = (sign for sign in normalize("NFKC", unified) if not sign.isspace())
    return "".join(sign for sign in signs if category(sign) not in ("Cf", "Cc", "Mn"))


def bared_sql(text: str, bare: Callable[[str], str] = bare_sql) -> str:
    """The cell bared, unless there is nothing to take off, which a pattern tells twenty times faster."""
    return f"CASE WHEN regexp_full_match({text}, '{PLAIN_CELL}') THEN {text} ELSE {bare(text)} END"


def hidden_sql(name: str) -> str:
    """The first character of a cell that is taken off and said to be, as U+200B; NULL where there is none.

    To be asked after the first step of a typed cell: what could be read fast has none.
    """
    is_odd = f"{name}__fast IS NULL AND regexp_matches({name}, '[{UNSEEN}{RARE_SPACES}]')"
    found = f"regexp_extract({name}, '[{UNSEEN}{RARE_SPACES}]')"
    return f"CASE WHEN {is_odd} THEN printf('U+%04X', unicode({found})) END"


def unmarked_sql(text: str, marks: Iterable[str] = MISSING_MARKS) -> str:
    """The text, NULL where it is a mark for missing, in large letters or small."""
    listed = ", ".join(quoted(mark) for mark in marks)
    return where_left(text, f"CASE WHEN lower({text}) NOT IN ({listed}) THEN {text} END")


def where_left(text: str, careful: str) -> str:
    """The careful expression, not even begun on where nothing is left to read: in nearly every block of rows."""
    return f"CASE WHEN {text} IS NOT NULL THEN {careful} END"


def quickly(
    name: str, fast: str, marks: Iterable[str] = MISSING_MARKS, bare: Callable[[str], str] = bare_sql
) -> tuple[dict[str, str], dict[str, str], dict[str, str]]:
    """The first steps of a typed cell: `fast` reads the spelling that nearly all cells have, NULL for any other.

    Only what it cannot read goes on as `name`, bared and without marks; the rest costs the later steps
    nothing.
    """
    ready = f"{name}__fast"
    return (
        {name: name, ready: fast},
        {
            name: f"CASE WHEN {ready} IS NOT NULL OR {name} = '' THEN NULL ELSE {bared_sql(name, bare)} END",
            ready: ready,
        },
        {name: unmarked_sql(name, marks), ready: ready},
    )


def finished(name: str, careful: str) -> tuple[dict[str, str], dict[str, str]]:
    """The last steps: the value read fast or carefully, and under `<name>__unread` what neither could read."""
    value = f"coalesce({name}__fast, {where_left(name, careful)})"
    unread = f"CASE WHEN {name} IS NULL AND {name}__clean IS NOT NULL THEN {name}__clean END"
    return {name: value, f"{name}__clean": name}, {name: name, f"{name}__unread": unread}

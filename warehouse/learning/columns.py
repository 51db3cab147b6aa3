"""Which column of a contract a column of the sample may be: name, type, codes, and who may see it.

A header that a contract knows keeps that contract's name, and its type where the sample can be read so. Else
the type follows from what can read the cells, and from the header's words where several can.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from expectations import columns as word
from expectations.columns import IDENTIFIER, OPEN
from expectations.contract import Classification, Column, Type
from expectations.headers import evened
from expectations.periods import Period
from warehouse.learning import known as of
from warehouse.learning.names import with_names
from warehouse.learning.sample import LONGEST_CODE, MOST_CODES, Seen

MOSTLY = 0.8  # of the filled cells
TOLD = 0.5  # where a contract says what they are
ROWS_A_CODE, ROWS_A_LISTED_CODE = 3, 2
TODO = "TODO"
WORDS = {  # of the contracts' vocabulary
    Type.TEXT: word.text, Type.NUMBER: word.number, Type.DIVISION: word.division, Type.VILLAGE: word.village,
    Type.DATE: word.date, Type.MONTH: word.month, Type.YEAR: word.year, Type.TERM: word.term, Type.FLAG: word.flag,
}  # fmt: skip
Values = Callable[[Seen], tuple[str, ...]]


@dataclass(frozen=True)
class Guess:
    """A column of the draft, and what it was seen from."""

    column: Column
    seen: Seen
    is_named: bool  # by a contract that has the header already

    @property
    def is_name(self) -> bool:
        """Whether it holds persons' names."""
        told = self.column
        is_text = told.type is Type.TEXT and told.classification is IDENTIFIER
        return is_text and of.NAME_OF_PERSON.search(evened(told.label)) is not None


def guessed(listed: Sequence[Seen], period: Period, values: Values) -> list[Guess]:
    """A column for each that was seen, in order, named apart; `values` gives the cells of a list of codes."""
    return with_names(_named_apart([_guess(one, period, values) for one in listed]))


def _named_apart(guesses: Sequence[Guess]) -> list[Guess]:
    """What no contract names is called by its role where that is free, else by its place."""
    taken = {guess.column.name for guess in guesses if guess.is_named}
    used: set[str] = set()
    found = []
    for guess in guesses:
        name, en, is_named = guess.column.name, guess.column.en, guess.is_named
        role = _role(guess)
        if role and not is_named and role[0] not in taken:
            (name, en), is_named = role, True
        if name in used:
            name, is_named = f"column_{guess.seen.place + 1}", False
        taken.add(name)
        used.add(name)
        found.append(Guess(replace(guess.column, name=name, en=en), guess.seen, is_named))
    return found


def _role(guess: Guess) -> tuple[str, str] | None:
    if guess.column.type is Type.PERSON_NUMBER:
        return "id_number", "identity number"
    if guess.column.type is Type.VILLAGE:
        return "village_code", "village, 12 digits"
    if guess.is_name:
        return "name", "name"
    return ("phone", "telephone") if _has(of.TELEPHONE, evened(guess.column.label)) else None


def _guess(one: Seen, period: Period, values: Values) -> Guess:
    told = of.known(one.label)
    type_ = told.type if told is not None and _fits(told, one, values) else _type(one)
    made = _made(one, type_, told, period, values)
    answered = one.read[Type.FLAG] if type_ is Type.FLAG else one.filled  # 无 answers a flag
    required = answered == one.rows and one.rows > 0
    if told is None:
        return Guess(replace(made, name=f"column_{one.place + 1}", en=TODO, required=required), one, False)
    return Guess(replace(made, name=told.name, en=told.en, required=required), one, True)


def _fits(told: Column, one: Seen, values: Values) -> bool:
    """Whether the type that a contract gives the header reads the sample too."""
    if told.type in (Type.CODE, Type.CODE_SET):
        spellings = {word for value, others in told.codes.items() for word in (value, *others)}
        return one.distinct <= len(spellings) and set(values(one)) <= spellings
    return one.filled == 0 or told.type is Type.TEXT or one.share(told.type) >= TOLD


def _type(one: Seen) -> Type:
    """What reads the cells, the narrowest first; the header's words decide between those that look alike."""
    label = evened(one.label)
    tests: tuple[tuple[Type, bool], ...] = (
        (Type.TEXT, one.filled == 0),
        (Type.PERSON_NUMBER, one.share(Type.PERSON_NUMBER) >= (
            MOSTLY / 2 if of.NUMBER_OF_PERSON.search(label) else MOSTLY)),
        (Type.TEXT, _has(of.TELEPHONE, label) or _has(of.ACCOUNT, label) or one.shape("phone") >= MOSTLY),
        (Type.TERM, one.reads(Type.TERM)),
        (Type.FLAG, _is_flag(one, label)),
        (Type.DATE, _is_day(one, label)),
        (Type.MONTH, _is_month(one, label)),
        (Type.VILLAGE, one.reads(Type.VILLAGE) and _has(of.PLACE, label)),
        (Type.DIVISION, one.reads(Type.DIVISION) and "区划" in label),
        (Type.NUMBER, _has(of.OFFICE_NUMBER, label) or one.shape("zeros") > 0
            or one.shape("long") + one.shape("damaged") >= MOSTLY),
        (Type.CODE, _has(of.LIST, label) and _is_list(one, ROWS_A_LISTED_CODE)),
        (Type.YEAR, _has(of.YEAR, label) and one.reads(Type.YEAR)),
        (Type.MONEY, one.reads(Type.MONEY) and _is_amount(one.label)),
        (Type.INTEGER, one.reads(Type.INTEGER)),
        (Type.DECIMAL, one.reads(Type.DECIMAL)),
        (Type.CODE, _is_list(one, ROWS_A_CODE)),
    )  # fmt: skip
    return next((type_ for type_, is_so in tests if is_so), Type.TEXT)


def _has(pattern: object, label: str) -> bool:
    return pattern.search(label) is not None  # type: ignore[attr-defined]


def _is_amount(label: str) -> bool:
    return _has(of.AMOUNT, evened(label)) or "元" in label


def _is_flag(one: Seen, label: str) -> bool:
    """1 and 0 answer a question only where the header asks one; a column of nothing but 无 is empty."""
    is_asked = _has(of.YES_OR_NO, label) or one.shape("one_or_zero") < 0.5
    has_both = one.distinct > 1 or one.read[Type.FLAG] > one.filled > 0
    return one.reads(Type.FLAG) and is_asked and has_both


def _is_day(one: Seen, label: str) -> bool:
    """Five bare digits are days only where the header says so: 30000 yuan look the same."""
    looks_like_count = one.shape("serial") > 0.5 and not _has(of.DAY, label)
    return not looks_like_count and one.reads(Type.DATE)


def _is_month(one: Seen, label: str) -> bool:
    is_bare = one.shape("digits") > 0.5 and not _has(of.MONTH, label)
    return not is_bare and one.reads(Type.MONTH)


def _is_list(one: Seen, rows_each: int) -> bool:
    """Few values, each in several rows, that are neither names, places, addresses nor numbers of anything."""
    label = evened(one.label)
    is_about_people = any(_has(p, label) for p in (of.NAME_OF_PERSON, of.ADDRESS, of.PLACE))
    is_few = one.distinct <= MOST_CODES and one.filled >= rows_each * one.distinct
    is_short = one.longest <= LONGEST_CODE and one.shape("personal") == 0
    return is_few and is_short and not is_about_people and one.shape("named") <= 0.5


def _made(one: Seen, type_: Type, told: Column | None, period: Period, values: Values) -> Column:
    """The column by the vocabulary of contracts, so that it has the vocabulary's bounds."""
    name, label = "x", one.label
    match type_:
        case Type.PERSON_NUMBER:
            return word.person_number(name, label, "")
        case Type.CODE | Type.CODE_SET if (
            told is not None and told.type is type_ and _fits(told, one, values)
        ):
            return replace(word.code(name, label, "", told.codes), type=type_)
        case Type.CODE:
            return word.code(name, label, "", values(one))
        case Type.MONEY:
            return word.money(name, label, "", **_bounds(one, type_, word.MONEY_BOUND_CNY))
        case Type.INTEGER:
            return word.integer(name, label, "", **_bounds(one, type_))
        case Type.DECIMAL:
            return word.decimal(name, label, "", **_bounds(one, type_))
        case Type.DATE | Type.MONTH | Type.YEAR:
            return WORDS[type_](name, label, "", years_ahead=_years_ahead(one, type_, period))
        case _:
            return WORDS[type_](name, label, "", classification=_classified(one, type_, told))


def _years_ahead(one: Seen, type_: Type, period: Period) -> int:
    """How many years after the end of the file's period its latest date lies."""
    latest = one.most.get(type_, "")
    years = int(latest[:4]) - period.last.year if latest else 0
    is_later_in_year = type_ is not Type.YEAR and latest[5:10] > f"{period.last:%m-%d}"
    return max(0, years + is_later_in_year)


def _bounds(one: Seen, type_: Type, usual: int | None = None) -> dict[str, float | None]:
    """Negative ones are let in where the sample has some, and greater ones than usual."""
    found: dict[str, float | None] = {}
    if one.least.get(type_, "").startswith("-"):
        found["minimum"] = None if usual is None else -usual
    if usual is not None and float(one.most.get(type_, 0)) > usual:
        found["maximum"] = 100 * usual
    return found


def _classified(one: Seen, type_: Type, told: Column | None) -> Classification:
    """Free text stays in the vault until somebody has looked at it; so do names, telephones, accounts."""
    if told is not None and told.type is type_:
        return told.classification
    if type_ is Type.TEXT:
        return IDENTIFIER
    is_secret = _has(of.ACCOUNT, evened(one.label)) or _has(of.NUMBER_OF_PERSON, evened(one.label))
    if is_secret:
        return IDENTIFIER
    return OPEN if type_ in (Type.VILLAGE, Type.DIVISION, Type.TERM) else Classification.SENSITIVE

"""What a department does next about a delivery that was refused or has held rows."""

from __future__ import annotations

from expectations.contract import Kind
from expectations.feeds import catalogue
from reports.language import Words, joined
from reports.reasons import BY_A_PERSON, OURS, reason_words
from warehouse.judge import Verdict
from warehouse.ledger.deliveries import Delivery

GOOD_ROWS_ARE_IN = Words(
    "其余各行已经入库；待更正的行已隔离，更正前相关农户的情况可能显示为不明。",
    "The other rows are in. The held rows wait; until they are corrected, what they say of a household may be"
    " unknown.",
)
ALL_ROWS_ARE_IN = Words(
    "全部行已经入库；上述各行不归入任何农户，更正前相关农户的情况可能显示为不明。",
    "All rows are in. Those named above belong to no household; until they are corrected, what they say of one may be"
    " unknown.",
)
NOTHING_CHANGED = Words(
    "被退回的文件没有改变任何数据，仍以此前已接收的数据为准。",
    "A refused file has changed nothing: the data accepted before it stand.",
)
TAKEN_BACK = Words(
    "撤回后，该文件如同没有报送过：此前已接收的数据重新生效。",
    "The file counts as if it had never come: the data accepted before it stand again.",
)
SEND = Words(
    "请将更正后的文件命名为 {name}，放入 {folder}/ 文件夹。",
    "Send a corrected file named {name} into {folder}/.",
)
OR_BY_TITLE = Words("{name}（或 {other}）", "{name} (or {other})")
ALL_ROWS = Words(
    "更正件须包含该文件的全部行，不能只报更正的行。",
    "The corrected file must hold all rows of this one, not only the corrected ones.",
)
ALL_OF_THE_PERIOD = Words(
    "该数据集每次报送全量：更正件须包含所属期的全部数据，不能只报更正的行。",
    "This feed is a full list: a corrected file holds all rows of its period, not the corrected ones alone.",
)
ONLY_ROWS = Words(
    "更正件可以只包含更正的行，未列出的行不受影响。",
    "The corrected file may hold the corrected rows only; rows that it does not list stay.",
)
RENAME = Words(
    "请按“数据集_所属期.扩展名”重新命名。本部门的数据集：{feeds}。",
    "Rename it to <feed>_<period>.<ext>. The feeds of this department: {feeds}.",
)
FOR_ENGINEERS = Words(
    "此事由系统管理员处理，部门不必重报。",
    "This is for the engineers; the department need not send anything again.",
)
MOVE = Words("请将文件改放到 {folder}/ 文件夹。", "Put the file into {folder}/.")
THE_FILE_ITSELF = Words(
    "请将文件本身放入 {folder}/ 文件夹，文件名可以不变。",
    "Put the file itself into {folder}/; it may keep its name.",
)
ACCEPT = Words(
    "如内容属实，请告知系统管理员，由其说明理由后接收：ffp accept {id} --why 理由",
    "If the content is right as it is, tell the engineers, who let it through: ffp accept {id} --why REASON",
)


def next_steps(one: Verdict, last_n: int, language: str) -> list[str]:
    """The steps in order. `last_n` is the greatest correction number that the period has had."""
    delivery, codes = one.delivery, {code for code, _ in one.reasons}
    said = [reason_words(code, detail, language) for code, detail in one.notes]
    steps = [_what_stands(one).to(language), *said]
    if codes and codes <= set(OURS):
        return [*steps, FOR_ENGINEERS.to(language)]
    if delivery.feed_name not in catalogue():
        return [*steps, _rename(delivery, language)]
    if codes & {"not_a_file", "file_too_large"}:
        return [*steps, THE_FILE_ITSELF.say(language, folder=delivery.feed.department)]
    if "wrong_folder" in codes:
        return [*steps, MOVE.say(language, folder=delivery.feed.department)]
    name = corrected_name(delivery, last_n, language)
    steps += [SEND.say(language, name=name, folder=delivery.department), _how_much(one).to(language)]
    if one.is_withdrawn or (codes and codes <= set(BY_A_PERSON)):
        steps.append(ACCEPT.say(language, id=delivery.delivery_id))
    return steps


def _what_stands(one: Verdict) -> Words:
    if one.is_withdrawn:
        return TAKEN_BACK
    if one.verdict == "refused":
        return NOTHING_CHANGED
    return GOOD_ROWS_ARE_IN if one.rows_quarantined else ALL_ROWS_ARE_IN


def _how_much(one: Verdict) -> Words:
    if one.verdict == "refused":
        return ALL_ROWS
    return ALL_OF_THE_PERIOD if one.delivery.feed.kind is Kind.SNAPSHOT else ONLY_ROWS


def _rename(delivery: Delivery, language: str) -> str:
    feeds = [feed for feed in catalogue().values() if feed.department == delivery.department]
    names = [f"{feed.title} {feed.name}" if language == "zh" else feed.name for feed in feeds]
    return RENAME.say(language, feeds=joined(names, language))


def corrected_name(delivery: Delivery, last_n: int, language: str) -> str:
    """The name of the next correction: `<feed>_<period>_<n+1>.<ext>`."""
    period = "_".join(filter(None, (delivery.period_text, delivery.place)))
    end = f"{period}_{last_n + 1}.{delivery.extension or 'csv'}"
    name = f"{delivery.feed.name}_{end}"
    if language != "zh":
        return name
    return OR_BY_TITLE.say(language, name=name, other=f"{delivery.feed.title}_{end}")

"""What to do when something of our own is damaged: a sentence in both languages."""

from __future__ import annotations

from reports.language import Words, joined
from warehouse.kept import NotKept
from warehouse.ledger.open import CLOSED, DAMAGED, FULL, BadLedger

MOST_FILES = 5
NOT_KEPT = Words(
    "主目录中下列报送的原始文件已丢失或与接收时不符：{files}。请从备份恢复这些文件，或将同一文件重新放入收件箱，然后重新运行",
    "the bytes received of these deliveries are gone from the home, or are not what was received: {files}. Restore"
    " them from the backup, or put the same files into the inbox again, and run it again",
)
MORE = Words("等{count}份", "{count} in all")
ONE = Words("{path}（{place}）", "{path} ({place})")
LEDGER = {
    DAMAGED: Words(
        "台账文件 {file} 已损坏或不是数据库。请从备份恢复该文件；没有备份的，请在空的主目录中重新接收收件箱"
        "（此前的决定、线索和退回日期将不再保留）",
        "the ledger {file} is damaged or no database. Restore it from the backup; without one, take the inbox in anew"
        " into an empty home (decisions, clues and the dates of held rows are then lost)",
    ),
    CLOSED: Words(
        "台账文件 {file} 无法打开或写入。请检查该文件及其所在文件夹的权限",
        "the ledger {file} cannot be opened or written. Check the permissions of the file and of its folder",
    ),
    FULL: Words(
        "台账文件 {file} 所在磁盘已满。请腾出空间后重新运行",
        "the disk of the ledger {file} is full. Make room and run it again",
    ),
}


def told(error: Exception, language: str) -> str | None:
    """The sentence about a failure; None where there is none but its own."""
    if isinstance(error, BadLedger):
        return LEDGER[error.code].say(language, file=error.file)
    if not isinstance(error, NotKept):
        return None
    files = [ONE.say(language, path=path, place=place) for path, place in error.files[:MOST_FILES]]
    more = [MORE.say(language, count=len(error.files))] if len(error.files) > MOST_FILES else []
    return NOT_KEPT.say(language, files=joined([*files, *more], language))

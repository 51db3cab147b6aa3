"""What to do when something of our own is damaged: a sentence in both languages."""

from __future__ import annotations

from reports.language import Words
from warehouse.ledger.open import CLOSED, DAMAGED, FULL, BadLedger

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
    return LEDGER[error.code].say(language, file=error.file) if isinstance(error, BadLedger) else None

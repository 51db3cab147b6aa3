"""What to do when something of our own is damaged: a sentence in both languages."""

from __future__ import annotations

from expectations.contract_faults import ContractError
from reports.language import Words, joined
from warehouse.kept import NotKept
from warehouse.ledger.open import AWAY, BUSY_TIMEOUT_MS, CLOSED, DAMAGED, FULL, LOCKED, NEWER, BadLedger
from warehouse.outside import GONE, HELD, MEMORY, SILENT, Outside

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
    LOCKED: Words(
        "台账文件 {file} 被另一程序锁定，已等待{seconds}秒。请关闭该程序后重新运行",
        "another program has the ledger {file} locked; {seconds} seconds were waited for it. Close that program and"
        " run it again",
    ),
    NEWER: Words(
        "台账 {file} 由更新版本的 fangfanpin 写成，本版本不能使用。请安装更新的版本",
        "the ledger {file} is of a newer version of fangfanpin, which this one cannot use. Install the newer version",
    ),
    AWAY: Words(
        "无法连接台账所在的数据库 {file}。请检查 FFP_LEDGER_URL 和该服务器",
        "the ledger's database {file} cannot be reached. Check FFP_LEDGER_URL and the server",
    ),
    FULL: Words(
        "台账文件 {file} 所在磁盘已满。请腾出空间后重新运行",
        "the disk of the ledger {file} is full. Make room and run it again",
    ),
}
# those of the ledger mean here what they mean there
OUTSIDE = {
    FULL: Words("磁盘已满{file}。请腾出空间后重新运行", "a disk is full{file}. Make room and run it again"),
    CLOSED: Words(
        "文件或文件夹不允许读写{file}。请检查其权限",
        "a file or folder may not be read or written{file}. Check its permissions",
    ),
    SILENT: Words(
        "磁盘或网络共享没有响应{file}。请检查后重新运行",
        "a disk or network share does not answer{file}. Check it and run it again",
    ),
    GONE: Words(
        "文件夹不存在{file}。请检查磁盘或网络共享是否已挂载",
        "a folder is not there{file}. Is its disk or share mounted?",
    ),
    HELD: Words(
        "文件正被另一程序以写方式打开{file}。请关闭该程序后重新运行；查询时请以只读方式打开",
        "another program has a file open for writing{file}. Close it there and run this again; ask it read-only",
    ),
    DAMAGED: Words(
        "文件已损坏{file}。数据仓库和身份信息库可由台账重建：请移走该文件后重新运行",
        "a file is damaged{file}. Warehouse and vault can be made anew: move the file away and run it again",
    ),
    MEMORY: Words(
        "内存不足。请用 FFP_MEMORY_LIMIT 或 FFP_THREADS 调低用量",
        "memory has run out. FFP_MEMORY_LIMIT or FFP_THREADS take less",
    ),
}
PLACE = Words("（{file}）", " ({file})")
STANDS = Words(
    "昨晚的数据仓库保持不变，再次运行即可补做", "Yesterday's warehouse stands; run it again to make up for it"
)
NONE_YET = Words(
    "尚未发布过数据仓库，再次运行即可补做", "Nothing has been published yet; run it again to make up for it"
)
PUBLISHED = Words("本晚的数据仓库已发布", "Tonight's warehouse is published")
UNDONE = Words("；尚未完成：{steps}，再次运行即可补做", "; not done: {steps}; run it again to make up for it")
AFTER_PUBLISHING = {
    "work-lists": Words("核查清单", "work lists"),
    "slips": Words("退回单", "return slips"),
    "send-mail": Words("邮件", "mail"),
}
IN_FULL = ("end", "show")  # steps of a night that has done all of it


def what_stands(step: str, is_published: bool, had_one: bool, language: str) -> str:
    """After a night that did not come to its end: which warehouse people read now, and what it left undone."""
    if not is_published:
        return (STANDS if had_one else NONE_YET).to(language)
    names = list(AFTER_PUBLISHING)
    begun = next((place for place, name in enumerate(names) if step.startswith(name)), 0)
    left = [] if step.startswith(IN_FULL) else [AFTER_PUBLISHING[name].to(language) for name in names[begun:]]
    return PUBLISHED.to(language) + (UNDONE.say(language, steps=joined(left, language)) if left else "")


def told(error: Exception, language: str) -> str | None:
    """The sentence about a failure; None where there is none but its own."""
    if isinstance(error, ContractError):
        return error.said(language)
    if isinstance(error, BadLedger):
        return LEDGER[error.code].say(language, file=error.file, seconds=BUSY_TIMEOUT_MS // 1000)
    if isinstance(error, Outside):
        place = PLACE.say(language, file=error.file) if error.file else ""
        return OUTSIDE[error.code].say(language, file=place)
    if not isinstance(error, NotKept):
        return None
    files = [ONE.say(language, path=path, place=place) for path, place in error.files[:MOST_FILES]]
    more = [MORE.say(language, count=len(error.files))] if len(error.files) > MOST_FILES else []
    return NOT_KEPT.say(language, files=joined([*files, *more], language))

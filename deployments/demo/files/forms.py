"""How one file is written: name, ending, encoding, form of dates and flags, spelling of codes, unit of money.

A form is drawn from the feed and the period, so that the months of one feed differ as in life.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePosixPath
from zlib import crc32

from expectations.contract import Feed

ENCODINGS = ("utf-8", "gb18030", "utf-8-sig", "gb18030")
DATE_FORMS = ("{0:%Y}-{0:%m}-{0:%d}", "{0.year}/{0.month}/{0.day}", "{0:%Y}{0:%m}{0:%d}",
              "{0.year}年{0.month}月{0.day}日")  # fmt: skip
SERIAL = "{1}"  # Excel's number of the day, in workbooks
MONTH_FORMS = ("{0:04d}{1:02d}", "{0:04d}-{1:02d}", "{0}年{1}月", "{0:04d}.{1:02d}")
FLAG_WORDS = (("是", "否"), ("是", "否"), ("1", "0"), ("Y", "N"), ("有", "无"))


@dataclass(frozen=True, kw_only=True)
class Form:
    """One file's habits."""

    is_chinese_name: bool = False
    ending: str = "csv"
    encoding: str = "utf-8"
    date_form: str = DATE_FORMS[0]
    month_form: str = MONTH_FORMS[0]
    flag_words: tuple[str, str] = FLAG_WORDS[0]
    spelling: int = 0  # 0 = the stored value, 1 = the first other spelling, ...
    is_in_wan: bool = False
    uses_aliases: bool = False
    line_end: str = "\n"
    shift: int = 0  # columns moved from the front to the end

    @property
    def delimiter(self) -> str:
        """A tab in a .txt file."""
        return "\t" if self.ending == "txt" else ","

    def path(self, feed: Feed, period: str, number: int = 1) -> PurePosixPath:
        """Department folder and file name; `number` > 1 is a correction."""
        stem = feed.title if self.is_chinese_name else feed.name
        correction = f"_{number}" if number > 1 else ""
        return PurePosixPath(feed.department) / f"{stem}_{period}{correction}.{self.ending}"


def form_of(feed: Feed, period: str, is_book: bool) -> Form:
    """The form of the file of a period."""
    lot = crc32(f"{feed.name}_{period}".encode())
    return Form(
        is_chinese_name=lot % 5 < 2,
        ending="xlsx" if is_book else ("txt" if lot % 23 == 0 else "csv"),
        encoding=ENCODINGS[lot // 5 % 4],
        date_form=SERIAL if is_book and lot % 3 == 0 else DATE_FORMS[lot // 20 % 4],
        month_form=MONTH_FORMS[lot // 80 % 4],
        flag_words=FLAG_WORDS[lot // 320 % 5],
        spelling=lot // 1600 % 2,
        is_in_wan=lot // 3200 % 6 == 0,
        uses_aliases=lot // 19200 % 3 == 0,
        line_end="\r\n" if lot // 57600 % 2 else "\n",
        shift=lot // 115200 % 4,
    )

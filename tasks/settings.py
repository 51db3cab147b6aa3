"""All settings, from environment variables `FFP_*` or a `.env` file; nothing else in the project reads
them."""

from __future__ import annotations

import getpass
import os
import secrets
from datetime import timedelta, timezone
from pathlib import Path
from typing import Literal

from pydantic import ByteSize, Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict
from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from reports.language import Words
from reports.send import Smtp
from warehouse.home import Home

CHINA = timezone(timedelta(hours=8), "Asia/Shanghai")
KEY_BYTES = 32
PLACE = SettingsConfigDict(env_prefix="FFP_", env_file=".env", extra="ignore")
FOLDER = Words("文件夹，不能是文件", "a folder, and no file")
A_URL = Words("SQLAlchemy 形式的数据库地址", "the URL of a database as SQLAlchemy writes it")
ALLOWED = {  # what a setting may be, where not everything is
    "home": Words("文件夹，不能是文件，路径中不能有问号", "a folder, no file, and no ? in its path"),
    "inbox": FOLDER,
    "ledger_url": A_URL,
    "warehouse_url": A_URL,
    "vault_key_file": Words(
        f"可读的密钥文件，至少{KEY_BYTES}个字节",
        f"a key file that may be read, of {KEY_BYTES} bytes at least",
    ),
    "settle_seconds": Words("不小于0的秒数", "seconds, 0 or more"),
    "smtp_port": Words("1到65535的整数", "a whole number from 1 to 65535"),
    "smtp_starttls": Words("true 或 false", "true or false"),
    "mail_from": Words("邮件地址", "a mail address"),
    "contacts_file": Words("YAML文件，不能是文件夹", "a YAML file, and no folder"),
    "language": Words("zh 或 en", "zh or en"),
    "region": Words("6位区划代码", "a division code of 6 digits"),
    "threads": Words("不小于0的整数", "a whole number, 0 or more"),
    "memory_limit": Words("不小于256MiB的内存量，如4GiB", "memory, 256MiB or more, such as 4GiB"),
    ".env": Words("UTF-8编码的文本文件", "a text file in UTF-8"),
}
NOT_ALLOWED = Words("{name} 的值无效，应为{allowed}", "{name} cannot be what it is set to; it is {allowed}")


class BadSettings(ValueError):
    """Settings that cannot be used, by name; what they are set to may be a secret."""

    def __init__(self, *names: str) -> None:
        super().__init__(", ".join(map(_shown, names)))
        self.names = names

    def say(self, language: str) -> str:
        """All of them in words."""
        each = (
            NOT_ALLOWED.say(language, name=_shown(n), allowed=ALLOWED[n].to(language)) for n in self.names
        )
        return Words("；", "; ").to(language).join(each)


def _shown(name: str) -> str:
    return name if name.startswith(".") else f"FFP_{name.upper()}"


class Settings(BaseSettings):
    """The settings of one installation; every one has a default that runs on one machine without a server."""

    model_config = PLACE

    home: Path = Field(Path("ffp-home"), description="where everything is kept")
    inbox: Path | None = Field(None, description="where departments drop files; default <home>/inbox")
    ledger_url: str = Field("", description="SQLAlchemy URL of the ledger; default SQLite in the home")
    warehouse_url: str = Field("", description="also publish to this PostgreSQL; empty = DuckDB files only")
    vault_key_file: Path | None = Field(None, description="key of the person tokens; made on the first run")
    settle_seconds: float = Field(
        30, ge=0, allow_inf_nan=False, description="how long a file must have stood still"
    )
    smtp_host: str = Field("", description="mail server; empty = mails are written into the home as .eml")
    smtp_port: int = Field(25, ge=1, le=65535)
    smtp_user: str = ""
    smtp_password: SecretStr = SecretStr("")
    smtp_starttls: bool = False
    mail_from: str = Field(
        "fangfanpin@localhost", pattern=r"^[^\s@]+(\s+\S*)*@\S+$|^[^<>]*<[^\s@]+@[^\s@]+>$"
    )
    contacts_file: Path | None = Field(None, description="yaml: who gets which department's mail")
    language: Literal["zh", "en"] = "zh"
    region: str = Field("410184", pattern="^[0-9]{6}$")
    threads: int = Field(0, ge=0, description="threads of DuckDB; 0 = all cores")
    memory_limit: ByteSize = Field(
        "4GiB", validate_default=True, ge=256 << 20, description="memory that DuckDB may use"
    )

    @field_validator("inbox", "vault_key_file", "contacts_file", mode="before")
    @classmethod
    def _is_named(cls, place: object) -> object:
        return place or None  # `FFP_INBOX=` names no folder, least of all this one

    @field_validator("home", "inbox")
    @classmethod
    def _is_no_file(cls, place: Path | None) -> Path | None:
        if place and place.exists() and not place.is_dir():
            raise ValueError
        return place

    @field_validator("home")
    @classmethod
    def _can_be_opened(cls, place: Path) -> Path:
        if "?" in str(place.resolve()):  # what follows it is no path to DuckDB
            raise ValueError
        return place

    @field_validator("vault_key_file", "contacts_file")
    @classmethod
    def _is_no_folder(cls, place: Path | None) -> Path | None:
        if place and place.is_dir():
            raise ValueError
        return place

    @field_validator("ledger_url", "warehouse_url")
    @classmethod
    def _is_url(cls, text: str) -> str:
        try:
            if text:
                make_url(text)
        except ArgumentError:
            raise ValueError from None
        return text

    @property
    def places(self) -> Home:
        """The folders of the home."""
        return Home(self.home.resolve())

    @property
    def inbox_folder(self) -> Path:
        """The departments' folders."""
        return (self.inbox or self.home / "inbox").resolve()

    @property
    def ledger(self) -> URL:
        """The ledger's URL; a path may hold what means something else in one."""
        if self.ledger_url:
            return make_url(self.ledger_url)
        return URL.create("sqlite", database=str(self.places.root / "ledger.sqlite"))

    @property
    def smtp(self) -> Smtp | None:
        """The mail server; None where mails are written into the home."""
        if not self.smtp_host:
            return None
        password = self.smtp_password.get_secret_value()
        return Smtp(self.smtp_host, self.smtp_port, self.smtp_user, password, self.smtp_starttls)

    def vault_key(self) -> bytes:
        """The key of the person tokens, made with mode 0600 when there is none; BadSettings when it is too
        short."""
        file = self.vault_key_file or self.places.root / "vault" / "key"
        if not file.exists():
            file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            file.touch(mode=0o600)
            file.write_text(secrets.token_hex(KEY_BYTES), encoding="ascii")
        key = file.read_bytes().strip()
        if len(key) < KEY_BYTES:
            raise BadSettings("vault_key_file")
        return key


def user_of_the_system() -> str:
    """Who is at the machine; behind sudo, who called it. The number where the system has no name."""
    try:
        return os.environ.get("SUDO_USER") or getpass.getuser()
    except (KeyError, OSError):
        return str(os.getuid())


class _Language(BaseSettings):
    """The language, whatever is wrong with other settings."""

    model_config = PLACE

    language: Literal["zh", "en"] = "zh"


def language() -> str:
    """The language in which to speak of anything, wrong settings too."""
    try:
        return _Language().language
    except ValueError:
        return "zh"


def settings() -> Settings:
    """The settings as they stand now; BadSettings names all that cannot be used."""
    try:
        return Settings()  # type: ignore[call-arg]
    except ValidationError as error:
        raise BadSettings(*dict.fromkeys(str(one["loc"][0]) for one in error.errors())) from None
    except UnicodeDecodeError:
        raise BadSettings(".env") from None

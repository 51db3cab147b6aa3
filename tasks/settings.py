"""All settings, from environment variables `FFP_*` or a `.env` file; nothing else in the project reads
them."""

from __future__ import annotations

import getpass
import os
import secrets
from datetime import timedelta, timezone
from pathlib import Path
from typing import Literal

from pydantic import ByteSize, Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

from reports.send import Smtp
from warehouse.home import Home

CHINA = timezone(timedelta(hours=8), "Asia/Shanghai")
KEY_BYTES = 32


class Settings(BaseSettings):
    """The settings of one installation; every one has a default that runs on one machine without a server."""

    model_config = SettingsConfigDict(env_prefix="FFP_", env_file=".env", extra="ignore")

    home: Path = Field(Path("ffp-home"), description="where everything is kept")
    inbox: Path | None = Field(None, description="where departments drop files; default <home>/inbox")
    ledger_url: str = Field("", description="SQLAlchemy URL of the ledger; default SQLite in the home")
    warehouse_url: str = Field("", description="also publish to this PostgreSQL; empty = DuckDB files only")
    vault_key_file: Path | None = Field(None, description="key of the person tokens; made on the first run")
    settle_seconds: float = Field(30, description="how long a file must have stood still")
    smtp_host: str = Field("", description="mail server; empty = mails are written into the home as .eml")
    smtp_port: int = 25
    smtp_user: str = ""
    smtp_password: SecretStr = SecretStr("")
    smtp_starttls: bool = False
    mail_from: str = "fangfanpin@localhost"
    contacts_file: Path | None = Field(None, description="yaml: who gets which department's mail")
    language: Literal["zh", "en"] = "zh"
    region: str = "410184"
    threads: int = Field(0, description="threads of DuckDB; 0 = all cores")
    memory_limit: ByteSize = Field("4GiB", validate_default=True, description="memory that DuckDB may use")

    @property
    def places(self) -> Home:
        """The folders of the home."""
        return Home(self.home.resolve())

    @property
    def inbox_folder(self) -> Path:
        """The departments' folders."""
        return (self.inbox or self.home / "inbox").resolve()

    @property
    def ledger(self) -> str:
        """The ledger's URL."""
        return self.ledger_url or f"sqlite:///{self.places.root / 'ledger.sqlite'}"

    @property
    def smtp(self) -> Smtp | None:
        """The mail server; None where mails are written into the home."""
        if not self.smtp_host:
            return None
        password = self.smtp_password.get_secret_value()
        return Smtp(self.smtp_host, self.smtp_port, self.smtp_user, password, self.smtp_starttls)

    def vault_key(self) -> bytes:
        """The key of the person tokens, made with mode 0600 when there is none; ValueError when it is too
        short."""
        file = self.vault_key_file or self.places.root / "vault" / "key"
        if not file.exists():
            file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            file.touch(mode=0o600)
            file.write_text(secrets.token_hex(KEY_BYTES), encoding="ascii")
        key = file.read_bytes().strip()
        if len(key) < KEY_BYTES:
            raise ValueError(f"FFP_VAULT_KEY_FILE holds {len(key)} bytes, at least {KEY_BYTES} are needed")
        return key


def user_of_the_system() -> str:
    """Who is at the machine; behind sudo, who called it. The number where the system has no name."""
    try:
        return os.environ.get("SUDO_USER") or getpass.getuser()
    except (KeyError, OSError):
        return str(os.getuid())


def settings() -> Settings:
    """The settings as they stand now."""
    return Settings()  # type: ignore[call-arg]

"""Where things lie in the home."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from warehouse.landing.receive import landed


@dataclass(frozen=True)
class Home:
    """The folders of one city's installation."""

    root: Path

    @property
    def landing(self) -> Path:
        return self.root / "landing"

    @property
    def staging(self) -> Path:
        return self.root / "staging"

    @property
    def vault(self) -> Path:
        return self.root / "vault" / "current.duckdb"

    @property
    def warehouse(self) -> Path:
        return self.root / "warehouse" / "current.duckdb"

    @property
    def built_vault(self) -> Path:
        """The vault of a night that is not published yet."""
        return self.vault.with_name(f".building-{self.vault.name}")

    @property
    def built(self) -> Path:
        """The warehouse of a night that is not published yet."""
        return self.warehouse.with_name(f".building-{self.warehouse.name}")

    @property
    def outbox(self) -> Path:
        return self.root / "outbox"

    @property
    def scratch(self) -> Path:
        """Private working space; what a killed night left there is of no use to the next."""
        return self.root / "staging" / ".scratch"

    def landed(self, sha256: str) -> Path:
        """The bytes of a delivery as received."""
        return landed(self.landing, sha256)

    def staged(self, feed: str, delivery_id: str) -> Path:
        """The typed rows of a delivery."""
        return self.staging / feed / f"{delivery_id}.parquet"

    def received(self, feed: str, delivery_id: str) -> Path:
        """The faulty rows of a delivery as received."""
        return self.staging / feed / f"{delivery_id}.received.parquet"

    def make(self) -> None:
        """Create the folders; those that hold personal data are closed to others."""
        for folder in (self.landing, self.staging, self.vault.parent, self.scratch):
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        for folder in (self.root / "inbox", self.warehouse.parent, self.outbox):
            folder.mkdir(parents=True, exist_ok=True)


@dataclass(frozen=True)
class Beside(Home):
    """A home of which nothing is touched: what is read anew of these deliveries is written elsewhere."""

    elsewhere: Home
    ids: frozenset[str]

    @property
    def scratch(self) -> Path:
        return self.elsewhere.scratch

    def landed(self, sha256: str) -> Path:
        kept = self.elsewhere.landed(sha256)
        return kept if kept.exists() else super().landed(sha256)

    def staged(self, feed: str, delivery_id: str) -> Path:
        return self._of(delivery_id).staged(feed, delivery_id)

    def received(self, feed: str, delivery_id: str) -> Path:
        return self._of(delivery_id).received(feed, delivery_id)

    def _of(self, delivery_id: str) -> Home:
        return self.elsewhere if delivery_id in self.ids else Home(self.root)

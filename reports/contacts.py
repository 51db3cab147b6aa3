"""The contacts file: who gets which department's mail.

    departments:
      health: [liu@health.example, zhao@health.example]
    engineers: [ops@city.example]
    officials: [office@city.example]

Departments are named by the contact role of their contract. Without a file, or without engineers in it, mail
goes to engineers@localhost.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import yaml

from expectations.feeds import departments

NOBODY_ELSE = ("engineers@localhost",)
KEYS = ("departments", "engineers", "officials")
_ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9.-]+")


class BadContacts(ValueError):
    """The contacts file says something that we cannot read; str() names every place, never an address."""


@dataclass(frozen=True)
class Contacts:
    """Addresses by role."""

    departments: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    engineers: tuple[str, ...] = NOBODY_ELSE
    officials: tuple[str, ...] = ()

    def of(self, department: str) -> tuple[str, ...]:
        """Who hears of a department's deliveries: its contacts and the engineers, each once."""
        return tuple(dict.fromkeys((*self._of(department), *self.engineers)))

    def own(self, department: str) -> tuple[str, ...]:
        """Who hears that all is well: the department's contacts, the engineers where it has none."""
        return tuple(dict.fromkeys(self._of(department))) or self.engineers

    def _of(self, department: str) -> tuple[str, ...]:
        known = departments().get(department)
        return self.departments.get(known.contact, ()) if known else ()


def read_contacts(path: Path | None) -> Contacts:
    """The contacts of a file, the defaults where there is none; BadContacts names all that is wrong in it."""
    if path is None or not path.exists():
        return Contacts()
    try:
        stated = yaml.safe_load(path.read_text(encoding="utf-8")) or {}
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        mark = getattr(error, "problem_mark", None)
        place = f", line {mark.line + 1}" if mark else ""
        raise BadContacts(f"{path.name}{place}: no YAML in UTF-8") from None
    faults: list[str] = []
    found = _contacts(stated, faults)
    if faults:
        raise BadContacts(f"{path.name}: " + "; ".join(faults))
    return found


def _contacts(stated: object, faults: list[str]) -> Contacts:
    if not isinstance(stated, dict):
        faults.append(f"expected the keys {', '.join(KEYS)}")
        return Contacts()
    faults += [f"{_word(key)} is not one of {', '.join(KEYS)}" for key in stated if key not in KEYS]
    by_department = stated.get("departments") or {}
    if not isinstance(by_department, dict):
        faults.append("departments: expected a list of addresses for each department")
        by_department = {}
    roles = sorted({department.contact for department in departments().values()})
    faults += [
        f"departments.{_word(name)} is not one of {', '.join(roles)}"
        for name in by_department
        if name not in roles
    ]
    return Contacts(
        {
            name: _addresses(f"departments.{_word(name)}", listed, faults)
            for name, listed in by_department.items()
        },
        _addresses("engineers", stated.get("engineers"), faults) or NOBODY_ELSE,
        _addresses("officials", stated.get("officials"), faults),
    )


def _word(key: object) -> str:
    """A key as it stands where it is a word; a person or an address in its place is not repeated."""
    return str(key) if re.fullmatch("[A-Za-z_]{1,40}", str(key)) else "…"


def _addresses(key: str, listed: object, faults: list[str]) -> tuple[str, ...]:
    """The addresses of one key; a single one need not stand in a list."""
    if listed is None:
        return ()
    items = listed if isinstance(listed, list) else [listed]
    for number, item in enumerate(items, start=1):
        if not (isinstance(item, str) and _ADDRESS.fullmatch(item)):
            faults.append(f"{key}, entry {number}: expected an address such as name@example.org")
    return tuple(dict.fromkeys(str(item) for item in items))

"""The contacts file: read, defaulted, and refused with every fault named."""

from __future__ import annotations

from pathlib import Path

import pytest

from expectations.feeds import departments
from reports.contacts import BadContacts, Contacts, read_contacts


def written(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "contacts.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_department_and_the_engineers_each_once(tmp_path):
    found = read_contacts(
        written(
            tmp_path,
            "departments:\n  health: [a@h.example, b@h.example, ops@c.example]\n  water: w@w.example\n"
            "engineers: [ops@c.example]\nofficials: [o@c.example]\n",
        )
    )
    assert found.of("health") == ("a@h.example", "b@h.example", "ops@c.example")
    assert found.of("water") == ("w@w.example", "ops@c.example")
    assert found.of("education") == ("ops@c.example",)
    assert found.of("a folder nobody knows") == ("ops@c.example",)
    assert found.officials == ("o@c.example",)


@pytest.mark.parametrize("text", ["", "departments:\n", "officials: [o@c.example]\n", "engineers: []\n"])
def test_without_engineers_mail_goes_to_the_machine(tmp_path, text):
    assert read_contacts(written(tmp_path, text)).engineers == ("engineers@localhost",)


def test_without_a_file_there_are_defaults(tmp_path):
    assert read_contacts(None) == read_contacts(tmp_path / "absent.yaml") == Contacts()


def test_every_fault_is_named_and_no_address(tmp_path):
    with pytest.raises(BadContacts) as caught:
        read_contacts(
            written(
                tmp_path,
                "departments:\n  helth: [a@h.example]\n  water: ['not an address', 7]\n"
                "engineer: [x@y.example]\n"
                'officials: ["a@b.example\\nBcc: spy@x.example"]\n',
            )
        )
    said = str(caught.value)
    assert "contacts.yaml" in said
    roles = sorted(department.contact for department in departments().values())
    assert f"departments.helth is not one of {', '.join(roles)}" in said
    assert "departments.water, entry 1" in said and "departments.water, entry 2" in said
    assert "engineer is not one of departments, engineers, officials" in said
    assert "officials, entry 1" in said
    assert "@" not in said.replace("name@example.org", "")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a: [b", "line 1"),
        ("- a\n- b\n", "expected the keys"),
        ("departments: [a@b.example]\n", "departments:"),
    ],
)
def test_a_file_of_another_shape(tmp_path, text, said):
    with pytest.raises(BadContacts, match=said):
        read_contacts(written(tmp_path, text))


def test_a_file_in_another_encoding(tmp_path):
    path = tmp_path / "contacts.yaml"
    path.write_bytes("engineers: [a@b.example] # 工程师".encode("gb18030"))
    with pytest.raises(BadContacts, match="UTF-8"):
        read_contacts(path)

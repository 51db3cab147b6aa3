"""How commands end: exit codes, one plain line instead of a traceback, and a night that fails says so."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from prefect.settings import PREFECT_API_URL, temporary_settings
from typer.testing import CliRunner

from deployments import commands
from deployments.cli import app, ended
from deployments.demo import made
from reports.contacts import BadContacts
from tasks import night, steps
from tasks.edge import Failed
from tasks.settings import BadSettings, settings
from tests.night import RECEIVED_AT
from warehouse.ledger.deliveries import table_rows
from warehouse.ledger.open import opened, opened_to_read
from warehouse.ledger.tables import run

ROOT = Path(__file__).parents[2]
HEAVY = {"prefect", "great_expectations", "pandas", "duckdb", "sqlalchemy", "pydantic", "openpyxl", "pyarrow"}
NEED_A_LEDGER = (
    ["status"],
    ["accept", "x", "--why", "y"],
    ["withdraw", "x", "--why", "y"],
    ["replay", "--dry-run"],
)
NEED_A_NIGHT = (["query", "SELECT 1"], ["worklist"], ["slips"])


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home that is not there."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("FFP_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


def names() -> list[str]:
    return sorted(command.name or "" for command in app.registered_commands)


def test_every_module_of_the_folder_is_a_command() -> None:
    folder = Path(commands.__path__[0])
    assert names() == sorted(path.stem for path in folder.glob("*.py") if path.stem != "__init__")
    assert len(names()) > 9


@pytest.mark.parametrize("name", names())
def test_help_is_in_both_languages(name: str) -> None:
    said = CliRunner().invoke(app, [name, "--help"], env={"COLUMNS": "200"})
    assert said.exit_code == 0
    command = next(one for one in app.registered_commands if one.name == name)
    words = (command.callback.__doc__ or "").strip()
    assert any("一" <= sign <= "鿿" for sign in words) and any(
        sign.isascii() and sign.isalpha() for sign in words
    )
    assert words.split(" ")[0] in said.stdout


def test_help_imports_nothing_heavy() -> None:
    told = f"import sys, deployments.cli; print(*({HEAVY!r} & sys.modules.keys()))"
    assert subprocess.run([sys.executable, "-c", told], capture_output=True, text=True).stdout.strip() == ""


@pytest.mark.parametrize("words", NEED_A_LEDGER, ids=lambda words: words[0])
def test_without_a_ledger_the_command_says_so_and_makes_none(home: Path, words: list[str]) -> None:
    said = CliRunner().invoke(app, words)
    assert (said.exit_code, said.stdout) == (2, "")
    assert str(home) in said.stderr and "FFP_HOME" in said.stderr
    assert not home.exists()


@pytest.mark.parametrize("words", NEED_A_NIGHT, ids=lambda words: words[0])
def test_without_a_published_night_the_command_says_so(home: Path, words: list[str]) -> None:
    said = CliRunner().invoke(app, words, env={"FFP_LANGUAGE": "en"})
    assert (said.exit_code, said.stdout) == (2, "")
    assert "nothing has been published" in said.stderr and not home.exists()


@pytest.mark.parametrize("words", [[], ["no-such-command"], ["nightly"], ["nightly", "--as-of", "yesterday"],
                                   ["nightly", "--as-of", "0001-01-01"], ["nightly", "--as-of", "9999-12-31"],
                                   ["withdraw", "x"], ["check"], ["query"]], ids=" ".join)  # fmt: skip
def test_wrong_use_ends_with_2(home: Path, words: list[str]) -> None:
    assert ended(words) == 2


def test_a_ledger_whose_server_is_away_is_named_without_its_password(
    home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("FFP_LEDGER_URL", "postgresql+psycopg://somebody:secret@127.0.0.1:9/none")
    assert ended(["status"]) == 3
    said = capsys.readouterr()
    assert said.out == "" and "127.0.0.1:9/none" in said.err and "FFP_LEDGER_URL" in said.err
    assert "secret" not in said.err and "Error" not in said.err


@pytest.mark.parametrize("words", [*NEED_A_LEDGER, ["slips"], ["nightly", "--as-of", "2020-06-30"]],
                         ids=lambda words: words[0])  # fmt: skip
@pytest.mark.parametrize(("language", "remedy"), [("zh", "从备份恢复"), ("en", "Restore it from the backup")])
def test_a_ledger_that_is_no_database_is_named_with_what_to_do(
    home: Path, words: list[str], language: str, remedy: str, monkeypatch, capsys
) -> None:
    (home / "warehouse").mkdir(parents=True)
    (home / "warehouse" / "current.duckdb").touch()  # what was published has nothing to do with it
    (home / "ledger.sqlite").write_bytes(bytes(range(256)) * 20)
    monkeypatch.setenv("FFP_LANGUAGE", language)
    assert ended(words) == 3
    said = capsys.readouterr()
    *before, last = said.err.splitlines()
    assert (
        said.out == "" and last.startswith(("失败：", "Failed: ")) and len(before) == (words[0] == "nightly")
    )
    assert str(home / "ledger.sqlite") in last and remedy in last


# ---- the night ----


@pytest.fixture
def ledger(home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A ledger, in a home that has nothing else."""
    home.mkdir()
    yield f"sqlite:///{home / 'ledger.sqlite'}"


def outcomes(url: str) -> list[tuple[object, bool]]:
    return [(row["outcome"], row["ended_at"] is not None) for row in table_rows(opened(url), run)]


def test_a_night_is_noted_with_its_end(ledger: str) -> None:
    with night.noted(date(2020, 6, 30)):
        assert outcomes(ledger) == [(None, False)]
    assert outcomes(ledger) == [("published", True)]


@pytest.mark.parametrize("error", [ValueError, KeyboardInterrupt])
def test_a_night_that_fails_is_noted_as_failed(ledger: str, error: type[BaseException]) -> None:
    with pytest.raises(error), night.noted(date(2020, 6, 30)):
        raise error
    assert outcomes(ledger) == [("failed", True)]


def test_what_went_wrong_is_told_even_where_it_cannot_be_noted(ledger: str, monkeypatch) -> None:
    def away(*_: object) -> None:
        raise OSError("the ledger is away")

    monkeypatch.setattr(night, "end", away)
    with pytest.raises(ValueError, match="the night"), night.noted(date(2020, 6, 30)):
        raise ValueError("the night")


def test_a_night_that_fails_ends_with_3_and_publishes_nothing(
    ledger: str, home: Path, tmp_path: Path, monkeypatch, capsys
) -> None:
    """The real flow and steps on an empty inbox."""
    contacts = tmp_path / "contacts.yaml"
    contacts.write_text("departments: [nobody", encoding="utf-8")
    monkeypatch.setenv("FFP_CONTACTS_FILE", str(contacts))
    assert ended(["nightly", "--as-of", "2020-06-30"]) == 3
    said = capsys.readouterr()
    assert "失败：" in said.err and "contacts.yaml" in said.err and said.out == ""
    assert "尚未发布过数据仓库" in said.err and "PREFECT_API_URL" in said.err
    assert outcomes(ledger) == [("failed", True)]
    assert not (home / "warehouse" / "current.duckdb").exists()


def test_an_inbox_that_is_not_there_is_named(home: Path, tmp_path: Path, monkeypatch, capsys) -> None:
    """A share that is not mounted must not pass for a night on which nobody sent anything."""
    monkeypatch.setattr(steps, "WAIT_SECONDS", 0)
    monkeypatch.setenv("FFP_INBOX", str(tmp_path / "share"))
    assert ended(["ingest"]) == 3
    assert f"文件夹不存在（{tmp_path / 'share'}）" in capsys.readouterr().err


# ---- steps with a server and without ----


def test_a_server_that_does_not_answer_is_said_at_once(home: Path, capsys) -> None:
    with temporary_settings({PREFECT_API_URL: "http://127.0.0.1:9/api"}):
        assert ended(["nightly", "--as-of", "2020-06-30"]) == 3
    assert "PREFECT_API_URL 所指的 Prefect 服务器没有应答" in capsys.readouterr().err


def step_that_fails(times: int, error: Exception) -> tuple[steps.Step[[], int], list[int]]:
    calls: list[int] = []

    def work() -> int:
        calls.append(1)
        if len(calls) <= times:
            raise error
        return len(calls)

    return steps.Step(work, "work", "work", retries=2), calls


@pytest.mark.parametrize(("times", "comes"), [(0, 1), (1, 2), (2, 3), (3, None)])
def test_a_step_is_tried_again_as_often_as_prefect_would(times: int, comes: int | None, monkeypatch) -> None:
    monkeypatch.setattr(steps, "WAIT_SECONDS", 0)
    work, calls = step_that_fails(times, ValueError("x"))
    if comes is None:
        with pytest.raises(Failed):
            work()
    else:
        assert work() == comes
    assert len(calls) == (comes or 3) and work.task.retries == 2


def test_what_stays_wrong_until_somebody_mends_it_is_not_tried_again() -> None:
    work, calls = step_that_fails(1, BadContacts("x"))
    with pytest.raises(BadContacts):
        work()
    assert len(calls) == 1


def test_steps_at_once_all_come_to_their_end_before_one_fails() -> None:
    done = []

    def work(number: int) -> int:
        if number == 0:
            raise BadContacts("x")
        done.append(number)
        return number

    work_on = steps.Step(work, "work", "work-{number}", retries=0)
    with pytest.raises(BadContacts):
        work_on.each([0, 1, 2], 1)
    assert done == [1, 2]
    assert work_on.each([3, 4], 2) == [3, 4]


# ---- settings ----


@pytest.mark.parametrize(("name", "value"), [
    ("SMTP_PORT", "smtp"), ("SMTP_PORT", "0"), ("SMTP_PORT", "65536"), ("SETTLE_SECONDS", "-1"),
    ("SETTLE_SECONDS", "inf"), ("THREADS", "-1"), ("THREADS", "two"), ("MEMORY_LIMIT", "much"),
    ("MEMORY_LIMIT", "255MiB"), ("REGION", "4101"), ("REGION", "４１０１８４"), ("LEDGER_URL", "ledger"),
    ("WAREHOUSE_URL", "x y"),
    ("MAIL_FROM", "nobody"), ("SMTP_STARTTLS", "perhaps"), ("HOME", "a?b"), ("HOME", __file__), ("INBOX", __file__),
    ("VAULT_KEY_FILE", "/"), ("CONTACTS_FILE", "/"),
])  # fmt: skip
def test_a_setting_that_cannot_be_is_named_with_what_it_may_be(
    home: Path, name: str, value: str, monkeypatch, capsys
) -> None:
    for language in ("zh", "en"):
        monkeypatch.setenv("FFP_LANGUAGE", language)
        monkeypatch.setenv(f"FFP_{name}", value)
        assert ended(["status"]) == 2
        said = capsys.readouterr().err
        assert f"FFP_{name}" in said and value not in said.replace("?", "" if value == "a?b" else "?")
        assert len(said.splitlines()) == 1 and ("应为" in said) == (language == "zh")


def test_all_that_is_wrong_with_the_settings_is_said_at_once(home: Path, monkeypatch, capsys) -> None:
    for name in ("FFP_LANGUAGE", "FFP_THREADS", "FFP_SMTP_PORT"):
        monkeypatch.setenv(name, "-x")
    assert ended(["status"]) == 2
    said = capsys.readouterr().err
    assert all(name in said for name in ("FFP_LANGUAGE", "FFP_THREADS", "FFP_SMTP_PORT"))


@pytest.mark.parametrize(("length", "is_enough"), [(31, False), (32, True)])
def test_a_key_that_is_too_short_is_wrong_use(
    tmp_path: Path, monkeypatch, length: int, is_enough: bool
) -> None:
    (tmp_path / "key").write_text("k" * length)
    monkeypatch.setenv("FFP_VAULT_KEY_FILE", str(tmp_path / "key"))
    if is_enough:
        assert len(settings().vault_key()) == length
    else:
        with pytest.raises(BadSettings, match="FFP_VAULT_KEY_FILE") as wrong:
            settings().vault_key()
        assert "32" in wrong.value.say("zh") and "32" in wrong.value.say("en")


@pytest.mark.parametrize("name", ["a b", "a#b", "a%20b", "a%b", "a;b", "家&户"])
def test_a_home_may_have_any_name(tmp_path: Path, monkeypatch, name: str) -> None:
    monkeypatch.setenv("FFP_HOME", str(tmp_path / name))
    (tmp_path / name).mkdir()
    opened(settings().ledger).dispose()
    assert [path.name for path in (tmp_path / name).glob("*.sqlite")] == ["ledger.sqlite"]
    assert opened_to_read(settings().ledger) is not None
    assert [path.name for path in tmp_path.iterdir()] == [name]


# ---- streams ----

SAY = (
    "from deployments.streams import make_sound\nmake_sound()\nprint('防 ─ é ＊', flush=True)\nprint('after')"
)


@pytest.mark.parametrize(
    ("encoding", "shown"), [("ascii", "? ? ? ?"), ("latin-1", "? ? é ?"), ("gbk", "防 ─ é ＊")]
)
def test_what_an_output_cannot_show_is_shown_as_a_question_mark(encoding: str, shown: str) -> None:
    words = [sys.executable, "-X", "utf8=0", "-c", SAY]
    ran = subprocess.run(
        words, capture_output=True, env={"PYTHONIOENCODING": encoding, "PYTHONPATH": str(ROOT)}
    )
    assert ran.stdout.decode(encoding) == f"{shown}\nafter\n" and ran.returncode == 0, ran.stderr


@pytest.mark.parametrize("closed", ["<&- >&-", ">&- 2>&-", "<&- >&- 2>&-", "| true"])
def test_nothing_fails_for_a_stream_that_nobody_reads(tmp_path: Path, closed: str) -> None:
    """Nor does a file get what would have been said."""
    then = f"{SAY}\nimport time; time.sleep(0.2)\nopen('file', 'w').close(); print('late', flush=True)"
    script = f'set -o pipefail; "$0" -c "$1" {closed}'
    words = ["bash", "-c", script, sys.executable, then]
    ran = subprocess.run(words, cwd=tmp_path, env={"PYTHONPATH": str(ROOT)}, capture_output=True)
    assert (ran.returncode, (tmp_path / "file").read_text()) == (0, ""), ran.stderr


# ---- the demo ----


def test_a_demo_knows_what_it_has_made(tmp_path: Path) -> None:
    opened(f"sqlite:///{tmp_path / 'ledger.sqlite'}").dispose()
    for name in ("inbox/health/a.csv", "outbox/mail/b.eml", "landing/c"):
        (tmp_path / name).parent.mkdir(parents=True)
        (tmp_path / name).write_text(name)
    made.list_all(tmp_path)
    engine = opened(f"sqlite:///{tmp_path / 'ledger.sqlite'}")
    table_rows(engine, run)
    assert made.strangers(tmp_path) == [], "to read is not to change"
    (tmp_path / "inbox" / "health" / "a.csv").write_text("changed")
    (tmp_path / "outbox" / "mine.xlsx").touch()
    (tmp_path / "link").symlink_to(tmp_path)
    (tmp_path / "landing" / "c").unlink()
    assert made.strangers(tmp_path) == ["inbox/health/a.csv", "link", "outbox/mine.xlsx"]
    night.begin(engine, date(2020, 7, 1), RECEIVED_AT, "test")
    engine.dispose()
    assert "ledger.sqlite" in made.strangers(tmp_path)


def test_a_demo_whose_night_was_ended_knows_its_city(tmp_path: Path) -> None:
    for name in made.CITY:
        (tmp_path / made.ASIDE / name).mkdir(parents=True)
        (tmp_path / made.ASIDE / name / "a.csv").write_text(name)
    assert made.strangers(tmp_path) == [], "not moved in yet"
    made.move_city_in(tmp_path)
    for name in ("staging/x.parquet", "outbox/y.xlsx", "inbox/z.csv", "notes.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    assert made.strangers(tmp_path) == ["inbox/z.csv", "notes.txt", "outbox/y.xlsx"]


@pytest.mark.parametrize("mark", [None, "", "{}", "[1]", "nonsense"])
def test_a_demo_removes_nothing_of_a_folder_that_is_not_its_own(home: Path, mark: str | None, capsys) -> None:
    (home / "inbox").mkdir(parents=True)
    (home / "inbox" / "list.csv").write_text("a list")
    (home / "staging").mkdir()
    (home / "staging" / "x.parquet").touch()
    if mark is not None:
        (home / ".demo").write_text(mark)
    assert ended(["demo", "--households", "300"]) == 2
    said = capsys.readouterr().err
    assert "inbox/list.csv" in said and "staging/x.parquet" in said and "FFP_HOME=" in said
    assert (home / "inbox" / "list.csv").read_text() == "a list" and (home / "staging" / "x.parquet").exists()


@pytest.mark.parametrize("name", ["FFP_INBOX", "FFP_LEDGER_URL"])
def test_a_demo_writes_into_no_inbox_and_ledger_of_others(
    home: Path, tmp_path: Path, name: str, monkeypatch, capsys
):
    monkeypatch.setenv(name, "sqlite:///other" if name == "FFP_LEDGER_URL" else str(tmp_path / "other"))
    assert ended(["demo", "--households", "300"]) == 2
    assert name in capsys.readouterr().err and not home.exists() and not (tmp_path / "other").exists()

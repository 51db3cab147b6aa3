"""The rules of the house that no compiler knows. What each is for stands in its name; style.md says why."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
import zipfile
from collections.abc import Iterator
from functools import cache
from importlib.metadata import version
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[2]
LAYERS = ("deployments", "flows", "tasks", "reports", "warehouse", "expectations")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
LOCK = (ROOT / "constraints.txt").read_text(encoding="utf-8")

MOST_LINES = 250
LONGER = {  # file -> why it is one subject all the same
    "expectations/feeds/registry.py": "a department is one file, and this one keeps the most feeds",
    "expectations/validate.py": "the one importer of Great Expectations, its dialect for DuckDB included",
    "warehouse/resolve.py": "events and snapshots become the same views",
}
EMPTY_WORDS = {"util", "utils", "helper", "helpers", "common", "misc", "manager", "managers"}
SETTINGS = "tasks/settings.py"
READERS = {"os.environ", "os.environb", "os.getenv", "os.getenvb", "pydantic_settings", "dotenv"}
LEAVING_OUT = {"skip", "skipif", "xfail", "importorskip", "skipTest", "expectedFailure"}


def files(*folders: str) -> Iterator[Path]:
    """Every file of the folders that a clone has."""
    for folder in folders:
        yield from (
            path
            for path in sorted((ROOT / folder).rglob("*"))
            if path.is_file() and "__pycache__" not in path.parts
        )


def modules(*folders: str) -> list[Path]:
    return [path for path in files(*folders) if path.suffix == ".py"]


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@cache
def nodes(path: Path) -> list[ast.AST]:
    return list(ast.walk(ast.parse(path.read_text(encoding="utf-8"), str(path))))


def test_imports_only_point_right():
    linter = Path(sys.executable).with_name("lint-imports")
    found = subprocess.run([linter, "--no-cache", "--no-logo"], cwd=ROOT, capture_output=True, text=True)
    assert found.returncode == 0, found.stdout + found.stderr
    assert " 0 broken" in found.stdout


def test_import_rules_see_every_module():
    """The linter walks packages; a folder of Python without __init__.py is out of its sight."""
    bare = {name(path.parent) for path in modules(*LAYERS) if not (path.parent / "__init__.py").is_file()}
    assert not bare, "folders that need an __init__.py"


def test_a_module_has_one_subject():
    long = {
        name(path): lines
        for path in modules(*LAYERS, "benchmarks")
        if (lines := len(path.read_text(encoding="utf-8").splitlines())) > MOST_LINES
    }
    assert not {path: lines for path, lines in long.items() if path not in LONGER}
    assert not LONGER.keys() - long, "no longer long: take them off the list"


def test_names_say_what_is_in_a_module():
    empty = [
        name(path)
        for path in modules(*LAYERS, "benchmarks", "tests")
        if EMPTY_WORDS & set(re.split(r"[/_.]", name(path)))
    ]
    assert not empty


@pytest.mark.parametrize(
    "written",
    [
        "os.environ['A']",
        "os.environ.get('A')",
        "o.getenv('A')",
        "dict(os.environ)",
        "from os import environ",
        "f(os.environ.setdefault('A', 'b'))",
        "typer.Option(envvar='A')",
    ],
)
def test_a_read_of_the_environment_is_recognised(written):
    assert list(reads(list(ast.walk(ast.parse(written)))))


@pytest.mark.parametrize(
    "written", ["os.environ['A'] = 'b'", "os.environ.setdefault('A', 'b')", "os.environ |= {}"]
)
def test_telling_a_library_something_is_no_read(written):
    assert not list(reads(list(ast.walk(ast.parse(written)))))


def test_the_environment_is_read_in_one_place():
    found = {
        f"{name(path)}:{line}": what
        for path in modules(*LAYERS)
        if name(path) != SETTINGS
        for line, what in reads(nodes(path))
    }
    assert not found, f"ask {SETTINGS}, or take the value as an argument"


def reads(tree: list[ast.AST]) -> Iterator[tuple[int, str]]:
    """(line, name) of each look at the environment; writing to it, for a library to read, is none."""
    written = {id(part) for node in tree for part in _written(node)}
    for node in tree:
        match node:
            case ast.Attribute(attr=word) if f"os.{word}" in READERS and id(node) not in written:
                yield node.lineno, ast.unparse(node)
            case ast.keyword(arg="envvar"):  # how typer reads it
                yield node.lineno, ast.unparse(node)
            case ast.Import() | ast.ImportFrom():
                yield from ((node.lineno, word) for word in _imported(node) & READERS)


def _imported(node: ast.Import | ast.ImportFrom) -> set[str]:
    if isinstance(node, ast.Import):
        return {alias.name for alias in node.names}
    return {node.module or "", *(f"{node.module}.{alias.name}" for alias in node.names)}


def _written(node: ast.AST) -> Iterator[ast.AST]:
    match node:
        case ast.Subscript(value=target, ctx=ast.Store() | ast.Del()):
            yield target
        case ast.AugAssign(target=target):
            yield target
        case ast.Expr(value=ast.Call(func=ast.Attribute(value=target, attr="setdefault" | "update" | "pop"))):
            yield target


def test_every_test_runs():
    """A test that is left out tells nobody that it was."""
    left_out = [
        f"{name(path)}:{node.lineno}"
        for path in modules("tests")
        for node in nodes(path)
        if (isinstance(node, ast.Attribute) and node.attr in LEAVING_OUT)
        or (isinstance(node, ast.ImportFrom) and LEAVING_OUT & {alias.name for alias in node.names})
    ]
    assert not left_out


def test_the_wheel_holds_every_file(tmp_path):
    """pyproject.toml lists packages and kinds of file: what is forgotten there is missing at the user's."""
    source = tmp_path / "source"
    for path in [ROOT / "pyproject.toml", *files(*LAYERS)]:
        copy = source / path.relative_to(ROOT)
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes(path.read_bytes())
    build = "import sys; from setuptools.build_meta import build_wheel; build_wheel(sys.argv[1])"
    subprocess.run([sys.executable, "-c", build, tmp_path], cwd=source, check=True, capture_output=True)
    packed = set(zipfile.ZipFile(next(tmp_path.glob("*.whl"))).namelist())
    assert not {name(path) for path in files(*LAYERS)} - packed


def test_the_lock_records_no_address():
    words = r"://|file:|@|^\s*-(?!-hash=)|--(?!hash=)|/(?:home|opt|root|srv|tmp|usr|var|work)/"
    assert not [line for line in LOCK.splitlines() if re.search(words, line)]


def test_the_lock_has_a_hash_for_every_pin():
    entries = re.sub(r"\\\n", "", re.sub(r"(?m)^\s*#.*\n", "", LOCK)).splitlines()
    assert entries
    whole = re.compile(r"[\w.-]+==\S+.* --hash=sha256:[0-9a-f]{64}")
    assert not [entry for entry in entries if not whole.match(entry)]


def test_the_lock_holds_what_the_project_asks_for():
    """`make lock` was run after the last change of the dependencies, and what it names is what runs here."""
    pinned = dict(re.findall(r"(?m)^([\w.-]+)==([^\s;]+)", LOCK))
    asked = [*PROJECT["project"]["dependencies"], *PROJECT["project"]["optional-dependencies"]["dev"]]
    for requirement in map(Requirement, asked):
        package = canonicalize_name(requirement.name)
        assert requirement.specifier.contains(pinned.get(package, "0")), f"{requirement}: run `make lock`"
        assert version(package) == pinned[package], f"{requirement}: run `make clean test`"

"""Rules that hold for every file of the repository."""

import ast
import re
import tomllib

import pytest

from tests.repository import ROOT, tracked

TEXT = {".py", ".md", ".toml", ".txt", ".json", ".csv", ".ipynb", ".html", ".css", ".js", ".yml", ".cfg", ".sh", ""}
# In halves, so that this file holds none of what it looks for.
HOSTS = "|".join(("py" + r"pi\.", "python" + "hosted", "registry" + r"\.npm"))
REGISTRY = re.compile(rf"https?://[^\s\"']+/(simple\b|packages/[0-9a-f]{{2}}/)|\b({HOSTS})", re.I)
MACHINE = re.compile(r"(?<![\w.])/(root|home|work|Users)/\w|[A-Z]:\\Users")
UNFINISHED = re.compile(r"\b(TO" + r"DO|FIX" + r"ME|XX" + r"X|HA" + r"CK)\b")
REQUIREMENT = re.compile(r"(?m)^[A-Za-z0-9][\w.-]*==.*(?:\n    --hash=.*)*")


def _texts():
    for path in tracked():
        if path.suffix in TEXT:
            yield path.relative_to(ROOT), path.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "pattern", [REGISTRY, MACHINE, UNFINISHED], ids=["registry address", "path of one machine", "unfinished"]
)
def test_no_tracked_file_holds_a(pattern):
    assert [f"{path}: {found[0]}" for path, text in _texts() if (found := pattern.search(text))] == []


@pytest.mark.parametrize(
    "pattern,text",
    [
        (REGISTRY, "--index-url https://example.org/" + "simple"),
        (REGISTRY, "https://files.example.org/packages/" + "0a/1b/x.whl"),
        (MACHINE, "data = '/" + "home/ann/data.csv'"),
        (UNFINISHED, "# TO" + "DO: later"),
    ],
)
def test_the_patterns_find_what_they_look_for(pattern, text):
    assert pattern.search(text)


def test_no_source_file_is_longer_than_400_lines():
    assert [str(p.relative_to(ROOT)) for p in tracked(".py") if p.read_text(encoding="utf-8").count("\n") > 400] == []


def test_no_function_is_longer_than_60_lines():
    long = []
    for path in tracked(".py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef) and node.end_lineno - node.lineno >= 60:
                long.append(f"{path.relative_to(ROOT)}:{node.lineno} {node.name}")
    assert long == []


@pytest.mark.parametrize("lock", ["users.txt", "dev.txt"])
def test_every_locked_package_has_a_hash_and_no_address(lock):
    text = (ROOT / "requirements" / lock).read_text(encoding="utf-8")
    requirements = REQUIREMENT.findall(text)
    assert len(requirements) > 50
    assert all("--hash=sha256:" in requirement for requirement in requirements)
    assert "://" not in text
    assert not re.search(r"(?m)^\s*--(?!hash)", text)


@pytest.mark.parametrize("lock", ["users.txt", "dev.txt"])
def test_the_locks_hold_what_the_project_asks_for_and_its_build_backend(lock):
    text = (ROOT / "requirements" / lock).read_text(encoding="utf-8")
    locked = set(re.findall(r"(?m)^([A-Za-z0-9][\w.-]*)==", text))
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    groups = project["dependency-groups"]
    asked = project["project"]["dependencies"] + project["build-system"]["requires"]
    if lock == "dev.txt":
        asked += [entry for group in groups.values() for entry in group if isinstance(entry, str)]
    assert {re.match(r"[\w.-]+", requirement)[0] for requirement in asked} <= locked

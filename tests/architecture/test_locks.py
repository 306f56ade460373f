"""What is installed is what was tried: the locks hold every dependency, with hashes, and no address of a registry."""

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
RUNTIME = PROJECT["project"]["dependencies"]
LOCKS = {"requirements.lock": RUNTIME, "requirements-dev.lock": [*RUNTIME, *PROJECT["dependency-groups"]["dev"]]}
_PIN = re.compile(r"^([A-Za-z0-9._-]+)==([^\s;\\]+)", re.MULTILINE)


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_holds_what_the_project_asks_for(name: str) -> None:
    text = (ROOT / name).read_text()
    pinned = {canonicalize_name(package): Version(version) for package, version in _PIN.findall(text)}
    for line in LOCKS[name]:
        asked = Requirement(line)
        assert asked.specifier.contains(pinned[canonicalize_name(asked.name)], prereleases=True), line
    assert text.count("--hash=sha256:") >= len(pinned)


@pytest.mark.parametrize("name", [*LOCKS, "web/desk/package-lock.json", "web/widget/package-lock.json"])
def test_no_lock_names_a_registry(name: str) -> None:
    text = (ROOT / name).read_text()
    assert "://" not in re.sub(r'"(url|funding)": "[^"]*"', "", text)
    assert "--index" not in text

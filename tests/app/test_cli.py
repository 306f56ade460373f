"""The command line: what goes wrong is one sentence and an exit code, never a traceback."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.commands import helpline

WRONG = {
    "no such command": (["nonsense"], 2, "No such command"),
    "a port that cannot be": (["serve", "--port", "99999"], 2, "65535"),
    "no database there": (["migrate", "--database", "postgresql://nobody@127.0.0.1:1/x"], 1, "cannot be reached"),
    "no database address": (["migrate", "--database", "nonsense://x"], 1, "no database address"),
    "an unknown log level": (["serve", "--log", "loud", "--port", "0"], 1, "log level"),
    "a weak password": (
        ["admin", "create", "a@b.example", "--workspace", "W", "--password", "short"],
        1,
        "ten characters",
    ),
    "too few agents": (
        ["staffing", "--arrivals", "100", "--handling", "180", "--agents", "10"],
        1,
        "10 agents cannot keep up",
    ),
    "arrivals less than none": (["staffing", "--arrivals", "-1", "--handling", "180"], 1, "more than zero"),
    "a target beyond all": (["staffing", "--arrivals", "1", "--handling", "1", "--target", "80"], 1, "between 0 and 1"),
    "nobody has the address": (
        ["admin", "reset-password", "a@b.example", "--password", "long enough 12"],
        1,
        "Nobody has",
    ),
}


@pytest.fixture(autouse=True)
def _in_an_empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize("case", WRONG)
def test_wrong_input_is_answered_in_a_sentence(case: str) -> None:
    arguments, code, sentence = WRONG[case]
    done = helpline(*arguments)
    assert done.returncode == code, done.stderr
    assert sentence in " ".join(done.stderr.split())
    assert "Traceback" not in done.stderr


def test_the_index_is_made_anew() -> None:
    helpline("admin", "create", "a@b.example", "--workspace", "Acme", "--password", "long enough 12")
    for _ in range(2):
        done = helpline("reindex")
        assert done.returncode == 0, done.stderr
        assert "Acme: " in done.stdout
        assert "facts were read" in done.stdout


def test_an_administrator_is_created_and_gets_a_new_password() -> None:
    created = helpline("admin", "create", "ada@acme.example", "--workspace", "Acme", "--password", "long enough 12")
    assert (created.returncode, created.stdout.strip()) == (0, "ada@acme.example is an administrator of Acme.")
    again = helpline("admin", "create", "ada@acme.example", "--workspace", "Acme", "--password", "long enough 12")
    assert again.returncode == 1
    assert "already has this e-mail address" in again.stderr
    reset = helpline("admin", "reset-password", "ADA@acme.example", "--password", "another long one")
    assert reset.returncode == 0, reset.stderr


def test_migrating_twice_does_nothing_the_second_time() -> None:
    def migrated() -> str:
        command = [sys.executable, "-m", "helpline", "migrate"]
        return subprocess.run(command, capture_output=True, text=True, timeout=120, check=True).stdout

    assert "Migrated to" in migrated()
    assert "Nothing to do" in migrated()


def test_a_server_does_not_carry_what_only_commands_need() -> None:
    look = "import sys, helpline.app.cli.serve, helpline.app.web; sys.exit(str(set(sys.argv[1:]) & sys.modules.keys()))"
    command = [sys.executable, "-c", look, "alembic", "httpx", "rich.console"]
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    assert done.stderr.strip() == "set()"

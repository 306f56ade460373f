"""``helpline calendar``: the three questions and an office calendar, from the command line."""

import json
from pathlib import Path

import pytest

from helpline.app.consequences import CONSEQUENCES
from helpline.app.settings import Settings
from helpline.calendars import actions
from helpline.core import Units
from tests.calendars.plans import periods
from tests.commands import Done, helpline
from tests.make import make_world

WEEK = [list(periods("09:00-18:00"))] * 5 + [[], []]


@pytest.fixture
def folder(tmp_path: Path, sqlite_template: Path) -> Path:
    """A data folder with a calendar in it."""
    (tmp_path / "helpline.sqlite3").write_bytes(sqlite_template.read_bytes())
    units = Units(Settings(data=tmp_path).url, CONSEQUENCES)
    fields = {"name": "Office", "zone": "Asia/Taipei", "week": WEEK, "last_intake": 20}
    make_world(units).do(None, lambda tx: actions.add(tx, **fields).id)
    units.close()
    return tmp_path


def _run(folder: Path, *arguments: str) -> Done:
    return helpline("calendar", *arguments, "--data", folder)


def test_a_calendar_is_asked(folder: Path) -> None:
    at = json.loads(_run(folder, "open-at", "Office", "2026-06-05T17:40", "--json").stdout)
    assert (at["state"], at["last_intake"], at["opens_at"]) == ("open", True, "2026-06-08T01:00:00Z")
    said = _run(folder, "open-at", "Office", "2026-06-06T12:00").stdout
    assert "closed" in said
    assert "Mon 2026-06-08 09:00 Asia/Taipei" in said
    added = _run(folder, "add", "Office", "30", "2026-06-05T17:40").stdout
    assert added.strip() == "Mon 2026-06-08 09:10 Asia/Taipei"
    between = _run(folder, "between", "Office", "2026-06-05T17:40", "2026-06-08T01:10Z").stdout
    assert between.strip() == "30 working minutes"


def test_an_office_calendar_is_loaded_from_a_file(folder: Path) -> None:
    file = folder / "office.csv"
    file.write_bytes("西元日期,星期,是否放假,備註\n20260606,六,0,補行上班\n".encode("big5"))
    assert _run(folder, "load", "Office", str(file), "--like", "4").stdout.startswith("1 special days loaded")
    at = json.loads(_run(folder, "open-at", "Office", "2026-06-06T12:00", "--json").stdout)
    assert (at["state"], at["why"], at["name"]) == ("open", "day", "補行上班")


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        (["open-at", "Nowhere", "2026-06-06T12:00"], "There is no calendar Nowhere; there is Office."),
        (["open-at", "Office", "tomorrow"], "tomorrow is no moment"),
    ],
)
def test_what_cannot_be_answered_is_said_in_a_sentence(folder: Path, asked: list[str], sentence: str) -> None:
    done = _run(folder, *asked)
    assert done.returncode == 1
    assert sentence in " ".join(done.stderr.split())

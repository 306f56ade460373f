"""The demo's past: made by the same actions as any day, so it must keep the same promises."""

import random
import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest

from helpline.app.demo import AGENTS, PASSWORD, NotTheDemo, seed
from helpline.app.demo.cast import CUSTOMERS, CUSTOMERS_IN_TAIWAN
from helpline.app.demo.days import CLOSES, DAYS, OPENS, working_days
from helpline.app.demo.dialogues import Dialogue, read, words_for
from helpline.app.demo.workspace import ALDER, REASONS, REASONS_IN_TAIWAN, RESULTS, SHOP, SHOP_TAIWAN
from helpline.app.settings import Settings
from helpline.core import Units
from helpline.people import passwords
from tests.make import make_world

DIALOGUES = [*read("en"), *read("zh-TW")]


@pytest.fixture
def rows(demo: Settings) -> Iterator[Any]:
    """Asks the seeded database."""
    connection = sqlite3.connect(f"file:{demo.data / 'helpline.sqlite3'}?mode=ro", uri=True)
    yield lambda question: connection.execute(question).fetchall()
    connection.close()


def test_a_second_start_finds_the_shop_and_changes_nothing(demo: Settings, rows: Any) -> None:
    before = rows("SELECT value FROM counter ORDER BY name")
    assert [(seed(demo),)] == rows("SELECT public_key FROM channel WHERE name = 'kestrel-outdoor.example'")
    assert rows("SELECT value FROM counter ORDER BY name") == before


def test_the_logins_that_are_printed_work(rows: Any) -> None:
    assert rows("SELECT name, email, role FROM agent ORDER BY id") == AGENTS
    hashes = {kept for (kept,) in rows("SELECT password_hash FROM agent")}
    assert all(passwords.matches(PASSWORD, kept) for kept in hashes)


def test_everybody_has_gone_home(rows: Any) -> None:
    assert rows("SELECT DISTINCT state, connected, load FROM presence") == [("offline", 0, 0)]
    assert rows("SELECT * FROM connection") == []
    assert rows("SELECT * FROM job") == []


def test_nothing_waits_for_ever(rows: Any) -> None:
    assert rows("SELECT DISTINCT state FROM conversation") == [("closed",)]
    assert dict(rows("SELECT state, count(*) FROM service_record GROUP BY state")) == {"completed": 146, "wrap_up": 4}


def test_completed_records_say_how_and_why(rows: Any) -> None:
    lacking = "result_id IS NULL OR reasons = '[]' OR notes = '' OR ended_at < conversation_ended_at"
    assert rows(f"SELECT number FROM service_record WHERE state = 'completed' AND ({lacking})") == []


def test_there_is_something_of_everything(rows: Any) -> None:
    assert len(rows("SELECT DISTINCT channel_name FROM service_record")) == 3
    assert len(rows("SELECT DISTINCT owner_name FROM service_record")) == 2
    assert len(rows("SELECT DISTINCT handler_id FROM service_record")) == 4
    assert rows("SELECT 1 FROM message WHERE visibility = 'internal' AND kind = 'text'")
    assert rows("SELECT 1 FROM message WHERE text LIKE '%謝謝%'")
    assert rows("SELECT 1 FROM handover WHERE from_id IS NOT NULL")
    assert rows("SELECT 1 FROM service_record WHERE waited_seconds > 30")
    assert rows("SELECT 1 FROM service_record WHERE contact_id IS NOT NULL")
    assert rows("SELECT 1 FROM conversation WHERE close_reason = 'abandoned'")


def test_messages_and_facts_are_numbered_without_holes(rows: Any) -> None:
    assert rows("SELECT conversation_id FROM message GROUP BY 1 HAVING max(seq) <> count(*)") == []
    assert rows("SELECT max(seq) - count(*) FROM fact") == [(0,)]
    assert (
        rows("SELECT c.id FROM conversation c JOIN message m ON m.conversation_id = c.id AND m.seq > c.last_seq") == []
    )


def test_time_runs_forward_and_ends_before_now(rows: Any) -> None:
    times = [at for (at,) in rows("SELECT at FROM fact ORDER BY seq")]
    assert times == sorted(times)
    assert times[-1] < f"{datetime.now(UTC):%Y-%m-%d %H:%M:%S}"


def test_facts_and_handovers_explain_the_records(rows: Any) -> None:
    last_handovers = "SELECT record_id, to_id, max(at) FROM handover GROUP BY record_id"
    assert (
        rows(
            f"SELECT 1 FROM service_record r JOIN ({last_handovers}) h ON h.record_id = r.id WHERE h.to_id <> r.handler_id"
        )
        == []
    )
    explained = {id for (id,) in rows("SELECT subject_id FROM fact WHERE topic = 'record.completed'")}
    assert {id for (id,) in rows("SELECT id FROM service_record WHERE state = 'completed'")} == explained


def test_no_blank_is_left_to_fill_in(rows: Any) -> None:
    assert rows("SELECT text FROM message WHERE text LIKE '%{%' OR text LIKE '%}%' OR text LIKE '%|%'") == []
    assert rows("SELECT notes FROM service_record WHERE notes LIKE '%{%' OR notes LIKE '%|%'") == []


def test_another_workspace_is_left_alone(settings: Settings, units: Units) -> None:
    make_world(units)
    with pytest.raises(NotTheDemo):
        seed(settings)


@pytest.mark.parametrize("dialogue", DIALOGUES, ids=lambda dialogue: dialogue.notes)
def test_dialogues_fit_the_workspace(dialogue: Dialogue) -> None:
    offered = REASONS_IN_TAIWAN if dialogue.shop == SHOP_TAIWAN else REASONS
    assert dialogue.reason in {label for labels in offered.values() for label in labels}
    assert dialogue.result in RESULTS
    assert dialogue.shop in {SHOP, ALDER, SHOP_TAIWAN}
    turns = dialogue.turns(words_for("Ada", random.Random(1)), random.Random(1))
    assert turns[0].who == "C"
    assert "A" in {turn.who for turn in turns}


def test_names_are_given_once() -> None:
    names = [customer.name for customer in (*CUSTOMERS, *CUSTOMERS_IN_TAIWAN)]
    assert len(set(names)) == len(names)


@pytest.mark.parametrize(
    ("now", "last_opening", "last_closing"),
    [
        ("2026-11-22T08:47", "2026-11-20T08:00", "2026-11-20T18:00"),  # a Sunday: the last day is Friday
        ("2026-11-23T07:00", "2026-11-20T08:00", "2026-11-20T18:00"),  # Monday, before the shop opens
        ("2026-11-24T09:30", "2026-11-23T08:00", "2026-11-23T18:00"),  # too early for a day's worth of customers
        ("2026-11-24T14:00", "2026-11-24T08:00", "2026-11-24T13:30"),  # the day so far
        ("2026-11-24T23:00", "2026-11-24T08:00", "2026-11-24T18:00"),
    ],
)
def test_working_days_are_over_by_now(now: str, last_opening: str, last_closing: str) -> None:
    days = working_days(datetime.fromisoformat(now).astimezone())
    assert len(days) == DAYS
    assert [f"{moment:%Y-%m-%dT%H:%M}" for moment in days[-1]] == [last_opening, last_closing]
    assert all(opens.weekday() < 5 and opens.time() == OPENS and closes.time() <= CLOSES for opens, closes in days)

"""The doctor finds what is broken, under its code, and mends what follows from the rest."""

import os
import sqlite3
import time
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from helpline.app.care import doctor
from helpline.app.care.doctor import examine, mend
from helpline.app.care.finding import ADVICE
from helpline.app.settings import Settings
from helpline.board import Visit
from helpline.conversations import snoozing
from helpline.core import Actor, Units, new_id
from helpline.core.facts import FactRow
from helpline.core.jobs import JobRow
from helpline.files.storage import Storage
from helpline.people import Presence
from tests.app.furnished import furnished
from tests.clock import Clock
from tests.make import World

GUIDE = Path(__file__).parents[2] / "docs/guide/administrators.md"


@dataclass
class Patient:
    """An installation in which all is well, until something is done to it."""

    settings: Settings
    units: Units
    world: World
    file: str

    def hurt(self, statement: str) -> None:
        """Damage behind everybody's back."""
        home = Actor.system(self.world.workspace_id)
        self.units.run_now(home, lambda tx: tx.execute(text(statement), {"w": self.world.workspace_id}).rowcount)

    def codes(self) -> set[str]:
        """What the doctor finds."""
        return {one.code for one in examine(self.units, self.settings)}

    def looks(self) -> tuple[Any, ...]:
        """What repairs may touch."""
        stays = [(row.conversation_id, row.team_id, row.kind, row.entered_at) for row in self.world.all(Visit)]
        ends = [(row.conversation_id, row.left_at, row.outcome, row.in_target) for row in self.world.all(Visit)]
        agents = [(row.id, row.load, row.capacity) for row in self.world.all(Presence)]
        return sorted(stays), sorted(ends, key=repr), sorted(agents), [row.key for row in self.world.all(JobRow)]


@pytest.fixture
def patient(settings: Settings, units: Units, clock: Clock) -> Patient:
    """One with something of everything."""
    world, rows = furnished(units, "Acme")
    world.agent("Bo")
    talk = world.write(world.visitor()).conversation_id
    agent = Actor("agent", world.workspace_id, world.conversation(talk).agent_id or "")
    world.do(agent, lambda tx: snoozing.snooze(tx, talk, clock.now + timedelta(hours=1)).id)
    Storage(settings.data / "files").save(world.workspace_id, rows["file"], b"hello")
    made = Patient(settings, units, world, rows["file"])
    assert made.codes() == set()
    return made


LOST = {
    "facts_incomplete": "DELETE FROM fact WHERE workspace_id = :w AND seq = 3",
    "messages_incomplete": "UPDATE message SET seq = seq + 9 WHERE workspace_id = :w AND seq = 2",
    "record_numbers_missing": "UPDATE fact SET topic = 'record.created' WHERE workspace_id = :w",
    "record_without_conversation": "UPDATE conversation SET record_id = NULL WHERE workspace_id = :w",
    "record_completed_too_early": "UPDATE service_record SET state = 'completed', ended_at = started_at "
    "WHERE workspace_id = :w AND state = 'open'",
    "close_unexplained": "DELETE FROM fact WHERE workspace_id = :w AND topic = 'conversation.closed'",
    "clock_ahead": "UPDATE fact SET at = '2099-01-01 00:00:00.000000' WHERE workspace_id = :w",
    "jobs_late": "UPDATE job SET due_at = '2020-01-01 00:00:00.000000' WHERE workspace_id = :w",
}
MENDED = {
    "fact_counter_behind": "UPDATE counter SET value = value - 1 WHERE workspace_id = :w AND name = 'fact'",
    "record_counter_wrong": "UPDATE counter SET value = 99 WHERE workspace_id = :w AND name = 'record'",
    "last_message_wrong": "UPDATE conversation SET last_seq = last_seq - 1 WHERE workspace_id = :w",
    "load_wrong": "UPDATE presence SET load = load + 1 WHERE workspace_id = :w",
    "capacity_wrong": "UPDATE presence SET capacity = 77 WHERE workspace_id = :w",
    "reasons_differ": "DELETE FROM record_reason WHERE workspace_id = :w",
    "stays_differ": "DELETE FROM visit WHERE workspace_id = :w",
    "storage_wrong": "UPDATE workspace SET storage_used = storage_used + 7 WHERE id = :w",
    "wake_missing": "DELETE FROM job WHERE workspace_id = :w",
    "job_given_up": "UPDATE job SET due_at = NULL, attempts = 12, last_error = 'oops' WHERE workspace_id = :w",
}
OTHERWISE = {"file_missing", "file_orphaned", "secret_readable", "disk_almost_full", "reference_broken"}
BY_SQLITE_ITSELF = {"database_damaged"}


def test_every_code_has_a_test_advice_and_a_line_in_the_guide() -> None:
    assert {*LOST, *MENDED, *OTHERWISE, *BY_SQLITE_ITSELF} == ADVICE.keys()
    assert [code for code in ADVICE if f"`{code}`" not in GUIDE.read_text()] == []
    promised = {code for code, advice in ADVICE.items() if "--repair" in advice}
    assert promised == {*MENDED, "file_orphaned", "secret_readable"}


@pytest.mark.parametrize("code", LOST)
def test_what_was_lost_is_found_and_left_alone(patient: Patient, code: str) -> None:
    patient.hurt(LOST[code])
    found = [one for one in examine(patient.units, patient.settings) if one.code == code]
    assert found != []
    assert mend(patient.units, patient.settings, found) == {}
    assert code in patient.codes()


@pytest.mark.parametrize("code", MENDED)
def test_what_follows_from_the_rest_is_found_and_mended(patient: Patient, code: str) -> None:
    before = patient.looks()
    patient.hurt(MENDED[code])
    found = examine(patient.units, patient.settings)
    assert {one.code for one in found} == {code}
    assert mend(patient.units, patient.settings, found)[code] > 0
    assert patient.codes() == set()
    assert patient.looks() == before
    [fact] = [row for row in patient.world.all(FactRow) if row.topic == "damage.repaired"]
    assert (fact.payload["code"], fact.audited) == (code, True)


def test_files_without_rows_are_cleared_and_rows_without_files_are_told(patient: Patient) -> None:
    storage, home = Storage(patient.settings.data / "files"), patient.world.workspace_id
    orphan, fresh = new_id(), new_id()
    for id in (orphan, fresh):
        storage.save(home, id, b"nobody's")
    yesterday = time.time() - 2 * 86_400
    os.utime(storage.path(home, orphan), (yesterday, yesterday))
    storage.remove(home, [patient.file])
    patient.hurt("UPDATE file SET state = 'sent' WHERE workspace_id = :w")
    found = examine(patient.units, patient.settings)
    assert {one.code for one in found} == {"file_missing", "file_orphaned"}
    assert mend(patient.units, patient.settings, found) == {"file_orphaned": 1}
    assert (storage.path(home, orphan).exists(), storage.path(home, fresh).exists()) == (False, True)
    assert patient.codes() == {"file_missing"}


def test_a_secret_that_others_can_read_is_closed_and_a_full_disk_is_told(
    patient: Patient, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = patient.settings.data / "secret"
    kept.write_text("something")
    kept.chmod(0o644)
    patient.settings = Settings(data=patient.settings.data, database=patient.settings.database)
    monkeypatch.setattr(doctor, "LEAST_FREE", 10**18)
    found = examine(patient.units, patient.settings)
    assert {one.code for one in found} == {"secret_readable", "disk_almost_full"}
    assert mend(patient.units, patient.settings, found) == {"secret_readable": 1}
    assert kept.stat().st_mode & 0o077 == 0


def test_a_row_that_refers_to_nothing_is_found(patient: Patient, database: str) -> None:
    if database != "sqlite":
        pytest.skip("a server keeps its references itself")
    with sqlite3.connect(patient.settings.data / "helpline.sqlite3") as behind:
        behind.execute("UPDATE channel_category SET owner_id = 'nobody'")
    behind.close()
    assert patient.codes() == {"reference_broken"}


def test_who_was_counted_as_busy_gets_what_waits_when_that_is_mended(patient: Patient) -> None:
    world = patient.world
    patient.hurt("UPDATE presence SET load = load + 100 WHERE workspace_id = :w")
    waiting = world.write(world.visitor()).conversation_id
    assert world.conversation(waiting).agent_id is None
    assert mend(patient.units, patient.settings, examine(patient.units, patient.settings))["load_wrong"] > 0
    assert world.conversation(waiting).agent_id is not None
    assert patient.codes() == set()

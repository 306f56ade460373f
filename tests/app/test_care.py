"""Backup while it runs, restore, and what the doctor finds."""

import io
import json
import sqlite3
import tarfile
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from helpline.app.care import doctor
from helpline.app.care.backup import back_up, restore
from helpline.app.care.doctor import Finding, examine
from helpline.app.cli.opening import opened
from helpline.app.cli.say import Refused
from helpline.app.settings import Settings
from helpline.conversations import Message
from helpline.core import Tx, Units, new_id
from helpline.files.storage import Storage
from tests.app.furnished import furnished
from tests.commands import Done, helpline
from tests.make import World, make_world


@pytest.fixture
def embedded(settings: Settings, database: str) -> Settings:
    """An embedded installation."""
    if database != "sqlite":
        pytest.skip("a server's database is backed up with its own tools")
    return settings


def _restored(file: Path, data: Path) -> tuple[Settings, list[str], Units]:
    restore(file, Settings(data=data), force=False)
    settings = Settings(data=data)
    units = opened(settings)
    return settings, [finding.detail for finding in examine(units, settings)], units


def test_a_backup_taken_while_much_happens_is_consistent_and_holds_what_was_acknowledged_before(
    embedded: Settings, units: Units, tmp_path: Path
) -> None:
    world, acknowledged, begun, stop = make_world(units), [], threading.Event(), threading.Event()
    agent = world.agent(limit=1000)

    def talk() -> None:
        while not stop.is_set():
            visitor = world.visitor()
            conversation = world.write(visitor).conversation_id
            acknowledged.append(world.answer(agent, conversation).id)
            world.close(agent, conversation)
            if len(acknowledged) == 10:
                begun.set()

    talking = threading.Thread(target=talk)
    talking.start()
    begun.wait(60)
    before = list(acknowledged)
    back_up(embedded, tmp_path / "backup.tar.gz")
    stop.set()
    talking.join()
    _, found, copy = _restored(tmp_path / "backup.tar.gz", tmp_path / "restored")
    try:
        assert found == []
        there = {message.id for message in World(copy, world.workspace_id, "", "", "").all(Message)}
        assert set(before) <= there
    finally:
        copy.close()


def test_files_and_the_secret_come_back(embedded: Settings, units: Units, tmp_path: Path) -> None:
    world, rows = furnished(units, "Acme")
    Storage(embedded.data / "files").save(world.workspace_id, rows["file"], b"hello")
    back_up(embedded, tmp_path / "backup.tar.gz")
    settings, found, copy = _restored(tmp_path / "backup.tar.gz", tmp_path / "restored")
    copy.close()
    assert found == []
    assert Storage(settings.data / "files").path(world.workspace_id, rows["file"]).read_bytes() == b"hello"
    assert (settings.data / "secret").read_text() == "for tests only"
    assert (settings.data / "secret").stat().st_mode & 0o077 == 0


def test_a_file_that_is_thrown_away_meanwhile_is_left_out(
    embedded: Settings, units: Units, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    world, rows = furnished(units, "Acme")
    storage, unsent, add = Storage(embedded.data / "files"), new_id(), tarfile.TarFile.add
    for id in (rows["file"], unsent):
        storage.save(world.workspace_id, id, b"hello")

    def add_late(archive: tarfile.TarFile, name: Path, *arguments: Any, **more: Any) -> None:
        if Path(name).name == unsent:  # it was listed, and the sweep comes by
            storage.remove(world.workspace_id, [unsent])
        add(archive, name, *arguments, **more)

    monkeypatch.setattr(tarfile.TarFile, "add", add_late)
    back_up(embedded, tmp_path / "backup.tar.gz")
    with tarfile.open(tmp_path / "backup.tar.gz") as archive:
        there = {Path(name).name for name in archive.getnames()}
    assert rows["file"] in there
    assert unsent not in there


def test_a_restore_overwrites_nothing_unless_forced_and_then_moves_it_aside(
    embedded: Settings, units: Units, tmp_path: Path
) -> None:
    make_world(units)
    back_up(embedded, tmp_path / "backup.tar.gz")
    restore(tmp_path / "backup.tar.gz", Settings(data=tmp_path / "there"), force=False)
    with pytest.raises(Refused, match="--force"):
        restore(tmp_path / "backup.tar.gz", Settings(data=tmp_path / "there"), force=False)
    restore(tmp_path / "backup.tar.gz", Settings(data=tmp_path / "there"), force=True)
    [aside] = (tmp_path / "there").glob("before-restore-*")
    assert (aside / "helpline.sqlite3").exists()


def test_what_is_no_backup_or_damaged_or_newer_is_refused(embedded: Settings, units: Units, tmp_path: Path) -> None:
    make_world(units)
    back_up(embedded, tmp_path / "backup.tar.gz")
    (tmp_path / "none").write_bytes(b"nothing")
    with tarfile.open(tmp_path / "empty", "w:gz"):
        pass
    _change(tmp_path / "backup.tar.gz", tmp_path / "newer", "backup.json", lambda was: was.replace(b'"00', b'"99'))
    _change(tmp_path / "backup.tar.gz", tmp_path / "damaged", "helpline.sqlite3", lambda was: was[: len(was) // 2])
    for name, sentence in {
        "none": "cannot be read",
        "empty": "no backup",
        "newer": "newer version",
        "damaged": "damaged",
    }.items():
        with pytest.raises(Refused, match=sentence):
            restore(tmp_path / name, Settings(data=tmp_path / "there"), force=False)
    assert not (tmp_path / "there" / "helpline.sqlite3").exists()


def _change(source: Path, target: Path, name: str, change: Callable[[bytes], bytes]) -> None:

    with tarfile.open(source) as old, tarfile.open(target, "w:gz") as new:
        for entry in old.getmembers():
            taken = old.extractfile(entry)
            content = taken.read() if taken else b""
            content = change(content) if entry.name == name else content
            entry.size = len(content)
            new.addfile(entry, io.BytesIO(content))


def test_what_the_doctor_looks_at_stands_still(
    settings: Settings, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def count(tx: Tx) -> int:
        return (
            tx.db.scalar(select(func.count()).select_from(Message).where(Message.workspace_id == tx.workspace_id)) or 0
        )

    def while_somebody_writes(tx: Tx) -> Iterator[Finding]:
        before = count(tx)
        world.write(world.visitor())
        if count(tx) != before:
            yield Finding("clock_ahead", "It moved.")

    monkeypatch.setattr(doctor, "CHECKS", (while_somebody_writes,))
    assert examine(world.units, settings) == []
    assert world.see(count) > 0


def _helpline(*arguments: str, data: Path) -> Done:
    return helpline(*arguments, "--data", data, HELPLINE_SECRET="")


def test_backup_restore_and_doctor_from_the_command_line(embedded: Settings, units: Units, tmp_path: Path) -> None:
    make_world(units)
    file, there = tmp_path / "backup.tar.gz", tmp_path / "there"
    assert _helpline("backup", str(file), data=embedded.data).returncode == 0
    assert _helpline("restore", str(file), data=there).returncode == 0
    well = {"healthy": True, "repaired": {}, "findings": []}
    healthy = _helpline("doctor", "--json", data=there)
    assert (healthy.returncode, json.loads(healthy.stdout)) == (0, well), healthy.stdout
    with sqlite3.connect(there / "helpline.sqlite3") as broken:
        broken.execute("UPDATE presence SET load = 7")
    broken.close()
    mended = _helpline("doctor", "--repair", "--json", data=there)
    assert (mended.returncode, json.loads(mended.stdout)) == (0, {**well, "repaired": {"load_wrong": 1}}), mended.stdout
    with sqlite3.connect(there / "helpline.sqlite3") as broken:
        broken.execute("DELETE FROM fact WHERE seq = 2")
    broken.close()
    ill = _helpline("doctor", data=there)
    assert (ill.returncode, "facts are numbered" in ill.stdout) == (1, True)

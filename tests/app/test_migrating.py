"""Before an embedded database is migrated, it is copied: whole, also what was only in the write-ahead log."""

import sqlite3
from pathlib import Path

from helpline.app.migrate import back_up_file, migrate
from helpline.app.settings import Settings
from helpline.migrations import NEWEST


def test_the_copy_before_a_migration_is_whole(tmp_path: Path) -> None:
    settings = Settings(data=tmp_path)
    assert migrate(settings) == ("", NEWEST, None)
    with sqlite3.connect(tmp_path / "helpline.sqlite3") as writing:
        writing.execute("INSERT INTO node (id, seen_at) VALUES ('here', '2026-01-01 00:00:00.000000')")
        writing.commit()
        copy = back_up_file(settings, NEWEST)
    writing.close()
    reading = sqlite3.connect(copy)
    assert reading.execute("SELECT id FROM node").fetchall() == [("here",)]
    assert reading.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    reading.close()

"""All of an installation in one archive, taken while it runs, and back again."""

import io
import os
import shutil
import sqlite3
import tarfile
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec

from helpline import __version__
from helpline.migrations import NEWEST

from ..cli.say import Refused
from ..settings import Settings, secret_of
from . import postgres

DATABASE, DUMP = "helpline.sqlite3", "helpline.pgdump"
"""The database in an archive: of an embedded installation, and of one on a server."""
MANIFEST = "backup.json"
PARTS = (DATABASE, "secret", "files")


class Manifest(msgspec.Struct):
    """What an archive says of itself."""

    version: str
    migration: str
    made_at: datetime


def back_up(settings: Settings, target: Path) -> int:
    """Write the archive; its size. The database is copied first: every file that was sent by then is there when files are."""
    source = settings.data / DATABASE
    if settings.is_embedded and not source.exists():
        raise Refused(f"There is no database in {settings.data}.")
    draft = target.with_name(f"{target.name}.part")
    try:
        with TemporaryDirectory(dir=target.parent) as folder:
            name = DATABASE if settings.is_embedded else DUMP
            copy = Path(folder) / name
            migration = _copy(source, copy) if settings.is_embedded else postgres.dump(settings.url, copy)
            with tarfile.open(draft, "w:gz", compresslevel=3) as archive:
                _add(archive, MANIFEST, msgspec.json.encode(Manifest(__version__, migration, datetime.now(UTC))))
                archive.add(copy, name)
                _add(archive, "secret", secret_of(settings).encode())
                for file in sorted((settings.data / "files").rglob("*")):
                    with suppress(FileNotFoundError):  # never sent, and thrown away a moment ago
                        archive.add(file, file.relative_to(settings.data), recursive=False, filter=_whole)
        with draft.open("rb") as written:
            os.fsync(written.fileno())
        draft.replace(target)
    except OSError as error:
        raise Refused(f"{target} cannot be written: {error.strerror}.") from error
    finally:
        draft.unlink(missing_ok=True)
    return target.stat().st_size


def restore(archive: Path, settings: Settings, *, force: bool) -> Manifest:
    """Put an archive's installation where ``settings`` say, after it was looked at. What is there is moved aside, if ``force``."""
    data = settings.data
    there = [name for name in PARTS if (data / name).exists()]
    if there and not force:
        raise Refused(f"There is something in {data} already. Say --force to have it moved aside.")
    data.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=data) as folder:
        fresh = Path(folder)
        try:
            with tarfile.open(archive) as opened:
                opened.extractall(fresh, filter="data")
        except (OSError, tarfile.TarError, EOFError) as error:
            raise Refused(f"{archive} cannot be read: {error}.") from error
        manifest = _checked(archive, fresh, settings)
        if not settings.is_embedded:
            postgres.put_back(settings.url, fresh / DUMP, force=force)
        if there:
            _move_aside(data, there)
        (fresh / "secret").chmod(0o600)
        for name in PARTS:
            if (fresh / name).exists():
                shutil.move(fresh / name, data / name)
    return manifest


def _copy(source: Path, copy: Path) -> str:
    """SQLite's own backup, as of one moment, whatever is written meanwhile; the revision of its schema."""
    reading, writing = sqlite3.connect(f"file:{source}?mode=ro", uri=True), sqlite3.connect(copy)
    try:
        reading.backup(writing)
        writing.execute("PRAGMA journal_mode=DELETE")
        return str(writing.execute("SELECT version_num FROM alembic_version").fetchone()[0])
    finally:
        reading.close()
        writing.close()


def _checked(archive: Path, fresh: Path, settings: Settings) -> Manifest:
    try:
        manifest = msgspec.json.decode((fresh / MANIFEST).read_bytes(), type=Manifest)
        kinds = [name for name in (DATABASE, DUMP) if (fresh / name).is_file()]
        if len(kinds) != 1 or not (fresh / "secret").is_file():
            raise FileNotFoundError
    except (OSError, msgspec.MsgspecError):
        raise Refused(f"{archive} is no backup of Helpline.") from None
    if manifest.migration > NEWEST:
        raise Refused(f"{archive} was made by the newer version {manifest.version}; this one cannot read it.")
    if kinds == [DUMP] and settings.is_embedded:
        raise Refused(f"{archive} is of a PostgreSQL database; say with --database into which empty one it goes.")
    if kinds == [DATABASE] and not settings.is_embedded:
        raise Refused(f"{archive} is of an SQLite file; restore it into a folder, and move it by export and import.")
    if kinds == [DATABASE]:
        _check_file(archive, fresh / DATABASE)
    return manifest


def _check_file(archive: Path, file: Path) -> None:
    database = sqlite3.connect(file)
    try:
        found = database.execute("PRAGMA integrity_check").fetchone()[0]
    except sqlite3.DatabaseError as error:
        found = str(error)
    finally:
        database.close()
    if found != "ok":
        raise Refused(f"The database in {archive} is damaged: {found}.")


def _move_aside(data: Path, there: list[str]) -> None:
    aside = data / f"before-restore-{datetime.now(UTC):%Y%m%dT%H%M%SZ}"
    aside.mkdir()
    for name in [*there, f"{DATABASE}-wal", f"{DATABASE}-shm"]:
        if (data / name).exists():
            shutil.move(data / name, aside / name)


def _add(archive: tarfile.TarFile, name: str, content: bytes) -> None:
    entry = tarfile.TarInfo(name)
    entry.size, entry.mode, entry.mtime = len(content), 0o600, int(datetime.now(UTC).timestamp())
    archive.addfile(entry, io.BytesIO(content))


def _whole(entry: tarfile.TarInfo) -> tarfile.TarInfo | None:
    """Not what is being written right now."""
    return None if entry.name.endswith(".part") else entry

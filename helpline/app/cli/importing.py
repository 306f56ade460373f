"""``helpline import``."""

import gzip
import re
import sys
import time
import uuid
import zlib
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import IO, Annotated, cast

import msgspec
import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn
from rich.table import Table

from helpline.core import Actor
from helpline.core.tokens import Signer
from helpline.files.rules import LARGEST, clean_name, is_refused, media_type_of
from helpline.files.storage import Storage
from helpline.interchange.bringing import Bringing, LineOut, importer
from helpline.interchange.entries import Files, Stored
from helpline.interchange.errors import FileNotThere
from helpline.interchange.lines import ConversationLine, DraftLine, EntryIn, Line
from helpline.interchange.reading import portions

from ..settings import Settings, load, secret_of
from .console import out
from .opening import is_serving, opened, workspace_named
from .say import Refused
from .serve import ConfigFile, Data, Database

CHUNK = 256 * 1024
FROM_EXPORT = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
REFUSALS_SHOWN = 20
OUTCOMES = ("new", "changed", "unchanged", "refused")


def import_(
    files: Annotated[
        list[Path], typer.Argument(help="Lines of JSON (JSONL), packed with gzip or not; - is standard input.")
    ],
    workspace: Annotated[str | None, typer.Option(help="The workspace's name, if there are several.")] = None,
    create_missing: Annotated[
        bool,
        typer.Option("--create-missing", help="Make agents, teams, channels and choices that are named and not there."),
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print a JSON object for each line.")] = False,
    data: Data = None,
    database: Database = None,
    config: ConfigFile = None,
) -> None:
    """Take in contacts, conversations, messages and records of the past, each once; also while Helpline runs.

    The exit code is 1 when a line was refused; the others went in all the same.
    """
    settings = load(config, data=data, database=database)
    units = opened(settings)
    told: Counter[str] = Counter()
    try:
        actor = importer(workspace_named(units, workspace))
        with _Shown(files, as_json) as shown:
            for file in files:
                beside = _Beside(settings, actor, file.parent)
                turns = _Turns(settings)
                bringing = Bringing(units, actor, create_missing=create_missing, files_of=beside.of, between=turns.give)
                for portion in portions(shown.read(file)):
                    turns.begin()
                    lines = bringing.take_in(portion)
                    told.update(line.outcome for line in lines)
                    shown.tell(file, lines)
    finally:
        units.close()
    if not as_json:
        shown.sum_up(told)
    if told["refused"]:
        raise typer.Exit(1)


class _Turns:
    """The server's writer shall have its turn: as long as each unit took, there is a pause."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self.begin()

    def begin(self) -> None:
        """Work begins."""
        self._began = time.perf_counter()

    def give(self) -> None:
        """Wait, if there is somebody to wait for."""
        if is_serving(self._settings):
            time.sleep(time.perf_counter() - self._began)
        self.begin()


class _Beside:
    """The files that lie beside a file of lines: their bytes are made safe before a line speaks of them."""

    def __init__(self, settings: Settings, actor: Actor, folder: Path) -> None:
        self._storage, self._signer = Storage(settings.data / "files"), Signer(secret_of(settings))
        self._workspace_id, self._folder = actor.workspace_id, folder.resolve()

    def of(self, line: Line) -> Files:
        """The files of one line, by path."""
        lines: Sequence[Line | EntryIn] = line.messages if isinstance(line, ConversationLine) else [line]
        entries = [one for one in lines if isinstance(one, EntryIn | DraftLine)]
        return {given.path: self._stored(given.path, given.name) for entry in entries for given in entry.files}

    def _stored(self, path: str, name: str) -> Stored:
        source = (self._folder / path).resolve()
        if not source.is_relative_to(self._folder) or not source.is_file() or source.stat().st_size > LARGEST:
            raise FileNotThere(f"There is no file {path!r} of at most 20 MB beside the import.", field="messages")
        content, shown = source.read_bytes(), clean_name(name)
        if is_refused(shown):
            raise FileNotThere(f"Files such as {shown!r} are not accepted.", field="messages")
        id = self._id(path, shown, content)
        if not self._storage.touch(self._workspace_id, id):
            self._storage.save(self._workspace_id, id, content)
        url = f"/files/{self._workspace_id}/{id}/{self._signer.mark('file', self._workspace_id, id)}"
        return Stored(id, shown, media_type_of(shown, content[:16]), len(content), url)

    def _id(self, path: str, shown: str, content: bytes) -> str:
        """The id that it had in an export, unless another file has it here; else one that is always the same for it."""
        name = Path(path).name
        if FROM_EXPORT.fullmatch(name):
            there = self._storage.path(self._workspace_id, name)
            if not there.exists() or there.read_bytes() == content:
                return name
        return str(uuid.uuid5(uuid.UUID(self._workspace_id), f"{path}\0{shown}\0{zlib.crc32(content)}"))


class _Shown:
    """How far it is, and what was refused."""

    def __init__(self, files: list[Path], as_json: bool) -> None:
        self._as_json, self._refused, self._began = as_json, 0, time.perf_counter()
        self._console = Console(stderr=True)
        total = sum(file.stat().st_size for file in files if file.is_file())
        columns = (TextColumn("import"), BarColumn(), TaskProgressColumn(), TimeRemainingColumn())
        self._bar = Progress(*columns, console=self._console, disable=as_json or not self._console.is_terminal)
        self._task = self._bar.add_task("", total=total or None)

    def __enter__(self) -> "_Shown":
        self._bar.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._bar.stop()

    def read(self, file: Path) -> Iterator[bytes]:
        """The bytes of a file, unpacked; the bar follows."""
        try:
            with sys.stdin.buffer if str(file) == "-" else file.open("rb") as raw:
                plain = cast(IO[bytes], gzip.GzipFile(fileobj=raw)) if file.suffix == ".gz" else raw
                while chunk := plain.read(CHUNK):
                    before = raw.tell() if raw.seekable() else 0
                    yield chunk
                    self._bar.update(self._task, completed=before)
        except (OSError, EOFError, zlib.error) as error:
            why = error.strerror if isinstance(error, OSError) and error.strerror else "it is not a whole gzip file"
            raise Refused(f"{file} cannot be read: {why}.") from None

    def tell(self, file: Path, lines: list[LineOut]) -> None:
        """What became of some lines."""
        for line in lines:
            if self._as_json:
                sys.stdout.write(msgspec.json.encode({"file": str(file), **msgspec.to_builtins(line)}).decode() + "\n")
            elif line.outcome == "refused":
                self._refused += 1
                if self._refused <= REFUSALS_SHOWN:
                    where = f"{file}, line {line.line}"
                    self._console.print(f"{where}: {line.detail} ({line.code})", highlight=False, markup=False)

    def sum_up(self, told: Counter[str]) -> None:
        """The whole in a table."""
        if self._refused > REFUSALS_SHOWN:
            self._console.print(f"… and {self._refused - REFUSALS_SHOWN} more; --json tells all.", highlight=False)
        seconds = max(time.perf_counter() - self._began, 0.001)
        table = Table(box=None, padding=(0, 2), show_header=False)
        for outcome in OUTCOMES:
            table.add_row(outcome, f"{told[outcome]:,}")
        out.print(table)
        out.print(f"  {sum(told.values()):,} lines in {seconds:,.1f} s", highlight=False)

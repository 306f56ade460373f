"""``helpline export``."""

import gzip
import shutil
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import takewhile
from pathlib import Path
from typing import IO, Annotated, cast

import msgspec
import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn
from rich.table import Table

from helpline.core import Actor, Tx
from helpline.files.storage import Storage
from helpline.interchange.giving import everything, files_of, how_many
from helpline.interchange.lines import Line, encode, kind_of

from ..settings import load
from .console import out
from .opening import opened, workspace_named
from .say import Refused
from .serve import ConfigFile, Data, Database

NAME = "export.jsonl.gz"
TAKES_TIME = ("contact", "conversation")


def export(
    target: Annotated[Path, typer.Argument(help="A new folder, or a file that ends in .jsonl or .jsonl.gz.")],
    workspace: Annotated[str | None, typer.Option(help="The workspace's name, if there are several.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
    data: Data = None,
    database: Database = None,
    config: ConfigFile = None,
) -> None:
    """Write everything of a workspace as lines of JSON that `helpline import` takes in, and the files beside them.

    No password, token or key is in it. Also while Helpline runs.
    """
    file = target if target.name.endswith((".jsonl", ".jsonl.gz")) else target / NAME
    if file.exists() or (file.parent / "files").exists():
        raise Refused(f"There is an export at {file.parent} already; choose another place.")
    settings = load(config, data=data, database=database)
    units, began = opened(settings), time.perf_counter()
    try:
        workspace_id = workspace_named(units, workspace)
        beside = _Beside(Storage(settings.data / "files"), workspace_id, file.parent / "files")
        told = units.read_now(Actor.system(workspace_id), _write, file, beside, quiet=as_json)
    except OSError as error:
        raise Refused(f"{file} cannot be written: {error.strerror}.") from error
    except KeyboardInterrupt:
        beside.is_wanted = False  # it reads in a thread of its own
        raise
    finally:
        units.close()
    if as_json:
        summary = {"file": str(file), "lines": dict(told), "files": beside.copied, "missing_files": beside.missing}
        typer.echo(msgspec.json.encode(summary).decode())
        return
    table = Table(box=None, padding=(0, 2), show_header=False)
    for kind, count in (told | Counter({"file": beside.copied})).items():
        table.add_row(kind, f"{count:,}")
    out.print(table)
    out.print(f"  {file} in {time.perf_counter() - began:,.1f} s", highlight=False)
    if beside.missing:
        out.print(f"  The bytes of {beside.missing} files are missing; `helpline doctor` names them.")


class _Beside:
    """The folder of files beside the lines."""

    def __init__(self, storage: Storage, workspace_id: str, folder: Path) -> None:
        self._storage, self._workspace_id, self._folder = storage, workspace_id, folder
        self.copied = self.missing = 0
        self.is_wanted = True

    def copy(self, id: str) -> None:
        """The bytes of a file, under its id."""
        source = self._storage.path(self._workspace_id, id)
        if not source.is_file():
            self.missing += 1
        elif not (self._folder / id).exists():
            self._folder.mkdir(exist_ok=True)
            shutil.copyfile(source, self._folder / id)
            self.copied += 1


def _write(tx: Tx, file: Path, beside: _Beside, *, quiet: bool) -> Counter[str]:
    """Everything, line by line. The file has its name when it is whole."""
    tx.stand_still()
    told: Counter[str] = Counter()
    file.parent.mkdir(parents=True, exist_ok=True)
    draft = file.with_name(f"{file.name}.part")
    try:
        with draft.open("wb") as raw, _bar(tx, quiet=quiet) as tick:
            plain = cast(IO[bytes], gzip.GzipFile("", "wb", 6, raw)) if file.suffix == ".gz" else raw
            for line in takewhile(lambda _: beside.is_wanted, everything(tx)):
                plain.write(encode(line) + b"\n")
                for id in files_of(line):
                    beside.copy(id)
                told[kind_of(line)] += 1
                tick(line)
            if plain is not raw:
                plain.close()
        if beside.is_wanted:
            draft.replace(file)
    finally:
        draft.unlink(missing_ok=True)
    return told


@contextmanager
def _bar(tx: Tx, *, quiet: bool) -> Iterator["_Tick"]:
    """How far it is, on a terminal."""
    console = Console(stderr=True)
    columns = (TextColumn("export"), BarColumn(), TaskProgressColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, disable=quiet or not console.is_terminal) as bar:
        yield _Tick(bar, how_many(tx))


class _Tick:
    def __init__(self, bar: Progress, total: int) -> None:
        self._bar, self._task = bar, bar.add_task("", total=total)

    def __call__(self, line: Line) -> None:
        if kind_of(line) in TAKES_TIME:
            self._bar.advance(self._task)

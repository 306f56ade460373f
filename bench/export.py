"""Row ``export``: a filled workspace as one file, CSV and workbook, from a server. ``python -m bench.export FOLDER``

``FOLDER`` is one that ``bench.records`` filled, such as ``plenty/1000000``. What its memory is at most over the whole of it stands
beside what it was at most during the first tenth of it: where nothing piles up, that is the same. Own memory counts, and not
the pages of the file that lie in the system's memory and are given back whenever it wants them.
"""

import argparse
import pickle
import threading
import time
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import Any

import httpx

from helpline.app.consequences import CONSEQUENCES
from helpline.app.settings import Settings
from helpline.core import Tx, Units
from helpline.people import Agent, Role, access

from .report import Case, show
from .serving import PORT, helpline

OFTEN = 0.25


def main() -> None:
    """Both forms."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("folder", type=Path)
    given = asked.parse_args()
    settings = Settings(data=given.folder, port=PORT)
    token = _token(settings, *pickle.loads((given.folder / "plenty").read_bytes()))
    with helpline(settings) as server:
        show([exported(server.pid, token, form) for form in ("csv", "xlsx")])


def exported(pid: int, token: str, form: str) -> Case:
    """One file, and what it took."""
    with watched(pid) as seen:
        began = time.perf_counter()
        size, rows = fetched(token, form)
        took = time.perf_counter() - began
    early = max(own for at, own, _ in seen if at - began < max(took / 10, 3))
    case = Case(f"export {form}", "MB at most", 1.1, "lower")
    case.add(max(own for _, own, _ in seen), early, rows)
    mapped = max(of_file for _, _, of_file in seen)
    case.notes.append(
        f"{rows:,} records, {size / 1e6:.0f} MB in {took:.0f} s; beside it up to {mapped:.0f} MB of the mapped file"
    )
    return case


def fetched(token: str, form: str) -> tuple[int, int]:
    """Bytes and records of a file."""
    url, headers = f"http://127.0.0.1:{PORT}/api/records/export", {"Authorization": f"Bearer {token}"}
    size, rows, whole = 0, -1, BytesIO()
    with httpx.stream("GET", url, params={"format": form}, headers=headers, timeout=60) as answer:
        answer.raise_for_status()
        for part in answer.iter_bytes():
            size += len(part)
            if form == "csv":
                rows += part.count(b"\r\n")
            else:
                whole.write(part)
    if form == "xlsx":
        with zipfile.ZipFile(whole) as book, book.open(_sheet(book)) as sheet:
            held = b""
            while part := sheet.read(1 << 20):
                held = held[-3:] + part
                rows += held.count(b"<row")
    return size, rows


def _sheet(book: zipfile.ZipFile) -> str:
    return next(name for name in book.namelist() if "worksheets/" in name)


@contextmanager
def watched(pid: int) -> Iterator[list[tuple[float, float, float]]]:
    """(when, own memory, memory of files) in megabytes, again and again."""
    seen, over = list[tuple[float, float, float]](), threading.Event()

    def watch() -> None:
        while not over.wait(OFTEN):
            lines = dict(line.split(":", 1) for line in Path(f"/proc/{pid}/status").read_text().splitlines())
            own, of_file = (int(lines[name].split()[0]) / 1024 for name in ("RssAnon", "RssFile"))
            seen.append((time.perf_counter(), own, of_file))

    watcher = threading.Thread(target=watch)
    watcher.start()
    try:
        yield seen
    finally:
        over.set()
        watcher.join()


def _token(settings: Settings, system: Any, plenty: Any) -> str:
    units = Units(settings.url, CONSEQUENCES)
    try:
        return units.run_now(system, _make_token, plenty.agents[0])
    finally:
        units.close()


def _make_token(tx: Tx, agent_id: str) -> str:
    tx.get(Agent, agent_id).role = Role.ADMINISTRATOR
    return access.create_token(tx, agent_id, "export")[1]


if __name__ == "__main__":
    main()

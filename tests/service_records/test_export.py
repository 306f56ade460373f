"""The whole list of service records, as CSV, as a workbook and as lines of JSON."""

import csv
import io
import json
import zipfile
from datetime import datetime
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import httpx
import openpyxl
import pytest

from helpline.core import workbook
from helpline.core.spreadsheet import BOM, cell
from helpline.service_records.events import RecordsExported
from helpline.service_records.export_api import COLUMNS
from tests.running import Running

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
SHARED = Path(__file__).parents[3] / "shared" / "data" / "hostile-csv" / "csv_cells.json"
FORMULAS = ["=1+1", "+1+1", "-1+1", "@SUM(1+1)", "\t=1+1", "\r=1+1", "＝1+1", '"=1+1', "=cmd|' /C calc'!A0"]
HARMLESS = ["-5", "+886912345678", "@handle", "+886 912 555 018", "plain = text", ""]


@pytest.mark.parametrize("text", FORMULAS)
def test_a_formula_gets_an_apostrophe_in_front(text: str) -> None:
    assert cell(text) == f"'{text}"


@pytest.mark.parametrize("text", HARMLESS)
def test_numbers_handles_and_ordinary_texts_stay_as_they_are(text: str) -> None:
    assert cell(text) == text


def test_cells_that_others_collected_are_shown_and_not_run() -> None:
    if not SHARED.exists():
        pytest.skip("the shared cells are not here")
    for one in json.loads(SHARED.read_text()):
        written = cell(one["cell"])
        assert one["must_stay_readable"] == (written == one["cell"]) or one["cell"][0] not in '=+-@\t\r＝"'


def _rated(comment: str) -> dict[str, Any]:
    """Four stars in words."""
    asked, expires = "2025-04-01T09:00:00Z", "2025-04-02T09:00:00Z"
    said = {"rated_at": asked, "stars": 4, "comment": comment, "reasons": ["Quick", "Kind"]}
    return {"agent": "ada@example.com", "asked_at": asked, "expires_at": expires, **said}


@pytest.fixture
def admin(running: Running) -> httpx.Client:
    """An administrator with 405 records of the past; every other one has a formula in its notes."""
    client = running.set_up()
    lines = [
        {
            "type": "conversation",
            "id": f"t-{number}",
            "channel": "Web chat",
            "agent": "ada@example.com",
            "contact_name": f"客戶 {number}",
            "messages": [
                {"at": f"2025-03-{1 + number // 60:02}T09:{number % 60:02}:00Z", "text": "?"},
                {"at": f"2025-03-{1 + number // 60:02}T09:{number % 60:02}:30Z", "by": "agent", "text": "!"},
            ],
            "record": {
                "result": "Completed",
                "reasons": ["Wrong item"],
                "notes": "=1+1" if number % 2 else "two\nlines",
                "rating": 4 if number % 3 == 0 else None,
            },
            "rating": _rated("@SUM(A1)") if number % 3 == 0 else None,
        }
        for number in range(405)
    ]
    body = "\n".join(json.dumps(line) for line in lines)
    assert client.post("/api/import", content=body, timeout=120).text.count('"new"') == 405
    return client


def test_all_pages_come_in_the_order_of_the_list_and_filtered_as_it_is(admin: httpx.Client) -> None:
    told = admin.get("/api/records/export", params={"format": "jsonl"})
    assert told.headers["content-disposition"].endswith('.jsonl"')
    rows = [json.loads(line) for line in told.text.splitlines()]
    assert [row["number"] for row in rows] == sorted((row["number"] for row in rows), reverse=True)
    assert (len(rows), {row["notes"] for row in rows}) == (405, {"=1+1", "two\nlines"})
    some = admin.get("/api/records/export", params={"format": "jsonl", "created_to": "2025-03-02T00:00:00Z"})
    assert len(some.text.splitlines()) == 60
    assert admin.get("/api/records/export", params={"format": "xml"}).status_code == 400
    rated = [row for row in rows if row["rating"]]
    assert {(row["rating"], row["rating_comment"], *row["rating_reasons"]) for row in rated} == {
        (4, "@SUM(A1)", "Quick", "Kind")
    }
    by_stars = admin.get("/api/records/export", params={"format": "jsonl", "rating": 4})
    assert [json.loads(line)["id"] for line in by_stars.text.splitlines()] == [row["id"] for row in rated]


def test_a_workbook_holds_the_same_rows_with_times_and_numbers_as_such(admin: httpx.Client) -> None:
    admin.patch("/api/workspace", json={"timezone": "Asia/Taipei"}).raise_for_status()
    told = admin.get("/api/records/export", params={"format": "xlsx", "sort": "started_at"})
    assert told.headers["content-disposition"].endswith('.xlsx"')
    [rows] = _sheets(told.content)
    assert len(rows) == 406
    head, first = rows[0], dict(zip(rows[0], rows[1], strict=True))
    assert head == list(COLUMNS)
    assert first["contact_name"].startswith("客戶")
    assert {row[head.index("notes")] for row in rows[1:]} == {"=1+1", "two\nlines"}
    assert {first["rating"], first["rating_comment"], first["rating_reasons"]} == {4.0, "@SUM(A1)", "Quick; Kind"}
    days = datetime(2025, 3, 1, 17, 0, 30) - datetime(1899, 12, 30)  # noqa: DTZ001 - in Taipei
    assert first["started_at"] == pytest.approx(days.total_seconds() / 86_400)
    assert isinstance(first["number"], float)


def test_a_table_that_is_too_long_goes_on_on_another_sheet(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "MOST_ROWS", 3)
    book = workbook.Workbook("A & <B>", ["text"])
    given = ["a" * 40_000, "=1+1", " <b>&amp;\x00\ud800\uffff ", "退貨\r\n🎉", None]
    book.write([[one] for one in given])
    begun = book.taken()
    book.close()
    sheets = _sheets(begun + book.taken())
    assert [len(rows) for rows in sheets] == [3, 3, 2]
    assert [row for rows in sheets for row in rows[1:]] == [
        ["a" * 32_767],
        ["=1+1"],
        [" <b>&amp; "],
        ["退貨\n🎉"],
        [""],
    ]


def test_another_program_reads_the_cells_as_texts_and_none_as_a_formula(admin: httpx.Client) -> None:
    told = admin.get("/api/records/export", params={"format": "xlsx", "sort": "started_at"})
    sheet = openpyxl.load_workbook(io.BytesIO(told.content)).active
    assert sheet is not None
    assert (sheet.max_row, sheet.max_column) == (406, len(COLUMNS))
    head = [cell.value for cell in sheet[1]]
    assert head == list(COLUMNS)
    first = dict(zip(head, sheet[2], strict=True))
    assert (first["notes"].value, sheet.cell(3, head.index("notes") + 1).value) == ("two\nlines", "=1+1")
    assert (first["started_at"].value, first["started_at"].is_date) == (datetime(2025, 3, 1, 9, 0, 30), True)  # noqa: DTZ001
    assert "f" not in {cell.data_type for row in sheet.iter_rows() for cell in row}


def test_hostile_cells_are_texts_to_another_program() -> None:
    collected = [one["cell"] for one in json.loads(SHARED.read_text())] if SHARED.exists() else []
    given = [*FORMULAS, *HARMLESS, *collected]
    book = workbook.Workbook("Hostile", ["text"])
    book.write([[one] for one in given])
    book.close()
    sheet = openpyxl.load_workbook(io.BytesIO(book.taken())).active
    assert sheet is not None
    read = [row[0] for row in sheet.iter_rows(min_row=2)]
    assert [(cell.value or "") for cell in read] == [one.replace("\r\n", "\n").replace("\r", "\n") for one in given]
    assert {cell.data_type for cell in read} <= {"s", "inlineStr", "n"}  # "n" is what an empty one is
    assert [cell.value for cell in read if cell.data_type == "n"] == [None] * given.count("")


def _sheets(content: bytes) -> list[list[list[object]]]:
    """The rows of each sheet, as their cells are."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
        names = sorted(name for name in archive.namelist() if name.startswith("xl/worksheets"))
        sheets = [ElementTree.fromstring(archive.read(name)) for name in names]
    return [[[_value(cell) for cell in row] for row in sheet.iter(f"{{{_MAIN}}}row")] for sheet in sheets]


def _value(cell: ElementTree.Element) -> object:
    number = cell.find(f"{{{_MAIN}}}v")
    return "".join(cell.itertext()) if number is None else float(str(number.text))


def test_csv_can_be_opened_without_anything_being_run(admin: httpx.Client) -> None:
    told = admin.get("/api/records/export").content.decode()
    assert told.startswith(BOM)
    rows = list(csv.DictReader(io.StringIO(told.removeprefix(BOM), newline="")))
    assert len(rows) == 405
    assert {row["notes"] for row in rows} == {"'=1+1", "two\nlines"}
    assert (rows[0]["handler"], rows[0]["result"], rows[0]["reasons"]) == ("Ada", "Completed", "Wrong item")
    assert rows[0]["contact_name"].startswith("客戶")


def test_who_took_which_records_along_stands_in_the_audit_log(running: Running) -> None:
    admin = running.set_up()
    asked = {"format": "jsonl", "state": "completed", "created_from": "2026-01-01T00:00:00Z"}
    admin.get("/api/records/export", params=asked).raise_for_status()
    [entry] = [row for row in admin.get("/api/audit").json()["items"] if row["topic"] == RecordsExported.topic()]
    assert entry["actor_name"] == "Ada"
    assert entry["details"] == {
        "form": "jsonl",
        "filters": {"state": ["completed"], "created_from": "2026-01-01T00:00:00Z"},
    }

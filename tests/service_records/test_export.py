"""The whole list of service records, as CSV and as lines of JSON."""

import csv
import io
import json
from pathlib import Path

import httpx
import pytest

from helpline.core.spreadsheet import BOM, cell
from helpline.service_records.events import RecordsExported
from tests.running import Running

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
            },
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

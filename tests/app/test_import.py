"""Import from outside: by API and from the command line."""

import gzip
import json
import os
import time
from pathlib import Path
from typing import Any

import httpx
import pytest

from helpline.interchange.errors import FileNotThere, NotYoursToSetUp, UnknownName
from helpline.people.roles import NotYoursToGive
from tests.commands import Done, helpline
from tests.interchange.bring import CONTACT, TALK
from tests.running import Running

LINES = [CONTACT, TALK, "{oops", {**TALK, "id": "t-2", "agent": "nobody@acme.example"}]


def _body(*lines: Any) -> bytes:
    return "\n".join(line if isinstance(line, str) else json.dumps(line) for line in lines).encode()


def _told(answer: httpx.Response) -> list[dict[str, Any]]:
    assert answer.status_code == 200, answer.text
    return [json.loads(line) for line in answer.text.splitlines()]


@pytest.fixture
def admin(running: Running) -> httpx.Client:
    client = running.set_up()
    colleague = {"name": "Bo", "email": "bo@acme.example", "password": "correct horse battery"}
    assert client.post("/api/agents", json=colleague).status_code == 201
    return client


def _clerk(running: Running, admin: httpx.Client, *also: str) -> httpx.Client:
    """Somebody who may import, and little else."""
    role = admin.post("/api/roles", json={"name": "Clerk", "permissions": ["data.import", *also]}).json()["id"]
    clara = {"name": "Clara", "email": "clara@acme.example", "password": "correct horse battery"}
    admin.post("/api/agents", json={**clara, "role": role}).raise_for_status()
    clerk = running.client()
    signed_in = clerk.post("/api/session", json={"email": clara["email"], "password": clara["password"]})
    clerk.headers["x-csrf-token"] = signed_in.json()["csrf"]
    return clerk


def test_each_line_of_a_body_is_answered_and_what_came_in_is_there(admin: httpx.Client) -> None:
    told = _told(admin.post("/api/import", content=_body(*LINES)))
    assert [(line["line"], line["outcome"]) for line in told] == [
        (1, "new"),
        (2, "new"),
        (3, "refused"),
        (4, "refused"),
    ]
    assert told[0] == {"line": 1, "outcome": "new", "type": "contact", "id": "c-1"}
    assert (told[3]["code"], told[3]["field"], told[3]["id"]) == (UnknownName.code(), "agent", "t-2")
    [record] = admin.get("/api/records").json()["items"]
    assert (record["contact_name"], record["started_at"]) == ("Niamh Brennan", "2025-03-04T09:02:30.500000Z")
    [talk] = admin.get("/api/conversations", params={"view": "closed"}).json()["items"]
    assert talk["service_record_id"] == record["id"]
    again = _told(admin.post("/api/import", params={"create_missing": True}, content=_body(*LINES)))
    assert [line["outcome"] for line in again] == ["unchanged", "unchanged", "refused", "new"]


def test_who_imports_makes_nobody_who_may_do_more_than_they(running: Running, admin: httpx.Client) -> None:
    clerk = _clerk(running, admin, "people.manage")
    eve = {"type": "agent", "name": "Eve", "email": "eve@acme.example", "role": "administrator"}
    told = _told(clerk.post("/api/import", content=_body(eve, CONTACT, TALK)))
    assert [line["outcome"] for line in told] == ["refused", "new", "new"]
    assert (told[0]["code"], told[0]["field"]) == (NotYoursToGive.code(), "role")
    assert [line["outcome"] for line in _told(admin.post("/api/import", content=_body(eve)))] == ["new"]


SET_UP: list[dict[str, Any]] = [
    {"type": "workspace", "limit": 50, "timezone": "Asia/Taipei"},
    {"type": "break_reason", "label": "Nap"},
    {"type": "role", "name": "Nobody", "permissions": []},
    {"type": "owner", "name": "Kestrel"},
    {"type": "team", "name": "Night"},
    {"type": "agent", "name": "Eve", "email": "eve@acme.example", "active": True},
    {"type": "agent", "name": "Bobby", "email": "bo@acme.example", "limit": 50},
    {"type": "category", "name": "Brand", "team": "Support"},
    {"type": "channel", "name": "Shop", "category": "Web", "active": True},
    {"type": "result", "label": "Sold"},
    {"type": "reason", "label": "Upsell"},
]


def test_who_imports_sets_up_only_what_they_may_set_up_by_hand(running: Running, admin: httpx.Client) -> None:
    clerk = _clerk(running, admin)
    facts = admin.get("/api/audit").json()
    for line in SET_UP:
        [told] = _told(clerk.post("/api/import", content=_body(line)))
        assert (line, told["outcome"], told.get("code")) == (line, "refused", NotYoursToSetUp.code())
    missing = {**TALK, "contact": None, "channel": "Shop", "team": "Night", "agent": "Eve", "record": None}
    for name in ("channel", "team", "agent"):
        line = {**TALK, "contact": None, "record": None, name: missing[name]}
        [told] = _told(clerk.post("/api/import", params={"create_missing": True}, content=_body(line)))
        assert (told["outcome"], told["code"], told["field"]) == ("refused", NotYoursToSetUp.code(), name)
    for record in ({"result": "Sold"}, {"reasons": ["Upsell"]}, {"owner": "Kestrel"}):
        line = {**TALK, "contact": None, "record": record}
        [told] = _told(clerk.post("/api/import", params={"create_missing": True}, content=_body(line)))
        assert told["code"] == NotYoursToSetUp.code()
    assert admin.get("/api/audit").json() == facts
    told = _told(clerk.post("/api/import", params={"create_missing": True}, content=_body(CONTACT, TALK)))
    assert [line["outcome"] for line in told] == ["new", "new"]


def test_who_may_set_up_by_hand_may_by_import(admin: httpx.Client) -> None:
    category = admin.get("/api/channel-categories").json()[0]["name"]
    team = admin.get("/api/teams").json()[0]["name"]
    lines = [{**line, **({"team": team} if "team" in line else {})} for line in SET_UP]
    lines = [{**line, **({"category": category} if "category" in line else {})} for line in lines]
    told = _told(admin.post("/api/import", content=_body(*lines)))
    assert {line["outcome"] for line in told} == {"new", "changed"}


def test_a_long_body_is_taken_in_as_it_comes(admin: httpx.Client) -> None:
    def lines() -> Any:
        for number in range(1500):
            yield _body({**CONTACT, "id": f"c-{number}", "notes": "x" * 2000}) + b"\n"

    told = _told(admin.post("/api/import", content=lines(), timeout=120))
    assert [line["line"] for line in told] == list(range(1, 1501))
    assert {line["outcome"] for line in told} == {"new"}


def test_without_a_body_there_is_nothing_to_do(admin: httpx.Client) -> None:
    assert _told(admin.post("/api/import")) == []


def _helpline(*arguments: str, folder: Path, database: str = "") -> Done:
    where = ["--data", folder, *(["--database", database] if database else [])]
    return helpline(*arguments, *where, HELPLINE_SECRET="for tests only")


def test_files_are_imported_from_the_command_line_beside_the_running_server(
    running: Running, admin: httpx.Client, tmp_path: Path
) -> None:
    settings = running.settings
    picture = {"name": "photo.png", "path": "files/1.png"}
    talk = {**TALK, "messages": [*TALK["messages"][:3], {**TALK["messages"][3], "files": [picture]}]}
    out = tmp_path / "out"
    (out / "files").mkdir(parents=True)
    (out / "files" / "1.png").write_bytes(b"\x89PNG\r\n\x1a\n and so on")
    (tmp_path / "secret.txt").write_text("not yours")
    packed = out / "past.jsonl.gz"
    stolen = {
        **TALK,
        "id": "t-9",
        "messages": [{**TALK["messages"][0], "files": [{"name": "s", "path": "../secret.txt"}]}],
    }
    packed.write_bytes(gzip.compress(_body(CONTACT, talk, stolen)))
    done = _helpline("import", str(packed), "--json", folder=settings.data, database=settings.database)
    told = [json.loads(line) for line in done.stdout.splitlines()]
    assert [(line["line"], line["outcome"]) for line in told] == [(1, "new"), (2, "new"), (3, "refused")], done.stderr
    assert (done.returncode, told[2]["code"]) == (1, FileNotThere.code())
    [there] = admin.get("/api/conversations", params={"view": "closed"}).json()["items"]
    said = admin.get(f"/api/conversations/{there['id']}/messages").json()["items"]
    [file] = [file for message in said for file in message["files"]]
    assert (file["name"], file["image"]) == ("photo.png", True)
    assert admin.get(file["url"]).content == b"\x89PNG\r\n\x1a\n and so on"
    [lying] = [path for path in (settings.data / "files").rglob("*") if path.is_file()]
    os.utime(lying, (0, 0))
    table = _helpline("import", str(packed), folder=settings.data, database=settings.database)
    assert "unchanged 2" in " ".join(table.stdout.split())
    assert time.time() - lying.stat().st_mtime < 86_400, (
        "a doctor beside an import does not take its bytes for nobody's"
    )
    given = tmp_path / "given"
    done = _helpline("export", str(given), "--json", folder=settings.data, database=settings.database)
    assert done.returncode == 0, done.stderr
    summary = json.loads(done.stdout)
    assert (summary["files"], summary["missing_files"], summary["lines"]["conversation"]) == (1, 0, 1), done.stderr
    lines = [json.loads(line) for line in gzip.decompress((given / "export.jsonl.gz").read_bytes()).splitlines()]
    [path] = [one["path"] for line in lines for said in line.get("messages", []) for one in said.get("files", [])]
    assert (given / path).read_bytes() == b"\x89PNG\r\n\x1a\n and so on"
    again = _helpline("export", str(given), folder=settings.data, database=settings.database)
    assert (again.returncode, "There is an export" in " ".join(again.stderr.split())) == (1, True)
    elsewhere, source = tmp_path / "b", str(given / "export.jsonl.gz")
    who = ["ada@example.com", "--workspace", "B", "--password", "long enough 12"]
    made = _helpline("admin", "create", *who, "--empty", folder=elsewhere)
    assert made.returncode == 0, made.stderr
    brought = _helpline("import", source, folder=elsewhere)
    assert brought.returncode == 0, brought.stderr + brought.stdout
    [copy] = [one for one in (elsewhere / "files").rglob("*") if one.is_file()]
    assert copy.read_bytes() == (given / path).read_bytes()
    once_more = _helpline("export", str(tmp_path / "same"), folder=elsewhere)
    assert once_more.returncode == 0, once_more.stderr
    packed_again = (tmp_path / "same" / "export.jsonl.gz").read_bytes()
    assert (
        gzip.decompress(packed_again).splitlines()
        == gzip.decompress((given / "export.jsonl.gz").read_bytes()).splitlines()
    )


def test_what_is_wrong_with_the_command_is_one_sentence(tmp_path: Path) -> None:
    nothing = _helpline("import", "none.jsonl", folder=tmp_path / "none")
    assert (nothing.returncode, "There is no database" in " ".join(nothing.stderr.split())) == (1, True)
    for name in ("A", "B"):
        made = _helpline(
            "admin", "create", f"{name}@a.example", "--workspace", name, "--password", "long enough 12", folder=tmp_path
        )
        assert made.returncode == 0, made.stderr
    cases = {
        "say which one with --workspace: A, B": ["import", "none.jsonl"],
        "There is no workspace C": ["import", "none.jsonl", "--workspace", "C"],
        "cannot be read": ["import", "none.jsonl", "--workspace", "A"],
    }
    for sentence, arguments in cases.items():
        told = _helpline(*arguments, folder=tmp_path)
        assert (told.returncode, sentence.lower() in " ".join(told.stderr.lower().split())) == (1, True), told.stderr

"""Whatever is sent, the answer is a problem with a code and a sentence, and never a fault of ours."""

import json
import re
from pathlib import Path
from typing import Any

import httpx
import pytest

import helpline
from helpline.app.web import LARGEST_BODY
from helpline.core.errors import NotStorable, TooMany
from helpline.core.paging import BadCursor, cursor
from tests.app.every_route import calls
from tests.running import Running

JSON = {"content-type": "application/json"}


def _is_problem(answer: httpx.Response, status: int, code: str) -> dict[str, Any]:
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"].startswith("application/problem+json")
    problem = answer.json()
    assert (problem["status"], problem["code"]) == (status, code)
    assert problem["type"].endswith(code)
    assert problem["request_id"] == answer.headers["x-request-id"]
    assert problem["title"]
    assert problem["detail"]
    return dict(problem)


def test_a_body_that_is_not_json_is_refused_on_every_route(running: Running) -> None:
    admin = running.set_up()
    for call in calls(running.app):
        if call.name.startswith(("POST /api/", "PATCH /api/", "PUT /api/")) and "files" not in call.path:
            url = re.sub(r"{\w+}", "0", call.path)
            for body in (b"{", b"\xff\xfe", b"[]", b"null", b'"text"', b'{"a":' + b"[" * 2000):
                answer = admin.request(call.method, url, content=body, headers=JSON)
                assert answer.status_code < 500, (call.name, body, answer.text)
                assert answer.is_success or answer.headers["content-type"].startswith("application/problem+json")


def test_a_body_that_is_missing_is_asked_for(running: Running) -> None:
    admin = running.set_up()
    asked = 0
    for call in calls(running.app):
        if call.name.startswith(("POST /api/", "PATCH /api/", "PUT /api/")):
            answer = admin.request(call.method, re.sub(r"{\w+}", "0", call.path))
            assert "'data'" not in answer.text, call.name
            if answer.status_code == 400 and answer.json()["code"] == "body_missing":
                assert _is_problem(answer, 400, "body_missing")["detail"].startswith("This needs a body of JSON")
                asked += 1
    assert asked > 30


def test_wrong_and_unknown_fields_are_named(running: Running) -> None:
    admin = running.set_up()
    for body in ({"name": 5}, {"name": ""}, {"name": "x" * 121}, {}, {"name": "Brand", "colour": "red"}):
        problem = _is_problem(admin.post("/api/owners", json=body), 400, "invalid_request")
        assert problem["errors"][0]["detail"] == problem["detail"]
    unknown = admin.post("/api/owners", json={"name": "Brand", "colour": "red"})
    assert "colour" in unknown.json()["detail"]


def test_wrong_parameters_are_refused(running: Running) -> None:
    admin = running.set_up()
    for address in ("?limit=0", "?limit=1000", "?limit=many", "?view=everything"):
        _is_problem(admin.get(f"/api/conversations{address}"), 400, "invalid_request")
    _is_problem(admin.get("/api/records?created_from=yesterday"), 400, "invalid_request")
    for given in ("nonsense", "é", cursor(1), cursor([], {}), "A" * 5000):
        for address in ("/api/conversations", "/api/records", "/api/contacts"):
            _is_problem(admin.get(address, params={"cursor": given}), 422, BadCursor.code())


def test_unknown_parameters_are_ignored(running: Running) -> None:
    assert running.set_up().get("/api/owners?colour=red").status_code == 200


def test_what_is_not_there_is_said_so(running: Running) -> None:
    admin = running.set_up()
    for address in ("/api/nothing", "/api/conversations/x/nothing", "/files/a/b/c", "/assets/none.js"):
        _is_problem(admin.get(address), 404, "not_found")
    for id in ("x", "%00", "..", "0" * 300, "é", "%F0%9F%98%80"):
        answer = admin.get(f"/api/conversations/{id}")
        assert answer.status_code in {200, 400, 404, 422}, (id, answer.text)
    _is_problem(admin.delete("/api/owners"), 405, "method_not_allowed")


def test_a_body_that_is_too_large_is_refused(running: Running) -> None:
    admin = running.set_up()
    answer = admin.post("/api/owners", content=b'{"name": "' + b"x" * LARGEST_BODY + b'"}', headers=JSON)
    _is_problem(answer, 413, "too_large")


@pytest.mark.parametrize("text", ["\x00", "a\x00b", "\ud800", "💩" * 100, "‮evil", "' OR 1=1 --", "\\u0000"])
def test_strange_texts_are_kept_or_refused_but_never_a_fault(running: Running, text: str) -> None:
    admin = running.set_up()
    answer = admin.post("/api/contacts", content=json.dumps({"name": text}), headers=JSON)
    assert answer.status_code in {201, 400, 422}, answer.text
    if answer.status_code == 201:
        assert admin.get(f"/api/contacts/{answer.json()['id']}").json()["name"] == text
    assert admin.get("/api/contacts", params={"q": text.encode("utf-8", "replace")}).status_code in {200, 400, 422}


def test_a_number_that_no_database_keeps_is_refused(running: Running) -> None:
    admin = running.set_up()
    key = admin.get("/api/channels").json()[0]["public_key"]
    visitor = running.client(running.client().post(f"/api/webchat/{key}/visitors", json={}).json()["token"])
    said = visitor.post("/api/webchat/messages", json={"id": "0123456789", "text": "Hi"}).json()
    address = f"/api/conversations/{said['conversation_id']}"
    for answer in (
        admin.get(f"{address}/messages", params={"after": 10**30}),
        admin.get(f"{address}/messages", params={"before": -(10**30)}),
        admin.post(f"{address}/seen", json={"seq": 10**30}),
        admin.post("/api/results", json={"label": "Far", "position": 10**30}),
        visitor.get("/api/webchat/conversation", params={"after": 10**30}),
    ):
        assert answer.status_code < 500, answer.text
        assert answer.is_success or answer.json()["code"] in {NotStorable.code(), "invalid_request"}


def test_a_fault_of_ours_tells_nothing_of_itself(running: Running) -> None:
    admin = running.set_up()
    running.app.state.channels = None
    answer = admin.get("/api/webchat/0123456789")
    problem = _is_problem(answer, 500, "internal_error")
    assert "NoneType" not in answer.text
    assert problem["detail"].startswith("Something went wrong")


@pytest.mark.parametrize("address", ["/", "/desk", "/chat", "/try", "/widget.js", "/favicon.svg", "/health"])
def test_a_page_that_is_only_looked_for_answers_as_if_it_was_asked_for_without_its_body(
    running: Running, address: str
) -> None:
    client = running.client()
    whole, head = client.get(address), client.head(address)
    assert (head.status_code, head.content) == (200, b"")
    changing = {"date", "x-request-id"}
    assert {k: v for k, v in head.headers.items() if k not in changing} == {
        k: v for k, v in whole.headers.items() if k not in changing
    }
    assert client.head("/assets/none.js").status_code == 404
    assert client.head("/api/setup").status_code == 405


def test_every_answer_carries_the_security_headers(running: Running) -> None:
    for address in ("/", "/api/session", "/health", "/api/nothing"):
        headers = running.client().get(address).headers
        assert headers["x-content-type-options"] == "nosniff"
        assert "frame-ancestors 'none'" in headers["content-security-policy"]
        assert "access-control-allow-origin" not in headers


def test_every_refusal_is_named_by_some_test() -> None:
    root = Path(str(helpline.__file__)).parent
    kinds = r"(?:Invalid|Conflict|Forbidden|NotFound|Unauthenticated|Unavailable|TooMany|DomainError)"
    there = {
        name
        for file in root.rglob("*.py")
        for name in re.findall(rf"^class (\w+)\({kinds}\)", file.read_text(), flags=re.MULTILINE)
    }
    tests = "\n".join(file.read_text() for file in Path(__file__).parents[1].rglob("test_*.py"))
    assert {name for name in there if not re.search(rf"\b{name}\b", tests)} == set()
    assert TooMany.status == 429

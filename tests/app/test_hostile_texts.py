"""Strings that broke other programs: kept as they are, or refused by name; never a fault."""

import json
from pathlib import Path
from typing import Any

import httpx
import msgspec
import pytest
from msgspec import inspect

from helpline.core import new_id
from helpline.core.shapes import In
from tests.app.every_route import BODIES, calls
from tests.app.furnished import furnished, token_for
from tests.running import Running

_LISTS = [folder / "shared/data/hostile-blns/blns.json" for folder in Path(__file__).parents]
NAUGHTY = next((path for path in _LISTS if path.exists()), None)
OWN = [
    "\x00",
    "a\x00b",
    "a\r\nSet-Cookie: x=1",
    "\u202eevil\u2066",
    "<img src=x onerror=alert(1)>",
    "'; DROP TABLE agent; --",
    "%00%0d%0a",
    "{{7*7}}${7*7}",
    "../../etc/passwd",
    "\U0001f469\u200d\U0001f469\u200d\U0001f467",
    "e\u0301",
    "\ufeffbom",
    "\ufdd0\uffff",
    "  both ends  ",
    "\u2028\u2029\u0085",
    "x" * 250,
]
NOT_FREE = ("_id", "_ids", "id", "email", "password", "locale", "timezone", "brand_color")


@pytest.fixture(params=["our own", "naughty"])
def strings(request: pytest.FixtureRequest) -> list[str]:
    """Our own strings, and the Big List of Naughty Strings where it is there."""
    if request.param == "our own":
        return OWN
    if NAUGHTY is None:
        pytest.skip("without the Big List of Naughty Strings")
    return list(json.loads(NAUGHTY.read_text()))


def _post(client: httpx.Client, method: str, url: str, /, **body: Any) -> httpx.Response:
    answer = client.request(
        method, url, content=json.dumps(body).encode(), headers={"content-type": "application/json"}
    )
    assert answer.status_code < 500, (url, body, answer.text)
    if not answer.is_success:
        assert answer.headers["content-type"].startswith("application/problem+json")
        assert answer.json()["code"]
    return answer


def _is_kept(answer: httpx.Response, field: str, text: str) -> bool:
    """Kept as it is; only what no database keeps, and what is empty or too long, may be refused."""
    if answer.is_success:
        return bool(answer.json()[field] == text)
    return "\x00" in text or not text.strip() or len(text) > 200


def test_what_is_written_about_a_contact_is_kept_as_it_was_written(running: Running, strings: list[str]) -> None:
    admin = running.set_up()
    for text in strings:
        added = _post(admin, "POST", "/api/contacts", name=text, company=text, notes=text)
        for field in ("name", "company", "notes"):
            assert _is_kept(added, field, text), (field, text, added.text)
        if added.is_success:
            assert admin.get(f"/api/contacts/{added.json()['id']}").json() == added.json()
        found = admin.get("/api/contacts", params={"q": text})
        assert found.status_code in {200, 400, 422}, found.text


def test_what_is_said_is_kept_as_it_was_said_for_both_sides(running: Running, strings: list[str]) -> None:
    admin = running.set_up()
    key = admin.get("/api/channels").json()[0]["public_key"]
    visitor = running.client(running.client().post(f"/api/webchat/{key}/visitors", json={}).json()["token"])
    said, conversation = [], ""
    for text in strings:
        answer = _post(visitor, "POST", "/api/webchat/messages", id=new_id(), text=text, page=text)
        assert _is_kept(answer, "text", text), (text, answer.text)
        if answer.is_success:
            said.append(text)
            conversation = answer.json()["conversation_id"]
    log, after = [], 0
    while page := admin.get(f"/api/conversations/{conversation}/messages", params={"after": after}).json()["items"]:
        log += [message["text"] for message in page if message["author"]["kind"] == "contact"]
        after = page[-1]["seq"]
    assert log == said


def test_every_text_of_every_route_takes_any_string(running: Running, strings: list[str]) -> None:
    world, rows = furnished(running.app.state.units, "Acme")
    client = running.client(token_for(world, world.agent(role="administrator", ready=False)))
    number, asked = 0, 0
    for call in calls(running.app):
        for field in _texts_of(running, call.name):
            asked += 1
            for _ in range(8):  # each field some of them; together the fields see them all
                text, number = strings[number % len(strings)], number + 1
                sent = call.request(rows, **{field: text})
                _post(client, sent["method"], sent["url"], **sent["json"])
    assert asked > 30


def _texts_of(running: Running, name: str) -> list[str]:
    """The fields of a route's body that take any text."""
    if name not in BODIES:
        return []
    handlers = {
        f"{method} {route.path_format}": handler
        for route in running.app.routes
        if hasattr(route, "route_handlers")
        for handler in route.route_handlers
        for method in handler.http_methods
    }
    shape = handlers[name].parsed_fn_signature.parameters["data"].annotation
    if not (isinstance(shape, type) and issubclass(shape, In)):
        return []
    kinds = {field.name: inspect.type_info(field.type) for field in msgspec.structs.fields(shape)}
    return [field for field, kind in kinds.items() if _is_text(kind) and not field.endswith(NOT_FREE)]


def _is_text(kind: inspect.Type) -> bool:
    if isinstance(kind, inspect.Metadata):
        return _is_text(kind.type)
    if isinstance(kind, inspect.UnionType):
        return any(_is_text(one) for one in kind.types)
    return isinstance(kind, inspect.StrType) and kind.pattern is None

"""A server that is killed while it takes in what came by a channel: what it said that it has is there, once, and in order."""

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from threading import Event

import httpx
import msgspec
import pytest

from helpline.app.settings import Settings
from helpline.core import new_id
from helpline.outside.signing import secret_from, signed
from tests.listening import eventually
from tests.ports import free_port
from tests.scenarios.test_lost_and_killed import Killable

SECRET = secret_from(b"a secret of the program, and long enough")
CONTACTS, EACH = 6, 15


@pytest.fixture
def server(settings: Settings) -> Iterator[Killable]:
    """A server that may be killed."""
    victim = Killable(msgspec.structs.replace(settings, port=free_port()))
    yield victim
    victim.stop()


def _tell(url: str, id: str, address: str, text: str) -> bool:
    """Tell it as providers do; whether it was heard."""
    event = {"type": "message", "id": id, "from": {"address": address, "name": address}, "text": text}
    body = json.dumps({"events": [event]}).encode()
    try:
        return httpx.post(url, content=body, headers=signed(SECRET, new_id(), datetime.now(UTC), body)).is_success
    except httpx.HTTPError:
        return False


def test_what_was_acknowledged_before_a_kill_is_there_once_and_in_order(server: Killable) -> None:
    ada = server.enter("/api/setup", workspace_name="Acme", name="Ada")
    category = ada.get("/api/channels").json()[0]["category_id"]
    told = {"settings": {"url": "http://127.0.0.1:9"}, "secrets": {"secret": SECRET}}
    made = ada.post("/api/channels", json={"name": "App", "kind": "api", "category_id": category, **told}).json()
    hook = f"{server.url}/api/hooks/{made['public_key']}"
    halfway, twice = Event(), Event()

    def talk(address: str) -> None:
        for number in range(EACH):
            while not _tell(hook, f"{address}-{number}", address, f"Message {number}"):
                twice.wait(0.05)  # as long as it is away
            if number == EACH // 2:
                halfway.set()

    with ThreadPoolExecutor(CONTACTS) as pool:
        talking = [pool.submit(talk, f"kim{who}") for who in range(CONTACTS)]
        assert halfway.wait(60)
        server.restart()
        for one in talking:
            one.result()

    def heard() -> dict[str, list[str]]:
        talks = ada.get("/api/conversations?view=all").json()["items"]
        messages = {one["contact_name"]: ada.get(f"/api/conversations/{one['id']}/messages?limit=100") for one in talks}
        return {
            name: [one["text"] for one in given.json()["items"] if one["author"]["kind"] == "contact"]
            for name, given in messages.items()
        }

    whole = {f"kim{who}": [f"Message {number}" for number in range(EACH)] for who in range(CONTACTS)}
    eventually(lambda: sum(map(len, heard().values())) >= CONTACTS * EACH)
    assert heard() == whole
    assert len(ada.get("/api/conversations?view=all").json()["items"]) == CONTACTS

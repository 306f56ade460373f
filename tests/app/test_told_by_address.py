"""Gateways of SMS that call by GET, with all that they tell in the address: taken in as if it had come by POST."""

import json
from collections.abc import Iterator

import httpx
import msgspec
import pytest

from helpline.app.settings import Settings
from helpline.core import new_id
from tests.listening import eventually
from tests.outside.listener import Listener
from tests.running import Running

SECRET = "open sesame, and long enough"


class Texting:
    """A number at a gateway."""

    def __init__(self, running: Running, listener: Listener) -> None:
        self.admin, self.program = running.set_up(), running.client()
        category = self.admin.get("/api/channel-categories").json()[0]["id"]
        settings = {"provider": "http", "number": "+15550006", "send_url": listener.url, "in_from": "msisdn"}
        given = {"name": "Texts", "kind": "sms", "category_id": category, "settings": settings}
        made = self.admin.post("/api/channels", json=given | {"secrets": {"hook_secret": SECRET, "auth_value": "t"}})
        assert made.status_code == 201, made.text
        self.channel = made.json()
        self.hook = self.channel["hook"].removeprefix(running.url)

    def tells(self, secret: str = SECRET, **what: str) -> int:
        """It calls; the status of the answer."""
        return self.program.get(self.hook, params={"secret": secret, **what}).status_code

    def texts(self, author: str = "contact") -> list[str]:
        found = [one for one in self.messages() if one["author"]["kind"] == author]
        return [one["text"] for one in found]

    def messages(self) -> list[dict[str, object]]:
        talks = self.admin.get("/api/conversations?view=all").json()["items"]
        return [
            one for talk in talks for one in self.admin.get(f"/api/conversations/{talk['id']}/messages").json()["items"]
        ]


@pytest.fixture
def texting(settings: Settings) -> Iterator[Texting]:
    with (
        Listener(lambda asked: asked.say({"id": f"ours: {json.loads(asked.body)['text']}"})) as listener,
        Running(msgspec.structs.replace(settings, may_call="*")) as running,
    ):
        yield Texting(running, listener)


def test_a_message_and_a_receipt_come_in_the_address_once(texting: Texting) -> None:
    said = {"id": "m-1", "msisdn": "+886900000001", "text": "¿Dónde está? & más"}
    for _ in range(3):
        assert texting.tells(**said) == 200
    assert texting.program.post(texting.hook, params={"secret": SECRET}, data=said).status_code == 200
    assert eventually(texting.texts) == ["¿Dónde está? & más"]
    (talk,) = texting.admin.get("/api/conversations?view=all").json()["items"]
    assert texting.admin.post(f"/api/conversations/{talk['id']}/take").is_success
    sent = texting.admin.post(
        f"/api/conversations/{talk['id']}/messages", json={"id": new_id(), "text": "Here", "anyway": True}
    )
    assert sent.is_success, sent.text

    def state() -> str:
        return str(next(one["state"] for one in texting.messages() if one["id"] == sent.json()["id"]))

    eventually(lambda: state() == "sent")
    assert texting.tells(id="ours: Here", status="DELIVRD") == 200
    eventually(lambda: state() == "delivered")
    assert texting.tells(id="m-2", msisdn="+886900000001", text="Thanks") == 200
    eventually(lambda: len(texting.texts()) == 2)
    assert texting.texts() == ["¿Dónde está? & más", "Thanks"]


def test_the_secret_is_asked_for_there_too_and_kept_nowhere(texting: Texting) -> None:
    said = {"id": "m-1", "msisdn": "+886900000001", "text": "hola"}
    assert texting.tells("guessed", **said) == 401
    assert texting.program.get(texting.hook, params=said).status_code == 401
    signed = {"settings": {**texting.channel["settings"], "verified_by": "hmac"}}
    assert texting.admin.patch(f"/api/channels/{texting.channel['id']}", json=signed).is_success
    assert texting.tells(**said) == 401
    assert texting.messages() == []


def test_different_riddles_in_the_address_wait_apart(texting: Texting) -> None:
    for what in ("one", "two"):
        assert texting.tells(what=what) == 200
    kept = eventually(lambda: found if len(found := waiting(texting)) == 2 else None)
    shown = [texting.admin.get(f"/api/quarantine/{one['id']}").json()["text"] for one in kept]
    assert sorted(shown) == ["what=one", "what=two"]
    assert texting.admin.post(f"/api/quarantine/{kept[0]['id']}/release").status_code == 200


def waiting(texting: Texting) -> list[dict[str, str]]:
    found: httpx.Response = texting.admin.get("/api/quarantine")
    return list(found.json()["items"])

"""A channel is worked off by one node, which keeps it in hand for a while; when that node ends, another goes on in seconds."""

import json
from datetime import UTC, datetime

import httpx
import msgspec
import pytest
from sqlalchemy import select

from bench.victims import Victim
from helpline.app import nodes
from helpline.app.leases import Lease
from helpline.app.lines import crew
from helpline.app.settings import Settings
from helpline.core import Actor, Tx, new_id
from helpline.outside.signing import secret_from, signed
from tests.listening import eventually
from tests.ports import free_port
from tests.running import Running

SECRET = secret_from(b"a secret of the program, and long enough")


@pytest.fixture(autouse=True)
def soon(monkeypatch: pytest.MonkeyPatch) -> None:
    """The node of this process is quick to find out, and at first leaves to the other what that one is told."""
    monkeypatch.setattr(crew, "LOOK_EVERY", 1000)
    monkeypatch.setattr(nodes, "BEAT", 0.2)
    monkeypatch.setattr(nodes, "SILENT_AFTER", 5.0)


@pytest.mark.parametrize("end", ["kill", "stop"])
def test_what_a_node_had_in_hand_when_it_ended_another_takes_up(
    shared: Settings, end: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Running(shared) as survivor:
        admin = survivor.set_up()
        category = admin.get("/api/channel-categories").json()[0]["id"]
        given = {"name": "Our app", "kind": "api", "category_id": category}
        given |= {"settings": {"url": "http://127.0.0.1:9"}, "secrets": {"secret": SECRET}}
        hook = admin.post("/api/channels", json=given).json()["hook"].removeprefix(survivor.url)

        def heard(text: str) -> bool:
            return text in [one["last_text"] for one in admin.get("/api/conversations?view=all").json()["items"]]

        victim = Victim(msgspec.structs.replace(shared, port=free_port()))
        try:
            _tell(victim.url + hook, "kim", "Hello")
            eventually(lambda: heard("Hello"))
            held = _held_elsewhere(survivor)
            assert any(name.startswith("in/") for name in held)
            if end == "kill":
                victim.kill()
            else:
                victim.stop()
                assert not _held_elsewhere(survivor)
        finally:
            victim.stop()
        monkeypatch.setattr(crew, "LOOK_EVERY", 0.5)
        _tell(survivor.url + hook, "lee", "Is somebody there?")
        eventually(lambda: heard("Is somebody there?"))


def _held_elsewhere(node: Running) -> list[str]:
    def read(tx: Tx) -> list[str]:
        return list(tx.db.scalars(select(Lease.name).where(Lease.holder != node.app.state.node_id)))

    found: list[str] = node.app.state.units.read_now(Actor("system", ""), read)
    return found


def _tell(url: str, address: str, text: str) -> None:
    event = {"type": "message", "id": new_id(), "from": {"address": address, "name": address}, "text": text}
    body = json.dumps({"events": [event]}).encode()
    headers = signed(SECRET, new_id(), datetime.now(UTC), body)
    httpx.post(url, content=body, headers=headers, timeout=30).raise_for_status()

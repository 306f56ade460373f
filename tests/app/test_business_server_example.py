"""The worked example of the guide does what the guide says."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import msgspec
import pytest

from helpline.app.settings import Settings
from helpline.core import new_id
from tests.listening import eventually
from tests.ports import free_port
from tests.running import PATIENCE, Running

EXAMPLE = Path(__file__).parents[2] / "docs" / "guide" / "business_server.py"


@pytest.fixture
def reachable(settings: Settings) -> Iterator[Running]:
    with Running(msgspec.structs.replace(settings, may_call="127.0.0.1")) as running:
        yield running


def _is_up(url: str) -> bool:
    try:
        return httpx.post(url, json={}, timeout=PATIENCE).status_code == 401
    except httpx.TransportError:
        return False


def test_the_example_of_the_guide_refuses_strangers_and_decides_for_us(reachable: Running) -> None:
    admin = reachable.set_up()
    ours, others = (admin.post("/api/teams", json={"name": name}).json()["id"] for name in ("Ours", "Others"))
    secret = admin.get("/api/session-settings/server-secret").json()["secret"]
    port = free_port()
    url = f"http://127.0.0.1:{port}/"
    environment = {**os.environ, "HELPLINE_SECRET": secret, "HELPLINE_TEAMS": f"{ours},{others}"}
    with subprocess.Popen([sys.executable, str(EXAMPLE), str(port)], env=environment, stderr=subprocess.DEVNULL) as own:
        try:
            eventually(lambda: _is_up(url))
            allocation = {"policy": "business_server", "server_url": url}
            admin.patch("/api/session-settings", json={"version": 0, "allocation": allocation}).raise_for_status()
            key = admin.get("/api/channels").json()[0]["public_key"]
            for email, team in (("leila@example.com", ours), ("leila@example.org", others)):
                entered = reachable.client().post(f"/api/webchat/{key}/visitors", json={"email": email})
                visitor = reachable.client(entered.json()["token"])
                said = visitor.post("/api/webchat/messages", json={"id": new_id(), "text": "Hello"}).json()
                address = f"/api/conversations/{said['conversation_id']}"
                eventually(lambda at=address: admin.get(at).json()["state"] != "bot")
                assert admin.get(address).json()["team_id"] == team
        finally:
            own.terminate()

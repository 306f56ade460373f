"""The worked example of a channel of one's own does what the guide says."""

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
from helpline.outside.signing import secret_from
from tests.listening import eventually
from tests.ports import free_port
from tests.running import PATIENCE, Running

EXAMPLE = Path(__file__).parents[2] / "docs" / "guide" / "own_channel.py"
SECRET = secret_from(b"a secret of the program, and long enough")


@pytest.fixture
def reachable(settings: Settings) -> Iterator[Running]:
    with Running(msgspec.structs.replace(settings, may_call="127.0.0.1")) as running:
        yield running


def test_the_example_brings_what_customers_say_and_is_given_the_answer_once(reachable: Running, tmp_path: Path) -> None:
    admin, port = reachable.set_up(), free_port()
    url, printed = f"http://127.0.0.1:{port}/", tmp_path / "printed"
    category = admin.get("/api/channel-categories").json()[0]["id"]
    told = {"settings": {"url": url}, "secrets": {"secret": SECRET}}
    given = {"name": "Our app", "kind": "api", "category_id": category, **told}
    hook = admin.post("/api/channels", json=given).json()["hook"]
    environment = {**os.environ, "HELPLINE_SECRET": SECRET, "HELPLINE_HOOK": hook}
    with (
        printed.open("w") as out,
        subprocess.Popen(
            [sys.executable, str(EXAMPLE), str(port)], env=environment, stdout=out, stderr=subprocess.DEVNULL
        ) as own,
    ):
        try:
            eventually(lambda: _refuses_strangers(url))
            hello = {"from": "kim", "name": "Kim", "text": "Hello"}
            httpx.post(f"{url}say", json=hello, timeout=PATIENCE).raise_for_status()
            eventually(lambda: admin.get("/api/conversations?view=all").json()["items"])
            (conversation,) = admin.get("/api/conversations?view=all").json()["items"]
            assert (conversation["contact_name"], conversation["last_text"]) == ("Kim", "Hello")
            address = f"/api/conversations/{conversation['id']}"
            admin.post(f"{address}/take").raise_for_status()
            said = {"id": new_id(), "text": "Hello Kim", "anyway": True}
            sent = admin.post(f"{address}/messages", json=said).json()["id"]
            way = f"/api/messages/{sent}/deliveries"
            eventually(lambda: [one["state"] for one in admin.get(way).json()] == ["sent"])
            assert printed.read_text().count("to kim: Hello Kim") == 1
        finally:
            own.terminate()


def _refuses_strangers(url: str) -> bool:
    try:
        return httpx.post(url, json={}, timeout=PATIENCE).status_code == 401
    except httpx.TransportError:
        return False

"""``helpline demo --channels`` as somebody meets it: customers at three providers, answered from the desk."""

import re
import shutil
from pathlib import Path

import httpx

from helpline.app.settings import Settings
from helpline.core import new_id
from tests.listening import eventually
from tests.running import PATIENCE

from .test_cli_demo import start, told

LOGIN = {"email": "ingrid@kestrel.example", "password": "kestrel-demo"}


def test_customers_write_by_three_providers_and_are_answered_and_so_again_after_a_stop(
    demo: Settings, tmp_path: Path
) -> None:
    shutil.copytree(demo.data, tmp_path / "demo")
    for count in (1, 2):
        process = start(tmp_path / "demo", 0, "--channels")
        try:
            said = told(process)
            base = re.findall(r"(http://127\.0\.0\.1:\d+)/demo", said)[0]
            phones = re.findall(r"Phones\s+(http://\S+?)/\s", said)[0]
            with httpx.Client(base_url=base, timeout=PATIENCE) as desk:
                signed_in = desk.post("/api/session", json=LOGIN)
                desk.headers["x-csrf-token"] = signed_in.json()["csrf"]
                _answer_by_each(desk, phones, count)
        finally:
            process.terminate()
            process.communicate()


def _answer_by_template(desk: httpx.Client, talk: dict[str, str]) -> None:
    """She wrote too long ago to be answered freely."""
    known = desk.get(f"/api/channels/{talk['channel_id']}/templates").json()["items"]
    assert {one["state"] for one in known} == {"approved", "pending", "rejected"}
    assert desk.post(f"/api/conversations/{talk['id']}/take").is_success
    path = f"/api/conversations/{talk['id']}/messages"
    refused = desk.post(path, json={"id": new_id(), "text": "Sí", "anyway": True})
    assert refused.json()["code"] == "window_closed"
    values = {"name": "Mónica", "article": "coat", "day": "Friday"}
    chosen = {"name": "repair_finished", "language": "en", "values": values}
    sent = desk.post(path, json={"id": new_id(), "template": chosen, "anyway": True})
    assert sent.is_success, sent.text


def _answer_by_each(desk: httpx.Client, phones: str, count: int) -> None:
    kinds = ("line", "telegram", "whatsapp")
    channels = {one["id"]: one["kind"] for one in desk.get("/api/channels").json() if one["kind"] in kinds}
    assert sorted(channels.values()) == sorted(kinds)

    def here() -> list[dict[str, str]]:
        found = desk.get("/api/conversations?view=all&limit=100").json()["items"]
        return [one for one in found if one["channel_kind"] in kinds]

    eventually(lambda: len(here()) == 4 * count, within=60)
    shown = httpx.get(f"{phones}/phones", timeout=PATIENCE).json()
    assert sorted((one["provider"], one["name"]) for one in shown) == [
        ("line", "林怡君"),
        ("telegram", "Jonas Weber"),
        ("whatsapp", "Ana García"),
        ("whatsapp", "Mónica Ruiz"),
    ]
    talk = next(one for one in here() if one["channel_kind"] == "telegram")
    assert desk.post(f"/api/conversations/{talk['id']}/take").is_success
    answer = {"id": new_id(), "text": f"Yes, to 30 m ({count})", "anyway": True}
    assert desk.post(f"/api/conversations/{talk['id']}/messages", json=answer).is_success
    _answer_by_template(desk, next(one for one in here() if one["contact_name"] == "Mónica Ruiz"))
    eventually(lambda: answer["text"] in httpx.get(f"{phones}/phones", timeout=PATIENCE).text, within=60)

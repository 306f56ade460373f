"""The demo, served, with a day under way in it: what the pictures show."""

import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import httpx
from playwright.sync_api import Browser

PORT = 8199
URL = f"http://127.0.0.1:{PORT}"
PASSWORD = "kestrel-demo"

WAITING = {
    "Daniela Reyes": "The zip of my Ridge 45 is stuck. Can I bring it to the workshop?",
    "Pieter de Vries": "Do you ship the Alder stove to Belgium?",
    "林怡君": "請問退貨要自己付運費嗎？",
}
FORM = {
    "active": True,
    "intro": {},
    "questions": [
        {"id": "name", "kind": "name", "required": True},
        {"id": "email", "kind": "email", "required": True},
        {
            "id": "about",
            "kind": "choice",
            "labels": {"en": "What is it about?", "zh-TW": "請問是關於什麼？"},
            "options": [{"en": "Returns and exchanges", "zh-TW": "退換貨"}, {"en": "My order", "zh-TW": "我的訂單"}],
        },
    ],
}
PARCEL = """<body style="margin:0;background:#b9b4a7"><svg width="640" height="400" viewBox="0 0 640 400">
<path d="M0 256h640v144H0z" fill="#8f897c"/><path d="M140 150l184-54 190 46-180 62z" fill="#dcb98a"/>
<path d="M140 150l194 54v150l-180-66z" fill="#c19a66"/><path d="M514 142l-180 62v150l170-76z" fill="#a67f4c"/>
<path d="M228 124l196 50v36l-30 10-4-38-200-48z" fill="#eadbc0"/><path d="M176 214l70 24v50l-70-26z" fill="#fff"/>
<path d="M430 200l40-6 20 26-24 40-46 4-14-36z" fill="#5c4324"/></svg>"""


@contextmanager
def served() -> Iterator[None]:
    """The demo on a port of its own, until one is through."""
    folder = tempfile.mkdtemp()
    command = [sys.executable, "-m", "helpline", "demo", "--data", folder, "--port", str(PORT)]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    try:
        _wait(server)
        yield
    finally:
        server.terminate()
        server.wait()
        shutil.rmtree(folder, ignore_errors=True)


def _wait(server: subprocess.Popen[bytes]) -> None:
    for _ in range(300):
        if server.poll() is not None:
            break
        try:
            httpx.get(f"{URL}/health").raise_for_status()
        except httpx.HTTPError:
            time.sleep(0.2)
        else:
            return
    raise SystemExit("The demo did not start.")


class Person:
    """Somebody without a browser: a colleague by e-mail, or a visitor of the shop by name."""

    def __init__(self, colleague: str = "", visitor: str = "", email: str = "") -> None:
        self._client = httpx.Client(base_url=URL)
        if colleague:
            known = {"email": f"{colleague}@kestrel.example", "password": PASSWORD}
            self._client.headers["X-CSRF-Token"] = self.do("post", "session", **known)["csrf"]
        else:
            key = self._client.get("/demo").text.split('data-key="')[1].split('"')[0]
            entered = self.do("post", f"webchat/{key}/visitors", name=visitor, email=email)
            self._client.headers["Authorization"] = f"Bearer {entered['token']}"

    def get(self, path: str) -> Any:
        """Ask."""
        return self._client.get(f"/api/{path}").raise_for_status().json()

    def do(self, verb: str, path: str, **given: Any) -> Any:
        """Change something."""
        return self._client.request(verb.upper(), f"/api/{path}", json=given).raise_for_status().json()

    def keep(self, folder: str, name: str, content: bytes) -> str:
        """Upload a file; its id."""
        answer = self._client.post(f"/api/{folder}files", files={"file": (name, content)}).raise_for_status()
        return str(answer.json()["id"])

    def write(self, text: str, **more: Any) -> str:
        """As a visitor; the id of the conversation."""
        return str(self.do("post", "webchat/messages", id=uuid4().hex, text=text, **more)["conversation_id"])

    def answer(self, conversation_id: str, text: str, **more: Any) -> None:
        """As a colleague."""
        self.do("post", f"conversations/{conversation_id}/messages", id=uuid4().hex, text=text, **more)

    def talk(self, visitor: "Person", said: str, answered: str) -> str:
        """Take what this visitor writes, and answer it."""
        id = visitor.write(said)
        self.do("post", f"conversations/{id}/take")
        self.answer(id, answered)
        return id


def stage(browser: Browser) -> dict[str, str]:
    """A conversation in every state, most of them Amara's; their ids by state."""
    amara, jonas = Person("amara"), Person("jonas")
    ids = {"active": _damaged_parcel(browser, amara, jonas)}
    ids["queue"] = amara.get(f"conversations/{ids['active']}")["team_id"]
    ids["closed"] = amara.talk(Person(visitor="Thomas Bauer"), "Is the Tarn bottle dishwasher safe?", "It is.")
    amara.do("post", f"conversations/{ids['closed']}/close")
    record = amara.get(f"conversations/{ids['closed']}")["service_record_id"]
    _complete(amara, record)
    ids["wrap-up"] = amara.talk(
        Person(visitor="Sofia Lindqvist"), "Which size for 175 cm?", "Size M, with the long back."
    )
    amara.do("post", f"conversations/{ids['wrap-up']}/close")
    ids["record"] = amara.get(f"conversations/{ids['wrap-up']}")["service_record_id"]
    ids["snoozed"] = amara.talk(Person(visitor="Marta Kowalczyk"), "When is the Alder stove back?", "I ask and write.")
    until = datetime.now(UTC) + timedelta(hours=3)
    amara.do("post", f"conversations/{ids['snoozed']}/snooze", until=until.isoformat())
    ids["mention"] = jonas.talk(
        Person(visitor="Nadia Haddad"), "Can I pay by invoice?", "One moment, I ask a colleague."
    )
    mentioned = [amara.get("session")["agent"]["id"]]
    jonas.answer(
        ids["mention"], "@Amara Okafor, is that possible for clubs?", visibility="internal", mentions=mentioned
    )
    for name, text in WAITING.items():
        ids["waiting"] = Person(visitor=name).write(text)
    return ids


def _damaged_parcel(browser: Browser, amara: Person, jonas: Person) -> str:
    page = browser.new_page(viewport={"width": 640, "height": 400})
    page.set_content(PARCEL)
    picture, label = page.screenshot(), page.pdf()
    page.close()
    visitor = Person(visitor="Leila Haddad", email="leila.haddad@post.example")
    id = amara.talk(
        visitor,
        "Hi, my Ridge 45 arrived today and the side seam is torn. I leave for a hike on Friday.",
        "I’m sorry, that should not happen. Could you send me the order number and a photo?",
    )
    visitor.write("", file_ids=[visitor.keep("webchat/", "box.png", picture)])
    visitor.write("KO-48213. The box was dented too.")
    jonas_id = jonas.get("session")["agent"]["id"]
    note = "Third damaged parcel from the same depot this week. @Jonas Lindqvist can we send this one from Rotterdam?"
    amara.answer(id, note, visibility="internal", mentions=[jonas_id])
    amara.answer(id, "", file_ids=[amara.keep("", "Return-label-KO-48213.pdf", label)])
    amara.answer(id, "A new one leaves today and is with you on Thursday. You don’t have to send the old one back.")
    visitor.write("Green is perfect. Thank you! 🏔️")
    return id


def _complete(agent: Person, record_id: str) -> None:
    reason = next(one for one in agent.get("reasons") if one["label"] == "Care and materials")
    result = next(one for one in agent.get("results") if one["label"] == "Solved")
    agent.do("patch", f"records/{record_id}", result_id=result["id"], reason_ids=[reason["id"]])
    agent.do("post", f"records/{record_id}/complete")

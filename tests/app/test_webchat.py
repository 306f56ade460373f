"""The web chat over HTTP, as the widget of another site uses it."""

import threading
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest

from helpline.app import channels
from helpline.conversations.messages import NothingToSay
from helpline.core import Tx, new_id
from helpline.files.actions import UnknownFile
from helpline.webchat.actions import DomainNotAllowed, NoSuchChannel, Webchat, open_channel
from tests.running import Running

SHOP = {"origin": "https://shop.example"}


def _key(admin: httpx.Client) -> str:
    return str(admin.get("/api/channels").json()[0]["public_key"])


def _visitor(running: Running, key: str) -> httpx.Client:
    return running.client(running.client().post(f"/api/webchat/{key}/visitors", json={"name": "Amara"}).json()["token"])


def test_a_visitor_writes_reads_and_leaves(running: Running) -> None:
    visitor = _visitor(running, _key(running.set_up()))
    nothing = {"visitor": {"name": "Amara", "answered": []}, "conversation": None, "messages": []}
    assert visitor.get("/api/webchat/conversation").json() == nothing
    said = {"id": new_id(), "text": "Hello 您好"}
    first, again = (visitor.post("/api/webchat/messages", json=said) for _ in range(2))
    assert (first.status_code, first.json()) == (201, again.json())
    view = visitor.get("/api/webchat/conversation").json()
    assert (view["conversation"]["state"], view["conversation"]["queue_position"]) == ("waiting", 1)
    assert [message["text"] for message in view["messages"] if message["by"] != "system"] == ["Hello 您好"]
    after = visitor.get("/api/webchat/conversation", params={"after": view["messages"][-1]["seq"]}).json()
    assert after["messages"] == []
    assert visitor.post("/api/webchat/close").json()["conversation"]["close_reason"] == "abandoned"


def test_what_the_browser_tells_is_shown_to_who_serves(running: Running) -> None:
    admin = running.set_up()
    firefox = {"user-agent": "Mozilla/5.0 (Windows NT 10.0; rv:140.0) Gecko/20100101 Firefox/140.0"}
    for told, zone in (("Asia/Taipei", "Asia/Taipei"), ("Mars/Olympus", ""), ("../../etc/passwd", ""), ("", "")):
        given = {"locale": "zh-TW", "time_zone": told}
        entered = running.client().post(f"/api/webchat/{_key(admin)}/visitors", json=given, headers=firefox)
        visitor = running.client(entered.json()["token"])
        id = visitor.post("/api/webchat/messages", json={"id": new_id(), "text": "Hi"}).json()["conversation_id"]
        point = admin.get(f"/api/conversations/{id}/contact-point").json()
        assert (point["browser"], point["locale"], point["time_zone"]) == ("Firefox, Windows", "zh-TW", zone)


def test_nothing_internal_reaches_the_visitor(running: Running) -> None:
    admin = running.set_up()
    visitor = _visitor(running, _key(admin))
    id = visitor.post("/api/webchat/messages", json={"id": new_id(), "text": "Hi"}).json()["conversation_id"]
    admin.post(f"/api/conversations/{id}/take").raise_for_status()
    note = {"id": new_id(), "text": "a difficult one", "visibility": "internal"}
    admin.post(f"/api/conversations/{id}/messages", json=note).raise_for_status()
    shown = visitor.get("/api/webchat/conversation")
    agent_id = admin.get("/api/session").json()["agent"]["id"]
    assert "difficult" not in shown.text
    assert agent_id not in shown.text
    events = [message["event"] for message in shown.json()["messages"] if message["event"]]
    assert events == [{"name": "assigned", "agent_name": "Ada"}]


def test_only_allowed_sites_may_embed_it(running: Running) -> None:
    admin = running.set_up()
    key, channel = _key(admin), admin.get("/api/channels").json()[0]["id"]
    visitor = _visitor(running, key)
    for asked in (
        running.client().get(f"/api/webchat/{key}", headers=SHOP),
        running.client().post(f"/api/webchat/{key}/visitors", json={}, headers=SHOP),
        visitor.get("/api/webchat/conversation", headers=SHOP),
        visitor.post("/api/webchat/messages", json={"id": new_id(), "text": "Hi"}, headers=SHOP),
        visitor.post("/api/webchat/close", headers=SHOP),
        visitor.post("/api/webchat/files", files={"file": ("a.txt", b"a")}, headers=SHOP),
    ):
        assert (asked.status_code, asked.json()["code"]) == (403, DomainNotAllowed.code())
    admin.patch(f"/api/channels/{channel}", json={"allowed_domains": ["shop.example"]}).raise_for_status()
    allowed = running.client().get(f"/api/webchat/{key}", headers=SHOP)
    assert (allowed.status_code, allowed.headers["access-control-allow-origin"]) == (200, "*")


def test_a_key_that_is_none_and_a_channel_that_is_off(running: Running) -> None:
    admin = running.set_up()
    key, channel = _key(admin), admin.get("/api/channels").json()[0]["id"]
    visitor = _visitor(running, key)
    admin.patch(f"/api/channels/{channel}", json={"active": False}).raise_for_status()
    nobody = running.client()
    said = {"id": new_id(), "text": "Hi"}
    for answer in (
        nobody.get("/api/webchat/nonsense"),
        nobody.get(f"/api/webchat/{'0' * 32}.abc"),
        nobody.get(f"/api/webchat/{key}"),
        visitor.post("/api/webchat/messages", json=said),
    ):
        assert (answer.status_code, answer.json()["code"]) == (404, NoSuchChannel.code())


def test_what_makes_no_message(running: Running) -> None:
    visitor = _visitor(running, _key(running.set_up()))
    for said, status, code in (
        ({"id": new_id()}, 422, NothingToSay.code()),
        ({"id": new_id(), "text": " \n "}, 422, NothingToSay.code()),
        ({"id": new_id(), "text": "see", "file_ids": [new_id()]}, 422, UnknownFile.code()),
        ({"id": "short", "text": "Hi"}, 400, "invalid_request"),
        ({"id": "a b c d e f", "text": "Hi"}, 400, "invalid_request"),
        ({"id": new_id(), "text": "x" * 20_001}, 400, "invalid_request"),
        ({"text": "Hi"}, 400, "invalid_request"),
    ):
        answer = visitor.post("/api/webchat/messages", json=said)
        assert (answer.status_code, answer.json()["code"]) == (status, code), said
    assert visitor.get("/api/webchat/conversation").json()["conversation"] is None


def test_a_file_is_sent_by_who_uploaded_it(running: Running) -> None:
    admin = running.set_up()
    visitor, other = _visitor(running, _key(admin)), _visitor(running, _key(admin))
    file = visitor.post("/api/webchat/files", files={"file": ("photo.png", b"\x89PNG\r\n\x1a\n")}).json()
    stolen = other.post("/api/webchat/messages", json={"id": new_id(), "file_ids": [file["id"]]})
    assert stolen.json()["code"] == UnknownFile.code()
    sent = visitor.post("/api/webchat/messages", json={"id": new_id(), "file_ids": [file["id"]]}).json()
    assert (sent["kind"], sent["files"]) == ("file", [file])


def test_a_token_that_is_forged_is_refused(running: Running) -> None:
    running.set_up()
    signer = running.app.state.signer
    forged = ("", "nonsense", signer.seal("other purpose", w="a", v="b", c="c"), signer.seal("visitor", w="a"))
    for token in forged:
        answer = running.client(token).get("/api/webchat/conversation")
        assert (answer.status_code, answer.json()["code"]) == (401, "not_signed_in")


def test_a_visitor_learns_what_the_agent_has_not_read_yet(running: Running) -> None:
    admin = running.set_up()
    visitor = _visitor(running, _key(admin))
    for text in ("One", "Two"):
        sent = visitor.post("/api/webchat/messages", json={"id": new_id(), "text": text}).json()
    id = sent["conversation_id"]
    admin.post(f"/api/conversations/{id}/take").raise_for_status()
    assert visitor.get("/api/webchat/conversation").json()["conversation"]["unread"] == 2
    admin.post(f"/api/conversations/{id}/seen", json={"seq": 99}).raise_for_status()
    assert visitor.get("/api/webchat/conversation").json()["conversation"]["unread"] == 0


def test_what_was_read_of_a_channel_before_it_was_changed_is_not_remembered(
    running: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    admin = running.set_up()
    channel = admin.get("/api/channels").json()[0]
    been_read, go = threading.Event(), threading.Event()

    def slowly(tx: Tx, **asked: str) -> Webchat:
        found = open_channel(tx, **asked)
        been_read.set()
        go.wait(30)
        return found

    color = lambda: running.client().get(f"/api/webchat/{channel['public_key']}").json()["brand_color"]  # noqa: E731
    monkeypatch.setattr(channels, "open_channel", slowly)
    with ThreadPoolExecutor(1) as pool:
        earlier = pool.submit(color)
        assert been_read.wait(30)
        admin.patch(f"/api/channels/{channel['id']}", json={"brand_color": "#123456"}).raise_for_status()
        go.set()
        assert earlier.result() == channel["brand_color"]
    assert color() == "#123456"

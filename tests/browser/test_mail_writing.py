"""An answer by e-mail: its subject and copies, taking it back, and sending it later."""

import re
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from socketserver import ThreadingTCPServer

import httpx
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from helpline.core import new_id
from tests.browser.composing import api, sign_in
from tests.browser.conftest import SHOTS, NewPerson, demo_in
from tests.browser.seeded import Seeded
from tests.channels.email.raw import raw
from tests.channels.email.test_errors import Talk
from tests.running import PATIENCE, Running

SECRET = "a secret of the forwarder"
TAGS = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}}


@pytest.fixture
def demo(seeded: Seeded, tmp_path: Path) -> Iterator[Running]:
    """The demo, which may call this machine."""
    with demo_in(tmp_path / "demo", seeded, may_call="*") as running:
        yield running


class Mailbox:
    """A mailbox of the demo that takes mails by HTTP."""

    def __init__(self, demo: Running, **more: object) -> None:
        self.demo, self.admin = demo, api(demo, "ingrid")
        category = self.admin.get("/api/channel-categories").json()[0]["id"]
        settings = {
            "address": "support@shop.example",
            "sender_name": "Shop",
            "signature": "{agent}\nKestrel Outdoor",
            **more,
        }
        given = {"name": "Support", "kind": "email", "category_id": category, "settings": settings}
        self.channel = self.admin.post("/api/channels", json=given | {"secrets": {"http_secret": SECRET}}).json()

    def comes(self, text: str, **headers: str | None) -> None:
        body = raw(text, **{"message_id": f"<{new_id()}@post.example>", **headers})  # type: ignore[arg-type]
        signed = {"x-helpline-secret": SECRET}
        assert httpx.post(self.channel["hook"], content=body, headers=signed, timeout=PATIENCE).status_code == 200

    def asked(self, **headers: str | None) -> str:
        """A new conversation, in the hands of Amara."""
        self.comes("My lamp is broken", **headers)
        while True:
            found = self.admin.get("/api/conversations?view=any&limit=100").json()["items"]
            if ids := [one["id"] for one in found if one["channel_id"] == self.channel["id"]]:
                break
        me = api(self.demo, "amara")
        me.post(f"/api/conversations/{ids[0]}/take")
        taken = self.admin.post(
            f"/api/conversations/{ids[0]}/transfer", json={"agent_id": me.get("/api/session").json()["agent"]["id"]}
        )
        assert taken.status_code == 200, taken.text
        return str(ids[0])

    def answers(self, id: str) -> list[dict[str, object]]:
        items = self.admin.get(f"/api/conversations/{id}/messages").json()["items"]
        return [one for one in items if one["author"]["kind"] == "agent" and not one["event"]]


def desk(demo: Running, person: NewPerson, id: str, **more: object) -> Page:
    page = sign_in(person(**more).new_page(), demo, "amara")  # type: ignore[arg-type]
    page.goto(f"{demo.url}/inbox/mine/{id}")
    expect(page.get_by_role("log")).to_contain_text("My lamp is broken")
    return page


def shot(page: Page, name: str) -> None:
    """What it looks like, for people; and what the checker says."""
    if SHOTS.is_dir():
        page.screenshot(path=SHOTS / f"{name}.png")
    found = Axe().run(page, options=TAGS).response["violations"]
    assert [(one["id"], [node["html"][:200] for node in one["nodes"]]) for one in found] == []


def test_subject_and_copies_are_decided_kept_and_sent(demo: Running, person: NewPerson) -> None:
    box = Mailbox(demo)
    id = box.asked(cc="Bo <bo@post.example>")
    page = desk(demo, person, id)
    line = page.get_by_role("button", name="Change copies and subject")
    expect(line).to_contain_text("To amara@post.example, copy to bo@post.example · Re: My lamp")
    shot(page, "mail-line")
    line.focus()
    page.keyboard.press("Enter")
    cc = page.get_by_label("Cc", exact=True)
    expect(cc).to_be_focused()
    page.keyboard.press("Backspace")
    expect(page.get_by_role("button", name="Reply to all")).to_be_visible()
    page.keyboard.type("eve@post.example, nobody")
    page.keyboard.press("Tab")
    expect(page.get_by_text("“nobody” is not an e-mail address.")).to_be_visible()
    page.get_by_label("Reply to Amara Diallo").fill("It is on its way.")
    expect(page.get_by_role("button", name=re.compile("^Send Ctrl|^Send$"))).to_be_disabled()
    shot(page, "mail-wrong-address")
    cc.fill("")
    page.get_by_label("Bcc").fill("Mei <mei@shop.example>")
    page.get_by_label("Subject").fill("Your lamp, order 12")
    expect(page.get_by_text("Draft saved")).to_be_visible()
    shot(page, "mail-fields")

    page.reload()
    expect(line).to_contain_text(
        "To amara@post.example, copy to eve@post.example and mei@shop.example · Your lamp, order 12"
    )
    other = desk(demo, person, id, width=390, height=844)
    expect(other.get_by_role("button", name="Change copies and subject")).to_contain_text("Your lamp, order 12")
    other.get_by_role("button", name="Change copies and subject").click()
    shot(other, "mail-fields-phone")
    page.get_by_label("Reply to Amara Diallo").press("Control+Enter")
    page.get_by_role("button", name="Undo").wait_for()
    assert box.answers(id) == []
    shot(page, "mail-undo")
    page.get_by_text(re.compile("^Sent |^Not delivered|^Waiting to be sent|^Not sent yet")).last.wait_for(
        timeout=30_000
    )
    (sent,) = box.answers(id)
    mail = sent["details"]["mail"]  # type: ignore[index]
    assert (mail["subject"], mail["cc"], mail["bcc"]) == (
        "Your lamp, order 12",
        ["eve@post.example"],
        ["mei@shop.example"],
    )
    assert mail["signature"].endswith("Kestrel Outdoor")
    assert sent["text"] == "It is on its way."
    expect(line).to_contain_text("Re: My lamp")


def test_who_gets_no_copy_is_said_below_the_mail(demo: Running, person: NewPerson) -> None:
    with ThreadingTCPServer(("127.0.0.1", 0), Talk) as server:
        server.told = ("RCPT TO:<BO", "550 5.1.1 <bo@post.example>: User unknown")  # type: ignore[attr-defined]
        threading.Thread(target=server.serve_forever, daemon=True).start()
        there = {"smtp_host": "127.0.0.1", "smtp_port": server.server_address[1], "smtp_security": "none"}
        box = Mailbox(demo, **there)
        id = box.asked(cc="Bo <bo@post.example>, Eve <eve@post.example>")
        page = desk(demo, person, id)
        page.get_by_label("Reply to Amara Diallo").fill("It is on its way.")
        page.get_by_label("Reply to Amara Diallo").press("Control+Enter")
        missed = "bo@post.example did not get a copy: nobody is reached at this address or number"
        expect(page.get_by_role("log")).to_contain_text(missed, timeout=60_000)
        expect(page.get_by_role("log")).to_contain_text(re.compile("Sent "))
        about = f"<{box.answers(id)[0]['details']['mail']['id']}>"  # type: ignore[index]
        report = f"eve@post.example could not be reached: 550 5.2.2 Mailbox full.\n\nMessage-ID: {about}"
        box.comes(
            report,
            subject="Undelivered Mail Returned to Sender",
            return_path="<>",
            **{"from": "MAILER-DAEMON@x.example"},
        )
        expect(page.get_by_role("log")).to_contain_text(
            "eve@post.example did not get a copy: their mailbox is full", timeout=60_000
        )
        expect(page.get_by_role("log")).to_contain_text("A mail came back undelivered, of a copy for eve@post.example")
        log = page.get_by_role("log")
        assert log.evaluate("(log) => log.scrollWidth <= log.clientWidth")
        shot(page, "mail-no-copy")
        server.shutdown()


def test_what_is_taken_back_stands_in_the_composer_again(demo: Running, person: NewPerson) -> None:
    box = Mailbox(demo)
    id = box.asked()
    page = desk(demo, person, id)
    page.get_by_role("button", name="Change copies and subject").click()
    page.get_by_label("Subject").fill("Your lamp")
    field = page.get_by_label("Reply to Amara Diallo")
    field.fill("Which lamp is it?")
    field.press("Control+Enter")
    expect(field).to_have_value("")
    page.get_by_role("button", name="Undo").click()
    expect(field).to_have_value("Which lamp is it?")
    expect(field).to_be_focused()
    expect(page.get_by_label("Subject")).to_have_value("Your lamp")
    expect(page.get_by_role("button", name="Undo")).to_be_hidden()
    field.press("Control+Enter")
    page.get_by_role("button", name="Undo").wait_for()
    page.get_by_role("log").focus()
    page.keyboard.press("z")
    expect(field).to_have_value("Which lamp is it?")
    assert box.answers(id) == []


def test_an_answer_is_sent_later_and_waits_where_everybody_sees_it(demo: Running, person: NewPerson) -> None:
    box = Mailbox(demo)
    id = box.asked()
    page = desk(demo, person, id, dark=True, locale="en", zone="Asia/Taipei")
    field = page.get_by_label("Reply to Amara Diallo")
    field.fill("Does it work now?")
    page.get_by_role("button", name="Send later").click()
    expect(page.get_by_role("menuitem", name=re.compile("^Tomorrow morning.*09:00"))).to_be_visible()
    shot(page, "mail-later-menu")
    page.get_by_role("menuitem", name=re.compile("^Tomorrow morning")).click()
    expect(page.get_by_text(re.compile("^Goes out .*09:00"))).to_be_visible()
    (row,) = box.admin.get(f"/api/conversations/{id}/scheduled").json()
    due = datetime.fromisoformat(row["due_at"])
    assert (due.astimezone(UTC).hour, due > datetime.now(UTC)) == (1, True)
    page.reload()
    expect(page.get_by_text(re.compile("^Goes out .*09:00"))).to_be_visible()
    box.comes("It works again, thank you", subject="Re: My lamp", in_reply_to=_first(box, id))
    expect(page.get_by_text("The contact has written since")).to_be_visible()
    shot(page, "mail-scheduled-dark")
    page.get_by_role("button", name="Edit").click()
    expect(field).to_have_value("Does it work now?")
    page.get_by_role("button", name="Send later").click()
    page.get_by_role("menuitem", name="Pick a time…").click()
    page.get_by_label("Date and time").fill("2020-01-01T09:00")
    expect(page.get_by_text("Choose a time that is still to come.")).to_be_visible()
    shot(page, "mail-later-pick")
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Send later").click()
    page.get_by_role("menuitem", name=re.compile("^Tomorrow morning")).click()
    page.get_by_role("button", name="Send now").click()
    expect(page.get_by_text(re.compile("^Goes out"))).to_be_hidden()
    assert [one["text"] for one in box.answers(id)] == ["Does it work now?"]


def _first(box: Mailbox, id: str) -> str:
    items = box.admin.get(f"/api/conversations/{id}/messages").json()["items"]
    message = next(one for one in items if one["author"]["kind"] == "contact")
    mail = box.admin.get(f"/api/messages/{message['id']}/mail").json()
    return f"<{mail['mail_id']}>"


def test_who_writes_meanwhile_does_not_get_what_was_begun_for_somebody_else(demo: Running, person: NewPerson) -> None:
    box = Mailbox(demo)
    id = box.asked(cc="Bo <bo@post.example>")
    page = desk(demo, person, id)
    line = page.get_by_role("button", name="Change copies and subject")
    expect(line).to_contain_text("To amara@post.example")
    page.get_by_label("Reply to Amara Diallo").fill("Your IBAN is X")
    expect(page.get_by_text("Draft saved")).to_be_visible()
    bo = {"from": "Bo <bo@post.example>", "subject": "Re: My lamp", "in_reply_to": _first(box, id)}
    box.comes("I am Bo", **bo)
    older = page.get_by_text("Answers an earlier mail")
    expect(older).to_be_visible()
    expect(line).to_contain_text("To amara@post.example")
    shot(page, "mail-older")
    page.reload()
    expect(older).to_be_visible()
    expect(line).to_contain_text("To amara@post.example")
    page.get_by_role("button", name="Answer the newest").click()
    expect(line).to_contain_text("To bo@post.example")
    expect(older).to_be_hidden()
    page.get_by_label("Reply to Amara Diallo").fill("")
    expect(line).to_contain_text("To bo@post.example")

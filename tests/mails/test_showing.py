"""What the desk shows of a mail: as a page in a frame, as it came, and what it is about."""

from collections.abc import Iterator
from datetime import timedelta
from urllib.parse import unquote

import pytest
from sqlalchemy import delete, select

from helpline.app.settings import Settings
from helpline.channels.email.reading import MOST_ATTACHMENTS
from helpline.core import Actor, Tx
from helpline.intake import Payload
from helpline.intake.actions import KEPT, discard_old
from helpline.mails.api import RawMailGone
from tests.channels.email.raw import parts, raw
from tests.listening import eventually

from .lines import Desk, desk

HTML = b'<p onclick="evil()">Hello <img src="https://elsewhere.example/a.png"></p><script>evil()</script>'


@pytest.fixture
def shop(settings: Settings) -> Iterator[Desk]:
    with desk(settings) as one:
        yield one


def _message(shop: Desk, mail: bytes) -> str:
    before = {one["id"] for one in shop.conversations()}
    shop.put(mail)
    conversation = eventually(lambda: [one for one in shop.conversations() if one["id"] not in before])[0]
    return str(eventually(lambda: shop.said(conversation["id"]))[0]["id"])


def test_the_page_of_a_mail_runs_nothing_and_loads_only_what_was_asked_for(shop: Desk) -> None:
    id = _message(shop, parts(("Content-Type: text/html", HTML), subject="<b>Lamp</b>"))
    page = shop.admin.get(f"/api/messages/{id}/mail/page")
    policy = page.headers["content-security-policy"]
    assert page.headers["content-type"].startswith("text/html")
    assert "evil" not in page.text
    assert "elsewhere" not in page.text
    assert "<title>&lt;b&gt;Lamp&lt;/b&gt;</title>" in page.text
    assert "default-src 'none'" in policy
    assert "img-src 'self' data:;" in policy
    assert "allow-scripts" not in policy
    assert page.headers["referrer-policy"] == "no-referrer"
    asked = shop.admin.get(f"/api/messages/{id}/mail/page?images=true")
    assert 'src="https://elsewhere.example/a.png"' in asked.text
    assert "img-src 'self' data: https: http:;" in asked.headers["content-security-policy"]


def test_a_mail_is_handed_over_as_it_came_for_as_long_as_it_is_kept(shop: Desk) -> None:
    mail = parts(("Content-Type: text/html", HTML), subject="Lämp/../x\u202e".encode().decode())
    id = _message(shop, mail)
    assert shop.mail(id)["is_raw"]
    came = shop.admin.get(f"/api/messages/{id}/mail/raw")
    assert came.content == mail
    assert came.headers["content-type"] == "message/rfc822"
    disposition = came.headers["content-disposition"]
    assert disposition.startswith("attachment")
    assert unquote(disposition.rpartition("''")[2]) == "x.eml"
    units = shop.running.app.state.units
    home = Actor.system(shop.admin.get("/api/session").json()["workspace"]["id"])
    units.run_now(
        home, lambda tx: tx.db.execute(delete(Payload).where(Payload.workspace_id == tx.workspace_id)) and None
    )
    gone = shop.admin.get(f"/api/messages/{id}/mail/raw")
    assert (gone.status_code, gone.json()["code"]) == (404, RawMailGone.code())
    assert not shop.mail(id)["is_raw"]


def test_a_mail_with_very_many_files_says_how_many_are_not_shown_and_stays_as_it_came(shop: Desk) -> None:
    files = [
        ("Content-Type: text/csv\r\nContent-Disposition: attachment", b"%d" % n) for n in range(MOST_ATTACHMENTS + 3)
    ]
    for number, most in enumerate((MOST_ATTACHMENTS, len(files)), 1):
        enclosed = parts(
            ("Content-Type: text/plain", b"See"), *files[:most], message_id=f"<many.{number}@post.example>"
        )
        id = _message(shop, enclosed)
        (said,) = shop.said(shop.conversations()[-1]["id"])
        assert len(said["files"]) == MOST_ATTACHMENTS
        assert said["details"]["mail"].get("left_out", 0) == most - MOST_ATTACHMENTS
    units = shop.running.app.state.units
    home = Actor.system(shop.admin.get("/api/session").json()["workspace"]["id"])

    def discarded(tx: Tx) -> None:
        tx.now += KEPT + timedelta(minutes=1)
        discard_old(tx)

    units.run_now(home, discarded)
    assert shop.admin.get(f"/api/messages/{id}/mail/raw").content == enclosed
    assert len([row for row in units.read_now(home, lambda tx: list(tx.db.scalars(select(Payload.kept)))) if row]) == 1


def test_what_is_no_mail_has_no_page(shop: Desk) -> None:
    id = _message(shop, raw("Hello"))
    conversation = shop.conversations()[0]["id"]
    shop.take(conversation)
    note = shop.answer(conversation, "A note", visibility="internal")
    for path in ("mail", "mail/page", "mail/raw"):
        refused = shop.admin.get(f"/api/messages/{note['id']}/{path}")
        assert (refused.status_code, refused.json()["code"]) == (409, "not_a_mail")
    assert shop.admin.get(f"/api/messages/{id}/mail/page").is_success


def test_a_conversation_is_about_what_its_newest_mail_says(shop: Desk) -> None:
    shop.put(raw("My lamp is broken"))
    (conversation,) = eventually(shop.conversations)
    assert conversation["subject"] == "My lamp"
    second = {"message_id": "<second.1@post.example>", "in_reply_to": "<first.1@post.example>"}
    shop.put(raw("And loud", **second, subject="AW: My lamp"))
    eventually(lambda: len(shop.said(conversation["id"])) == 2)
    assert shop.conversations()[0]["subject"] == "My lamp"
    third = {"message_id": "<third.1@post.example>", "in_reply_to": "<first.1@post.example>"}
    shop.put(raw("What does it cost?", **third, subject="My invoice"))
    said = eventually(lambda: len(said := shop.said(conversation["id"])) == 3 and said)
    assert shop.conversations()[0]["subject"] == "My invoice"
    assert [one["details"]["mail"].get("renamed", "") for one in said] == ["", "", "yes"]
    shop.take(conversation["id"])
    shop.answer(conversation["id"], "Nothing")
    shop.answer(conversation["id"], "And your lamp", mail={"subject": "Your lamp, again"})
    *_, same, other = shop.said(conversation["id"])
    assert "renamed" not in same["details"]["mail"]
    assert other["details"]["mail"]["renamed"] == "yes"
    assert shop.conversations()[0]["subject"] == "Your lamp, again"


def test_an_author_in_disguise_is_shown_with_their_address(shop: Desk) -> None:
    shop.put(raw("My lamp is broken"))
    (first,) = eventually(shop.conversations)
    answer = {"message_id": "<second.1@post.example>", "in_reply_to": "<first.1@post.example>"}
    shop.put(raw("Send me all", **answer, **{"from": "Amara Diallo <amara@p0st.example>"}))
    _, other = eventually(lambda: len(found := shop.conversations()) == 2 and found)
    mail = eventually(lambda: shop.said(other["id"]))[0]["details"]["mail"]
    assert (mail["caution"], mail["author"], mail["name"]) == ("address", "amara@p0st.example", "Amara Diallo")
    assert "caution" not in shop.said(first["id"])[0]["details"]["mail"]
    assert mail["written_at"].startswith("2026-11-27T09:00")

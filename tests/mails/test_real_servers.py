"""The whole way with real servers: a customer's mail goes through postfix into dovecot, is read, answered, and comes home."""

from collections.abc import Iterator
from functools import partial
from typing import Any

import pytest

from helpline.app.settings import Settings
from helpline.channels.email.mail import Mail
from helpline.channels.email.reading import read
from helpline.channels.email.replying import visible
from tests.channels.email.raw import raw
from tests.channels.email.test_servers import hand_over
from tests.listening import eventually
from tests.mail_servers import WITH_DOVECOT, WITH_POSTFIX, Boxes, boxes, with_postfix

from .lines import Desk, desk

pytestmark = [WITH_DOVECOT, WITH_POSTFIX]


@pytest.fixture
def server() -> Iterator[Boxes]:
    with boxes() as one, with_postfix(one, "support", "sales", "amara", "bo"):
        yield one


def mailbox(server: Boxes, name: str, **more: Any) -> dict[str, Any]:
    """How a channel reaches its mailbox."""
    told = {f"{which}_security": "none" for which in ("imap", "smtp")}
    told |= {f"{which}_host": "127.0.0.1" for which in ("imap", "smtp")}
    return {
        **told,
        "imap_port": server.imap,
        "smtp_port": server.smtp,
        "imap_user": name,
        "imap_password": "secret",
    } | more


def inbox(server: Boxes, name: str) -> list[Mail]:
    """What lies in a mailbox, the oldest first."""
    with server.box(name) as client:
        client.select()
        numbers = client.search(None, "ALL")[1][0].split()
        found = [client.fetch(number.decode(), "(BODY.PEEK[])")[1][0] for number in numbers]
    return [read(one[1]) for one in found if isinstance(one, tuple)]


@pytest.fixture
def shop(settings: Settings, server: Boxes) -> Iterator[Desk]:
    with desk(settings) as one:
        one.open("help@shop.example")
        channel = one.channels["support@shop.example"]
        told = mailbox(server, "support", signature="{agent}\nShop")
        secrets = {"imap_password": told.pop("imap_password")}
        changed = one.admin.patch(f"/api/channels/{channel['id']}", json={"settings": told, "secrets": secrets})
        assert changed.status_code == 200, changed.text
        eventually(lambda: one.admin.get(f"/api/channels/{channel['id']}/mail-folders").json())
        yield one


def test_a_folder_that_is_not_there_is_said_and_keeps_no_other_from_being_read(shop: Desk, server: Boxes) -> None:
    channel = shop.channels["support@shop.example"]
    told = {"settings": mailbox(server, "support", imap_folders=["Nowhere", "INBOX"])}
    del told["settings"]["imap_password"]
    shop.admin.patch(f"/api/channels/{channel['id']}", json=told).raise_for_status()

    def standing() -> str:
        channels = shop.admin.get("/api/channels").json()
        return str(next(one["health"]["detail"] for one in channels if one["id"] == channel["id"]))

    eventually(lambda: "Nowhere" in standing())
    hand_over(server, raw("My lamp is broken"), "support@shop.example")
    eventually(shop.conversations)
    assert "Nowhere" in standing()
    off = {"settings": {"imap_host": ""}}
    shop.admin.patch(f"/api/channels/{channel['id']}", json=off).raise_for_status()
    eventually(lambda: "Nowhere" not in standing())


def test_a_mail_is_read_answered_and_answered_again(shop: Desk, server: Boxes) -> None:
    hand_over(server, raw("My lamp is broken", cc="Bo <bo@post.example>"), "support@shop.example", "bo@post.example")
    (conversation,) = eventually(shop.conversations)
    shop.take(conversation["id"])
    sent = shop.answer(conversation["id"], "We take it back. 好的")
    assert sent["state"] in {"queued", "sent"}
    answer = eventually(lambda: inbox(server, "amara"))[0]
    assert visible(answer.text) == "We take it back. 好的"
    assert "Ada\nShop" in answer.text
    assert "> My lamp is broken" in answer.text
    assert (answer.subject, answer.answers) == ("Re: My lamp", ("first.1@post.example",))
    assert [one.address for one in answer.cc] == ["bo@post.example"]
    assert answer.author is not None
    assert (answer.author.address, answer.author.name) == ("support@shop.example", "Shop")
    eventually(lambda: len(inbox(server, "bo")) == 2)
    # The customer's answer names only ours, from another address of theirs: who was given it holds the token.
    again = raw(
        "Thank you", in_reply_to=f"<{answer.id}>", message_id="<x.9@home.example>", **{"from": "a@home.example"}
    )  # type: ignore[arg-type]
    hand_over(server, again, "support@shop.example")
    said = eventually(lambda: len(found := shop.said(conversation["id"])) == 3 and found)
    assert [one["text"] for one in said] == ["My lamp is broken", "We take it back. 好的", "Thank you"]
    assert len(shop.conversations()) == 1


def test_subject_and_copies_are_the_agents_to_choose(shop: Desk, server: Boxes) -> None:
    hand_over(server, raw("My lamp is broken", cc="kim@post.example"), "support@shop.example")
    (conversation,) = eventually(shop.conversations)
    shop.take(conversation["id"])
    mail = {"subject": "Your lamp", "cc": [], "bcc": ["bo@post.example"]}
    shop.answer(conversation["id"], "Yes", mail=mail)
    answer, blind = eventually(lambda: inbox(server, "amara"))[0], eventually(lambda: inbox(server, "bo"))[0]
    assert (answer.subject, answer.cc) == ("Your lamp", ())
    assert answer.id == blind.id
    assert "bo@post.example" not in repr(answer.headers)
    refused = {"id": "c2", "text": "Yes", "mail": {"cc": ["no address"]}}
    assert shop.admin.post(f"/api/conversations/{conversation['id']}/messages", json=refused).status_code == 400


def test_a_report_is_put_to_the_mail_it_is_about(shop: Desk, server: Boxes) -> None:
    hand_over(server, raw("Hello", **{"from": "kim@beyond.example"}), "support@shop.example")  # type: ignore[arg-type]
    (conversation,) = eventually(shop.conversations)
    shop.take(conversation["id"])
    sent = shop.answer(conversation["id"], "Good morning")
    failed = eventually(lambda: [one for one in shop.said(conversation["id"]) if one["state"] == "failed"])
    assert [one["id"] for one in failed] == [sent["id"]]
    assert "nobody beyond these boxes" in failed[0]["details"]["failure"]["detail"]
    events = lambda: [event for event in shop.events(conversation["id"]) if event["name"] == "mail_returned"]  # noqa: E731
    (told,) = eventually(events)
    assert told["action"] == "failed"
    assert len(shop.conversations()) == 1


def test_an_address_that_is_refused_at_once_is_said_so(shop: Desk, server: Boxes) -> None:
    hand_over(server, raw("Hello", **{"from": "none@post.example"}), "support@shop.example")  # type: ignore[arg-type]
    (conversation,) = eventually(shop.conversations)
    shop.take(conversation["id"])
    shop.answer(conversation["id"], "Good morning")
    failed = eventually(lambda: [one for one in shop.said(conversation["id"]) if one["state"] == "failed"])
    assert "nobody of this name" in str(shop.admin.get(f"/api/messages/{failed[0]['id']}/deliveries").json())


def _sent_with_copies(shop: Desk, server: Boxes, to: str, **copies: list[str]) -> tuple[str, dict[str, Any]]:
    """A conversation, and its answer as it stands once the server has it."""
    hand_over(server, raw("Hello", **{"from": to}), "support@shop.example")  # type: ignore[arg-type]
    (conversation,) = eventually(shop.conversations)
    shop.take(conversation["id"])
    shop.answer(conversation["id"], "Good morning", mail=copies)
    said = lambda: shop.said(conversation["id"])[-1]  # noqa: E731
    return conversation["id"], eventually(lambda: (one := said())["state"] not in {"queued", "sending"} and one)


def test_a_mail_is_sent_though_a_copy_is_refused_and_says_who_has_none(shop: Desk, server: Boxes) -> None:
    copies = {"cc": ["bo@post.example", "none@post.example"], "bcc": ["None@post.example"]}
    id, sent = _sent_with_copies(shop, server, "amara@post.example", **copies)
    assert (sent["state"], sent["details"].get("failure")) == ("sent", None)
    missed = eventually(lambda: shop.said(id)[-1]["details"].get("missed"))
    assert [(one["address"], one["kind"]) for one in missed] == [
        ("none@post.example", "permanent"),
        ("None@post.example", "permanent"),
    ]
    assert "nobody of this name" in missed[0]["detail"]
    for name in ("amara", "bo"):
        (mail,) = eventually(partial(inbox, server, name))
        assert visible(mail.text).startswith("Good morning")
    assert shop.admin.post(f"/api/messages/{sent['id']}/retry").json()["code"] == "nothing_to_retry"


def test_a_report_about_a_copy_alone_does_not_say_that_the_mail_failed(shop: Desk, server: Boxes) -> None:
    copies = {"cc": ["bo@post.example"], "bcc": ["Kim@beyond.example"]}
    id, _ = _sent_with_copies(shop, server, "amara@post.example", **copies)
    missed = eventually(lambda: shop.said(id)[-1]["details"].get("missed"))
    assert [(one["address"], one["kind"]) for one in missed] == [("Kim@beyond.example", "permanent")]
    assert "nobody beyond these boxes" in missed[0]["detail"]
    (told,) = eventually(lambda: [event for event in shop.events(id) if event["name"] == "mail_returned"])
    assert (told["action"], told["copies"]) == ("failed", ["Kim@beyond.example"])
    assert shop.said(id)[-1]["state"] == "sent"


def test_a_report_about_whom_it_is_to_says_that_the_mail_failed_whoever_has_a_copy(shop: Desk, server: Boxes) -> None:
    id, _ = _sent_with_copies(shop, server, "kim@beyond.example", cc=["bo@post.example", "lee@beyond.example"])
    failed = eventually(lambda: (one := shop.said(id)[-1])["state"] == "failed" and one)
    assert "missed" not in failed["details"]
    (told,) = eventually(lambda: [event for event in shop.events(id) if event["name"] == "mail_returned"])
    assert told["copies"] == []

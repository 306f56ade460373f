"""What an agent decides of a mail: its subject, who has a copy, and what stands below it."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from helpline.app.settings import Settings
from helpline.conversations import Conversation
from helpline.conversations.answering import NotAnswerable
from helpline.core import Actor, new_id
from helpline.mails.addressing import usual
from helpline.mails.queries import NotByMail
from tests.channels.email.raw import raw
from tests.listening import eventually

from .lines import Desk, desk

BO, EVE = "bo@post.example", "eve@post.example"


@pytest.fixture
def shop(settings: Settings) -> Iterator[Desk]:
    with desk(settings) as one:
        yield one


def _asked(shop: Desk, **headers: str | None) -> str:
    """The conversation that a mail opened, taken by the administrator."""
    shop.put(raw("My lamp is broken", **headers))
    (conversation,) = eventually(shop.conversations)
    shop.take(conversation["id"])
    return str(conversation["id"])


def _mail(shop: Desk, id: str, text: str, **more: object) -> dict[str, Any]:
    """The mail that an answer became."""
    shop.answer(id, text, **more)
    mail: dict[str, Any] = shop.said(id)[-1]["details"]["mail"]
    return mail


def test_the_desk_knows_how_an_answer_goes_unless_somebody_decides_otherwise(shop: Desk) -> None:
    id = _asked(shop, cc=f"Bo <{BO}>")
    usual = shop.admin.get(f"/api/conversations/{id}/next-mail").json()
    assert usual == {
        "sender": "support@shop.example",
        "answered": shop.said(id)[0]["id"],
        "newest": shop.said(id)[0]["id"],
        "to": ["amara@post.example"],
        "cc": [BO],
        "subject": "Re: My lamp",
        "signature": "",
    }
    mail = _mail(shop, id, "Which lamp?")
    assert (mail["to"], mail["cc"], mail["subject"]) == (usual["to"], usual["cc"], usual["subject"])


def test_subject_and_copies_are_as_the_agent_decides(shop: Desk) -> None:
    id = _asked(shop, cc=f"Bo <{BO}>")
    mail = {"subject": "Your lamp, order 12", "cc": [], "bcc": [EVE]}
    sent = _mail(shop, id, "It is on its way.", mail=mail)
    told = {name: sent.get(name, []) for name in ("subject", "cc", "bcc")}
    assert told == mail
    assert shop.admin.get(f"/api/conversations/{id}/next-mail").json()["cc"] == [BO]


@pytest.mark.parametrize(
    ("mail", "field"),
    [
        ({"subject": "Hello\r\nBcc: all@post.example"}, "mail.subject"),
        ({"subject": "Hello\n"}, "mail.subject"),
        ({"subject": "x" * 251}, "mail.subject"),
        ({"cc": ["nobody"]}, "mail.cc"),
        ({"cc": [BO, "Bo <bo@post.example>"]}, "mail.cc"),
        ({"bcc": [f"{BO}\n"]}, "mail.bcc"),
        ({"bcc": ["a,b@post.example"]}, "mail.bcc"),
        ({"cc": [f"{n}@post.example" for n in range(51)]}, "mail.cc"),
    ],
)
def test_what_cannot_stand_in_a_mail_is_refused_with_its_field(shop: Desk, mail: dict[str, object], field: str) -> None:
    id = _asked(shop)
    for path, given in (("messages", {"id": new_id(), "text": "Hello"}), ("draft", {"version": 0})):
        ask = shop.admin.put if path == "draft" else shop.admin.post
        refused = ask(f"/api/conversations/{id}/{path}", json={**given, "mail": mail})
        assert refused.status_code == 400, refused.text
        assert refused.json()["field"].startswith(field)
    assert len(shop.said(id)) == 1


def test_what_is_about_very_much_is_answered_and_is_still_about_the_same(shop: Desk) -> None:
    id = _asked(shop, subject="lamp " * 180)
    before = shop.conversations()[0]["subject"]
    mail = _mail(shop, id, "All of them?")
    assert mail["subject"].startswith("Re: lamp lamp")
    assert not mail.get("renamed")
    answer = {"message_id": "<second.1@post.example>", "in_reply_to": f"<{mail['id']}>", "subject": mail["subject"]}
    shop.put(raw("All of them", **answer))
    said = eventually(lambda: len(found := shop.said(id)) == 3 and found)
    assert not said[-1]["details"]["mail"].get("renamed")
    assert shop.conversations()[0]["subject"] == before


def test_what_was_decided_is_part_of_the_draft_and_goes_with_it(shop: Desk) -> None:
    id = _asked(shop)
    address = f"/api/conversations/{id}/draft"
    mail = {"subject": "Your lamp", "cc": [BO], "bcc": [], "answered": None}
    kept = shop.admin.put(address, json={"version": 0, "text": "It is", "mail": mail}).json()
    assert shop.admin.get(address).json()["mail"] == mail == kept["mail"]
    shop.answer(id, "A note", visibility="internal", draft=kept["version"])
    assert shop.admin.get(address).json()["mail"] == mail
    only = shop.admin.put(address, json={"version": shop.admin.get(address).json()["version"], "mail": mail}).json()
    assert [one["id"] for one in shop.admin.get("/api/drafts").json()] == [only["id"]]
    shop.answer(id, "It is on its way", mail=mail, draft=only["version"])
    assert shop.admin.get(address).json()["mail"] is None
    assert shop.admin.get("/api/drafts").json() == []


def test_an_agent_signs_with_their_own_words_else_with_the_mailbox_s_and_never_twice(shop: Desk) -> None:
    channel = shop.channels["support@shop.example"]
    settings = {**channel["settings"], "signature": "{agent}\nShop"}
    assert shop.admin.patch(f"/api/channels/{channel['id']}", json={"settings": settings}).status_code == 200
    id, name = _asked(shop), shop.admin.get("/api/session").json()["agent"]["name"]
    signed = [_mail(shop, id, "Which lamp?")["signature"]]
    assert shop.admin.patch("/api/me/preferences", json={"signature": "Yours, {agent}"}).status_code == 200
    signed.append(_mail(shop, id, "This one?")["signature"])
    assert signed == [f"{name}\nShop", f"Yours, {name}"]
    assert shop.admin.get(f"/api/conversations/{id}/next-mail").json()["signature"] == f"Yours, {name}"
    assert "signature" not in _mail(shop, id, f"It is on its way.\nYours, {name}\n")
    assert [one["text"] for one in shop.said(id)][1:3] == ["Which lamp?", "This one?"]


def test_a_chat_has_no_mail(shop: Desk) -> None:
    key = next(one["public_key"] for one in shop.admin.get("/api/channels").json() if one["kind"] == "webchat")
    client = shop.running.client()
    visitor = shop.running.client(client.post(f"/api/webchat/{key}/visitors", json={}).json()["token"])
    said = visitor.post("/api/webchat/messages", json={"id": new_id(), "text": "Hello"}).json()
    refused = shop.admin.get(f"/api/conversations/{said['conversation_id']}/next-mail")
    assert (refused.status_code, refused.json()["code"]) == (409, NotByMail.code())


def _from_bo(shop: Desk, id: str, text: str = "I am Bo") -> dict[str, Any]:
    """Who had a copy writes too; what they said."""
    told: dict[str, str | None] = {"in_reply_to": "<first.1@post.example>", "message_id": "<bo.1@post.example>"}
    shop.put(raw(text, subject="Re: My lamp", **{"from": f"Bo <{BO}>"}, **told))
    found: dict[str, Any] = eventually(lambda: next((one for one in shop.said(id) if one["text"] == text), None))
    return found


def _told(mail: dict[str, Any]) -> tuple[object, ...]:
    return mail["to"], mail.get("cc", []), mail["answers"]


TO_AMARA = (["amara@post.example"], [], "first.1@post.example")


def test_what_goes_out_later_goes_to_whom_its_author_saw(shop: Desk) -> None:
    id = _asked(shop, cc=f"Bo <{BO}>")
    later = (datetime.now(UTC) + timedelta(hours=2)).isoformat()
    for mail in ({"cc": []}, None):
        given = {"id": new_id(), "text": "Your IBAN is X", "send_at": later, "mail": mail}
        assert shop.admin.post(f"/api/conversations/{id}/scheduled", json=given).status_code == 201
    _from_bo(shop, id)
    for one in shop.admin.get(f"/api/conversations/{id}/scheduled").json():
        assert shop.admin.post(f"/api/scheduled-messages/{one['id']}/send").status_code == 200
    decided, as_usual = (one["details"]["mail"] for one in shop.said(id)[-2:])
    assert _told(decided) == TO_AMARA
    assert _told(as_usual) == (["amara@post.example"], [BO], "first.1@post.example")


def test_an_answer_goes_to_who_wrote_the_mail_that_the_agent_looked_at(shop: Desk) -> None:
    channel = shop.channels["support@shop.example"]
    settings = {**channel["settings"], "quote": True}
    assert shop.admin.patch(f"/api/channels/{channel['id']}", json={"settings": settings}).status_code == 200
    id = _asked(shop, cc=f"Bo <{BO}>")
    seen = shop.admin.get(f"/api/conversations/{id}/next-mail").json()
    assert (seen["answered"], seen["newest"]) == (shop.said(id)[0]["id"],) * 2
    newer = _from_bo(shop, id)
    still = shop.admin.get(f"/api/conversations/{id}/next-mail?answered={seen['answered']}").json()
    assert still == {**seen, "newest": newer["id"]}
    sent = _mail(shop, id, "Which lamp?", mail={"cc": [], "answered": seen["answered"]})
    assert (_told(sent), sent["quoted"], sent["answered"]) == (TO_AMARA, "My lamp is broken", seen["answered"])
    assert _mail(shop, id, "Who are you?")["to"] == [BO]
    assert _mail(shop, id, "Anew", mail={"answered": ""})["to"] == ["amara@post.example"]


def test_only_a_mail_that_came_into_the_conversation_is_answered(shop: Desk) -> None:
    id = _asked(shop)
    own = shop.answer(id, "Which lamp?")["id"]
    shop.put(raw("Another", message_id="<other.1@post.example>", subject="Another"))
    other = eventually(lambda: next((one["id"] for one in shop.conversations() if one["id"] != id), None))
    for answered in (own, shop.said(other)[0]["id"], "nothing"):
        looked = shop.admin.get(f"/api/conversations/{id}/next-mail?answered={answered}")
        assert (looked.status_code, looked.json()["code"]) == (422, NotAnswerable.code())
        given = {"id": new_id(), "text": "Hello", "mail": {"answered": answered}}
        for path in ("messages", "scheduled"):
            refused = shop.admin.post(f"/api/conversations/{id}/{path}", json=given)
            assert (refused.status_code, refused.json()["field"]) == (422, "mail.answered")


def test_an_answer_goes_where_its_author_wants_it_and_the_agent_sees_that(shop: Desk) -> None:
    id = _asked(shop, reply_to="Amara <amara@home.example>")
    said = shop.said(id)[0]["details"]["mail"]
    assert (said["caution"], said["reply_to"], said["author"]) == ("reply", "amara@home.example", "amara@post.example")
    assert shop.admin.get(f"/api/conversations/{id}/next-mail").json()["to"] == ["amara@home.example"]
    assert _mail(shop, id, "Which lamp?")["to"] == ["amara@home.example"]
    home = Actor.system(shop.admin.get("/api/session").json()["workspace"]["id"])
    units = shop.running.app.state.units
    automatic = units.read_now(home, lambda tx: usual(tx, tx.get(Conversation, id), by_hand=False).to)
    assert automatic == "amara@post.example"
    answer = {"message_id": "<second.1@home.example>", "in_reply_to": f"<{shop.said(id)[-1]['details']['mail']['id']}>"}
    shop.put(raw("The red one", **answer, **{"from": "Amara <amara@home.example>"}))
    eventually(lambda: "The red one" in [one["text"] for one in shop.said(id)])


@pytest.mark.parametrize(
    "headers",
    [
        {"reply_to": "lamps@lists.example", "list_id": "<lamps.lists.example>"},
        {"reply_to": "amara@post.example"},
        {"reply_to": "support@shop.example"},
        {"reply_to": "one@home.example, two@home.example"},
    ],
)
def test_an_answer_goes_to_its_author_where_they_name_nobody_else_or_a_list_does(
    shop: Desk, headers: dict[str, str]
) -> None:
    id = _asked(shop, **headers)
    assert shop.admin.get(f"/api/conversations/{id}/next-mail").json()["to"] == ["amara@post.example"]
    assert "caution" not in shop.said(id)[0]["details"]["mail"]

"""A reply from another address: somebody says whether it is the same person, takes it back, or leaves the two apart for good."""

from collections.abc import Iterator
from typing import Any

import pytest

from helpline.app.settings import Settings
from helpline.mails.joining import JoinSettled, NothingToJoin
from tests.channels.email.raw import raw
from tests.listening import eventually

from .lines import Desk, desk


@pytest.fixture
def shop(settings: Settings) -> Iterator[Desk]:
    with desk(settings) as one:
        yield one


def _asked(shop: Desk) -> tuple[str, str, str]:
    """Two conversations, and the hint in the second."""
    shop.put(raw("My lamp is broken"))
    (first,) = eventually(shop.conversations)
    answer = {
        "message_id": "<second.1@home.example>",
        "in_reply_to": "<first.1@post.example>",
        "subject": "Re: My lamp",
    }
    shop.put(raw("Any news?", **answer, **{"from": "Amara <amara@home.example>"}))
    _, second = eventually(lambda: len(found := shop.conversations()) == 2 and found)
    said = shop.admin.get(f"/api/conversations/{second['id']}/messages").json()["items"]
    hint = next(one["id"] for one in said if one["event"] and one["event"]["name"] == "mail_points_at")
    return first["id"], second["id"], hint


def _contact(shop: Desk, conversation_id: str) -> str | None:
    found: str | None = shop.admin.get(f"/api/conversations/{conversation_id}").json()["contact_id"]
    return found


def _say(shop: Desk, hint: str, what: str, method: str = "POST") -> dict[str, Any]:
    answer = shop.admin.request(method, f"/api/messages/{hint}/{what}")
    assert answer.status_code == 200, answer.text
    event: dict[str, Any] = answer.json()["event"]
    return event


def test_two_whom_nobody_knows_become_one_contact_and_nobody_again(shop: Desk) -> None:
    first, second, hint = _asked(shop)
    assert _say(shop, hint, "join")["settled"] == "joined"
    assert _contact(shop, first) == _contact(shop, second) is not None
    contact = shop.admin.get(f"/api/contacts/{_contact(shop, first)}").json()
    assert (contact["name"], contact["email"]) == ("Amara Diallo", "amara@post.example")
    assert _say(shop, hint, "join", "DELETE").get("settled", "") == ""
    assert _contact(shop, first) is _contact(shop, second) is None


@pytest.mark.parametrize("known", [0, 1])
def test_who_is_known_keeps_their_contact(shop: Desk, known: int) -> None:
    *both, hint = _asked(shop)
    given = {"name": "Amara D.", "conversation_id": both[known]}
    contact = shop.admin.post("/api/contacts", json=given).json()["id"]
    _say(shop, hint, "join")
    assert [_contact(shop, one) for one in both] == [contact, contact]
    _say(shop, hint, "join", "DELETE")
    assert (_contact(shop, both[known]), _contact(shop, both[1 - known])) == (contact, None)


def test_two_contacts_are_merged_into_the_one_who_wrote_first_and_apart_again(shop: Desk) -> None:
    first, second, hint = _asked(shop)
    ids = [
        shop.admin.post("/api/contacts", json={"name": name, "conversation_id": id}).json()["id"]
        for name, id in (("Amara D.", first), ("A. Diallo", second))
    ]
    _say(shop, hint, "join")
    assert [_contact(shop, first), _contact(shop, second)] == [ids[0], ids[0]]
    assert shop.admin.get(f"/api/contacts/{ids[0]}/merges").json()[0]["undone_at"] is None
    _say(shop, hint, "join", "DELETE")
    assert [_contact(shop, first), _contact(shop, second)] == ids


def test_what_is_left_apart_is_not_asked_again_and_only_hints_are_asked(shop: Desk) -> None:
    first, second, hint = _asked(shop)
    event = _say(shop, hint, "leave-apart")
    assert (event["settled"], event["other_id"], event["by_name"]) == ("apart", first, "Ada")
    assert _contact(shop, second) is None
    for method, what in (("POST", "join"), ("POST", "leave-apart")):
        refused = shop.admin.request(method, f"/api/messages/{hint}/{what}")
        assert (refused.status_code, refused.json()["code"]) == (409, JoinSettled.code())
    message = shop.said(second)[0]["id"]
    refused = shop.admin.post(f"/api/messages/{message}/join")
    assert (refused.status_code, refused.json()["code"]) == (409, NothingToJoin.code())
    _say(shop, hint, "join", "DELETE")
    assert _say(shop, hint, "join")["settled"] == "joined"

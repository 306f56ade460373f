"""What agents show contacts beside messages, at simulated providers that are strict: typing, read marks, reactions, changes."""

from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from websockets.sync.client import ClientConnection

from helpline.app.settings import Settings
from helpline.app.simulating_channels.customers import Customer
from helpline.app.simulating_channels.provider import Fault
from helpline.channels.kinds import can
from helpline.conversations.answering import NotQuotable
from helpline.delivery.showing import CannotBeShown, NotThereYet, NotYourMessage, ProviderRefused
from tests.listening import eventually, open_desk, say

from .at_providers import KINDS, At, at


@pytest.fixture(params=[kind for kind in KINDS if can(kind).reactions])
def reacting(request: pytest.FixtureRequest, settings: Settings) -> Iterator[At]:
    with at(request.param, settings) as found:
        yield found


@pytest.fixture(params=[kind for kind in KINDS if can(kind).shows_read])
def reading(request: pytest.FixtureRequest, settings: Settings) -> Iterator[At]:
    with at(request.param, settings) as found:
        yield found


@pytest.fixture(params=[kind for kind in KINDS if can(kind).quotes])
def quoting(request: pytest.FixtureRequest, settings: Settings) -> Iterator[At]:
    with at(request.param, settings) as found:
        yield found


def types(opened: ClientConnection, conversation_id: str, visibility: str = "public") -> None:
    say(opened, type="typing", conversation_id=conversation_id, visibility=visibility)


def shown_typing(line: At, ana: Customer) -> int:
    """How often it was shown to Ana that somebody writes."""
    told: dict[str, Any] = {
        "line": lambda: line.provider.loading.count(ana.id),
        "telegram": lambda: line.provider.actions.count((ana.id, "typing")),
        "whatsapp": lambda: line.provider.typing.count(ana.id),
        "messenger": lambda: line.provider.actions.count((ana.id, "typing_on")),
        "instagram": lambda: line.provider.actions.count((ana.id, "typing_on")),
    }
    return int(told[line.kind]())


def see(line: At, conversation_id: str) -> None:
    """The administrator has read all of it."""
    found = line.admin.get(f"/api/conversations/{conversation_id}").json()
    answer = line.admin.post(f"/api/conversations/{conversation_id}/seen", json={"seq": found["last_seq"]})
    assert answer.is_success, answer.text


def react(line: At, message_id: str, emoji: str) -> httpx.Response:
    return line.admin.put(f"/api/messages/{message_id}/reaction", json={"emoji": emoji})


def theirs(line: At, conversation_id: str) -> dict[str, Any]:
    """What the contact wrote last."""
    return line.messages(conversation_id)[-1]


def test_the_customer_sees_that_an_agent_writes_and_not_more_often_than_that_lasts(line: At) -> None:
    ana = line.provider.meets("Ana")
    id = line.greeted(ana)
    with open_desk(line.running, line.admin) as (opened, _):
        types(opened, id, "internal")
        assert line.say(id, "A note", visibility="internal").is_success
        assert shown_typing(line, ana) == 0
        eventually(lambda: shown_typing(line, ana) or types(opened, id))
        sent = line.say(id, "Here it is").json()
        line.comes_to(id, sent["id"], "sent")
        types(opened, id)
        line.comes_to(id, line.say(id, "And this").json()["id"], "sent")
    assert shown_typing(line, ana) == 1
    assert ana.texts[-2:] == ["Here it is", "And this"]


def test_a_sign_that_is_refused_harms_nothing(line: At) -> None:
    ana = line.provider.meets("Ana")
    id = line.greeted(ana)
    line.provider.faults.append(Fault(500))
    with open_desk(line.running, line.admin) as (opened, _):
        eventually(lambda: not line.provider.faults or types(opened, id))
        sent = line.say(id, "All the same").json()
        line.comes_to(id, sent["id"], "sent")
    assert [outcome for outcome, _ in line.attempts(sent["id"])] == ["sent"]


def test_the_customer_sees_what_was_read(reading: At) -> None:
    ana = reading.provider.meets("Ana")
    id = reading.greeted(ana)
    last = reading.writes(ana, "are you there?")
    eventually(lambda: len(reading.messages(id)) == 2)
    see(reading, id)
    if reading.kind in {"messenger", "instagram"}:
        eventually(lambda: (ana.id, "mark_seen") in reading.provider.actions)
    else:
        eventually(lambda: last in reading.provider.read)


def test_an_answer_points_at_a_message_on_both_sides(quoting: At) -> None:
    ana = quoting.provider.meets("Ana")
    first = quoting.writes(ana, "the red one?")
    id = quoting.take()
    quoting.writes(ana, "and how are you?")
    eventually(lambda: len(quoting.messages(id)) == 2)
    asked = quoting.messages(id)[0]
    sent = quoting.say(id, "Sold out", reply_to=asked["id"])
    assert sent.is_success, sent.text
    assert sent.json()["details"]["reply_to"] == asked["id"]
    quoting.comes_to(id, sent.json()["id"], "sent")
    shown = ana.received[-1].details
    if quoting.kind == "telegram":
        assert shown["reply_to_message"]["message_id"] == int(first)
    elif quoting.kind == "whatsapp":
        assert shown["context"] == {"message_id": first}
    else:
        assert shown["quoteToken"] == ana.screen[0].details["quoteToken"]


def test_what_the_customer_points_at_is_shown(line: At) -> None:
    ana = line.provider.meets("Ana")
    id = line.greeted(ana)
    ours = ana.received[-1]
    pointing: dict[str, dict[str, Any]] = {
        "line": {"quotedMessageId": ours.id},
        "telegram": {"reply_to_message": ours.details},
        "whatsapp": {"context": {"from": "15550783881", "id": ours.id}},
        "messenger": {"reply_to": {"mid": ours.id}},
        "instagram": {"reply_to": {"mid": ours.id}},
    }
    line.provider.says(ana, "this one?", **pointing[line.kind])
    line.deliver()
    eventually(lambda: len(line.messages(id)) == 2)
    assert theirs(line, id)["details"]["reply_to"] == line.messages(id, "agent")[-1]["id"]


def test_what_cannot_be_pointed_at_is_refused(official: At) -> None:
    ana = official.provider.meets("Ana")
    id = official.greeted(ana)
    (ours,) = official.messages(id, "agent")[-1:]
    refused = official.say(id, "As I said", reply_to=ours["id"])
    assert (refused.status_code, refused.json()["code"], refused.json()["field"]) == (
        422,
        NotQuotable.code(),
        "reply_to",
    )
    note = official.say(id, "Look", visibility="internal", reply_to=theirs(official, id)["id"])
    assert note.status_code == 422
    assert official.say(id, "Look", reply_to="nothing").status_code == 422


def test_a_reaction_is_on_both_screens_until_it_is_taken_away(reacting: At) -> None:
    ana = reacting.provider.meets("Ana")
    id = reacting.greeted(ana)
    message = theirs(reacting, id)
    sign = can(reacting.kind).reactions[0]
    put = react(reacting, message["id"], sign)
    assert put.status_code == 200, put.text
    assert [one["emoji"] for one in put.json()["details"]["reactions"]] == [sign]
    shown = "love" if reacting.kind == "instagram" else sign
    assert [one.reaction for one in ana.screen if one.ours][-1] == shown
    assert not (react(reacting, message["id"], "").json()["details"] or {}).get("reactions")
    assert not any(one.reaction for one in ana.screen)


def test_a_reaction_that_the_provider_refuses_is_not_shown_here_either(reacting: At) -> None:
    id = reacting.greeted(reacting.provider.meets("Ana"))
    message = theirs(reacting, id)
    unknown = react(reacting, message["id"], "🥑")
    assert (unknown.status_code, unknown.json()["code"]) == (409, CannotBeShown.code())
    reacting.provider.faults.append(Fault(500))
    refused = react(reacting, message["id"], can(reacting.kind).reactions[0])
    assert (refused.status_code, refused.json()["code"]) == (409, ProviderRefused.code())
    assert not (theirs(reacting, id)["details"] or {}).get("reactions")


def test_where_no_reaction_can_be_put_none_is(official: At) -> None:
    id = official.greeted(official.provider.meets("Ana"))
    assert react(official, theirs(official, id)["id"], "👍").json()["code"] == CannotBeShown.code()


def test_an_agent_changes_what_they_wrote_and_takes_it_back(telegram: At) -> None:
    ana = telegram.provider.meets("Ana")
    id = telegram.greeted(ana)
    sent = telegram.say(id, "It costs 10").json()
    telegram.comes_to(id, sent["id"], "sent")
    changed = telegram.admin.patch(f"/api/messages/{sent['id']}", json={"text": "It costs 12"})
    assert changed.status_code == 200, changed.text
    assert (ana.texts[-1], changed.json()["text"]) == ("It costs 12", "It costs 12")
    assert [one["text"] for one in changed.json()["details"]["versions"]] == ["It costs 10"]
    assert telegram.admin.patch(f"/api/messages/{sent['id']}", json={"text": "It costs 12"}).status_code == 200
    assert telegram.admin.delete(f"/api/messages/{sent['id']}").status_code == 204
    assert ana.received[-1].deleted
    (last,) = telegram.messages(id, "agent")[-1:]
    assert (last["text"], bool(last["details"]["deleted_at"])) == ("", True)
    assert (
        telegram.admin.patch(f"/api/messages/{sent['id']}", json={"text": "Again"}).json()["code"]
        == CannotBeShown.code()
    )


def test_a_long_message_is_taken_back_whole_and_not_changed(telegram: At) -> None:
    ana = telegram.provider.meets("Ana")
    id = telegram.greeted(ana)
    sent = telegram.say(id, "word " * 1500).json()
    telegram.comes_to(id, sent["id"], "sent")
    refused = telegram.admin.patch(f"/api/messages/{sent['id']}", json={"text": "short"})
    assert refused.json()["code"] == CannotBeShown.code()
    assert telegram.admin.delete(f"/api/messages/{sent['id']}").status_code == 204
    assert [one.deleted for one in ana.received[-2:]] == [True, True]


def test_what_did_not_reach_the_customer_can_be_neither_changed_nor_taken_back(telegram: At) -> None:
    ana = telegram.provider.meets("Ana")
    id = telegram.greeted(ana)
    ana.has_blocked = True
    sent = telegram.say(id, "Hello?").json()
    telegram.comes_to(id, sent["id"], "failed")
    assert (
        telegram.admin.patch(f"/api/messages/{sent['id']}", json={"text": "Hi?"}).json()["code"] == NotThereYet.code()
    )
    assert telegram.admin.delete(f"/api/messages/{sent['id']}").json()["code"] == NotThereYet.code()


def test_nobody_changes_what_somebody_else_wrote(telegram: At) -> None:
    id = telegram.greeted(telegram.provider.meets("Ana"))
    message = theirs(telegram, id)
    refused = telegram.admin.patch(f"/api/messages/{message['id']}", json={"text": "I agree"})
    assert (refused.status_code, refused.json()["code"]) == (403, NotYourMessage.code())
    telegram.admin.post(f"/api/conversations/{id}/close")
    assert react(telegram, message["id"], "👍").json()["code"] == "not_yours"

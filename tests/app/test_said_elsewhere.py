"""Messenger and Instagram tell what our side says: by us, by people in Meta's inbox, by other programs."""

from collections.abc import Iterator

import pytest

from helpline.app.settings import Settings
from helpline.app.simulating_channels.provider import Fault
from tests.listening import eventually

from .at_providers import At, at


@pytest.fixture(params=["messenger", "instagram"])
def line(request: pytest.FixtureRequest, settings: Settings) -> Iterator[At]:
    with at(request.param, settings) as found:
        here = found.provider.hooks.url
        assert found.admin.post(f"/api/channels/{found.channel['id']}/join").json()["ok"]
        found.provider.hooks.url = here
        yield found


def test_what_is_said_elsewhere_is_seen_and_what_we_said_is_there_once(line: At) -> None:
    ana = line.provider.meets("Ana García")
    id = line.greeted(ana)
    line.comes_to(id, line.say(id, "On its way").json()["id"], "sent")
    line.provider.answers(ana, "I have seen it leave", app_id=None)
    line.provider.answers(ana, "Rate us!", app_id=99)
    for _ in range(2):
        line.deliver()  # echoes of ours among them
        line.deliver()
    said = eventually(lambda: found if len(found := line.messages(id, "agent")) >= 4 else None)
    assert [(one["text"], one["author"]["name"]) for one in said] == [
        ("Welcome", "Ada"),
        ("On its way", "Ada"),
        ("I have seen it leave", ""),
        ("Rate us!", ""),
    ]
    assert [one["details"] and one["details"].get("elsewhere") for one in said] == [None, None, {}, {"app": "99"}]
    line.writes(ana, "Thanks")
    eventually(lambda: len(line.messages(id)) == 2)
    assert [one["text"] for one in line.messages(id, "agent")] == [one["text"] for one in said]
    assert len(line.conversations()) == 1


def test_an_echo_says_that_a_message_arrived_whose_answer_was_lost(line: At) -> None:
    ana = line.provider.meets("Ana")
    id = line.greeted(ana)
    line.provider.faults.append(Fault(0, is_heard=True))
    sent = line.say(id, "Once").json()
    line.comes_to(id, sent["id"], "unknown")
    line.deliver()
    line.comes_to(id, sent["id"], "sent")
    assert [one["text"] for one in line.messages(id, "agent")] == ["Welcome", "Once"]


def test_a_page_that_writes_first_fills_nobodys_queue(line: At) -> None:
    ana = line.provider.meets("Ana García")
    line.provider.answers(ana, "Thank you for your comment", app_id=99)
    line.deliver()
    (first,) = eventually(lambda: line.admin.get("/api/conversations?view=closed").json()["items"])
    assert (first["contact_name"], first["close_reason"]) == ("Ana García", "elsewhere")
    assert line.conversations() == []
    line.writes(ana, "Do you have it in red?")
    (second,) = eventually(line.conversations)
    assert second["previous_id"] == first["id"]

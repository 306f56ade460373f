"""Much at once by one channel: taken in side by side, and yet in order, each once, whatever stands between."""

import base64
import hmac
import json
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as examples
from hypothesis import strategies as st

from helpline.channels.contract import Raw
from helpline.core import Actor, Tx, new_id
from helpline.core.tokens import workspace_of
from helpline.intake import Payload, PayloadState, actions, foretold
from helpline.intake.models import Foretold
from tests.app.at_providers import At
from tests.app.test_lines import Line, contact_texts, line
from tests.listening import eventually

__all__ = ["line"]


def said(address: str, id: str, text: str) -> dict[str, Any]:
    return {"type": "message", "id": id, "from": {"address": address, "name": address}, "text": text}


def put(line: Line, *bodies: Any) -> None:
    """All of these calls in one commit, so that they are found together."""

    def keep(tx: Tx) -> None:
        for body in bodies:
            raw = body if isinstance(body, bytes) else json.dumps({"events": body}).encode()
            actions.keep(tx, line.channel["id"], Raw(body=raw))

    line.running.app.state.units.run_now(home(line), keep)


def home(line: Line) -> Actor:
    return Actor.system(str(workspace_of(line.channel["public_key"])))


def states(line: Line) -> Counter[str]:
    def counted(tx: Tx) -> Counter[str]:
        return Counter(row.state for row in tx.db.query(Payload).filter(Payload.workspace_id == tx.workspace_id))

    return line.running.app.state.units.read_now(home(line), counted)


def heard(line: Line) -> dict[str, list[str]]:
    """What each contact said, in order."""
    return {one["contact_name"]: contact_texts(line, one["id"]) for one in line.conversations()}


def test_poison_in_the_middle_of_many_harms_nobody(line: Line) -> None:
    calls: list[Any] = [[said(f"kim{n % 3}", new_id(), f"Message {n}")] for n in range(18)]
    calls.insert(9, b"\xff no JSON at all")
    calls.insert(5, [said("kim0", new_id(), "")])  # nothing was said
    calls.insert(3, [said("kim1", new_id(), "before"), said("kim1", new_id(), ""), said("kim1", new_id(), "after")])
    put(line, *calls)
    eventually(lambda: not states(line)[PayloadState.RECEIVED], within=120)
    assert states(line) == {PayloadState.DONE: 18, PayloadState.QUARANTINED: 3}
    assert heard(line) == {
        "kim0": [f"Message {n}" for n in range(0, 18, 3)],
        "kim1": ["Message 1", "before", "after", *(f"Message {n}" for n in range(4, 18, 3))],
        "kim2": [f"Message {n}" for n in range(2, 18, 3)],
    }


@pytest.fixture
def numbers() -> Iterator[int]:
    """A number for each example, so that each has contacts of its own."""
    return iter(range(1000))


CALLS = st.lists(
    st.lists(st.tuples(st.integers(0, 2), st.integers(0, 7)), min_size=1, max_size=3), min_size=1, max_size=12
)


@given(portions=st.lists(CALLS, min_size=1, max_size=3))
@examples(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_each_contact_is_heard_once_and_in_order_however_often_and_in_what_company_they_are_told(
    line: Line, numbers: Iterator[int], portions: list[list[list[tuple[int, int]]]]
) -> None:
    example = next(numbers)
    expected: dict[str, list[str]] = {}
    for calls in portions:
        bodies = []
        for events in calls:
            bodies.append([said(f"{example}-{who}", f"{example}-{who}-{what}", f"{what}") for who, what in events])
            for who, what in events:
                heard_of = expected.setdefault(f"{example}-{who}", [])
                heard_of += [] if f"{what}" in heard_of else [f"{what}"]
        put(line, *bodies)
    eventually(lambda: not states(line)[PayloadState.RECEIVED], within=120)
    assert {name: texts for name, texts in heard(line).items() if name.startswith(f"{example}-")} == expected
    assert not states(line)[PayloadState.QUARANTINED]


def test_more_than_is_taken_in_at_once_is_taken_in_all_the_same(line: Line) -> None:
    put(line, *([said(f"kim{n % 7}", new_id(), f"Message {n}")] for n in range(120)))
    eventually(lambda: not states(line)[PayloadState.RECEIVED], within=120)
    assert heard(line) == {f"kim{who}": [f"Message {n}" for n in range(who, 120, 7)] for who in range(7)}


def test_what_waits_for_what_it_is_about_holds_nobody_up(line: Line) -> None:
    who = {"address": "kim", "name": "kim"}
    early = [[{"type": "edit", "id": f"m{n}", "from": who, "text": f"Edited {n}"}] for n in range(60)]
    put(line, *early, [said("kim", "m0", "First")], [said("lee", "l0", "Hello")])
    eventually(lambda: heard(line).get("lee") == ["Hello"])
    eventually(lambda: not states(line)[PayloadState.RECEIVED], within=120)
    assert heard(line)["kim"] == ["Edited 0"]


def test_what_is_told_long_before_its_message_waits_for_it_and_counts_once(line: Line) -> None:
    who = {"address": "kim", "name": "kim"}
    edits = [{"type": "edit", "id": "m1", "from": who, "text": text} for text in ("One", "Two")]
    put(line, [said("kim", "m0", "Before"), edits[0], {"type": "delete", "id": "m2"}, said("kim", "m3", "After")])
    put(line, [edits[1], {"type": "delete", "id": "m2"}], [{"type": "delete", "id": "m9"}])
    eventually(lambda: not states(line)[PayloadState.RECEIVED], within=120)
    assert heard(line) == {"kim": ["Before", "After"]}
    for _ in range(2):
        put(line, [said("kim", "m1", "First"), said("kim", "m2", "Second")])
        eventually(lambda: not states(line)[PayloadState.RECEIVED], within=120)
    assert states(line) == {PayloadState.DONE: 5}
    (conversation,) = line.conversations()
    messages = line.messages(conversation["id"])
    assert [one["text"] for one in messages if one["author"]["kind"] == "contact"] == ["Before", "After", "Two", ""]
    first, second = (one["details"] for one in messages if one["author"]["kind"] == "contact" and one["details"])
    assert [one["text"] for one in first["versions"]] == ["First", "One"]
    assert [one["text"] for one in second["versions"]] == ["Second"]
    assert second["deleted_at"]
    units = line.running.app.state.units
    left = lambda: units.read_now(home(line), lambda tx: [one.external_id for one in tx.db.query(Foretold)])  # noqa: E731
    assert left() == ["m9"]

    def later(tx: Tx) -> int:
        tx.now += foretold.KEPT + timedelta(minutes=1)
        return foretold.discard_old(tx)

    assert (units.run_now(home(line), foretold.discard_old), left()) == (0, ["m9"])
    assert (units.run_now(home(line), later), left()) == (1, [])


def test_what_makes_no_sense_of_one_customer_waits_in_quarantine_and_the_others_are_heard(official: At) -> None:
    event = {"type": "message", "webhookEventId": "w", "timestamp": 1, "replyToken": "r"}
    event["source"] = {"type": "user", "userId": "U" + "1" * 32}
    texts = [
        {**event, "message": {"type": "text", "id": str(n), "text": text}} for n, text in enumerate((None, "hola"))
    ]
    body = json.dumps({"destination": "U", "events": texts}).encode()
    mac = base64.b64encode(hmac.digest(official.provider.secret.encode(), body, "sha256")).decode()
    hook = f"/api/hooks/{official.channel['public_key']}"
    told = official.program.post(hook, content=body, headers={"x-line-signature": mac})
    assert told.status_code == 200
    (payload,) = eventually(lambda: official.admin.get("/api/quarantine").json()["items"], within=120)
    assert "null" in payload["error"]
    assert [one["last_text"] for one in official.conversations()] == ["hola"]

"""The past comes in once, with its own times, and nothing follows from it."""

from copy import deepcopy
from datetime import UTC, datetime
from typing import Any

import pytest

from helpline.app.care.doctor import CHECKS
from helpline.contacts import Contact, ContactPoint
from helpline.conversations import Conversation, Message
from helpline.core.facts import FactRow
from helpline.core.jobs import JobRow
from helpline.interchange.errors import (
    AmbiguousName,
    DoesNotFit,
    EventsDoNotFit,
    FileNotThere,
    InAnotherRecord,
    InTheFuture,
    LineTooLong,
    NotALine,
    NothingSaid,
    OutOfOrder,
    PastIsFixed,
    SaidTwice,
    StateDoesNotFit,
    UnknownLine,
    UnknownName,
)
from helpline.interchange.models import TakenIn
from helpline.people import Agent
from helpline.service_records.models import Handover, RecordReason
from tests.app.furnished import everything
from tests.interchange.bring import CONTACT, TALK, bring, outcomes
from tests.make import World
from tests.scenarios.invariants import Invariants


def at(clock: str) -> datetime:
    return datetime.fromisoformat(f"2025-03-04T{clock}").replace(tzinfo=UTC)


@pytest.fixture
def served(world: World) -> World:
    """A world where Bo of the lines works, and is ready."""
    from helpline.people import actions

    bo = world.agent("Bo")
    world.do(None, lambda tx: actions.change_agent(tx, tx.get(Agent, bo.id), email="bo@acme.example").id)
    return world


def test_a_conversation_comes_in_closed_with_its_messages_and_its_record(served: World) -> None:
    assert outcomes(bring(served, CONTACT, TALK)) == ["new", "new"]
    [talk], [record] = served.all(Conversation), served.records()
    [bo] = [agent for agent in served.agents.values() if agent.name == "Bo"]
    [contact] = served.all(Contact)
    assert (talk.state, talk.close_reason, talk.agent_id) == ("closed", "agent_closed", bo.id)
    assert (talk.contact_id, talk.contact_name, talk.team_id) == (contact.id, "Niamh Brennan", served.team)
    assert (talk.created_at, talk.first_answer_at) == (at("09:00:00"), at("09:02:30.500000"))
    assert (talk.closed_at, talk.last_at, talk.last_by) == (at("09:05:00"), at("09:04:00"), "contact")
    said = sorted(served.all(Message), key=lambda row: row.seq)
    assert [row.seq for row in said] == [1, 2, 3, 4, 5, 6, 7]
    shown = [row.event["name"] if row.event else row.text for row in said]
    expected = ["queued", "Where is my order?", "assigned", "On its way.", "VIP", "Thank you 謝謝", "closed"]
    assert shown == expected
    assert (record.state, record.number, record.handler_id) == ("completed", 1, bo.id)
    assert (record.result_label, record.notes, record.waited_seconds) == ("Completed", "Parcel was late", 150.5)
    assert (record.started_at, record.conversation_ended_at) == (at("09:02:30.500000"), at("09:05:00"))
    assert record.ended_at == at("09:07:00")
    assert [one["label"] for one in record.reasons] == ["Where is my order"]
    assert (len(served.all(RecordReason)), len(served.all(Handover))) == (1, 1)


def test_facts_carry_the_times_at_which_it_happened_and_name_the_import(served: World) -> None:
    bring(served, CONTACT, TALK)
    facts = [row for row in served.all(FactRow) if row.actor_kind == "import"]
    times = {row.topic: row.at for row in facts}
    assert times["conversation.opened"] == at("09:00:00")
    assert times["conversation.answered"] == at("09:02:30.500000")
    assert times["conversation.closed"] == at("09:05:00")
    assert times["record.completed"] == at("09:07:00")
    assert times["past.imported"].year == 2026
    assert [row.payload for row in facts if row.topic == "past.imported"] == [
        {"new": {"contact": 1, "conversation": 1}, "changed": {}}
    ]
    assert sorted(row.seq for row in served.all(FactRow)) == list(range(1, len(served.all(FactRow)) + 1))


def test_what_the_facts_tell_is_what_the_tables_say(served: World) -> None:
    handed = deepcopy(TALK) | {"id": "t-2"}
    handed["messages"][3] = {"at": "2025-03-04T09:04:00Z", "by": "agent", "agent": "ada@acme.example", "text": "Hi"}
    left = {"type": "conversation", "id": "t-3", "channel": "Web chat"}
    left["messages"] = [{"at": "2025-03-05T01:00:00Z", "text": "Anybody?"}]  # type: ignore[assignment]
    assert outcomes(bring(served, CONTACT, TALK, handed, left)) == ["new"] * 4
    Invariants(served).check()
    by_reason = {row.close_reason for row in served.all(Conversation)}
    assert by_reason == {"agent_closed", "abandoned"}


def test_a_second_import_changes_nothing(served: World) -> None:
    bring(served, CONTACT, TALK)
    before = everything(served)
    assert outcomes(bring(served, CONTACT, TALK)) == ["unchanged", "unchanged"]
    assert everything(served) == before


def test_the_past_does_not_ring_route_or_start_a_timer(served: World) -> None:
    [bo] = [agent for agent in served.agents.values() if agent.name == "Bo"]
    before = served.presence(bo)
    bring(served, CONTACT, TALK)
    after = served.presence(bo)
    assert (after.load, after.served_at) == (before.load, before.served_at) == (0, None)
    assert served.all(JobRow) == []
    told = [row.updates for row in served.all(FactRow) if row.actor_kind == "import"]
    assert set(told) == {None}


def test_a_corrected_contact_is_taken_over_and_one_that_the_desk_changed_is_left_alone(served: World) -> None:
    bring(served, CONTACT)
    assert outcomes(bring(served, {**CONTACT, "phone": "+353 85 555 0142"})) == ["changed"]
    [contact] = served.all(Contact)
    assert (contact.phone, contact.version) == ("+353 85 555 0142", 2)
    from helpline.contacts import actions

    served.do(None, lambda tx: actions.change(tx, contact.id, None, company="Brennan Ltd").id)
    assert outcomes(bring(served, {**CONTACT, "phone": "+353 85 555 0142"})) == ["unchanged"]
    assert served.all(Contact)[0].company == "Brennan Ltd"


def test_a_corrected_record_is_taken_over_and_a_later_message_is_added(served: World) -> None:
    bring(served, CONTACT, TALK)
    corrected = deepcopy(TALK)
    corrected["record"] |= {"result": "Escalated", "reasons": ["Wrong item"], "notes": "Sent anew"}
    corrected["messages"].append(
        {"at": "2025-03-06T10:00:00Z", "by": "agent", "visibility": "internal", "text": "Done"}
    )
    assert outcomes(bring(served, CONTACT, corrected)) == ["unchanged", "changed"]
    [record] = served.records()
    assert (record.result_label, record.notes, record.state) == ("Escalated", "Sent anew", "completed")
    assert [one["label"] for one in record.reasons] == ["Wrong item"]
    assert len(served.all(Message)) == 8
    Invariants(served).check()
    assert outcomes(bring(served, corrected)) == ["unchanged"]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"closed_at": "2025-03-04T10:05:00Z"}, "closed_at"),
        ({"created_at": "2025-03-04T08:05:00Z"}, "created_at"),
        ({"agent": "ada@acme.example"}, "agent"),
        ({"messages": [TALK["messages"][0] | {"text": "Something else"}, *TALK["messages"][1:]]}, "messages"),
    ],
)
def test_what_was_said_and_done_is_not_changed_by_a_second_import(
    served: World, change: dict[str, Any], field: str
) -> None:
    bring(served, CONTACT, TALK)
    before = everything(served)
    [told] = bring(served, {**TALK, **change})
    assert (told.outcome, told.code, told.field) == ("refused", PastIsFixed.code(), field)
    assert everything(served) == before


TURNED_DOWN: dict[str, tuple[Any, str, str | None]] = {
    "not JSON": ("{oops", NotALine.code(), None),
    "not an object": ("[1]", NotALine.code(), None),
    "no type": ({"id": "x"}, NotALine.code(), None),
    "an unknown type": ({"type": "ticket", "id": "x"}, NotALine.code(), "type"),
    "an unknown field": ({**CONTACT, "shoe_size": 43}, NotALine.code(), None),
    "a wrong type": ({**CONTACT, "name": 7}, NotALine.code(), "name"),
    "a time without a zone": ({**CONTACT, "created_at": "2025-01-01T00:00:00"}, NotALine.code(), "created_at"),
    "a contact of tomorrow": (
        {**CONTACT, "id": "c-9", "created_at": "2027-01-01T00:00:00Z"},
        InTheFuture.code(),
        "created_at",
    ),
    "an unknown agent": ({**TALK, "agent": "nobody@acme.example"}, UnknownName.code(), "agent"),
    "an unknown channel": ({**TALK, "channel": "Fax"}, UnknownName.code(), "channel"),
    "an unknown team": ({**TALK, "team": "Ghosts"}, UnknownName.code(), "team"),
    "an unknown contact": ({**TALK, "contact": "c-77"}, UnknownLine.code(), "contact"),
    "an unknown result": ({**TALK, "record": {"result": "Magic"}}, UnknownName.code(), "result"),
    "an unknown reason": ({**TALK, "record": {"reasons": ["Magic"]}}, UnknownName.code(), "reasons"),
    "nothing said": ({**TALK, "messages": []}, NothingSaid.code(), "messages"),
    "an empty message": (
        {**TALK, "messages": [{"at": "2025-03-04T09:00:00Z", "text": " "}]},
        NothingSaid.code(),
        "messages",
    ),
    "with a bot": ({**TALK, "state": "bot"}, StateDoesNotFit.code(), "state"),
    "open with an end": ({**TALK, "state": "active"}, StateDoesNotFit.code(), "closed_at"),
    "over before it is over": ({**TALK, "closed_at": "2025-03-04T09:01:00Z"}, OutOfOrder.code(), "closed_at"),
    "over tomorrow": ({**TALK, "closed_at": "2027-03-04T09:01:00Z"}, InTheFuture.code(), "closed_at"),
    "taken before it waited": (
        {**TALK, "queued_at": "2025-03-04T09:01:00Z", "assigned_at": "2025-03-04T09:00:30Z"},
        OutOfOrder.code(),
        "assigned_at",
    ),
    "an id twice": ({**TALK, "messages": [TALK["messages"][0], TALK["messages"][0]]}, SaidTwice.code(), "messages"),
    "a file by wire": (
        {**TALK, "messages": [{"at": "2025-03-04T09:00:00Z", "files": [{"name": "a.pdf", "path": "a.pdf"}]}]},
        FileNotThere.code(),
        "messages",
    ),
    "events that lead nowhere": (
        {**TALK, "messages": [{"at": "2025-03-04T09:00:00Z", "by": "event", "event": {"name": "queued"}}]},
        EventsDoNotFit.code(),
        "messages",
    ),
    "waiting twice at once": (
        {
            **TALK,
            "messages": [
                {"at": f"2025-03-04T09:0{n}:00Z", "by": "event", "event": {"name": name, "reason": "abandoned"}}
                for n, name in enumerate(["queued", "queued", "closed"])
            ],
        },
        DoesNotFit.code(),
        None,
    ),
    "a message to nothing": (
        {"type": "message", "conversation": "t-77", "id": "m", "at": "2025-03-04T09:00:00Z", "text": "?"},
        UnknownLine.code(),
        "conversation",
    ),
    "a record of nothing": (
        {"type": "record", "id": "r", "conversations": ["t-77"]},
        UnknownLine.code(),
        "conversations",
    ),
}


@pytest.mark.parametrize("case", TURNED_DOWN)
def test_a_bad_line_is_refused_with_a_reason_and_leaves_nothing_and_the_others_go_in(served: World, case: str) -> None:
    line, code, field = TURNED_DOWN[case]
    good = {**TALK, "id": "t-good", "record": None}
    told = bring(served, CONTACT, line, good)
    assert outcomes(told) == ["new", "refused", "new"]
    assert (told[1].line, told[1].code) == (2, code)
    assert (told[1].field or None) == field
    assert str(told[1].detail).endswith(".")
    assert {row.external_id for row in served.all(TakenIn)} == {"c-1", "t-good"}
    assert served.records() == []
    Invariants(served).check()


def test_what_no_database_keeps_is_refused_alone(served: World) -> None:
    told = bring(served, CONTACT, {**CONTACT, "id": "c-2", "notes": "a\0b"}, {**CONTACT, "id": "c-3"})
    kept = {"new", "refused"}  # SQLite keeps a NUL, PostgreSQL does not
    assert (told[0].outcome, told[2].outcome) == ("new", "new")
    assert told[1].outcome in kept
    assert len(served.all(Contact)) == outcomes(told).count("new")


def test_a_line_that_is_too_long_is_refused_and_the_next_one_is_read(served: World) -> None:
    told = bring(served, {**CONTACT, "notes": "x" * (5 * 1024 * 1024)}, CONTACT)
    assert outcomes(told) == ["refused", "new"]
    assert told[0].code == LineTooLong.code()


def test_missing_names_are_made_when_that_was_asked_for_and_nobody_can_sign_in_or_come_by_them(world: World) -> None:
    line = deepcopy(TALK) | {"channel": "LINE shop", "team": "Night shift", "category": "Brand", "contact": CONTACT}
    line["messages"][1]["agent"] = "María López"
    line["record"] |= {"result": "Sold", "reasons": [{"heading": "Sales", "label": "Upsell"}], "owner": "Kestrel"}
    assert outcomes(bring(world, line)) == ["refused"]
    assert outcomes(bring(world, line, create_missing=True)) == ["new"]
    assert outcomes(bring(world, line, create_missing=True)) == ["unchanged"]
    maria = next(agent for agent in world.all(Agent) if agent.name == "María López")
    assert (maria.active, maria.password_hash) == (False, "!")
    [record] = world.records()
    assert (record.result_label, record.owner_name, record.channel_name) == ("Sold", "Kestrel", "LINE shop")
    assert (record.category_name, record.reasons[0]["label"]) == ("Brand", "Upsell")
    from helpline.channels import Channel

    assert next(row for row in world.all(Channel) if row.name == "LINE shop").active is False
    Invariants(world).check()


def test_messages_may_follow_as_lines_and_one_record_may_have_several_conversations(served: World) -> None:
    talks = [{"type": "conversation", "id": id, "channel": "Web chat", "contact": "c-1"} for id in ("t-1", "t-2")]
    said = {"type": "message", "at": "2025-03-04T09:00:00Z", "text": "Hi"}
    answer = {"type": "message", "at": "2025-03-04T09:01:00Z", "by": "agent", "agent": "Bo", "text": "Hello"}
    record = {"type": "record", "id": "r-1", "conversations": ["t-1", "t-2"], "result": "Completed"}
    lines = [CONTACT]
    for talk in talks:
        lines += [
            talk,
            {**said, "conversation": talk["id"], "id": "1"},
            {**answer, "conversation": talk["id"], "id": "2"},
        ]
    told = bring(served, *lines, record)
    assert outcomes(told) == ["new"] * 8
    assert [line.line for line in told] == list(range(1, 9))
    [row] = served.records()
    assert {talk.record_id for talk in served.all(Conversation)} == {row.id}
    Invariants(served).check()
    assert outcomes(bring(served, *lines, record)) == ["unchanged"] * 8
    again = bring(served, {"type": "record", "id": "r-2", "conversations": ["t-1"]})
    assert again[0].code == InAnotherRecord.code()


def test_a_name_that_several_have_is_refused_until_it_is_said_which(served: World) -> None:

    served.agent("Bo")
    told = bring(served, CONTACT, {**TALK, "agent": "Bo", "record": None}, {**TALK, "agent": "bo@acme.example"})
    assert [(line.outcome, line.code or None, line.field or None) for line in told] == [
        ("new", None, None),
        ("refused", AmbiguousName.code(), "agent"),
        ("new", None, None),
    ]
    label = TALK["record"]["reasons"][0]
    below = {"type": "reason", "label": label, "heading": "Parcels", "active": True}
    record = {"reasons": [label]}
    told = bring(served, {"type": "reason", "label": "Parcels"}, below, {**TALK, "id": "t-2", "record": record})
    assert (told[2].code, told[2].field) == (AmbiguousName.code(), "reasons")
    chosen = {"reasons": [{"heading": "Parcels", "label": label}]}
    assert outcomes(bring(served, {**TALK, "id": "t-2", "record": chosen})) == ["new"]


def test_a_late_message_finds_its_conversation(served: World) -> None:
    bring(served, CONTACT, TALK)
    late = {"type": "message", "conversation": "t-1", "id": "m-9", "at": "2025-03-07T09:00:00Z", "text": "One more"}
    assert outcomes(bring(served, late)) == ["new"]
    assert outcomes(bring(served, late)) == ["unchanged"]
    early = {**late, "id": "m-0", "at": "2025-03-04T09:01:00Z"}
    assert [line.code for line in bring(served, early)] == [OutOfOrder.code()]
    assert max(row.seq for row in served.all(Message)) == 8
    Invariants(served).check()


def test_two_conversations_of_one_address_share_a_contact_point_and_follow_each_other(served: World) -> None:
    later = {**TALK, "id": "t-2", "record": None, "closed_at": "2025-04-01T09:05:00Z"}
    later["messages"] = [{"at": "2025-04-01T09:00:00Z", "text": "Again me"}]
    bring(served, CONTACT, TALK, later)
    assert len(served.all(ContactPoint)) == 1
    one, two = sorted(served.all(Conversation), key=lambda row: row.created_at)
    assert (one.previous_id, two.previous_id) == (None, one.id)


def test_numbers_that_records_keep_leave_holes_and_the_doctor_misses_nothing(served: World) -> None:
    bring(served, CONTACT, {**TALK, "record": {"number": 48_213}})
    assert [found for check in CHECKS for found in served.see(lambda tx, check=check: list(check(tx)))] == []
    bring(served, {**TALK, "id": "t-2"}, {**TALK, "id": "t-3", "record": {"number": 48_213}})
    assert sorted(record.number for record in served.records()) == [48_213, 48_214, 48_215]

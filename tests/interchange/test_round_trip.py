"""A running workspace goes somewhere else: taken in by an empty one, its export is given out again byte for byte."""

import json
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from hypothesis import HealthCheck, example, given, settings
from sqlalchemy import delete

from helpline.app.care.doctor import CHECKS
from helpline.calendars import actions as calendars
from helpline.calendars import switching
from helpline.calendars.models import Calendar, HoursSwitch
from helpline.calendars.plan import Period
from helpline.calendars.shapes import SpecialDayIn
from helpline.canned_responses import actions as canned
from helpline.channels import Category, Channel
from helpline.channels import actions as channels
from helpline.channels.forms import Form, Question
from helpline.channels.queries import all_of as channels_of
from helpline.channels.shapes import ChannelTexts
from helpline.contacts import Contact, ContactMerge, ContactPoint, merging
from helpline.contacts import actions as contacts
from helpline.conversations import Conversation, Inbound, Message, points, rating, snoozing, starting
from helpline.conversations.elsewhere import overhear
from helpline.conversations.mentioning import mark_read
from helpline.conversations.models import Mention
from helpline.conversations.particulars import Elsewhere, Particulars
from helpline.conversations.rating_models import Rating
from helpline.conversations.starting import StartIn
from helpline.core import Actor, Tx, Units, new_id
from helpline.core.facts import FactRow
from helpline.core.jobs import JobRow
from helpline.drafts import actions as drafts
from helpline.drafts.shapes import DraftIn
from helpline.interchange.errors import AnotherIsOpen, EventsDoNotFit, GoesOnHere
from helpline.people import Agent, Availability, actions, presence, roles
from helpline.people.models import CustomRole
from helpline.people.preferences import PreferencesIn, prefer
from helpline.people.workspace import change_break_reason, change_workspace
from helpline.service_records import ServiceRecord
from helpline.session_settings import actions as session_settings
from helpline.session_settings import in_force
from helpline.webchat import introducing
from helpline.webchat.shapes import IdentityIn
from tests.clock import Clock
from tests.interchange.bring import TALK, bring, empty_world, outcomes, take_in, written
from tests.make import World, make_world
from tests.scenarios.history import History
from tests.scenarios.invariants import Invariants
from tests.scenarios.test_histories import ACROSS_VISITS, URGENT_FIRST, Steps, steps


def _moved(first: World, other: World) -> bytes:
    """What the first gives out, after the other took it in and gave it out the same."""
    lines = written(first)
    assert [line for line in take_in(other, lines) if line.outcome == "refused"] == []
    assert written(other).splitlines() == lines.splitlines()
    assert [found for check in CHECKS for found in other.see(lambda tx, check=check: list(check(tx)))] == []
    return lines


@given(steps=steps)
@example(steps=URGENT_FIRST)
@example(steps=ACROSS_VISITS)
@settings(
    max_examples=8,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large],
)
def test_whatever_happened_in_a_workspace_it_is_the_same_elsewhere(units: Units, clock: Clock, steps: Steps) -> None:
    units.run_now(Actor("system", ""), lambda tx: tx.execute(delete(JobRow)).rowcount)  # of the history before
    history = History(make_world(units), clock)
    for verb, a, b in steps:
        getattr(history, verb)(a, b)
    other = empty_world(units, "ada@acme.example")
    lines = _moved(history.world, other)
    Invariants(other).check()
    assert set(outcomes(take_in(other, lines))) == {"unchanged"}


def _set_up_all(tx: Tx, world: World, bo: str) -> None:
    change_workspace(tx, timezone="Asia/Taipei", limit=7, wait_target=45)
    from helpline.people.queries import break_reasons

    change_break_reason(tx, break_reasons(tx)[0], active=False)
    role = roles.add(tx, name="Auditor", description="Reads along", permissions=["audit.read", "record.read"])
    actions.change_agent(tx, tx.get(Agent, bo), role=role.id, theme="dark", locale="zh-TW")
    prefer(tx, bo, PreferencesIn(sound_volume=10, list_order="newest"))
    form = Form(active=True, intro={"en": "First"}, questions=[Question(id="n", kind="name", required=True)])
    texts = {"zh-TW": ChannelTexts(greeting="您好", launcher="聊聊")}
    look = {"launcher": "Chat", "position": "start", "sounds": False, "form": form, "texts": texts}
    channels.change(tx, tx.get(Channel, world.channel), **look)
    own = {"welcome": {"on": True, "texts": {"en": "Hi", "zh-TW": "您好"}}}
    session_settings.change(tx, None, {"closure": {"agent_reminder": 90}, "prompts": own})
    session_settings.change(tx, tx.get(Channel, world.channel).category_id, {"closure": {"agent_reminder": 30}})
    away = actions.add_team(tx, name="Night", member_ids=[bo])
    actions.change_team(tx, away, active=False)
    mine = {"shortcut": "hi", "title": "Hello", "text": "Hello $ContactName", "agent_id": bo, "choices": ["A size"]}
    canned.add(tx, **mine, shared_with="teams", team_ids=[world.team], language="en")
    night, rest = Period(start="20:00", end="02:00"), Period(start="02:00", end="02:30", kind="break")
    week = [[night], [rest], [], [], [], [], []]
    calendar = calendars.add(tx, name="Nights", zone="Asia/Taipei", week=week, last_intake=20, queue_while_closed=False)
    calendars.change(tx, calendar.id, active=False)
    day = SpecialDayIn(kind="working", name="Make-up", like=0)
    calendars.set_days(tx, calendar, {date(2026, 6, 6): day}, source="office")
    calendars.set_days(tx, calendar, {date(2026, 12, 24): SpecialDayIn(kind="other", periods=[night])})
    [category] = channels_of(tx, Category)
    session_settings.change(tx, category.id, {"hours": {"calendar_id": calendar.id}})
    closed = switching.switch(tx, kind="close", category_ids=[category.id], note="Fault")
    switching.switch_back(tx, closed.id)
    later = tx.now + timedelta(hours=3)
    switching.switch(tx, kind="extend", category_ids=[category.id], ends_at=later)


def test_nothing_that_was_set_up_is_left_behind(units: Units) -> None:
    first, other = make_world(units), empty_world(units, "ada@acme.example")
    bo = first.agent("Bo", ready=False)
    first.do(None, lambda tx: _set_up_all(tx, first, bo.id))
    _moved(first, other)
    [channel], [role] = other.all(Channel), other.all(CustomRole)
    [calendar] = other.all(Calendar)
    assert (calendar.last_intake, calendar.queue_while_closed, calendar.active) == (20, False, False)
    assert sorted(row.note for row in other.all(HoursSwitch)) == ["", "Fault"]
    [there] = [row.id for row in other.all(Category)]
    assert other.see(lambda tx: in_force(tx, there).hours.calendar_id) == calendar.id
    assert (channel.launcher, channel.form["active"], channel.texts["zh-TW"]["greeting"]) == ("Chat", True, "您好")
    agents = {agent.email: agent for agent in other.all(Agent)}
    assert {agent.role for agent in agents.values()} == {"administrator", role.id}
    assert agents["ada@acme.example"].id == other.admin


def _lived(world: World, clock: Clock) -> str:
    """Somebody served and put aside, with a note, a draft and a visitor whom the site knows; and one who never wrote."""
    bo, cy = world.agent("Bo"), world.agent("Cy", ready=False)
    visitor = world.visitor("Niamh")
    known = IdentityIn(id="k-17", name="Niamh Brennan", email="niamh@post.example")
    world.do(visitor, lambda tx: introducing.introduce(tx, known, verified=True))
    world.visitor("Never wrote")
    talk: str = world.write(visitor, "Where is it?").conversation_id
    world.answer(bo, talk, "I will look")
    note = world.answer(bo, talk, "Cy, do you know?", visibility="internal", mentions=[cy.id])
    world.do(cy, lambda tx: mark_read(tx, talk, note.seq))
    world.answer(bo, talk, "And Ada?", visibility="internal", mentions=[world.admin])
    world.do(bo, lambda tx: drafts.save(tx, talk, DraftIn(version=0, text="It is")).id)
    world.do(bo, lambda tx: snoozing.snooze(tx, talk, clock.now + timedelta(hours=2)).id)
    world.become(bo, Availability.BUSY)
    world.write(world.visitor(), "Anybody?")
    contact = world.all(Contact)[0].id
    world.do(None, lambda tx: contacts.change(tx, contact, None, phone="+353 85 555 0142").id)
    return talk


def test_nothing_that_goes_on_is_left_behind(units: Units, clock: Clock) -> None:
    first, other = make_world(units), empty_world(units, "ada@acme.example")
    _lived(first, clock)
    lines = [json.loads(line) for line in _moved(first, other).splitlines()]
    kinds = [line["type"] for line in lines]
    assert (kinds.count("contact_point"), kinds.count("draft"), kinds.count("conversation")) == (3, 1, 2)
    [contact] = other.all(Contact)
    assert (contact.external_id, contact.phone) == ("k-17", "+353 85 555 0142")
    assert {point.claims.get("id") for point in other.all(ContactPoint)} == {None, "k-17"}
    assert sorted(row.read_at is None for row in other.all(Mention)) == [False, True]
    [record] = other.all(ServiceRecord)
    assert (record.state, record.number) == ("open", 1)


def test_what_goes_on_is_served_where_it_came(units: Units, clock: Clock) -> None:
    first, other = make_world(units), empty_world(units, "ada@acme.example")
    _lived(first, clock)
    _moved(first, other)
    by_name = {agent.name: agent.id for agent in other.all(Agent)}
    cy = Actor("agent", other.workspace_id, by_name["Cy"], "Cy")
    served, waiting = sorted(other.all(Conversation), key=lambda row: row.state)
    assert (served.state, served.agent_id, waiting.state) == ("active", by_name["Bo"], "waiting")
    assert set(served.mentioned) == {cy.id, other.admin}
    assert other.presence(Actor("agent", other.workspace_id, by_name["Bo"])).load == 1
    other.do(cy, presence.connect, cy.id, "desk", "node")
    other.become(cy, Availability.READY)
    assert other.conversation(waiting.id).agent_id == cy.id
    other.wait(clock, 2 * 3600 + 1)
    assert other.conversation(served.id).woken_at is not None


def test_an_open_conversation_of_another_system_is_given_to_who_is_free(world: World) -> None:
    bo = world.agent("Bo")
    email = next(agent.email for agent in world.all(Agent) if agent.id == bo.id)
    said = TALK["messages"][0]
    waits: dict[str, Any] = {"type": "conversation", "id": "w", "channel": "Web chat", "state": "waiting"}
    serves = {**waits, "id": "s", "state": "active", "agent": email}
    assert outcomes(bring(world, {**waits, "messages": [said]}, {**serves, "messages": [said]})) == ["new", "new"]
    assert {row.agent_id for row in world.all(Conversation)} == {bo.id}
    assert world.presence(bo).load == 2
    Invariants(world).check()
    refused = bring(
        world,
        {**waits, "messages": [said, {**said, "text": "Hello?"}]},
        {**waits, "id": "second", "address": "w", "messages": [said]},
        {**serves, "id": "nobody", "agent": None, "messages": [said]},
        {"type": "message", "conversation": "w", "id": "m", "at": said["at"], "text": "later"},
    )
    assert [line.code for line in refused] == [
        GoesOnHere.code(),
        AnotherIsOpen.code(),
        EventsDoNotFit.code(),
        GoesOnHere.code(),
    ]


def test_a_conversation_longer_than_a_line_may_be_comes_whole(units: Units) -> None:
    first, other = make_world(units), empty_world(units, "ada@acme.example")
    bo = first.agent("Bo")
    talk = first.write(first.visitor(), "\x01" * 100).conversation_id
    for _ in range(12):
        first.answer(bo, talk, "長" * 20_000)
    first.close(bo, talk)
    lines = _moved(first, other)
    assert max(map(len, lines.splitlines())) < 4 * 1024 * 1024
    assert b'"type":"message"' in lines


def test_a_merge_can_be_undone_where_the_workspace_went_to(units: Units) -> None:
    first, other = make_world(units), empty_world(units, "ada@acme.example")
    bo = first.agent("Bo")
    amara = first.do(None, lambda tx: contacts.add(tx, name="Amara").id)
    ben = first.do(None, lambda tx: contacts.add(tx, name="Ben", phone="1", agent_id=bo.id).id)
    visitors = [first.visitor(str(number)) for number in range(2)]
    for visitor, contact in zip(visitors, (amara, ben), strict=True):
        first.do(None, points.join, contact, visitor.id)
        talk = first.write(visitor).conversation_id
        first.answer(bo, talk)
    first.close(bo, talk)
    first.write(visitors[1], "Again")
    undone = first.do(bo, lambda tx: merging.merge(tx, ben, [amara]).id)
    first.do(bo, lambda tx: merging.undo(tx, undone).id)
    first.do(bo, lambda tx: merging.merge(tx, amara, [ben]).id)
    _moved(first, other)
    live = next(row for row in other.all(ContactMerge) if row.undone_at is None)
    assert len(other.all(ContactMerge)) == 2
    assert {row.contact_id for row in other.all(Conversation)} == {live.contact_id}
    other.do(None, lambda tx: merging.undo(tx, live.id).id)
    names = {row.id: (row.name, row.phone, row.merged_into_id) for row in other.all(Contact)}
    assert sorted(names.values(), key=str) == [("Amara", "", None), ("Ben", "1", None)]
    whose = {row.name: names[row.contact_id][0] for row in other.all(ContactPoint)}
    assert whose == {"0": "Amara", "1": "Ben"}
    assert {row.contact_name for row in other.all(Conversation) if row.state != "closed"} == {"Amara", "Ben"}


def test_what_contacts_thought_is_not_left_behind_and_can_still_be_said(units: Units) -> None:
    first, other = make_world(units), empty_world(units, "ada@acme.example")
    bo = first.agent("Bo")
    wanted = {"agent_invites": True, "reasons": [{"en": "Quick"}]}
    first.do(None, lambda tx: session_settings.change(tx, None, {"satisfaction": wanted}).version)
    for stars in (4, None):
        visitor = first.visitor()
        talk = first.write(visitor).conversation_id
        first.answer(bo, talk)
        first.do(bo, lambda tx, talk=talk: rating.invite(tx, talk).id)
        if stars:
            first.do(visitor, lambda tx, talk=talk: rating.rate(tx, talk, stars=4, comment="Fine", reasons=[0]).id)
    _moved(first, other)
    rated, asked = sorted(other.all(Rating), key=lambda row: row.stars is None)
    before = next(row for row in first.all(Rating) if row.stars)
    assert (rated.stars, rated.comment, rated.reasons, rated.rated_at) == (4, "Fine", before.reasons, before.rated_at)
    other.do(None, lambda tx: rating.rate(tx, asked.id, stars=5).id)
    assert sorted(row.rating for row in other.all(ServiceRecord)) == [4, 5]


def test_what_an_agent_began_is_begun_by_them_elsewhere_too(units: Units) -> None:
    first, other = make_world(units), empty_world(units, "ada@acme.example")
    bo, visitors = first.agent("Bo"), [first.visitor() for _ in range(2)]
    amara = first.do(None, lambda tx: contacts.add(tx, name="Amara").id)
    for visitor in visitors:
        first.do(None, points.join, amara, visitor.id)
        said = StartIn(contact_point_id=visitor.id, id=new_id(), text="Your order")
        talk = first.do(bo, lambda tx, said=said: starting.start(tx, amara, said).id)
    first.close(bo, talk)
    _moved(first, other)
    assert {row.direction for row in other.all(ServiceRecord)} == {"outbound"}
    told = [fact.topic for fact in other.all(FactRow)]
    assert (told.count("conversation.started"), told.count("conversation.opened")) == (2, 0)
    Invariants(other).check()


def test_what_was_said_elsewhere_stays_nobodys_of_ours(units: Units) -> None:
    first = make_world(units)
    asked, silent = first.visitor("Ana"), first.visitor("Kim")
    first.write(asked)
    for visitor in (asked, silent):
        said = Inbound(contact_point_id=visitor.id, external_id=new_id(), text="We are on it")

        def overheard(tx: Tx, said: Inbound = said) -> str:
            where = Elsewhere(app="15")
            particulars = Particulars(elsewhere=where)
            (point,) = tx.lock(ContactPoint, said.contact_point_id)
            return overhear(tx, point, replace(said, details=particulars), where, tx.now).id

        first.do(None, overheard)
    other = empty_world(units, "ada@acme.example")
    _moved(first, other)
    said_there = [row for row in other.all(Message) if row.details]
    assert [(row.author_kind, row.author_id, row.text) for row in said_there] == [("agent", "", "We are on it")] * 2
    assert sorted(str(row.close_reason) for row in other.all(Conversation)) == ["None", "elsewhere"]
    assert {row.first_answer_at for row in other.all(Conversation)} == {None}

"""What a list of records says of their conversations: the address, the subject, and whether the last word arrived."""

from typing import Any

import pytest
from sqlalchemy import event, update

from helpline.channels import Channel
from helpline.channels import actions as channels
from helpline.channels.contract import Failed
from helpline.channels.inbound import Said, Who
from helpline.conversations import Conversation
from helpline.core import Actor, Tx, new_id
from helpline.delivery import Delivery
from helpline.delivery import actions as delivery
from helpline.intake.hearing import hear
from helpline.service_records import listing
from helpline.service_records.shapes import RecordOut, record_detail, records_out
from tests.clock import Clock
from tests.make import World

SETTINGS: dict[str, dict[str, str]] = {
    "whatsapp": {"phone_number_id": "1"},
    "sms": {"number": "+15550001", "account_sid": "AC1"},
    "email": {"address": "help@example.com"},
    "line": {},
}
SEALED = {
    "whatsapp": ["token", "app_secret", "verify_token"],
    "sms": ["token"],
    "email": [],
    "line": ["channel_secret", "token"],
}
ADDRESSES = {"whatsapp": "886912345678", "sms": "+886912345678", "email": "kim@example.com", "line": "U4af4980629"}


class Customers:
    """People who write by channels outside and are answered."""

    def __init__(self, world: World, clock: Clock) -> None:
        self.world, self.clock, self.agent = world, clock, world.agent(limit=500)
        category = next(row for row in world.all(Channel)).category_id
        self.channels = {kind: world.do(None, self._channel, category, kind) for kind in SETTINGS}

    def _channel(self, tx: Tx, category: str, kind: str) -> str:
        told = {"settings": SETTINGS[kind], "sealed": dict.fromkeys(SEALED[kind], "locked")}
        return channels.add_channel(tx, name=kind, category_id=category, kind=kind, **told).id

    def answered(self, kind: str, text: str = "We do.", address: str = "") -> str:
        """Somebody wrote and was answered; the id of the conversation."""
        self.clock.advance(1)
        said = Said(external_id=new_id(), who=Who(address=address or ADDRESSES[kind], name="Kim"), text="Do you?")
        self.world.do(None, lambda tx: hear(tx, tx.get(Channel, self.channels[kind]), said, [], tx.now))
        talk = max(self.world.all(Conversation), key=lambda one: (one.last_at, one.created_at)).id
        self.world.answer(self.agent, talk, text)
        return str(talk)

    def moves(self, talk: str, state: str) -> None:
        """What was said last is sent, and the provider says what became of it."""
        last = max((row for row in self.world.all(Delivery) if row.conversation_id == talk), key=lambda row: row.seq)

        def move(tx: Tx) -> None:
            (row,) = tx.lock(Delivery, last.id)
            row.external_id, row.state = row.id, "sent"
            delivery.report(tx, row.channel_id, row.id, state, Failed("permanent") if state == "failed" else None)

        self.world.do(None, move)

    def seen(self) -> dict[str, RecordOut]:
        """The list, by the kind of channel."""
        rows = self.world.see(lambda tx: records_out(tx, listing.page(tx, listing.Filters(), 50).rows))
        return {row.channel_kind: row for row in rows}


@pytest.fixture
def customers(world: World, clock: Clock) -> Customers:
    """Nobody wrote yet."""
    return Customers(world, clock)


def test_a_record_names_the_number_or_address_that_people_can_read(customers: Customers) -> None:
    for kind in SETTINGS:
        customers.answered(kind)
    told = {kind: row.address for kind, row in customers.seen().items()}
    assert told == {"whatsapp": "+886912345678", "sms": "+886912345678", "email": "kim@example.com", "line": ""}


def test_a_record_says_what_became_of_the_last_message_that_went_out(customers: Customers) -> None:
    talk = customers.answered("whatsapp")
    assert customers.seen()["whatsapp"].last_sent is None, "it waits to be sent"
    customers.moves(talk, "read")
    assert customers.seen()["whatsapp"].last_sent == "read"
    customers.world.answer(customers.agent, talk, "Only in blue.")
    customers.world.answer(customers.agent, talk, "They pay late.", visibility="internal")
    assert customers.seen()["whatsapp"].last_sent == "read", "the newer one waits, a note goes nowhere"
    customers.moves(talk, "failed")
    assert customers.seen()["whatsapp"].last_sent == "failed"
    (record,) = customers.world.records()
    assert customers.world.see(lambda tx: record_detail(tx, record)).last_sent == "failed"


def test_a_record_has_the_subject_of_its_latest_conversation(customers: Customers) -> None:
    talk = customers.answered("email")
    about = update(Conversation).where(Conversation.id == talk).values(subject="A green tent")
    customers.world.do(None, lambda tx: tx.db.execute(about) and None)
    assert customers.seen()["email"].subject == "A green tent"


def test_a_record_of_a_web_chat_has_none_of_it(world: World) -> None:
    agent, talk = world.agent(), world.write(world.visitor("Kim")).conversation_id
    world.answer(agent, talk)
    (row,) = world.see(lambda tx: records_out(tx, listing.page(tx, listing.Filters(), 50).rows))
    assert (row.address, row.subject, row.last_sent) == ("", "", None)


def test_a_page_asks_as_many_questions_for_many_records_as_for_few(customers: Customers, world: World) -> None:
    def asked(tx: Tx) -> int:
        said: list[str] = []

        def note(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
            said.append(statement)

        rows = listing.page(tx, listing.Filters(), 50).rows
        event.listen(tx.connection, "before_cursor_execute", note)
        records_out(tx, rows)
        event.remove(tx.connection, "before_cursor_execute", note)
        return len(said)

    system = Actor.system(world.workspace_id)
    customers.answered("sms")
    few = world.units.read_now(system, asked)
    for number in range(12):
        customers.answered(("sms", "whatsapp", "email")[number % 3], address=f"{number}")
    assert world.units.read_now(system, asked) == few

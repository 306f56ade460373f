"""Writing first by channels outside: where a contact came by, where their address is known, by text or only by a template."""

from typing import Any

import pytest

from helpline.channels import Channel, approvals
from helpline.channels import actions as channels
from helpline.channels.inbound import Reachable, Said, Who
from helpline.channels.kinds import KINDS, can
from helpline.channels.templates import Template
from helpline.contacts import Contact, ContactPoint
from helpline.contacts import actions as contacts
from helpline.conversations import Conversation, Message, points, reaching, starting
from helpline.conversations.choosing import TooManyChoices
from helpline.conversations.mail_shapes import MailIn
from helpline.conversations.starting import ChannelCannotBegin, NotTheirPoint, StartIn, SubjectMissing
from helpline.conversations.template_shapes import TemplateIn
from helpline.conversations.windows import ContactUnreachable, WindowClosed
from helpline.core import new_id
from helpline.delivery import Delivery
from helpline.intake.hearing import hear
from tests.clock import Clock
from tests.make import World

GREETING = Template(name="hi", language="en", state="approved", text="Hello {{1}}", places=["1"])
CHOSEN = TemplateIn(name="hi", language="en", values={"1": "Kim"})


class Shop:
    """Channels outside, an agent, and a contact whose address and number are known."""

    def __init__(self, world: World) -> None:
        self.world, self.agent = world, world.agent()
        self.kim = world.do(
            None, lambda tx: contacts.add(tx, name="Kim", email="Kim@example.com", phone="+886 912-345-678").id
        )

    def has(self, kind: str) -> str:
        category = next(row for row in self.world.all(Channel)).category_id
        told: dict[str, Any] = {
            "sms": {"account_sid": "AC1", "number": "+1"},
            "whatsapp": {"phone_number_id": "1"},
            "email": {"address": "shop@shop.example", "imap_host": "h", "imap_user": "u", "smtp_host": "h"},
        }.get(kind, {"page_id": "1"})
        told = {name: value for name, value in told.items() if any(one.name == name for one in KINDS[kind].settings)}
        sealed = {one.name: "locked" for one in KINDS[kind].settings if one.kind == "secret"}
        add = {"name": kind, "category_id": category, "kind": kind, "settings": told, "sealed": sealed}
        id = self.world.do(None, lambda tx: channels.add_channel(tx, **add).id)
        if can(kind).templates:
            self.world.do(None, lambda tx: approvals.keep(tx, id, [GREETING]))
        return id

    def hears(self, channel: str, event: Any) -> ContactPoint:
        self.world.do(None, lambda tx: hear(tx, tx.get(Channel, channel), event, [], tx.now))
        point = next(row for row in self.world.all(ContactPoint) if row.channel_id == channel)
        if point.contact_id is None:
            self.world.do(None, points.join, self.kim, point.id)
        return point

    def came(self, kind: str) -> tuple[str, ContactPoint]:
        """They wrote by it once, and were served."""
        channel = self.has(kind)
        point = self.hears(channel, Said(external_id=new_id(), who=Who(address="886912345678", name="Kim"), text="hi"))
        id = next(row.id for row in self.world.all(Conversation) if row.contact_point_id == point.id)
        self.world.answer(self.agent, id)
        self.world.close(self.agent, id)
        return channel, point

    def writes(self, **said: Any) -> Conversation:
        given = StartIn(**{"id": new_id(), "text": "Good news", **said})
        id = self.world.do(self.agent, lambda tx: starting.start(tx, self.kim, given).id)
        return self.world.conversation(id)

    def way(self, point: ContactPoint) -> tuple[str, str]:
        def ask(tx: Any) -> tuple[str, str]:
            return reaching.way_to(tx, tx.get(ContactPoint, point.id), tx.get(Channel, point.channel_id))

        return tuple(self.world.see(ask))  # type: ignore[return-value]

    def unused(self) -> list[tuple[str, str, str]]:
        def ask(tx: Any) -> list[tuple[str, str, str]]:
            return [(one.channel.kind, one.address, one.by) for one in reaching.unused(tx, tx.get(Contact, self.kim))]

        return self.world.see(ask)


@pytest.fixture
def shop(world: World) -> Shop:
    return Shop(world)


def test_a_number_or_an_address_that_is_known_can_be_written_to_first(shop: Shop) -> None:
    ids = {kind: shop.has(kind) for kind in ("email", "sms", "telegram", "whatsapp")}
    assert shop.unused() == [
        ("email", "kim@example.com", "text"),
        ("sms", "+886912345678", "text"),
        ("whatsapp", "886912345678", "template"),
    ]
    started = shop.writes(channel_id=ids["sms"])
    (delivery,) = shop.world.all(Delivery)
    (point,) = [row for row in shop.world.all(ContactPoint) if row.channel_id == ids["sms"]]
    assert (started.contact_id, started.agent_id, started.contact_point_id) == (shop.kim, shop.agent.id, point.id)
    assert (delivery.text, point.address, point.phone) == ("Good news", "+886912345678", "+886912345678")
    assert [kind for kind, _, _ in shop.unused()] == ["email", "whatsapp"]


def test_what_is_sent_twice_is_one_conversation_at_one_contact_point(shop: Shop) -> None:
    channel, id = shop.has("sms"), new_id()
    first = shop.writes(channel_id=channel, id=id)
    assert shop.writes(channel_id=channel, id=id).id == first.id
    assert len([row for row in shop.world.all(ContactPoint) if row.channel_id == channel]) == 1
    answer = Said(external_id=new_id(), who=Who(address="+886912345678"), text="Thank you")
    shop.hears(channel, answer)
    (row,) = [one for one in shop.world.all(Message) if one.external_id == answer.external_id]
    assert row.conversation_id == first.id


def test_a_first_message_by_whatsapp_is_a_template(shop: Shop) -> None:
    channel = shop.has("whatsapp")
    with pytest.raises(WindowClosed):
        shop.writes(channel_id=channel)
    assert not [row for row in shop.world.all(ContactPoint) if row.channel_id == channel]
    started = shop.writes(channel_id=channel, text="", template=CHOSEN)
    (message,) = [row for row in shop.world.all(Message) if row.kind == "text" and row.author_kind == "agent"]
    assert (message.conversation_id, message.text) == (started.id, "Hello Kim")
    assert [row.state for row in shop.world.all(Delivery)] == ["queued"]


def test_the_window_of_an_earlier_conversation_still_counts(shop: Shop, clock: Clock) -> None:
    _, point = shop.came("whatsapp")
    assert shop.way(point) == ("text", "")
    clock.advance(25 * 3600)
    assert shop.way(point) == ("template", "")
    with pytest.raises(WindowClosed):
        shop.writes(contact_point_id=point.id)
    assert shop.writes(contact_point_id=point.id, text="", template=CHOSEN).state == "active"


def test_where_there_are_no_templates_an_old_message_is_too_old(shop: Shop, clock: Clock) -> None:
    _, point = shop.came("messenger")
    assert shop.way(point) == ("text", "")
    clock.advance(8 * 24 * 3600)
    assert shop.way(point) == ("", "window")
    with pytest.raises(WindowClosed):
        shop.writes(contact_point_id=point.id)


def test_who_wrote_by_telegram_once_can_be_written_to_and_who_blocked_it_cannot(shop: Shop) -> None:
    channel, point = shop.came("telegram")
    assert shop.way(point) == ("text", "")
    shop.hears(channel, Reachable(who=Who(address="886912345678"), reachable=False, why="blocked"))
    assert shop.way(point) == ("", "unreachable")
    with pytest.raises(ContactUnreachable):
        shop.writes(contact_point_id=point.id)
    shop.hears(channel, Reachable(who=Who(address="886912345678"), reachable=True, why=""))
    assert shop.writes(contact_point_id=point.id, choices=["Yes", "No"]).state == "active"


def test_the_first_mail_has_a_subject_and_each_a_thread_of_its_own(shop: Shop) -> None:
    channel = shop.has("email")
    with pytest.raises(SubjectMissing) as refused:
        shop.writes(channel_id=channel, mail=MailIn(subject=" "))
    assert refused.value.field == "mail.subject"
    first = shop.writes(channel_id=channel, mail=MailIn(subject="Your parcel"))
    (message,) = [row for row in shop.world.all(Message) if row.text == "Good news"]
    assert message.details is not None
    mail = message.details["mail"]
    assert (mail["subject"], mail["to"], first.subject) == ("Your parcel", ["kim@example.com"], "Your parcel")
    shop.world.close(shop.agent, first.id)
    (point,) = [row for row in shop.world.all(ContactPoint) if row.channel_id == channel]
    second = shop.writes(contact_point_id=point.id, mail=MailIn(subject="Another matter"))
    assert len({first.thread, second.thread}) == 2


def test_what_cannot_be_begun_is_said(shop: Shop) -> None:
    for channel in (shop.has("telegram"), shop.has("line"), shop.world.channel):
        with pytest.raises(NotTheirPoint):
            shop.writes(channel_id=channel)
    with pytest.raises(ChannelCannotBegin):
        shop.writes(channel_id=new_id())
    sms = shop.has("sms")
    with pytest.raises(TooManyChoices):
        shop.writes(channel_id=sms, choices=[str(number) for number in range(11)])
    shop.world.do(None, lambda tx: contacts.change(tx, shop.kim, None, phone="0912 345 678").id)
    assert shop.unused() == []
    with pytest.raises(NotTheirPoint):
        shop.writes(channel_id=sms)


def test_a_number_that_somebody_else_came_by_is_not_theirs(shop: Shop) -> None:
    channel = shop.has("sms")
    said = Said(external_id=new_id(), who=Who(address="+886912345678"), text="hi")
    shop.world.do(None, lambda tx: hear(tx, tx.get(Channel, channel), said, [], tx.now))
    assert shop.unused() == []
    with pytest.raises(NotTheirPoint):
        shop.writes(channel_id=channel)


@pytest.mark.parametrize(
    ("kind", "email", "phone", "address"),
    [
        ("sms", "", "00886 (912) 345.678", "+886912345678"),
        ("whatsapp", "", "+886/912345678", "886912345678"),
        ("sms", "", "+0912345678", ""),
        ("sms", "", "+12345", ""),
        ("sms", "", "+1234567890123456", ""),
        ("sms", "", "+886912345678 ext 2", ""),
        ("sms", "a@b.example", "", ""),
        ("email", " Kim@B.example ", "", "kim@b.example"),
        ("email", "kim", "+886912345678", ""),
        ("email", "kim@b.example, x@y.example", "", ""),
        ("line", "a@b.example", "+886912345678", ""),
    ],
)
def test_what_one_writes_to(kind: str, email: str, phone: str, address: str) -> None:
    assert reaching.address_of(can(kind), email=email, phone=phone) == address

"""What can be said when the window is closed: words that were approved, with every place filled."""

from datetime import timedelta
from typing import Any

import pytest

from helpline.channels import Channel, approvals
from helpline.channels import actions as channels
from helpline.channels.approvals import NoTemplates
from helpline.channels.inbound import Said, Who
from helpline.channels.models import ChannelTemplates
from helpline.channels.templates import Template, TemplateButton
from helpline.conversations import Conversation, Message, scheduling
from helpline.conversations.scheduled_shapes import ScheduledIn
from helpline.conversations.template_shapes import TemplateIn
from helpline.conversations.templating import (
    BadTemplateFile,
    BadTemplateValues,
    TemplateAlone,
    TemplateNotApproved,
    TemplateNotSendable,
    TemplateSaysOtherwise,
    UnknownTemplate,
)
from helpline.conversations.windows import WindowClosed
from helpline.core import Invalid, Tx, new_id
from helpline.delivery import Delivery
from helpline.files import File
from helpline.files.actions import add as add_file
from helpline.files.models import FileState
from helpline.intake.hearing import hear
from helpline.people.workspace import change_workspace
from tests.clock import Clock
from tests.make import World

KIM = Who(address="15550001", name="Kim")
ORDER = Template(name="order", language="es", state="approved", text="Hola {{1}}, pedido {{2}}", places=["1", "2"])
KNOWN = [
    ORDER,
    Template(name="new", language="es", state="pending", text="Hola"),
    Template(name="no", language="es", state="rejected", text="Hola"),
    Template(name="place", language="es", state="approved", text="Hola", beyond="header"),
    Template(name="photo", language="es", state="approved", text="Hola", head="image"),
    Template(
        name="rich",
        language="es",
        state="approved",
        text="Pedido {{header.1}}\n\nHola {{1}}",
        places=["header.1", "1", "url.0", "code.1"],
        buttons=[
            TemplateButton(kind="url", text="Ver", url="https://shop.example/{{1}}", place="url.0"),
            TemplateButton(kind="code", text="Copiar", place="code.1"),
            TemplateButton(kind="reply", text="Sí"),
            TemplateButton(kind="reply", text="No"),
        ],
    ),
]
RICH = {"header.1": "7", "1": "Kim", "url.0": "o/7?a=1", "code.1": "10OFF"}
VALUES = {"2": "7", "1": "Kim"}


class Number:
    """A conversation by WhatsApp whose window is closed, and its agent."""

    def __init__(self, world: World, clock: Clock) -> None:
        self.world, self.agent = world, world.agent()
        category = next(row for row in world.all(Channel)).category_id
        told = {"settings": {"phone_number_id": "1"}, "sealed": {"token": "locked", "app_secret": "locked"}}
        self.channel = world.do(
            None, lambda tx: channels.add_channel(tx, name="W", category_id=category, kind="whatsapp", **told).id
        )
        said = Said(external_id=new_id(), who=KIM, text="hola")
        world.do(None, lambda tx: hear(tx, tx.get(Channel, self.channel), said, [], tx.now))
        self.id = next(row.id for row in world.all(Conversation))
        world.answer(self.agent, self.id)
        self.keeps(*KNOWN)
        clock.advance(25 * 3600)

    def keeps(self, *found: Template) -> None:
        self.world.do(None, lambda tx: approvals.keep(tx, self.channel, found))

    def sends(self, name: str = "order", values: dict[str, str] | None = None, text: str = "", **more: Any) -> Message:
        template = TemplateIn(name=name, language="es", values=VALUES if values is None else values)
        sent = self.world.answer(self.agent, self.id, text, template=template, **more)
        return next(row for row in self.world.all(Message) if row.id == sent.id)


@pytest.fixture
def number(world: World, clock: Clock) -> Number:
    return Number(world, clock)


def test_a_template_goes_out_when_nothing_else_may(number: Number) -> None:
    with pytest.raises(WindowClosed):
        number.world.answer(number.agent, number.id, "Hola")
    message = number.sends()
    assert message.text == "Hola Kim, pedido 7"
    assert message.details == {"template": {"name": "order", "language": "es", "values": {"1": "Kim", "2": "7"}}}
    (delivery,) = [row for row in number.world.all(Delivery) if row.message_id == message.id]
    assert (delivery.state, delivery.text) == ("queued", "Hola Kim, pedido 7")


@pytest.mark.parametrize(
    ("name", "values", "refusal", "field"),
    [
        ("other", {}, UnknownTemplate, "template.name"),
        ("new", {}, TemplateNotApproved, "template.name"),
        ("no", {}, TemplateNotApproved, "template.name"),
        ("place", {}, TemplateNotSendable, "template.name"),
        ("photo", {}, BadTemplateFile, "file_ids"),
        ("rich", RICH | {"url.0": "a b"}, BadTemplateValues, "template.values.url.0"),
        ("rich", RICH | {"code.1": "x" * 16}, BadTemplateValues, "template.values.code.1"),
        ("order", {}, BadTemplateValues, "template.values"),
        ("order", {"1": "Kim"}, BadTemplateValues, "template.values"),
        ("order", {"1": "Kim", "2": "7", "3": "x"}, BadTemplateValues, "template.values"),
        ("order", {"1": "Kim", "2": " "}, BadTemplateValues, "template.values.2"),
        ("order", {"1": "Kim\nKim", "2": "7"}, BadTemplateValues, "template.values.1"),
        ("order", {"1": "Kim", "2": "a     b"}, BadTemplateValues, "template.values.2"),
    ],
)
def test_what_the_provider_would_refuse_is_refused_here(
    number: Number, name: str, values: dict[str, str], refusal: type[Invalid], field: str
) -> None:
    with pytest.raises(refusal) as refused:
        number.sends(name, values)
    assert refused.value.field == field


def test_what_was_seen_is_what_goes_out(number: Number) -> None:
    assert number.sends(text="Hola Kim, pedido 7").text == "Hola Kim, pedido 7"
    with pytest.raises(TemplateSaysOtherwise):
        number.sends(text="Hola Kim, pedido 8")


def test_a_template_goes_by_itself(number: Number) -> None:
    for more in ({"visibility": "internal"}, {"choices": ["Yes"]}):
        with pytest.raises(TemplateAlone):
            number.sends(**more)
    with pytest.raises(BadTemplateFile):
        number.sends(file_ids=["1"])


def test_header_and_buttons_are_filled_and_what_is_tapped_points_at_the_template(number: Number) -> None:
    message = number.sends("rich", RICH)
    assert message.text == "Pedido 7\n\nHola Kim"
    sent = {"name": "rich", "language": "es", "values": RICH, "links": ["Ver", "Copiar"]}
    assert message.details == {"choices": ["Sí", "No"], "template": sent}
    tapped = Said(external_id=new_id(), who=KIM, text="No", details={"button": {"title": "No", "data": "No"}})
    number.world.do(None, lambda tx: hear(tx, tx.get(Channel, number.channel), tapped, [], tx.now))
    (row,) = [one for one in number.world.all(Message) if one.external_id == tapped.external_id]
    assert row.details is not None
    assert row.details["reply_to"] == message.id


def test_a_file_goes_with_the_text_below_it_in_one(number: Number) -> None:
    def upload(tx: Tx, media_type: str) -> str:
        file = File(workspace_id=tx.workspace_id, id=new_id(), name="a", media_type=media_type, size=9, url="/files/x")
        file.uploader_kind, file.uploader_id, file.created_at = "agent", tx.actor.id, tx.now
        file.state = FileState.UPLOADED
        add_file(tx, file)
        return file.id

    picture, paper = (number.world.do(number.agent, upload, one) for one in ("image/png", "application/pdf"))
    for wrong in ([paper], [picture, paper]):
        with pytest.raises(BadTemplateFile):
            number.sends("photo", {}, file_ids=wrong)
    message = number.sends("photo", {}, file_ids=[picture])
    (delivery,) = [row for row in number.world.all(Delivery) if row.message_id == message.id]
    assert (delivery.text, delivery.file_ids) == ("Hola", [picture])


def test_what_a_value_says_is_not_filled_again(number: Number) -> None:
    assert number.sends(values={"1": "{{2}}", "2": "7"}).text == "Hola {{2}}, pedido 7"


def test_a_template_can_go_out_later(number: Number, clock: Clock) -> None:
    world = number.world
    world.do(None, lambda tx: change_workspace(tx, undo_chat=10).id)
    template = TemplateIn(name="order", language="es", values=VALUES)
    given = ScheduledIn(id=new_id(), template=template, anyway=True, send_at=clock.now + timedelta(hours=1))
    row = world.do(number.agent, lambda tx: scheduling.schedule(tx, number.id, given).said)
    assert row["text"] == "Hola Kim, pedido 7"
    world.wait(clock, 3601)
    (sent,) = [one for one in world.all(Message) if one.text == "Hola Kim, pedido 7"]
    assert sent.details is not None
    assert sent.details["template"]["values"] == {"1": "Kim", "2": "7"}


def test_what_is_fetched_takes_the_place_of_what_was_known(number: Number) -> None:
    number.keeps(ORDER)
    with pytest.raises(UnknownTemplate):
        number.sends("new", {})
    (row,) = number.world.all(ChannelTemplates)
    assert [one["name"] for one in row.items] == ["order"]


def test_other_channels_have_no_templates(world: World) -> None:
    agent, id = world.agent(), world.write(world.visitor()).conversation_id
    with pytest.raises(UnknownTemplate):
        world.answer(agent, id, "", template=TemplateIn(name="order", language="es"))
    with pytest.raises(NoTemplates):
        world.do(None, lambda tx: approvals.known(tx, tx.get(Conversation, id).channel_id))

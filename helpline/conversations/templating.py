"""Answers in words that the provider approved before: the only ones that reach a contact once the window is closed."""

import re

from msgspec.structs import replace

from helpline.channels import approvals
from helpline.channels.kinds import can
from helpline.channels.templates import Template, filled
from helpline.core import Conflict, Invalid, Tx
from helpline.files.actions import held

from .models import Conversation
from .shapes import MessageIn

LONGEST_CODE = 15
_UNSENDABLE = re.compile(r"[\n\r\t]| {5,}")


class UnknownTemplate(Invalid):
    """The channel has no such template in this language."""


class TemplateNotApproved(Invalid):
    """The provider has not approved this template, or stopped it."""


class TemplateNotSendable(Invalid):
    """This template has a header or buttons that cannot be filled in here."""


class BadTemplateValues(Invalid):
    """Each place of a template gets a value on one line."""


class BadTemplateFile(Invalid):
    """A template goes with one file of the kind that stands at its head, and with none where there is no such head."""


class TemplateAlone(Invalid):
    """A template goes to the contact by itself: without answers to choose from, and not as a note."""


class TemplateSaysOtherwise(Conflict):
    """The template has other words by now. Look at it again before you send it."""


def spoken(tx: Tx, conversation: Conversation, said: MessageIn) -> MessageIn:
    """What is said, with the words of the template that was chosen, if one was."""
    chosen = said.template
    if chosen is None:
        return said
    if said.visibility != "public" or said.choices:
        raise TemplateAlone(field="template")
    template = _find(tx, conversation, chosen.name, chosen.language)
    _check_file(tx, template, said.file_ids)
    if set(chosen.values) != set(template.places):
        raise BadTemplateValues(f"This template has {len(template.places)} places to fill.", field="template.values")
    for place, value in chosen.values.items():
        if not value.strip() or _UNSENDABLE.search(value) or _breaks_button(place, value):
            raise BadTemplateValues(field=f"template.values.{place}")
    text = filled(template.text, chosen.values)
    if said.text and said.text != text:
        raise TemplateSaysOtherwise(field="text")
    in_order = {place: chosen.values[place] for place in template.places}
    replies = [one.text for one in template.buttons if one.kind == "reply"]
    return replace(said, text=text, template=replace(chosen, values=in_order), choices=replies)


def links(tx: Tx, conversation: Conversation, said: MessageIn) -> list[str]:
    """What else can be tapped below a template that is sent: what opens, calls or copies something."""
    chosen, known = said.template, approvals.kept(tx, conversation.channel_id) if said.template else []
    named = (one for one in known if chosen and (one.name, one.language) == (chosen.name, chosen.language))
    return [button.text for one in named for button in one.buttons if button.kind != "reply"]


def _check_file(tx: Tx, template: Template, file_ids: list[str]) -> None:
    if len(file_ids) != (1 if template.head else 0):
        raise BadTemplateFile(field="file_ids")
    for file in held(tx, file_ids):
        kind = file.media_type.partition("/")[0]
        if (kind if kind in {"image", "video", "audio"} else "document") != template.head:
            raise BadTemplateFile(field="file_ids")


def _breaks_button(place: str, value: str) -> bool:
    """The end of a link has no spaces, and a code is short."""
    if place.startswith("code."):
        return len(value) > LONGEST_CODE
    return place.startswith("url.") and any(sign.isspace() for sign in value)


def _find(tx: Tx, conversation: Conversation, name: str, language: str) -> Template:
    known = approvals.kept(tx, conversation.channel_id) if can(conversation.channel_kind).templates else []
    found = next((one for one in known if (one.name, one.language) == (name, language)), None)
    if found is None:
        raise UnknownTemplate(field="template.name")
    if found.state != "approved":
        raise TemplateNotApproved(f"This template is not approved: {found.state}.", field="template.name")
    if found.beyond:
        raise TemplateNotSendable(field="template.name")
    return found

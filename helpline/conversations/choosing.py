"""Answers that are offered to a contact below a message, and the one that they pick."""

import re
from collections.abc import Sequence

from msgspec.structs import replace
from sqlalchemy import select

from helpline.channels.contract import Capabilities
from helpline.channels.kinds import can
from helpline.core import Invalid, Tx

from .models import Conversation, Message
from .particulars import Button, Particulars, read
from .shapes import MessageIn

MOST_NUMBERED = 10
"""Where nothing can be tapped, a longer list is no help."""
_CONTROL = re.compile(r"[\x00-\x1f\x7f\u2028\u2029]")


class ChoicesAlone(Invalid):
    """Answers to choose from stand below a text to the contact, without files."""


class TooManyChoices(Invalid):
    """This channel offers fewer answers at once."""


class BadChoice(Invalid):
    """An answer to choose from is short, on one line, and different from the others."""


def most(able: Capabilities) -> int:
    """How many answers can be offered at once."""
    return able.choices or MOST_NUMBERED


def are_numbered(able: Capabilities, choices: Sequence[str]) -> bool:
    """Whether they stand in the text by their numbers, as they cannot be tapped."""
    return len(choices) > able.choices


def check(conversation: Conversation, said: MessageIn) -> None:
    """Refuse answers that this channel could not offer."""
    if not said.choices or said.template:
        return
    able = can(conversation.channel_kind)
    if said.visibility != "public" or said.file_ids:
        raise ChoicesAlone(field="choices")
    if len(said.choices) > most(able):
        raise TooManyChoices(f"This channel offers {most(able)} answers at most.", field="choices")
    seen = set[str]()
    for place, choice in enumerate(said.choices):
        if len(choice) > able.choice_length:
            told = f"An answer to choose from has {able.choice_length} characters at most here."
            raise BadChoice(told, field=f"choices.{place}")
        if not choice.strip() or choice != choice.strip() or _CONTROL.search(choice) or _plain(choice) in seen:
            raise BadChoice(field=f"choices.{place}")
        seen.add(_plain(choice))


def picked(tx: Tx, conversation: Conversation, text: str, told: Particulars | None) -> Particulars | None:
    """What a message of the contact holds: also which of the answers it is that they were offered last."""
    here = (Message.workspace_id == tx.workspace_id, Message.conversation_id == conversation.id)
    asked = tx.db.scalar(select(Message).where(*here, Message.seq == conversation.asked_seq))
    particulars = read(asked.details) if asked else None
    if asked is None or particulars is None:
        return told
    tapped = told.button.data if told and told.button else ""
    numbered = are_numbered(can(conversation.channel_kind), particulars.choices)
    choice = _meant(particulars.choices, tapped or text, numbered=numbered)
    if choice is None:
        return told
    found = told or Particulars()
    return replace(found, button=found.button or Button(title=choice), reply_to=found.reply_to or asked.id)


def _meant(choices: list[str], said: str, *, numbered: bool) -> str | None:
    plain = _plain(said)
    number = plain.rstrip(".)）、。")
    if numbered and number.isdecimal() and 1 <= int(number[:4]) <= len(choices):
        return choices[int(number[:4]) - 1]
    return next((one for one in choices if _plain(one) == plain), None)


def _plain(text: str) -> str:
    return text.strip().casefold()

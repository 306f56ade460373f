"""The card of teams that a contact is asked to choose from."""

from typing import NamedTuple

from helpline.core import Tx
from helpline.people import Team
from helpline.session_settings import in_force
from helpline.session_settings.prompts import said_only_in

from .models import Conversation, State
from .speaking import languages


class Choice(NamedTuple):
    """A team, and what it is called on the card: in the contact's language, else by its own name."""

    team: Team
    name: str


def choices(tx: Tx, conversation: Conversation) -> list[Choice]:
    """The teams that the contact may choose from now, in the order in which they were shown."""
    if conversation.state != State.BOT or conversation.decider != "contact":
        return []
    named = in_force(tx, conversation.category_id).allocation.team_names
    spoken = languages(tx, conversation)
    found = [team for id in conversation.choices if (team := tx.find(Team, id)) is not None and team.active]
    return [Choice(team, said_only_in(named.get(team.id, {}), spoken) or team.name) for team in found]


def meant(tx: Tx, conversation: Conversation, text: str) -> str | None:
    """The team that a text names: by its number, or by its name in any language."""
    said = text.strip().rstrip(".)）、。").casefold()
    if said.isdecimal():
        place = int(said) - 1 if len(said) < 4 else -1
        return conversation.choices[place] if 0 <= place < len(conversation.choices) else None
    named = in_force(tx, conversation.category_id).allocation.team_names
    for team, _ in choices(tx, conversation):
        if said in {name.strip().casefold() for name in (team.name, *named.get(team.id, {}).values())}:
            return team.id
    return None

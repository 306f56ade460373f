"""How an agent is found for a conversation."""

from typing import Annotated, Any, Literal

from msgspec import Meta, Struct

from helpline.channels.forms import Language
from helpline.core import Invalid, Tx
from helpline.outside import is_address
from helpline.people import Team
from helpline.people.queries import teams

from .references import TeamId

Policy = Literal["automatic", "contact_chooses_team", "business_server"]
Order = Literal["longest_idle", "least_loaded", "agent_priority"]
Names = Annotated[dict[Language, Annotated[str, Meta(max_length=60)]], Meta(max_length=20)]
MOST = 12
"""So many teams are on a card at most."""


class Allocation(Struct, kw_only=True):
    """How an agent is found for a conversation."""

    policy: Policy = "automatic"
    """Who decides: nobody but the order below; the contact, on a card of teams; or the business's own server, which is asked."""
    card: Annotated[list[TeamId], Meta(max_length=MOST)] = []
    """The teams that a contact may choose from, in this order; empty: all there are."""
    team_names: Annotated[dict[TeamId, Names], Meta(max_length=100)] = {}
    """What teams are called on the card, by language; in a language that is not here by their own name."""
    choose_within: Annotated[int, Meta(ge=0, le=86_400)] = 120
    """Seconds after which a contact who has not chosen goes to the fallback team; 0: they are waited for."""
    server_url: Annotated[str, Meta(max_length=500)] = ""
    """The address of the business's server that is asked for a team or for agents."""
    server_timeout: Annotated[int, Meta(ge=1, le=30)] = 3
    """Seconds that the server has for its whole answer."""
    fallback_team_id: TeamId = ""
    """Who serves when the contact did not choose, or the server gave no answer that helps; empty: the category's team."""
    last_agent: bool = True
    """Whether a contact who returns goes to the agent they were with, if that agent is free."""
    responsible_agent: bool = False
    """Whether the agent who is responsible for the contact, else for the owner, comes first, if that agent is free."""
    order: Order = "longest_idle"
    """Among the free agents of the team: who has been idle longest, who serves fewest, or who has the highest priority in it."""
    relaxed_skill: bool = False
    """Whether agents without the skills are let in when nobody of the team who has them is online."""


class NoTeamToChoose(Invalid):
    """There is no active team that a contact could choose."""


class NoServerToAsk(Invalid):
    """Say the address of the server that is asked."""


class BadServerAddress(Invalid):
    """This is no address of a server: it begins with https:// and has no user, password or fragment."""


def check_allocation(tx: Tx, wanted: dict[str, Any], after: Allocation) -> None:
    """Refuse a policy that could not be followed."""
    if wanted.keys() & {"policy", "card"} and after.policy == "contact_chooses_team" and not on_card(tx, after):
        raise NoTeamToChoose(field="allocation.card" if after.card else "allocation.policy")
    if wanted.get("server_url") and not is_address(wanted["server_url"]):
        raise BadServerAddress(field="allocation.server_url")
    if wanted.keys() & {"policy", "server_url"} and after.policy == "business_server" and not after.server_url:
        raise NoServerToAsk(field="allocation.server_url")


def on_card(tx: Tx, allocation: Allocation) -> list[Team]:
    """The teams that a contact may choose from now."""
    active = {team.id: team for team in teams(tx) if team.active}
    return [active[id] for id in allocation.card or active if id in active][:MOST]

"""What follows among channels."""

from helpline.core import Conflict, Tx
from helpline.people import Team
from helpline.people.events import TeamChanged

from . import queries
from .events import CategorySet, ChannelFact, ChannelSet, OwnerSet
from .models import Category
from .shapes import category_update, channel_update, owner_update


class TeamInUse(Conflict):
    """A channel category sends its conversations to this team; give it another one first."""


def refuse_team_in_use(tx: Tx, fact: TeamChanged) -> None:
    """A team that conversations come to cannot be switched off: they would wait for nobody."""
    if "active" in fact.fields and not tx.get(Team, fact.team_id).active:
        sending = [row for row in queries.all_of(tx, Category) if row.team_id == fact.team_id]
        using = [row.name for row in sending if row.active or queries.active_of(tx, row.id)]
        if using:
            raise TeamInUse(
                f"{', '.join(using)} sends conversations to this team; give it another one first.", field="active"
            )


def show_channel(tx: Tx, fact: ChannelSet) -> None:
    """Every desk gets the channel as it is now."""
    tx.touch(channel_update, fact.id)


def show_health(tx: Tx, fact: ChannelFact) -> None:
    """Every desk sees how the channel stands."""
    tx.touch(channel_update, fact.channel_id)


def show_category(tx: Tx, fact: CategorySet) -> None:
    """Every desk gets the category as it is now."""
    tx.touch(category_update, fact.id)


def show_owner(tx: Tx, fact: OwnerSet) -> None:
    """Every desk gets the owner as it is now."""
    tx.touch(owner_update, fact.id)

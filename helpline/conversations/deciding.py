"""It is said who shall serve a conversation: once, whoever comes first."""

from collections.abc import Sequence
from typing import Literal

from helpline.core import Conflict, NotFound, Tx
from helpline.people import Team
from helpline.session_settings import in_force

from . import serving, undecided
from .models import Conversation, State
from .placing import sent_on_to

By = Literal["contact", "server", "fallback"]


class NotAskedToChoose(NotFound):
    """You have not been asked to choose this team."""


class TeamGone(Conflict):
    """This team can no longer be chosen; choose another one."""


def choose(tx: Tx, conversation_id: str, team_id: str) -> None:
    """The contact chooses a team. What they chose first holds."""
    conversation = tx.get(Conversation, conversation_id)
    if team_id not in conversation.choices:
        raise NotAskedToChoose
    if conversation.state == State.BOT and not decide(tx, conversation_id, "contact", team_id=team_id):
        raise TeamGone(field="team_id")


def decide(
    tx: Tx,
    conversation_id: str,
    by: By,
    *,
    team_id: str | None = None,
    agent_ids: Sequence[str] = (),
    why: str = "",
) -> bool:
    """The conversation goes to the queue of ``team_id``, or of the fallback team; whether its team is to be had.

    Whoever comes later changes nothing. ``agent_ids`` are asked first, see ``routing``.
    """
    before = tx.get(Conversation, conversation_id)
    fallback = in_force(tx, before.category_id).allocation.fallback_team_id or before.team_id
    wanted = team_id or fallback
    (conversation,) = serving.hold(
        tx, conversation_id, agents=agent_ids, teams=[wanted, *sent_on_to(tx, before.category_id)]
    )
    if conversation.state != State.BOT:
        return True
    if not tx.lock(Team, wanted)[0].active:
        if team_id is not None:
            return False
        wanted = conversation.team_id  # cannot be switched off while this is open
    conversation.team_id = wanted
    undecided.stop(tx, conversation, by, agent_ids=list(agent_ids), why=why)
    serving.enter_queue(tx, conversation)
    return True

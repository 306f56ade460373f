"""Which agents come before all others for a conversation, of whichever team they are."""

from collections.abc import Iterator
from datetime import timedelta

from helpline.channels import Owner
from helpline.contacts import Contact
from helpline.conversations import Conversation
from helpline.conversations.queries import last_agent
from helpline.conversations.rules import Why
from helpline.core import Tx
from helpline.people.queries import workspace
from helpline.session_settings import in_force


def preferred(tx: Tx, conversation: Conversation, previous_id: str | None) -> Iterator[tuple[str, Why]]:
    """The agent they were with, if that is not too long ago; who is responsible for the contact, else for the owner."""
    allocation, within = in_force(tx, conversation.category_id).allocation, workspace(tx).last_agent_within
    if allocation.last_agent and within and previous_id is not None:
        agent_id = last_agent(tx, conversation, tx.now - timedelta(seconds=within))
        if agent_id:
            yield agent_id, "last_agent"
    if allocation.responsible_agent:
        theirs = (tx.find(Contact, conversation.contact_id), tx.find(Owner, conversation.owner_id))
        agent_id = next((one.agent_id for one in theirs if one and one.agent_id), None)
        if agent_id:
            yield agent_id, "responsible"

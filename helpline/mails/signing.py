"""What stands below a mail: the agent's own signature, else the mailbox's."""

from helpline.channels import Channel
from helpline.core import Tx
from helpline.people import Agent

AGENT = "{agent}"


def signature(tx: Tx, channel: Channel, agent_id: str, name: str) -> str:
    """As it will stand there."""
    agent = tx.find(Agent, agent_id)
    own = str(agent.preferences.get("signature", "")) if agent is not None else ""
    kept = own if own.strip() else str(channel.settings.get("signature") or "")
    return kept.replace(AGENT, name).strip()


def unless_there(signed: str, text: str) -> str:
    """Nothing where the text ends with it already: nobody signs twice."""
    return "" if text.rstrip().endswith(signed) else signed

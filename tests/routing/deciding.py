"""Short ways to decide about allocation, and to see what came of it."""

from typing import Any

from helpline.channels import Category, Channel
from helpline.channels import actions as channels
from helpline.conversations import State, needing
from helpline.core import Actor, Tx
from helpline.people import Agent, Team, actions
from helpline.session_settings import actions as settings
from tests.make import World


def decide(world: World, category_id: str | None = None, **sections: dict[str, Any]) -> None:
    """Change session settings."""
    world.do(None, lambda tx: settings.change(tx, category_id, sections).version)


def talk(world: World, *skills: str, priority: int = 0) -> str:
    """Somebody writes, who needs these skills."""

    def ask(tx: Tx) -> None:
        category = tx.get(Category, tx.get(Channel, world.channel).category_id)
        channels.change(tx, category, skills=sorted(skills))

    world.do(None, ask)
    id = str(world.write(world.visitor()).conversation_id)
    if priority:
        world.do(None, lambda tx: needing.need(tx, id, priority=priority).priority)
    return id


def served_by(world: World, id: str) -> str | None:
    """Who serves it."""
    return world.conversation(id).agent_id


def waits(world: World, id: str) -> bool:
    """Whether it is in its queue."""
    return world.conversation(id).state == State.WAITING


def teach(world: World, agent: Actor, *skills: str) -> None:
    """Say all that an agent can do."""
    world.do(None, lambda tx: actions.change_agent(tx, tx.get(Agent, agent.id), skills=list(skills)).id)


def rank(world: World, team_id: str, priorities: dict[str, int]) -> None:
    """Say who of a team comes first."""
    world.do(None, lambda tx: actions.change_team(tx, tx.get(Team, team_id), priorities=priorities).id)

"""Short ways to decide about sessions in tests."""

from typing import Any

from msgspec import structs

from helpline.conversations.models import Message
from helpline.session_settings import actions
from helpline.session_settings.prompts import Prompts
from tests.make import World


def decide(world: World, category: str | None = None, **wanted: Any) -> None:
    """Set some fields: ``decide(world, closure={"contact_timeout": 60})``."""
    world.do(None, lambda tx: actions.change(tx, category, wanted).version)


def only_says(world: World, **texts: str) -> None:
    """These prompts say this, in English, and no others are sent."""
    off: dict[str, Any] = {one.name: {"on": False} for one in structs.fields(Prompts)}
    decide(world, prompts=off | {name: {"on": True, "texts": {"en": text}} for name, text in texts.items()})


def told(world: World, conversation_id: str, *, events: bool = False) -> list[str]:
    """What is to be read in the conversation, by whomever; what happened in brackets."""
    mine = [row for row in world.all(Message) if row.conversation_id == conversation_id]
    rows = [row for row in sorted(mine, key=lambda row: row.seq) if events or not row.event]
    return [f"[{row.event['name']}]" if row.event else row.text for row in rows]

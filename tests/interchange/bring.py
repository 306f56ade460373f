"""Lines as a company would export them, and taking them in."""

import json
from typing import Any

from helpline.core import Actor, Tx, Units, new_id
from helpline.interchange.bringing import Bringing, LineOut, importer
from helpline.interchange.giving import everything
from helpline.interchange.lines import encode
from helpline.interchange.reading import portions
from helpline.people import actions
from tests.make import HASH, World

CONTACT = {"type": "contact", "id": "c-1", "name": "Niamh Brennan", "email": "niamh@post.example", "company": "Kestrel"}
TALK: dict[str, Any] = {
    "type": "conversation",
    "id": "t-1",
    "channel": "Web chat",
    "contact": "c-1",
    "messages": [
        {"at": "2025-03-04T09:00:00Z", "by": "contact", "id": "m-1", "text": "Where is my order?"},
        {"at": "2025-03-04T09:02:30.5Z", "by": "agent", "agent": "bo@acme.example", "id": "m-2", "text": "On its way."},
        {
            "at": "2025-03-04T09:03:00Z",
            "by": "agent",
            "agent": "bo@acme.example",
            "visibility": "internal",
            "text": "VIP",
        },
        {"at": "2025-03-04T09:04:00Z", "by": "contact", "text": "Thank you 謝謝"},
    ],
    "closed_at": "2025-03-04T09:05:00Z",
    "record": {
        "result": "Completed",
        "reasons": ["Where is my order"],
        "notes": "Parcel was late",
        "ended_at": "2025-03-04T09:07:00Z",
    },
}


def bring(world: World, *lines: Any, create_missing: bool = False) -> list[LineOut]:
    """Take in some lines; a string is a line as it is."""
    return take_in(world, raw_lines(*lines), create_missing=create_missing)


def raw_lines(*lines: Any) -> bytes:
    """As they stand in a file."""
    return "\n".join(line if isinstance(line, str) else json.dumps(line) for line in lines).encode()


def take_in(world: World, raw: bytes, *, create_missing: bool = False) -> list[LineOut]:
    """Take in a whole file."""
    bringing = Bringing(world.units, importer(world.workspace_id), create_missing=create_missing)
    return [told for portion in portions([raw]) for told in bringing.take_in(portion)]


def outcomes(told: list[LineOut]) -> list[str]:
    """What became of each line, in order."""
    return [line.outcome for line in told]


def written(world: World) -> bytes:
    """Everything of a workspace, as an export writes it."""
    return world.see(lambda tx: b"".join(encode(line) + b"\n" for line in everything(tx)))


def empty_world(units: Units, email: str, name: str = "Copy") -> World:
    """A workspace with nothing but the administrator who made it."""

    def create(tx: Tx) -> str:
        return actions.set_up(tx, workspace_name=name, locale="en", name="Somebody", email=email, password_hash=HASH).id

    workspace_id = new_id()
    return World(units, workspace_id, units.run_now(Actor.system(workspace_id), create), "", "")

"""How an agent wants the desk: kept here, so that it follows them to every browser."""

from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta

from helpline.core import In, Out, Tx, Update
from helpline.core.shapes import UNSET, UnsetType, given

from .events import PreferencesChanged
from .models import Agent

TimeZone = Annotated[str, Meta(pattern=r"^[A-Za-z0-9_+/-]{1,64}$", description="IANA name, such as Asia/Taipei.")]
Volume = Annotated[int, Meta(ge=0, le=100, description="Per cent.")]
Sound = Literal["off", "chime", "knock", "drop"]
Signature = Annotated[str, Meta(max_length=2000)]
Order = Literal["longest_wait", "newest", "oldest"]


class PreferencesOut(Out):
    id: str
    time_zone: str | None
    single_keys: bool
    list_order: Order
    sound_volume: int
    sound_conversation: Sound
    sound_message: Sound
    sound_mention: Sound
    notify_conversation: bool
    notify_message: bool
    notify_mention: bool
    signature: str
    """Below one's mails, in place of the mailbox's own; ``{agent}`` is one's name. Empty: the mailbox's."""


UNLESS_CHOSEN: dict[str, Any] = {
    "time_zone": None,
    "single_keys": True,
    "list_order": "longest_wait",
    "sound_volume": 60,
    "sound_conversation": "chime",
    "sound_message": "drop",
    "sound_mention": "knock",
    "notify_conversation": True,
    "notify_message": True,
    "notify_mention": True,
    "signature": "",
}


class PreferencesIn(In):
    time_zone: TimeZone | None | UnsetType = UNSET
    single_keys: bool | UnsetType = UNSET
    list_order: Order | UnsetType = UNSET
    sound_volume: Volume | UnsetType = UNSET
    sound_conversation: Sound | UnsetType = UNSET
    sound_message: Sound | UnsetType = UNSET
    sound_mention: Sound | UnsetType = UNSET
    notify_conversation: bool | UnsetType = UNSET
    notify_message: bool | UnsetType = UNSET
    notify_mention: bool | UnsetType = UNSET
    signature: Signature | UnsetType = UNSET


def preferences_of(agent: Agent) -> PreferencesOut:
    """What the agent chose, and the defaults for the rest."""
    return msgspec.convert({**UNLESS_CHOSEN, **agent.preferences, "id": agent.id}, PreferencesOut)


def prefer(tx: Tx, agent_id: str, wanted: PreferencesIn) -> PreferencesOut:
    """Change some of one's own preferences."""
    (agent,) = tx.lock(Agent, agent_id)
    now: dict[str, Any] = msgspec.to_builtins(preferences_of(agent))
    changed = {name: value for name, value in given(wanted).items() if now[name] != value}
    if changed:
        agent.preferences = {**agent.preferences, **changed}
        tx.emit(PreferencesChanged(agent_id=agent_id, fields=sorted(changed)))
    return preferences_of(agent)


def preferences_update(tx: Tx, agent_id: str, also: frozenset[str]) -> Update:
    """What only the agent's own desks are told."""
    return Update.of("preferences", agent_id, preferences_of(tx.get(Agent, agent_id)), {f"agent:{agent_id}", *also})

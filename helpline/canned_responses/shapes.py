"""How canned responses look on the wire."""

from typing import Annotated

from msgspec import Meta

from helpline.core import In, Out, Tx, Update
from helpline.core.shapes import UNSET, UnsetType

from .models import CannedResponse, Language, SharedWith

Shortcut = Annotated[
    str, Meta(pattern=r"^[^\s/$]+$", max_length=40, description="What is typed after the slash; without spaces.")
]
Title = Annotated[str, Meta(min_length=1, max_length=120)]
Text = Annotated[str, Meta(min_length=1, max_length=10_000)]
Choice = Annotated[str, Meta(max_length=60, pattern=r"^\S([^\x00-\x1f\x7f\u2028\u2029]*\S)?$(?!\n)")]
Choices = Annotated[
    list[Choice],
    Meta(
        max_length=10,
        description="Answers to choose from below it; a channel that takes fewer or shorter ones offers those.",
    ),
]
Teams = Annotated[list[str], Meta(max_length=100)]


class CannedResponseOut(Out):
    id: str
    shortcut: str
    title: str
    text: str
    choices: list[str]
    language: Language
    shared_with: SharedWith
    agent_id: str
    team_ids: list[str]
    active: bool
    used: int


class CannedResponseIn(In):
    shortcut: Shortcut
    title: Title
    text: Text
    choices: Choices = []
    language: Language = ""
    shared_with: SharedWith = "me"
    team_ids: Teams = []


class CannedResponseChange(In):
    shortcut: Shortcut | UnsetType = UNSET
    title: Title | UnsetType = UNSET
    text: Text | UnsetType = UNSET
    choices: Choices | UnsetType = UNSET
    language: Language | UnsetType = UNSET
    shared_with: SharedWith | UnsetType = UNSET
    team_ids: Teams | UnsetType = UNSET
    active: bool | UnsetType = UNSET


def canned_response_out(row: CannedResponse) -> CannedResponseOut:
    """A canned response as those see it who may insert it."""
    return CannedResponseOut(**{name: getattr(row, name) for name in CannedResponseOut.__struct_fields__})


def canned_response_update(tx: Tx, id: str, also: frozenset[str]) -> Update:
    """That it changed, and no more: whom it is shared with may have changed too, so each desk asks for its own list again."""
    return Update.of("canned_response", id, {"id": id}, also)

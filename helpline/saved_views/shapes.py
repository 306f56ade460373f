"""How saved views look on the wire."""

from typing import Annotated

from msgspec import Meta

from helpline.core import In, Out
from helpline.core.shapes import UNSET, UnsetType

from .models import SavedView

Name = Annotated[str, Meta(min_length=1, max_length=80, pattern=r"\S")]
Query = Annotated[
    str, Meta(max_length=8000, description="The filters, as the desk's address says them behind the `?`.")
]


class SavedViewOut(Out):
    id: str
    name: str
    query: str
    agent_id: str
    shared: bool


class SavedViewIn(In):
    name: Name
    query: Query
    shared: bool = False


class SavedViewChange(In):
    name: Name | UnsetType = UNSET
    query: Query | UnsetType = UNSET
    shared: bool | UnsetType = UNSET


def saved_view_out(row: SavedView) -> SavedViewOut:
    """A view as those see it who may open it."""
    return SavedViewOut(**{name: getattr(row, name) for name in SavedViewOut.__struct_fields__})

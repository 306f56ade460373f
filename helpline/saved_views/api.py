"""Routes about saved views."""

from helpline.core import Tx
from helpline.core.router import Routes
from helpline.core.shapes import given

from . import actions, queries
from .shapes import SavedViewChange, SavedViewIn, SavedViewOut, saved_view_out

routes = Routes(tag="Service records")


@routes.get("/saved-views", permission="record.read")
def saved_views(tx: Tx) -> list[SavedViewOut]:
    """Your saved views of the service records, and those for everybody, by name."""
    return [saved_view_out(row) for row in queries.readable(tx)]


@routes.post("/saved-views", permission="record.read")
def save(tx: Tx, data: SavedViewIn) -> SavedViewOut:
    """Save a view: for yourself, or with `record.read_all` for everybody."""
    return saved_view_out(actions.save(tx, **given(data)))


@routes.patch("/saved-views/{id:str}", permission="record.read")
def change(tx: Tx, id: str, data: SavedViewChange) -> SavedViewOut:
    """Give a view another name or other filters, share it, or keep it for yourself."""
    return saved_view_out(actions.change(tx, id, **given(data)))


@routes.delete("/saved-views/{id:str}", permission="record.read")
def remove(tx: Tx, id: str) -> None:
    """Remove a view."""
    actions.remove(tx, id)

"""Routes of the board."""

from helpline.core import Tx
from helpline.core.router import Routes

from . import shapes
from .day import DayOut, day

routes = Routes(tag="Board")


@routes.get("/board", permission="board.read")
def board(tx: Tx) -> shapes.BoardOut:
    """Queues and agents as they are now, and how many were answered and given up today; for one's own teams, or all."""
    return shapes.board(tx)


@routes.get("/board/day", permission="board.read")
def board_day(tx: Tx, team_id: str | None = None) -> DayOut:
    """How today went so far, hour by hour, and how many waited over the last hour."""
    return day(tx, team_id)

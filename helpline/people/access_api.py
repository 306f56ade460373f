"""Routes about API tokens and signed-in browsers."""

from helpline.core import Tx
from helpline.core.router import SIGNED_IN, Routes

from . import access, queries
from .access_shapes import BrowserOut, TokenCreatedOut, TokenIn, TokenOut, browser_out, token_out
from .models import Agent

routes = Routes(tag="People")


@routes.get("/me/sessions", permission=SIGNED_IN)
def my_sessions(tx: Tx) -> list[BrowserOut]:
    """The browsers one is signed in with, the one used last first."""
    return [browser_out(tx, row) for row in queries.sign_ins(tx, tx.actor.id)]


@routes.delete("/me/sessions/{id:str}", permission=SIGNED_IN)
def end_my_session(tx: Tx, id: str) -> None:
    """Sign one of one's browsers out."""
    access.sign_out(tx, tx.actor.id, id)


@routes.delete("/me/sessions", permission=SIGNED_IN)
def end_my_other_sessions(tx: Tx) -> None:
    """Sign all of one's browsers out but this one."""
    access.sign_out_everywhere(tx, tx.actor.id)


@routes.get("/agents/{id:str}/sessions", permission="people.manage")
def sessions(tx: Tx, id: str) -> list[BrowserOut]:
    """The browsers an agent is signed in with."""
    return [browser_out(tx, row) for row in queries.sign_ins(tx, tx.get(Agent, id).id)]


@routes.delete("/agents/{id:str}/sessions", permission="people.manage")
def end_sessions(tx: Tx, id: str) -> None:
    """Sign an agent out everywhere; oneself, everywhere else."""
    access.put_out(tx, id)


@routes.get("/tokens", permission=SIGNED_IN)
def tokens(tx: Tx) -> list[TokenOut]:
    """One's own API tokens."""
    return [token_out(row) for row in queries.tokens_of(tx, tx.actor.id)]


@routes.post("/tokens", permission=SIGNED_IN)
def create_token(tx: Tx, data: TokenIn) -> TokenCreatedOut:
    """Make an API token. It carries one's own permissions and is shown this once."""
    row, token = access.create_token(tx, tx.actor.id, data.name)
    return TokenCreatedOut(
        id=row.id, name=row.name, prefix=row.prefix, created_at=row.created_at, last_used_at=None, token=token
    )


@routes.delete("/tokens/{id:str}", permission=SIGNED_IN)
def revoke_token(tx: Tx, id: str) -> None:
    """Withdraw one of one's own API tokens."""
    access.revoke_token(tx, tx.actor.id, id)

"""Signing in and out, and API tokens."""

from datetime import timedelta

from sqlalchemy import delete, or_, update

from helpline.core import NotFound, Tx, Unauthenticated, new_id
from helpline.core.tokens import digest, new_token

from . import queries
from .events import AgentSignedIn, AgentSignedOut, TokenCreated, TokenRevoked
from .models import Agent, ApiToken, SignIn

SIGNED_IN_FOR = timedelta(days=14)
TOKEN_PREFIX = "hl_"  # noqa: S105 - what API tokens begin with


class WrongCredentials(Unauthenticated):
    """This e-mail address and password do not fit together."""


class NotSignedIn(Unauthenticated):
    """Sign in first."""


def sign_in(tx: Tx, agent_id: str, browser: str) -> str:
    """Remember a browser; the token for its cookie. The password was checked before."""
    agent = tx.get(Agent, agent_id)
    if not agent.active:
        raise WrongCredentials
    token = new_token(tx.workspace_id)
    row = SignIn(workspace_id=tx.workspace_id, id=digest(token), agent_id=agent_id, browser=browser[:200])
    row.created_at, row.expires_at = tx.now, tx.now + SIGNED_IN_FOR
    tx.db.add(row)
    tx.emit(AgentSignedIn(agent_id=agent_id))
    return token


def sign_out(tx: Tx, sign_in_id: str) -> None:
    """Forget a browser; the cookie is worthless from now on."""
    tx.execute(delete(SignIn).where(SignIn.workspace_id == tx.workspace_id, SignIn.id == sign_in_id))
    tx.emit(AgentSignedOut(agent_id=tx.actor.id, sign_in_id=sign_in_id))


def create_token(tx: Tx, agent_id: str, name: str) -> tuple[ApiToken, str]:
    """A new API token: the row, and the token itself, which is shown this once."""
    token = new_token(tx.workspace_id, TOKEN_PREFIX)
    row = ApiToken(workspace_id=tx.workspace_id, id=new_id(), agent_id=agent_id, name=name, digest=digest(token))
    row.prefix, row.created_at = token[:11], tx.now
    tx.db.add(row)
    tx.emit(TokenCreated(agent_id=agent_id, token_id=row.id, name=name))
    return row, token


def mark_used(tx: Tx, token_digest: str) -> None:
    """Note that a token was used, unless that was noted within the hour."""
    row = ApiToken
    stale = or_(row.last_used_at.is_(None), row.last_used_at < tx.now - timedelta(hours=1))
    mine = (row.workspace_id == tx.workspace_id, row.digest == token_digest, stale)
    tx.execute(update(row).where(*mine).values(last_used_at=tx.now))


def revoke_token(tx: Tx, agent_id: str, token_id: str) -> None:
    """Withdraw one of the agent's own tokens."""
    row = next((token for token in queries.tokens_of(tx, agent_id) if token.id == token_id), None)
    if row is None:
        raise NotFound("You have no such token.")
    tx.db.delete(row)
    tx.emit(TokenRevoked(agent_id=agent_id, token_id=token_id, name=row.name))

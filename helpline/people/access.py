"""Signing in and out, passwords, and API tokens."""

from datetime import timedelta

from sqlalchemy import delete, or_, update

from helpline.core import Forbidden, NotFound, Tx, Unauthenticated, new_id
from helpline.core.tokens import digest, new_token

from . import queries, roles
from .events import (
    AgentPasswordChanged,
    AgentPasswordReset,
    AgentSignedIn,
    AgentSignedOut,
    TokenCreated,
    TokenRevoked,
)
from .models import SIGNED_IN_AT_MOST, Agent, ApiToken, SignIn
from .rules import browser_name

TOKEN_PREFIX = "hl_"  # noqa: S105 - what API tokens begin with
SEEN_EVERY, USED_EVERY = timedelta(minutes=10), timedelta(hours=1)
"""How exactly is noted when a browser and when a token was last used."""


class WrongCredentials(Unauthenticated):
    """This e-mail address and password do not fit together."""


class NotSignedIn(Unauthenticated):
    """Sign in first."""


class PasswordDue(Forbidden):
    """Somebody else chose this password; choose one of your own."""


def sign_in(
    tx: Tx, agent_id: str, browser: str, *, checked: str = "", new_password_hash: str = "", instead_of: str = ""
) -> str:
    """Remember a browser; the token for its cookie.

    The password was ``checked`` before, against this hash. ``instead_of`` is the session that the browser had until now.
    """
    tx.lock(Agent, agent_id)
    agent = tx.get(Agent, agent_id)
    if not agent.active or (checked and agent.password_hash != checked):
        raise WrongCredentials
    if agent.password_due and not new_password_hash:
        raise PasswordDue(field="new_password")
    if new_password_hash:
        change_password(tx, agent, new_password_hash)
    earlier = tx.find(SignIn, instead_of)
    if earlier is not None:
        _end(tx, earlier)
    old = (SignIn.workspace_id == tx.workspace_id, SignIn.agent_id == agent_id, SignIn.expires_at <= tx.now)
    tx.execute(delete(SignIn).where(*old))
    token = new_token(tx.workspace_id)
    row = SignIn(workspace_id=tx.workspace_id, id=digest(token), agent_id=agent_id, browser=browser[:200])
    row.created_at, row.seen_at, row.expires_at = tx.now, tx.now, tx.now + SIGNED_IN_AT_MOST
    tx.db.add(row)
    tx.emit(AgentSignedIn(agent_id=agent_id, browser=browser_name(row.browser)))
    return token


def sign_out(tx: Tx, agent_id: str, sign_in_id: str) -> None:
    """Forget one browser of an agent; its cookie is worthless from now on."""
    row = tx.find(SignIn, sign_in_id)
    if row is None or row.agent_id != agent_id:
        raise NotFound("There is no such session.")
    _end(tx, row)


def sign_out_everywhere(tx: Tx, agent_id: str) -> None:
    """Forget every browser of an agent but the one that asks."""
    for row in queries.sign_ins(tx, agent_id):
        if row.id != tx.actor.session_id:
            _end(tx, row)


def put_out(tx: Tx, agent_id: str) -> None:
    """Sign somebody out everywhere, as one who may do as much as they."""
    roles.refuse_above(tx, tx.get(Agent, agent_id))
    sign_out_everywhere(tx, agent_id)


def _end(tx: Tx, row: SignIn) -> None:
    tx.db.delete(row)
    tx.emit(AgentSignedOut(agent_id=row.agent_id, sign_in_id=row.id, browser=browser_name(row.browser)))


def mark_seen(tx: Tx, sign_in_id: str) -> None:
    """Note that a browser is in use, unless that was noted a moment ago. Used, it stays signed in."""
    row = SignIn
    mine = (row.workspace_id == tx.workspace_id, row.id == sign_in_id, row.seen_at < tx.now - SEEN_EVERY)
    tx.execute(update(row).where(*mine).values(seen_at=tx.now))


def change_password(tx: Tx, agent: Agent, password_hash: str) -> None:
    """Somebody's own new password. Their other browsers are signed out."""
    agent.password_hash, agent.password_due = password_hash, False
    tx.emit(AgentPasswordChanged(agent_id=agent.id))
    sign_out_everywhere(tx, agent.id)


def reset_password(tx: Tx, agent: Agent, password_hash: str, *, due: bool) -> None:
    """A password that somebody else chose. It ends every session and API token; when ``due``, it is good for one sign-in."""
    roles.refuse_above(tx, agent)
    agent.password_hash, agent.password_due = password_hash, due
    tx.emit(AgentPasswordReset(agent_id=agent.id, due=due))
    sign_out_everywhere(tx, agent.id)
    for row in queries.tokens_of(tx, agent.id):
        _revoke(tx, row)


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
    stale = or_(row.last_used_at.is_(None), row.last_used_at < tx.now - USED_EVERY)
    mine = (row.workspace_id == tx.workspace_id, row.digest == token_digest, stale)
    tx.execute(update(row).where(*mine).values(last_used_at=tx.now))


def revoke_token(tx: Tx, agent_id: str, token_id: str) -> None:
    """Withdraw one of the agent's own tokens."""
    row = next((token for token in queries.tokens_of(tx, agent_id) if token.id == token_id), None)
    if row is None:
        raise NotFound("You have no such token.")
    _revoke(tx, row)


def _revoke(tx: Tx, row: ApiToken) -> None:
    tx.db.delete(row)
    tx.emit(TokenRevoked(agent_id=row.agent_id, token_id=row.id, name=row.name))

"""How API tokens and signed-in browsers look on the wire."""

from datetime import datetime

from helpline.core import In, Out, Tx

from .fields import Name
from .models import ApiToken, SignIn
from .rules import browser_name


class TokenOut(Out):
    id: str
    name: str
    prefix: str
    created_at: datetime
    last_used_at: datetime | None


class TokenCreatedOut(TokenOut):
    token: str


class BrowserOut(Out):
    """A signed-in browser; ``browser`` is its name for people, such as "Firefox, Windows"."""

    id: str
    browser: str
    user_agent: str
    since: datetime
    seen_at: datetime
    current: bool


class TokenIn(In):
    name: Name


def token_out(row: ApiToken) -> TokenOut:
    """A token without its secret."""
    fields = {name: getattr(row, name) for name in TokenOut.__struct_fields__}
    return TokenOut(**fields)


def browser_out(tx: Tx, row: SignIn) -> BrowserOut:
    """A signed-in browser, and whether it is the one that asks."""
    return BrowserOut(
        id=row.id,
        browser=browser_name(row.browser),
        user_agent=row.browser,
        since=row.created_at,
        seen_at=row.seen_at,
        current=row.id == tx.actor.session_id,
    )

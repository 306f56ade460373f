"""The servers of a mailbox: where they are, and how one signs in."""

import asyncio
import time
from dataclasses import dataclass
from typing import Literal
from urllib.parse import urlencode

import msgspec

from helpline.channels.contract import Account, Failed, unanswered
from helpline.outside import Answer, NoAnswer, Outside

Security = Literal["tls", "starttls", "none"]
PORTS = {"imap": {"tls": 993, "starttls": 143, "none": 143}, "smtp": {"tls": 465, "starttls": 587, "none": 25}}
WITHIN, EARLIER = 20.0, 60.0
GRANT = "oauth_refresh_token"


class _Refusal(msgspec.Struct):
    error: str
    error_description: str = ""


@dataclass(frozen=True)
class Server:
    """One of the two: ``imap`` or ``smtp``."""

    host: str
    port: int
    security: Security
    user: str
    secret: str
    """A password, or what is exchanged for one."""
    is_token: bool = False


class _Granted(msgspec.Struct):
    access_token: str
    expires_in: float = 3600
    refresh_token: str = ""
    """To be used from then on, where one is given."""


_GRANTED: dict[tuple[str, ...], tuple[str, float]] = {}
"""Tokens and when they end: a cache and nothing more, as providers limit how often one may ask."""


async def server_of(account: Account, which: Literal["imap", "smtp"], outside: Outside) -> Server | None:
    """The server as it is set, with what signs in there; nothing when none is set."""
    told = account.settings
    host = str(told.get(f"{which}_host") or "")
    if not host:
        return None
    security: Security = told.get(f"{which}_security") or "tls"
    port = int(told.get(f"{which}_port") or PORTS[which][security])
    user = str(told.get(f"{which}_user") or told.get("address") or "")
    if told.get("sign_in") == "oauth2":
        return Server(host, port, security, user, await _token(account, outside), is_token=True)
    secret = account.secrets.get(f"{which}_password") or account.secrets.get("imap_password", "")
    return Server(host, port, security, user if secret else "", secret)


async def _token(account: Account, outside: Outside) -> str:
    """An access token for the refresh token, asked for a minute before the last one ends."""
    # Whoever wants it may be broken off meanwhile; the refresh token that comes along must not be lost with them.
    return _known(account, account.secrets.get(GRANT, "")) or await asyncio.shield(_renewed(account, outside))


async def _renewed(account: Account, outside: Outside) -> str:
    async with account.held(GRANT) as grant:
        if known := _known(account, grant.secret):
            return known  # somebody was quicker
        granted = await _asked(account, grant.secret, outside)
        grant.renewed, now = granted.refresh_token, time.monotonic()
        for key in [key for key, (_, ends) in _GRANTED.items() if ends < now]:
            del _GRANTED[key]
        for secret in {account.secrets.get(GRANT, ""), grant.secret, grant.renewed} - {""}:
            _GRANTED[_key(account, secret)] = (granted.access_token, now + granted.expires_in)
        return granted.access_token


def _known(account: Account, grant: str) -> str:
    token, ends = _GRANTED.get(_key(account, grant), ("", 0.0))
    return token if time.monotonic() < ends - EARLIER else ""


def _key(account: Account, grant: str) -> tuple[str, ...]:
    return (str(account.settings.get("oauth_token_url", "")), *_form(account, grant).values())


def _form(account: Account, grant: str) -> dict[str, str]:
    told = account.settings
    return {
        "grant_type": "refresh_token",
        "refresh_token": grant,
        "client_id": str(told.get("oauth_client_id", "")),
        "client_secret": account.secrets.get("oauth_client_secret", ""),
        "scope": str(told.get("oauth_scope", "")),
    }


async def _asked(account: Account, grant: str, outside: Outside) -> _Granted:
    url, form = str(account.settings.get("oauth_token_url", "")), _form(account, grant)
    body = urlencode({name: value for name, value in form.items() if value}).encode()
    try:
        answer = await outside.post(url, body, {"content-type": "application/x-www-form-urlencoded"}, within=WITHIN)
    except NoAnswer as failed:
        raise unanswered(failed) from failed
    if answer.status != 200:
        raise _refused(answer)
    try:
        return msgspec.json.decode(answer.body, type=_Granted)
    except msgspec.DecodeError as error:
        raise Failed("auth", "The token server does not give a token.") from error


def forget(token: str) -> None:
    """A server does not take this token any more, whatever its end was said to be: the next one is asked for anew."""
    for key in [key for key, (granted, _) in _GRANTED.items() if granted == token]:
        del _GRANTED[key]


def _refused(answer: Answer) -> Failed:
    """What a token server means that gives none (RFC 6749, 5.2)."""
    code = f"HTTP {answer.status}"
    if answer.status >= 500 or answer.status == 429:
        return Failed("temporary", f"The token server has no token now ({code}).", code=code)
    try:
        said = msgspec.json.decode(answer.body, type=_Refusal)
    except msgspec.DecodeError:
        return Failed("auth", f"The token server gives no token ({code}).", code=code)
    why = f"{said.error}: {said.error_description}".strip(": ")[:300]
    if said.error == "invalid_grant":
        return Failed(
            "auth",
            f"Access was withdrawn, or has ended; let it be granted anew, and fill in the new refresh token ({why}).",
        )
    if said.error in {"invalid_client", "unauthorized_client"}:
        return Failed("auth", f"The token server does not know this client ID with this secret ({why}).")
    return Failed("auth", f"The token server gives no token ({why}).", code=code)

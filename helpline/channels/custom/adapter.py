"""The adapter of channels of one's own: both ways signed by the Standard Webhooks scheme."""

import base64
import uuid
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import msgspec

from helpline.channels.contract import Account, Adapter, Event, Failed, Fetched, Health, Outbound, Raw, Sign, unanswered
from helpline.channels.reasons import Reason, by_status
from helpline.channels.signs import Edit, React, Read, TakeBack, Typing
from helpline.channels.wording import in_words
from helpline.outside import Answer, NoAnswer, Outside
from helpline.outside.signing import is_signed, secret_from, signed

from .parsing import events_of

_SIGNS: dict[type[Sign], str] = {Typing: "typing", Read: "read", React: "reaction", Edit: "edit", TakeBack: "delete"}
WITHIN, LARGEST = 15.0, 20 * 1024 * 1024


class Custom(Adapter):
    """A program of the business stands between us and its customers."""

    def verify(self, account: Account, raw: Raw) -> bool:
        """By the signature, made within the last five minutes."""
        is_set = bool(account.secrets.get("secret"))
        return is_set and is_signed(_secret(account), raw.headers, raw.body, raw.at or datetime.now(UTC))

    def receive(self, account: Account, raw: Raw) -> list[Event]:
        """The events of the call."""
        return events_of(raw.body)

    async def send(self, account: Account, out: Outbound, outside: Outside) -> str:
        """One signed call, whose id is the message's key: the same one twice is one message."""
        message = {
            "id": out.key,
            "to": out.to,
            "text": in_words(out),
            "files": [{"url": one.url, "name": one.name, "type": one.media_type} for one in out.files],
            "choices": list(out.choices),
            "conversation_id": out.conversation_id,
            "reply_to": out.quoted.external_id if out.quoted else None,
            "automatic": out.automatic,
            "author": out.author,
            "at": out.at,
        }
        answer = await _call(account, {"type": "message", "data": message}, out.key, outside)
        return _named(answer.body) or out.key

    async def show(self, account: Account, sign: Sign, outside: Outside) -> None:
        """One signed call of its own type."""
        said: dict[str, Any] = {"id": sign.about.external_id, "to": sign.to}
        said |= {name: getattr(sign, name) for name in ("text", "emoji") if hasattr(sign, name)}
        await _call(account, {"type": _SIGNS[type(sign)], "data": said}, f"sign_{uuid.uuid4()}", outside)

    async def health(self, account: Account, outside: Outside) -> Health:
        """Call with nothing to tell."""
        try:
            await _call(account, {"type": "ping"}, f"ping_{datetime.now(UTC).timestamp()}", outside)
        except Failed as failed:
            return Health(ok=False, detail=failed.detail)
        return Health(ok=True)

    async def fetch(self, account: Account, media: Mapping[str, Any], outside: Outside) -> Fetched:
        """The file at its address."""
        try:
            answer = await outside.call("GET", str(media["url"]), within=WITHIN, most=LARGEST)
        except NoAnswer as failed:
            raise unanswered(failed) from failed
        if answer.status != 200:
            passes = answer.status >= 500 or answer.status in {408, 425, 429}
            wait = _seconds(answer.headers.get("retry-after", ""))
            raise Failed("temporary" if passes else "permanent", f"HTTP {answer.status}", retry_after=wait)
        return Fetched(content=answer.body, media_type=answer.headers.get("content-type", ""))


async def _call(account: Account, said: dict[str, Any], id: str, outside: Outside) -> Answer:
    body = msgspec.json.encode(said)
    vouched = signed(_secret(account), id, datetime.now(UTC), body)
    headers = {"content-type": "application/json", "user-agent": "Helpline", **vouched}
    try:
        answer = await outside.post(str(account.settings["url"]), body, headers, within=WITHIN)
    except NoAnswer as failed:
        raise unanswered(failed) from failed
    _check(answer)
    return answer


def _check(answer: Answer) -> None:
    status = answer.status
    if status < 300:
        return
    detail, code = answer.body[:300].decode(errors="replace"), f"HTTP {status}"
    reason = Reason.BLOCKED_US if status == 410 else by_status(status)
    wait = _seconds(answer.headers.get("retry-after", ""))
    raise Failed.by(reason, detail, code=code, retry_after=wait)


def _seconds(given: str) -> float | None:
    return float(given) if given.isascii() and given.isdigit() else None


def _named(body: bytes) -> str:
    try:
        said = msgspec.json.decode(body)
    except msgspec.DecodeError:
        return ""
    id = said.get("id") if isinstance(said, dict) else None
    return id[:150] if isinstance(id, str) else ""


def _secret(account: Account) -> str:
    """As Standard Webhooks secrets are; what is not one is taken by its letters."""
    given = account.secrets.get("secret", "")
    try:
        is_one = base64.b64decode(given.removeprefix("whsec_"), validate=True) != b""
    except ValueError:  # of letters beyond ASCII too
        is_one = False
    return given if is_one else secret_from(given.encode())

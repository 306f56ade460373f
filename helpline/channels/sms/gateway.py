"""SMS by a provider that Helpline does not know: an administrator says how it is called, and what its fields are called."""

import base64
import hashlib
import hmac
from collections.abc import Iterable
from typing import Any, Literal
from urllib.parse import urlencode, urlsplit, urlunsplit

import msgspec

from helpline.channels.calls import Call, make
from helpline.channels.contract import Account, Adapter, Event, Failed, Health, Outbound, Raw
from helpline.channels.inbound import NotUnderstood, Reported, Said, Who, one_by_one, sensible
from helpline.channels.outbound import is_open
from helpline.channels.reasons import by_status
from helpline.channels.wording import in_words
from helpline.outside import Answer, Outside

from .named import filled, found, nested, read
from .words import with_wish

MOST_ID, MOST_AT_ONCE = 200, 1000
_FORM = "application/x-www-form-urlencoded"


class Gateway(Adapter):
    """A number at a provider with an HTTP API."""

    def verify(self, account: Account, raw: Raw) -> bool:
        """By a secret in a header or in the address, or by an HMAC of the body (SHA-256, in hex or base64), which there must be."""
        secret = account.secrets.get("hook_secret", "").encode()
        given = raw.headers.get(_text(account, "hook_header", "x-webhook-secret").lower(), "")
        if _by_hmac(account):
            if not raw.body:
                return False  # one such would vouch for every address
            mac = hmac.new(secret, raw.body, hashlib.sha256).digest()
            given = given.removeprefix("sha256=")
            right = [mac.hex().encode(), base64.b64encode(mac)]
        else:
            given = given or raw.query.get("secret", "")
            right = [secret]
        fits = [hmac.compare_digest(one, given.encode()) for one in right]
        return bool(secret) and any(fits)

    def receive(self, account: Account, raw: Raw) -> list[Event]:
        """A message, or what became of one of ours; several where they come in a list."""
        told = read(raw.body, {} if _by_hmac(account) else raw.query)
        each = told if isinstance(told, list) else [told]
        if len(each) > MOST_AT_ONCE:
            raise NotUnderstood(f"There are more than {MOST_AT_ONCE} in one call")
        return sensible(one_by_one(each, lambda one: _events(account, one)))

    def hears_addresses(self, account: Account) -> bool:
        """Many such providers call so; an HMAC would sign nothing of it."""
        return not _by_hmac(account)

    async def send(self, account: Account, out: Outbound, outside: Outside) -> str:
        """One call. Nothing is known of whether this provider tells a second one from a first."""
        links = "\n".join(f"{file.name}\n{file.url}" for file in out.files)
        text = f"{in_words(out)}\n{links}".strip()
        values = {"to": out.to, "text": text, "number": _text(account, "number"), "key": out.key}
        values["secret"] = account.secrets.get("auth_value", "")
        answer = _accepted(await make(_call(account, values), outside))
        return found(_decoded(answer.body), _text(account, "id_path", "id")) or out.key

    async def health(self, account: Account, outside: Outside) -> Health:
        """Whether it answers and does not refuse the credentials. Nothing is sent; whatever else it says to that is its own."""
        call = Call(method="HEAD", url=_text(account, "send_url"), headers=_vouched(account))
        try:
            answer = await make(call, outside)
        except Failed as failed:
            return Health(ok=False, detail=failed.detail)
        if answer.status in {401, 403} or answer.status >= 500:
            return Health(ok=False, detail=f"HTTP {answer.status}")
        return Health(ok=True, name=_text(account, "number"))


def _by_hmac(account: Account) -> bool:
    return account.settings.get("verified_by") == "hmac"


def _events(account: Account, told: Any) -> list[Event]:
    id, text = (found(told, _text(account, f"in_{name}", name)) for name in ("id", "text"))
    state, sender = found(told, _text(account, "in_state", "status")), found(told, _text(account, "in_from", "from"))
    if not 0 < len(id) <= MOST_ID:
        raise NotUnderstood(f"There is no {_text(account, 'in_id', 'id')!r} in it")
    is_theirs = bool(text and sender) and _digits(sender) != _digits(_text(account, "number"))
    if not is_theirs and (meant := _meant(account, state)):
        why = Failed("permanent", state) if meant == "failed" else None
        return [Reported(external_id=id, state=meant, failure=why)]
    if not 0 < len(sender) <= MOST_ID or not text:
        if state:
            return []  # on its way
        raise NotUnderstood("It is neither a message nor what became of one")
    phone = sender if sender.startswith("+") else ""
    return with_wish(Said(external_id=id, who=Who(address=sender, phone=phone), text=text))


def _digits(number: str) -> str:
    return "".join(filter(str.isdigit, number))


def _meant(account: Account, state: str) -> Literal["delivered", "failed"] | None:
    """What a state means here, by the words that are set."""
    if state and state.lower() in _words(account, "delivered_words", ("delivered", "delivrd")):
        return "delivered"
    bad = ("failed", "undelivered", "undeliv", "rejected", "rejectd", "expired")
    return "failed" if state and state.lower() in _words(account, "failed_words", bad) else None


def _call(account: Account, values: dict[str, str]) -> Call:
    fields = account.settings.get("fields") or ["to={to}", "text={text}", "from={number}"]
    pairs, url, headers = filled(fields, values), _text(account, "send_url"), _vouched(account)
    if account.settings.get("send_as") == "query":
        parts = urlsplit(url)
        query = "&".join(one for one in (parts.query, urlencode(pairs)) if one)
        return Call(method="GET", url=urlunsplit(parts._replace(query=query)), headers=headers)
    if account.settings.get("send_as") == "form":
        return Call(url=url, body=urlencode(pairs).encode(), headers={"content-type": _FORM, **headers})
    body = msgspec.json.encode(nested(pairs))
    return Call(url=url, body=body, headers={"content-type": "application/json", **headers})


def _vouched(account: Account) -> dict[str, str]:
    token = account.secrets.get("auth_value", "")
    if account.settings.get("sign_in") == "basic":
        pair = f"{_text(account, 'user')}:{token}"
        return {"authorization": "Basic " + base64.b64encode(pair.encode()).decode()}
    name = _text(account, "auth_header", "authorization").lower()
    return {name: token} if token and account.settings.get("sign_in") != "none" else {}


def _accepted(answer: Answer) -> Answer:
    status = answer.status
    if 200 <= status < 300:
        return answer
    detail = answer.body[:300].decode(errors="replace").strip() or f"HTTP {status}"
    after = answer.headers.get("retry-after", "")
    wait = float(after) if after.isdecimal() else None
    in_doubt = is_open(status, in_its_words=bool(_decoded(answer.body)))
    raise Failed.by(by_status(status), detail, code=str(status), retry_after=wait, may_have_arrived=in_doubt)


def _decoded(body: bytes) -> Any:
    try:
        return msgspec.json.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return {}


def _text(account: Account, name: str, default: str = "") -> str:
    return str(account.settings.get(name) or default)


def _words(account: Account, name: str, default: Iterable[str]) -> set[str]:
    given = account.settings.get(name)
    return {str(one).lower() for one in given} if isinstance(given, list) and given else set(default)

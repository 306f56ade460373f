"""SMS by Twilio, or by what speaks as it does."""

import base64
import hashlib
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote, urlencode

from helpline.channels.calls import WITH_FILE, Call, make, object_in
from helpline.channels.contract import Account, Adapter, Event, Failed, Fetched, Health, Outbound, Raw
from helpline.channels.inbound import Media, NotUnderstood, Reported, Said, Who
from helpline.channels.outbound import is_open
from helpline.channels.reasons import Reason, by_status
from helpline.channels.wording import in_words
from helpline.outside import Answer, Outside

from .errors import ERRORS
from .signing import is_signed, parameters_of
from .words import with_wish

LARGEST, MOST_ID = 20 * 1024 * 1024, 200
_STATES = {"sent": "sent", "delivered": "delivered", "read": "read", "undelivered": "failed", "failed": "failed"}


class Twilio(Adapter):
    """A phone number."""

    def verify(self, account: Account, raw: Raw) -> bool:
        """By Twilio's signature over our address and what it tells: as we know it, or as it was called."""
        token, signature = account.secrets.get("token", ""), raw.headers.get("x-twilio-signature", "")
        urls = [one for one in (_hook(account), raw.url) if one]
        return any(is_signed(token, url, raw.body, signature) for url in urls)

    def receive(self, account: Account, raw: Raw) -> list[Event]:
        """A message, or what became of one of ours."""
        return events_of(dict(parameters_of(raw.body)))

    async def send(self, account: Account, out: Outbound, outside: Outside) -> str:
        """One message; a file is fetched from us. Twilio cannot tell a second one from a first."""
        told = {"To": out.to, "From": str(account.settings.get("number", ""))}
        told |= {"Body": text} if (text := in_words(out)) else {}
        told |= {"MediaUrl": out.files[0].url} if out.files else {}
        if hook := _hook(account):
            told["StatusCallback"] = hook
        return str((await _posted(account, "Messages", told, outside)).get("sid") or "")

    async def join(self, account: Account, hook: str, outside: Outside) -> None:
        """Have the number's messages told here; an application that is set for the number would go before."""
        number = str(account.settings.get("number", ""))
        url = f"{_account(account)}/IncomingPhoneNumbers.json?{urlencode({'PhoneNumber': number})}"
        said = _accepted(await make(Call(method="GET", url=url, headers=_vouched(account)), outside))
        numbers = [one for one in said.get("incoming_phone_numbers") or () if isinstance(one, dict)]
        sid = next((str(one.get("sid")) for one in numbers if one.get("phone_number") == number), "")
        if not sid:
            raise Failed.by(Reason.NOT_REGISTERED, "no_such_number")
        told = {"SmsUrl": str(account.settings.get("hook_url") or hook), "SmsMethod": "POST", "SmsApplicationSid": ""}
        await _posted(account, f"IncomingPhoneNumbers/{sid}", told, outside)

    async def health(self, account: Account, outside: Outside) -> Health:
        """What the account is called, and whether it is active."""
        try:
            call = Call(method="GET", url=f"{_account(account)}.json", headers=_vouched(account))
            said = _accepted(await make(call, outside))
        except Failed as failed:
            return Health(ok=False, detail=failed.detail)
        status = str(said.get("status") or "")
        return Health(
            ok=status == "active",
            detail="" if status == "active" else status,
            name=str(said.get("friendly_name") or ""),
        )

    async def fetch(self, account: Account, media: Mapping[str, Any], outside: Outside) -> Fetched:
        """The file at its address; the credentials go along to the provider alone."""
        url = str(media["url"])
        headers = _vouched(account) if url.startswith(f"{_base(account)}/") else {}
        answer = await make(Call(method="GET", url=url, headers=headers, within=WITH_FILE), outside, most=LARGEST)
        if answer.status != 200:
            raise failure(answer.status, object_in(answer.body))
        return Fetched(content=answer.body, media_type=answer.headers.get("content-type", ""))


def events_of(told: Mapping[str, str]) -> list[Event]:
    """What a call tells by its parameters."""
    id = told.get("MessageSid") or told.get("SmsSid") or ""
    if not 0 < len(id) <= MOST_ID:
        raise NotUnderstood("A call without MessageSid")
    status = told.get("MessageStatus") or told.get("SmsStatus") or ""
    if "Body" not in told and "NumMedia" not in told:
        state = _STATES.get(status)
        code = told.get("ErrorCode", "")
        why = reported(code, told.get("ErrorMessage", "")) if code else None
        return [Reported(external_id=id, state=state, failure=why if state == "failed" else None)] if state else []  # type: ignore[arg-type]
    sender = told.get("From", "")
    if not 0 < len(sender) <= MOST_ID:
        raise NotUnderstood("A message that nobody wrote")
    who = Who(address=sender, phone=sender if sender.startswith("+") else "")
    text = told.get("Body", "")
    return with_wish(Said(external_id=id, who=who, text=text, media=_media(told)))


def failure(status: int, said: Mapping[str, Any]) -> Failed:
    """Why not, by Twilio's number."""
    code = said.get("code")
    number, detail = code if isinstance(code, int) else 0, str(said.get("message") or f"HTTP {status}")[:500]
    in_doubt = is_open(status, in_its_words=bool(number))
    why = ERRORS.get(number) or by_status(status)
    return Failed.by(why, detail, code=str(number or status), may_have_arrived=in_doubt)


def reported(code: str, words: str) -> Failed:
    """Why a message that was taken did not arrive."""
    known = ERRORS.get(int(code)) if code.isdecimal() else None
    return Failed.by(known, words[:500], code=code) if known else Failed("permanent", words[:500] or code, code=code)


async def _posted(account: Account, what: str, told: Mapping[str, str], outside: Outside) -> dict[str, Any]:
    headers = {"content-type": "application/x-www-form-urlencoded", **_vouched(account)}
    call = Call(url=f"{_account(account)}/{what}.json", body=urlencode(told).encode(), headers=headers)
    return _accepted(await make(call, outside))


def _hook(account: Account) -> str:
    """Where Twilio reaches us: as an administrator says, or as the installation knows itself."""
    return str(account.settings.get("hook_url") or account.hook)


def _accepted(answer: Answer) -> dict[str, Any]:
    said = object_in(answer.body)
    if answer.status in {200, 201}:
        return said
    raise failure(answer.status, said)


def _media(told: Mapping[str, str]) -> tuple[Media, ...]:
    count = told.get("NumMedia", "0")
    found = []
    for at in range(min(int(count), 10) if count.isdecimal() else 0):
        if url := told.get(f"MediaUrl{at}", ""):
            kind = told.get(f"MediaContentType{at}", "")
            # The last part of the address is different for each.
            name = hashlib.sha256(url.encode()).hexdigest()[:8]
            found.append(Media(ref={"url": url}, name=name, media_type=kind))
    return tuple(found)


def _base(account: Account) -> str:
    return account.base("https://api.twilio.com")


def _account(account: Account) -> str:
    return f"{_base(account)}/2010-04-01/Accounts/{quote(str(account.settings.get('account_sid', '')))}"


def _vouched(account: Account) -> dict[str, str]:
    pair = f"{account.settings.get('account_sid', '')}:{account.secrets.get('token', '')}"
    return {"authorization": "Basic " + base64.b64encode(pair.encode()).decode()}

"""The adapter of WhatsApp."""

import asyncio
import hmac
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote, urlsplit, urlunsplit

from helpline.channels.calls import WITH_FILE, Call, Part, as_form, in_json, make
from helpline.channels.contract import Account, Adapter, Event, Failed, Fetched, Health, Outbound, Raw, Sign, Template
from helpline.channels.meta import greeting, is_signed
from helpline.outside import Outside

from .reading import events_of
from .refusals import accepted, failure, sent_id
from .templates import MOST_PAGES, PAGE, template_in
from .writing import message_for, shown

LARGEST = 100 * 1024 * 1024
_PAGE_BYTES = 8 * 1024 * 1024
_FIELDS = "name,language,status,components"
_META, _DIALOG = "https://graph.facebook.com/v23.0", "https://waba-v2.360dialog.io"


class WhatsApp(Adapter):
    """A phone number of a business."""

    def verify(self, account: Account, raw: Raw) -> bool:
        """By Meta's signature over the body; 360dialog, which makes none, brings the secret in a header it is told to send."""
        if not _by_dialog(account):
            return is_signed(account, raw)
        secret = account.secrets.get("app_secret", "").encode()
        return bool(secret) and hmac.compare_digest(secret, raw.headers.get("x-webhook-secret", "").encode())

    def greet(self, account: Account, query: Mapping[str, str]) -> str | None:
        """By the word that was agreed with Meta."""
        return greeting(account, query)

    def receive(self, account: Account, raw: Raw) -> list[Event]:
        """All that a call tells."""
        return events_of(raw.body)

    async def send(self, account: Account, out: Outbound, outside: Outside) -> str:
        """Its file first, if it has one, then the message. WhatsApp cannot tell a second one from a first."""
        file_id = await self._bring(account, out, outside) if out.files else ""
        call = in_json(f"{_number(account)}/messages", message_for(out, file_id), _vouched(account))
        return sent_id(await make(call, outside))

    async def show(self, account: Account, sign: Sign, outside: Outside) -> None:
        """One call, by which nothing is sent that costs."""
        if (said := shown(sign)) is not None:
            accepted(await make(in_json(f"{_number(account)}/messages", said, _vouched(account)), outside))

    async def health(self, account: Account, outside: Outside) -> Health:
        """What the number is called, and how it is rated."""
        path = f"{_base(account)}/v1/configs/templates?limit=1" if _by_dialog(account) else _number(account)
        try:
            said = accepted(await make(Call(method="GET", url=path, headers=_vouched(account)), outside))
        except Failed as failed:
            return Health(ok=False, detail=failed.detail)
        rating = str(said.get("quality_rating") or "")
        return Health(ok=rating != "RED", detail=rating, name=str(said.get("verified_name") or ""))

    async def join(self, account: Account, hook: str, outside: Outside) -> None:
        """Subscribe to what happens at the business account, at this address; at 360dialog, set the number's webhook."""
        asked: dict[str, Any]
        if _by_dialog(account):
            url = f"{_base(account)}/v1/configs/webhook"
            asked = {"url": hook, "headers": {"X-Webhook-Secret": account.secrets.get("app_secret", "")}}
        else:
            business = account.settings.get("business_account_id")
            if not business:
                raise Failed("permanent", "no_business_account")
            url = f"{_base(account)}/{business}/subscribed_apps"
            asked = {"override_callback_uri": hook, "verify_token": account.secrets.get("verify_token", "")}
        accepted(await make(in_json(url, asked, _vouched(account)), outside))

    async def templates(self, account: Account, outside: Outside) -> list[Template]:
        """Those of the business account, page by page."""
        told: list[Any] = []
        after: str | int = 0 if _by_dialog(account) else ""
        for _ in range(MOST_PAGES):
            call = Call(method="GET", url=_templates(account, after), headers=_vouched(account), within=WITH_FILE)
            said = accepted(await make(call, outside, most=_PAGE_BYTES))
            page = said.get("waba_templates" if _by_dialog(account) else "data")
            if not isinstance(page, list) or not page:
                break
            told += page
            if not (after := _next(account, said, len(told))):
                break
        return [one for one in map(template_in, told) if one is not None]

    async def fetch(self, account: Account, media: Mapping[str, Any], outside: Outside) -> Fetched:
        """The file, by a link that is good for five minutes."""
        call = Call(method="GET", url=f"{_base(account)}/{media['id']}", headers=_vouched(account))
        said = accepted(await make(call, outside))
        url = str(said.get("url") or "")
        if _by_dialog(account):  # the link is Meta's, and is asked for at 360dialog
            parts = urlsplit(url)
            url = _base(account) + urlunsplit(("", "", parts.path, parts.query, ""))
        answer = await make(
            Call(method="GET", url=url, headers={**_vouched(account), "user-agent": "Helpline"}, within=WITH_FILE),
            outside,
            most=LARGEST,
        )
        if answer.status != 200:
            raise failure(answer.status, {})
        media_type = said.get("mime_type") or answer.headers.get("content-type", "")
        return Fetched(content=answer.body, media_type=str(media_type))

    async def _bring(self, account: Account, out: Outbound, outside: Outside) -> str:
        file = out.files[0]
        data = await asyncio.to_thread(file.path.read_bytes)
        fields: dict[str, str | Part] = {
            "messaging_product": "whatsapp",
            "type": file.media_type,
            "file": Part(file.name, file.media_type, data),
        }
        try:
            said = accepted(await make(as_form(f"{_number(account)}/media", fields, _vouched(account)), outside))
        except Failed as failed:
            failed.may_have_arrived = False  # the file may, but no message did
            raise
        return str(said.get("id") or "")


def _by_dialog(account: Account) -> bool:
    return account.settings.get("provider") == "360dialog"


def _base(account: Account) -> str:
    return account.base(_DIALOG if _by_dialog(account) else _META)


def _number(account: Account) -> str:
    """Where what belongs to the number is asked; 360dialog knows it by its key."""
    return _base(account) if _by_dialog(account) else f"{_base(account)}/{account.settings.get('phone_number_id', '')}"


def _templates(account: Account, after: str | int) -> str:
    """Where a page of the templates is asked for."""
    if _by_dialog(account):
        return f"{_base(account)}/v1/configs/templates?limit={PAGE}&offset={after}"
    business = account.settings.get("business_account_id")
    if not business:
        raise Failed("permanent", "no_business_account")
    further = f"&after={quote(str(after), safe='')}" if after else ""
    return f"{_base(account)}/{business}/message_templates?fields={_FIELDS}&limit={PAGE}{further}"


def _next(account: Account, said: Mapping[str, Any], count: int) -> str | int:
    """What the next page is asked with; nothing where there is none."""
    if _by_dialog(account):
        total = said.get("total")
        return count if isinstance(total, int) and count < total else 0
    paging = said.get("paging")
    cursors = paging.get("cursors") if isinstance(paging, dict) and paging.get("next") else None
    return str(cursors.get("after") or "") if isinstance(cursors, dict) else ""


def _vouched(account: Account) -> dict[str, str]:
    token = account.secrets.get("token", "")
    return {"d360-api-key": token} if _by_dialog(account) else {"authorization": f"Bearer {token}"}

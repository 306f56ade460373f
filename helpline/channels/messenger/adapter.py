"""The adapter of Messenger and Instagram."""

from collections.abc import Mapping, Sequence
from typing import Any

from helpline.channels.calls import WITH_FILE, Call, in_json, make
from helpline.channels.contract import Account, Adapter, Event, Failed, Fetched, Health, Outbound, Raw, Sign
from helpline.channels.meta import greeting, is_signed
from helpline.channels.signs import React, Read, Typing
from helpline.channels.wording import in_words
from helpline.outside import Outside

from .reading import events_of
from .refusals import accepted, failure, sent_id

LARGEST = 25 * 1024 * 1024
HEARD = ["messages", "messaging_postbacks", "message_reactions", "message_edits", "message_deliveries", "message_reads"]
HEARD += ["message_echoes"]
A_DAY = 24 * 3600
_LABEL = 20


class Messenger(Adapter):
    """A page."""

    names: Mapping[str, str] = {}
    """What reactions are called there, where not by themselves."""
    heard: Sequence[str] = HEARD
    """What the app is told of."""
    echoes_key = True
    """Whether an echo of what we sent brings our key for it along; else it is known by its id, or its words."""

    def verify(self, account: Account, raw: Raw) -> bool:
        """By the signature over the body."""
        return is_signed(account, raw)

    def greet(self, account: Account, query: Mapping[str, str]) -> str | None:
        """By the word that was agreed."""
        return greeting(account, query)

    def receive(self, account: Account, raw: Raw) -> list[Event]:
        """All that a call tells."""
        return events_of(raw.body)

    async def send(self, account: Account, out: Outbound, outside: Outside) -> str:
        """One message. Meta fetches a file from us; it cannot tell a second message from a first."""
        url = f"{_base(account)}/{account.settings.get('page_id', '')}/messages"
        asked = asked_for(out)
        if self.echoes_key:
            asked["message"]["metadata"] = out.key
        return sent_id(await make(in_json(url, asked, _vouched(account)), outside))

    async def show(self, account: Account, sign: Sign, outside: Outside) -> None:
        """A sender's action."""
        if (said := shown(sign, self.names)) is not None:
            url = f"{_base(account)}/{account.settings.get('page_id', '')}/messages"
            accepted(await make(in_json(url, {"recipient": {"id": sign.to}, **said}, _vouched(account)), outside))

    async def health(self, account: Account, outside: Outside) -> Health:
        """What the page is called."""
        url = f"{_base(account)}/{account.settings.get('page_id', '')}?fields=name"
        try:
            said = accepted(await make(Call(method="GET", url=url, headers=_vouched(account)), outside))
        except Failed as failed:
            return Health(ok=False, detail=failed.detail)
        return Health(ok=True, name=str(said.get("name") or ""))

    async def join(self, account: Account, hook: str, outside: Outside) -> None:
        """Subscribe the app to what happens at the page. The address is the app's own, and is given in Meta's console."""
        url = f"{_base(account)}/{account.settings.get('page_id', '')}/subscribed_apps"
        accepted(await make(in_json(url, {"subscribed_fields": list(self.heard)}, _vouched(account)), outside))

    async def name_of(self, account: Account, address: str, outside: Outside, *, member: str = "") -> str:
        """As the person is called there."""
        url = f"{_base(account)}/{address}"
        said = accepted(await make(Call(method="GET", url=url, headers=_vouched(account)), outside))
        parts = (said.get("first_name"), said.get("last_name"))
        return str(said.get("name") or " ".join(one for one in parts if isinstance(one, str) and one))

    async def fetch(self, account: Account, media: Mapping[str, Any], outside: Outside) -> Fetched:
        """The file at its link, which says itself that we may."""
        answer = await make(Call(method="GET", url=str(media["url"]), within=WITH_FILE), outside, most=LARGEST)
        if answer.status != 200:
            raise failure(answer.status, {})
        return Fetched(content=answer.body, media_type=answer.headers.get("content-type", ""))


class Instagram(Messenger):
    """An Instagram account."""

    names: Mapping[str, str] = {"❤️": "love"}
    heard: Sequence[str] = HEARD[:3]  # all that pages and accounts have in common; echoes come with messages
    echoes_key = False


def asked_for(out: Outbound) -> dict[str, Any]:
    """What is asked to send it: within a day as an answer, after that as a human agent's, which nothing automatic is."""
    wrote = out.reply_with.get("wrote")
    is_late = isinstance(wrote, int) and out.at.timestamp() > wrote + A_DAY
    if is_late and out.automatic:
        raise Failed("window_closed", "More than a day after their last message only people may answer.")
    how = {"messaging_type": "MESSAGE_TAG", "tag": "HUMAN_AGENT"} if is_late else {"messaging_type": "RESPONSE"}
    return {"recipient": {"id": out.to}, **how, "message": _message(out)}


def shown(sign: Sign, names: Mapping[str, str]) -> dict[str, Any] | None:
    """What is asked to show what is no message."""
    if isinstance(sign, Typing):
        return {"sender_action": "typing_on"}
    if isinstance(sign, Read):
        return {"sender_action": "mark_seen"}
    if not isinstance(sign, React):
        return None
    about = {"message_id": sign.about.external_id}
    if not sign.emoji:
        return {"sender_action": "unreact", "payload": about}
    return {"sender_action": "react", "payload": {**about, "reaction": names.get(sign.emoji, sign.emoji)}}


def _message(out: Outbound) -> dict[str, Any]:
    if out.files:
        file = out.files[0]
        kind = file.media_type.partition("/")[0]
        kind = kind if kind in {"image", "video", "audio"} else "file"
        return {"attachment": {"type": kind, "payload": {"url": file.url}}}
    message: dict[str, Any] = {"text": in_words(out)}
    if out.choices:
        message["quick_replies"] = [_choice(one) for one in out.choices[:13]]
    return message


def _choice(text: str) -> dict[str, Any]:
    title = text if len(text) <= _LABEL else text[: _LABEL - 1] + "…"
    return {"content_type": "text", "title": title, "payload": text[:1000]}


def _base(account: Account) -> str:
    return account.base("https://graph.facebook.com/v23.0")


def _vouched(account: Account) -> dict[str, str]:
    return {"authorization": f"Bearer {account.secrets.get('token', '')}"}

"""What a webhook of WhatsApp's tells, as events."""

import mimetypes
from datetime import UTC, datetime
from typing import Any, Literal

import msgspec

from helpline.channels.inbound import (
    Deleted,
    Edited,
    Event,
    Media,
    NotUnderstood,
    Reacted,
    Reported,
    Said,
    Unsupported,
    Who,
    one_by_one,
    sensible,
)
from helpline.channels.meta import chosen as whole

from . import webhooks
from .refusals import meaning

_STATES: dict[str, Literal["sent", "delivered", "read", "failed"]] = {
    "sent": "sent",
    "delivered": "delivered",
    "read": "read",
    "played": "read",
    "failed": "failed",
}
_FILES = ("image", "video", "audio", "document", "sticker")
_OF_THE_NUMBER = "system"
"""Told of a number, as that it has another owner: nobody said anything."""


def events_of(body: bytes) -> list[Event]:
    """All that a call tells, in order. What is told of templates and of the account is of no conversation."""
    try:
        webhook = msgspec.json.decode(body, type=webhooks.Webhook)
        values = [
            msgspec.convert(change.value, webhooks.Value)
            for entry in webhook.entry
            for change in entry.changes
            if change.field == "messages"
        ]
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise NotUnderstood(f"No webhook of WhatsApp's: {error}") from error
    return sensible([event for value in values for event in _value(value)])


def _value(value: webhooks.Value) -> list[Event]:
    names = {contact.wa_id: contact.profile.name for contact in value.contacts}
    return one_by_one(value.messages, lambda one: _written(one, names)) + one_by_one(value.statuses, _reported)


def _written(told: Any, names: dict[str, str]) -> list[Event]:
    message = msgspec.convert(told, webhooks.Message)
    if message.type == _OF_THE_NUMBER:
        return []
    if not message.sender:
        raise NotUnderstood(f"A message of the kind {message.type!r} that nobody wrote")
    return [_message(message, _who(message.sender, names.get(message.sender, "")))]


def _reported(told: Any) -> list[Event]:
    status = msgspec.convert(told, webhooks.Status)
    if (state := _STATES.get(status.status)) is None:
        return []
    failure = meaning(status.errors[0]) if status.errors and state == "failed" else None
    return [Reported(external_id=status.id, state=state, failure=failure)]


def _message(message: webhooks.Message, who: Who) -> Event:
    at = _at(message.timestamp)
    if message.reaction is not None:
        return Reacted(external_id=message.reaction.message_id, who=who, emoji=message.reaction.emoji, at=at)
    if message.revoke is not None and message.revoke.original_message_id:
        return Deleted(external_id=message.revoke.original_message_id)
    if message.edit is not None and (text := _edited(message.edit)):
        return Edited(external_id=message.edit.original_message_id, who=who, text=text, at=at)
    text, media, details = _content(message)
    if not (text or media or details):
        return Unsupported(external_id=message.id, who=who, what=message.type, at=at)
    if message.referral is not None:
        details["referral"] = (message.referral.headline or message.referral.source_url)[:500]
    # What is tapped stands below its question, and says so itself.
    answers = message.context.id if message.context and "button" not in details else ""
    return Said(external_id=message.id, who=who, text=text, media=media, details=details, answers=answers, at=at)


def _content(message: webhooks.Message) -> tuple[str, tuple[Media, ...], dict[str, Any]]:
    """The words, the files, and what else there is."""
    for kind in _FILES:
        if (file := getattr(message, kind)) is not None:
            return file.caption, (_media(kind, file),), {}
    if message.text is not None:
        return message.text.body, (), {}
    if message.location is not None:
        return "", (), {"location": msgspec.to_builtins(message.location)}
    if message.contacts:
        return "", (), {"cards": [_card(one) for one in message.contacts[:20]]}
    if message.order is not None:
        lines = [f"{one.quantity} × {one.product_retailer_id}" for one in message.order.product_items]
        return "\n".join([*([message.order.text] if message.order.text else []), *lines]), (), {}
    title, data = _tapped(message)
    return title, (), {"button": {"title": title[:500], "data": data[:500]}} if title else {}


def _tapped(message: webhooks.Message) -> tuple[str, str]:
    if message.button is not None:
        return message.button.text or message.button.payload, message.button.payload
    if (asked := message.interactive) is None:
        return "", ""
    chosen = asked.button_reply or asked.list_reply
    if chosen is not None:
        return whole(chosen.title, chosen.id), chosen.id
    form = asked.nfm_reply
    return (form.body or form.name or "…", form.response_json) if form is not None else ("", "")


def _edited(edit: webhooks.Original) -> str:
    kind = edit.message.get("type")
    part = edit.message.get(kind) if isinstance(kind, str) else None
    text = (part.get("body") or part.get("caption")) if isinstance(part, dict) else None
    return text if isinstance(text, str) and edit.original_message_id else ""


def _media(kind: str, file: webhooks.Media) -> Media:
    media_type = file.mime_type.partition(";")[0].strip()
    ending = mimetypes.guess_extension(media_type) or ""
    return Media(ref={"id": file.id}, name=file.filename[:200] or f"{kind}{ending}", media_type=media_type)


def _card(card: webhooks.Card) -> dict[str, Any]:
    phones = [str(one.get("phone") or one.get("wa_id") or "") for one in card.phones[:10]]
    emails = [str(one.get("email") or "") for one in card.emails[:10]]
    name = card.name.formatted_name or card.name.first_name or next(iter(phones), "")
    return {
        "name": name[:500],
        "phones": [one[:500] for one in phones if one],
        "emails": [one[:500] for one in emails if one],
    }


def _who(wa_id: str, name: str) -> Who:
    return Who(address=wa_id, name=name, phone=f"+{wa_id}" if wa_id.isdigit() else "")


def _at(moment: str) -> datetime | None:
    try:
        return datetime.fromtimestamp(int(moment), UTC)
    except (ValueError, OverflowError, OSError):
        return None

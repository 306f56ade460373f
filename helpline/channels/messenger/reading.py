"""What a webhook of Meta's tells of a page or an Instagram account, as events."""

from datetime import UTC, datetime
from typing import Any

import msgspec

from helpline.channels.inbound import (
    Deleted,
    Edited,
    Event,
    Media,
    NotUnderstood,
    Reacted,
    ReadUpTo,
    Reported,
    Said,
    SaidElsewhere,
    Unsupported,
    Who,
    one_by_one,
    sensible,
)
from helpline.channels.meta import chosen

from . import webhooks

_FILES = {
    "image": ("image.jpg", "image/jpeg"),
    "video": ("video.mp4", "video/mp4"),
    "audio": ("audio.mp4", "audio/mp4"),
}
_FILES |= {"file": ("file", ""), "story_mention": ("story", ""), "ig_reel": ("reel.mp4", "video/mp4")}

INBOXES = {"263902037430900", "1217981644879628"}
"""What Meta calls its own inboxes of pages and of accounts, in which people write."""


def events_of(body: bytes) -> list[Event]:
    """All that a call tells, in order."""
    try:
        webhook = msgspec.json.decode(body, type=webhooks.Webhook)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise NotUnderstood(f"No webhook of Meta's: {error}") from error
    return sensible(one_by_one([(entry.id, one) for entry in webhook.entry for one in entry.messaging], _read))


def _read(told: tuple[str, dict[str, Any]]) -> list[Event]:
    page, happened = told
    return _one(msgspec.convert(happened, webhooks.Messaging), page, webhooks.kind_of(happened))


def _one(told: webhooks.Messaging, page: str, unknown: str) -> list[Event]:
    if told.message is not None and told.message.is_deleted:
        return [Deleted(external_id=told.message.mid)]
    is_ours = told.sender is not None and told.sender.id == page != ""
    if told.message is not None and (told.message.is_echo or is_ours):
        return [_echo(told, told.message)]
    if told.delivery is not None:
        return [Reported(external_id=mid, state="delivered") for mid in told.delivery.mids]
    if told.read is not None and told.read.mid:
        return [Reported(external_id=told.read.mid, state="read")]
    if told.sender is None or not told.sender.id:
        raise NotUnderstood("Something that nobody did")
    if is_ours:
        return []  # we read it, or put a sign to it
    who = Who(address=told.sender.id)
    if told.read is not None:
        until = _at(told.read.watermark or told.timestamp)
        return [ReadUpTo(who=who, at=until)] if until else []
    if told.reaction is not None:
        emoji = (told.reaction.emoji or "❤") if told.reaction.action == "react" else ""
        return [Reacted(external_id=told.reaction.mid, who=who, emoji=emoji, at=_at(told.timestamp))]
    if told.message_edit is not None:
        edit, at = told.message_edit, _at(told.timestamp)
        return [Edited(external_id=edit.mid, who=who, text=edit.text, at=at)] if edit.text else []
    if told.postback is not None:
        return [_tap(told, told.postback, who)]
    if told.message is not None:
        return [_message(told, told.message, who)]
    id = f"{unknown}:{who.address}:{told.timestamp}"[:200]
    return [Unsupported(external_id=id, who=who, what=unknown, at=_at(told.timestamp))] if unknown else []


def _message(told: webhooks.Messaging, message: webhooks.Message, who: Who) -> Said | Unsupported:
    around: dict[str, Any] = {
        "external_id": message.mid,
        "who": who,
        "at": _at(told.timestamp),
        "reply_with": _reply(told),
    }
    media = tuple(one for attachment in message.attachments if (one := _media(attachment)))
    details: dict[str, Any] = {}
    if message.quick_reply is not None and message.text:
        details["button"] = {"title": message.text[:500], "data": message.quick_reply.payload[:500]}
    if place := next((one for one in message.attachments if one.type == "location"), None):
        details |= _place(place)
    written = chosen(message.text, message.quick_reply.payload) if message.quick_reply else message.text
    text = written or next((_link(one) for one in message.attachments if _link(one)), "")
    if not (text or media or details):
        what = next((one.type for one in message.attachments if one.type), "nothing")
        return Unsupported(**around, what="unsupported" if message.is_unsupported else what)
    if message.referral and isinstance(came := message.referral.get("ref") or message.referral.get("source"), str):
        details["referral"] = came[:500]
    answers = message.reply_to.mid if message.reply_to else ""
    return Said(**around, text=text, media=media, details=details, answers=answers)


def _echo(told: webhooks.Messaging, message: webhooks.Message) -> Event:
    """What our side said, by us or by whatever else the business answers with."""
    if told.recipient is None or not told.recipient.id:
        raise NotUnderstood("An answer to nobody")
    said, app = _message(told, message, Who(address=told.recipient.id)), str(message.app_id or "")
    heard: dict[str, Any] = {"external_id": said.external_id, "who": said.who, "at": said.at}
    if isinstance(said, Unsupported):
        heard["details"] = {"unsupported": said.what}
    else:
        heard |= {"text": said.text, "media": said.media, "details": said.details, "answers": said.answers}
    return SaidElsewhere(**heard, by="" if app in INBOXES else app, key=message.metadata)


def _tap(told: webhooks.Messaging, postback: webhooks.Postback, who: Who) -> Event:
    title = postback.title or postback.payload
    id = postback.mid or f"postback:{who.address}:{told.timestamp}"
    button = {"title": title[:500], "data": postback.payload[:500]}
    return Said(
        external_id=id, who=who, text=title, details={"button": button}, at=_at(told.timestamp), reply_with=_reply(told)
    )


def _media(attachment: webhooks.Attachment) -> Media | None:
    url = (attachment.payload or {}).get("url")
    if attachment.type not in _FILES or not isinstance(url, str) or not url:
        return None
    name, media_type = _FILES[attachment.type]
    return Media(ref={"url": url}, name=name, media_type=media_type)


def _link(attachment: webhooks.Attachment) -> str:
    """What was shared, where it is no file; of something with buttons, its text."""
    payload = attachment.payload or {}
    url = payload.get("url")
    if attachment.type == "template" and isinstance(text := payload.get("text"), str):
        return text
    if attachment.type not in {"fallback", "share", "template"} or not isinstance(url, str):
        return ""
    return f"{attachment.title}\n{url}".strip()


def _place(attachment: webhooks.Attachment) -> dict[str, Any]:
    at = (attachment.payload or {}).get("coordinates")
    try:
        place = msgspec.convert(at, webhooks.Coordinates)
    except msgspec.ValidationError:
        return {}
    return {"location": {"latitude": place.lat, "longitude": place.long, "name": attachment.title[:500]}}


def _reply(told: webhooks.Messaging) -> dict[str, Any]:
    """When they wrote: for a day one answers freely, after that as a human agent."""
    return {"wrote": told.timestamp // 1000} if told.timestamp > 0 else {}


def _at(moment: int) -> datetime | None:
    try:
        return datetime.fromtimestamp(moment / 1000, UTC) if moment > 0 else None
    except (ValueError, OverflowError, OSError):
        return None

"""How WhatsApp says no: by codes, never by the words beside them."""

import secrets
from typing import Any, NamedTuple

from ..exchange import Refusal, as_json


class Code(NamedTuple):
    """An error as it is documented."""

    status: int
    title: str
    details: str


CODES = {
    100: Code(400, "Invalid parameter", "The request included one or more unsupported or misspelled parameters."),
    131000: Code(500, "Something went wrong", "Message failed to send due to an unknown error."),
    131005: Code(403, "Access denied", "Permission is either not granted or has been removed."),
    131008: Code(400, "Required parameter is missing", "The request is missing a required parameter."),
    131009: Code(400, "Parameter value is not valid", "One or more parameter values are invalid."),
    131016: Code(503, "Service unavailable", "A service is temporarily unavailable."),
    131021: Code(400, "Recipient cannot be sender", "Sender and recipient phone number is the same."),
    131026: Code(400, "Message undeliverable", "Unable to deliver message."),
    131031: Code(403, "Account has been locked", "The business account has been restricted or disabled."),
    131042: Code(400, "Business eligibility payment issue", "There was an error related to your payment method."),
    131047: Code(
        400,
        "Re-engagement message",
        "Message failed to send because more than 24 hours have passed since the customer last replied to this number.",
    ),
    131048: Code(400, "Spam rate limit hit", "Message failed to send because there are restrictions on how many."),
    131049: Code(400, "Meta chose not to deliver", "This message was not delivered to maintain ecosystem engagement."),
    131050: Code(400, "User stopped marketing messages", "The recipient has chosen to stop marketing messages."),
    131051: Code(400, "Unsupported message type", "Message type is currently not supported."),
    131052: Code(400, "Media download error", "Unable to download the media sent by the user."),
    131053: Code(400, "Media upload error", "Unable to upload the media used in the message."),
    131056: Code(400, "Pair rate limit hit", "Too many messages sent from the sender to the same recipient."),
    130429: Code(429, "Rate limit hit", "Cloud API message throughput has been reached."),
    130497: Code(403, "Business account is restricted", "Restricted from messaging users in this country."),
    132000: Code(400, "Number of parameters does not match the expected number of params", ""),
    132001: Code(404, "Template name does not exist in the translation", ""),
    132005: Code(400, "Translated text too long", ""),
    132007: Code(400, "Template format character policy violated", ""),
    132012: Code(400, "Parameter format does not match format in the created template", ""),
    132015: Code(400, "Template is paused", "Template is paused due to low quality."),
    132016: Code(400, "Template is disabled", "Template has been paused too many times."),
    133010: Code(400, "Phone number not registered", "Phone number not registered on the WhatsApp Business Platform."),
}


def failed(code: int, details: str = "") -> dict[str, Any]:
    """An error as a status tells it."""
    known = CODES[code]
    told = {"code": code, "title": known.title, "message": known.title}
    return {**told, "error_data": {"details": details or known.details}}


def bad(code: int, details: str = "") -> Refusal:
    """An error as an answer."""
    known = CODES[code]
    data = {"messaging_product": "whatsapp", "details": details or known.details}
    return _error(known.status, f"(#{code}) {known.title}", code, error_data=data)


def no_token() -> Refusal:
    """The token is none, or not one of this account."""
    told = "Error validating access token: The session has been invalidated because the user changed their password"
    return _error(401, told, 190, error_subcode=460)


def nothing(id: str) -> Refusal:
    """No object has this id."""
    told = (
        f"Unsupported get request. Object with ID '{id}' does not exist, cannot be loaded due to missing permissions,"
        " or does not support this operation"
    )
    return _error(400, told, 100, error_subcode=33)


def _error(status: int, message: str, code: int, **more: Any) -> Refusal:
    trace = secrets.token_urlsafe(8)
    told = {"message": message, "type": "OAuthException", "code": code, **more, "fbtrace_id": trace}
    return Refusal(as_json({"error": told}, status))

"""What the errors of WhatsApp mean, by the codes of Meta's documentation; and what 360dialog says of its own."""

from helpline.channels.reasons import Meaning, Reason, Wording

A_MINUTE = 60.0

ERRORS = {
    0: Meaning("AuthException", Reason.TOKEN),
    1: Meaning("API Unknown", Reason.UNKNOWN),
    2: Meaning("API Service", Reason.DOWN),
    3: Meaning("API Method", Reason.PERMISSION),
    4: Meaning("API Too Many Calls", Reason.LIMIT, A_MINUTE),
    10: Meaning("Permission Denied", Reason.PERMISSION),
    33: Meaning("Parameter value is not valid", Reason.NOT_REGISTERED),  # the number was deleted
    100: Meaning("Invalid parameter", Reason.NOT_UNDERSTOOD),
    190: Meaning("Access token has expired", Reason.TOKEN),
    368: Meaning("Temporarily blocked for policies violations", Reason.LOCKED),
    80007: Meaning("Rate limit issues", Reason.LIMIT, A_MINUTE),
    130429: Meaning("Rate limit hit", Reason.BUSY),
    130472: Meaning("User's number is part of an experiment", Reason.HELD_BACK),
    130497: Meaning("Business account is restricted from messaging users in this country", Reason.COUNTRY),
    131000: Meaning("Something went wrong", Reason.UNKNOWN),
    131005: Meaning("Access denied", Reason.PERMISSION),
    131008: Meaning("Required parameter is missing", Reason.NOT_UNDERSTOOD),
    131009: Meaning("Parameter value is not valid", Reason.NOT_UNDERSTOOD),
    131016: Meaning("Service unavailable", Reason.DOWN),
    131021: Meaning("Recipient cannot be sender", Reason.TO_ITSELF),
    131026: Meaning("Message undeliverable", Reason.CANNOT_RECEIVE),
    131030: Meaning("Recipient phone number not in allowed list", Reason.TEST_ACCOUNT),
    131031: Meaning("Account has been locked", Reason.LOCKED),
    131037: Meaning("Display name needs to be approved", Reason.NOT_REGISTERED),
    131042: Meaning("Business eligibility payment issue", Reason.PAYMENT),
    131045: Meaning("Incorrect certificate", Reason.NOT_REGISTERED),
    131047: Meaning("Re-engagement message", Reason.WINDOW_CLOSED),
    131048: Meaning("Spam rate limit hit", Reason.SPAM_LIMIT),
    131049: Meaning("Meta chose not to deliver", Reason.HELD_BACK),
    131050: Meaning("User stopped marketing messages", Reason.OPTED_OUT),
    131051: Meaning("Unsupported message type", Reason.UNSUPPORTED),
    131052: Meaning("Media download error", Reason.FILE_NOT_FETCHED),
    131053: Meaning("Media upload error", Reason.FILE_REFUSED),
    131056: Meaning("Pair rate limit hit", Reason.BUSY, 6.0),
    131057: Meaning("Account in maintenance mode", Reason.DOWN, A_MINUTE),
    132000: Meaning("Template param count mismatch", Reason.TEMPLATE_VALUES),
    132001: Meaning("Template does not exist", Reason.TEMPLATE_MISSING),
    132005: Meaning("Template hydrated text too long", Reason.TEMPLATE_VALUES),
    132007: Meaning("Template format character policy violated", Reason.TEMPLATE_VALUES),
    132012: Meaning("Template parameter format mismatch", Reason.TEMPLATE_VALUES),
    132015: Meaning("Template is paused", Reason.TEMPLATE_PAUSED),
    132016: Meaning("Template is disabled", Reason.TEMPLATE_PAUSED),
    132068: Meaning("Flow is blocked", Reason.TEMPLATE_PAUSED),
    132069: Meaning("Flow is throttled", Reason.LIMIT, A_MINUTE),
    133000: Meaning("Incomplete deregistration", Reason.NOT_REGISTERED),
    133004: Meaning("Server temporarily unavailable", Reason.DOWN),
    133005: Meaning("Two-step verification PIN mismatch", Reason.NOT_REGISTERED),
    133006: Meaning("Phone number re-verification needed", Reason.NOT_REGISTERED),
    133008: Meaning("Too many two-step verification PIN guesses", Reason.NOT_REGISTERED),
    133009: Meaning("Two-step verification PIN guessed too fast", Reason.NOT_REGISTERED),
    133010: Meaning("Phone number not registered", Reason.NOT_REGISTERED),
    133015: Meaning("Please wait a few minutes before attempting to register this number", Reason.NOT_REGISTERED),
    133016: Meaning("Account register deregister rate limit exceeded", Reason.NOT_REGISTERED),
    134011: Meaning("WhatsApp Payments terms of service have not been accepted", Reason.PAYMENT),
    134101: Meaning("Template is syncing", Reason.DOWN, A_MINUTE),
    134102: Meaning("Template is unavailable", Reason.TEMPLATE_MISSING),
    135000: Meaning("Generic user error", Reason.NOT_UNDERSTOOD),
}

PERMISSIONS = range(200, 300)
"""All of these are of permissions that were not granted, or taken away."""

DIALOG = (
    Wording(400, "has been disabled", Reason.LOCKED),
    Wording(400, "rate limit", Reason.BUSY),
    Wording(400, "lack of payment", Reason.PAYMENT),
    Wording(401, "Invalid api_key", Reason.TOKEN),
    Wording(403, "endpoint is blocked", Reason.PERMISSION),
    Wording(500, "Internal server error", Reason.DOWN),
    Wording(502, "not available", Reason.DOWN),
)

"""What mail servers mean: by the enhanced status codes of RFC 3463 and its registry; where there is none, by the reply's code."""

import re

from helpline.channels.outbound import Failed
from helpline.channels.reasons import Meaning, Reason

ERRORS = {
    "1.0": Meaning("Other address status", Reason.NO_SUCH_ADDRESS),
    "1.1": Meaning("Bad destination mailbox address", Reason.NO_SUCH_ADDRESS),
    "1.2": Meaning("Bad destination system address", Reason.NO_SUCH_ADDRESS),
    "1.3": Meaning("Bad destination mailbox address syntax", Reason.NO_SUCH_ADDRESS),
    "1.4": Meaning("Destination mailbox address ambiguous", Reason.NO_SUCH_ADDRESS),
    "1.6": Meaning("Destination mailbox has moved", Reason.NO_SUCH_ADDRESS),
    "1.7": Meaning("Bad sender's mailbox address syntax", Reason.NOT_REGISTERED),
    "1.8": Meaning("Bad sender's system address", Reason.NOT_REGISTERED),
    "1.9": Meaning("Message relayed to non-compliant mailer", Reason.UNKNOWN),
    "1.10": Meaning("Recipient address has null MX", Reason.NO_SUCH_ADDRESS),
    "2.0": Meaning("Other or undefined mailbox status", Reason.CANNOT_RECEIVE),
    "2.1": Meaning("Mailbox disabled, not accepting messages", Reason.CANNOT_RECEIVE),
    "2.2": Meaning("Mailbox full", Reason.MAILBOX_FULL),
    "2.3": Meaning("Message length exceeds administrative limit", Reason.TOO_LONG),
    "2.4": Meaning("Mailing list expansion problem", Reason.CANNOT_RECEIVE),
    "3.0": Meaning("Other or undefined mail system status", Reason.DOWN),
    "3.1": Meaning("Mail system full", Reason.DOWN),
    "3.2": Meaning("System not accepting network messages", Reason.DOWN),
    "3.3": Meaning("System not capable of selected features", Reason.UNSUPPORTED),
    "3.4": Meaning("Message too big for system", Reason.TOO_LONG),
    "3.5": Meaning("System incorrectly configured", Reason.DOWN),
    "3.6": Meaning("Requested priority was changed", Reason.UNKNOWN),
    "4.0": Meaning("Other or undefined network or routing status", Reason.DOWN),
    "4.1": Meaning("No answer from host", Reason.DOWN),
    "4.2": Meaning("Bad connection", Reason.DOWN),
    "4.3": Meaning("Directory server failure", Reason.DOWN),
    "4.4": Meaning("Unable to route", Reason.NO_SUCH_ADDRESS),
    "4.5": Meaning("Mail system congestion", Reason.BUSY),
    "4.6": Meaning("Routing loop detected", Reason.CANNOT_RECEIVE),
    "4.7": Meaning("Delivery time expired", Reason.DOWN),
    "5.0": Meaning("Other or undefined protocol status", Reason.NOT_UNDERSTOOD),
    "5.1": Meaning("Invalid command", Reason.NOT_UNDERSTOOD),
    "5.2": Meaning("Syntax error", Reason.NOT_UNDERSTOOD),
    "5.3": Meaning("Too many recipients", Reason.NOT_UNDERSTOOD),
    "5.4": Meaning("Invalid command arguments", Reason.NOT_UNDERSTOOD),
    "5.5": Meaning("Wrong protocol version", Reason.NOT_UNDERSTOOD),
    "5.6": Meaning("Authentication exchange line is too long", Reason.TOKEN),
    "6.0": Meaning("Other or undefined media error", Reason.FILE_REFUSED),
    "6.1": Meaning("Media not supported", Reason.FILE_REFUSED),
    "6.2": Meaning("Conversion required and prohibited", Reason.FILE_REFUSED),
    "6.3": Meaning("Conversion required but not supported", Reason.FILE_REFUSED),
    "6.4": Meaning("Conversion with loss performed", Reason.FILE_REFUSED),
    "6.5": Meaning("Conversion failed", Reason.FILE_REFUSED),
    "6.6": Meaning("Message content not available", Reason.FILE_NOT_FETCHED),
    "6.7": Meaning("Non-ASCII addresses not permitted for that sender or recipient", Reason.UNSUPPORTED),
    "7.0": Meaning("Other or undefined security status", Reason.FILTERED),
    "7.1": Meaning("Delivery not authorized, message refused", Reason.FILTERED),
    "7.2": Meaning("Mailing list expansion prohibited", Reason.CANNOT_RECEIVE),
    "7.3": Meaning("Security conversion required but not possible", Reason.UNSUPPORTED),
    "7.4": Meaning("Security features not supported", Reason.UNSUPPORTED),
    "7.5": Meaning("Cryptographic failure", Reason.DOUBTED),
    "7.6": Meaning("Cryptographic algorithm not supported", Reason.DOUBTED),
    "7.7": Meaning("Message integrity failure", Reason.DOUBTED),
    "7.8": Meaning("Authentication credentials invalid", Reason.TOKEN),
    "7.9": Meaning("Authentication mechanism is too weak", Reason.TOKEN),
    "7.10": Meaning("Encryption needed", Reason.UNSUPPORTED),
    "7.11": Meaning("Encryption required for requested authentication mechanism", Reason.TOKEN),
    "7.12": Meaning("A password transition is needed", Reason.TOKEN),
    "7.13": Meaning("User account disabled", Reason.LOCKED),
    "7.14": Meaning("Trust relationship required", Reason.PERMISSION),
    "7.15": Meaning("Priority level is too low", Reason.BUSY),
    "7.16": Meaning("Message is too big for the specified priority", Reason.TOO_LONG),
    "7.17": Meaning("Mailbox owner has changed", Reason.NO_SUCH_ADDRESS),
    "7.18": Meaning("Domain owner has changed", Reason.NO_SUCH_ADDRESS),
    "7.19": Meaning("RRVS test cannot be completed", Reason.UNKNOWN),
    "7.20": Meaning("No passing DKIM signature found", Reason.DOUBTED),
    "7.21": Meaning("No acceptable DKIM signature found", Reason.DOUBTED),
    "7.22": Meaning("No valid author-matched DKIM signature found", Reason.DOUBTED),
    "7.23": Meaning("SPF validation failed", Reason.DOUBTED),
    "7.24": Meaning("SPF validation error", Reason.DOUBTED),
    "7.25": Meaning("Reverse DNS validation failed", Reason.DOUBTED),
    "7.26": Meaning("Multiple authentication checks failed", Reason.DOUBTED),
    "7.27": Meaning("Sender address has null MX", Reason.DOUBTED),
    "7.28": Meaning("Mail flood detected", Reason.BUSY),
    "7.29": Meaning("ARC validation failure", Reason.DOUBTED),
    "7.30": Meaning("REQUIRETLS support required", Reason.UNSUPPORTED),
}
"""By subject and detail; the class before them says whether it may pass."""

SIGN_IN = {
    530: Meaning("Authentication required", Reason.TOKEN),
    534: Meaning("Authentication mechanism is too weak", Reason.TOKEN),
    535: Meaning("Authentication credentials invalid", Reason.TOKEN),
    538: Meaning("Encryption required for requested authentication mechanism", Reason.TOKEN),
}
"""Of these the enhanced status says less."""
REPLIES = {
    421: Meaning("Service not available, closing transmission channel", Reason.DOWN),
    450: Meaning("Mailbox unavailable", Reason.BUSY),
    451: Meaning("Local error in processing", Reason.DOWN),
    452: Meaning("Insufficient system storage", Reason.DOWN),
    454: Meaning("Temporary authentication failure", Reason.DOWN),
    550: Meaning("Mailbox unavailable", Reason.NO_SUCH_ADDRESS),
    551: Meaning("User not local", Reason.NO_SUCH_ADDRESS),
    552: Meaning("Exceeded storage allocation", Reason.TOO_LONG),
    553: Meaning("Mailbox name not allowed", Reason.NO_SUCH_ADDRESS),
    554: Meaning("Transaction failed", Reason.FILTERED),
}

_STATUS = re.compile(r"\b([45])\.(\d{1,3}\.\d{1,3})\b")


def failed(code: int, said: str) -> Failed:
    """What an answer of the server means: 4xx may pass, 5xx will not; some are about us and not about the mail."""
    detail = " ".join(said.split())[:500]
    status = _STATUS.match(detail)
    found = (SIGN_IN.get(code), ERRORS.get(status[2]) if status else None, REPLIES.get(code))
    reasons = [one.reason for one in found if one]
    if (
        code < 500
    ):  # what may pass is not what it would be for good, as where a server wants to see whether one comes again
        passing = next((one for one in reasons if one.kind == "temporary"), Reason.BUSY)
        return Failed.by(passing, detail, code=str(code))
    return _for_good(next(iter(reasons), None), detail, str(code))


def returned(status: str, detail: str) -> Failed:
    """What a report means, by its status: it says that the mail did not arrive, and is not tried any more."""
    known = _STATUS.match(status)
    meaning = ERRORS.get(known[2]) if known else None
    return _for_good(meaning.reason if meaning else None, detail, status)


def _for_good(reason: Reason | None, detail: str, code: str) -> Failed:
    is_about_us = reason is not None and reason.kind == "auth"
    return Failed("auth" if is_about_us else "permanent", detail, code=code, reason=reason)

"""What the refusals of LINE mean: by status and words, as there are no codes. LINE does nothing of what it answers with 4xx."""

from helpline.channels.reasons import Reason, Wording

ERRORS = (
    Wording(400, "Failed to send messages", Reason.NO_SUCH_ADDRESS),
    Wording(400, "'to'", Reason.NO_SUCH_ADDRESS),
    Wording(400, "invalid quote token", Reason.MESSAGE_GONE),
    Wording(400, "Length must be", Reason.TOO_LONG),
    Wording(400, "must be specified as an HTTPS URL", Reason.FILE_NOT_FETCHED),
    Wording(400, "invalid uri scheme", Reason.FILE_NOT_FETCHED),
    Wording(401, "", Reason.TOKEN),
    Wording(403, "", Reason.PERMISSION),
    Wording(404, "", Reason.NO_SUCH_ADDRESS),
    Wording(410, "", Reason.FILE_NOT_FETCHED),
    Wording(413, "", Reason.TOO_LONG),
    Wording(415, "", Reason.FILE_REFUSED),
    # Until the month is over, or the account is given more: nothing that waiting a while would mend.
    Wording(429, "monthly limit", Reason.USED_UP),
    Wording(429, "additional messages", Reason.USED_UP),
    Wording(429, "", Reason.BUSY),
)

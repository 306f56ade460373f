"""What mail servers report about mails of ours (RFC 3464, and what older ones say in words)."""

import re

from .headers import decoded, ids
from .mail import Action, Report
from .parts import Part, content, held_in

_ACTIONS: tuple[Action, ...] = ("failed", "delayed", "delivered", "relayed", "expanded")
_ADDRESS = re.compile(r"[^\s@<>,;:\"()\[\]]+@[^\s@<>,;:\"()\[\]]+\w")
_STATUS = re.compile(r"\b([245]\.\d{1,3}\.\d{1,3})\b")
_SAYS_SO = re.compile(
    r"undeliver|delivery (status|failure|has failed|problem)|mail delivery (failed|system)|returned mail|failure notice|"
    r"could not be delivered|wasn't delivered|nondeliverable|unzustellbar|non remis|退信|无法投递|無法傳遞|配信不能",
    re.IGNORECASE,
)
_MAILER = re.compile(r"^(mailer-daemon|postmaster|mail-daemon|mailerdaemon)@", re.IGNORECASE)
LONGEST_DETAIL = 500


def read(mail: Part, said: str) -> Report | None:
    """What became of a mail, when this is a report about one; ``said`` is what it says in words."""
    # A report that somebody encloses is no report to us.
    is_report = mail.get_content_type() == "multipart/report"
    blocks = [one for one in held_in(mail) if one.get_content_type() == "message/delivery-status"] if is_report else []
    if blocks:
        return _report([one for block in blocks for one in held_in(block)], mail, said)
    subject, author = decoded(str(mail.get("subject", ""))), decoded(str(mail.get("from", "")))
    back = next(iter(_ADDRESS.findall(author)), "")
    if _SAYS_SO.search(subject) and (_MAILER.match(back) or str(mail.get("return-path", "")).strip() == "<>"):
        failed = str(mail.get("x-failed-recipients", "")) or said
        status = next(iter(_STATUS.findall(said)), "")
        recipients = tuple(dict.fromkeys(a.lower() for a in _ADDRESS.findall(failed) if not _MAILER.match(a)))[:5]
        action: Action = "delayed" if status.startswith("4") else "failed"
        return Report(
            action=action, status=status, recipients=recipients, detail=_detail(said), about=_about(mail, said)
        )
    return None


def _report(blocks: list[Part], mail: Part, said: str) -> Report:
    told = [block for block in blocks if block.get("action") or block.get("final-recipient")]
    actions = [str(block.get("action", "")).strip().lower().partition(" ")[0] for block in told]
    worst: Action = next((action for action in _ACTIONS if action in actions), "failed")
    told = [block for block, action in zip(told, actions, strict=True) if action == worst] or told
    about = [str(block.get(name, "")) for block in told for name in ("original-recipient", "final-recipient")]
    recipients = dict.fromkeys(address.lower() for line in about for address in _ADDRESS.findall(line))
    statuses = [found for block in told for found in _STATUS.findall(str(block.get("status", "")))]
    details = [decoded(str(block.get("diagnostic-code", ""))).partition(";")[2].strip() for block in told]
    return Report(
        action=worst,
        status=max(statuses, default=""),
        recipients=tuple(recipients)[:50],
        detail=_detail(next(filter(None, details), said)),
        about=_about(mail, said),
    )


def _about(mail: Part, said: str) -> tuple[str, ...]:
    found: list[str] = []
    for part in mail.walk():
        if part is mail:
            continue
        if part.get_content_type() in {"text/rfc822-headers", "message/rfc822-headers"}:
            lines = content(part).decode("utf-8", "replace")
            found += [one for line in re.findall(r"(?im)^message-id:\s*(\S+)", lines) for one in ids(line)]
        elif part.get("message-id"):
            found += ids(str(part.get("message-id")))
    found += [one for line in re.findall(r"(?im)^[> ]*message-id:\s*(\S+)", said) for one in ids(line)]
    found += [*ids(str(mail.get("in-reply-to", ""))), *ids(str(mail.get("references", "")))[::-1]]
    found += ids(str(mail.get("x-original-message-id", "")))
    return tuple(dict.fromkeys(found))


def _detail(said: str) -> str:
    return " ".join(said.split())[:LONGEST_DETAIL]

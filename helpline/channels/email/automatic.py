"""Who wrote a mail, a person or a machine: what must never get an automatic answer (RFC 3834)."""

import re
from collections.abc import Collection
from typing import Literal

from .mail import Mail

Written = Literal["by_person", "auto_reply", "auto_generated", "list", "report", "loop"]
OUR_MARK = "x-helpline"
"""The header that says which installation sent a mail."""
MOST_AUTOMATIC, WITHIN_HOURS = 5, 24
"""How many texts nobody wrote one address gets at most, whatever it says of itself."""
_AWAY = re.compile(
    r"^\s*(?:\W{0,3}\s*)?(?:out of (?:the )?office|auto(?:matic|mated)?[ -]?(?:reply|response|antwort|svar)|autoreply|away from|"
    r"abwesen|automatische antwort|abwesenheits|réponse automatique|absence|respuesta automática|fuera de la oficina|"
    r"risposta automatica|fuori ufficio|resposta automática|automatisch antwoord|afwezig|autosvar|automatisk svar|frånvaro|"
    r"automaattinen|automatyczna odpowied|автоответ|автоматический ответ|自动(?:回复|答复)|自動(?:回覆|回复|回應|応答|返信)|"
    r"(?:不在|外出)(?:通知|のお知らせ|中)|休假|自动应答|자동 ?(?:회신|응답)|부재)",
    re.IGNORECASE,
)
_MACHINES = re.compile(
    r"^(?:no[-_.]?reply|do[-_.]?not[-_.]?reply|noreply[-_.+]?\w*|mailer-daemon|postmaster|bounces?[-_+=.]?.*|notifications?|"
    r"root|nobody|www-data|cron)@",
    re.IGNORECASE,
)


def written(mail: Mail, *, ours: Collection[str] = (), mark: str = "") -> Written:
    """Who wrote it; ``ours`` are the addresses that channels send from, ``mark`` what stands on all that is sent."""
    if mail.report:
        return "report"
    said = {name: mail.headers.get(name, "").strip().lower() for name in _TELLING}
    if (mark and said[OUR_MARK] == mark.lower()) or (mail.author and mail.author.address in ours):
        return "loop"
    return _auto(mail, said)


def _auto(mail: Mail, said: dict[str, str]) -> Written:
    submitted = said["auto-submitted"].partition(";")[0].strip()
    replied = any(said[name] for name in ("x-autoreply", "x-autorespond", "x-auto-reply", "x-autoresponder"))
    if submitted == "auto-replied" or said["precedence"] == "auto_reply" or replied or _AWAY.match(mail.subject):
        return "auto_reply"
    if submitted not in {"", "no"}:
        return "auto_generated"
    if (
        said["list-id"]
        or said["list-unsubscribe"]
        or said["list-post"]
        or said["precedence"] in {"bulk", "list", "junk"}
    ):
        return "list"
    if said["return-path"] == "<>" or (mail.author and _MACHINES.match(mail.author.address)):
        return "auto_generated"
    return "by_person"


_TELLING = (
    OUR_MARK,
    "auto-submitted",
    "precedence",
    "x-autoreply",
    "x-autorespond",
    "x-auto-reply",
    "x-autoresponder",
    "list-id",
    "list-unsubscribe",
    "list-post",
    "return-path",
)


def may_be_answered_automatically(mail: Mail, written: Written, *, lately: int = 0) -> bool:
    """Whether a text nobody wrote may go back; ``lately`` is how many this address had within ``WITHIN_HOURS``."""
    # Whoever suppresses answers would only get one to a machine; whoever had many is one.
    suppressed = mail.headers.get("x-auto-response-suppress", "").strip().lower()
    quiet = any(word in suppressed for word in ("all", "autoreply", "oof"))
    return written == "by_person" and not quiet and lately < MOST_AUTOMATIC

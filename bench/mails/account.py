"""What became of each mail, from the rows and from what lies in the customers' mailbox, held against what had to become of it."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import func, select

from helpline.channels.email.mail import Mail
from helpline.contacts import ContactPoint
from helpline.conversations import Conversation, Message
from helpline.core import Tx
from helpline.core.facts import FactRow
from helpline.delivery.models import Delivery
from helpline.intake import Payload, PayloadState
from helpline.mails.events import MailReturned
from helpline.mails.models import KnownMail, Placement

from .letters import MARKED, Letter

_MARK = re.compile(MARKED)
MOST_TOLD = 20


@dataclass(frozen=True, kw_only=True)
class Taken:
    """A message that was a mail."""

    mark: str
    conversation_id: str
    text: str
    files: int
    boxes: int
    author: str


@dataclass(frozen=True, kw_only=True)
class Standing:
    """All that is there."""

    taken: list[Taken]
    reported: list[str]
    quarantined: list[str]
    pending: int
    unaccounted: int
    """Messages of contacts behind which there is no mail."""
    previous: dict[str, str]
    """Which conversation goes on with which."""
    sent: dict[str, str]
    """How each answer of an agent stands, by its text, and why if it did not go."""
    handed: dict[str, list[str]] = field(default_factory=dict)
    """The texts of agents in each conversation, in the order in which they are to go."""


def marked(*texts: str) -> str:
    """The mark that comes first."""
    return next((found[0] for text in texts if (found := _MARK.search(text))), "")


def standing(tx: Tx) -> Standing:
    """What there is now, in one transaction."""
    here = Message.workspace_id == tx.workspace_id
    joined = select(KnownMail, Message).where(KnownMail.workspace_id == tx.workspace_id, here)
    joined = joined.where(KnownMail.message_id == Message.id, KnownMail.way == "in")
    lies = Counter(tx.db.scalars(select(Placement.known_id).where(Placement.workspace_id == tx.workspace_id)))
    taken = [_taken(mail, message, lies[mail.id]) for mail, message in tx.db.execute(joined)]
    written = select(func.count()).where(here, Message.author_kind == "contact", Message.kind == "text")
    facts = select(FactRow.payload).where(
        FactRow.workspace_id == tx.workspace_id, FactRow.topic == MailReturned.topic()
    )
    kept = select(Payload).where(Payload.workspace_id == tx.workspace_id)
    apart = tx.db.scalars(kept.where(Payload.state == PayloadState.QUARANTINED))
    pending = select(func.count()).where(
        Payload.workspace_id == tx.workspace_id, Payload.state == PayloadState.RECEIVED
    )
    linked = select(Conversation.id, Conversation.previous_id).where(Conversation.workspace_id == tx.workspace_id)
    sent, handed = _sent(tx)
    return Standing(
        taken=taken,
        reported=[marked(told["detail"]) for told in tx.db.scalars(facts)],
        quarantined=[marked(one.body[:100_000].decode("latin-1")) for one in apart],
        pending=tx.db.scalar(pending) or 0,
        unaccounted=(tx.db.scalar(written) or 0) - len(taken),
        previous={id: before for id, before in tx.db.execute(linked) if before},
        sent=sent,
        handed=handed,
    )


def _taken(mail: KnownMail, message: Message, boxes: int) -> Taken:
    names = (str(one["name"]) for one in message.files)
    return Taken(
        mark=marked(message.text, mail.subject, *names),
        conversation_id=message.conversation_id,
        text=message.text,
        files=len(message.files),
        boxes=boxes,
        author=mail.author,
    )


def _sent(tx: Tx) -> tuple[dict[str, str], dict[str, list[str]]]:
    own = (Message.workspace_id == Delivery.workspace_id) & (Message.id == Delivery.message_id)
    found = select(Delivery, Message).join(Message, own).where(Delivery.workspace_id == tx.workspace_id)
    rows = tx.db.execute(found.where(Message.author_kind == "agent").order_by(Delivery.seq))
    sent, handed = {}, defaultdict(list)
    for delivery, message in rows:
        sent[message.text] = f"{delivery.state} {delivery.detail}".strip()
        handed[message.conversation_id].append(message.text)
    return sent, dict(handed)


def points(tx: Tx) -> dict[str, str]:
    """The newest conversation of each address."""
    mine = (ContactPoint.workspace_id == Conversation.workspace_id) & (ContactPoint.id == Conversation.contact_point_id)
    found = select(ContactPoint.address, Conversation.id).join(Conversation, mine)
    return dict(tx.db.execute(found.where(ContactPoint.workspace_id == tx.workspace_id)).tuples())


def is_here(letters: Sequence[Letter], there: Standing) -> bool:
    """Whether nothing is to be waited for."""
    return not there.pending and not missing(letters, there)


def missing(letters: Sequence[Letter], there: Standing) -> set[str]:
    """The mails that are nowhere."""
    lies = {one.mark: one.boxes for one in there.taken} | dict.fromkeys([*there.reported, *there.quarantined], 1)
    return {one.mark for one in letters if lies.get(one.mark, 0) < len(one.boxes)}


def faults(letters: Sequence[Letter], there: Standing) -> dict[str, list[str]]:
    """All that is not as it has to be, by kind."""
    places = {"message": Counter(one.mark for one in there.taken)}
    places |= {"report": Counter(there.reported), "quarantine": Counter(there.quarantined)}
    known = {one.mark for one in letters}
    by_mark = {one.mark: one for one in there.taken}
    found: dict[str, list[str]] = {
        "lost": [], "doubled": [], "elsewhere": [], "wrong_text": [], "wrong_files": [], "wrong_boxes": []
    }  # fmt: skip
    for letter in letters:
        counts = {place: count[letter.mark] for place, count in places.items() if count[letter.mark]}
        told = f"{letter.mark} {letter.kind}"
        if not counts:
            found["lost"].append(told)
        elif sum(counts.values()) > 1:
            found["doubled"].append(f"{told}: {counts}")
        elif letter.becomes not in counts:
            found["elsewhere"].append(f"{told}: {counts}")
        elif letter.becomes == "message":
            _hold(letter, by_mark[letter.mark], found)
    strange = [f"{one.author}: {one.text[:60]!r}" for one in there.taken if one.mark not in known]
    strange += [mark or "?" for place in (there.reported, there.quarantined) for mark in place if mark not in known]
    found["strange"] = strange + ["a message without a mail"] * there.unaccounted
    found["wrong_thread"] = list(_threads(letters, by_mark, there.previous))
    return found


def _hold(letter: Letter, taken: Taken, found: dict[str, list[str]]) -> None:
    told = f"{letter.mark} {letter.kind}"
    if letter.says not in taken.text:
        found["wrong_text"].append(f"{told}: {taken.text[:80]!r}")
    if letter.files != taken.files:
        found["wrong_files"].append(f"{told}: {taken.files} and not {letter.files}")
    if len(letter.boxes) != taken.boxes:
        found["wrong_boxes"].append(f"{told}: {taken.boxes} and not {len(letter.boxes)}")


def _threads(letters: Sequence[Letter], by_mark: dict[str, Taken], previous: dict[str, str]) -> Iterable[str]:
    """Threads that lie in several conversations, conversations that hold several, and what follows nothing."""
    where, holds = defaultdict(set), defaultdict(set)
    for letter in letters:
        if letter.mark in by_mark:
            id = by_mark[letter.mark].conversation_id
            where[letter.thread].add(id)
            holds[id].add(letter.thread)
    yield from (f"{thread} lies in {len(ids)} conversations" for thread, ids in where.items() if len(ids) > 1)
    yield from (f"{sorted(threads)} lie in one conversation" for threads in holds.values() if len(threads) > 1)
    for letter in letters:
        if letter.after and not {previous.get(id) for id in where[letter.thread]} & where[letter.after]:
            yield f"{letter.thread} does not go on with {letter.after}"


def answered(letters: Sequence[Letter], arrived: Sequence[Mail]) -> list[str]:
    """Machines that got something nobody wrote."""
    machines = {one.author for one in letters if one.automatic} - {one.author for one in letters if not one.automatic}
    told = [one for one in arrived if one.headers.get("auto-submitted", "no") != "no"]
    return sorted({to.address for mail in told for to in mail.to if to.address in machines})


def outgoing(there: Standing, arrived: Sequence[Mail], texts: Sequence[str]) -> dict[str, list[str]]:
    """What is wrong with what agents answered: each arrives once, or stands as what it is."""
    came: Counter[str] = Counter()
    for (_, text), many in Counter((mail.delivered_to, _answer(mail)) for mail in arrived).items():
        came[text] = max(came[text], many)  # whoever had a copy of the mail has one of the answer
    found: dict[str, list[str]] = {"gone": [], "twice": [], "untold": [], "not_kept": []}
    for text in texts:
        state = there.sent.get(text, "")
        if not state:
            found["not_kept"].append(text)
        elif came[text] > 1:
            found["twice"].append(f"{text}: {came[text]} times, {state}")
        elif state.split()[0] in {"sent", "delivered"} and not came[text]:
            found["gone"].append(text)
        elif state.split()[0] == "failed" and _MARK.search(state):
            continue  # a report of the story's own says so
        elif state.split()[0] not in {"sent", "delivered", "unknown"} and (came[text] or " " not in state):
            found["untold"].append(f"{text}: {state}")
    return found


def _answer(mail: Mail) -> str:
    found = re.search(r"answer-\d+\b", mail.text.partition("\n>")[0])
    return found[0] if found else ""


def shortened(found: dict[str, list[str]]) -> dict[str, Any]:
    """The faults there are, with how many, and the first of them."""
    return {name: {"many": len(said), "first": said[:MOST_TOLD]} for name, said in found.items() if said}

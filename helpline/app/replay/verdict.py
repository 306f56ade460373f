"""What went wrong with a dialogue, judged by what was received and by what the database holds."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from . import frames
from .customer import Sent
from .log import Received
from .play import Play

EVERYBODY = frozenset({"customer", "agent", "action"})
AGENT_NEEDS = frozenset({"customer", "action"})
VISITOR_NEEDS = frozenset({"agent"})


@dataclass
class Faults:
    """By turn, or by place in a log."""

    lost: set[int] = field(default_factory=set)
    """Turns that were acknowledged, and are not there as they were sent."""
    duplicated: set[tuple[str, int, str]] = field(default_factory=set)
    """Places that hold a message which no turn explains, or one that is at another place already."""
    out_of_order: set[int] = field(default_factory=set)
    """Turns that stand after a later one."""
    holes: int = 0
    """Numbers that are missing, or given twice, in the database."""

    def __ior__(self, other: "Faults") -> "Faults":
        self.lost |= other.lost
        self.duplicated |= other.duplicated
        self.out_of_order |= other.out_of_order
        self.holes += other.holes
        return self


def compare(sent: list[Sent], log: Iterable[Received], needed: frozenset[str]) -> Faults:
    """Hold what is in a log, in the order of its places, against what was sent."""
    faults, found, latest = Faults(), set[int](), -1
    turns = {turn.message_id: number for number, turn in enumerate(sent) if turn.message_id}
    for message in log:
        if not message.side:
            continue
        number = turns.get(message.id, -1)
        if number < 0 or number in found or (message.side, message.text) != (sent[number].side, sent[number].text):
            faults.duplicated.add((message.conversation_id, message.seq, message.id))
            continue
        found.add(number)
        if number < latest:
            faults.out_of_order.add(number)
        latest = max(latest, number)
    faults.lost = {number for number in turns.values() if sent[number].side in needed} - found
    return faults


def judge(play: Play, kept: list[frames.Message]) -> Faults:
    """All that is wrong: at the visitor, at the agents, in the database."""
    faults = compare(play.sent, kept, EVERYBODY)
    at_the_visitor = compare(play.sent, play.visitor.heard(play.sent), VISITOR_NEEDS)
    # Of some nobody knows, and the agent was told so: that is not silence.
    at_the_visitor.lost -= {number for number, turn in enumerate(play.sent) if turn.is_unknown}
    faults |= at_the_visitor
    if play.conversation_id:
        faults |= compare(play.sent, play.case.log, AGENT_NEEDS)
    faults.holes = holes_in([message.seq for message in kept])
    return faults


def holes_in(numbers: list[int]) -> int:
    """How many numbers are missing up to the highest one, or are there twice."""
    missing = set(range(1, max(numbers, default=0) + 1)) - set(numbers)
    return len(missing) + len(numbers) - len(set(numbers))

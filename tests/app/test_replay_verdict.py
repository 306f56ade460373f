"""A replay must see what is wrong: lost, twice, out of order, holes."""

from helpline.app.replay.frames import Author, Message
from helpline.app.replay.log import Log
from helpline.app.replay.play import Sent
from helpline.app.replay.summary import percentiles
from helpline.app.replay.verdict import AGENT_NEEDS, EVERYBODY, VISITOR_NEEDS, compare, holes_in

TURNS = [("customer", "Hi"), ("agent", "Hello"), ("action", "looked it up"), ("customer", "Thanks")]


def _sent() -> list[Sent]:
    return [Sent(side, text, message_id=f"m{number}") for number, (side, text) in enumerate(TURNS)]


def _message(number: int, seq: int, *, id: str = "", text: str = "", conversation_id: str = "c") -> Message:
    side, said = TURNS[number]
    author = Author("contact" if side == "customer" else "agent")
    visibility = "internal" if side == "action" else "public"
    return Message(id or f"m{number}", conversation_id, seq, "text", author, visibility, text or said)


def _log(*messages: Message) -> Log:
    log = Log()
    for message in messages:
        log.take(message)
    return log


def _all() -> list[Message]:
    return [_message(number, number + 1) for number in range(len(TURNS))]


def test_what_arrived_whole_has_no_faults_however_it_arrived() -> None:
    log = _log(*reversed(_all()), *_all())
    faults = compare(_sent(), log, EVERYBODY)
    assert (faults.lost, faults.duplicated, faults.out_of_order) == (set(), set(), set())


def test_events_of_the_system_are_no_turns() -> None:
    event = Message("e", "c", 9, "event", Author("system"), "public", "")
    assert not compare(_sent(), _log(*_all(), event), EVERYBODY).duplicated


def test_a_message_that_is_missing_is_lost_to_whoever_needs_it() -> None:
    one, _hello, _note, four = _all()
    log = _log(one, four)
    assert compare(_sent(), log, EVERYBODY).lost == {1, 2}
    assert compare(_sent(), log, VISITOR_NEEDS).lost == {1}
    assert compare(_sent(), log, AGENT_NEEDS).lost == {2}


def test_what_was_never_acknowledged_is_not_lost() -> None:
    sent = [*_sent(), Sent("customer", "still on its way")]
    assert not compare(sent, _log(*_all()), EVERYBODY).lost


def test_the_same_at_another_place_is_a_duplicate() -> None:
    assert len(compare(_sent(), _log(*_all(), _message(3, 5)), EVERYBODY).duplicated) == 1
    assert len(compare(_sent(), _log(*_all(), _message(3, 5, id="other")), EVERYBODY).duplicated) == 1
    assert len(compare(_sent(), _log(*_all(), _message(3, 1, conversation_id="d")), EVERYBODY).duplicated) == 1


def test_another_text_is_not_what_was_sent() -> None:
    changed = [*_all()[:3], _message(3, 4, text="Thank")]
    faults = compare(_sent(), _log(*changed), EVERYBODY)
    assert (faults.lost, len(faults.duplicated)) == ({3}, 1)


def test_a_turn_after_a_later_one_is_out_of_order() -> None:
    swapped = _log(_message(0, 1), _message(2, 2), _message(1, 3), _message(3, 4))
    assert compare(_sent(), swapped, EVERYBODY).out_of_order == {1}


def test_numbers_go_from_one_without_holes() -> None:
    assert holes_in([1, 2, 3]) == 0
    assert holes_in([]) == 0
    assert holes_in([1, 3]) == 1
    assert holes_in([2, 3]) == 1
    assert holes_in([1, 1, 2]) == 1


def test_percentiles_are_values_that_were_measured() -> None:
    assert percentiles([0.001 * number for number in range(1, 101)]) == {"p50": 50.0, "p95": 95.0, "p99": 99.0}
    assert percentiles([0.25]) == {"p50": 250.0, "p95": 250.0, "p99": 250.0}
    assert percentiles([]) == {}

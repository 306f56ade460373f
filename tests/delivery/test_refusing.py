"""Between saying something and its turn to be sent, a contact may have asked for no more messages, or the time may be over."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from helpline.channels.contract import Failed
from helpline.channels.inbound import OPTED_OUT, Reachable
from helpline.channels.reasons import Reason
from helpline.conversations.windows import ContactUnreachable, WindowClosed
from helpline.delivery import actions
from helpline.delivery.actions import WithheldOnPurpose
from helpline.delivery.rules import ATTEMPTS
from tests.clock import Clock

from .test_delivering import KIM, Outside, able, outside

__all__ = ["able", "outside"]


def test_what_was_queued_before_they_opted_out_is_not_sent(outside: Outside) -> None:
    sent = outside.goes(outside.comes())
    (delivery,) = outside.deliveries(sent.id)
    outside.hear(Reachable(who=KIM, reachable=False, why=OPTED_OUT))
    assert outside.begin(delivery.id) is None
    (delivery,) = outside.deliveries(sent.id)
    assert (delivery.state, delivery.reason, delivery.attempts) == ("failed", "opted_out", 0)
    with pytest.raises(ContactUnreachable):
        outside.world.do(None, actions.retry, sent.id)
    outside.hear(Reachable(who=KIM, reachable=True, why="opted_in"))
    outside.world.do(None, actions.retry, sent.id)
    assert outside.begin(delivery.id) is not None


def test_who_opted_out_stays_so_whatever_else_they_write_and_who_blocked_us_does_not(outside: Outside) -> None:
    id = outside.comes()
    outside.hear(Reachable(who=KIM, reachable=False, why=OPTED_OUT))
    outside.comes("I said stop!")
    with pytest.raises(ContactUnreachable):
        outside.goes(id)
    outside.hear(Reachable(who=KIM, reachable=False, why="blocked"))
    outside.comes("I am back")
    assert outside.goes(id).text == "Hi"


def test_what_was_queued_before_the_window_closed_is_not_sent(
    outside: Outside, clock: Clock, able: Callable[..., None]
) -> None:
    able(reply_window=timedelta(hours=24))
    sent = outside.goes(outside.comes())
    (delivery,) = outside.deliveries(sent.id)
    clock.advance(24 * 3600)
    assert outside.begin(delivery.id) is None
    (delivery,) = outside.deliveries(sent.id)
    assert (delivery.state, delivery.failure) == ("failed", "window_closed")
    with pytest.raises(WindowClosed):
        outside.world.do(None, actions.retry, sent.id)


def test_what_was_withheld_on_purpose_is_not_sent_again_by_hand(outside: Outside) -> None:
    sent = outside.goes(outside.comes())
    outside.world.do(None, actions.withhold, sent.id, Failed.by(Reason.WITHHELD))
    with pytest.raises(WithheldOnPurpose):
        outside.world.do(None, actions.retry, sent.id)


def test_when_a_piece_fails_for_good_the_rest_is_not_sent_without_it_and_all_is_sent_again_in_order(
    outside: Outside, able: Callable[..., None]
) -> None:
    able(most_text=100)
    sent = outside.goes(outside.comes(), "word " * 50)
    outside.clear_others(sent.id)
    first, *rest = outside.deliveries(sent.id)
    assert len(rest) == 2
    outside.begin(first.id)
    outside.world.do(None, actions.note_failed, first.id, Failed.by(Reason.FILTERED), tells_duplicates=True)
    assert [(one.state, one.reason) for one in outside.deliveries(sent.id)] == [("failed", "filtered")] * 3
    outside.world.do(None, actions.retry, sent.id)
    for delivery in (first, *rest):
        assert outside.due() == [delivery.id]
        outside.begin(delivery.id)
        outside.world.do(None, actions.note_sent, delivery.id, f"x-{delivery.id}")
    assert outside.state(sent.id) == "sent"


def test_sent_again_by_hand_it_is_tried_as_often_as_the_first_time(outside: Outside, clock: Clock) -> None:
    sent = outside.goes(outside.comes())
    outside.clear_others(sent.id)
    (delivery,) = outside.deliveries(sent.id)
    for again in (1, 2):
        for _ in range(ATTEMPTS):
            clock.advance(600)
            assert outside.begin(delivery.id) is not None
            outside.world.do(None, actions.note_failed, delivery.id, Failed.by(Reason.DOWN), tells_duplicates=True)
        assert (outside.state(sent.id), outside.deliveries(sent.id)[0].attempts) == ("failed", again * ATTEMPTS)
        outside.world.do(None, actions.retry, sent.id)

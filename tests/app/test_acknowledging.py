"""A button that was tapped in Telegram comes to rest, whatever becomes of the telling."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from helpline.app.lines import acknowledging
from helpline.app.settings import Settings
from helpline.app.simulating_channels.provider import Fault
from tests.listening import eventually

from .at_providers import At, at


@pytest.fixture
def telegram(settings: Settings) -> Iterator[At]:
    with at("telegram", settings) as found:
        yield found


def test_what_was_tapped_is_heard_and_its_button_comes_to_rest(telegram: At) -> None:
    ana = telegram.provider.meets("Ana")
    id = telegram.greeted(ana)
    query = telegram.provider.taps(ana, ana.received[0].id, "yes")
    assert set(telegram.deliver(times=3)) == {200}
    eventually(lambda: query in telegram.provider.answered)
    assert [one["text"] for one in telegram.messages(id)] == ["hi", "yes"]


def test_a_tap_whose_telling_is_refused_is_taken_in_all_the_same(telegram: At) -> None:
    ana = telegram.provider.meets("Ana")
    id = telegram.greeted(ana)
    late = telegram.provider.taps(ana, ana.received[0].id, "late")
    telegram.provider.queries[late] -= timedelta(hours=1)
    telegram.deliver()
    eventually(lambda: len(telegram.messages(id)) == 2)
    telegram.provider.faults += [Fault(500), Fault(0)]
    for what in ("one", "two"):
        telegram.provider.taps(ana, ana.received[0].id, what)
        telegram.deliver()
    eventually(lambda: len(telegram.messages(id)) == 4)
    eventually(lambda: not telegram.provider.faults)
    query = telegram.provider.taps(ana, ana.received[0].id, "again")
    telegram.deliver()
    eventually(lambda: telegram.provider.answered == [query])
    telegram.comes_to(id, telegram.say(id, "Thanks").json()["id"], "sent")


def test_more_taps_than_can_be_told_hold_up_no_message(telegram: At, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(acknowledging, "AT_ONCE", 1)
    ana = telegram.provider.meets("Ana")
    id = telegram.greeted(ana)
    queries = {telegram.provider.taps(ana, ana.received[0].id, str(number)) for number in range(12)}
    assert set(telegram.deliver()) == {200}
    eventually(lambda: len(telegram.messages(id)) == 13)
    telegram.comes_to(id, telegram.say(id, "All heard").json()["id"], "sent")
    eventually(lambda: telegram.provider.answered)
    assert set(telegram.provider.answered) <= queries

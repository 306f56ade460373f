"""Facts come back from the log, and one that cannot be read holds nothing up."""

import msgspec

from helpline.core.facts import fact_of
from helpline.delivery.events import DeliveryMoved

MOVED = DeliveryMoved(conversation_id="c", message_id="m", delivery_id="d", state="queued")


def test_a_fact_is_read_as_it_was_said() -> None:
    assert fact_of(MOVED.topic(), msgspec.to_builtins(MOVED)) == MOVED


def test_a_fact_of_another_version_is_passed_over() -> None:
    assert fact_of("moon.landed", {}) is None
    assert fact_of(MOVED.topic(), {**MOVED.payload(), "failure": None}) is None

"""Whatever comes in, it is read as events or refused as not understood: nothing else ever happens."""

import json
import random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from helpline.channels.contract import Account
from helpline.channels.inbound import Event, NotUnderstood, Raw
from helpline.channels.kinds import adapter_of

from .fuzzing.hunting import hunt
from .fuzzing.seeds import SEEDS

ACCOUNT = Account(channel_id="c", settings={}, secrets={})
KINDS = ["line", "telegram", "whatsapp", "messenger"]
WORDS = {
    "line": "events type message id text source userId groupId postback data params webhookEventId timestamp replyToken "
    "image sticker packageId stickerId keywords location latitude longitude file fileName unsend messageId follow",
    "telegram": "update_id message message_id chat id from date text photo file_id document sticker location latitude "
    "longitude venue title contact phone_number edited_message callback_query data reply_markup inline_keyboard "
    "message_reaction new_reaction emoji my_chat_member new_chat_member status dice value poll",
    "whatsapp": "entry changes field messages value contacts wa_id profile name id type from timestamp text body image "
    "mime_type location latitude longitude interactive button_reply title statuses status errors code order reaction "
    "message_id edit revoke original_message_id referral",
    "messenger": "entry messaging sender id timestamp message mid text attachments type payload url image location "
    "coordinates lat long quick_reply postback title reaction action react emoji message_edit delivery mids read "
    "watermark is_echo is_deleted is_unsupported referral ref",
}
PLAIN = some.none() | some.booleans() | some.integers() | some.floats(allow_nan=False) | some.text(max_size=8)


def _read(kind: str, body: bytes) -> list[Event]:
    try:
        return adapter_of(kind).receive(ACCOUNT, Raw(body=body))
    except NotUnderstood:
        return []


@pytest.mark.parametrize("kind", KINDS)
@given(body=some.binary(max_size=200))
def test_noise_is_refused(kind: str, body: bytes) -> None:
    _read(kind, body)


@pytest.mark.parametrize("kind", KINDS)
@settings(max_examples=60)
@given(chance=some.data())
def test_what_nearly_makes_sense_is_read_or_refused(kind: str, chance: some.DataObject) -> None:
    words = some.sampled_from(WORDS[kind].split())
    tree: Any = some.recursive(
        PLAIN | words,
        lambda inner: some.lists(inner, max_size=3) | some.dictionaries(words, inner, max_size=5),
        max_leaves=25,
    )
    _read(kind, json.dumps(chance.draw(some.dictionaries(words, tree, max_size=6))).encode())


@pytest.mark.parametrize("kind", SEEDS)
def test_what_is_real_and_then_changed_is_read_or_refused_and_nobody_who_spoke_is_passed_over(kind: str) -> None:
    """``python -m bench.fuzz`` does this for hours."""
    bag = hunt(kind, random.Random(kind), tries=300 if kind == "email" else 1500)
    assert bag.found == {}
    assert bag.ways > 8


def test_the_hunt_sees_what_is_wrong(monkeypatch: pytest.MonkeyPatch) -> None:
    def deaf(account: Account, raw: Raw) -> list[Event]:
        if b"sticker" in raw.body:
            raise KeyError("sticker")
        return []

    monkeypatch.setattr(adapter_of("line"), "receive", deaf)
    found = hunt("line", random.Random(1), tries=50).found
    assert {what.partition(":")[0] for what in found} == {"Dropped", "KeyError"}

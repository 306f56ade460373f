"""Calls are signed by the Standard Webhooks scheme."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from helpline.outside.signing import is_signed, secret_from, signed

VECTORS = Path(__file__).parents[3] / "shared" / "data" / "webhooks-standard" / "signature_vectors.json"
NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)


@pytest.mark.skipif(not VECTORS.exists(), reason="no vectors here")
def test_the_scheme_s_own_vectors_hold() -> None:
    known = [one for one in json.loads(VECTORS.read_text()) if one["scheme"] == "standard-webhooks"]
    assert {one["valid"] for one in known} == {True, False}
    for one in known:
        at = datetime.fromtimestamp(int(one["timestamp"]), UTC)
        made = signed(one["secret"], one["id"], at, one["body"].encode())
        assert (made["webhook-signature"] == one["signature"]) is one["valid"]
        given = made | {"webhook-signature": one["signature"]}
        assert is_signed(one["secret"], given, one["body"].encode(), at) is one["valid"]


def test_a_call_that_was_changed_or_is_old_or_of_another_secret_is_not_ours() -> None:
    secret, body = secret_from(b"0" * 32), b'{"a":1}'
    headers = signed(secret, "msg_1", NOW, body)
    assert is_signed(secret, headers, body, NOW + timedelta(seconds=299))
    assert not is_signed(secret, headers, body, NOW + timedelta(seconds=301))
    assert not is_signed(secret, headers, b'{"a":2}', NOW)
    assert not is_signed(secret, headers | {"webhook-id": "msg_2"}, body, NOW)
    assert not is_signed(secret_from(b"1" * 32), headers, body, NOW)
    assert not is_signed(secret, {}, body, NOW)


def test_one_right_signature_of_several_is_enough() -> None:
    secret = secret_from(b"0" * 32)
    headers = signed(secret, "msg_1", NOW, b"x")
    several = headers | {"webhook-signature": f"v1,bm8= {headers['webhook-signature']}"}
    assert is_signed(secret, several, b"x", NOW)

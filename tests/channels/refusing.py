"""A provider that refuses, over a wire, with exactly what its documentation says; and what its adapter makes of that."""

import asyncio
from dataclasses import replace
from typing import Any

import pytest

from helpline.channels.contract import Account, Failed
from helpline.channels.kinds import adapter_of
from helpline.channels.reasons import Reason
from tests.channels.accounts import ANYWHERE, out
from tests.outside.listener import Asked, Listener


def refused(kind: str, account: Account, status: int, body: Any, **headers: str) -> Failed:
    """Why a message was not sent."""

    def answer(asked: Asked) -> None:
        asked.say(body, status, **{name.replace("_", "-"): value for name, value in headers.items()})

    with Listener(answer) as provider:
        urls = dict.fromkeys(("base_url", "url", "send_url"), provider.url)
        there = replace(account, settings={**account.settings, **urls})
        with pytest.raises(Failed) as failed:
            asyncio.run(adapter_of(kind).send(there, out("1", "Hello"), ANYWHERE))
    return failed.value


def read_as(failed: Failed) -> tuple[str, str]:
    """What is done about it, and what agents read."""
    assert failed.reason is None or failed.reason in set(Reason)
    return failed.kind, str(failed.reason or "")

"""Whoever writes by LINE, WhatsApp, Telegram or e-mail is served, though providers repeat and fail and the server is killed."""

import msgspec
import pytest

from bench.storm import storm
from helpline.app.replay.dialogues import Dialogue
from helpline.app.settings import Settings
from tests.ports import free_port

TURNS = [
    ("customer", "Hello, my parcel did not arrive."),
    ("agent", "I am sorry. I have sent another one."),
    ("customer", "When will it be here? 什麼時候到？"),
    ("agent", "On Friday."),
    ("agent", "Anything else?"),
    ("customer", "No. Thanks!"),
]


@pytest.mark.timeout(600)
def test_nothing_is_lost_doubled_or_disordered_in_a_storm(settings: Settings) -> None:
    dialogues = [Dialogue(id=f"d{number}", reason="parcel", turns=TURNS) for number in range(12)]
    at = msgspec.structs.replace(settings, port=free_port())
    told = storm(at, dialogues, kills=2, trouble=0.05, seed=7, concurrency=6, agents=3, patience=120)
    assert told["ok"], told
    assert told["told_again"] > 0

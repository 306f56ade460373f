"""Our words for why a message did not arrive: each is said in every language, and each provider's errors lead to one."""

import re
from importlib import import_module
from pathlib import Path

import pytest

from helpline.channels.reasons import Meaning, Reason, Wording

LOCALES = Path(__file__).parents[2] / "web" / "desk" / "src" / "locales"
KINDS = ("email", "line", "messenger", "sms", "telegram", "whatsapp")


def told(kind: str) -> list[Reason]:
    """The reasons that a kind's table leads to."""
    table = import_module(f"helpline.channels.{kind}.errors").ERRORS
    rows: list[Meaning | Wording] = list(table.values()) if isinstance(table, dict) else list(table)
    return [one.reason for one in rows]


@pytest.mark.parametrize("language", ["en", "zh-TW"])
def test_agents_read_every_reason_and_what_to_do_about_it(language: str) -> None:
    words = (LOCALES / language / "messages.ts").read_text()
    said = re.findall(r"^    (\w+): \{ is: '[^']+', then: '[^']+[.。]' \},$", words, re.MULTILINE)
    assert sorted(said) == sorted(Reason)


def test_every_reason_is_a_sentence_and_some_provider_gives_it() -> None:
    assert [one for one in Reason if not one.meaning.endswith(".")] == []
    assert {reason for kind in KINDS for reason in told(kind)} == set(Reason) - {Reason.WITHHELD}  # that one is ours

"""The desk and the server speak of the same shapes: those of the desk are made from the server's description."""

import re

import pytest

from helpline.people.permissions import PERMISSIONS
from tools import desk_types


def test_the_types_of_the_desk_are_fresh() -> None:
    assert desk_types.FILE.read_text("utf-8") == desk_types.types(), "Run: make docs"


def test_a_type_is_as_narrow_as_its_description() -> None:
    lines = set(desk_types.types().splitlines())
    assert "export type State = 'bot' | 'waiting' | 'offered' | 'active' | 'closed';" in lines
    assert "  close_reason: CloseReason | null;" in lines
    assert "  requires: ('result' | 'reasons' | 'notes' | 'contact')[];" in lines
    assert "  file_ids?: string[];" in lines
    assert "  name: 'queued';" in lines


@pytest.mark.parametrize("language", ["en", "zh-TW"])
def test_the_desk_has_words_for_every_permission(language: str) -> None:
    words = (desk_types.FILE.parents[1] / f"locales/{language}/pages/permissions.ts").read_text()
    can = words[words.index("  can: {") :]
    for permission in PERMISSIONS:
        group, name = permission.split(".")
        assert re.search(rf"\b{group}: \{{[^}}]*\b{name}:", can), permission

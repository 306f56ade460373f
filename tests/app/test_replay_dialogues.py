"""The dialogue file: what is read, and what is said about a file that is not right."""

import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from helpline.app.cli.say import Refused
from helpline.app.replay.dialogues import read

GOOD = {"id": "one", "category": "bank", "reason": "fraud", "turns": [["customer", "Hi 你好"], ["agent", "Hello\n"]]}


def _file(folder: Path, *lines: Any) -> Path:
    file = folder / "dialogues.jsonl"
    file.write_text("\n".join(line if isinstance(line, str) else json.dumps(line) for line in lines))
    return file


def test_a_file_is_read_packed_or_not(tmp_path: Path) -> None:
    plain = _file(tmp_path, GOOD, "", {**GOOD, "id": "two", "category": None})
    packed = tmp_path / "dialogues.jsonl.gz"
    packed.write_bytes(gzip.compress(plain.read_bytes()))
    assert read(plain) == read(packed)
    one, two = read(plain)
    assert (one.heading, one.reason, two.heading) == ("bank", "fraud", "Other")
    assert one.turns == [("customer", "Hi 你好"), ("agent", "Hello\n")]
    assert one.is_answered


@pytest.mark.parametrize(
    ("lines", "sentence"),
    [
        ((GOOD, "{oops"), "line 2 is not JSON"),
        ((GOOD, GOOD, '"text"'), "line 3: Expected `object`"),
        (({**GOOD, "turns": [["robot", "beep"]]},), "line 1: Invalid enum value 'robot'"),
        (({**GOOD, "turns": [["agent", "Hello"]]},), "line 1: a dialogue begins with a turn of the customer"),
        (({**GOOD, "turns": [["customer", " \n"]]},), "line 1: a turn is empty"),
        (({**GOOD, "turns": []},), "line 1: Expected `array` of length >= 1"),
        (({**GOOD, "reason": ""},), "line 1: Expected `str` of length >= 1"),
        (("", ""), "There is no dialogue in"),
    ],
)
def test_a_wrong_file_is_refused_with_the_line(tmp_path: Path, lines: Any, sentence: str) -> None:
    with pytest.raises(Refused, match=sentence.replace("[", r"\[")):
        read(_file(tmp_path, *lines))


def test_a_file_that_is_not_there_or_not_packed_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="cannot be read: No such file"):
        read(tmp_path / "none.jsonl")
    broken = tmp_path / "broken.jsonl.gz"
    broken.write_bytes(gzip.compress(b"x" * 1000)[:20])
    with pytest.raises(Refused, match="cannot be read: it is not a whole gzip file"):
        read(broken)
    broken.write_bytes(b"plain")
    with pytest.raises(Refused, match="cannot be read: it is not a whole gzip file"):
        read(broken)

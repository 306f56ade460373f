"""Staffing asked for: over the API and on the command line, and what is said about numbers that make no sense."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.running import Running

ASKED = {"arrivals": 100, "handling": 180}
WRONG: list[tuple[dict[str, Any], str, str]] = [
    ({"agents": 9}, "agents", "At least 11 are needed"),
    ({"agents": 0}, "agents", "must be from 1"),
    ({"arrivals": 0}, "arrivals", "more than zero"),
    ({"arrivals": "nan"}, "arrivals", "more than zero"),
    ({"arrivals": 1e12}, "arrivals", "agents busy"),
    ({"handling": -3}, "handling", "more than zero"),
    ({"interval": 0}, "interval", "more than zero"),
    ({"within": -1}, "within", "zero or more"),
    ({"target": 1}, "target", "between 0 and 1"),
    ({"patience": 0}, "patience", "more than zero"),
    ({"patience": 1e9}, "patience", "nobody leaves"),
    ({"places": -1}, "places", "from 0 to"),
    ({"places": 3, "patience": 60}, "places", "no formula for both"),
]


def test_the_needed_agents_stand_among_some_fewer_and_some_more(running: Running) -> None:
    answer = running.set_up().get("/api/staffing", params={**ASKED, "target": 0.8, "within": 20})
    found = answer.json()
    assert (answer.status_code, found["needed"], found["erlangs"]) == (200, 14, pytest.approx(10))
    levels = {row["agents"]: row["service_level"] for row in found["rows"]}
    assert sorted(levels) == [12, 13, 14, 15, 16, 17, 18]
    assert levels[13] < 0.8 <= levels[14]


def test_numbers_that_make_no_sense_are_refused_with_their_field(running: Running) -> None:
    client = running.set_up()
    for query, field, sentence in WRONG:
        problem = client.get("/api/staffing", params={**ASKED, **query}).json()
        assert (problem["status"], problem["field"]) == (422, field), query
        assert sentence in problem["detail"]


def test_the_command_tells_the_same(tmp_path: Path) -> None:
    command = [
        sys.executable,
        "-m",
        "helpline",
        "staffing",
        "--handling",
        "180",
        "--arrivals",
        "20",
        "--arrivals",
        "80",
    ]
    printed = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True).stdout
    assert "14 answer 80.0% within 20 s" in printed
    assert "Class 2 of 14 agents waits" in printed
    found = json.loads(subprocess.run([*command, "--json"], cwd=tmp_path, capture_output=True, check=True).stdout)
    assert found["needed"] == 14
    assert found["waits_by_class"][0] < found["waits_by_class"][1]

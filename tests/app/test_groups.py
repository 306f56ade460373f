"""In a group of LINE's or Telegram's one answers to all of it, and sees who of it wrote."""

from collections.abc import Iterator

import pytest

from helpline.app.settings import Settings
from tests.listening import eventually

from .at_providers import At, at


@pytest.fixture(params=["line", "telegram"])
def line(request: pytest.FixtureRequest, settings: Settings) -> Iterator[At]:
    with at(request.param, settings) as found:
        yield found


def test_who_of_a_group_wrote_stands_with_each_message(line: At) -> None:
    ana, ben = line.provider.meets("Ana García"), line.provider.meets("Ben Hur")
    group = line.provider.gathers("Hikers", ana)
    line.writes(group, "Where do we meet?")
    group.speaker = ben
    line.writes(group, "And when?")
    id = line.take()
    said = eventually(lambda: found if len(found := line.messages(id)) == 2 else None)
    assert [(one["text"], one["author"]["name"]) for one in said] == [
        ("Where do we meet?", "Ana García"),
        ("And when?", "Ben Hur"),
    ]
    (conversation,) = line.conversations()
    assert conversation["contact_name"] == "Hikers"
    line.comes_to(id, line.say(id, "At the station, at nine").json()["id"], "sent")
    assert "At the station, at nine" in group.texts
    assert (ana.received, ben.received) == ([], [])


def test_a_member_whose_name_cannot_be_had_writes_all_the_same(settings: Settings) -> None:
    with at("line", settings) as line:
        group = line.provider.gathers("Hikers", line.provider.meets("Ana"))
        right, line.provider.token = line.provider.token, "another"
        line.writes(group, "hi")
        (conversation,) = eventually(line.conversations)
        line.provider.token = right
        line.writes(group, "again")
        said = eventually(lambda: found if len(found := line.messages(conversation["id"])) == 2 else None)
        assert [one["author"]["name"] for one in said] == [group.id, "Ana"]


def test_each_of_a_group_has_a_sign_of_their_own(settings: Settings) -> None:
    with at("telegram", settings) as line:
        ana, ben = line.provider.meets("Ana"), line.provider.meets("Ben")
        group = line.provider.gathers("Hikers", ana)
        message = line.writes(group, "Where do we meet?")
        for one, sign in ((ana, "👍"), (ben, "🔥"), (ana, "❤")):
            group.speaker = one
            line.provider.reacts(group, message, sign)
        line.deliver()
        id = line.take()
        signs = eventually(lambda: found if len(found := _signs(line, id)) == 2 and "❤" in str(found) else None)
        assert sorted(signs) == [("Ana", "❤"), ("Ben", "🔥")]


def _signs(line: At, id: str) -> list[tuple[str, str]]:
    (said,) = line.messages(id)
    return [(one["name"], one["emoji"]) for one in (said["details"] or {}).get("reactions", [])]

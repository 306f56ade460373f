"""Settings that name a row: it has to be there, and leaves the workspace under its name."""

import pytest
from msgspec import Struct

from helpline.core import Tx
from helpline.session_settings.references import TeamId, UnknownSetting, check_references, references, renamed
from tests.make import World


class _Overflow(Struct, kw_only=True):
    overflow_team: TeamId = ""
    teams: list[TeamId] = []
    longest: int = 0


def test_fields_that_name_rows_are_known_by_their_type() -> None:
    assert references(_Overflow) == {"overflow_team": "team", "teams": "team"}


def test_a_row_that_is_not_here_is_refused_by_the_name_of_the_field(world: World) -> None:
    def check(tx: Tx, **fields: object) -> None:
        check_references(tx, "queue", _Overflow, fields)

    world.do(None, check, overflow_team=world.team, teams=[world.team])
    world.do(None, check, overflow_team="", longest=5)
    with pytest.raises(UnknownSetting) as refused:
        world.do(None, check, teams=[world.team, "nobody"])
    assert refused.value.field == "queue.teams"


def test_ids_are_exchanged_for_names_one_or_several() -> None:
    names = {"1": "Support", "2": "Sales"}
    assert renamed("1", names.__getitem__) == "Support"
    assert renamed(["1", "2"], names.__getitem__) == ["Support", "Sales"]
    assert renamed("", names.__getitem__) == ""

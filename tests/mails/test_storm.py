"""Mails of all shapes by real servers, while the line is cut, Helpline killed and the mailbox numbered anew: each is there once."""

import msgspec
import pytest

from bench.mails.run import cut, kill_helpline, play, renumber, storm_over
from helpline.app.settings import Settings
from tests.mail_servers import WITH_DOVECOT, WITH_POSTFIX
from tests.ports import free_port

pytestmark = [WITH_DOVECOT, WITH_POSTFIX]


@pytest.mark.timeout(600)
def test_every_mail_is_taken_in_once_and_where_it_belongs(settings: Settings) -> None:
    with storm_over(msgspec.structs.replace(settings, port=free_port())) as storm:
        told = play(storm, 120, ((cut, kill_helpline, renumber), (), (), ()))
    assert told["faults"] == {}
    assert told["blows"] == ["cut", "kill_helpline", "renumber"]
    assert told["mails"] == told["messages"] + told["reports"] + told["quarantined"]
    assert told["reports"] > 0
    assert told["quarantined"] > 0
    assert told["greeted"] > 0
    assert told["ok"]

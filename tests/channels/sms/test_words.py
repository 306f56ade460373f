"""By which words people want no more messages."""

import pytest

from helpline.channels.inbound import OPTED_OUT, Reachable, Said, Who
from helpline.channels.sms.words import with_wish

WHO = Who(address="+15550100")


@pytest.mark.parametrize("text", ["STOP", "stop", " Stop. ", '"STOP"', "Stop!!", "opt-out", "Stop all", "退訂"])
def test_who_says_so_wants_no_more(text: str) -> None:
    said = Said(external_id="1", who=WHO, text=text)
    assert with_wish(said) == [said, Reachable(who=WHO, reachable=False, why=OPTED_OUT, said_by="1")]


@pytest.mark.parametrize("text", ["START", "start.", "Yes", "訂閱"])
def test_who_says_so_wants_them_again(text: str) -> None:
    said = Said(external_id="1", who=WHO, text=text)
    assert with_wish(said) == [said, Reachable(who=WHO, reachable=True, why="opted_in", said_by="1")]


@pytest.mark.parametrize("text", ["Please stop the delivery", "I said stop", "", "…", "At the end", "No"])
def test_who_says_something_else_is_only_heard(text: str) -> None:
    said = Said(external_id="1", who=WHO, text=text)
    assert with_wish(said) == [said]

"""A node that is told to stop: it says so first, serves on for a while, and hands its clients over."""

import signal

import httpx
import msgspec

from bench.victims import Victim
from helpline.app.health import NodeLeaving
from helpline.app.settings import Settings
from helpline.core import new_id
from tests.listening import code_of, eventually, new_visitor, of_type, open_chat, open_desk, say, until
from tests.ports import free_port
from tests.running import Running


def test_it_says_so_serves_on_and_sends_its_clients_away(shared: Settings) -> None:
    with Running(shared) as other:
        admin = other.set_up()
        token = new_visitor(other, admin)
        leaving = Victim(msgspec.structs.replace(shared, port=free_port(), drain=600))
        with open_desk(leaving, admin) as (desk, _), open_chat(leaving, token) as (visitor, _):
            leaving.send(signal.SIGTERM)
            told = eventually(lambda: _refusal(leaving))
            assert (told["status"], told["code"]) == (503, NodeLeaving.code())
            say(visitor, type="send", id=new_id(), text="still served")
            message = until(visitor, of_type("ack"))["message"]
            leaving.send(signal.SIGTERM)  # told twice, it does not wait any longer
            assert (code_of(desk), code_of(visitor)) == (1012, 1012)
        leaving.wait()
        assert admin.get("/api/agents").json()[0]["connected"] is False
        with open_chat(other, token) as (_, view):
            assert message in view["messages"]


def _refusal(node: Victim) -> dict[str, object] | None:
    answer = httpx.get(f"{node.url}/health", timeout=60)
    return answer.json() if answer.status_code != 200 else None

"""The simulators on a port: what goes over a wire, and what goes wrong there."""

import httpx
import pytest

from helpline.app.simulating_channels.line import Line
from helpline.app.simulating_channels.provider import Fault
from helpline.app.simulating_channels.server import Courier, Server
from helpline.app.simulating_channels.telegram import Telegram
from tests.outside.listener import Listener
from tests.running import PATIENCE


def push(server: Server, line: Line, to: str, words: str) -> httpx.Response:
    given = {"to": to, "messages": [{"type": "text", "text": words}]}
    headers = {"authorization": f"Bearer {line.token}"}
    return httpx.post(f"{server.url}/line/v2/bot/message/push", json=given, headers=headers, timeout=PATIENCE)


def test_each_provider_is_below_its_name() -> None:
    line, telegram = Line(), Telegram()
    ana = line.meets("Ana")
    with Server({"line": line, "telegram": telegram}) as server:
        assert push(server, line, ana.id, "Hello").status_code == 200
        me = httpx.get(f"{server.url}/telegram/bot{telegram.token}/getMe", timeout=PATIENCE).json()
        assert me["result"]["is_bot"]
        assert httpx.get(f"{server.url}/viber/", timeout=PATIENCE).status_code == 404
    assert ana.texts == ["Hello"]


def test_an_answer_can_be_lost_before_or_after_it_is_heard() -> None:
    line = Line()
    ana = line.meets("Ana")
    with Server({"line": line}) as server:
        line.faults.extend([Fault(503), Fault(0), Fault(0, is_heard=True), Fault(500, is_heard=True)])
        assert push(server, line, ana.id, "1").status_code == 503
        for words in ("2", "3"):
            with pytest.raises(httpx.RemoteProtocolError):
                push(server, line, ana.id, words)
        assert push(server, line, ana.id, "4").status_code == 500
    assert ana.texts == ["3", "4"]


def test_hooks_are_told_as_things_happen() -> None:
    with Listener(lambda asked: asked.say({})) as listener:
        line = Line(listener.url)
        with Courier(line):
            line.says(line.meets("Ana"), "hi")
            while not listener.heard:
                listener.over.wait(0.01)
        headers, body = listener.heard[0]
        assert headers["x-line-signature"]
        assert b'"text":"hi"' in body

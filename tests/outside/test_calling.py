"""One call to a server outside, against real servers: guarded, bounded in time and size."""

import asyncio
import socket
from collections.abc import Iterator

import pytest

from helpline.outside import Answer, NoAnswer, Outside

from .listener import Asked, Listener

HERE = Outside("127.0.0.1")


@pytest.fixture
def server() -> Iterator[Listener]:
    with Listener(lambda asked: asked.say({"team_id": "1"})) as listening:
        yield listening


def call(url: str, within: float = 5.0, outside: Outside = HERE) -> Answer:
    return asyncio.run(outside.post(url, b'{"a":1}', {"x-own": "1"}, within=within))


def no_answer(url: str, within: float = 5.0, outside: Outside = HERE) -> NoAnswer:
    with pytest.raises(NoAnswer) as failed:
        call(url, within, outside)
    return failed.value


def failure(url: str, within: float = 5.0, outside: Outside = HERE) -> str:
    return no_answer(url, within, outside).why


def test_the_answer_comes_back_as_it_is_and_the_request_arrives_whole(server: Listener) -> None:
    answer = call(server.url)
    assert (answer.status, answer.body) == (200, b'{"team_id": "1"}')
    [(headers, body)] = server.heard
    assert body == b'{"a":1}'
    assert (headers["x-own"], headers["host"]) == ("1", f"127.0.0.1:{server.port}")


def test_an_error_status_is_an_answer_too(server: Listener) -> None:
    server.answering = lambda asked: asked.say(b"no", 500)
    assert call(server.url).status == 500


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "2130706433", "0x7f.1", "[::1]", "[::ffff:127.0.0.1]"])
def test_this_machine_is_not_called_by_whatever_name(server: Listener, host: str) -> None:
    assert failure(f"https://{host}/", outside=Outside()) == "refused_address"
    assert failure(f"http://{host}:{server.port}/", outside=Outside()) == "refused_address"
    assert server.heard == []


def test_only_https_on_its_own_port_is_called_unless_the_host_is_listed() -> None:
    for url in ("http://example.com/", "https://example.com:8443/"):
        assert failure(url, outside=Outside()) == "refused_address"


def test_a_redirect_is_not_followed_wherever_it_leads(server: Listener) -> None:
    with Listener(lambda asked: asked.say({"team_id": "2"})) as inner:
        server.answering = lambda asked: asked.say(b"", 307, location=inner.url)
        assert failure(server.url) == "redirected"
        assert inner.heard == []


def test_a_server_that_says_nothing_is_not_waited_for(server: Listener) -> None:
    server.answering = server.keep_waiting
    assert failure(server.url, within=0.2) == "timeout"


def test_what_was_heard_and_not_answered_may_have_arrived(server: Listener) -> None:
    server.answering = server.keep_waiting
    lost = no_answer(server.url)
    assert (lost.why, lost.may_have_arrived) == ("timeout", True)
    server.answering = lambda asked: asked.connection.close()
    assert no_answer(server.url).may_have_arrived


def test_what_was_never_sent_has_not_arrived(server: Listener) -> None:
    with socket.socket() as full:
        full.bind(("127.0.0.1", 0))
        full.listen(0)
        with socket.create_connection(full.getsockname()):  # nobody takes it, and no other is let in
            lost = no_answer(f"http://127.0.0.1:{full.getsockname()[1]}/", within=1.0)
            assert (lost.why, lost.may_have_arrived) == ("timeout", False)
    certified = no_answer(f"https://127.0.0.1:{server.port}/")  # it speaks no TLS
    assert not certified.may_have_arrived


def test_an_answer_that_trickles_is_not_waited_for_either(server: Listener) -> None:
    server.answering = server.trickle
    assert failure(server.url, within=0.3) == "timeout"
    assert server.hung_up.wait(60)


def test_a_trickling_head_is_not_waited_for(server: Listener) -> None:
    def slowly(asked: Asked) -> None:
        while not server.over.wait(0.05):
            asked.wfile.write(b"H")
            asked.wfile.flush()

    server.answering = slowly
    assert failure(server.url, within=0.3) == "timeout"


def test_an_answer_that_is_too_large_is_not_read_to_its_end(server: Listener) -> None:
    def at_length(asked: Asked) -> None:
        asked.send_response(200)
        asked.end_headers()
        while True:
            asked.wfile.write(b" " * 65_536)

    server.answering = at_length
    assert failure(server.url) == "too_large"
    assert server.hung_up.wait(60)


def test_nobody_there_and_what_is_not_http_are_unreachable(server: Listener) -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        assert failure(f"http://127.0.0.1:{closed.getsockname()[1]}/") == "unreachable"
    server.answering = lambda asked: asked.wfile.write(b"not http\r\n\r\n")
    assert failure(server.url) == "unreachable"
    assert failure("https://nobody.invalid/", outside=Outside()) == "unreachable"

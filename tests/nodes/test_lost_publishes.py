"""Whatever happens to Redis only delays: nothing is skipped, doubled or out of order, and nothing fails."""

import itertools
import threading
from collections.abc import Callable, Iterator

import pytest
from redis import Redis
from websockets.sync.client import ClientConnection

from bench.redis_server import RedisServer
from helpline.core import new_id
from tests.listening import Frame, eventually, new_visitor, of_type, open_chat, open_desk, say, until, upserted
from tests.nodes.conftest import Pair, is_up
from tests.running import Running


class Talk:
    """A visitor on one node writes numbers; a desk on the other one notes what it hears."""

    def __init__(self, visitor: ClientConnection, desk: ClientConnection) -> None:
        self._visitor, self._desk = visitor, desk
        self._numbers = itertools.count(1)
        self.heard: list[str] = []
        self.seqs: list[int] = []

    def write(self, many: int) -> None:
        """Write, one acknowledged after the other."""
        for number in itertools.islice(self._numbers, many):
            say(self._visitor, type="send", id=new_id(), text=str(number))
            until(self._visitor, of_type("ack"))

    def hear(self, up_to: int) -> None:
        """Until this number is heard."""
        until(self._desk, lambda frame: self._note(frame) or str(up_to) in self.heard)

    def _note(self, frame: Frame) -> None:
        if frame["type"] == "update":
            self.seqs.append(frame["seq"])
        self.heard += [row["text"] for row in upserted("message")(frame) or [] if row["author"]["kind"] == "contact"]

    def check(self, up_to: int) -> None:
        """Everything was heard once and in order."""
        assert self.heard == [str(number) for number in range(1, up_to + 1)]
        assert self.seqs == sorted(set(self.seqs))


@pytest.fixture
def talk(nodes: Pair) -> Iterator[Talk]:
    """A conversation over two nodes that has begun."""
    one, other = nodes
    admin = one.set_up()
    token = new_visitor(one, admin)
    with open_desk(other, admin) as (desk, _), open_chat(one, token) as (visitor, _):
        begun = Talk(visitor, desk)
        begun.write(1)
        begun.hear(1)
        yield begun


def _during(disturb: Callable[[], None], work: Callable[[], None]) -> None:
    """Do both at the same time."""
    disturbing = threading.Thread(target=disturb)
    disturbing.start()
    work()
    disturbing.join()


def test_redis_killed_and_started_again(nodes: Pair, redis: RedisServer, talk: Talk) -> None:
    def restart() -> None:
        redis.stop()
        eventually(lambda: not any(map(is_up, nodes)))
        redis.start()

    _during(restart, lambda: talk.write(60))
    talk.hear(61)
    eventually(lambda: all(map(is_up, nodes)))
    talk.write(5)
    talk.hear(66)
    talk.check(66)


def test_lines_to_redis_cut_again_and_again(redis: RedisServer, talk: Talk) -> None:
    def cut() -> None:
        with Redis.from_url(redis.url) as client:
            for kind in ("pubsub", "normal") * 15:
                client.client_kill_filter(_type=kind, skipme=True)

    _during(cut, lambda: talk.write(60))
    talk.hear(61)
    talk.check(61)


def test_redis_that_holds_still_without_a_word(nodes: Pair, redis: RedisServer, talk: Talk) -> None:
    redis.freeze()
    talk.write(5)
    talk.hear(6)
    eventually(lambda: not any(map(is_up, nodes)))
    talk.write(5)
    talk.hear(11)
    redis.thaw()
    eventually(lambda: all(map(is_up, nodes)))
    talk.write(5)
    talk.hear(16)
    talk.check(16)


def test_a_node_starts_and_serves_while_redis_is_away(nodes: Pair, redis: RedisServer) -> None:
    one, other = nodes
    redis.stop()
    eventually(lambda: not any(map(is_up, nodes)))
    admin = one.set_up()
    with Running(one.settings) as third:
        assert third.client().get("/health").json()["redis"] == "away"
        with open_desk(third, admin) as (desk, _), open_chat(other, new_visitor(other, admin)) as (visitor, _):
            talk = Talk(visitor, desk)
            talk.write(3)
            talk.hear(3)
            redis.start()
            eventually(lambda: is_up(third) and is_up(other))
            talk.write(3)
            talk.hear(6)
            talk.check(6)

"""The past few working days: who was there when, and who wrote when."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from typing import TypeVar

from sqlalchemy import func, select

from helpline.conversations import Conversation, State
from helpline.core import Actor, Tx, new_id
from helpline.people import Availability, presence
from helpline.people.queries import teams_of
from helpline.webchat import actions as webchat
from helpline.webchat.shapes import VisitorIn, VisitorMessageIn

from .cast import CUSTOMERS, CUSTOMERS_IN_TAIWAN, Customer
from .dialogues import Dialogue, read
from .past import Past, Story
from .service import Service
from .workspace import SHOP, SHOP_TAIWAN, Workspace

OPENS, CLOSES = time(8), time(18)
DAYS = 5
LAST_CALL = timedelta(hours=1)
"""Nobody new writes in the last hour, so that everything comes to its end before the lights go out."""
SERVICES = 150
LEFT_IN_WRAP_UP = 4
UNNAMED = 0.2
"""How many visitors do not give their name."""
TOO_EARLY = (
    "Good morning! Anybody there yet?",
    "Hi, do you ship to Iceland?",
    "Hello? I have a question about a refund.",
)
BROWSERS = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0",
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 Version/18.5 Mobile/15E148 Safari/604.1",
    "Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Mobile Safari/537.36",
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 Version/18.5 Safari/605.1.15",
)
Card = TypeVar("Card")


def working_days(now: datetime) -> list[tuple[datetime, datetime]]:
    """When the shop was open lately, Monday to Friday in the local time of ``now``, all of it over by ``now``."""
    days: list[tuple[datetime, datetime]] = []
    end = now - timedelta(minutes=30)
    date = now.date()
    while len(days) < DAYS:
        opens, closes = (datetime.combine(date, hour, now.tzinfo) for hour in (OPENS, CLOSES))
        if date.weekday() < 5 and end - opens > 2 * LAST_CALL:
            days.insert(0, (opens, min(closes, end)))
        date -= timedelta(days=1)
    return days


@dataclass
class Days:
    """Fills the past with working days."""

    past: Past
    workspace: Workspace
    chance: random.Random
    visitors: dict[tuple[str, str], Actor] = field(default_factory=dict)
    inside: set[str] = field(default_factory=set)
    """Visitors who are being served."""

    def fill(self, days: list[tuple[datetime, datetime]]) -> None:
        """Put everything into the past that is to happen on these days."""
        for opens, closes in days:
            for place, agent in enumerate(self.workspace.agents):
                lunch = opens + timedelta(hours=3.5 + 0.5 * place)
                comes = opens + timedelta(minutes=self.chance.uniform(0, 8))
                self.past.begin(comes, self.work(agent, lunch, closes))
            self.past.begin(opens - timedelta(minutes=self.chance.uniform(10, 40)), self.leave_early())
        moments = sorted(self._moments(days))
        plan = zip(moments, self._dialogues(), strict=False)
        for number, (at, (dialogue, customer)) in enumerate(plan, 1):
            wrap_up = number > SERVICES - LEFT_IN_WRAP_UP
            self.past.begin(at, self.visit(dialogue, customer, is_left_in_wrap_up=wrap_up))

    def work(self, agent: Actor, lunch: datetime, closes: datetime) -> Story:
        """An agent's day. They go when the shop has closed and nothing is open in their teams."""
        connection_id = new_id()
        self.past.do(agent, presence.connect, agent.id, connection_id, "demo")
        self._become(agent, Availability.READY)
        if lunch + timedelta(hours=1) < closes:
            yield (lunch - self.past.now).total_seconds()
            self._become(agent, Availability.BREAK, self.workspace.lunch_id)
            yield self.chance.uniform(35, 50) * 60
            self._become(agent, Availability.READY)
        yield (closes - self.past.now).total_seconds()
        while self.past.do(agent, _open_in_teams_of, agent.id):
            yield 60
        self._become(agent, Availability.OFFLINE)
        self.past.do(agent, presence.disconnect, connection_id)

    def visit(self, dialogue: Dialogue, customer: Customer, *, is_left_in_wrap_up: bool) -> Story:
        """A customer opens the chat and is served."""
        visitor = self._visitor(dialogue.shop, customer)
        while visitor.id in self.inside:  # they still talk about something else
            yield 300
        self.inside.add(visitor.id)
        service = Service(self.past, self.workspace, self.chance, customer, visitor, dialogue, is_left_in_wrap_up)
        yield from service.go()
        self.inside.discard(visitor.id)

    def leave_early(self) -> Story:
        """Somebody writes before the shop opens, waits a while and goes."""
        visitor = self._visitor(SHOP, Customer(""))
        chat = self.workspace.chats[SHOP]
        said = VisitorMessageIn(id=new_id(), text=self.chance.choice(TOO_EARLY), page="/")
        self.past.do(visitor, webchat.write, chat, said)
        yield self.chance.uniform(90, 400)
        self.past.do(visitor, lambda tx: webchat.leave(tx).conversation is None)

    def _moments(self, days: list[tuple[datetime, datetime]]) -> Iterator[datetime]:
        hours = [(closes - LAST_CALL - opens).total_seconds() for opens, closes in days]
        for _ in range(SERVICES):
            [place] = self.chance.choices(range(len(days)), hours)
            # Half of a day's customers come in two waves, as they do after a newsletter; then somebody has to wait.
            into = self.chance.choice(
                (self.chance.uniform(0, 1), self.chance.gauss(0.25, 0.01), self.chance.gauss(0.6, 0.01))
            )
            yield days[place][0] + timedelta(seconds=hours[place] * min(max(into, 0.0), 1.0))

    def _dialogues(self) -> Iterator[tuple[Dialogue, Customer]]:
        english, chinese = deck(self.chance, read("en")), deck(self.chance, read("zh-TW"))
        named, named_in_taiwan = deck(self.chance, CUSTOMERS), deck(self.chance, CUSTOMERS_IN_TAIWAN)
        while True:
            in_taiwan = self.chance.random() < 0.33
            customer = next(named_in_taiwan if in_taiwan else named)
            unnamed = self.chance.random() < UNNAMED and not in_taiwan
            yield next(chinese if in_taiwan else english), Customer("") if unnamed else customer

    def _visitor(self, shop: str, customer: Customer) -> Actor:
        known = self.visitors.get((shop, customer.name))
        if known is not None and customer.name:
            return known
        channel_id = self.workspace.chats[shop].line.channel_id
        locale, zone = ("zh-TW", "Asia/Taipei") if shop == SHOP_TAIWAN else ("en", "Europe/London")
        given = VisitorIn(name=customer.name, email=customer.email, locale=locale, time_zone=zone)
        id = self.past.do(None, webchat.enter, channel_id, given, BROWSERS[len(self.visitors) % len(BROWSERS)])
        visitor = Actor("visitor", self.past.workspace_id, id, channel_id=channel_id)
        self.visitors[shop, customer.name] = visitor
        return visitor

    def _become(self, agent: Actor, state: Availability, reason_id: str | None = None) -> None:
        self.past.do(agent, lambda tx: presence.set_availability(tx, agent.id, state, reason_id).state)


def deck(chance: random.Random, cards: Sequence[Card]) -> Iterator[Card]:
    """The cards, shuffled anew each time they are used up."""
    while True:
        yield from chance.sample(cards, len(cards))


def _open_in_teams_of(tx: Tx, agent_id: str) -> int:
    row = Conversation
    mine = (row.workspace_id == tx.workspace_id, row.state != State.CLOSED, row.team_id.in_(teams_of(tx, agent_id)))
    return tx.db.scalar(select(func.count()).where(*mine)) or 0

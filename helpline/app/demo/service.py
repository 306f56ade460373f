"""One service as it went: a customer writes, whoever routing finds answers, a service record remains."""

import random
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import select

from helpline.contacts import Contact
from helpline.contacts import actions as contacts
from helpline.conversations import Conversation, identifying, rating, serving
from helpline.conversations.answering import send
from helpline.conversations.shapes import MessageIn
from helpline.core import Actor, Tx, new_id
from helpline.service_records import actions as records
from helpline.webchat import actions as webchat
from helpline.webchat.shapes import VisitorMessageIn

from .cast import Customer
from .dialogues import Dialogue, Turn, filled, words_for
from .past import Past, Story
from .workspace import Workspace

RATE = 0.4
"""How many of those who are asked say what they thought."""
STARS, OFTEN = (1, 2, 3, 4, 5), (1, 1, 3, 9, 16)


@dataclass
class Service:
    """One service on its way."""

    past: Past
    workspace: Workspace
    chance: random.Random
    customer: Customer
    visitor: Actor
    dialogue: Dialogue
    is_left_in_wrap_up: bool = False
    conversation_id: str = ""
    agent: Actor | None = None
    is_known: bool = False

    def go(self) -> Story:
        """The whole of it."""
        words = words_for(self.customer.name, self.chance)
        for turn in self.dialogue.turns(words, self.chance):
            yield self._while_writing(turn)
            if turn.who == "C":
                self._customer_says(self._naming_agent(turn.text), filled(self.dialogue.page, words, self.chance))
                continue
            yield from self._served()
            if self.agent is not None:
                self._agent_does(self.agent, turn)
        yield self.chance.uniform(15, 60)
        if self.dialogue.ends == "contact" or self.is_left_in_wrap_up:
            self.past.do(self.visitor, lambda tx: webchat.leave(tx).conversation is None)
        if self.is_left_in_wrap_up:
            return
        yield self.chance.uniform(20, 150)
        self._complete(filled(self.dialogue.notes, words, self.chance))
        if self.chance.random() < RATE:
            yield self.chance.uniform(20, 300)
            self.past.do(self.visitor, _rate, self.conversation_id, self.chance.choices(STARS, OFTEN)[0])

    def _while_writing(self, turn: Turn) -> float:
        asian = any("一" <= sign <= "鿿" for sign in turn.text)
        return self.chance.uniform(6, 25) + len(turn.text) * self.chance.uniform(0.15, 0.3) * (3 if asian else 1)

    def _naming_agent(self, text: str) -> str:
        return text.replace("{agent}", self.agent.name.split(" ")[0] if self.agent else "")

    def _customer_says(self, text: str, page: str) -> None:
        chat = self.workspace.chats[self.dialogue.shop]
        said = self.past.do(self.visitor, webchat.write, chat, VisitorMessageIn(id=new_id(), text=text, page=page))
        self.conversation_id = said.conversation_id

    def _served(self) -> Iterator[float]:
        """Wait until somebody is in charge."""
        while self.agent is None:
            id = self.past.do(None, lambda tx: tx.get(Conversation, self.conversation_id).agent_id)
            self.agent = next((agent for agent in self.workspace.agents if agent.id == id), None)
            if self.agent is None:
                yield 10.0

    def _agent_does(self, agent: Actor, turn: Turn) -> None:
        if turn.who == "T":
            team, note = turn.text.split(" | ")
            self.past.do(agent, _transfer, self.conversation_id, self.workspace.teams[team], note)
            self.agent = None
            return
        said = MessageIn(id=new_id(), text=self._naming_agent(turn.text))
        if turn.who == "N":
            said.visibility = "internal"
        self.past.do(agent, send, self.conversation_id, said)
        if self.customer.email and not self.is_known and self.chance.random() < 0.4:
            self.past.do(agent, _identify, self.conversation_id, self.customer)
            self.is_known = True

    def _complete(self, notes: str) -> None:
        chosen = {
            "result_id": self.workspace.results[self.dialogue.result],
            "reason_ids": [self.workspace.reasons[self.dialogue.reason]],
        }
        self.past.do(self.agent, _complete, self.conversation_id, {"notes": notes, **chosen})


def _transfer(tx: Tx, conversation_id: str, team_id: str, note: str) -> None:
    serving.transfer(tx, conversation_id, agent_id=None, team_id=team_id, note=note)


def _rate(tx: Tx, conversation_id: str, stars: int) -> None:
    if tx.get(Conversation, conversation_id).rating_asked_at is not None:
        rating.rate(tx, conversation_id, stars=stars, reasons=[0, 1] if stars > 3 else [3])


def _identify(tx: Tx, conversation_id: str, customer: Customer) -> None:
    if tx.get(Conversation, conversation_id).contact_id is not None:
        return
    known = select(Contact).where(Contact.workspace_id == tx.workspace_id, Contact.email == customer.email)
    contact = tx.db.scalar(known) or contacts.add(tx, **asdict(customer))
    identifying.identify(tx, conversation_id, contact)


def _complete(tx: Tx, conversation_id: str, chosen: dict[str, Any]) -> None:
    records.complete(tx, str(tx.get(Conversation, conversation_id).record_id), **chosen)

"""What a simulated visitor does with a card of teams: chooses one, whichever."""

import asyncio
import random
from contextlib import suppress

from . import frames
from .api import Api, Refusal


class Choosing:
    """The card that one visitor sees, answered once at a time; after a cut it may have to be answered again."""

    def __init__(self, api: Api) -> None:
        self._api = api
        self._answers: set[asyncio.Future[None]] = set()

    def see(self, conversation: frames.VisitorConversation | None, token: str) -> None:
        """It is shown how the conversation stands."""
        if conversation is not None and conversation.teams and not self._answers:
            answer = asyncio.ensure_future(self._choose(conversation, token))
            self._answers.add(answer)
            answer.add_done_callback(self._answers.discard)

    async def _choose(self, conversation: frames.VisitorConversation, token: str) -> None:
        chosen = {"conversation_id": conversation.id, "team_id": random.choice(conversation.teams).id}
        with suppress(Refusal):  # it is over, or the team is gone
            await self._api.known_by(token).post("/api/webchat/team", chosen)

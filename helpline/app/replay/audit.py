"""The last word: what the database holds, asked through the API when all is played."""

import asyncio
from dataclasses import dataclass

from . import frames
from .api import Api
from .play import Play
from .stage import Stage
from .verdict import Faults, judge

AT_ONCE = 8
WITHIN = 120.0
"""Seconds that a server may be away before the replay ends without a verdict."""


@dataclass
class Finding:
    """What is kept of one dialogue."""

    faults: Faults
    completed: bool = False
    wrong_reason: bool = False
    wrong_result: bool = False


async def audit(admin: Api, plays: list[Play], stage: Stage) -> list[Finding]:
    """Look at every conversation and service record."""
    few = asyncio.Semaphore(AT_ONCE)

    async def one(play: Play) -> Finding:
        async with few, asyncio.timeout(WITHIN):
            return await _look_at(admin, play, stage)

    return list(await asyncio.gather(*(one(play) for play in plays)))


async def _look_at(admin: Api, play: Play, stage: Stage) -> Finding:
    finding = Finding(judge(play, await _messages(admin, play.conversation_id)))
    if play.record_id:
        record = await admin.get(f"/api/records/{play.record_id}")
        expected = stage.reasons[play.dialogue.heading, play.dialogue.reason]
        finding.completed = record["state"] == "completed"
        finding.wrong_reason = finding.completed and [reason["id"] for reason in record["reasons"]] != [expected]
        finding.wrong_result = finding.completed and (record["result"] or {}).get("id") != stage.result_id
    return finding


async def _messages(admin: Api, conversation_id: str) -> list[frames.Message]:
    found: list[frames.Message] = []
    more = bool(conversation_id)
    while more:
        after = found[-1].seq if found else 0
        answer = await admin.get(f"/api/conversations/{conversation_id}/messages", after=after, limit=200)
        page = frames.messages(answer)
        found += page.items
        more = page.more
    return found

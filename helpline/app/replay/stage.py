"""Before the first dialogue: the administrator, the agents, the service reasons, a web chat. After the last: out again."""

import asyncio
import secrets
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from ..cli.say import Refused
from .api import Api, Refusal, Server
from .desks import Desk, Floor
from .dialogues import Dialogue

MADE_HERE = "helpline replay"
"""The name of the API tokens that a replay makes, and by which it finds those of an earlier one."""
RESULT = "Replayed"


@dataclass(frozen=True)
class Stage:
    """What a dialogue needs of the installation."""

    public_key: str
    result_id: str
    reasons: dict[tuple[str, str], str]


async def administrator(server: Server, email: str, password: str, *, needs_setup: bool) -> Api:
    """A way in with an API token of the administrator, after setting the installation up if nobody did."""
    if needs_setup:
        first = {"workspace_name": "Replay", "name": "Replay", "email": email, "password": password}
        with suppress(_Already):
            async with server.browser() as browser:
                await _tolerant(Api(browser, server.way()), "/api/setup", first, "already_set_up")
    return await server.api(await _token(server, email, password))


async def furnish(admin: Api, dialogues: list[Dialogue]) -> tuple[Stage, list[str]]:
    """The choices that the dialogues need, and the web chat they come by; also the ids of the teams behind it."""
    channels = [row for row in await admin.get("/api/channels") if row["active"] and row["kind"] == "webchat"]
    if not channels:
        raise Refused("There is no active web chat; add one in the settings.")
    team_ids = await _teams(admin, channels[0]["category_id"])
    result_id = await _listed(admin, "/api/results", {"label": RESULT})
    reasons: dict[tuple[str, str], str] = {}
    for dialogue in dialogues:
        key = (dialogue.heading, dialogue.reason)
        if key not in reasons:
            parent = await _listed(admin, "/api/reasons", {"label": dialogue.heading, "parent_id": None})
            reasons[key] = await _listed(admin, "/api/reasons", {"label": dialogue.reason, "parent_id": parent})
    return Stage(channels[0]["public_key"], result_id, reasons), team_ids


async def agents(server: Server, admin: Api, floor: Floor, team_ids: list[str], many: int, limit: int) -> None:
    """Simulated agents of these teams, made or found again, each with a token of its own."""

    async def one(number: int) -> Desk:
        email, password = f"replay-agent-{number}@replay.invalid", secrets.token_urlsafe(24)
        fields = {"password": password, "limit": limit, "team_ids": team_ids}
        agent_id = await _agent(admin, email, f"Replay agent {number}", fields)
        api = await server.api(await _token(server, email, password))
        return Desk(floor, api, server.way(), agent_id, email)

    floor.desks = list(await asyncio.gather(*(one(number) for number in range(1, many + 1))))


async def clear(admin: Api, floor: Floor, *, keep_admin_token: bool) -> None:
    """Have the simulated agents take nothing more, and withdraw the tokens that were made."""
    for desk in floor.desks:
        with suppress(Refusal):
            await desk.leave()
    for api in [*(desk.api for desk in floor.desks), *([] if keep_admin_token else [admin])]:
        await _withdraw_tokens(api)


async def _teams(admin: Api, category_id: str) -> list[str]:
    """The category's team; where somebody else says which team serves, all that there are."""
    settings = await admin.get(f"/api/channel-categories/{category_id}/session-settings")
    if settings["in_force"]["allocation"]["policy"] != "automatic":
        return [row["id"] for row in await admin.get("/api/teams") if row["active"]]
    categories = {row["id"]: row for row in await admin.get("/api/channel-categories")}
    return [categories[category_id]["team_id"]]


async def _agent(admin: Api, email: str, name: str, fields: dict[str, Any]) -> str:
    try:
        return str(
            (await _tolerant(admin, "/api/agents", {"email": email, "name": name, **fields}, "email_taken"))["id"]
        )
    except _Already:
        known = next(row["id"] for row in await admin.get("/api/agents") if row["email"] == email)
        await admin.call("PATCH", f"/api/agents/{known}", json={"active": True, "name": name, **fields})
        return str(known)


async def _listed(admin: Api, path: str, wanted: dict[str, Any]) -> str:
    """The id of the choice on a list, put there if it is missing."""
    while True:
        for row in await admin.get(path):
            if wanted.items() <= row.items():
                return str(row["id"])
        with suppress(_Already):
            return str((await _tolerant(admin, path, wanted, "label_taken"))["id"])


async def _token(server: Server, email: str, password: str) -> str:
    """Sign in and make an API token, the only one of its name."""
    async with server.browser() as browser:
        signed_in = Api(browser, server.way())
        session = await _sign_in(signed_in, email, password)
        signed_in.headers["x-csrf-token"] = session["csrf"]
        await _withdraw_tokens(signed_in)
        return str((await signed_in.post("/api/tokens", {"name": MADE_HERE}))["token"])


async def _sign_in(browser: Api, email: str, password: str) -> Any:
    """A session. A password that an administrator set is good for one sign-in, which chooses another."""
    given = {"email": email, "password": password}
    try:
        return await browser.post("/api/session", given)
    except Refusal as refusal:
        if refusal.code != "password_due":
            raise
    own = f"{password}-own"
    try:
        return await browser.post("/api/session", {**given, "new_password": own})
    except Refusal as refusal:
        if refusal.code != "wrong_credentials":  # chosen by an earlier try, whose answer was lost
            raise
        return await browser.post("/api/session", {"email": email, "password": own})


async def _withdraw_tokens(api: Api) -> None:
    with suppress(Refusal):  # the last one withdraws the very token that asks
        for row in await api.get("/api/tokens"):
            if row["name"] == MADE_HERE:
                await api.ask("DELETE", f"/api/tokens/{row['id']}")


class _Already(Exception):
    """It is there already: made by an earlier run, or by an earlier try whose answer was lost."""


async def _tolerant(api: Api, path: str, given: dict[str, Any], code: str) -> Any:
    try:
        return await api.post(path, given)
    except Refusal as refusal:
        if refusal.code == code:
            raise _Already from None
        raise

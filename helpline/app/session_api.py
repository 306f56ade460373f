"""Routes to set up, sign in and sign out."""

import asyncio
from typing import Annotated, Any, NamedTuple

from litestar import Request, Response
from litestar.datastructures import Cookie
from msgspec import Meta

from helpline.core import Actor, Conflict, Invalid, Out, Tx, new_id
from helpline.core.router import PUBLIC, SIGNED_IN, Routes
from helpline.core.shapes import In
from helpline.core.tokens import digest
from helpline.people import access, actions, fields, passwords, queries, shapes
from helpline.people.models import SIGNED_IN_AT_MOST, Agent, Locale, Workspace
from helpline.people.preferences import PreferencesOut, preferences_of

from .auth import COOKIE
from .catching_up import newest
from .seed import furnish

routes = Routes(tag="Session")


class AlreadySetUp(Conflict):
    """This installation is set up already; sign in."""


class ChooseWorkspace(Conflict):
    """These credentials fit several workspaces; say which."""


class PasswordUnchanged(Invalid):
    """Choose a password that is not the one you have."""


ZONE = "Where the workspace's days begin, as an IANA name such as Asia/Taipei. The desk sends its browser's."


class SetupOut(Out):
    needed: bool


class SetupIn(In):
    workspace_name: fields.Name
    name: fields.Name
    email: fields.Email
    password: fields.Password
    locale: Locale = "en"
    timezone: Annotated[str, Meta(max_length=64, description=ZONE)] = "UTC"


class SignInIn(In):
    email: fields.Email
    password: fields.Password
    workspace_id: str | None = None
    new_password: fields.Password | None = None
    """Asked for when somebody else chose the current one."""


class SessionOut(Out):
    workspace: shapes.WorkspaceOut
    agent: shapes.AgentOut
    preferences: PreferencesOut
    permissions: list[str]
    csrf: str
    seq: Annotated[int, Meta(description="The workspace's newest fact: live updates may begin after it.")]


class Home(NamedTuple):
    id: str
    name: str


@routes.get("/setup", permission=PUBLIC)
async def is_setup_needed(request: Request[Any, Any, Any]) -> SetupOut:
    """Whether this installation still waits for its first administrator."""
    there = await request.app.state.units.read(Actor("system", ""), queries.any_workspace)
    return SetupOut(needed=not there)


@routes.post("/setup", permission=PUBLIC)
async def set_up(request: Request[Any, Any, Any], data: SetupIn) -> Response[SessionOut]:
    """Make the workspace and its first administrator, and sign them in. Works once.

    Without a `timezone` its days are those of UTC; the answer says which it is, and `PATCH /api/workspace` changes it.
    """
    units = request.app.state.units
    password_hash = await asyncio.to_thread(passwords.hashed, data.password)

    def create(tx: Tx) -> tuple[str, str]:
        actions.one_at_a_time(tx)
        if queries.any_workspace(tx):
            raise AlreadySetUp
        first = actions.set_up(
            tx,
            workspace_name=data.workspace_name,
            locale=data.locale,
            timezone=data.timezone,
            name=data.name,
            email=data.email,
            password_hash=password_hash,
        )
        furnish(tx, first, data.locale)
        return first.id, access.sign_in(tx, first.id, request.headers.get("user-agent", ""))

    workspace_id = new_id()
    agent_id, token = await units.run(Actor.system(workspace_id), create)
    return await _signed_in(request, workspace_id, agent_id, token)


@routes.post("/session", permission=PUBLIC)
async def sign_in(request: Request[Any, Any, Any], data: SignInIn) -> Response[SessionOut]:
    """Sign in with e-mail and password. When somebody else chose that password, a `new_password` is asked for."""
    units, attempts = request.app.state.units, request.app.state.attempts
    client = request.client.host if request.client else ""
    account = data.email.lower()
    await attempts.begin(account, client)
    found = await units.read(Actor("system", ""), _accounts, data.email.lower())
    fitting = [
        (workspace, agent_id, kept)
        for workspace, agent_id, kept in found or [(Home("", ""), "", None)]
        if await asyncio.to_thread(passwords.matches, data.password, kept)
    ]
    if data.workspace_id:
        fitting = [one for one in fitting if one[0].id == data.workspace_id]
    browser = request.headers.get("user-agent", "")
    if not fitting:
        meant = [(home.id, agent_id) for home, agent_id, _ in found if data.workspace_id in {None, home.id}]
        await request.app.state.failures.note(attempts.mark(account), meant, client, browser)
        raise access.WrongCredentials
    await attempts.passed(account, client)
    if len(fitting) > 1:
        raise ChooseWorkspace(workspaces=[{"id": workspace.id, "name": workspace.name} for workspace, *_ in fitting])
    [(workspace, agent_id, kept)] = fitting
    asked = {"new_password_hash": await _chosen(data), "instead_of": digest(request.cookies.get(COOKIE, ""))}
    asked["checked"] = kept or ""
    token = await units.run(Actor("agent", workspace.id, agent_id), access.sign_in, agent_id, browser, **asked)
    return await _signed_in(request, workspace.id, agent_id, token)


@routes.get("/session", permission=SIGNED_IN)
async def session(actor: Actor, request: Request[Any, Any, Any]) -> SessionOut:
    """Who is signed in, where, and what they may do."""
    csrf = request.app.state.identify.csrf(actor)
    return await request.app.state.units.read(actor, _session_of, actor.id, csrf)  # type: ignore[no-any-return]


@routes.delete("/session", permission=SIGNED_IN)
async def sign_out(actor: Actor, request: Request[Any, Any, Any]) -> Response[None]:
    """Sign this browser out."""
    if actor.session_id:
        await request.app.state.units.run(actor, access.sign_out, actor.id, actor.session_id)
    gone = Response(content=None, status_code=204)
    gone.delete_cookie(COOKIE)
    return gone


async def _chosen(data: SignInIn) -> str:
    if data.new_password is None:
        return ""
    if data.new_password == data.password:
        raise PasswordUnchanged(field="new_password")
    return await asyncio.to_thread(passwords.hashed, data.new_password, "new_password")


async def _signed_in(
    request: Request[Any, Any, Any], workspace_id: str, agent_id: str, token: str
) -> Response[SessionOut]:
    state = request.app.state
    csrf = state.identify.csrf(Actor("agent", workspace_id, agent_id, session_id=digest(token)))
    answer = await state.units.read(Actor.system(workspace_id), _session_of, agent_id, csrf)
    cookie = Cookie(
        key=COOKIE,
        value=token,
        httponly=True,
        samesite="lax",
        secure=request.url.scheme == "https",
        max_age=int(SIGNED_IN_AT_MOST.total_seconds()),
        path="/",
    )
    return Response(content=answer, status_code=201, cookies=[cookie])


def _accounts(tx: Tx, email: str) -> list[tuple[Home, str, str]]:
    return [
        (Home(home.id, home.name), agent.id, agent.password_hash)
        for agent, home in queries.agents_with_email(tx, email)
    ]


def _session_of(tx: Tx, agent_id: str, csrf: str) -> SessionOut:
    home, agent = tx.db.get_one(Workspace, tx.workspace_id), tx.get(Agent, agent_id)
    return SessionOut(
        workspace=shapes.workspace_out(home),
        agent=shapes.one_agent(tx, agent_id),
        preferences=preferences_of(agent),
        permissions=sorted(queries.permissions_of(tx, agent.role)),
        csrf=csrf,
        seq=newest(tx),
    )

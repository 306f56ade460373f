"""Routes about the business's server that says who shall serve."""

from typing import Annotated, Any

from litestar import Request
from msgspec import Meta

from helpline.core import Actor, In, Out, Tx
from helpline.core.router import Routes
from helpline.outside import Answer, is_address
from helpline.people import Agent, Team
from helpline.people.queries import workspace
from helpline.people.workspace import change_workspace
from helpline.session_settings.allocation import BadServerAddress
from helpline.session_settings.events import ServerTried

from . import naming

routes = Routes(tag="Session settings")
MOST_SHOWN = 4000


class ServerSecretOut(Out):
    secret: str
    """Signs each call by the Standard Webhooks scheme."""


class TryServerIn(In):
    url: Annotated[str, Meta(min_length=1, max_length=500)]
    timeout: Annotated[int, Meta(ge=1, le=30)] = 3


class TriedServerOut(Out):
    """What was sent, what came back, and what would follow from it."""

    headers: dict[str, str]
    body: str
    status: int | None
    answer: str
    seconds: float
    why: str
    """What went wrong, as conversations would say; empty when nothing did."""
    falls_back: bool
    team_name: str | None
    agent_names: list[str]


@routes.get("/session-settings/server-secret", permission="settings.manage")
async def server_secret(actor: Actor, request: Request[Any, Any, Any]) -> ServerSecretOut:
    """The secret that calls to the business's server are signed with."""
    version = await request.app.state.units.read(actor, lambda tx: workspace(tx).secret_version)
    return ServerSecretOut(secret=request.app.state.asking.secret(actor.workspace_id, version))


@routes.post("/session-settings/server-secret", permission="settings.manage", status=200)
async def replace_server_secret(actor: Actor, request: Request[Any, Any, Any]) -> ServerSecretOut:
    """Replace the secret. Calls are signed with the new one from now on."""
    version = await request.app.state.units.run(actor, _replace)
    return ServerSecretOut(secret=request.app.state.asking.secret(actor.workspace_id, version))


@routes.post("/session-settings/try-server", permission="settings.manage", status=200)
async def try_server(actor: Actor, request: Request[Any, Any, Any], data: TryServerIn) -> TriedServerOut:
    """Ask the business's server about a conversation that there is not, and see what would follow from its answer."""
    if not is_address(data.url):
        raise BadServerAddress(field="url")
    state = request.app.state
    await state.limits.hit("try_server", actor.workspace_id)
    question = await state.units.read(actor, naming.example, data.url, data.timeout)
    headers = state.asking.headers(actor.workspace_id, question)
    said = await state.asking.ask(question, headers)
    return await state.units.run(actor, _tried, question, headers, said)  # type: ignore[no-any-return]


def _replace(tx: Tx) -> int:
    return change_workspace(tx, secret_version=workspace(tx).secret_version + 1).secret_version


def _tried(tx: Tx, question: naming.Question, headers: dict[str, str], said: naming.Said) -> TriedServerOut:
    named = naming.named_in(tx, said)
    tx.emit(ServerTried(url=question.url, why=named.why))
    team, agents = tx.find(Team, named.team_id), [tx.get(Agent, id) for id in named.agent_ids]
    return TriedServerOut(
        headers=headers,
        body=question.body.decode(),
        status=said.status if isinstance(said, Answer) else None,
        answer=said.body.decode(errors="replace")[:MOST_SHOWN] if isinstance(said, Answer) else "",
        seconds=round(said.seconds, 3),
        why=named.why,
        falls_back=not named.is_used,
        team_name=team.name if team else None,
        agent_names=[agent.name for agent in agents],
    )

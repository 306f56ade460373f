"""The web application: every route, and what lives as long as it does."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from litestar import Litestar, Router
from litestar.handlers import HTTPRouteHandler
from litestar.openapi import OpenAPIConfig
from litestar.openapi.plugins import JsonRenderPlugin
from litestar.openapi.spec import Components, SecurityScheme

from helpline import __version__
from helpline.channels.api import routes as channels
from helpline.contacts.api import routes as contacts
from helpline.conversations.api import routes as conversations
from helpline.conversations.contact_api import routes as conversation_contacts
from helpline.core import Units, new_id
from helpline.core.tokens import Signer
from helpline.drafts.api import routes as drafts
from helpline.files.api import routes as uploads
from helpline.files.api import served
from helpline.files.storage import Storage
from helpline.interchange.api import routes as interchange
from helpline.people.api import routes as people
from helpline.service_records.api import routes as service_records
from helpline.webchat.api import routes as webchat

from . import health, pages, session_api
from .auth import Identities
from .channels import Channels
from .consequences import CONSEQUENCES
from .desk_live import desk_live
from .edge import edge
from .hub import Hub
from .jobs import JobLoop
from .nodes import NOBODY, beat, say_goodbye
from .positions import Positions
from .problems import HANDLERS
from .reference import ReadablePage
from .settings import Settings, secret_of
from .visitor_live import visitor_live

ROUTES = (
    session_api.routes,
    people,
    conversations,
    conversation_contacts,
    drafts,
    service_records,
    contacts,
    channels,
    uploads,
    webchat,
    interchange,
    served,
    health.routes,
)
LARGEST_BODY = 1024 * 1024


def create_app(settings: Settings, *, demo_key: str = "", clock: Any = None) -> Litestar:
    """The application on a database that is migrated already."""

    @asynccontextmanager
    async def lifespan(app: Litestar) -> AsyncIterator[None]:
        given = {"clock": clock} if clock else {}
        units = Units(settings.url, CONSEQUENCES, threads=settings.threads, **given)
        many_nodes = not settings.is_embedded
        state, signer = app.state, Signer(secret_of(settings))
        state.units, state.signer, state.node_id = units, signer, new_id()
        state.storage, state.attempts = Storage(settings.data / "files"), session_api.Attempts()
        state.identify, state.channels = Identities(units, signer), Channels(units)
        state.hub = Hub(units, many_nodes=many_nodes)
        state.began, state.demo_key = time.monotonic(), demo_key
        loops = [
            JobLoop(units, many_nodes=many_nodes).run(),
            Positions(state.hub, units).run(),
            state.hub.watch_others(),
            beat(units, state.node_id, alone=not many_nodes),
        ]
        tasks = [asyncio.ensure_future(loop) for loop in loops]
        try:
            yield
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            await units.run(NOBODY, say_goodbye, state.node_id)
            await asyncio.to_thread(units.close)

    demo = [pages.shop, pages.shop_file] if demo_key else []
    app = Litestar(
        route_handlers=[
            *_routers(),
            desk_live,
            visitor_live,
            pages.asset,
            pages.widget,
            pages.widget_part,
            *demo,
            pages.desk,
        ],
        lifespan=[lifespan],
        exception_handlers=HANDLERS,
        request_max_body_size=LARGEST_BODY,
        openapi_config=OpenAPIConfig(
            title="Helpline",
            version=__version__,
            description="Everything the desk does, programs can do too. Make a token in your profile.",
            path="/schema",
            render_plugins=[ReadablePage(), JsonRenderPlugin()],
            components=Components(security_schemes={"token": SecurityScheme(type="http", scheme="bearer")}),
            security=[{"token": []}],
            use_handler_docstrings=True,
        ),
        logging_config=None,
    )
    app.asgi_handler = edge(app.asgi_handler)  # outside of routing, so that a 404 passes it too
    return app


def _routers() -> list[Router]:
    by_prefix: dict[str, list[HTTPRouteHandler]] = {}
    for routes in ROUTES:
        by_prefix.setdefault(routes.prefix, []).extend(routes.handlers)
    return [Router(path=prefix, route_handlers=handlers) for prefix, handlers in by_prefix.items()]

"""The web application: every route."""

from typing import Any

from litestar import Litestar, Router
from litestar.handlers import HTTPRouteHandler
from litestar.openapi import OpenAPIConfig
from litestar.openapi.plugins import JsonRenderPlugin
from litestar.openapi.spec import Components, SecurityScheme

from helpline import __version__
from helpline.board.api import routes as board
from helpline.calendars.api import routes as calendars
from helpline.calendars.loading_api import routes as calendar_loading
from helpline.canned_responses.api import routes as canned_responses
from helpline.channels.api import routes as channels
from helpline.channels.approvals_api import routes as approvals
from helpline.contacts.api import routes as contacts
from helpline.conversations.api import routes as conversations
from helpline.conversations.contact_api import routes as conversation_contacts
from helpline.conversations.files_api import routes as fetching
from helpline.conversations.scheduling_api import routes as scheduling
from helpline.delivery.api import routes as delivery
from helpline.drafts.api import routes as drafts
from helpline.files.api import routes as uploads
from helpline.files.api import served
from helpline.intake.api import hooks
from helpline.intake.api import routes as intake
from helpline.interchange.api import routes as interchange
from helpline.mails.api import routes as mails
from helpline.people.access_api import routes as access
from helpline.people.api import routes as people
from helpline.people.audit_api import routes as audit
from helpline.people.role_api import routes as roles
from helpline.reports.api import routes as reports
from helpline.reports.export_api import routes as report_export
from helpline.reports.rating_api import routes as rating_reports
from helpline.routing.api import routes as routing
from helpline.saved_views.api import routes as saved_views
from helpline.service_records.api import routes as service_records
from helpline.service_records.export_api import routes as record_export
from helpline.service_records.merging_api import routes as contact_merging
from helpline.session_settings.api import routes as session_settings
from helpline.session_settings.opening_api import routes as opening
from helpline.staffing.api import routes as staffing
from helpline.webchat.api import routes as webchat

from . import health, metrics, pages, session_api
from .desk_live import desk_live
from .edge import edge
from .lifetime import Life, lifetime
from .problems import HANDLERS
from .reference import ReadablePage
from .settings import Settings
from .test_mode import routes as test_mode
from .visitor_live import visitor_live

ROUTES = (
    session_api.routes,
    people,
    access,
    roles,
    audit,
    conversations,
    conversation_contacts,
    board,
    drafts,
    scheduling,
    fetching,
    canned_responses,
    service_records,
    record_export,
    saved_views,
    contacts,
    contact_merging,
    channels,
    approvals,
    intake,
    hooks,
    delivery,
    mails,
    session_settings,
    routing,
    calendars,
    calendar_loading,
    opening,
    uploads,
    webchat,
    interchange,
    reports,
    rating_reports,
    report_export,
    staffing,
    served,
    health.routes,
    metrics.routes,
    test_mode,
)
LARGEST_BODY = 1024 * 1024


def create_app(settings: Settings, *, demo_key: str = "", clock: Any = None) -> Litestar:
    """The application on a database that is migrated already."""
    return routed(lifetime(settings, demo_key, clock), is_demo=bool(demo_key))


def routed(life: Life, *, is_demo: bool) -> Litestar:
    """Every route, and what happens from the application's first to its last moment."""
    demo = [pages.shop, pages.shop_file] if is_demo else []
    app = Litestar(
        route_handlers=[
            *_routers(),
            desk_live,
            visitor_live,
            pages.asset,
            pages.widget,
            pages.widget_part,
            pages.try_it,
            *demo,
            pages.desk,
        ],
        lifespan=[life],
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

"""Every route of the application, and how to call it: a new one has to be entered here, or the tests that go over all fail."""

from dataclasses import dataclass, field
from typing import Any

from litestar import Litestar
from litestar.handlers import HTTPRouteHandler
from litestar.routes import HTTPRoute, WebSocketRoute

from helpline.core import new_id
from helpline.core.shapes import In

KINDS = {
    "agents": "agent",
    "teams": "team",
    "roles": "role",
    "tokens": "token",
    "sessions": "sign_in",
    "conversations": "conversation",
    "contacts": "contact",
    "contact-merges": "contact_merge",
    "records": "record",
    "channels": "channel",
    "channel-categories": "category",
    "owners": "owner",
    "results": "result",
    "reasons": "reason",
    "break-reasons": "break_reason",
    "canned-responses": "canned_response",
    "saved-views": "saved_view",
    "calendars": "calendar",
    "hours-switches": "hours_switch",
    "quarantine": "payload",
    "messages": "message",
    "files": "file",
    "scheduled-messages": "scheduled",
}
"""What ``{id}`` in an address is the id of."""

REFERENCES = {
    "agent_id": "agent",
    "actor_id": "agent",
    "handler_id": "agent",
    "member_ids": "agent",
    "team_id": "team",
    "team_ids": "team",
    "category_id": "category",
    "category_ids": "category",
    "owner_id": "owner",
    "parent_id": "heading",
    "result_id": "result",
    "reason_id": "reason",
    "reason_ids": "reason",
    "contact_id": "contact",
    "contact_point_id": "contact_point",
    "channel_id": "channel",
    "contact_ids": "contact",
    "conversation_id": "conversation",
    "file_ids": "file",
}
"""What a field of a body or of a query is the id of."""

BREAK = {
    "PUT /api/me/availability": {"reason_id": "break_reason"},
    "PUT /api/agents/{id}/availability": {"reason_id": "break_reason"},
}

PUBLIC = {
    "GET /api/setup",
    "POST /api/setup",
    "POST /api/session",
    "GET /api/webchat/{key}",
    "POST /api/webchat/{key}/visitors",
    "GET /files/{workspace_id}/{id}/{mark}",
    "GET /files/{workspace_id}/{id}/{mark}/preview",
    "GET /api/hooks/{key}",
    "POST /api/hooks/{key}",
    "GET /health",
    "GET /metrics",
    "GET /",
    "GET /{path}",
    "GET /assets/{name}",
    "GET /widget.js",
    "GET /try",
    "GET /try/{key}",
    "GET /widget/{name}",
}
DOCUMENTS = {"GET /schema", "GET /schema/openapi.json", "GET /schema/{path}"}
"""Made by the framework from the routes; they tell nothing of anybody's data."""
VISITOR = {
    "GET /api/webchat/conversation",
    "POST /api/webchat/messages",
    "POST /api/webchat/files",
    "POST /api/webchat/identity",
    "POST /api/webchat/close",
    "POST /api/webchat/rating",
    "POST /api/webchat/team",
}
SOCKETS = {"/api/live", "/api/webchat/live"}

PASSWORD = "correct horse battery"
BODIES: dict[str, dict[str, Any]] = {
    "PUT /api/test/clock": {"advance_seconds": 1},
    "PATCH /api/workspace": {"wait_target": 90},
    "POST /api/break-reasons": {"label": "Doctor"},
    "PUT /api/break-reasons/order": {"ids": []},
    "PATCH /api/break-reasons/{id}": {"position": 9},
    "PATCH /api/me": {"name": "Ada L."},
    "PATCH /api/me/preferences": {"single_keys": False},
    "PUT /api/me/availability": {"state": "break"},
    "PUT /api/agents/{id}/availability": {"state": "break"},
    "POST /api/agents": {"name": "New", "email": "new@example.com", "password": PASSWORD},
    "PATCH /api/agents/{id}": {"name": "Renamed"},
    "POST /api/teams": {"name": "New team"},
    "PATCH /api/teams/{id}": {"limit": 3},
    "POST /api/roles": {"name": "New role", "permissions": []},
    "PATCH /api/roles/{id}": {"description": "longer"},
    "POST /api/tokens": {"name": "script"},
    "POST /api/channels": {"name": "New chat", "category_id": "category"},
    "PATCH /api/channels/{id}": {"greeting": "Hi"},
    "POST /api/channels/{id}/backfill": {"day": "2026-01-01"},
    "POST /api/channel-categories": {"name": "New category", "team_id": "team"},
    "PATCH /api/channel-categories/{id}": {"requires": []},
    "PATCH /api/session-settings": {"version": 1, "closure": {"agent_reminder": 90}},
    "PATCH /api/channel-categories/{id}/session-settings": {"version": 0, "closure": {"agent_reminder": 90}},
    "POST /api/session-settings/try-server": {"url": "http://127.0.0.1:9/"},
    "POST /api/owners": {"name": "New owner"},
    "PATCH /api/owners/{id}": {"active": False},
    "POST /api/results": {"label": "New result"},
    "PUT /api/results/order": {"ids": []},
    "PATCH /api/results/{id}": {"position": 9},
    "POST /api/reasons": {"label": "New reason"},
    "PUT /api/reasons/order": {"ids": []},
    "PATCH /api/reasons/{id}": {"description": "longer"},
    "POST /api/canned-responses": {"shortcut": "new", "title": "New", "text": "Hello $ContactName"},
    "PATCH /api/canned-responses/{id}": {"text": "Good day"},
    "POST /api/saved-views": {"name": "Mine", "query": "state=open"},
    "PATCH /api/saved-views/{id}": {"query": "state=completed"},
    "POST /api/calendars": {"name": "New calendar", "zone": "Asia/Taipei"},
    "PATCH /api/calendars/{id}": {"last_intake": 20},
    "PUT /api/calendars/{id}/days/{day}": {"kind": "holiday", "name": "Founding day"},
    "POST /api/calendars/{id}/holidays": {"country": "DE", "years": [2026]},
    "POST /api/calendars/{id}/office-days": {"text": "date,isholiday\n20260101,2"},
    "POST /api/hours-switches": {"kind": "close", "category_ids": []},
    "POST /api/contacts": {"name": "New contact"},
    "PATCH /api/contacts/{id}": {"phone": "+44 20 7946 0000"},
    "POST /api/contacts/{id}/conversations": {"contact_point_id": "contact_point", "id": new_id(), "text": "Hello"},
    "POST /api/contacts/{id}/merge": {"contact_ids": []},
    "POST /api/contacts/{id}/merge/preview": {"contact_ids": []},
    "PATCH /api/records/{id}": {"notes": "noted"},
    "POST /api/records/{id}/complete": {},
    "POST /api/conversations/{id}/messages": {"id": new_id(), "text": "Hello", "visibility": "internal"},
    "PUT /api/messages/{id}/reaction": {"emoji": "👍"},
    "PATCH /api/messages/{id}": {"text": "Hello!"},
    "POST /api/conversations/{id}/scheduled": {"id": new_id(), "text": "Hello", "visibility": "internal"},
    "PUT /api/conversations/{id}/draft": {"version": 1, "text": "Half a sent"},
    "PATCH /api/conversations/{id}": {"priority": 2, "skills": ["returns"]},
    "POST /api/conversations/{id}/seen": {"seq": 1},
    "POST /api/conversations/{id}/snooze": {"until": None},
    "POST /api/conversations/{id}/transfer": {"note": "please"},
    "PUT /api/conversations/{id}/contact": {"contact_id": None},
    "POST /api/webchat/rating": {"conversation_id": new_id(), "stars": 5},
    "POST /api/webchat/team": {"conversation_id": new_id(), "team_id": new_id()},
    "POST /api/webchat/messages": {"id": new_id(), "text": "Hello"},
}
"""A body that is right, for each route that takes one; a kind's name stands for the id of such a row."""
UPLOADS = {"POST /api/files", "POST /api/webchat/files"}
NOTHING_TO_SEND = {
    "POST /api/messages/{id}/join",
    "DELETE /api/messages/{id}/join",
    "POST /api/messages/{id}/leave-apart",
    "PUT /api/contacts/{id}/points/{point_id}",
    "DELETE /api/contacts/{id}/points/{point_id}",
    "DELETE /api/saved-views/{id}",
    "DELETE /api/session",
    "DELETE /api/me/returned",
    "DELETE /api/me/sessions",
    "DELETE /api/me/sessions/{id}",
    "DELETE /api/agents/{id}/sessions",
    "DELETE /api/tokens/{id}",
    "DELETE /api/conversations/{id}/draft",
    "DELETE /api/scheduled-messages/{id}",
    "POST /api/scheduled-messages/{id}/send",
    "POST /api/scheduled-messages/{id}/take-back",
    "DELETE /api/roles/{id}",
    "DELETE /api/calendars/{id}/days/{day}",
    "DELETE /api/hours-switches/{id}",
    "POST /api/canned-responses/{id}/use",
    "POST /api/conversations/{id}/take",
    "POST /api/conversations/{id}/connect",
    "POST /api/conversations/{id}/decline",
    "DELETE /api/conversations/{id}/snooze",
    "POST /api/conversations/{id}/close",
    "POST /api/conversations/{id}/rating",
    "POST /api/records/{id}/reopen",
    "POST /api/channels/{id}/secret",
    "POST /api/channels/{id}/test",
    "POST /api/channels/{id}/join",
    "POST /api/channels/{id}/templates",
    "POST /api/quarantine/{id}/release",
    "POST /api/quarantine/{id}/dismiss",
    "POST /api/messages/{id}/retry",
    "POST /api/files/{id}/fetch",
    "DELETE /api/messages/{id}",
    "POST /api/contact-merges/{id}/undo",
    "POST /api/session-settings/server-secret",
    "POST /api/import",
}


@dataclass
class Call:
    """One route, and how to call it."""

    name: str
    method: str
    path: str
    permission: str
    body_references: dict[str, str] = field(default_factory=dict)
    query_references: dict[str, str] = field(default_factory=dict)

    @property
    def kind(self) -> str | None:
        """What ``{id}`` in the address is, if there is one."""
        before, has_id, _ = self.path.partition("/{id}")
        return KINDS[before.rpartition("/")[2]] if has_id else None

    def request(self, rows: dict[str, str], *, id: str = "", **body: Any) -> dict[str, Any]:
        """What to send for a call in the workspace with these rows."""
        path = self.path.replace("{id}", id or rows.get(self.kind or "", ""))
        path = path.replace("{point_id}", rows.get("contact_point", "")).replace("{day}", "2026-12-25")
        made: dict[str, Any] = {"method": self.method, "url": path}
        if self.name in BODIES:
            named = {name: rows[str(value)] for name, value in BODIES[self.name].items() if str(value) in rows}
            made["json"] = {**BODIES[self.name], **named, **body}
        if self.name in UPLOADS:
            made["files"] = {"file": ("note.txt", b"hello")}
        return made


def calls(app: Litestar) -> list[Call]:
    """Every call the application answers."""
    return [
        _call(route.path_format, str(method), handler)
        for route in app.routes
        if isinstance(route, HTTPRoute)
        for handler in route.route_handlers
        for method in sorted(handler.http_methods)
        if method not in {"OPTIONS", "HEAD"}
    ]


def sockets(app: Litestar) -> set[str]:
    """The address of every WebSocket."""
    return {route.path_format for route in app.routes if isinstance(route, WebSocketRoute)}


def _call(path: str, method: str, handler: HTTPRouteHandler) -> Call:
    name = f"{method} {path}"
    parameters = handler.parsed_fn_signature.parameters
    shape = parameters["data"].annotation if "data" in parameters else None
    fields = shape.__struct_fields__ if isinstance(shape, type) and issubclass(shape, In) else ()
    mine = [field for field in fields if field.endswith(("_id", "_ids"))]
    asked = [field for field in parameters if field.endswith("_id") and f"{{{field}}}" not in path]
    kinds = {**REFERENCES, **BREAK.get(name, {})}
    permission = str(handler.opt.get("permission", ""))
    if permission in {"public", "visitor", ""}:
        return Call(name, method, path, permission)
    return Call(
        name,
        method,
        path,
        permission,
        {field: kinds[field] for field in mine},
        {field: kinds[field] for field in asked},
    )

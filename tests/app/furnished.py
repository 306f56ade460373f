"""A workspace with at least one row of everything."""

from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import select

from helpline.app.nodes import Node
from helpline.app.schema import METADATA
from helpline.calendars import actions as calendars
from helpline.calendars import switching
from helpline.calendars.shapes import SpecialDayIn
from helpline.canned_responses import actions as canned_responses
from helpline.channels import actions as channels
from helpline.channels.contract import Raw
from helpline.contacts import actions as contacts
from helpline.contacts import merging
from helpline.conversations import answering, identifying, scheduling
from helpline.conversations.jobs import send_scheduled
from helpline.conversations.scheduled_shapes import ScheduledIn
from helpline.conversations.shapes import MessageIn
from helpline.core import Actor, Tx, Units, new_id
from helpline.drafts import actions as drafts
from helpline.drafts.shapes import DraftIn
from helpline.files.actions import add as add_file
from helpline.files.models import File
from helpline.intake import actions as intake
from helpline.people import access, roles
from helpline.people.models import SignIn
from helpline.people.permissions import ROLES
from helpline.people.queries import break_reasons
from helpline.saved_views import actions as saved_views
from helpline.service_records import Reason, actions
from helpline.session_settings import actions as session_settings
from tests.make import World, make_world

Rows = dict[str, str]


def furnished(units: Units, name: str) -> tuple[World, Rows]:
    """The workspace, and the id of one row of each kind."""
    world = make_world(units, name)
    world.do(None, _their_node_lives)
    agent = world.agent(f"{name} agent", role="administrator")
    conversation = world.write(world.visitor(f"{name} visitor"), f"{name} has a secret").conversation_id
    answer = MessageIn(id=new_id(), text=f"{name} keeps it", anyway=True)
    sent = world.do(agent, answering.send, conversation, answer)
    admin = Actor("agent", world.workspace_id, world.admin, "Ada", ROLES["administrator"])
    world.do(admin, lambda tx: drafts.save(tx, conversation, DraftIn(version=0, text=f"{name} half written")).id)
    later = ScheduledIn(id=new_id(), text=f"{name} has more to say", anyway=True)
    later_id = world.do(agent, lambda tx: scheduling.schedule(tx, conversation, later).id)
    world.do(None, lambda tx: tx.cancel(send_scheduled, later_id))  # by the doctor's clock it would be late
    result, reason = world.choices()
    rows: Rows = {"agent": agent.id, "team": world.team, "channel": world.channel, "conversation": conversation}
    rows |= {"message": sent.id, "payload": world.do(None, _quarantined, world.channel, f"{name} payload")}
    rows |= {"result": result, "reason": reason, "record": world.records()[0].id}
    rows["scheduled"] = later_id
    rows["heading"] = str(next(row.parent_id for row in world.all(Reason) if row.id == reason))
    rows |= world.do(agent, _more, name, conversation, world.team)
    rows["contact_point"] = world.conversation(conversation).contact_point_id
    world.do(None, access.sign_in, world.admin, f"{name} browser")
    rows["sign_in"] = world.all(SignIn)[0].id
    rows["break_reason"] = world.see(lambda tx: break_reasons(tx)[0].id)
    closed = world.write(world.visitor()).conversation_id
    world.do(agent, answering.send, closed, MessageIn(id=new_id(), text="done", anyway=True))
    record = next(row for row in world.records() if row.id != rows["record"])
    world.do(agent, actions.complete, record.id, result_id=result, reason_ids=[reason])
    return world, rows


def _quarantined(tx: Tx, channel_id: str, said: str) -> str:
    kept = intake.keep(tx, channel_id, Raw(body=said.encode()))
    intake.quarantine(tx, kept, "not understood")
    return kept


def _their_node_lives(tx: Tx) -> None:
    # The agents' desks hang on no real node. Found dead, it would be swept, and half a minute later they would be offline.
    tx.db.merge(Node(id="node", seen_at=datetime(2100, 1, 1, tzinfo=UTC)))


def token_for(world: World, actor: Actor) -> str:
    """An API token of somebody."""
    return world.do(actor, lambda tx: access.create_token(tx, actor.id, "tests")[1])


def everything(world: World) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of the workspace in every table."""

    def read(tx: Tx) -> dict[str, list[tuple[Any, ...]]]:
        found = {}
        for table in METADATA.sorted_tables:
            if "workspace_id" in table.c:
                mine = select(table).where(table.c.workspace_id == tx.workspace_id).order_by(*table.primary_key)
                found[table.name] = [tuple(row) for row in tx.execute(mine)]
        return found

    return world.see(read)


def ids_in(rows: dict[str, list[tuple[Any, ...]]]) -> set[str]:
    """Every id among these rows: what nobody else may ever be shown."""
    values = {value for table in rows.values() for row in table for value in row if isinstance(value, str)}
    return {value for value in values if len(value) == 36 and value.count("-") == 4}


def _more(tx: Tx, name: str, conversation_id: str, team_id: str) -> Rows:
    owner = channels.add_owner(tx, name=f"{name} brand")
    category = channels.add_category(tx, name=f"{name} category", team_id=team_id, owner_id=owner.id)
    contact = contacts.add(tx, name=f"{name} contact", email=f"secret@{name.lower()}.example")
    identifying.identify(tx, conversation_id, contact)
    same = contacts.add(tx, name=f"{name} contact again")
    role = roles.add(tx, name=f"{name} role", description="", permissions=["record.read"])
    token, _ = access.create_token(tx, tx.actor.id, f"{name} token")
    file = File(
        workspace_id=tx.workspace_id, id=new_id(), name="a.txt", media_type="text/plain", size=1, url="/files/x"
    )
    file.uploader_kind, file.uploader_id, file.created_at, file.state = "agent", tx.actor.id, tx.now, "sent"
    add_file(tx, file)
    session_settings.change(tx, None, {"prompts": {"welcome": {"on": True, "texts": {"en": f"{name} welcomes"}}}})
    canned = canned_responses.add(
        tx, shortcut="secret", title=f"{name} text", text=f"{name} says so", shared_with="everybody"
    )
    calendar = calendars.add(tx, name=f"{name} hours", zone="Asia/Taipei")
    calendars.set_days(tx, calendar, {date(2026, 12, 25): SpecialDayIn(name=f"{name} Christmas")})
    switched = switching.switch(tx, kind="close", category_ids=[category.id], note=f"{name} is on fire")
    made = {
        "calendar": calendar,
        "hours_switch": switched,
        "saved_view": saved_views.save(tx, name=f"{name} view", query="q=secret", shared=True),
        "canned_response": canned,
        "owner": owner,
        "category": category,
        "contact": contact,
        "contact_merge": merging.merge(tx, contact.id, [same.id]),
        "token": token,
        "file": file,
        "role": role,
    }
    return {kind: row.id for kind, row in made.items()}

"""Who may what. Routes name a permission; a role is a set of them."""

from .models import Role

AGENT = frozenset(
    {
        "conversation.read",
        "conversation.reply",
        "conversation.take",
        "conversation.transfer",
        "conversation.close",
        "record.read",
        "record.edit",
        "contact.read",
        "contact.edit",
        "people.read",
        "settings.read",
    }
)
SUPERVISOR = AGENT | {
    "conversation.read_all",
    "record.read_all",
    "record.edit_all",
    "board.read",
    "availability.set",
    "canned_response.manage",
    "report.read",
    "record.export",
    "hours.switch",
}
ADMINISTRATOR = SUPERVISOR | {"people.manage", "settings.manage", "data.import", "audit.read"}

ROLES: dict[str, frozenset[str]] = {
    Role.AGENT: AGENT,
    Role.SUPERVISOR: SUPERVISOR,
    Role.ADMINISTRATOR: ADMINISTRATOR,
}

PERMISSIONS: dict[str, str] = {
    "conversation.read": "Read one's own conversations and those of one's teams.",
    "conversation.read_all": "Read every conversation of the workspace.",
    "conversation.reply": "Answer contacts and write internal notes.",
    "conversation.take": "Take a waiting conversation out of the queue.",
    "conversation.transfer": "Hand a conversation to another agent or team.",
    "conversation.close": "End a conversation.",
    "record.read": "Read service records that one handled or that belong to one's teams.",
    "record.read_all": "Read every service record.",
    "record.edit": "Fill in, complete and reopen one's own service records.",
    "record.edit_all": "Fill in, complete and reopen every service record.",
    "contact.read": "Look contacts up.",
    "contact.edit": "Create and change contacts.",
    "board.read": "See the live board: one's teams' queues and agents; every queue with `conversation.read_all`.",
    "availability.set": "Set the availability of other agents.",
    "canned_response.manage": "Write canned responses for teams and for everybody.",
    "people.read": "See agents and teams and their availability.",
    "people.manage": "Add and change agents and teams.",
    "settings.read": "See channels, channel categories, owners, results and reasons, and working hours.",
    "report.read": "See reports.",
    "record.export": "Take service records that one may read along as a file.",
    "hours.switch": "Close channel categories in an emergency, or keep them open longer.",
    "data.import": "Take in contacts, conversations and records of the past.",
    "audit.read": "See who changed how things are set up, and who signed in.",
    "settings.manage": "Change channels, channel categories, owners, results and reasons, and working hours.",
}
"""Every permission there is, and what it allows; the reference page is made from this."""

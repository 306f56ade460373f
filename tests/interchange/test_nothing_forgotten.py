"""A column that is added is given out, or is left out on purpose and says why."""

import pytest
from msgspec import Struct

from helpline.app.schema import METADATA
from helpline.interchange import calendar_lines, lines, merge_lines, setting_lines

GIVEN: dict[str, type[Struct]] = {
    "workspace": setting_lines.WorkspaceLine,
    "break_reason": setting_lines.BreakReasonLine,
    "role": setting_lines.RoleLine,
    "owner": setting_lines.OwnerLine,
    "team": setting_lines.TeamLine,
    "agent": setting_lines.AgentLine,
    "channel_category": setting_lines.CategoryLine,
    "channel": setting_lines.ChannelLine,
    "session_settings": setting_lines.SessionSettingsLine,
    "result": setting_lines.ResultLine,
    "reason": setting_lines.ReasonLine,
    "canned_response": setting_lines.CannedResponseLine,
    "calendar": calendar_lines.CalendarLine,
    "special_day": calendar_lines.SpecialDayPart,
    "hours_switch": calendar_lines.HoursSwitchLine,
    "contact": lines.ContactLine,
    "contact_point": lines.ContactPointLine,
    "conversation": lines.ConversationLine,
    "message": lines.EntryIn,
    "mention": lines.MentionIn,
    "service_record": lines.RecordIn,
    "handover": lines.HandoverIn,
    "draft": lines.DraftLine,
    "contact_merge": merge_lines.ContactMergeLine,
    "rating": lines.RatingIn,
}
EVERYWHERE = {"workspace_id", "id", "version", "created_at"}
LEFT_OUT = {
    "workspace": {"name", "storage_used", "secret_version"},  # given by who makes it, and follows from the files
    "agent": {"password_hash", "password_due"},
    "channel": {"public_key", "identity_version", "sealed"},
    "reason": {"parent_id"},  # heading
    "conversation": {"channel_kind", "contact_point_id", "avoid_agent_id", "record_id", "first_answer_at"}
    | {
        "last_seq",
        "last_text",
        "last_holds",
        "last_by",
        "last_at",
        "mentioned",
        "agent_reminded_at",
        "escalated_at",
        "offered_at",
        "offered_until",
        "missed_by",
        "rating_asked_at",
        "urgency",
        "lane",
        "decider",
        "choices",
        "place_told",
        "place_told_at",
        "closed_told_until",
        "reply_until",
        "asked_seq",
    },  # follow from the rest, or have another name
    "message": {
        "conversation_id",
        "channel_id",
        "seq",
        "external_id",
        "kind",
        "author_kind",
        "author_id",
        "author_name",
    },
    "mention": {"conversation_id", "message_id", "seq", "by_id", "by_name", "at"},  # of the note
    "service_record": {"contact_point_id", "category_id", "channel_id", "channel_kind"}  # of the conversation
    | {"contact_name", "owner_name", "category_name", "channel_name", "result_label"},  # written
    "handover": {"record_id", "from_id"},
    "special_day": {"calendar_id"},  # of its calendar
    "draft": {"empty"},
    "contact_point": {"reply_with", "heard_at", "reachable_at"},  # of no use elsewhere
    "contact": {"merged_into_id"},  # a line of its own
    "contact_merge": {"moved"},  # in what was merged
}
NOT_GIVEN = {
    "presence",
    "connection",
    "sign_in",
    "api_token",
    "node",
    "lease",
    "channel_health",
    "channel_templates",
    "payload",
    "mail",
    "mail_placement",
    "mail_folder",
    "mail_reply_key",
    "delivery",
    "delivery_attempt",
    "job",
    "counter",
    "fact",
    "taken_in",
    "visit",
    "posting",
    "saved_view",  # it speaks of ids
    "foretold",  # waits for a message that is on its way here
    "scheduled_message",  # goes out from where it was written
    "findable",
} | {
    "membership",  # as teams of agents
    "agent_skill",  # as skills of agents
    "record_reason",  # as reasons of records
    "file",  # as files of messages, with their bytes
}


@pytest.mark.parametrize("table", GIVEN)
def test_every_column_is_given_out_or_left_out_on_purpose(table: str) -> None:
    fields = set(GIVEN[table].__struct_fields__)
    columns = {column.name for column in METADATA.tables[table].columns} - EVERYWHERE
    told = {name for name in columns if fields & {name, name.removesuffix("_id"), f"{name.removesuffix('_ids')}s"}}
    renamed = {"category_ids": "categories"}
    told |= {name for name in columns if renamed.get(name) in fields}
    assert columns - told - LEFT_OUT.get(table, set()) == set()


def test_every_table_is_given_out_or_left_out_on_purpose() -> None:
    assert {table.name for table in METADATA.sorted_tables} == {*GIVEN, *NOT_GIVEN}

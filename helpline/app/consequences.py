"""What follows from what: the plot of the system.

In order, in the transaction of the cause. What stands under a base fact follows for all of its kind.
"""

from helpline.board import reactions as board
from helpline.calendars import events as calendars
from helpline.calendars import reactions as calendar
from helpline.canned_responses import events as canned_responses
from helpline.canned_responses import reactions as canned_response
from helpline.channels import events as channels
from helpline.channels import reactions as channel
from helpline.contacts import events as contacts
from helpline.contacts import reactions as contact
from helpline.conversations import amending_events as amending
from helpline.conversations import deciding_events as deciding
from helpline.conversations import elsewhere_events as elsewhere
from helpline.conversations import events as conversations
from helpline.conversations import merging as merged_conversation
from helpline.conversations import queue_events as queues
from helpline.conversations import rating_events as ratings
from helpline.conversations import reactions as conversation
from helpline.conversations import scheduled as scheduled_message
from helpline.conversations import scheduled_events as scheduled
from helpline.conversations import starting_events as starting
from helpline.conversations import undecided
from helpline.core.tx import Consequences
from helpline.delivery import events as delivery
from helpline.delivery import reactions as deliver
from helpline.drafts import events as drafts
from helpline.drafts import reactions as draft
from helpline.files import events as files
from helpline.intake import elsewhere as intake_elsewhere  # its event is taken in from here on  # noqa: F401
from helpline.intake import events as intake
from helpline.interchange import events as interchange
from helpline.mails import addressing as mail
from helpline.mails import arriving as _  # noqa: F401  its events are taken in from here on
from helpline.mails import events as mails
from helpline.mails import returning as mail_returning
from helpline.people import events as people
from helpline.people import reactions as person
from helpline.routing import limits, opening, telling
from helpline.routing import reactions as routing
from helpline.saved_views import events as saved_views
from helpline.service_records import events as records
from helpline.service_records import merging as merged_record
from helpline.service_records import reactions as record
from helpline.session_settings import events as session_settings
from helpline.session_settings import reactions as session_setting

from .care import events as care

CONSEQUENCES: Consequences = {
    # People
    people.WorkspaceChanged: [person.show_workspace, routing.pull_after_kind_limits],
    people.BreakReasonSet: [person.show_break_reason],
    people.AgentFact: [person.show_agent],
    people.AgentSignInFailed: [],
    people.PreferencesChanged: [person.show_preferences],
    people.RoleFact: [person.show_role],
    people.TeamAdded: [person.show_team],
    people.TeamChanged: [
        channel.refuse_team_in_use,
        session_setting.refuse_team_that_takes_over,
        conversation.refuse_team_with_conversations,
        undecided.redraw_cards,
        person.show_team,
        routing.pull_for_team,
    ],
    people.AgentChanged: [routing.pull_for_member],
    people.AgentConnected: [routing.pull_after_change],
    people.AvailabilityChanged: [
        routing.pull_after_change,
        routing.relax_after_leaving,
        conversation.withdraw_offers,
    ],
    people.AgentCapacityChanged: [routing.pull_after_change],
    people.AgentAbandoned: [conversation.return_conversations],
    # Files
    files.FileUploaded: [],
    files.FilesDiscarded: [],
    # Contacts and channels
    contacts.ContactFact: [contact.show_contact],
    contacts.ContactMerged: [
        contact.show_merged,
        merged_conversation.move_conversations,
        merged_record.move_records,
    ],
    contacts.ContactMergeUndone: [
        contact.show_merged,
        merged_conversation.give_conversations_back,
        merged_record.give_records_back,
    ],
    contacts.ContactPointChanged: [conversation.show_reachability],
    contacts.ContactPointLinked: [contact.show_joined],
    channels.ChannelSet: [channel.show_channel],
    channels.CategorySet: [channel.show_category],
    channels.OwnerSet: [channel.show_owner],
    channels.ChannelFact: [channel.show_health],
    channels.SecretRenewed: [],
    # Channels outside
    intake.PayloadQuarantined: [],
    intake.PayloadReleased: [],
    intake.PayloadDismissed: [],
    intake.PayloadsDiscarded: [],
    mails.MailFact: [],
    mails.MailReturned: [mail_returning.show_report],
    mails.HintFact: [],
    mails.BackfillAsked: [],
    delivery.DeliveryMoved: [deliver.show_delivery],
    delivery.CopyFailed: [deliver.show_missed],
    session_settings.SessionSettingsChanged: [
        session_setting.show_session_settings,
        opening.reconsider_after_settings,
        routing.rank_anew,
        limits.follow_longest_wait,
        telling.follow_settings,
    ],
    session_settings.ServerTried: [],
    # Working hours
    calendars.CalendarSet: [calendar.show_calendar, opening.reconsider],
    calendars.CalendarDaysSet: [calendar.show_days, opening.reconsider],
    calendars.HoursSwitched: [calendar.show_switch, opening.reconsider],
    calendars.HoursSwitchedBack: [calendar.show_switch, opening.reconsider],
    # Conversations
    conversations.ConversationFact: [conversation.show_conversation, conversation.show_state_to_visitor],
    conversations.ConversationOpened: [
        conversation.say_connecting,
        routing.give_to_preferred,
        scheduled_message.bring_along,
    ],
    deciding.ConversationUndecided: [undecided.show_card],
    deciding.ConversationDecided: [conversation.say_connecting, routing.give_to_decided],
    conversations.MessageReceived: [conversation.watch_agent, opening.answer_outside_hours],
    starting.ConversationStarted: [conversation.show_load, conversation.watch_service],
    conversations.MessageSent: [
        draft.discard_what_was_sent,
        conversation.watch_contact,
        deliver.send_out,
        mail.address,
    ],
    conversations.MessageAutomated: [deliver.send_out, mail.address],
    elsewhere.MessageSaidElsewhere: [],
    scheduled.ScheduledFact: [conversation.show_scheduled],
    scheduled.MessageScheduled: [draft.discard_what_was_scheduled, mail.bind],
    scheduled.ScheduledMessageTakenBack: [draft.bring_back],
    amending.MessageAmended: [conversation.show_amended],
    conversations.MessagesRead: [conversation.show_read],
    conversations.AgentMentioned: [conversation.show_mention],
    conversations.MentionsRead: [conversation.show_mentions],
    conversations.ConversationQueued: [
        board.begin_visit,
        routing.allocate,
        opening.mind_hours,
        limits.mind_limits,
        telling.follow_queue,
    ],
    queues.ConversationOverflowed: [conversation.show_to_former_team],
    queues.ConversationMessageLeft: [board.end_visit_with_message, telling.follow_queue],
    conversations.ConversationNeedsChanged: [routing.allocate, telling.follow_queue],
    conversations.ConversationLeftQueue: [board.end_visit_moved, telling.follow_queue],
    conversations.ConversationAnswered: [record.begin],
    conversations.ConversationAssigned: [
        board.end_visit_answered,
        conversation.say_connected,
        record.hand_over,
        conversation.show_load,
        conversation.watch_agent,
        conversation.watch_service,
        telling.follow_queue,
    ],
    conversations.ConversationOffered: [conversation.show_load, telling.follow_queue],
    conversations.ConversationOfferEnded: [
        conversation.show_to_former_agent,
        routing.offer_to_next,
        opening.mind_hours,
        conversation.show_load,
        routing.pull_next,
        telling.follow_queue,
    ],
    conversations.ConversationTakenOver: [
        routing.allocate,
        conversation.show_load,
        conversation.watch_agent,
        conversation.watch_service,
        telling.follow_queue,
    ],
    conversations.ConversationTransferred: [conversation.show_to_former_team],
    conversations.ConversationReturned: [conversation.show_to_former_agent, conversation.remember_for_lost_agent],
    conversations.ConversationReleased: [
        conversation.end_snooze,
        conversation.end_offer,
        conversation.show_to_former_agent,
        conversation.show_load,
        routing.pull_next,
    ],
    conversations.ConversationClosed: [board.end_visit_closed, record.start_wrap_up, conversation.ask_for_rating],
    ratings.ConversationRated: [record.take_rating],
    conversations.ConversationIdentified: [record.take_contact_over, record.show_after_identifying],
    # Drafts and canned responses
    canned_responses.CannedResponseSet: [canned_response.show_canned_response],
    canned_responses.CannedResponseUsed: [],
    drafts.DraftFact: [draft.show_draft],
    # Service records
    records.RecordFact: [record.show_record],
    records.RecordHandedOver: [record.show_to_former_handler],
    records.ResultSet: [record.show_result],
    records.ReasonSet: [record.show_reason],
    records.RecordsExported: [],
    saved_views.SavedViewFact: [],
    # What was before, elsewhere: nothing follows from it
    interchange.PastImported: [],
    care.DamageRepaired: [],
}

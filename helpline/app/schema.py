"""Every table there is."""

import helpline.app.leases
import helpline.app.nodes
import helpline.board.models
import helpline.calendars.models
import helpline.canned_responses.models
import helpline.channels.models
import helpline.contacts.models
import helpline.conversations.models
import helpline.conversations.rating_models
import helpline.conversations.scheduled_models
import helpline.core.facts
import helpline.core.jobs
import helpline.delivery.models
import helpline.drafts.models
import helpline.files.models
import helpline.intake.models
import helpline.interchange.models
import helpline.mails.models
import helpline.people.models
import helpline.saved_views.models
import helpline.search.models
import helpline.service_records.models
import helpline.session_settings.models  # noqa: F401 - imported so that their tables are known
from helpline.core import Model

METADATA = Model.metadata

"""What a list of service records is narrowed to, as an address says it: for the list and for the whole of it as a file."""

from datetime import datetime
from typing import Annotated

from litestar.di import Provide
from litestar.params import Dependency, Parameter

from .listing import Filters

Several = list[str] | None


def _asked(
    in_state: Annotated[Several, Parameter(query="state")] = None,
    handler_id: Several = None,
    team_id: Several = None,
    result_id: Several = None,
    reason_id: Several = None,
    category_id: Several = None,
    owner_id: Several = None,
    channel_kind: Several = None,
    contact_id: Several = None,
    rating: Annotated[list[int] | None, Parameter(description="How many stars the contact gave.")] = None,
    created_from: datetime | None = None,
    created_to: datetime | None = None,
    q: str = "",
) -> Filters:
    return Filters(
        state=in_state or (),
        handler_id=handler_id or (),
        team_id=team_id or (),
        result_id=result_id or (),
        reason_id=reason_id or (),
        category_id=category_id or (),
        owner_id=owner_id or (),
        channel_kind=channel_kind or (),
        contact_id=contact_id or (),
        rating=[stars for stars in rating or () if 1 <= stars <= 5],
        created_from=created_from,
        created_to=created_to,
        text=q.strip(),
    )


ASKED = {"filters": Provide(_asked, sync_to_thread=False)}
"""For the ``dependencies`` of a route that takes ``filters: Asked``."""
Asked = Annotated[Filters, Dependency(skip_validation=True)]

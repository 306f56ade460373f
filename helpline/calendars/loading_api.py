"""Routes that load special days: public holidays, and office calendars."""

import asyncio
from datetime import date
from typing import Annotated, Any

from litestar import Request
from msgspec import Meta

from helpline.core import Actor, In, Out, Tx
from helpline.core.router import Routes

from . import loading, office_days, public_holidays
from .models import Calendar
from .shapes import CalendarOut, SpecialDayIn, calendar_out

routes = Routes(tag="Working hours")
LARGEST = 400_000
OFFICE = "office"

Year = Annotated[int, Meta(ge=1990, le=2099)]


class HolidaysIn(In):
    country: Annotated[str, Meta(min_length=2, max_length=3, description="Such as TW or DE.")]
    years: Annotated[list[Year], Meta(min_length=1, max_length=10)]
    region: Annotated[str, Meta(max_length=10, description="Such as BY; empty: the whole country.")] = ""
    locale: Annotated[str, Meta(max_length=10)] = "en"


class OfficeDaysIn(In):
    text: Annotated[str, Meta(max_length=LARGEST, description="The file: CSV or JSON, a row for each day.")]
    like: Annotated[int, Meta(ge=0, le=6, description="As which day of the week a working Saturday is open.")] = 0


class LoadedOut(Out):
    loaded: int
    removed: int
    calendar: CalendarOut


class CountryOut(Out):
    code: str
    regions: list[str]


@routes.get("/holiday-countries", permission="settings.manage")
async def countries(actor: Actor) -> list[CountryOut]:
    """The countries whose public holidays can be loaded, and their regions."""
    found = await asyncio.to_thread(public_holidays.countries)
    return [CountryOut(code=code, regions=regions) for code, regions in found.items()]


@routes.post("/calendars/{id:str}/holidays", permission="settings.manage", status=200)
async def load_holidays(actor: Actor, request: Request[Any, Any, Any], id: str, data: HolidaysIn) -> LoadedOut:
    """Load the public holidays of a country or region. Loaded again, they replace what was loaded of these years."""
    given = (data.country.upper(), data.region, sorted(set(data.years)), data.locale)
    found = await asyncio.to_thread(public_holidays.holidays_of, *given)
    days = {at: SpecialDayIn(kind="holiday", name=name[:200]) for at, name in found.items()}
    source = f"holidays {'-'.join(filter(None, given[:2]))}"
    return await request.app.state.units.run(  # type: ignore[no-any-return]
        actor, _load, id, days, source, set(data.years)
    )


@routes.post("/calendars/{id:str}/office-days", permission="settings.manage", status=200)
def load_office_days(tx: Tx, id: str, data: OfficeDaysIn) -> LoadedOut:
    """Load an office calendar as the government publishes it. An amended one replaces the one before."""
    days, years = office_days.office_days(data.text, data.like), office_days.years_of(data.text)
    return _load(tx, id, days, OFFICE, years)


def _load(tx: Tx, id: str, days: dict[date, SpecialDayIn], source: str, years: set[int]) -> LoadedOut:
    tx.get(Calendar, id)
    (calendar,) = tx.lock(Calendar, id)
    loaded, removed = loading.load_days(tx, calendar, days, source=source, years=years)
    return LoadedOut(loaded=loaded, removed=removed, calendar=calendar_out(tx, calendar))

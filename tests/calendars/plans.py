"""Plans for tests: by hand, and at random."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from helpline.calendars.plan import Day, Period, Plan, Switch

ZONES = [
    "UTC",
    "Europe/Berlin",
    "Europe/Dublin",
    "America/New_York",
    "America/Sao_Paulo",  # at midnight
    "America/Santiago",
    "America/Mexico_City",
    "America/Asuncion",
    "America/Nuuk",
    "Africa/Cairo",
    "Africa/Casablanca",  # in Ramadan
    "Asia/Taipei",
    "Asia/Kathmandu",
    "Asia/Tehran",
    "Asia/Beirut",
    "Asia/Pyongyang",
    "Australia/Lord_Howe",  # half an hour
    "Antarctica/Troll",  # two hours
    "Pacific/Apia",  # a day that never was
    "Pacific/Chatham",
]
CHANGES = [
    "2011-12-30",
    "2015-08-14",
    "2018-02-17",
    "2018-05-04",
    "2018-11-03",
    "2021-09-25",
    "2022-03-21",
    "2022-04-02",
    "2022-09-20",
    "2022-10-29",
    "2023-03-25",
    "2023-04-27",
    "2024-03-09",
    "2024-03-30",
    "2024-04-06",
    "2024-04-25",
    "2024-10-05",
    "2024-10-26",
    "2024-11-02",
]
"""Days around which the clocks of some of these zones are changed."""


def plan(zone: str = "UTC", *, last_intake: int = 0, days: dict[str, Day] | None = None, **week: str) -> Plan:
    """``plan(mon="09:00-12:00 13:00-18:00", sat="20:00-02:00")``; ``~12:00-13:00`` is a break."""
    names = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
    special = {date.fromisoformat(at): day for at, day in (days or {}).items()}
    return Plan(ZoneInfo(zone), tuple(periods(week.get(name, "")) for name in names), special, (), last_intake)


def periods(written: str) -> tuple[Period, ...]:
    """Periods as the docstring of ``plan`` has them."""
    return tuple(
        Period(start=one.strip("~")[:5], end=one.strip("~")[6:], kind="break" if one[0] == "~" else "open")
        for one in written.split()
    )


def weekdays(zone: str = "UTC", times: str = "09:00-18:00", **more: object) -> Plan:
    """Monday to Friday."""
    return plan(zone, **dict.fromkeys(("mon", "tue", "wed", "thu", "fri"), times), **more)  # type: ignore[arg-type]


def at(written: str, zone: str = "UTC") -> datetime:
    """A time on the clock of a zone; of two alike the first, ``'`` behind it means the second."""
    local = datetime.fromisoformat(written.rstrip("'")).replace(tzinfo=ZoneInfo(zone))
    return local.replace(fold=int(written.endswith("'"))).astimezone(UTC)


def _clock(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"


_minute = st.integers(0, 24 * 60 - 1) | st.sampled_from([0, 30, 60, 90, 120, 150, 180, 23 * 60, 23 * 60 + 30])
_period = st.builds(
    lambda start, end, kind: Period(start=_clock(start), end=_clock(end), kind=kind),
    _minute,
    _minute | st.just(24 * 60),
    st.sampled_from(["open", "open", "break"]),
)
_periods = st.lists(_period, max_size=4).map(tuple)


@st.composite
def plans(draw: st.DrawFn) -> tuple[Plan, datetime]:
    """Any plan, and a minute near which something happens to the clocks or to the week."""
    near = date.fromisoformat(draw(st.sampled_from(CHANGES)))
    start = datetime(near.year, near.month, near.day, tzinfo=UTC) + timedelta(minutes=draw(st.integers(-1500, 1500)))
    offsets = st.integers(-2, 5)
    days = {}
    for offset in draw(st.lists(offsets, max_size=3, unique=True)):
        kind = draw(st.sampled_from(["holiday", "working", "other"]))
        days[near + timedelta(days=offset)] = Day("", kind, () if kind == "holiday" else draw(_periods))
    switches = []
    for _ in range(draw(st.integers(0, 2))):
        begin = start + timedelta(minutes=draw(st.integers(-500, 3000)))
        length = draw(st.none() | st.integers(1, 2000))
        end = None if length is None else begin + timedelta(minutes=length)
        switches.append(Switch(draw(st.sampled_from(["close", "extend"])), begin, end, ""))
    zone = ZoneInfo(draw(st.sampled_from(ZONES)))
    week = tuple(draw(_periods) for _ in range(7))
    intake = draw(st.sampled_from([0, 0, 20, 75]))
    return Plan(zone, week, days, tuple(switches), intake), start

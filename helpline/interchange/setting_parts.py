"""The parts that all lines are made of."""

from datetime import datetime
from typing import Annotated

from msgspec import Meta

from helpline.core import In

Id = Annotated[str, Meta(min_length=1, max_length=150)]
Name = Annotated[str, Meta(min_length=1, max_length=120)]
LongName = Annotated[str, Meta(max_length=200)]
Address = Annotated[str, Meta(max_length=254)]
Locale = Annotated[str, Meta(max_length=10)]
Text = Annotated[str, Meta(max_length=20_000)]
Time = Annotated[datetime, Meta(tz=True)]
Position = Annotated[int, Meta(ge=0, le=100_000)]
Count = Annotated[int, Meta(ge=0, le=1000)]
Seconds = Annotated[int, Meta(ge=0, le=86_400)]


class Part(In, omit_defaults=True):
    """What is as it is without being said is left out."""

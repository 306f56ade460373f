"""What fields of agents and teams may hold."""

from typing import Annotated

from msgspec import Meta

Name = Annotated[str, Meta(min_length=1, max_length=120, description="Shown to people.")]
Email = Annotated[str, Meta(pattern=r"^[^@\s]{1,64}@[^@\s]{1,189}$", max_length=254)]
Password = Annotated[str, Meta(max_length=200, description="At least ten characters.")]
Count = Annotated[int, Meta(ge=0, le=1000)]
RoleName = Annotated[
    str, Meta(min_length=1, max_length=36, description="`agent`, `supervisor`, `administrator`, or a role's id.")
]
Position = Annotated[int, Meta(ge=0, le=100_000)]
Seconds = Annotated[int, Meta(ge=0, le=86_400)]
Undo = Annotated[int, Meta(ge=0, le=120)]
Skill = Annotated[
    str, Meta(pattern=r"^(language:)?[^\s,:~][^,:~\n]*$", max_length=50, description="A language as `language:de`.")
]
Skills = Annotated[list[Skill], Meta(max_length=10)]
KindLimits = Annotated[
    dict[Annotated[str, Meta(max_length=20)], Annotated[int, Meta(ge=0, le=1000)]],
    Meta(max_length=20, description="Kind of channel: how many of them an agent serves at once."),
]
AgentSkills = Annotated[list[Skill], Meta(max_length=100)]
Priorities = Annotated[dict[str, Annotated[int, Meta(ge=-1000, le=1000)]], Meta(max_length=1000)]

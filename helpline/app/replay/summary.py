"""What is told at the end, as a table or as JSON."""

from collections import Counter
from dataclasses import asdict, dataclass
from typing import Any

from rich.console import Console
from rich.table import Table

from .audit import Finding
from .play import Play

PERCENTS = (50, 95, 99)


@dataclass(frozen=True)
class Summary:
    """The figures of a replay."""

    dialogues: int
    failed: int
    messages_sent: int
    messages_received: int
    lost: int
    duplicated: int
    out_of_order: int
    holes: int
    latency_ms: dict[str, float]
    to_agent_ms: dict[str, float]
    to_visitor_ms: dict[str, float]
    records_expected: int
    records_completed: int
    wrong_reason: int
    wrong_result: int
    seconds: float
    messages_per_second: float
    calls_repeated: int
    reconnects: int
    catch_ups: int
    refused_as_outdated: dict[str, int]
    failures: list[str]
    unknown: int = 0
    """Answers of which the agent was told that they may not have arrived."""

    @property
    def is_right(self) -> bool:
        """Whether everything that was to be there is there, once, in order, and nothing else."""
        wrong = (self.failed, self.lost, self.duplicated, self.out_of_order, self.holes, self.wrong_reason)
        return not any((*wrong, self.wrong_result)) and self.records_completed == self.records_expected

    def plain(self) -> dict[str, Any]:
        """For ``--json``."""
        return {"ok": self.is_right, **asdict(self)}


def summarize(
    plays: list[Play], findings: list[Finding], seconds: float, *, calls_repeated: int, reconnects: int, catch_ups: int
) -> Summary:
    """Add up what happened."""
    sent = [turn for play in plays for turn in play.sent if turn.message_id]
    to_agent = [turn.seconds for turn in sent if turn.seconds is not None and turn.side == "customer"]
    to_visitor = [turn.seconds for turn in sent if turn.seconds is not None and turn.side == "agent"]
    received = sum(turn.seconds is not None for turn in sent)
    return Summary(
        dialogues=len(plays),
        failed=sum(bool(play.failure) for play in plays),
        messages_sent=len(sent),
        messages_received=received,
        lost=sum(len(finding.faults.lost) for finding in findings),
        duplicated=sum(len(finding.faults.duplicated) for finding in findings),
        out_of_order=sum(len(finding.faults.out_of_order) for finding in findings),
        holes=sum(finding.faults.holes for finding in findings),
        latency_ms=percentiles(to_agent + to_visitor),
        to_agent_ms=percentiles(to_agent),
        to_visitor_ms=percentiles(to_visitor),
        records_expected=sum(play.dialogue.is_answered for play in plays),
        records_completed=sum(finding.completed for finding in findings),
        wrong_reason=sum(finding.wrong_reason for finding in findings),
        wrong_result=sum(finding.wrong_result for finding in findings),
        seconds=round(seconds, 2),
        messages_per_second=round(received / seconds, 1) if seconds else 0.0,
        calls_repeated=calls_repeated,
        reconnects=reconnects,
        catch_ups=catch_ups,
        refused_as_outdated=dict(Counter(code for play in plays for code in play.outdated)),
        failures=[play.failure for play in plays if play.failure],
        unknown=sum(turn.is_unknown for turn in sent),
    )


def percentiles(seconds: list[float]) -> dict[str, float]:
    """``{"p50": …, "p95": …, "p99": …}`` in milliseconds: the smallest value that so many percent do not exceed."""
    ordered = sorted(seconds)
    places = {percent: max(0, -(-len(ordered) * percent // 100) - 1) for percent in PERCENTS}
    return {f"p{percent}": round(1000 * ordered[place], 1) for percent, place in places.items()} if ordered else {}


def show(summary: Summary, console: Console) -> None:
    """The table, and what failed."""
    table = Table(title="Replay", show_header=False, title_justify="left")
    table.add_column()
    table.add_column(justify="right")
    for name, value in _rows(summary):
        table.add_row(name, value)
    console.print(table)
    for failure in summary.failures[:10]:
        console.print(f"[red]Failed:[/red] {failure}", highlight=False)
    if len(summary.failures) > 10:
        console.print(f"… and {len(summary.failures) - 10} more.")


def _rows(summary: Summary) -> list[tuple[str, str]]:
    def must_be_zero(value: int) -> str:
        return f"[red]{value}[/red]" if value else "[green]0[/green]"

    def times(values: dict[str, float]) -> str:
        return " / ".join(f"{value:g}" for value in values.values()) or "–"

    return [
        ("dialogues", f"{summary.dialogues:,}"),
        ("  failed", must_be_zero(summary.failed)),
        ("messages sent", f"{summary.messages_sent:,}"),
        ("  received by the other side", f"{summary.messages_received:,}"),
        ("  lost", must_be_zero(summary.lost)),
        ("  duplicated", must_be_zero(summary.duplicated)),
        ("  out of order", must_be_zero(summary.out_of_order)),
        ("  holes in the numbering", must_be_zero(summary.holes)),
        ("p50 / p95 / p99 ms", times(summary.latency_ms)),
        ("  customer to agent", times(summary.to_agent_ms)),
        ("  agent to customer", times(summary.to_visitor_ms)),
        ("service records completed", f"{summary.records_completed:,} of {summary.records_expected:,}"),
        ("  wrong reason", must_be_zero(summary.wrong_reason)),
        ("  wrong result", must_be_zero(summary.wrong_result)),
        ("calls repeated", f"{summary.calls_repeated:,}"),
        ("reconnects", f"{summary.reconnects:,}"),
        ("wall time", f"{summary.seconds:g} s"),
        ("messages per second", f"{summary.messages_per_second:,}"),
    ]

"""What Prometheus reads: how much happens here, how long it takes, and what waits. Never anything of a customer."""

import hmac
import time
from collections import Counter
from collections.abc import Iterable
from ipaddress import ip_address
from typing import Any

from litestar import Request, Response
from prometheus_client import CollectorRegistry, GCCollector, Histogram, ProcessCollector, generate_latest
from prometheus_client import Counter as Counted
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from sqlalchemy import func, select

from helpline.conversations import Conversation, State
from helpline.core import Actor, Forbidden, Tx, Units
from helpline.core.committed import Committed
from helpline.core.jobs import JobRow
from helpline.core.router import PUBLIC, Routes
from helpline.people.models import Workspace

from .jobs import JobLoop
from .settings import Settings

routes = Routes(tag="System", prefix="/")
NOBODY = Actor("system", "")
TYPE = "text/plain; version=0.0.4; charset=utf-8"


class MetricsNotForYou(Forbidden):
    """Metrics are told to this machine alone, or to who has the metrics token."""


class Metrics:
    """What is counted as it happens. What can be looked up is looked up when it is asked for."""

    def __init__(self, units: Units) -> None:
        self.registry = CollectorRegistry()
        ProcessCollector(registry=self.registry)
        GCCollector(registry=self.registry)
        self._requests = Histogram(
            "helpline_request_seconds",
            "Requests by route and status.",
            ("method", "route", "status"),
            buckets=(0.005, 0.02, 0.1, 0.5, 2, 10),
            registry=self.registry,
        )
        self._facts = Counted("helpline_facts", "Facts committed by this node.", ("topic",), registry=self.registry)
        self._units = Counted("helpline_units", "Units committed by this node.", registry=self.registry)
        units.told.append(self._told)

    def request(self, method: str, route: str, status: int, began: float) -> None:
        """One was answered. ``route`` is its template, so that no id becomes a label."""
        self._requests.labels(method, route or "none", status).observe(time.perf_counter() - began)

    def _told(self, committed: list[Committed]) -> None:
        self._units.inc(len(committed))
        for topic, count in Counter(fact.topic() for unit in committed for fact in unit.facts).items():
            self._facts.labels(topic).inc(count)


@routes.get("/metrics", permission=PUBLIC, media_type="text/plain")
async def metrics(request: Request[Any, Any, Any]) -> Response[bytes]:
    """For Prometheus. Told to this machine alone, or to who sends the setting `metrics_token` as a bearer."""
    state = request.app.state
    _admit(request, state.settings)
    waiting = [row for id in await state.units.read(NOBODY, _workspaces) for row in await _waiting(state.units, id)]
    registry = CollectorRegistry()
    now = [*await state.units.read(NOBODY, _jobs), *_sockets(state.hub), *_queues(waiting)]
    registry.register(_Now([*now, *_troubles(state.units, state.job_loop)]))
    counted: bytes = generate_latest(state.metrics.registry)
    return Response(counted + generate_latest(registry), media_type=TYPE)


class _Now:
    """What was just read."""

    def __init__(self, families: Iterable[Metric]) -> None:
        self._families = list(families)

    def collect(self) -> list[Metric]:
        """The gauges and counters."""
        return self._families


def _admit(request: Request[Any, Any, Any], settings: Settings) -> None:
    token = settings.metrics_token
    if token:
        given = request.headers.get("authorization", "")
        if hmac.compare_digest(given.encode(), f"Bearer {token}".encode()):
            return
    elif not settings.believes_anybody and request.client and _is_here(request.client.host):
        return
    raise MetricsNotForYou


def _is_here(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def _workspaces(tx: Tx) -> list[str]:
    return list(tx.db.scalars(select(Workspace.id)))


def _jobs(tx: Tx) -> list[GaugeMetricFamily]:
    due = select(func.count()).select_from(JobRow).where(JobRow.due_at <= tx.now)
    given_up = select(func.count()).select_from(JobRow).where(JobRow.due_at.is_(None))
    retried = select(func.count()).select_from(JobRow).where(JobRow.due_at.is_not(None), JobRow.attempts > 0)
    help = "Jobs that are due, that failed and will be tried again, and that were given up."
    told = GaugeMetricFamily("helpline_jobs", help, labels=("state",))
    told.add_metric(("due",), tx.db.scalar(due) or 0)
    told.add_metric(("retried",), tx.db.scalar(retried) or 0)
    told.add_metric(("given_up",), tx.db.scalar(given_up) or 0)
    return [told]


def _troubles(units: Units, jobs: JobLoop) -> list[CounterMetricFamily]:
    """What went wrong and was done again."""
    failures = CounterMetricFamily("helpline_job_failures", "Failed runs of jobs on this node.", labels=("kind",))
    for kind in jobs.kinds:
        failures.add_metric((kind,), jobs.failures[kind])
    told = "Units that lost a race and were run again, on this node."
    return [failures, CounterMetricFamily("helpline_unit_retries", told, value=units.lanes.retries)]


def _sockets(hub: Any) -> list[GaugeMetricFamily]:
    told = GaugeMetricFamily("helpline_sockets", "Open sockets of this node.", labels=("kind",))
    for kind, count in hub.count().items():
        told.add_metric((kind,), count)
    return [told]


async def _waiting(units: Units, workspace_id: str) -> list[tuple[str, str, int, float]]:
    return await units.read(Actor.system(workspace_id), _queue_lengths)


def _queue_lengths(tx: Tx) -> list[tuple[str, str, int, float]]:
    rows = select(Conversation.team_id, func.count(), func.min(Conversation.queued_at)).where(
        Conversation.workspace_id == tx.workspace_id, Conversation.state == State.WAITING
    )
    return [
        (tx.workspace_id, team_id, count, (tx.now - since).total_seconds() if since else 0.0)
        for team_id, count, since in tx.db.execute(rows.group_by(Conversation.team_id))
    ]


def _queues(waiting: list[tuple[str, str, int, float]]) -> list[GaugeMetricFamily]:
    labels = ("workspace", "team")
    length = GaugeMetricFamily("helpline_queue_waiting", "Conversations that wait for an agent.", labels=labels)
    oldest = GaugeMetricFamily("helpline_queue_oldest_seconds", "How long the first of them has waited.", labels=labels)
    for workspace_id, team_id, count, seconds in waiting:
        length.add_metric((workspace_id, team_id), count)
        oldest.add_metric((workspace_id, team_id), seconds)
    return [length, oldest]

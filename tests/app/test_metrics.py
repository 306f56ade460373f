"""What Prometheus is told."""

import msgspec

from helpline.app.metrics import MetricsNotForYou
from helpline.app.settings import Settings
from helpline.core import new_id
from tests.listening import open_desk
from tests.running import Running


def test_routes_facts_sockets_and_queues_are_counted_and_no_id_of_a_customer_is_told(running: Running) -> None:
    admin = running.set_up()
    key = admin.get("/api/channels").json()[0]["public_key"]
    visitor = running.client(
        running.client().post(f"/api/webchat/{key}/visitors", json={"name": "Niamh"}).json()["token"]
    )
    said = visitor.post("/api/webchat/messages", json={"id": new_id(), "text": "my secret"}).json()
    assert admin.get(f"/api/conversations/{said['conversation_id']}").status_code == 200
    with open_desk(running, admin):
        told = running.client().get("/metrics").text
    assert 'helpline_request_seconds_count{method="GET",route="/api/conversations/{id}",status="200"} 1.0' in told
    assert 'helpline_facts_total{topic="message.received"} 1.0' in told
    assert 'helpline_sockets{kind="desk"} 1.0' in told
    for state in ("due", "retried", "given_up"):
        assert f'helpline_jobs{{state="{state}"}} 0.0' in told
    assert 'helpline_job_failures_total{kind="people.go_offline"} 0.0' in told
    assert "helpline_unit_retries_total 0.0" in told
    team = admin.get("/api/teams").json()[0]["id"]
    assert f'team="{team}"' in told
    assert "process_resident_memory_bytes" in told
    for hidden in ("Niamh", "secret", said["conversation_id"], key):
        assert hidden not in told


def test_with_a_token_only_who_has_it_is_told(settings: Settings) -> None:
    with Running(msgspec.structs.replace(settings, metrics_token="a long token")) as server:
        for client in (server.client(), server.client("another token")):
            refused = client.get("/metrics")
            assert (refused.status_code, refused.json()["code"]) == (403, MetricsNotForYou.code())
        assert server.client("a long token").get("/metrics").status_code == 200


def test_where_any_address_can_be_pretended_nobody_is_told_without_a_token(settings: Settings) -> None:
    with Running(msgspec.structs.replace(settings, proxies="*")) as server:
        refused = server.client().get("/metrics")
        assert (refused.status_code, refused.json()["code"]) == (403, MetricsNotForYou.code())
    with Running(msgspec.structs.replace(settings, proxies="*", metrics_token="open")) as server:
        assert server.client("open").get("/metrics").status_code == 200

"""What came in is kept as it came, for a while; and what a message became can be found."""

from helpline.channels.contract import Raw
from helpline.channels.inbound import Edited, Said, Unsupported, Who
from helpline.conversations import Message
from helpline.conversations.queries import in_view
from helpline.core import Tx
from helpline.intake import Payload, actions
from helpline.intake.actions import KEPT
from tests.clock import Clock
from tests.delivery.test_delivering import KIM, Outside
from tests.make import World


def test_what_was_dealt_with_is_thrown_away_after_a_month_and_quarantine_stays(world: World, clock: Clock) -> None:
    outside = Outside(world)

    def come(text: str) -> str:
        return world.do(None, actions.keep, outside.channel, Raw(body=text.encode()))

    done, waiting, dismissed = come("done"), come("waiting"), come("dismissed")
    world.do(None, actions.close, done)
    for id in (waiting, dismissed):
        world.do(None, actions.quarantine, id, "makes no sense")
    world.do(None, lambda tx: actions.dismiss(tx, dismissed).id)
    clock.advance(KEPT.total_seconds() - 60)
    assert world.do(None, actions.discard_old) == 0
    clock.advance(120)
    assert world.do(None, actions.discard_old) == 2
    assert [row.id for row in world.all(Payload)] == [waiting]


def test_what_a_message_cannot_show_is_kept_as_it_came_once(world: World, clock: Clock) -> None:
    outside = Outside(world)
    event = Unsupported(external_id="m1", who=KIM, what="hologram")
    told, again = (world.do(None, actions.keep, outside.channel, Raw(body=b"a hologram")) for _ in range(2))
    for id in (told, again):
        world.do(None, actions.take_in, id, 0, event, [], is_last=True)
    (message,) = [row for row in world.all(Message) if row.external_id == "m1"]
    assert message.details == {"unsupported": "hologram", "payload": told}
    clock.advance(KEPT.total_seconds() + 60)
    world.do(None, actions.discard_old)
    assert [row.id for row in world.all(Payload)] == [told]


def test_a_message_is_found_by_what_it_says_now(world: World) -> None:
    outside = Outside(world)
    outside.hear(Said(external_id="m1", who=KIM, text="I lost my umbrella"))
    world.index()
    outside.hear(Edited(external_id="m1", who=Who(address="kim"), text="I lost my raincoat"))
    world.index()

    def find(tx: Tx) -> int:
        return len(in_view(tx, "all", text="raincoat", team_id=None, limit=10, after=None)[0])

    assert world.do(outside.agent, find) == 1

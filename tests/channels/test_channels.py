"""Channels, categories and owners; which sites may embed a chat."""

import pytest

from helpline.channels import Category, Channel
from helpline.channels import actions as channels
from helpline.channels.actions import NameTaken, NotADomain, UnknownReference
from helpline.channels.rules import is_allowed
from helpline.core import Tx, new_id
from helpline.webchat.actions import DomainNotAllowed, NoSuchChannel, open_channel
from tests.make import World


def test_names_are_used_once(world: World) -> None:
    category = world.all(Category)[0].id
    with pytest.raises(NameTaken) as refused:
        world.do(None, lambda tx: channels.add_channel(tx, name="Web chat", category_id=category).id)
    assert refused.value.field == "name"
    with pytest.raises(NameTaken):
        world.do(None, lambda tx: channels.add_category(tx, name="General", team_id=world.team).id)
    world.do(None, lambda tx: channels.add_owner(tx, name="Brand").id)
    with pytest.raises(NameTaken):
        world.do(None, lambda tx: channels.add_owner(tx, name="Brand").id)


def test_what_a_channel_refers_to_has_to_be_there(world: World) -> None:
    with pytest.raises(UnknownReference):
        world.do(None, lambda tx: channels.add_channel(tx, name="New", category_id=new_id()).id)
    for field in ("team_id", "owner_id"):
        with pytest.raises(UnknownReference):
            world.do(None, _add_category, **{"team_id": world.team, field: new_id()})


@pytest.mark.parametrize(
    "domain", ["", "not a domain", "example.com/path", "*.*.com", "-x.example", "https://", "a" * 254]
)
def test_a_domain_looks_like_one(world: World, domain: str) -> None:
    with pytest.raises(NotADomain):
        world.do(None, lambda tx: channels.change(tx, tx.get(Channel, world.channel), allowed_domains=[domain]).id)


def test_a_pasted_address_is_understood_as_its_domain(world: World) -> None:
    given = ["https://Shop.Example.com/", "*.example.org", "localhost:8080"]
    world.do(None, lambda tx: channels.change(tx, tx.get(Channel, world.channel), allowed_domains=given).id)
    assert world.all(Channel)[0].allowed_domains == ["shop.example.com", "*.example.org", "localhost:8080"]


@pytest.mark.parametrize(
    ("origin", "allowed", "fits"),
    [
        (None, [], True),
        ("https://help.example", [], True),
        ("https://shop.example", [], False),
        ("https://shop.example", ["shop.example"], True),
        ("http://shop.example:8080", ["shop.example"], True),
        ("https://a.shop.example", ["shop.example"], False),
        ("https://a.shop.example", ["*.shop.example"], True),
        ("https://evilshop.example", ["*.shop.example"], False),
        ("https://shop.example.evil", ["shop.example"], False),
        ("http://localhost:8080", ["localhost:8080"], True),
        ("http://localhost:8081", ["localhost:8080"], False),
        ("file://shop.example", ["shop.example"], False),
        ("null", ["null"], False),
        ("https://[", ["shop.example"], False),
    ],
)
def test_which_sites_may_embed_the_chat(origin: str | None, allowed: list[str], fits: bool) -> None:
    assert is_allowed(origin, allowed, "help.example") is fits


def test_a_site_that_is_not_on_the_list_is_told_so(world: World) -> None:
    chat = world.see(open_channel, channel_id=world.channel)
    with pytest.raises(DomainNotAllowed, match=r"https://evil\.example may not"):
        chat.check("https://evil.example", "help.example")


def test_a_channel_switched_off_is_no_channel(world: World) -> None:
    world.do(None, lambda tx: channels.change(tx, tx.get(Channel, world.channel), active=False).id)
    for wanted in ({"channel_id": world.channel}, {"channel_id": new_id()}, {"key": "nonsense"}):
        with pytest.raises(NoSuchChannel):
            world.see(open_channel, **wanted)


def _add_category(tx: Tx, **given: str) -> str:
    return channels.add_category(tx, name="New", **given).id  # type: ignore[arg-type]

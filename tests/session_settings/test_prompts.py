"""What contacts are told by themselves, in the order of a session, in their language."""

import pytest

from helpline.channels import Category
from helpline.channels import actions as channels
from helpline.conversations import CloseReason, Conversation, serving
from helpline.conversations.events import MessageAutomated
from helpline.conversations.prompting import filled, say
from helpline.core import Actor, Tx
from helpline.core.facts import FactRow
from helpline.people import Availability
from helpline.session_settings.prompts import said_in
from helpline.webchat import actions as webchat
from helpline.webchat.shapes import VisitorIn
from tests.make import World
from tests.session_settings.deciding import decide, only_says, told


def test_rule_1_welcome_is_sent_once_and_first(world: World) -> None:
    only_says(world, welcome="Welcome to $OwnerName")
    visitor = world.visitor()
    id = world.write(visitor, "Hello").conversation_id
    world.write(visitor, "Anybody?")
    assert told(world, id, events=True) == ["Welcome to Acme", "[queued]", "Hello", "Anybody?"]


def test_rule_2_asking_for_a_human_sends_connecting(world: World) -> None:
    only_says(world, connecting="One moment")
    id = world.write(world.visitor(), "Hello").conversation_id
    assert told(world, id) == ["Hello", "One moment"]


def test_rule_3_success_sends_connected_after_connecting(world: World) -> None:
    only_says(world, connecting="One moment", connected="Hello $ContactName, I am $AgentName")
    world.agent("Bo")
    id = world.write(world.visitor("Amara"), "Hello").conversation_id
    assert told(world, id, events=True)[-3:] == ["One moment", "[assigned]", "Hello Amara, I am Bo"]


def test_who_comes_back_to_their_agent_is_told_in_the_same_order(world: World) -> None:
    only_says(world, connecting="One moment", connected="I am $AgentName")
    agent, visitor = world.agent("Bo"), world.visitor()
    first = world.write(visitor, "Hello").conversation_id
    world.answer(agent, first)
    world.close(agent, first)
    again = world.write(visitor, "Me again").conversation_id
    assert told(world, again) == ["Me again", "One moment", "I am Bo"]


def test_rule_4_edited_prompts_are_used_from_the_next_event_on(world: World) -> None:
    only_says(world, closed="Bye", connected="Here")
    agent = world.agent()
    id = world.write(world.visitor()).conversation_id
    only_says(world, closed="See you")
    world.close(agent, id)
    assert told(world, id) == ["Hello", "Here", "See you"]


def test_a_category_of_its_own_mind_says_its_own(world: World) -> None:
    category = world.all(Category)[0]
    only_says(world, connecting="One moment")
    other = world.do(None, lambda tx: channels.add_category(tx, name="Repairs", team_id=category.team_id).id)
    door = world.do(None, lambda tx: channels.add_channel(tx, name="Repairs chat", category_id=other).id)
    decide(world, other, prompts={"connecting": {"texts": {"en": "We look for a mechanic"}}})
    here, there = world.visitor(), world.visitor(channel=door)
    assert told(world, world.write(here, "A").conversation_id) == ["A", "One moment"]
    assert told(world, world.write(there, "B").conversation_id) == ["B", "We look for a mechanic"]


def test_the_text_comes_in_the_language_of_the_contact(world: World) -> None:
    only_says(world)
    decide(world, prompts={"connecting": {"texts": {"en": "One moment", "zh-TW": "請稍候", "de": "Moment"}}})

    def first_words(locale: str) -> str:
        id = world.do(None, webchat.enter, world.channel, VisitorIn(name="A", locale=locale))
        visitor = Actor("visitor", world.workspace_id, id, channel_id=world.channel)
        return told(world, world.write(visitor, "Hi").conversation_id)[-1]

    assert [first_words(one) for one in ("zh-TW", "en-GB", "de-AT", "fr")] == [
        "請稍候",
        "One moment",
        "Moment",
        "One moment",
    ]


@pytest.mark.parametrize(
    ("languages", "said"),
    [
        (["zh-TW"], "繁"),
        (["zh-HK"], "繁"),
        (["zh-Hant-TW"], "繁"),
        (["en-GB"], "E"),
        (["fr", "zh-TW"], "繁"),
        (["fr"], "E"),
        ([], "E"),
    ],
)
def test_the_nearest_language_is_chosen(languages: list[str], said: str) -> None:
    assert said_in({"de": "D", "zh-TW": "繁", "en": "E", "ja": ""}, languages) == said


def test_variables_are_filled_in_and_an_unknown_word_stays() -> None:
    text = "$AgentName為您服務, $Unknown costs $5, $AgentNames $$AgentName"
    assert filled(text, {"AgentName": "Bo"}) == "Bo為您服務, $Unknown costs $5, $AgentNames $Bo"
    assert filled("$A", {"A": "$B", "B": "no"}) == "$B"


@pytest.mark.parametrize("by", ["agent", "contact"])
def test_closed_is_said_before_the_end_by_whoever_ends_it(world: World, by: str) -> None:
    only_says(world, closed="Bye")
    agent, visitor = world.agent(), world.visitor()
    id = world.write(visitor).conversation_id
    world.close(agent, id) if by == "agent" else world.do(visitor, webchat.leave)
    assert told(world, id, events=True)[-2:] == ["Bye", "[closed]"]


@pytest.mark.parametrize("reason", [CloseReason.BLOCKED, CloseReason.ERROR, CloseReason.NO_AGENT])
def test_closed_is_not_said_at_other_ends(world: World, reason: CloseReason) -> None:
    only_says(world, closed="Bye", idle_close="Silent")
    id = world.write(world.visitor()).conversation_id
    world.do(None, lambda tx: serving.close(tx, id, reason).state)
    assert told(world, id) == ["Hello"]


def test_what_is_said_by_itself_is_no_answer(world: World) -> None:
    only_says(world, connected="Here")
    world.agent()
    id = world.write(world.visitor(), "Hello").conversation_id
    row = world.conversation(id)
    assert (row.last_text, row.last_by, row.unread, row.first_answer_at) == ("Hello", "contact", 1, None)
    assert row.waiting_since is not None
    assert [one.topic for one in world.all(FactRow)].count(MessageAutomated.topic()) == 1


def test_a_prompt_without_words_is_not_sent(world: World) -> None:
    only_says(world, connecting="  ")
    assert told(world, world.write(world.visitor(), "Hello").conversation_id) == ["Hello"]


def test_others_say_a_prompt_with_variables_of_theirs(world: World) -> None:
    only_says(world, after_hours="Until $OpensAt, $ContactName: $OwnerName")
    id = world.write(world.visitor(), "Hello").conversation_id

    def tell(tx: Tx) -> None:
        say(tx, tx.get(Conversation, id), "after_hours", OpensAt="09:00", ContactName="Bo")

    world.do(None, tell)
    assert told(world, id)[-1] == "Until 09:00, Bo: Acme"


def test_by_default_a_contact_hears_that_someone_is_looked_for_and_who_it_is(world: World) -> None:
    agent = world.agent("Bo")
    id = world.write(world.visitor(), "Hello").conversation_id
    world.become(agent, Availability.BUSY)
    assert told(world, id) == [
        "Hello",
        "One moment, we are finding the right person for you.",
        "You are now talking to Bo.",
    ]

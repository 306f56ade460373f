"""The conversations of the demo, read from the TOML files beside this one.

A dialogue's ``talk`` has one turn a line: ``C`` the contact says, ``A`` the agent says, ``N`` the agent notes, ``T Team | note``
the agent transfers. ``[a|b]`` is one of these, ``{product}`` and the like are filled in, `` / `` is a new line.
"""

import random
import re
import tomllib
from importlib.resources import files
from typing import Any, Literal

import msgspec

from .workspace import SHOP

PRODUCTS = ("Ridge 45 backpack", "Squall rain jacket", "Ember camp lamp", "Tarn bottle")
PRODUCTS_IN_TAIWAN = ("Ridge 45 背包", "Squall 防水外套", "Ember 營燈", "Tarn 保溫瓶")
SIZES = ("XS", "S", "M", "L", "XL")
COLORS = (("green", "綠色"), ("slate", "石板灰"), ("ochre", "赭黃色"))


class Turn(msgspec.Struct):
    """One line of a dialogue."""

    who: Literal["C", "A", "N", "T"]
    text: str


class Dialogue(msgspec.Struct):
    """One service, as it may be given again and again."""

    reason: str
    result: str
    talk: str
    notes: str = ""
    shop: str = SHOP
    page: str = "/"
    ends: Literal["agent", "contact"] = "agent"

    def turns(self, words: dict[str, str], chance: random.Random) -> list[Turn]:
        """The lines with everything but the agent's name filled in."""
        turns = []
        for line in filter(None, self.talk.splitlines()):
            who, text = line.split(" ", 1)
            turns.append(msgspec.convert({"who": who, "text": filled(text, words, chance)}, Turn))
        return turns


def read(name: str) -> list[Dialogue]:
    """The dialogues of a file."""
    text = (files("helpline.app.demo") / "dialogues" / f"{name}.toml").read_text("utf-8")
    return msgspec.convert(tomllib.loads(text)["dialogue"], list[Dialogue])


def filled(text: str, words: dict[str, str], chance: random.Random) -> str:
    """A text with one of each ``[a|b]`` chosen and the words put in; ``{agent}`` stays for whoever will say it."""
    text = re.sub(r"\[([^\]]*\|[^\]]*)\]", lambda found: chance.choice(found[1].split("|")), text)
    return text.format_map(words | {"agent": "{agent}"}).replace(" / ", "\n")


def words_for(customer: str, chance: random.Random) -> dict[str, Any]:
    """What is filled into a customer's dialogue."""
    product = chance.randrange(len(PRODUCTS))
    smaller = chance.randrange(len(SIZES) - 1)
    color, color_zh = chance.choice(COLORS)
    return {
        "name": customer,
        "first": customer.split(" ")[0] or "there",
        "family": customer[:1],
        "order": f"KO-{chance.randrange(24_100, 26_900)}",
        "product": PRODUCTS[product],
        "product_zh": PRODUCTS_IN_TAIWAN[product],
        "size": SIZES[smaller],
        "larger": SIZES[smaller + 1],
        "color": color,
        "color_zh": color_zh,
        "parcel": f"3SKO{chance.randrange(10**8, 10**9)}",
        "price": f"{chance.choice((32, 59, 91, 121, 189, 249, 281))}.00",
    }

"""Who works at Kestrel Outdoor, and who writes to them."""

from dataclasses import dataclass
from typing import NamedTuple

PASSWORD = "kestrel-demo"  # noqa: S105 - printed on the screen, for a workspace that anybody may look at


class Colleague(NamedTuple):
    """Somebody who works here."""

    name: str
    email: str
    role: str
    locale: str
    teams: tuple[str, ...]
    serves: bool
    """Whether they took conversations in the past days."""


@dataclass(frozen=True)
class Customer:
    """Somebody who writes to the shop, under the name they give in the chat."""

    name: str
    email: str = ""
    phone: str = ""
    company: str = ""


ORDERS, RETURNS, TAIWAN = "Orders", "Returns", "繁體中文"

COLLEAGUES = (
    Colleague("Ingrid Solberg", "ingrid@kestrel.example", "administrator", "en", (ORDERS, RETURNS), False),
    Colleague("Tomás Herrera", "tomas@kestrel.example", "supervisor", "en", (ORDERS, RETURNS, TAIWAN), False),
    Colleague("Amara Okafor", "amara@kestrel.example", "agent", "en", (ORDERS, RETURNS), True),
    Colleague("Jonas Lindqvist", "jonas@kestrel.example", "agent", "en", (ORDERS, RETURNS), True),
    Colleague("林雅婷", "yating@kestrel.example", "agent", "zh-TW", (TAIWAN, ORDERS), True),
    Colleague("陳建宏", "jianhong@kestrel.example", "agent", "zh-TW", (TAIWAN,), True),
)

AGENTS = [(one.name, one.email, one.role) for one in COLLEAGUES]
"""The logins that the demo prints."""

CUSTOMERS = (
    Customer("Niamh Brennan", "niamh.brennan@post.example", "+353 85 555 0142"),
    Customer("Oluwaseun Adeyemi", "seun.adeyemi@post.example"),
    Customer("Katarzyna Wójcik", "k.wojcik@post.example", "+48 512 555 019"),
    Customer("Diego Fernández", "diego.fdez@post.example"),
    Customer("Priya Raghavan", "priya.r@post.example", "+44 7700 900321", "Highline Architects"),
    Customer("Mehmet Yılmaz", "mehmet.yilmaz@post.example"),
    Customer("Charlotte Dubois", "c.dubois@post.example", "+33 6 55 55 01 47"),
    Customer("Lars Mikkelsen", "lars@fjellsport.example", "+47 455 55 018", "Fjellsport Bergen"),
    Customer("Aisha Rahman", "aisha.rahman@post.example"),
    Customer("Giulia Ferrari", "giulia.ferrari@post.example", "+39 345 555 0126"),
    Customer("Hannah Vogel", "hannah.vogel@post.example", "+49 151 5550 0134"),
    Customer("Tane Walker", "tane.walker@post.example"),
    Customer("Sofia Papadopoulou", "sofia.p@post.example"),
    Customer("Bram de Vries", "bram@devries.example", "+31 6 5555 0187", "De Vries Buitensport"),
    Customer("Ewa Nowak", "ewa.nowak@post.example"),
    Customer("Samuel Mensah", "sam.mensah@post.example", "+233 24 555 0163"),
    Customer("Yuki Tanaka", "yuki.tanaka@post.example"),
    Customer("Eleanor Whitcombe", "e.whitcombe@post.example", "+44 7700 900118"),
    Customer("João Carvalho", "joao.carvalho@post.example"),
    Customer("Freya Lindgren", "freya.lindgren@post.example", "+46 70 555 01 92"),
    Customer("Omar Haddad", "omar.haddad@post.example"),
    Customer("Maeve O'Connell", "maeve.oc@post.example"),
    Customer("Ravi Menon", "ravi.menon@post.example", "", "Scout Group 14"),
    Customer("Clara Baumgartner", "clara.b@post.example", "+41 79 555 01 08"),
)

CUSTOMERS_IN_TAIWAN = (
    Customer("王怡君", "yichun.wang@post.example", "+886 912 555 018"),
    Customer("張志豪", "chihhao.chang@post.example"),
    Customer("李佳穎", "chiaying.lee@post.example", "+886 933 555 042"),
    Customer("黃冠宇", "kuanyu.huang@post.example"),
    Customer("吳淑芬", "shufen.wu@post.example", "+886 928 555 077"),
    Customer("劉家豪", "chiahao.liu@post.example", "", "山行者登山社"),
    Customer("蔡宜庭", "yiting.tsai@post.example"),
    Customer("楊承翰", "chenghan.yang@post.example", "+886 955 555 031"),
    Customer("許雅雯", "yawen.hsu@post.example"),
    Customer("鄭凱文", "kevin.cheng@post.example"),
    Customer("謝孟儒", "mengju.hsieh@post.example"),
    Customer("洪詩涵", "shihhan.hung@post.example", "+886 970 555 064"),
)

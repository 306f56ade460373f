"""Authors who are not who they seem to be."""

import pytest

from helpline.channels.email.looking_alike import caution
from helpline.channels.email.mail import Address

KNOWN = {"support@shop.example", "kim@post.example"}


@pytest.mark.parametrize(
    ("name", "address", "why"),
    [
        ("Kim", "kim@post.example", ""),
        ("kim@post.example", "kim@post.example", ""),
        ("KIM@Post.example", "kim@post.example", ""),
        ("support@shop.example", "mallory@evil.example", "name"),
        ("Shop <support@shop.example>", "mallory@evil.example", "name"),
        ("support\uff20shop.example", "mallory@evil.example", "name"),
        ("Kim", "kim@p0st.example", "address"),
        ("Kim", "klm@post.example", "address"),
        ("Shop", "support@sh\u043ep.example", "address"),
        ("Shop", "support@xn--shp-ted.example", "address"),
        ("Anyone", "anyone@\u0440\u0430\u0443\u0440\u0430l.example", "address"),
        ("Anyone", "anyone@\u0441\u0430\u0440\u0441.example", "address"),
        ("Иван", "ivan@\u0441\u0430\u0440\u0430\u0442\u043e\u0432.\u0440\u0444", ""),
        ("Jürgen", "juergen@büro.example", ""),
        ("王小明", "ming@例子.example", ""),
        ("Other", "other@post.example", ""),
        ("Nobody", "xn--@xn--\u2028.example", ""),
        ("", "", ""),
    ],
)
def test_a_name_that_shows_another_address_and_an_address_that_looks_like_another_are_told(
    name: str, address: str, why: str
) -> None:
    assert caution(Address(address, name), KNOWN) == why

"""Public holidays of countries and their regions, from a library that others keep up to date.

It is heavy, so it is read when somebody asks for the first time, and never at the start of a server.
"""

from datetime import date

from helpline.core import Invalid

LANGUAGES = {"en": "en_US", "zh-TW": "zh_TW"}


class NoSuchCountry(Invalid):
    """For this country no holidays are known; a country is written like TW or DE."""


class NoSuchRegion(Invalid):
    """For this region no holidays are known."""


def countries() -> dict[str, list[str]]:
    """The codes of countries, and of their regions."""
    import holidays

    return dict(sorted(holidays.list_supported_countries(include_aliases=False).items()))


def holidays_of(country: str, region: str, years: list[int], locale: str = "en") -> dict[date, str]:
    """What is a public holiday there, in the language that comes nearest."""
    import holidays

    try:
        there = holidays.country_holidays(country)
    except NotImplementedError:
        raise NoSuchCountry(field="country") from None
    if region and region not in there.subdivisions:
        raise NoSuchRegion(field="region")
    wanted, known = LANGUAGES.get(locale, "en_US"), there.supported_languages
    language = next((one for one in (wanted, wanted.replace("TW", "CN"), "en_US") if one in known), None)
    found = holidays.country_holidays(country, subdiv=region or None, years=years, language=language)
    return dict(sorted(found.items()))

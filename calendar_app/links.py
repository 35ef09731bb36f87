"""Addresses with UTM tags, by which a web analysis tells where visitors came from. Pure."""

import re
from urllib.parse import parse_qsl, quote_plus, urlsplit, urlunsplit

SOURCE, MEDIUM, CAMPAIGN, CONTENT = "utm_source", "utm_medium", "utm_campaign", "utm_content"
ORGANIC, PAID = "social", "paid_social"
# ʻ, ʼ and what people type for them belong to a word: yangi oʻy → yangi-oy.
APOSTROPHES = re.compile("['`\u02bb\u02bc\u2018\u2019]")


def tagged(address: str, *, source: str, medium: str = ORGANIC, campaign: str = "", content: str = "") -> str:
    """The address with its tags behind whatever query it has, before its fragment; a tag that stands there stays.

    An address that cannot be read comes back as it is.
    """
    try:
        parts = urlsplit(address)
    except ValueError:
        return address
    if not address.strip():
        return address
    standing = {name for name, _value in parse_qsl(parts.query, keep_blank_values=True)}
    wanted = {SOURCE: source, MEDIUM: medium, CAMPAIGN: campaign, CONTENT: content}
    added = [f"{name}={quote_plus(value)}" for name, value in wanted.items() if value and name not in standing]
    return urlunsplit(parts._replace(query="&".join([part for part in [parts.query, *added] if part])))


def is_tagged(address: str) -> bool:
    """Its visits can be told apart: it names a source."""
    try:
        return any(name == SOURCE and value for name, value in parse_qsl(urlsplit(address).query))
    except ValueError:
        return False


def word(text: str) -> str:
    """A name as a tag writes it: “Kuzgi kolleksiya” → kuzgi-kolleksiya."""
    return re.sub(r"[\W_]+", "-", APOSTROPHES.sub("", text.casefold())).strip("-")

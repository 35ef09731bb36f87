"""What a person is called behind an @: their whole name, the beginning of their address, or their first name."""

import re

from brands.models import User
from brands.searching import APOSTROPHES

_ANY_APOSTROPHE = f"[{re.escape(APOSTROPHES)}]"


def handles(user: User) -> list[str]:
    """The longest first, so that nothing of a name is left behind another."""
    return sorted(
        {name for name in (str(user), user.email.split("@")[0], str(user).split(" ")[0]) if name}, key=len, reverse=True
    )


def without(names: list[str], text: str, instead: str) -> str:
    """The text with `instead` behind each @ that one of the names stood behind."""
    spelt = "|".join(re.sub(_ANY_APOSTROPHE, lambda _sign: _ANY_APOSTROPHE, re.escape(name)) for name in names)
    return re.sub(rf"(?<![\w.])@(?:{spelt})(?!\w)", lambda _found: f"@{instead}", text, flags=re.IGNORECASE)

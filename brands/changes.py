"""Word that somebody changed something in a brand, for those who keep what they worked out from it.

The door tells after each request that may have written; whoever changes a brand elsewhere calls `told` itself. An app higher
up listens (`register` in its AppConfig.ready) and finds out by comparing what it was.
"""

from collections.abc import Callable

from brands.models import Brand

_listeners: list[Callable[[Brand], None]] = []


def register(listener: Callable[[Brand], None]) -> None:
    if listener not in _listeners:
        _listeners.append(listener)


def told(brand: Brand) -> None:
    for listener in _listeners:
        listener(brand)

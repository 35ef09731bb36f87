"""Approved versions next to one another, and next to the strategy as it is now."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from strategies import change_looks, plain, whole
from strategies.change_looks import Look
from strategies.differences import Content, differences
from strategies.models import Strategy
from strategies.steps import STEPS
from strategies.words import Words

NOW = "now"


@dataclass
class Chapter:
    """The differences of one step."""

    title: str | Promise
    looks: list[Look] = field(default_factory=list)


def chosen(earlier: str | None, later: str | None, numbers: Sequence[int]) -> tuple[int, int | None]:
    """Two versions out of an address, the older one first; None is the strategy as it is now.

    `numbers` are those there are, the newest first. What is no version becomes the newest one, and now.
    """
    first = _number(earlier, numbers) or numbers[0]
    second = _number(later, numbers)
    if earlier == NOW and second is not None:
        return second, None
    if second is None:
        return first, None
    return min(first, second), max(first, second)


def _number(text: str | None, numbers: Sequence[int]) -> int | None:
    return next((number for number in numbers if str(number) == text), None)


def content(strategy: Strategy, number: int | None) -> dict[str, Any]:
    """What the strategy said in a version, or says now."""
    if number is None:
        return plain.content_of(whole.load(strategy))
    return strategy.snapshots.values_list("content", flat=True).get(number=number)


def side_by_side(words: Words, before: Content, after: Content) -> list[Chapter]:
    """The differences in the order of the steps; steps without any are left out."""
    chapters: dict[str, Chapter] = {"": Chapter(_("Name, summary and dates"))}
    chapters |= {step.slug: Chapter(step.label) for step in STEPS}
    old, new = Words(words.brand, after, before), words
    for found in differences(before, after, plain.passed_over()):
        look = change_looks.look_at(found, old if found.act == "removed" else new)
        chapters[look.step.slug if look.step else ""].looks.append(look)
    return [chapter for chapter in chapters.values() if chapter.looks]

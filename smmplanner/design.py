"""A page for developers, where DEBUG is set: every component of the product once, in each of its states.

It shows the templates and tags that pages use, never copies of them. Its own few words are for developers and stay English.
"""

from datetime import UTC, datetime
from types import SimpleNamespace as Example

from django import forms
from django.contrib import messages
from django.contrib.messages.storage.base import Message
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from brands.fields import MoneyField, NumberField
from brands.templatetags.ui import PLATFORM_ICONS, STATUSES
from smmplanner.contrast import THEMES, pairs

# What no page may burst from: a word that cannot be broken, a compound, a name of 80 letters.
LONG_WORD = "incomprehensibilities" * 2 + "counterrevolutionaries"
COMPOUND = "ijtimoiylashtirilmaganliklarimizdanmikinsizlar"
LONG_NAME = "The autumn collection of handwoven atlas and adras for those who wear it each day"[:80]
ICONS = ("plus", "pencil", "trash", "check", "x", "search", "settings", "bell", "calendar-event", "chart-line", "info-circle")
PUBLICATION_STATES = (
    "idea", "draft", "in_review", "changes_requested", "approved", "planned", "scheduled", "due", "published", "missed",
    "expired", "cancelled",
)  # fmt: skip


class Fields(forms.Form):
    text = forms.CharField(label="Text", help_text="What stands below a field.", max_length=80)
    number = NumberField(label="Number", required=False)
    money = MoneyField(label="Money, UZS", currency="UZS", required=False)
    date = forms.DateField(label="Date", widget=forms.DateInput(attrs={"type": "date"}))
    select = forms.ChoiceField(label="Select", choices=[("a", COMPOUND), ("b", LONG_NAME)])
    radio = forms.ChoiceField(label="Radio", choices=[("a", "One"), ("b", "Another")], widget=forms.RadioSelect)
    several = forms.MultipleChoiceField(
        label="Tick boxes", choices=[("a", "One"), ("b", LONG_NAME)], widget=forms.CheckboxSelectMultiple, required=False
    )
    area = forms.CharField(label="Text of several lines", widget=forms.Textarea(attrs={"rows": 3}), required=False)
    checkbox = forms.BooleanField(label="A tick box alone", required=False)
    disabled = forms.CharField(label="Disabled", disabled=True, initial="Cannot be changed", required=False)


def chip(number: int, status: str, title: str) -> Example:
    platform = Example(slug=("instagram", "telegram", "facebook", "tiktok")[number % 4], name="A network")
    post = Example(title=title, pillar=Example(name="A pillar", colour=number % 6 + 1))
    return Example(
        pk=number + 1, version=1, post=post, post_id=number + 1, channel=Example(platform=platform), shown_status=status,
        is_settled=status in ("published", "cancelled"), at=datetime(2026, 3, 2, 9, 30, tzinfo=UTC),
    )  # fmt: skip


def card(label: str, **what: object) -> Example:
    usual: dict[str, object] = {
        "label": label, "name": "example", "kpi_url": "#", "working_url": "#", "sign": "%", "spark": [3, 4, None, 5, 4, 6],
        "reading": Example(shown="4.88"), "base": Example(shown="4.1"), "change": 1, "change_shown": "0.78 pp", "change_tone": "good",
        "is_known": True, "is_unchanged": False, "has_risen": True, "is_vanity": False, "goal": None,
    }  # fmt: skip
    return Example(**(usual | what))


def cards() -> list[Example]:
    why = Example(shown="—", reason="Reach was not measured in these days.")
    return [
        card("Engagement by reach"),
        card("Cost per lead", has_risen=False, change_tone="bad", is_vanity=True),
        card("No change", is_unchanged=True, change_tone="none"),
        card(COMPOUND, base=None, change=None, spark=None),
        card("Missing", is_known=False, change=None, spark=None, reading=why),
    ]


def said() -> list[Message]:
    levels = (messages.SUCCESS, messages.INFO, messages.WARNING, messages.ERROR)
    return [Message(level, f"A message: {LONG_NAME}") for level in levels]


@require_safe
def gallery(request: HttpRequest) -> HttpResponse:
    names = ["Autumn", COMPOUND, LONG_NAME]
    wrong = {"text": "x" * 81, "money": "12 USD", "date": "32.13.2026", "select": "c"}
    context = {
        "brand": Example(slug="example", name=LONG_NAME, time_zone="Asia/Tashkent"), "may_edit": True, "messages": said(),
        "icons": ICONS, "networks": list(PLATFORM_ICONS), "statuses": list(STATUSES), "names": names, "long_word": LONG_WORD,
        "contrasts": {theme: [pair for pair in pairs() if pair.theme == theme] for theme in THEMES},
        "form": Fields(auto_id="plain_%s"), "wrong": Fields(wrong, auto_id="wrong_%s"),
        "publications": [chip(number, state, (*names, "A post")[number % 4]) for number, state in enumerate(PUBLICATION_STATES)],
        "cards": cards(), "word_show": "Show the working", "word_hide": "Hide it", "group": Example(heading=Example(group="example")),
        "rows": Paginator(range(10_000), 25).page(200), "spark": [3, 5, None, 4, 6, 7],
        "mix": [("f-s1", 40), ("f-s2", 35), ("f-s3", 25)],
        "import": Example(row=Example(status="checking", rows_done=6400, rows_total=10_000), percent=64),
    }  # fmt: skip
    return render(request, "design/gallery.html", context)

"""Every page of the demo brand: each GET address of the URLconf that answers a page, with rows of the demo in its address.

An address with something new in it wants a row in `SAMPLES`.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import product

from allauth.account.forms import default_token_generator
from allauth.account.models import EmailAddress, EmailConfirmationHMAC
from allauth.account.utils import user_pk_to_url_str
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from brands import invitations
from brands.endings import Ending
from brands.exports import jobs as exports
from brands.models import Brand, Invitation, Role, User
from calendar_app import feeds, review_links
from calendar_app.models import KeyDate
from calendar_app.views.mix import KINDS
from metrics import imports, share
from metrics.demo.people import ADMIN, LEAD, VIEWER
from metrics.health.rules import RULES
from metrics.reports import letters
from smmplanner.tests.doors import pages
from strategies import surveys
from strategies.models import Answer, Strategy
from strategies.steps import STEPS

ANONYMOUS, SIGNED_IN, STAFF = "anonymous", "lead", "staff"
WHO = {ANONYMOUS: None, SIGNED_IN: LEAD, STAFF: ADMIN}

# A file with a line that cannot be read, so that its preview has something to say.
FILE = 'sep=,\n"Instagram reach"\n"Date","Primary"\n"2026-01-01T00:00:00","5"\n"2026-01-02T00:00:00","x"\n'.encode("utf-16")
# Pages of Django's administration are its own; these are ours.
OUR_ADMINISTRATION = {"admin:metrics_recomputerun_changelist", "admin:brands_taskfailure_changelist"}
# Asked with an address that works, they lead on to the page.
LEADS_TO_ITS_PAGE = {"account_reset_password_from_key"}
# The demo is no sample that a person may throw away.
NOT_OF_THE_DEMO = {"metrics:delete_sample"}
# Nobody of the demo has a second factor.
NOT_OF_THE_DEMO |= {"mfa_deactivate_totp", "mfa_view_recovery_codes", "mfa_download_recovery_codes"}
NOT_OF_THE_DEMO |= {"mfa_edit_webauthn", "mfa_remove_webauthn"}
# What a page shows otherwise only after a click.
QUERIES = {
    "metrics:what_if": ["preset=90"],
    "metrics:new_report": ["preset=campaign"],
    "metrics:mentions": ["", "show=all&by=feed"],
    "metrics:grid": ["sheet=support&unit=week"],
    "calendar:next_slots": ["channel={channel}"],
}


def running(brand: Brand) -> Strategy:
    return brand.strategies.running(brand.today()).get()


def of_strategy(rows: str) -> Callable[[Brand], list[object]]:
    return lambda brand: [getattr(running(brand), rows).first().pk]


def of_brand(rows: str, **conditions: object) -> Callable[[Brand], list[object]]:
    return lambda brand: [getattr(brand, rows).filter(**conditions).first().pk]


def only(*values: object) -> Callable[[Brand], list[object]]:
    return lambda brand: list(values)


def strategy(brand: Brand) -> list[object]:
    return [running(brand).pk]


def post(brand: Brand) -> list[object]:
    return [brand.posts.filter(state="in_review").first().pk]


def posts(brand: Brand) -> list[object]:
    """One that is being written, and one that went out and has its figures."""
    return [*post(brand), brand.posts.exclude(publications__observations=None).first().pk]


def report(brand: Brand) -> list[object]:
    return [brand.reports.exclude(links=None).get().pk]


def letter(brand: Brand) -> str:
    row = letters.ReportLetter.objects.filter(issued__report__brand=brand, recipient__user=None).first()
    return letters.READING.sign_object([row.pk, row.recipient_id])


def file(brand: Brand) -> list[object]:
    return [brand.imports.filter(name="Reach.csv").first().pk]


def invitation(brand: Brand) -> list[object]:
    return [invitations.token(brand.invitations.first())]


def export(brand: Brand) -> list[object]:
    row = brand.exports.create(status="ready", made_at=timezone.now())
    row.file.save("exports/demo.zip", ContentFile(b"PK"))
    return [exports.token(row, User.objects.get(email=LEAD))]


def viewer() -> User:
    """Nobody signs in as they do, which would make the token of the password's letter invalid."""
    return User.objects.get(email=VIEWER)


# What stands at a place of an address (the end of the route up to there), as the rows of the brand say it.
SAMPLES: dict[str, Callable[[Brand], list[object]]] = {
    "<slug:brand>": lambda brand: [brand.slug],
    "notifications/<int:pk>": of_brand("notifications"),
    "channels/<int:pk>": of_brand("channels"),
    "team/<int:pk>": of_brand("memberships", role=Role.VIEWER),
    "settings/api/<int:pk>": of_brand("api_tokens"),
    "webhooks/<int:pk>": of_brand("webhook_endpoints"),
    "messages/<int:number>": lambda brand: [brand.webhook_endpoints.first().deliveries.first().pk],
    "settings/invitations/<int:pk>": of_brand("invitations"),
    "invitations/<str:signed>": invitation,
    # Nothing answers GET there, and sessions are made by signing in.
    "sessions/<int:pk>": only(1),
    "confirm-email/<str:key>": lambda brand: [EmailConfirmationHMAC(EmailAddress.objects.get(user=viewer())).key],
    "export/<str:signed>": export,
    "confirm-email/(?P<key>": lambda brand: [EmailConfirmationHMAC(EmailAddress.objects.get(user=viewer())).key],
    "reset/key/(?P<uidb36>": lambda brand: [user_pk_to_url_str(viewer())],
    "-(?P<key>": lambda brand: [default_token_generator.make_token(viewer())],
    "surveys/<str:signed>": lambda brand: [surveys.token(running(brand).surveys.first())],
    "feeds/<str:secret>": lambda brand: [feeds.create(brand, User.objects.get(email=LEAD), only_mine=False)[1]],
    "review/<str:signed>": lambda brand: [review_links.token(brand.review_links.first())],
    "review/<str:signed>/pictures/<int:pk>": lambda brand: [
        brand.media_files.filter(uses__post__review_links=brand.review_links.first()).first().pk
    ],
    "shared/<str:signed>/pictures/<int:pk>": of_strategy("personas"),
    "shared/reports/<str:signed>": lambda brand: [share.report_token(brand.reports.exclude(links=None).get().links.get())],
    "shared/issued/<str:signed>": lambda brand: [letter(brand)],
    "unsubscribe/<str:signed>": lambda brand: [Ending(User.objects.get(email=LEAD)).address.rstrip("/").rsplit("/", 1)[1]],
    "shared/unsubscribe/<str:signed>": lambda brand: [
        letters.unsubscribe_token(brand.reports.exclude(links=None).get().recipients.get(user=None))
    ],
    "shared/<str:signed>": lambda brand: [share.token(running(brand).share_links.filter(revoked_at=None).first())],
    "library/help/<slug:place>": only("calendar"),
    "first-plan/<int:pk>": strategy,
    "kpi/<slug:name>": only("audience_engagement"),
    "working/<slug:name>": only("views", "audience_engagement"),
    "trend/<slug:name>": only("audience_engagement"),
    "tables/<slug:name>": only("cards"),
    "strategies/<int:pk>": strategy,
    "strategy/<int:pk>": strategy,
    "mix/<int:pk>": strategy,
    "campaigns/<int:pk>": of_brand("campaigns"),
    "campaign/<int:pk>": of_brand("campaigns"),
    "posts/<int:pk>": post,
    "calendar/posts/<int:pk>": posts,
    "post/<int:pk>": post,
    "review/<int:pk>": post,
    "worth/<int:pk>": lambda brand: [brand.assigned_values.first().target_id],
    "money/<int:pk>": of_brand("ledger_entries"),
    "figures/<int:pk>": of_brand("observations"),
    "findings/<int:pk>": of_brand("findings"),
    "alerts/<int:pk>": of_brand("alerts"),
    "reports/<int:pk>": report,
    "issued/<int:pk>": lambda brand: [brand.reports.exclude(links=None).get().issued.get().pk],
    "strategies/<int:pk>/links/<int:number>": of_strategy("share_links"),
    "reports/<int:pk>/links/<int:number>": lambda brand: [brand.reports.exclude(links=None).get().links.get().pk],
    "recipients/<int:number>": lambda brand: [brand.reports.exclude(links=None).get().recipients.get(user=None).pk],
    "imports/<int:pk>": file,
    "mentions/<int:pk>": of_brand("mentions"),
    "sources/<int:pk>": lambda brand: [brand.mention_feeds.exclude(problem="").first().pk],
    "evidence/<slug:question>": lambda brand: list(Answer.Question.values),
    "goals/<int:goal>": of_strategy("goals"),
    "health/<slug:rule>": only(RULES[0].name),
    "document/pictures/<int:number>": of_strategy("personas"),
    "personas/<int:number>": of_strategy("personas"),
    "tools/<int:pk>": of_brand("tools"),
    "plans/<int:pk>": of_brand("communication_plans"),
    "items/<int:pk>": lambda brand: [brand.communication_plans.first().items.first().pk],
    "plans/editorial/<int:pk>": of_brand("editorial_plans"),
    "calendar/editorial/<int:pk>": of_brand("editorial_plans"),
    "slots/<int:pk>": lambda brand: [brand.editorial_plans.exclude(slots=None).first().slots.first().pk],
    "history/<int:change>": of_strategy("changes"),
    "history/<slug:kind>": only("posts"),
    "history/<slug:kind>/<int:pk>": post,
    "versions/<int:number>": only(1),
    "comments/<int:comment>": of_strategy("comments"),
    "to/<slug:name>": only("archive"),
    "confirm/<slug:stage>": only("goals"),
    "presets/<int:applied>": of_strategy("applied_presets"),
    "presets/<slug:name>": only("small"),
    "surveys/<int:number>": of_strategy("surveys"),
    "questions/<int:question>": lambda brand: [running(brand).surveys.first().questions.first().pk],
    "surveys/<int:number>/<slug:name>": only("open"),
    "strategies/<int:pk>/<slug:step>": lambda brand: [step.slug for step in STEPS],
    "views/<int:pk>": of_brand("saved_views"),
    "days/<str:day>": lambda brand: [brand.today()],
    "links/<int:pk>": of_brand("review_links"),
    "posts/<int:pk>/<slug:name>": only("approve"),
    "media/<int:pk>": of_brand("media_files"),
    "hashtags/<int:pk>": of_brand("hashtag_sets"),
    "templates/<int:pk>": of_brand("post_templates"),
    "publications/<int:pk>": of_brand("publications"),
    "publications/<int:pk>/<slug:name>": only("cancel"),
    "series/<int:pk>": of_brand("series"),
    "key-dates/<int:pk>": lambda brand: [KeyDate.objects.filter(brand=brand).first().pk],
    "mix/<int:pk>/<slug:dimension>": lambda brand: list(KINDS),
    "workload/<str:week>": lambda brand: [brand.today().strftime("%G-W%V")],
    "import/<int:pk>": of_brand("plan_files"),
    "calendar/feeds/<int:pk>": of_brand("calendar_feeds"),
    "webauthn/keys/<int:pk>": only(1),
    # Without a token it does not matter what is there: `test_api_doors.py` goes on from here.
    "api/v1/brands/<brand>": lambda brand: [brand.slug],
    "channels/<channel>": only(1),
    "strategies/<strategy>": only(1),
    "posts/<post>": only(1),
    "publications/<publication>": only(1),
    "steps/<step>": only("approve"),
    "acts/<act>": only("cancel"),
}


@dataclass(frozen=True)
class DemoPage:
    """An address of the demo, and once it was asked, who sees a page there."""

    name: str
    path: str
    of_brand: bool
    "Behind the door: only for those who signed in."
    who: str = ""
    is_whole: bool = True
    "Otherwise a fragment, which stands inside other pages."

    def __str__(self) -> str:
        return f"{self.name} {self.path}"

    @property
    def is_a_file(self) -> bool:
        """report.pdf, table.csv: addresses of pages end in a slash."""
        return "." in self.path.partition("?")[0].rpartition("/")[2]


def complete(brand: Brand) -> None:
    """What the demo has none of: a file to be looked at, an open invitation, an address to be confirmed, a persona's picture."""
    found = running(brand)
    received, _is_new = imports.receive(brand, None, ContentFile(FILE, "Reach.csv"), "Reach.csv")
    imports.check(received.pk)
    Invitation.objects.create(brand=brand, email="nodira@example.com", expires_at=timezone.now() + timedelta(days=7))
    EmailAddress.objects.get_or_create(user=viewer(), email=VIEWER, primary=True)
    found.comments.create(step="goals", text="Why these?")
    found.applied_presets.create(preset=brand.business_type)
    if not found.changes.exists():
        found.changes.create(
            act="changed", part="strategy", row=found.pk, name=found.name, field="name", was="Old", became=found.name
        )
    endpoint = brand.webhook_endpoints.create(url="https://example.com/hook", events=["kpi.alert"], secret="whsec_")
    endpoint.deliveries.create(message="msg_1", event="kpi.alert", body="{}", status="failed", response_body="Not here")
    brand.api_tokens.create(
        membership=brand.memberships.first(), name="Weekly figures", digest=str(brand.pk), expires_at=timezone.now()
    )
    with brand.media_files.first().thumbnail.open() as picture:
        found.personas.first().picture.save("persona.webp", ContentFile(picture.read()))


def sample(place: str) -> Callable[[Brand], list[object]]:
    """The longest entry of the table that the place ends with."""
    fitting = [end for end in SAMPLES if place.endswith(end)]
    assert fitting, f"{place} has no sample: add a row to SAMPLES in {__name__}"
    return SAMPLES[max(fitting, key=len)]


def places_of(route: str) -> dict[str, str]:
    """The parameters of an address, and for each the route up to there."""
    return {each[1].split(":")[-1]: route[: each.end()] for each in re.finditer(r"<([^>]+)>", route)}


def addresses(brand: Brand) -> list[DemoPage]:
    """Each address of the product, whatever it answers."""
    found, known = [], {}
    for page in pages("smmplanner.urls"):
        # What the API answers is for programs.
        if (
            page.name in NOT_OF_THE_DEMO
            or page.name.startswith("api:")
            or (page.name.startswith("admin:") and page.name not in OUR_ADMINISTRATION)
        ):
            continue
        places = places_of(page.route)
        known |= {place: sample(place)(brand) for place in places.values() if place not in known}
        values = [known[place] for place in places.values()]
        for chosen in product(*values):
            path = reverse(page.name, kwargs=dict(zip(places, chosen, strict=True)))
            for query in QUERIES.get(page.name, [""]):
                filled = query.format(channel=brand.channels.first().pk)
                found.append(DemoPage(page.name, f"{path}?{filled}" if filled else path, page.is_a_brand_page))
    return found


def readers(language: str) -> dict[str, Client]:
    """Everybody who reads pages, each in this language."""
    User.objects.update(language=language)
    clients = {who: Client(headers={"Accept-Language": language}) for who in WHO}
    for who, email in WHO.items():
        if email:
            clients[who].force_login(User.objects.get(email=email))
    return clients


def html_pages(brand: Brand, language: str = "en") -> Iterator[tuple[DemoPage, str]]:
    """Every address of the demo brand that answers somebody a page or a part of one, and what it answers.

    Asked as nobody in particular first. A sample that leads nowhere fails.
    """
    clients = readers(language)
    for page in [page for page in addresses(brand) if not page.is_a_file]:
        for who in [who for who in WHO if who != ANONYMOUS or not page.of_brand]:
            answer = clients[who].get(page.path, follow=page.name in LEADS_TO_ITS_PAGE)
            if answer.streaming:
                # Read to its end, which closes the file.
                list(answer)
            assert answer.status_code < 400 or answer.status_code in (403, 405), f"{page} answers {who} {answer.status_code}"
            if answer.status_code == 200 and answer["Content-Type"].startswith("text/html") and not answer.streaming:
                yield replace(page, who=who, is_whole=b"<html" in answer.content[:1000]), answer.text
            if answer.status_code in (200, 405):
                break

"""Who signs in to the demo. The password is printed at the start: a demo is for looking, not for secrets."""

from brands.models import Brand, Channel, Membership, Platform, Role, User

PASSWORD = "atlas-libos-2027"
LEAD, MARKETER, VIEWER, ADMIN = "dilnoza@example.com", "malika@example.com", "rustam@example.com", "admin@example.com"

# No letter arrives there, whatever is sent.
NOWHERE = "sample.invalid"

# (e-mail, name, role, hours per week, skills)
TEAM = (
    (LEAD, "Dilnoza Karimova", Role.LEAD, 12, ["copy", "community"]),
    (MARKETER, "Malika Yusupova", Role.MARKETER, 24, ["copy", "design", "video", "ads"]),
    (VIEWER, "Rustam Nazarov", Role.VIEWER, 0, []),
)
HANDLES = {"instagram": "atlaslibos", "telegram": "atlaslibos", "tiktok": "atlas.libos", "facebook": "atlaslibos.uz"}


def logins() -> list[tuple[str, str, str]]:
    """(e-mail, password, role in words) of everyone who can sign in to the demo."""
    team = [(email, PASSWORD, Role(role).label) for email, _name, role, _hours, _skills in TEAM]
    return [*team, (ADMIN, PASSWORD, "Administration")]


def create_sample_team(brand: Brand, lead: User) -> dict[str, User]:
    """The person leads; the others are there to be looked at, and cannot sign in."""
    people = {}
    for email, name, role, hours, skills in TEAM:
        user = lead
        if role != Role.LEAD:
            user = User.objects.create_user(f"{email.split('@')[0]}.{brand.slug}@{NOWHERE}", name=name, is_active=False)
        Membership.objects.create(brand=brand, user=user, role=role, hours_per_week=hours, skills=skills)
        people[email] = user
    return people


def create_team(brand: Brand) -> dict[str, User]:
    people = {}
    for email, name, role, hours, skills in TEAM:
        user = User.objects.filter(email=email).first() or User.objects.create_user(email, PASSWORD, name=name)
        Membership.objects.create(brand=brand, user=user, role=role, hours_per_week=hours, skills=skills)
        people[email] = user
    if not User.objects.filter(email=ADMIN).exists():
        User.objects.create_superuser(ADMIN, PASSWORD, name="Admin")
    return people


def create_channels(brand: Brand) -> dict[str, Channel]:
    platforms = {platform.slug: platform for platform in Platform.objects.filter(slug__in=HANDLES)}
    return {
        slug: Channel.objects.create(brand=brand, platform=platforms[slug], handle=handle) for slug, handle in HANDLES.items()
    }

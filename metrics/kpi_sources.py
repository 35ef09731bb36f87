"""Where each KPI comes from, in the reader's language. The English stands with the KPIs, which are pure."""

from django.utils.translation import gettext, gettext_noop

SOURCES = (
    gettext_noop("Common practice of the field"),
    gettext_noop("Guide to a social media strategy in eight steps"),
    gettext_noop("Z. Hakimov, “SMM marketing” (lecture)"),
    gettext_noop("Z. Hakimov, “SMM marketing” (lecture), eighth mistake to avoid"),
    gettext_noop("Z. Hakimov, “SMM marketing” (lecture), first question of the analysis"),
    gettext_noop("Z. Hakimov, “SMM marketing” (lecture); Guide to a social media strategy in eight steps"),
    gettext_noop("Z. Hakimov, “SMM marketing” (lecture); Lovett 2011"),
    gettext_noop("Extension of: Z. Hakimov, “SMM marketing” (lecture)"),
    gettext_noop("Altimeter, Social Marketing Analytics (2010); Z. Hakimov, “SMM marketing” (lecture)"),
    gettext_noop("A. Kaushik, Best Social Media Metrics"),
    gettext_noop("Hootsuite"),
)


def say(source: str) -> str:
    """A name that is none of these is somebody’s own and stays as it is, whatever else it means in the product."""
    return gettext(source) if source in SOURCES else source

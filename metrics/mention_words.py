"""What the desk of mentions says: why a feed did not come, in the reader's language."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from metrics.importers import MESSAGES
from metrics.models import MentionFeed

PROBLEMS = {
    "bad_address": gettext_noop("This is not the address of a feed. It begins with https:// or http://."),
    "not_http": gettext_noop("A feed has an address that begins with https:// or http://."),
    "credentials": gettext_noop("The address holds a name or a password. Feeds are fetched without one: use a public address."),
    "bad_port": gettext_noop("Feeds are fetched from the usual ports only (80 and 443), not from %(detail)s."),
    "not_public": gettext_noop("This address lies in a private network. Only feeds of the public internet are fetched."),
    "unknown_host": gettext_noop("There is no server called %(detail)s. Look at the address once more."),
    "no_answer": gettext_noop("The server did not answer, or hung up."),
    "too_slow": gettext_noop("The server took longer than %(detail)s seconds."),
    "cut_short": gettext_noop("The server hung up in the middle."),
    "bad_certificate": gettext_noop("The certificate of the server is not valid, so nobody knows who answers there."),
    "too_many_redirects": gettext_noop("The address leads on to another one, more than %(detail)s times."),
    "redirect_to_http": gettext_noop("The address leads on to one without encryption."),
    "no_redirect_target": gettext_noop("The server says that the feed has moved, and not where to."),
    "status": gettext_noop("The server answers with the error %(detail)s."),
    "web_page": gettext_noop("This is a web page, not a feed. Look for “RSS” or “Atom” on it and take that address."),
    "bad_type": gettext_noop("The server sends “%(detail)s”, which is no feed."),
    "bad_encoding": gettext_noop("The server packs the feed in a way that cannot be read (%(detail)s)."),
    "too_large": gettext_noop("The feed is larger than %(detail)s MB."),
    "failed": gettext_noop("Something went wrong on our side."),
}
LEFT_OUT = {
    "entry_without_identity": gettext_noop("Entries with neither an id nor a link"),
    "entry_without_words": gettext_noop("Entries without a title"),
    "too_many_entries": gettext_noop("Entries beyond the first 500"),
}


def problem_of(feed: MentionFeed) -> str:
    """Why the feed did not come the last time; empty where it did."""
    return say(feed.problem, feed.detail) if feed.problem else ""


def say(code: str, detail: str = "") -> str:
    if code in PROBLEMS:
        return _(PROBLEMS[code]) % {"detail": detail}
    return _(MESSAGES[code]).format(line=detail, limit=detail) if code in MESSAGES else _(PROBLEMS["failed"])

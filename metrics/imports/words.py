"""The importers' sentences in the reader's language. Their English stands, once, in `metrics.importers.messages`."""

from collections.abc import Mapping

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from metrics.importers import MESSAGES

# What only the database can tell, and what goes wrong on our side.
OWN = {
    "published_after_count": gettext_noop("Published on {raw}, after the day that the figures were counted."),
    "post_without_channel": gettext_noop(
        "A post is of a channel, and the figures of this one were to go to the brand as a whole."
    ),
    "failed": gettext_noop("Something went wrong on our side. Nothing was saved; the file is kept, so try again."),
}

# Where many rows are spoken of at once, without the example that stood in one of them.
GROUPS = {
    "bad_date": gettext_noop("Dates that cannot be read"),
    "no_date": gettext_noop("Rows without a date"),
    "no_year": gettext_noop("Dates without a year"),
    "ambiguous_date": gettext_noop("Dates that can be read two ways"),
    "no_publish_time": gettext_noop("Posts without a publishing time"),
    "no_identity": gettext_noop("Posts without an id or a link"),
    "post_without_channel": gettext_noop("Posts whose channel was not chosen"),
    "published_after_count": gettext_noop("Posts published after the day of counting"),
    "negative": gettext_noop("Figures below zero"),
    "not_whole": gettext_noop("Fractions where a count is expected"),
    "not_a_number": gettext_noop("Cells that are no numbers"),
    "out_of_range": gettext_noop("Figures that cannot be"),
    "too_big": gettext_noop("Figures too large to be true"),
    "too_precise": gettext_noop("Figures with more than six decimal places"),
    "ambiguous_number": gettext_noop("Numbers that can be read two ways"),
    "abbreviated_number": gettext_noop("Shortened numbers"),
    "rounded_number": gettext_noop("Numbers rounded by a spreadsheet"),
    "spreadsheet_date": gettext_noop("Numbers that a spreadsheet turned into dates"),
    "percentage": gettext_noop("Percentages where a figure is expected"),
    "id_destroyed": gettext_noop("Post ids rounded by a spreadsheet"),
    "not_lifetime": gettext_noop("Figures that are not of the post’s whole life"),
    "too_many_cells": gettext_noop("Rows with more cells than the heading"),
    "unknown_measure": gettext_noop("Measures with unknown names"),
    "unknown_platform": gettext_noop("Networks with unknown names"),
    "bad_currency": gettext_noop("Unknown currencies"),
    "end_before_start": gettext_noop("Periods that end before they begin"),
    "no_figures": gettext_noop("Rows without a figure"),
    "total_row": gettext_noop("Total rows"),
    "repeated_header": gettext_noop("Repeated headings"),
    "table_left_out": gettext_noop("Tables left out"),
    "breakdown_table": gettext_noop("Breakdowns without dates"),
    "table_set_aside": gettext_noop("Rows of tables that were set aside"),
    "note": gettext_noop("Notes"),
    "incomplete_sum": gettext_noop("Groups without a figure: the sum is not known"),
    "duplicate": gettext_noop("Said again further down; the later row counts"),
    "left_out": gettext_noop("Left out by choice"),
}


def say(code: str, params: Mapping[str, object] | None = None) -> str:
    """The sentence for a code; what a broken or future code means is better said vaguely than not at all."""
    template = OWN.get(code) or MESSAGES.get(code)
    if template is None:
        return _(OWN["failed"])
    given = dict(params or {})
    if "reason_code" in given:
        given["reason"] = say(str(given["reason_code"]), {name: given[name] for name in given if name != "reason_code"})
    try:
        return _(template).format(**given)
    except (KeyError, IndexError, ValueError):
        return template


def group(code: str) -> str:
    return _(GROUPS[code]) if code in GROUPS else say(code)

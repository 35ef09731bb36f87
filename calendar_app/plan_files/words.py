"""The reasons that reading a plan file gives, in the reader's language."""

from collections.abc import Mapping

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

FILE = {
    "too_large": gettext_lazy("The file is larger than %(limit)s MB. Split it."),
    "empty": gettext_lazy("The file is empty."),
    "no_table": gettext_lazy("This is not a table. Bring a CSV file or an Excel workbook (.xlsx)."),
    "bad_encoding": gettext_lazy("The letters of this file cannot be read. Save it as “CSV UTF-8”."),
    "too_wide": gettext_lazy("Row %(line)s has more than %(limit)s cells. This is not a plan of posts."),
    "too_many_rows": gettext_lazy("More than %(limit)s rows. Split the file."),
    "cell_too_long": gettext_lazy("A cell of row %(line)s is too long to be read. Is a closing quotation mark missing?"),
    "broken_workbook": gettext_lazy("The workbook is damaged. Open it, save it anew as .xlsx, and bring it again."),
    "unpacks_too_large": gettext_lazy("The workbook would become larger than %(limit)s MB. Save the sheet as CSV."),
    "unknown_format": gettext_lazy("No format that is known here. The file begins with: %(said)s"),
    "gone": gettext_lazy("The file is not there any more. Bring it again."),
}
ROW = {
    "no_day": gettext_lazy("The day is missing"),
    "bad_day": gettext_lazy("“%(said)s” is not a day"),
    "bad_clock": gettext_lazy("“%(said)s” is not a time"),
    "no_such_time": gettext_lazy("There is no %(said)s on that day: the clocks are put forward"),
    "far_day": gettext_lazy("%(said)s is too far away"),
    "unknown_zone": gettext_lazy("“%(said)s” is not a time zone"),
    "past": gettext_lazy("Its time has passed"),
    "no_text": gettext_lazy("Neither a title nor a text"),
    "text_too_long": gettext_lazy("The text has %(length)s characters; there is room for %(limit)s"),
    "too_long": gettext_lazy("%(column)s is longer than %(limit)s characters"),
    "unknown_channel": gettext_lazy("The brand has no channel %(said)s"),
    "no_channel": gettext_lazy("No channel is named"),
    "bad_link": gettext_lazy("“%(said)s” is not a link"),
    "unknown_word": gettext_lazy("“%(said)s” is not known in the column %(column)s"),
    "bad_hours": gettext_lazy("“%(said)s” is not a number of hours"),
    "twice": gettext_lazy("This post goes to that channel already, in row %(line)s"),
}
NOTE = {
    "comes_as_draft": gettext_lazy("Was “%(said)s”; comes as a draft"),
    "pictures": gettext_lazy("Pictures are left out: add them to the post"),
    "left_out": gettext_lazy("%(column)s left out: %(said)s"),
    "unknown_name": gettext_lazy("No %(column)s “%(said)s” here: left empty"),
    "unknown_channel": gettext_lazy("The brand has no channel %(said)s: left out"),
    "several": gettext_lazy("Several %(column)s are called “%(said)s”: the newest was taken"),
    "clock_assumed": gettext_lazy("No time given: %(said)s"),
    "happens_twice": gettext_lazy("The clocks show this time twice that night: the first is meant"),
}


def file_words(code: str, params: Mapping[str, object]) -> str:
    return str(FILE.get(code, FILE["no_table"])) % params


def row_words(code: str, params: Mapping[str, object]) -> str:
    return str(ROW[code]) % params


def note_words(code: str, params: Mapping[str, object]) -> str:
    return str(NOTE[code]) % params


def done_words(count: int) -> str:
    return ngettext("%(count)s post is in the calendar.", "%(count)s posts are in the calendar.", count) % {"count": count}


def none_words() -> str:
    return _("Nothing new in this file: all of it is in the calendar already.")

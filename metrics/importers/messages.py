"""Every sentence an importer can say, once, as an English template with named parameters.

Nothing here translates: whoever shows a message translates the template found here under its code and
fills the parameters in. ``{…}`` placeholders are ``str.format`` names.
"""

from __future__ import annotations

from collections.abc import Mapping


def _(sentence: str) -> str:
    """Marks a sentence for the translators; it translates nothing."""
    return sentence


REFUSALS: dict[str, str] = {
    "empty": _("The file is empty."),
    "cannot_open": _("The file cannot be opened."),
    "too_large": _("The file is larger than {limit} MB. Export a shorter period."),
    "binary": _("This is not a text table: it holds bytes that no text has."),
    "bad_encoding": _("The text of this file cannot be decoded. Export it again, or save it as “CSV UTF-8”."),
    "broken_workbook": _("This workbook cannot be opened: it is damaged, or no workbook. Export it again."),
    "broken_archive": _("This archive or workbook is damaged: the download probably broke off. Download it again."),
    "empty_archive": _("There is no file in this archive."),
    "encrypted": _("This file is protected by a password. Save it without one and upload it again."),
    "unpacked_too_large": _("Unpacked, the file is larger than {limit} MB. Export a shorter period."),
    "packed_too_tight": _("The file is packed more tightly than any table is, so it was not unpacked."),
    "too_many_files": _("There are more than {limit} files in this archive."),
    "too_many_tables": _("There are more than {limit} tables in this file."),
    "nested_too_deep": _("An archive within an archive within an archive: unpack it and upload the files."),
    "gzip_archive": _("This is a compressed file. Unpack it and upload the CSV file inside."),
    "pdf": _("This is a PDF. A report for reading has no table to import; export the figures as CSV."),
    "image": _("This is a picture. Export the figures as CSV; a screenshot cannot be read."),
    "web_page": _("This is a web page, not a table: the download probably ended on a login page. Export again."),
    "json": _("This is a JSON file. Export the figures as CSV."),
    "line_too_long": _("Line {line} is longer than {limit} characters: this is not a table of figures."),
    "field_too_long": _("A cell that begins near line {line} never ends: a quotation mark is missing its pair."),
    "not_recognised": _("This file was not recognised. Its first row reads: {seen}"),
    "not_supported_yet": _("This looks like a {platform} file, which is not supported yet."),
    "breakdown": _("This is a breakdown ({tables}): its figures are of no days, so there is no time series to import."),
    "ids_destroyed": _(
        "A spreadsheet has rounded the post ids (“{example}”), so posts can no longer be told apart. "
        "Export the file again and upload it without opening it in Excel."
    ),
    "no_measure": _("No column of figures was recognised. Say what the columns mean. Columns: {seen}"),
    "too_many_columns": _("Line {line} has more than {limit} cells: this is not a table of figures."),
    "competitors": _("This table compares the pages of several companies; figures of rivals are not stored as yours."),
    "posts_of_a_span": _(
        "This table gives posts the figures of some days, and not the day they were published; only figures of a post’s whole "
        "life are stored."
    ),
    "only_derived": _("Rates and averages alone: they are worked out here from the figures they come from. Columns: {seen}"),
    "only_rolling": _(
        "People of several days, counted again with each day: such figures belong to no day and add up with none. Columns: {seen}"
    ),
    "no_span": _("The table does not say which days its figures are of."),
    "no_rows": _("The file has a heading but no rows of figures."),
}

ROW_ERRORS: dict[str, str] = {
    "bad_date": _("“{raw}” is not a date."),
    "no_date": _("The row has no date."),
    "no_year": _("The date “{raw}” has no year: say which one."),
    "ambiguous_date": _("“{raw}” can be read two ways: say whether the day or the month comes first."),
    "end_before_start": _("The period ends ({raw}) before it begins."),
    "no_publish_time": _("The platform gave no publishing time for this post, so its figures belong to no period."),
    "no_identity": _("The row has neither a post id nor a link, so nobody can tell whose figures these are."),
    "id_too_long": _("“{raw}” is too long for the id of a post."),
    "id_destroyed": _("A spreadsheet has rounded the post id “{raw}”."),
    "not_lifetime": _("“{raw}” is not a lifetime figure; only lifetime figures of posts are stored."),
    "too_many_cells": _("The row has more cells than the heading, so its figures may stand in wrong columns."),
    "unknown_measure": _("“{raw}” is not the name of a measure that files may give."),
    "unknown_platform": _("“{raw}” is not the name of a platform."),
    "bad_currency": _("“{raw}” is not a currency code of three letters."),
    "not_a_number": _("“{raw}” is not a number."),
    "ambiguous_number": _("“{raw}” can be read as thousands or as a fraction."),
    "abbreviated_number": _("“{raw}” is shortened; the exact figure is needed."),
    "rounded_number": _("“{raw}” was rounded by a spreadsheet."),
    "spreadsheet_date": _("“{raw}” was a number before a spreadsheet turned it into a date."),
    "percentage": _("“{raw}” is a percentage where a figure is expected."),
    "negative": _("“{raw}” is below zero, which this measure cannot be."),
    "not_whole": _("“{raw}” is a fraction where a count is expected."),
    "out_of_range": _("“{raw}” is outside what this measure can be."),
    "too_precise": _("“{raw}” has more than six decimal places."),
    "too_big": _("“{raw}” is too large to be true."),
}

SKIPS: dict[str, str] = {
    "no_figures": _("The row holds no figure."),
    "total_row": _("A total row: it repeats the rows above."),
    "repeated_header": _("The heading, once more."),
    "table_left_out": _("The table “{table}” is left out: see its column."),
    "breakdown_table": _("The table “{table}” is a breakdown without dates."),
    "table_set_aside": _("The table “{table}” is set aside: {reason}"),
    "incomplete_sum": _("No figure of this group in “{column}”, so the sum of all groups is not known."),
    "note": _("A note, no figures."),
    "duplicate": _("A later row of the file says the same thing again; the later one counts."),
}

COLUMNS_LEFT: dict[str, str] = {
    "unknown_column": _("Not known here; say what it means, or leave it out."),
    "left_out": _("Left out by choice."),
    "rate": _("A percentage: rates are computed from the figures, never stored."),
    "average": _("An average: it cannot be added up; it is computed where it is needed."),
    "sum_of_others": _("The sum of other columns of this file: storing it would count twice."),
    "duplicate_column": _("Another column of this file already gives this measure."),
    "describes": _("Describes the post or the account; not a figure."),
    "part": _("A part of another column of this file, which is taken as a whole."),
    "rolling": _("Counts the people of several days again with each day, so it belongs to no day and adds up with none."),
    "people_in_groups": _("Counts people by group: the same person may be in several, so the groups have no sum."),
    "paid_part": _("A paid figure that has no measure of its own."),
    "no_currency": _("Money without a currency."),
    "not_recorded": _("Worked out from other figures, or kept in the ledger; not taken from a file."),
    "other_unit": _("In a unit that is not stored."),
}

MESSAGES: dict[str, str] = {**REFUSALS, **ROW_ERRORS, **SKIPS, **COLUMNS_LEFT}


def message(code: str, params: Mapping[str, object] | None = None) -> str:
    """The English sentence of ``code`` with its parameters filled in; ``reason_code`` names a sentence within it."""
    given = dict(params or {})
    if reason := str(given.pop("reason_code", "")):
        given["reason"] = message(reason, given)
    return MESSAGES[code].format(**given)

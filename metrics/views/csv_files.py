"""Tables of the pages of results, taken away as CSV."""

from django.http import StreamingHttpResponse

from metrics.tables import Table, csv_lines


def csv_response(table: Table, name: str) -> StreamingHttpResponse:
    """The table as a file, in pieces: a ledger may be long."""
    response = StreamingHttpResponse(csv_lines(table), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    response["Cache-Control"] = "no-store"
    return response

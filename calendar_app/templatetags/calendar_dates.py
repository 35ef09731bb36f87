from datetime import date

from django import template

from brands.templatetags.ui import day

register = template.Library()


@register.simple_tag
def days(first: date, last: date) -> str:
    """“8 – 24 November”, “26 November – 11 December”."""
    if first == last:
        return day(last)
    same_month = (first.year, first.month) == (last.year, last.month)
    return f"{first.day} – {day(last)}" if same_month else f"{day(first)} – {day(last)}"

"""What the figures seem to say, and how sure that is.

The arithmetic (`robust`, `times`, `groups`, `anomalies`, `trends`, `shares`, `forecast`) knows no Django: numbers in,
an answer or a `Declined` out. `reading`, `causes`, `page` and `goals` bring figures to it and take its answers to pages.
"""

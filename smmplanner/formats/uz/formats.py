"""Uzbek as Django writes it, with two-digit hours and the input forms that browsers send."""

# Words are joined after their hyphens: a line never ends between "28-" and "noyabr". Searching passes over the joiner.
DATE_FORMAT = "j-\u2060E, Y-\u2060\\y\\i\\l"
MONTH_DAY_FORMAT = "j-\u2060E"
SHORT_DAY_FORMAT = "j-\u2060M"
YEAR_MONTH_FORMAT = "Y-\u2060\\y\\i\\l E"
TIME_FORMAT = "H:i"
DATETIME_FORMAT = f"{DATE_FORMAT}, {TIME_FORMAT}"
SHORT_DATETIME_FORMAT = "d.m.Y H:i"
DATE_INPUT_FORMATS = ["%Y-%m-%d", "%d.%m.%Y", "%d/%m/%Y"]

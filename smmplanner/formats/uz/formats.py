"""Uzbek as Django writes it, with two-digit hours and the input forms that browsers send."""

TIME_FORMAT = "H:i"
DATETIME_FORMAT = r"j-E, Y-\y\i\l, H:i"
SHORT_DATETIME_FORMAT = "d.m.Y H:i"
DATE_INPUT_FORMATS = ["%Y-%m-%d", "%d.%m.%Y", "%d/%m/%Y"]

"""Russian as Django writes it, with two-digit hours, months declined after their day and the input forms that browsers send."""

# Without the "г." after the year: sentences end in dates, and would end in two full stops.
DATE_FORMAT = "j E Y"
MONTH_DAY_FORMAT = "j E"
SHORT_DAY_FORMAT = "j M"
YEAR_MONTH_FORMAT = "F Y"
TIME_FORMAT = "H:i"
DATETIME_FORMAT = f"{DATE_FORMAT}, {TIME_FORMAT}"
SHORT_DATETIME_FORMAT = "d.m.Y H:i"
DATE_INPUT_FORMATS = ["%Y-%m-%d", "%d.%m.%Y", "%d/%m/%Y"]

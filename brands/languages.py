"""The languages of the product by their own names, which are the same in every language."""

OWN_NAMES = {"uz": "Oʻzbekcha", "ru": "Русский", "en": "English"}
"""By code, in the order in which people choose among them."""

LANGUAGES = list(OWN_NAMES.items())

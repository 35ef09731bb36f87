from django.http import HttpRequest


def active_strategy(request: HttpRequest) -> dict:
    return {}

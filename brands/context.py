from django.http import HttpRequest


def frame(request: HttpRequest) -> dict:
    return {}

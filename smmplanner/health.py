"""Is this process able to answer? For load balancers, for whoever watches the server, and for `manage.py up`.

/healthz   alive: the process answers, whatever else is down (restart it when this fails)
/health/   the database answers, too (send people elsewhere while this fails)
/metrics   for Prometheus, where the settings open it (prometheus.py)
/readyz    everything is there: database, migrations, broker, beat, media (look at it when this fails)
"""

from collections.abc import Callable

from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache

from smmplanner import prometheus, readiness


@never_cache
def health(request: HttpRequest) -> JsonResponse:
    # A database that is away raises, and the answer becomes 503.
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return JsonResponse({"status": "ok"})


@never_cache
def live(request: HttpRequest) -> JsonResponse:
    return JsonResponse({"status": "ok"})


@never_cache
def ready(request: HttpRequest) -> JsonResponse:
    checks = readiness.look()
    is_ready = set(checks.values()) == {readiness.OK}
    return JsonResponse({"status": "ok" if is_ready else "failing", "checks": checks}, status=200 if is_ready else 503)


PROBES: dict[str, Callable[[HttpRequest], HttpResponse]] = {
    "/healthz": live,
    "/health/": health,
    "/readyz": ready,
    "/metrics": prometheus.metrics,
}


def answer_probes(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Before anything looks at the host's name, the scheme or a session: probes come from machines that know none of these."""

    def middleware(request: HttpRequest) -> HttpResponse:
        probe = PROBES.get(request.path_info)
        if probe is None or request.method not in ("GET", "HEAD"):
            return get_response(request)
        return probe(request)

    return middleware

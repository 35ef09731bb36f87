from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from brands import policy_reports
from brands.audit import address_of


@csrf_exempt
@require_POST
def policy_report(request: HttpRequest) -> HttpResponse:
    """Where browsers say what our Content-Security-Policy refused. No browser reads the answer."""
    if policy_reports.is_flood(address_of(request) or ""):
        return HttpResponse(status=429)
    try:
        body = request.read(policy_reports.LARGEST_BODY + 1)
        if len(body) > policy_reports.LARGEST_BODY:
            return HttpResponse(status=413)
        found = policy_reports.read(body, request.get_host())
    except ValueError:
        return HttpResponse(status=400)
    policy_reports.keep(found)
    return HttpResponse(status=204)

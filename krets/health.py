"""Is everything well? Asked by balancers, by those who watch over the machine, and by `start`."""

from django.db import DatabaseError, connection
from django.http import JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from krets.kit.jobs import queries as jobs

OK, ILL = "ok", "ill"


@require_safe
@never_cache
def healthz(request):
    """How web, database and worker are; `?of=web` asks for the web server alone."""
    found = {"web": OK}
    if request.GET.get("of") != "web":
        found["database"], found["worker"] = database_and_worker(timezone.now())
    well = all(state == OK for state in found.values())
    return JsonResponse(found, status=200 if well else 503)


def database_and_worker(now):
    """Ask the database once for both: a worker that cannot write its sign of life is not alive."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        return OK, OK if jobs.alive(now) else ILL
    except DatabaseError:
        return ILL, ILL

"""The page all others are measured against: same doors and frame, 25 rows by an index."""

from django.template import engines
from django.urls import path

TEMPLATE = """{% extends "ui/page.html" %}
{% block title %}Reference{% endblock %}
{% block main %}<ul class="lines">{% for person in people %}<li class="line">{{ person.first_name }}
 {{ person.last_name }}</li>{% endfor %}</ul>{% endblock %}"""


def install():
    """Put the reference page beside the product's own at /<unit>/reference/; return its route."""
    import krets.urls
    from krets.register.access.doors import page
    from krets.register.access.permissions import Permission
    from krets.register.models import Person

    template = engines["django"].from_string(TEMPLATE)

    @page(Permission.MEMBER_SEE)
    def reference(request):
        from django.http import HttpResponse

        people = Person.objects.of(request.unit).order_by("sort_key", "pk")[:25]
        return HttpResponse(template.render({"people": people}, request))

    krets.urls.urlpatterns.insert(0, path("<unit:unit>/reference/", reference, name="reference"))
    return "reference"


def main():
    """Measure the reference page alone."""
    from benchmarks.pages import run

    run(["reference"])


if __name__ == "__main__":
    import sys
    from pathlib import Path

    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
    main()

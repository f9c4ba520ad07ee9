"""How long the pages of an association of 2,000 take, in a database of 100,000 members.

    python benchmarks/pages.py [--members 2000] [--associations 50] [--requests 500]

Each page is asked for in turn with the reference page, so that both meet the same machine; the
ratio of medians and of p95 is what counts (quality: median ≤ 4, p95 ≤ 6). Statements are counted
without session, account, mandates and the count of looks.
"""

import argparse
import sys
from datetime import date
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks import common, reference

UNCOUNTED = (
    "BEGIN",
    "COMMIT",
    "SAVEPOINT",
    "RELEASE",
    "set_config",
    '"django_session"',
    '"register_look"',
    '"register_listlook"',
)

# The looks that a page shows are read by a statement of the page's own.
SHOWN = 'COUNT(DISTINCT "register_look"'


def addresses(unit, person):
    """Return {name: address} of the officer's pages."""
    base = f"/{unit.slug}"
    return {
        "reference": f"{base}/reference/",
        "today": f"{base}/",
        "members": f"{base}/register/members/",
        "members, page 40": f"{base}/register/members/?page=40",
        "person": f"{base}/register/members/{person.pk}/",
        "imports": f"{base}/register/imports/",
        "calls": f"{base}/welcome/calls/",
        "welcome": f"{base}/welcome/",
        "letters": f"{base}/welcome/letters/",
        "mandates": f"{base}/register/mandates/",
        "routines": f"{base}/rhythm/routines/",
        "all to do": f"{base}/todos/",
        "who calls whom": f"{base}/welcome/calls/share/",
        "the fee": f"{base}/welcome/leavers/",
        "a person's history": f"{base}/register/members/{person.pk}/history/",
        "who looked": f"{base}/register/members/{person.pk}/looks/",
        "more": f"{base}/more/",
        "my page": "/-/me/",
    }


def run(names=None, *, members=2000, associations=50, requests=500):
    """Fill, measure, print. `names` limits which pages."""
    common.begin("pages")
    reference.install()
    from django.test import Client
    from django.utils import timezone

    from benchmarks.fill import fill, judge
    from krets.register.models import Account, Person

    filling, unit = common.timed(lambda: fill(associations, members, today=date.today()))
    made = judge(unit, timezone.now())
    client = Client(headers={"Host": "localhost"})
    client.force_login(Account.objects.get(email=f"officer@{unit.slug}.example"))
    person = Person.objects.filter(unit=unit).order_by("-pk")[7]
    pages = addresses(unit, person)
    chosen = [name for name in names or pages if name != "reference"] or ["reference"]
    rows, figures = [], {}
    for name in chosen:
        measured = measure(client, pages["reference"], pages[name], requests)
        measured["statements"], measured["kB"] = cost(client, pages[name])
        figures[name] = measured
        rows.append(
            [
                name,
                measured["page"]["median"],
                measured["page"]["p95"],
                measured["reference"]["median"],
                measured["times_median"],
                measured["times_p95"],
                measured["statements"],
                measured["kB"],
            ]
        )
    print(f"{associations} × {members} members, filled in {filling / 1000:.1f} s")
    print(f"to do in the one that is measured: {sum(made.values())} ({dict(made)})\n")
    common.table(
        ["page", "median ms", "p95 ms", "reference", "× median", "× p95", "SQL", "kB br"], rows
    )
    common.tell("pages", {"members": members, "associations": associations, "pages": figures})


def measure(client, base, address, requests):
    """Ask for both addresses in turn; return their spreads and the ratios."""
    for warm in (base, address) * 5:
        check(client.get(warm), warm)
    times = {base: [], address: []}
    for _turn in range(requests):
        for each in (base, address):
            took, answer = common.timed(lambda each=each: client.get(each))
            check(answer, each)
            times[each].append(took)
    page, plain = common.spread(times[address]), common.spread(times[base])
    return {
        "page": page,
        "reference": plain,
        "times_median": round(page["median"] / plain["median"], 2),
        "times_p95": round(page["p95"] / plain["p95"], 2),
    }


def check(answer, address):
    if answer.status_code != 200:
        raise SystemExit(f"{address} answered {answer.status_code}")


def cost(client, address):
    """Return (statements that count, brotli kB of the page)."""
    import brotli
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(
        connection,
    ) as caught:
        answer = client.get(address)
    counted = [
        query["sql"]
        for query in caught.captured_queries
        if (SHOWN in query["sql"] or not any(word in query["sql"] for word in UNCOUNTED))
        and not query["sql"].startswith(('SELECT "register_account"', 'SELECT "register_mandate"'))
    ]
    return len(counted), round(len(brotli.compress(answer.content)) / 1000, 1)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--members", type=int, default=2000)
    parser.add_argument("--associations", type=int, default=50)
    parser.add_argument("--requests", type=int, default=500)
    parser.add_argument("pages", nargs="*")
    options = parser.parse_args()
    run(
        options.pages,
        members=options.members,
        associations=options.associations,
        requests=options.requests,
    )


if __name__ == "__main__":
    main()

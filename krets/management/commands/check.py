"""Is this installation complete and safe?"""

import json

from django.core import checks
from django.core.management.base import CommandError
from django.core.management.commands import check

from krets import safety
from krets.management.order import Order, hide


class Command(Order, check.Command):
    """Django's own check with one more question: would it be safe to let people in?"""

    help = "Say whether this installation is complete and safe; exit status 1 if it must not run."
    answers_first = True

    def add_arguments(self, parser):
        super().add_arguments(parser)
        hide(parser)
        parser.add_argument("--json", action="store_true", help="answer as JSON")
        parser.add_argument("--host", default="127.0.0.1", help="the address it would listen on")

    def check(self, **options):
        """Run Django's checks; that there is nothing to tell is said in our own words."""
        super().check(**options | {"display_num_errors": False})

    def handle(self, *app_labels, **options):
        """Print what was found, the worst first."""
        if not options["json"]:
            super().handle(*app_labels, **options)
        system = [] if not options["json"] else checks.run_checks()
        broken = [str(message.msg) for message in system if message.is_serious()]
        found = safety.faults(options["host"])
        must = [fault for fault in found if fault.must]
        if options["json"]:
            answer = {
                "ok": not must and not broken,
                "broken": broken,
                "faults": [fault.as_dict() for fault in found],
            }
            self.stdout.write(json.dumps(answer, ensure_ascii=False, indent=1))
        else:
            for fault in found:
                self.stdout.write(f"{'!' if fault.must else '-'} {fault.says} {fault.do}")
            if not must:
                looked = "; ".join(safety.looked_at(options["host"]))
                self.stdout.write(
                    f"{'Krets may run' if found else 'All is well'}. Looked at: {looked}."
                )
        if must or broken:
            raise CommandError(f"{len(must) + len(broken)} to mend before Krets may run.")

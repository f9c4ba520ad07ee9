"""krets migrate: bring the database up to this version, as `start` does by itself."""

from django.core.management.commands import migrate

from krets.management.order import Order, hide


class Command(Order, migrate.Command):
    """Django's own, told in our words."""

    help = "Bring the database up to this version. `bin/krets start` does it by itself."

    def add_arguments(self, parser):
        super().add_arguments(parser)
        hide(parser)

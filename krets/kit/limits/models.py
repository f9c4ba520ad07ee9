"""How often something was done lately."""

from django.db import models


class Window(models.Model):
    """How many times a limited thing was done since its window opened (gräns per tid).

    The key is hashed with the secret key, so that no e-mail or network address stands here.
    """

    key = models.CharField(max_length=64, primary_key=True)
    taken = models.PositiveIntegerField(default=0)
    ends_at = models.DateTimeField(db_index=True)

    def __str__(self):
        return f"Limit {self.key[:8]}"

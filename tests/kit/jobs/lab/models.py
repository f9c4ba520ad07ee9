from django.db import models


class Effect(models.Model):
    """What a job did. Nothing here is unique, so that doing it twice shows."""

    number = models.IntegerField()
    step = models.IntegerField(default=0)

    def __str__(self):
        return f"Effect {self.pk}"

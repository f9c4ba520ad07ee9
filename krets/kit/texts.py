"""Texts that both databases sort alike: by their signs, whatever the server's language."""

from django.db import models


class PlainOrderField(models.CharField):
    """A text sorted sign by sign. PostgreSQL is told so; SQLite does it unasked."""

    def db_parameters(self, connection):
        parameters = super().db_parameters(connection)
        if connection.vendor == "postgresql":
            parameters["collation"] = "C"
        return parameters

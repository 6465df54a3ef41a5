"""How often a password was wrong, for as long as that matters."""

from django.db import models


class Misses(models.Model):
    """Wrong passwords of late for one name, from one address, or both. Whose is kept as a keyed hash alone."""

    mark = models.CharField(max_length=64, unique=True, help_text="HMAC-SHA-256 of a name, an address or both.")
    number = models.PositiveIntegerField()
    since = models.DateTimeField(help_text="The first of them; the row goes when the time that it began is over.")

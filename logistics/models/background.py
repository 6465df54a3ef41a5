"""Work that takes longer than a page may: done in the background, and looked at while it goes on."""

from pathlib import Path

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from logistics.models.people import User


class Work(models.Model):
    """One piece of background work, for whoever asked for it and for nobody else. Removed after a day, with its file.

    How far it is stands beside it in a file, where it can be seen while the work's own transaction is still open.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        RUNNING = "running", _("under way")
        DONE = "done", _("done")
        REFUSED = "refused", _("refused")
        FAILED = "failed", _("failed")

    key = models.UUIDField(unique=True, help_text="Chosen by whoever asks: the same key is done once.")
    kind = models.CharField(max_length=40)
    arguments = models.JSONField(default=dict)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    language = models.CharField(max_length=35, blank=True, help_text="In which its sentences are written.")
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    attempt = models.PositiveSmallIntegerField(default=0)
    asked_at = models.DateTimeField(auto_now_add=True)
    begun_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    result = models.JSONField(null=True, blank=True)
    file_name = models.CharField(max_length=120, blank=True, help_text="Of the document that was made, if one was.")
    refusal = models.CharField(max_length=1000, blank=True)

    class Meta:
        ordering = ["pk"]
        verbose_name_plural = "works"

    @property
    def folder(self) -> Path:
        return Path(settings.MEDIA_ROOT) / "work" / self.key.hex

    @property
    def progress_path(self) -> Path:
        return self.folder / "progress.json"

    @property
    def file_path(self) -> Path:
        return self.folder / "file"

    @property
    def is_over(self) -> bool:
        return self.state in (self.State.DONE, self.State.REFUSED, self.State.FAILED)

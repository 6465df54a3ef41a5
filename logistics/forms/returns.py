"""Sending returns, and saying how a file writes its dates."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from logistics.forms.acts import Refusable
from logistics.models import Campaign, User
from logistics.queries.cases import campaigns
from logistics.words import figure


class Files(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    widget = Files

    def __init__(self, *, most: int, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.most = most

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:
        sent = list(data) if data else [None]
        if len(sent) > self.most:
            raise forms.ValidationError(_("These are too many at once. Send %(most)s at a time.") % {"most": figure(self.most)})
        return [super(FilesField, self).clean(each, initial) for each in sent]


class SentReturns(Refusable):
    campaign = forms.ModelChoiceField(
        label=gettext_lazy("Campaign"), queryset=Campaign.objects.none(), to_field_name="slug", empty_label=None
    )

    def __init__(self, *args: Any, by: User, most: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["campaign"].queryset = campaigns(by).order_by("-opens", "slug")
        self.fields["files"] = FilesField(
            label=gettext_lazy("Files"),
            help_text=_("XLSX or CSV, up to %(most)s at once and 10 MB together.") % {"most": figure(most)},
            widget=Files(attrs={"accept": ".xlsx,.csv"}), most=most, allow_empty_file=True, max_length=None,
        )  # fmt: skip


class DateOrder(Refusable):
    order = forms.ChoiceField(choices=[("dmy", "dmy"), ("mdy", "mdy")])


class AnotherRow(Refusable):
    """A row that looks like one that was told, and is another."""

    another = forms.IntegerField(min_value=1)

"""A refusal has a code and a sentence, and changes nothing in any table."""

from collections.abc import Callable
from typing import Any

import pytest
from django.apps import apps

from logistics.errors import Refused


def all_rows() -> dict[str, list[tuple]]:
    """Every row of every table."""
    models = apps.get_models(include_auto_created=True)
    return {model._meta.label: list(model.objects.order_by("pk").values_list()) for model in models}


def refused(code: str, action: Callable, *args: Any, **kwargs: Any) -> str:
    """The action is refused with this code and nothing has changed; the sentence."""
    before = all_rows()
    with pytest.raises(Refused) as refusal:
        action(*args, **kwargs)
    assert refusal.value.code == code
    assert len(refusal.value.sentence.split()) > 4
    assert all_rows() == before
    return refusal.value.sentence


def changes_nothing(action: Callable, *args: Any, **kwargs: Any) -> Any:
    """What the action returns; it is told again and no table has changed, not even the audit trail."""
    before = all_rows()
    returned = action(*args, **kwargs)
    assert all_rows() == before
    return returned

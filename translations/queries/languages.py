"""In which languages bundles have approved summaries: for the packing list, which asks through the registry."""

from collections import defaultdict
from collections.abc import Collection

from logistics.models import Bundle
from translations.models import Summary


def approved_languages(bundles: Collection[int]) -> dict[int, tuple[str, ...]]:
    """By the bundle's key its languages (BCP 47), in order. What was split off has those of the whole.

    No words of any letter: the languages alone, for whoever may see the bundle already.
    """
    whole = _wholes(bundles)
    found: dict[int, set[str]] = defaultdict(set)
    rows = Summary.objects.filter(bundle__in={key for keys in whole.values() for key in keys}, act__isnull=False)
    for key, language in rows.values_list("bundle", "language"):
        found[key].add(language)
    return {key: tuple(sorted(set().union(*(found[each] for each in keys)))) for key, keys in whole.items()}


def _wholes(bundles: Collection[int]) -> dict[int, list[int]]:
    """Each bundle with those that it was split from, generation by generation."""
    whole = {key: [key] for key in bundles}
    while parents := _parents({keys[-1] for keys in whole.values()}):
        for keys in whole.values():
            if keys[-1] in parents:
                keys.append(parents[keys[-1]])
    return whole


def _parents(keys: set[int]) -> dict[int, int]:
    rows = Bundle.objects.filter(pk__in=keys, split_from__isnull=False)
    return dict(rows.values_list("pk", "split_from"))

"""A preview for people: the same sentence once, with its rows; the stated total beside the sum."""

from typing import Any

from django.utils.translation import gettext as _

from logistics.resources.returns.reading import HOW_TO_SAY_WHICH

MOST_SENTENCES = 40
MOST_SPANS = 24
LOOK = frozenset(
    "alike country_elsewhere no_date date_order no_kind no_purpose several_cases approximate unclear_amount total_differs".split()
)
"""The codes of what is imported and should be looked at (`Reading.notes`, and a total that differs)."""
STATES = {"refused": 0, "already_told": 1, "look": 2}


def shown(answer: dict[str, Any], *, order: str, whole: bool) -> dict[str, Any]:
    """One file's answer as the page shows it. `whole`: every sentence, and not only the first ones."""
    if refusal := answer.get("refused_file"):
        return {"name": answer["file"], "refusal": refusal["sentence"], "earlier": answer["earlier"], "rows": 0, "wanted": 0,
                "question": "", "can_be_imported": False}  # fmt: skip
    sentences = _sentences(answer["problems"])
    wanted = answer["ready"] + answer["look"]
    question = "" if answer["refused"] else answer["question"] or ""  # first what is refused: the file comes again anyway
    return {
        "name": answer["file"],
        **{name: answer[name] for name in ("rows", "ready", "look", "refused", "already_told", "messages", "countries")},
        "wanted": wanted,
        "stated": answer["total_stated"],
        "agrees": answer["total_agrees"],
        "difference": difference(answer["total_stated"], answer["whole"]),
        "whole": answer["whole"],
        "question": question,
        "order": order,
        "example": _example(answer),
        "sentences": sentences if whole else sentences[:MOST_SENTENCES],
        "more": 0 if whole else max(0, len(sentences) - MOST_SENTENCES),
        "can_be_imported": bool(wanted) and not answer["refused"] and not question,
    }


def difference(stated: int | None, summed: int) -> tuple[str, int] | None:
    """Fewer or more than the file says, and by how many."""
    if stated is None or stated == summed:
        return None
    return (_("Fewer"), stated - summed) if summed < stated else (_("More"), summed - stated)


def _example(answer: dict[str, Any]) -> str:
    """The first date that could be two, in words."""
    asked = (each["sentence"] for each in answer["problems"] if each["code"] == "date_order")
    return next(asked, "").removesuffix(f" {HOW_TO_SAY_WHICH}")


def _sentences(problems: list[dict[str, Any]]) -> list[dict[str, Any]]:
    found: dict[tuple[str, str], list[int]] = {}
    for problem in problems:
        code = problem["code"]
        state = "already_told" if code == "already_told" else "look" if code in LOOK else "refused"
        sentence = _("Its date can be read in two ways.") if code == "date_order" else problem["sentence"]
        found.setdefault((state, sentence), []).append(problem["row"])
    rows = [
        {"state": state, "sentence": sentence, "number": len(numbers), **_spans(numbers),
         "another": numbers[0] if state == "already_told" else None}
        for (state, sentence), numbers in found.items()
    ]  # fmt: skip
    return sorted(rows, key=lambda row: (STATES[row["state"]], -row["number"]))


def _spans(numbers: list[int]) -> dict[str, Any]:
    """Rows as they are said: 4 to 7, 9."""
    spans: list[list[int]] = []
    for number in sorted(set(numbers)):
        if spans and spans[-1][1] == number - 1:
            spans[-1][1] = number
        else:
            spans.append([number, number])
    said = [str(first) if first == last else f"{first}–{last}" for first, last in spans]
    left = len(said) - MOST_SPANS
    return {"spans": ", ".join(said[:MOST_SPANS]), "spans_left": max(0, left)}

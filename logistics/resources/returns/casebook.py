"""The cases of a campaign by every word that returns use for them."""

import difflib
import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from logistics.errors import Refused
from logistics.models import Case
from logistics.resources.words.countries import countries_meant, country_name
from logistics.resources.words.normal import is_nothing, normal, table

# What parts the names in a cell. Words only in small letters: ET is Ethiopia, et is "and".
DIVIDER = re.compile(r"\s*(?:[,;/+&|\n•]|(?<=\s)(?:and|et|y|e|und|u|ou|or|oder|o)(?=\s))\s*")
TITLES = frozenset("mr mrs ms miss dr prof sir m mme mlle herr frau sr sra srta dona don senor senora case cas caso fall"
                   " the los las les die der das el la le os as o a for pour para fur".split())  # fmt: skip
# Said of all cases together, or of none: the figure is not broken down.
NOT_SAID = table({
    "none": "all | all cases | all the cases | all of them | any | several | various cases | not broken down | mixed"
    " | not broken down by case | all together | every case | tous | toutes | tous les cas | plusieurs | non ventilé"
    " | alle | alle Fälle | mehrere | nicht aufgeschlüsselt | todos | todas | todos los casos | todos os casos"
    " | varios casos | vários casos | sin desglosar | general | generic | no case | sans cas | kein Fall | sin caso",
})
MOST_HINTS = 20  # of one file: looking for a similar name is slow, and nobody reads more of them
ALL_OF_THEM = re.compile(r"(all|tous les|alle|todos los|todos os) (the )?\w+ (cases|cas|falle|casos)( together)?")


@dataclass
class Casebook:
    """`by_word` leads from a normal word to the keys of the cases that it may mean."""

    cases: dict[int, Case] = field(default_factory=dict)
    by_word: dict[str, set[int]] = field(default_factory=dict)
    by_country: dict[str, set[int]] = field(default_factory=dict)
    answers: dict[str, tuple[Case, ...] | Refused] = field(default_factory=dict)
    hints_left: int = MOST_HINTS

    def knows(self, text: str) -> bool:
        """Whether a text is the code or a name of one case (a country does not count)."""
        return len(self.by_word.get(normal(text), ())) == 1

    def named_in(self, text: str) -> tuple[Case, ...]:
        """The cases that a cell names, none twice; `()` where it names none.

        Refused: `unknown_case`, `ambiguous_case`.
        """
        if text not in self.answers:
            try:
                self.answers[text] = self._read(text)
            except Refused as refusal:
                self.answers[text] = refusal.with_traceback(None)
        answer = self.answers[text]
        if isinstance(answer, Refused):
            raise Refused(answer.code, answer.sentence)
        return answer

    def _read(self, text: str) -> tuple[Case, ...]:
        plain = normal(text)
        found = self._one(text) if plain else set()
        if not found and (is_nothing(text) or plain in NOT_SAID or ALL_OF_THEM.fullmatch(plain)):
            return ()
        found = found or self._several(text)
        return tuple(self.cases[key] for key in sorted(found, key=lambda key: self.cases[key].code))

    def _several(self, text: str) -> set[int]:
        """Cut the cell at its dividers; the longest run of parts that is a name holds ("Ana, Eva and Ivo")."""
        cuts = [0, *(cut for match in DIVIDER.finditer(text[:2000]) for cut in match.span()), len(text)]
        parts = [(start, end) for start, end in zip(cuts[::2], cuts[1::2], strict=True) if text[start:end].strip()]
        found: set[int] = set()
        at = 0
        while at < len(parts):
            for last in range(min(len(parts), at + 8) - 1, at - 1, -1):
                meant = self._one(text[parts[at][0] : parts[last][1]])
                if meant:
                    break
            else:
                meant, last = self._by_codes(text[slice(*parts[at])]), at
            found |= meant
            at = last + 1
        return found

    def _by_codes(self, part: str) -> set[int]:
        """Codes with nothing but a space between them ("NG PS TR")."""
        codes = {case.code: key for key, case in self.cases.items()}
        words = part.split()
        if len(words) > 1 and all(word in codes for word in words):
            return {codes[word] for word in words}
        raise self._unknown(part)

    def _one(self, text: str) -> set[int]:
        """The one case that a text means: by its name, or its country, or both ("Turkey: Hakan Yaman (TR)")."""
        meant = self._by_name(text) or self._by_country(text)
        if meant:
            return meant
        pieces = [piece for piece in re.split(r"[()\[\]:]|\s[-–—]\s", text) if piece.strip()]
        if len(pieces) < 2 or len(pieces) > 4 or DIVIDER.search(re.sub(r"[(\[].*?[)\]]", "", text).strip()):
            return set()
        readings = [found for found in (self._by_name(p) or self._by_country(p, True) for p in pieces) if found]
        if len(readings) == len(pieces) or (readings and "(" in text):
            common = set.intersection(*readings)
            if len(common) == 1:
                return common
            raise self._ambiguous(text, set.union(*readings))
        return set()

    def _by_name(self, text: str) -> set[int]:
        for key in _keys(text):
            found = self.by_word.get(key, set()) if key else set()
            if len(found) > 1:
                raise self._ambiguous(text, found)
            if found:
                return found
        return set()

    def _by_country(self, text: str, several_will_do: bool = False) -> set[int]:
        if len(text.strip()) <= 3 and not text.strip().isupper():
            return set()  # "no", "in", "it" are words here, and no codes of countries
        found = {key for country in countries_meant(text) for key in self.by_country.get(country, ())}
        if len(found) > 1 and not several_will_do:
            raise self._ambiguous(text, found)
        return found

    def _ambiguous(self, text: str, found: Iterable[int]) -> Refused:
        codes = ", ".join(sorted(self.cases[key].code for key in found))
        sentence = _("“%(text)s” can mean the cases %(codes)s. Write the code of the right one.")
        return Refused("ambiguous_case", sentence % {"text": shown(text), "codes": codes})

    def _unknown(self, text: str) -> Refused:
        countries = countries_meant(text)
        if countries:
            sentence = _(
                "This campaign has no case in %(country)s (“%(text)s”). Write the code or the name of a case of this campaign."
            )
            return Refused("unknown_case", sentence % {"country": country_name(countries[0]), "text": shown(text)})
        self.hints_left -= 1
        near = difflib.get_close_matches(normal(text)[:80], self.by_word, n=1, cutoff=0.7) if self.hints_left >= 0 else []
        meant = [self.cases[key] for word in near for key in self.by_word[word]]
        if len(meant) == 1:
            sentence = _(
                "This campaign has no case called “%(text)s”. Is it %(case)s? "
                "Write the code of the case, or add this name to it."
            )
            return Refused("unknown_case", sentence % {"text": shown(text), "case": _told(meant[0])})
        sentence = _(
            "This campaign has no case called “%(text)s”. Write the code of the case, or add this name to it."
        )
        return Refused("unknown_case", sentence % {"text": shown(text)})


def casebook(cases: Iterable[Case]) -> Casebook:
    """All words for these cases (their other names prefetched as `names`)."""
    book = Casebook()
    for case in cases:
        book.cases[case.pk] = case
        book.by_country.setdefault(case.country, set()).add(case.pk)
        for name in (case.code, case.public_name, *(other.name for other in case.names.all())):
            for word in _keys(name):
                if word:
                    book.by_word.setdefault(word, set()).add(case.pk)
    return book


def _keys(name: str) -> tuple[str, ...]:
    """The words under which a name is known, best first: as it is, without titles, in any order, with any "and"."""
    words = normal(name).split()
    bare = list(words)
    while len(bare) > 1 and bare[0] in TITLES:
        bare.pop(0)
    return " ".join(words), " ".join(bare), _unordered(bare), _joined(name)


def _unordered(words: list[str]) -> str:
    """A key for the same words in any order ("Yaman, Hakan"), which no normal text can be."""
    return "~" + " ".join(sorted(words)) if len(words) > 1 else ""


def _joined(text: str) -> str:
    """A key under which "Ana and Ivo", "Ana & Ivo" and "Ana und Ivo" are the same."""
    words = normal(re.sub("[&+]", " and ", text)).split()
    if len(words) < 3 or not {"and", "et", "y", "e", "und"} & set(words[1:-1]):
        return ""
    return "&" + " ".join("and" if word in ("et", "y", "e", "und") else word for word in words)


def shown(text: str, longest: int = 60) -> str:
    """A cell's text within a sentence: short."""
    return text if len(text) <= longest else text[: longest - 1] + "…"


def grouped(number: int) -> str:
    """A figure within a sentence: 12,000."""
    return number_format(number, force_grouping=True)


def _told(case: Case) -> str:
    return f"{case.code} ({case.public_name})" if case.public_name else case.code

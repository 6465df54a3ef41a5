"""The languages of the documents: which is chosen, what a catalogue does not say, who has read it."""

import re
import shutil
from pathlib import Path

import pytest
from babel import Locale
from babel.messages.pofile import read_po
from django.core.management import CommandError, call_command
from django.utils.translation import get_language, gettext, ngettext, override

from logistics.documents import language, words
from logistics.documents.confirmation import confirmation
from logistics.documents.language import AWAITED, CATALOGUES, LANGUAGES, READER, catalogue, chosen, file_of, offered, speaking
from logistics.errors import Refused
from tests.logistics.documents.reading import text
from tests.logistics.documents.test_confirmation import facts

FOREIGN = [each for each in LANGUAGES if each != "en"]
LEFT_OPEN = {"%(n)s", "%(countries_in_words)s"}
"""What the dual and the singular of Arabic say as a word."""


def entries(tongue: str):
    with file_of(tongue).open("rb") as file:
        return [entry for entry in read_po(file, locale=tongue) if entry.id]


def forms(said: str | tuple[str, ...]) -> tuple[str, ...]:
    return (said,) if isinstance(said, str) else said


@pytest.fixture
def own_catalogues(tmp_path, monkeypatch) -> Path:
    """Copies of the catalogues, to be changed."""
    shutil.copytree(CATALOGUES, tmp_path / "locale")
    monkeypatch.setattr(language, "CATALOGUES", tmp_path / "locale")
    catalogue.cache_clear()
    yield tmp_path / "locale"
    catalogue.cache_clear()


def change(folder: Path, tongue: str, old: str, new: str) -> None:
    file = folder / tongue / "LC_MESSAGES" / "documents.po"
    written = file.read_text("utf-8")
    assert written.count(old) == 1
    file.write_text(written.replace(old, new), "utf-8")


@pytest.mark.parametrize(
    ("reads", "first"),
    [(["tr"], "tr"), (["de", "km", "fr"], "km"), (["ar-BH"], "ar"), (["pt_BR", "es_419"], "es"), (["de"], "en"), ([], "en")],
)
def test_the_first_language_of_the_case_that_there_is_comes_first(reads, first):
    assert offered(reads)[0] == first
    assert sorted(offered(reads)) == sorted(LANGUAGES)
    assert chosen(None, offered(reads)) == first


def test_another_language_can_be_asked_for_and_one_that_there_is_not_is_refused():
    assert chosen("ru", offered(["tr"])) == "ru"
    with pytest.raises(Refused) as refusal:
        chosen("de", offered(["tr"]))
    assert refusal.value.code == "unknown_language"


@pytest.mark.parametrize("site", ["en", "ar", "tr"])
def test_the_pages_keep_their_language_while_a_document_is_in_another(settings, site):
    settings.LANGUAGE_CODE = site
    with override(site):
        with pytest.raises(ZeroDivisionError), speaking("km"):
            assert get_language() == "km"
            assert gettext("Packing list") == "បញ្ជី​វេច​ខ្ចប់"
            assert 1 / 0
        assert get_language() == site
        assert gettext("Packing list") == "Packing list"


@pytest.mark.parametrize("site", ["en", "ar"])
def test_what_is_not_translated_is_english_whatever_the_pages_speak(own_catalogues, settings, site):
    settings.LANGUAGE_CODE = site
    change(own_catalogues, "tr", 'msgstr "Teslim belgesi"', 'msgstr ""')
    change(own_catalogues, "tr", 'msgid "Counted in the mailroom"\nmsgstr "Posta odasında sayılan"', "")
    change(own_catalogues, "tr", 'msgstr[0] "%(n)s ülke daha"\nmsgstr[1] "%(n)s ülke daha"', 'msgstr[0] ""\nmsgstr[1] ""')
    change(own_catalogues, "tr", 'msgid "Lost on the way"\n', '#, fuzzy\nmsgid "Lost on the way"\n')
    with override(site):
        said = text(confirmation(facts(), language="tr"))
    for english in ("Delivery confirmation", "Counted in the mailroom 881 3.355 4.236", "17 other countries 19 26 45", "Lost on the way 5 3 8"):
        assert english in said, english
    assert "Teslim edildi 859 3.344 4.203" in said


def test_an_empty_plural_is_english_in_each_of_its_forms(own_catalogues):
    change(own_catalogues, "ru", 'msgstr[0] "%(n)s письмо"\nmsgstr[1] "%(n)s письма"\nmsgstr[2] "%(n)s писем"', 'msgstr[0] ""\nmsgstr[1] "%(n)s письма"\nmsgstr[2] ""')
    with speaking("ru"):
        said = [ngettext("%(n)s letter", "%(n)s letters", n) % {"n": n} for n in (1, 2, 5)]
    assert said == ["1 letter", "2 письма", "5 letters"]


@pytest.mark.parametrize("tongue", FOREIGN)
def test_each_catalogue_says_in_its_header_that_it_awaits_a_native_reader(tongue):
    assert f'"{READER}: {AWAITED}\\n"' in file_of(tongue).read_text("utf-8")
    assert catalogue(tongue).awaits_a_native_reader


NOT_YET = "Çeviriyi ana dili konuşuru henüz okumadı"


@pytest.mark.parametrize(
    ("line", "awaits"),
    [
        (f'"{READER}: {AWAITED}\\n"\n', True),
        (f'"{READER}: \\n"\n', True),
        ("", True),
        (f'"{READER}: A. B., 2026-12-01\\n"\n', False),
    ],
)
def test_the_foot_says_so_until_one_has_signed_it_off(own_catalogues, line, awaits):
    change(own_catalogues, "tr", f'"{READER}: {AWAITED}\\n"\n', line)
    assert (NOT_YET in text(confirmation(facts(), language="tr"))) is awaits


def test_english_awaits_nobody():
    assert "native reader" not in text(confirmation(facts(), language="en"))


def test_a_catalogue_that_is_behind_is_found_and_brought_up_to_date_and_awaits_a_reader_again(own_catalogues, capsys):
    signed = f'"{READER}: A. B., 2026-12-01\\n"'
    change(own_catalogues, "fr", f'"{READER}: {AWAITED}\\n"', signed)
    change(own_catalogues, "fr", 'msgid "Packing list"\nmsgstr "Liste de colisage"\n\n', 'msgid "Gone"\nmsgstr "Parti"\n\n')
    with pytest.raises(CommandError, match="out_of_date"):
        call_command("catalogues", "--check")
    call_command("catalogues")
    written = (own_catalogues / "fr" / "LC_MESSAGES" / "documents.po").read_text("utf-8")
    assert 'msgid "Packing list"\nmsgstr ""\n' in written and 'msgstr "Parti"\n' not in written
    assert 'msgstr "Attestation de remise"' in written
    assert signed not in written and f'"{READER}: {AWAITED}\\n"' in written
    call_command("catalogues", "--check")


@pytest.mark.parametrize("tongue", FOREIGN)
def test_everything_is_translated_with_the_same_blanks_and_markup(tongue):
    for entry in entries(tongue):
        original = forms(entry.id)[-1]
        for said in forms(entry.string):
            assert said.strip() and not entry.fuzzy, entry.id
            blanks = set(re.findall(r"%\(\w+\)s", original)) - (LEFT_OPEN if entry.pluralizable and tongue == "ar" else set())
            assert blanks <= set(re.findall(r"%\(\w+\)s", said)) <= set(re.findall(r"%\(\w+\)s", original)), said
            assert sorted(re.findall("<[^>]*>", said)) == sorted(re.findall("<[^>]*>", original)), said


@pytest.mark.parametrize("tongue", FOREIGN)
def test_the_plural_forms_are_those_of_the_cldr(tongue):
    known, rule = catalogue(tongue), Locale.parse(tongue).plural_form
    pairs = {(rule(n), known.plural(n)) for n in range(1000)}
    assert len(pairs) == len({category for category, _ in pairs}) == len({form for _, form in pairs})


@pytest.mark.parametrize(
    ("tongue", "said"),
    [
        ("fr", ["0 lettre", "1 lettre", "2 lettres", "5 lettres", "11 lettres", "21 lettres", "100 lettres"]),
        ("es", ["0 cartas", "1 carta", "2 cartas", "5 cartas", "11 cartas", "21 cartas", "100 cartas"]),
        ("ru", ["0 писем", "1 письмо", "2 письма", "5 писем", "11 писем", "21 письмо", "100 писем"]),
        ("tr", ["0 mektup", "1 mektup", "2 mektup", "5 mektup", "11 mektup", "21 mektup", "100 mektup"]),
        ("ar", ["0 رسالة", "رسالة واحدة", "رسالتان", "5 رسائل", "11 رسالة", "21 رسالة", "100 رسالة"]),
    ],
)
def test_letters_are_counted_as_the_language_counts(tongue, said):
    with speaking(tongue):
        assert [ngettext("%(n)s letter", "%(n)s letters", n) % {"n": n} for n in (0, 1, 2, 5, 11, 21, 100)] == said


@pytest.mark.parametrize("tongue", FOREIGN)
def test_digits_are_0_to_9_everywhere(tongue):
    with speaking(tongue):
        said = [words.total(1234567890), words.day(facts().issued_on), words.months(("2013-12", "2014-02")), words.total(4203)]
    said += [form for entry in entries(tongue) for form in forms(entry.string)]
    assert not [each for each in said if re.search(r"[^\D0-9]", each)]


def test_khmer_can_be_broken_where_a_translator_has_said_so():
    """Nothing longer than a column without a place at which a line may end."""
    longest = re.compile("[\u1780-\u17ff]{19,}")
    assert not [form for entry in entries("km") for form in forms(entry.string) if longest.search(form)]


@pytest.mark.parametrize(
    ("tongue", "day", "months"),
    [
        ("en", "28 February 2014", "December 2013 to February 2014"),
        ("fr", "28 février 2014", "décembre 2013 à février 2014"),
        ("es", "28 de febrero de 2014", "diciembre de 2013 a febrero de 2014"),
        ("ar", "28 فبراير 2014", "الفترة من ديسمبر 2013 إلى فبراير 2014"),
        ("ru", "28 февраля 2014 года", "декабрь 2013 года — февраль 2014 года"),
        ("tr", "28 Şubat 2014", "Aralık 2013 – Şubat 2014"),
        ("km", "ថ្ងៃ​ទី 28 កុម្ភៈ 2014", "ខែធ្នូ ឆ្នាំ 2013 ដល់ខែកុម្ភៈ ឆ្នាំ 2014"),
    ],
)
def test_days_and_months_are_said_as_the_language_says_them(tongue, day, months):
    with speaking(tongue):
        assert words.day(facts().issued_on) == day
        assert words.months(("2013-12", "2014-01", "2014-02")) == months

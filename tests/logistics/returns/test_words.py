"""Rows in five languages: numbers, dates, kinds, purposes, countries and cases as people write them."""

import pytest

from tests.logistics.returns.files import codes, collections, commit, csv_file, figures, make_other_campaign, preview, tallies

pytestmark = pytest.mark.django_db

LANGUAGES = {
    "en": "Country,Office,Event,Date,Case,What was sent,Purpose,How many,Spent,Currency\n"
          "Germany,Amnesty Germany,Reading,3 December 2019,Grace Mbeki,letters,solidarity,1200,80,EUR\n",
    "fr": "Pays;Bureau;Activité;Date;Destinataire;Type d’envoi;But;Nombre;Dépenses;Devise\n"
          "Allemagne;Amnesty Allemagne;Lecture;3 décembre 2019;Grace Mbeki;lettres;solidarité;1 200;80,00;EUR\n",
    "es": "País;Oficina;Actividad;Fecha;Nombre;Tipo de mensaje;Finalidad;Cantidad;Gastos;Moneda\n"
          "Alemania;Amnistía Alemania;Lectura;3 de diciembre de 2019;Grace Mbeki;cartas;solidaridad;1.200;80;EUR\n",
    "de": "Land;Sektion;Veranstaltung;Datum;Fall;Art;Zweck;Anzahl;Ausgaben;Währung\n"
          "Deutschland;Amnesty Deutschland;Lesung;3. Dezember 2019;Grace Mbeki;Briefe;Solidarität;1.200;80,00 €;\n",
    "pt": "País;Escritório;Evento;Data;Caso;Tipo de mensagem;Finalidade;Quantidade;Custo;Moeda\n"
          "Alemanha;Anistia Alemanha;Leitura;3 de dezembro de 2019;Grace Mbeki;cartas;solidariedade;1.200;80,00;EUR\n",
}  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_row_in_each_language_comes_out_the_same(language, tmp_path):
    campaign = make_other_campaign()
    answer = commit(csv_file(tmp_path, LANGUAGES[language]), campaign)
    assert (figures(answer), answer["problems"]) == ((1, 0, 0, 0, 1200), [])
    assert tallies(campaign) == [("DE", "ZA-1", "letter", "solidarity", 1200, "exact")]
    (collection,) = collections(campaign)
    assert (str(collection.day), collection.precision, collection.spent, collection.currency) == ("2019-12-03", "day", 80, "EUR")
    assert (bool(collection.office), collection.organiser) == (True, "")


FIGURES = [
    ("1 380", 1380, "exact"), ("1\u202f380", 1380, "exact"), ("1\u00a0380", 1380, "exact"), ("1\u2009380", 1380, "exact"),
    ("1,576", 1576, "exact"), ("51.465", 51465, "exact"), ("31.0", 31, "exact"), ("1.234.567", 1234567, "exact"),
    (" 29 ", 29, "exact"), ("1’234", 1234, "exact"), ("1,000.00", 1000, "exact"), ("450 letters", 450, "exact"),
    ("over 1,800", 1800, "more_than"), ("plus de 22 000", 22000, "more_than"), ("más de 3.000", 3000, "more_than"),
    ("mehr als 2.000", 2000, "more_than"), ("mais de 500", 500, "more_than"), ("> 500", 500, "more_than"),
    ("almost 90,000", 90000, "almost"), ("presque 90 000", 90000, "almost"), ("casi 500", 500, "almost"),
    ("fast 300", 300, "almost"), ("quase 200", 200, "almost"), ("about 40", 40, "about"), ("environ 40", 40, "about"),
    ("ca. 40", 40, "about"), ("etwa 40", 40, "about"), ("unos 40", 40, "about"), ("cerca de 40", 40, "about"),
    ("~40", 40, "about"), ("500 approx.", 500, "about"), ("at least 40", 40, "at_least"), ("au moins 40", 40, "at_least"),
    ("mindestens 40", 40, "at_least"), ("al menos 40", 40, "at_least"), ("pelo menos 40", 40, "at_least"),
    ("1800+", 1800, "at_least"), ("fewer than 40", 40, "fewer_than"), ("moins de 40", 40, "fewer_than"),
    ("weniger als 40", 40, "fewer_than"), ("menos de 40", 40, "fewer_than"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "count", "qualifier"), FIGURES)
def test_a_number_as_people_write_it(text, count, qualifier):
    from logistics.resources.words.numbers import figure_of

    figure = figure_of(text)
    assert (figure.count, figure.qualifier) == (count, qualifier)


def test_an_approximate_number_is_looked_at(tmp_path):
    campaign = make_other_campaign()
    answer = preview(csv_file(tmp_path, "Country,Date,Kind,Purpose,Count\nPeru,2019-12-03,letters,appeal,almost 900\n"), campaign)
    assert (figures(answer), codes(answer)) == ((0, 1, 0, 0, 900), ["approximate"])


def test_what_is_no_whole_positive_number_is_refused(tmp_path):
    campaign = make_other_campaign()
    cells = ["1.5", "12,5", "-5", "0", "ten", "", "nil", "néant", "=5", "+5", "@5", "5%", "5-10", "1e3", "2500 and 300", "(500)",
             "99999999999", "NaN", "inf", "1/2", "1 38", "US 5"]  # fmt: skip
    rows = "".join(f'Peru,2019-12-03,letters,appeal,"{cell}"\n' for cell in cells)
    answer = preview(csv_file(tmp_path, "Country,Date,Kind,Purpose,Count\nPeru,2019-12-03,letters,appeal,5\n" + rows), campaign)
    assert (figures(answer), codes(answer)) == ((1, 0, len(cells), 0, 5), ["no_number"] * (len(cells) - 1) + ["too_large_number"])


DATES = [
    ("14 December 2019", "2019-12-14", "day"), ("6 Dec 2019", "2019-12-06", "day"), ("2019-12-14", "2019-12-14", "day"),
    ("15/12/2019", "2019-12-15", "day"), ("15.12.2019", "2019-12-15", "day"), ("December 2019", "2019-12-01", "month"),
    ("décembre 2019", "2019-12-01", "month"), ("diciembre de 2019", "2019-12-01", "month"), ("12/2019", "2019-12-01", "month"),
    ("Dezember 2019", "2019-12-01", "month"), ("dezembro de 2019", "2019-12-01", "month"), ("2019", "2019-01-01", "year"),
    ("1er décembre 2019", "2019-12-01", "day"), ("Sa, 14.12.2019", "2019-12-14", "day"), ("Dec 14, 2019", "2019-12-14", "day"),
    ("10-15 December 2019", "2019-12-01", "month"), ("14.12.19", "2019-12-14", "day"), ("mid-December 2019", "2019-12-01", "month"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "day", "precision"), DATES)
def test_a_date_as_people_write_it(text, day, precision):
    from logistics.resources.words.dates import day_of

    found = day_of(text)
    assert (str(found.day), found.precision) == (day, precision)


def test_an_impossible_date_is_refused(tmp_path):
    campaign = make_other_campaign()
    dates = ["31/31/2019", "30 February 2019", "2019-13-01", "31.11.2019", "29/02/2019", "99/99/9999", "2999-01-01", "0"]
    rows = "".join(f"Peru,{date},letters,appeal,5\n" for date in dates)
    answer = preview(csv_file(tmp_path, "Country,Date,Kind,Purpose,Count\n" + rows), campaign)
    assert (figures(answer), codes(answer)) == ((0, 0, len(dates), 0, 0), ["impossible_date"] * len(dates))


KINDS = [
    ("letters", "letter"), ("Briefe", "letter"), ("cartas", "letter"), ("lettres manuscrites", "letter"), ("postcards", "card"),
    ("cartes postales", "card"), ("tarjetas", "card"), ("Postkarten", "card"), ("cartões", "card"), ("CARDS", "card"),
    ("letters and cards", "letter_and_card"), ("lettres et cartes", "letter_and_card"), ("firmas", "signature"),
    ("petition signatures", "signature"), ("Unterschriften", "signature"), ("assinaturas", "signature"), ("SMS", "sms"),
    ("text messages", "sms"), ("e-mails", "email"), ("courriels", "email"), ("correos electrónicos", "email"), ("tweets", "tweet"),
    ("faxes", "fax"), ("photos", "photo"), ("fotos", "photo"), ("drawings", "other"), ("actions (not broken down)", "not_broken_down"),
    ("letters and signatures", "not_broken_down"), ("Solidaritätsbriefe", "letter"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "kind"), KINDS)
def test_a_kind_in_words(text, kind):
    from logistics.resources.words.kinds import kind_of

    assert kind_of(text) == kind


def test_what_is_missing_or_not_known_stays_unknown_and_is_looked_at(tmp_path):
    campaign = make_other_campaign()
    text = "Country,Date,Case,Kind,Purpose,Count\nPeru,,ZA-1,,,5\nPeru,2019-12-03,ZA-1,gloops,whatever,6\nPeru,2019-12-03,,letters,appeal,7\n"
    answer = commit(csv_file(tmp_path, text), campaign)
    assert figures(answer) == (1, 2, 0, 0, 18)
    assert codes(answer, row=2) == ["no_date", "no_kind", "no_purpose"]
    assert codes(answer, row=3) == ["no_kind", "no_purpose"]
    assert codes(answer, row=4) == []
    assert tallies(campaign) == [
        ("PE", "ZA-1", "not_broken_down", "", 5, "exact"),
        ("PE", "ZA-1", "not_broken_down", "", 6, "exact"),
        ("PE", "", "letter", "appeal", 7, "exact"),
    ]


COUNTRIES = [
    ("Germany", "DE"), ("Allemagne", "DE"), ("Alemania", "DE"), ("Deutschland", "DE"), ("Alemanha", "DE"), ("DE", "DE"), ("DEU", "DE"),
    ("UK", "GB"), ("Holland", "NL"), ("Côte d’Ivoire", "CI"), ("Ivory Coast", "CI"), ("Elfenbeinküste", "CI"), ("Türkei", "TR"),
    ("Corée du Sud", "KR"), ("Burma", "MM"), ("EE. UU.", "US"), ("U.S.A.", "US"), ("Congo (DRC)", "CD"), ("RDC", "CD"),
    ("Congo-Brazzaville", "CG"), ("Bosnia and Herzegovina", "BA"), ("Trinidad & Tobago", "TT"), ("Belgium (Flanders)", "BE"),
    ("  norway ", "NO"), ("The Netherlands", "NL"), ("República Checa", "CZ"), ("Czechia", "CZ"), ("Guinée-Bissau", "GW"),
    ("Occupied Palestinian Territories", "PS"), ("Hong Kong", "HK"), ("Faroe Islands", "FO"), ("Österreich", "AT"), ("Suíça", "CH"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "code"), COUNTRIES)
def test_a_country_in_many_spellings(text, code):
    from logistics.resources.words.countries import countries_in_cell

    assert countries_in_cell(text) == (code,)


@pytest.mark.parametrize(
    ("country", "place", "code"),
    [("", "Lubumbashi, Katanga, DRC", "CD"), ("", "Buenos Aires (Argentina)", "AR"), ("", "Lyon - France", "FR"), ("Peru", "Paris", "PE")],
)
def test_a_country_may_stand_in_the_place(country, place, code, tmp_path):
    campaign = make_other_campaign()
    commit(csv_file(tmp_path, f'Country;Place;Date;Kind;Purpose;Count\n{country};"{place}";2019-12-03;letters;appeal;5\n'), campaign)
    assert [row[0] for row in tallies(campaign)] == [code]


@pytest.mark.parametrize(
    ("text", "hint"), [("Utopia", ""), ("Germny", "Germany"), ("Congo", "Congo (DRC)"), ("Peru, Chile", "Chile"), ("", "names no country")]
)
def test_an_unknown_country_is_refused_with_a_hint(text, hint, tmp_path):
    campaign = make_other_campaign()
    answer = preview(csv_file(tmp_path, f'Country,Date,Kind,Purpose,Count\n"{text}",2019-12-03,letters,appeal,5\n'), campaign)
    assert (figures(answer), codes(answer)) == ((0, 0, 1, 0, 0), ["unknown_country"])
    assert hint in answer["problems"][0]["sentence"]


CELLS = [
    ("ZA-1", "ZA-1"), ("za-1", "ZA-1"), ("ZA 1", "ZA-1"), ("Grace Mbeki", "ZA-1"), ("GRACE MBEKI", "ZA-1"), ("Mbeki, Grace", "ZA-1"),
    ("Ms Grace Mbeki", "ZA-1"), ("Nguyen Van Dai", "VN-1"), ("Dai, Nguyen Van", "VN-1"), ("Salem, Omar", "EG-1"),
    ("Ana and Ivo Horvat", "HR-1"), ("The Horvats", "HR-1"), ("Ana & Ivo Horvat", "HR-1"), ("Vietnam", "VN-1"), ("Égypte", "EG-1"), ("Spanien", "ES-1"),
    ("La comunidad de San Jose, Colombia", "CO-1"), ("ZA-1, EG-1", "EG-1 ZA-1"), ("Grace Mbeki; Omar Salem", "EG-1 ZA-1"),
    ("ZA-1/ZA-2", "ZA-1 ZA-2"), ("ZA-1 + ZA-2", "ZA-1 ZA-2"), ("ZA-1 & EG-1", "EG-1 ZA-1"), ("Grace Mbeki and Thabo Dlamini", "ZA-1 ZA-2"),
    ("Grace Mbeki et Omar Salem", "EG-1 ZA-1"), ("Grace Mbeki y Omar Salem", "EG-1 ZA-1"), ("Grace Mbeki und Omar Salem", "EG-1 ZA-1"),
    ("Grace Mbeki e Omar Salem", "EG-1 ZA-1"), ("Ana and Ivo Horvat and Grace Mbeki", "HR-1 ZA-1"), ("Salem, Omar, Vietnam", "EG-1 VN-1"),
    ("Egypt, Vietnam, Croatia", "EG-1 HR-1 VN-1"), ("Omar Salem (Egypt)", "EG-1"), ("EG-1: Omar Salem", "EG-1"), ("EG-1 - Omar Salem", "EG-1"),
    ("Horvats", "HR-1"), ("comunidad de San José, Colombia", "CO-1"), ("ZA-1 ZA-2", "ZA-1 ZA-2"), ("ZA-1, ZA-1", "ZA-1"), ("", ""), ("-", ""), ("n/a", ""), ("all cases", ""), ("not broken down", ""),
    ("toutes", ""), ("all seven cases", ""), ("South Africa (Grace Mbeki)", "ZA-1"),
]  # fmt: skip


def test_the_cases_that_a_cell_names(tmp_path):
    campaign = make_other_campaign()
    rows = "".join(f'Peru,2019-12-03,"{cell}",letters,appeal,5\n' for cell, _ in CELLS)
    answer = commit(csv_file(tmp_path, "Country,Date,Case,Kind,Purpose,Count\n" + rows), campaign)
    found = [row[1] for row in tallies(campaign)]
    assert list(zip([cell for cell, _ in CELLS], found, strict=True)) == CELLS
    assert {code for code in codes(answer)} == {"several_cases"}


REFUSED = [
    ("Nobody", "unknown_case", "Nobody"),
    ("Grace Mbekki", "unknown_case", "ZA-1"),
    ("ZA-1, Nobody", "unknown_case", "Nobody"),
    ("France", "unknown_case", "no case in France"),
    ("South Africa", "ambiguous_case", "ZA-1, ZA-2"),
    ("Omar Salem (Vietnam)", "ambiguous_case", "EG-1, VN-1"),
]


def test_a_case_that_cannot_be_told_is_refused(tmp_path):
    campaign = make_other_campaign()
    rows = "".join(f'Peru,2019-12-03,"{cell}",letters,appeal,5\n' for cell, _, _ in REFUSED)
    answer = preview(csv_file(tmp_path, "Country,Date,Case,Kind,Purpose,Count\n" + rows), campaign)
    assert figures(answer) == (0, 0, len(REFUSED), 0, 0)
    for problem, (_, code, hint) in zip(answer["problems"], REFUSED, strict=True):
        assert problem["code"] == code
        assert hint in problem["sentence"]

"""The delivery confirmation: every fact is on it, it reads as one page, and it says nothing else."""

from datetime import date
from functools import cache

import pytest
from django.utils.translation import override

from logistics import steps
from logistics.documents import words
from logistics.documents.confirmation import Standing, confirmation
from logistics.documents.language import LANGUAGES
from logistics.documents.page import PAPERS
from logistics.queries.confirmation_facts import (
    OUTCOMES,
    Because,
    ConfirmationFacts,
    Origin,
    Others,
    Outcome,
    Pieces,
    Replaced,
    content_hash,
)
from tests.logistics.documents.reading import fonts, page_count, page_texts, paper, picture, reader, symbols, text

NAMED = "AR AU AT BE BR BF CM CA CL DK FI FR DE GR HK IE IT KE LB LT LU MX MD MA NL NZ NE NG NO PY PL PT SN SI".split()
NAMED += "ZA KR ES SE CH TW GB US".split()
ORIGINS = tuple(Origin(country, Pieces(20, 79)) for country in sorted(NAMED))
OTHERS = Others(17, Pieces(19, 26))
GRADES = {"acknowledged": 2305, "in_person": 1655, "close": 243}
BECAME = {
    "delivered": Pieces(859, 3344),
    "withheld": Pieces(11, 3),
    "seized": Pieces(6, 5),
    "lost": Pieces(5, 3),
}
WHY = {
    "withheld": (Because("shows_writer", 9), Because("could_harm", 5)),
    "seized": (Because("customs", 11),),
    "lost": (Because("not_found", 8),),
}


def facts(*, origins=ORIGINS, others=OTHERS, grades=GRADES, outcomes=BECAME, why=WHY, **fields) -> ConfirmationFacts:
    defaults = {
        "number": "CSM5FX8KWZK4",
        "campaign": "Write for Rights 2013",
        "is_constructed": True,
        "case": "TR",
        "case_name": "Hakan Yaman",
        "purpose": "solidarity",
        "issued_on": date(2014, 2, 28),
        "deliveries": ("D8QBWTQPQWA6", "DSXFZHZPXXPJ"),
        "months": ("2014-01", "2014-02"),
        "countries": len(origins) + (others.countries if others else 0),
        "attested_by": ("PNPRF0F",),
        "replaces": Replaced("CHB4JD78NRXQ", date(2014, 2, 20), "wrong_grade"),
        "journey_head": "affab00e" * 8,
    }
    return ConfirmationFacts(
        grades=dict.fromkeys(steps.GRADES, 0) | grades,
        outcomes=tuple(Outcome(what, outcomes.get(what, Pieces()), why.get(what, ())) for what in OUTCOMES),
        origins=origins,
        others=others,
        **defaults | fields,
    )


@cache
def usual() -> bytes:
    return confirmation(facts())


@pytest.mark.parametrize(("size", "millimetres"), [("a4", (210, 297)), ("letter", (216, 279))])
def test_the_usual_confirmation_is_one_page_on_both_papers(size, millimetres):
    made = confirmation(facts(), paper=size)
    assert page_count(made) == 1
    assert paper(made) == millimetres


def test_every_fact_stands_on_it():
    said = text(usual())
    for sentence in (
        "Delivery confirmation",
        "Solidarity messages · Write for Rights 2013 · issued on 28 February 2014",
        "4,203",
        "letters and cards for Hakan Yaman were delivered in January and February 2014. Written in 59 countries.",
        "Delivered 859 3,344 4,203",
        "Gone out, not confirmed – – –",
        "Withheld by us 11 3 14",
        "Seized by an authority 6 5 11",
        "Lost on the way 5 3 8",
        "Still on their way – – –",
        "Counted in the mailroom 881 3,355 4,236",
        "Acknowledged by the recipient 2,305",
        "Handed over in person 1,655",
        "Handed to family, lawyer or friend 243",
        "Delivered 4,203",
        "Left with an institution –",
        "Posted, no word since –",
        "17 other countries 19 26 45",
        "Shows who wrote it or where: 9. Could harm the recipient: 5. They are kept in the mailroom.",
        "Taken by customs.",
        "Searched for and not found. Not found by 28 February 2014.",
        "PNPRF0F",
        "D8QB WTQP QWA6 · DSXF ZHZP XXPJ",
        "CHB4 JD78 NRXQ of 20 February 2014: the wrong evidence",
        "none at the time of printing",
        "letters to the authorities: they are confirmed separately",
        "Constructed for demonstration",
        "Page 1 of 1",
    ):
        assert sentence in said, sentence
    for origin in ORIGINS:
        assert f"{words.country(origin.country)} 20 79 99" in said


def test_the_content_hash_and_the_journey_are_printed_in_eights():
    digits = content_hash(facts())
    said = text(usual())
    assert " ".join(digits[at : at + 8] for at in range(0, 64, 8)) in said
    assert " ".join(["affab00e"] * 8) in said


def test_the_symbol_holds_the_number():
    found = symbols(usual())
    assert [(each.text, each.ec_level, each.extra["Version"]) for each in found] == [("CSM5FX8KWZK4", "Q", "1")]


def test_the_same_facts_give_the_same_bytes():
    assert confirmation(facts()) == usual()


def test_what_is_unconfirmed_is_shown_and_not_added_to_what_was_delivered():
    said = text(
        confirmation(
            facts(
                grades=GRADES | {"institution": 120, "assumed": 31},
                outcomes=BECAME | {"unconfirmed": Pieces(51, 100), "on_the_way": Pieces(40, 2)},
            )
        )
    )
    for sentence in (
        "4,203 letters and cards for Hakan Yaman were delivered",
        "Gone out, not confirmed 51 100 151",
        "Still on their way 40 2 42",
        "Counted in the mailroom 972 3,457 4,429",
        "Handed to family, lawyer or friend 243 Delivered 4,203",
        "Left with an institution 120 Posted, no word since 31 Not confirmed, not delivered 151",
        "Nobody close to the recipient has told us that these arrived.",
    ):
        assert sentence in said, sentence


def test_what_was_handed_over_on_other_occasions_is_a_line_of_its_own():
    more = {"delivered_elsewhere": Pieces(10, 20), "unconfirmed_elsewhere": Pieces(0, 4)}
    said = text(confirmation(facts(outcomes=BECAME | more)))
    assert "Delivered on other occasions 10 20 30" in said
    assert "The same, other occasions – 4 4" in said
    assert "Counted in the mailroom 891 3,379 4,270" in said
    assert "on other occasions" not in text(usual())


def test_refused_and_destroyed_stand_there_only_if_there_are_any():
    more = {"refused": Pieces(60, 2), "destroyed": Pieces(1, 1)}
    why = WHY | {"refused": (Because("declined", 60), Because("", 2)), "destroyed": (Because("damaged", 2),)}
    said = text(confirmation(facts(outcomes=BECAME | more, why=why)))
    assert "Refused 60 2 62" in said
    assert "Declined: 60. No reason was told: 2." in said
    assert "Damaged. By two persons together." in said
    plain = text(usual())
    assert "Refused" not in plain and "Destroyed" not in plain


def test_nothing_delivered_is_said_plainly():
    nothing = facts(
        origins=(), others=None, grades={"assumed": 14}, outcomes={"unconfirmed": Pieces(14, 0)}, replaces=None
    )
    said = text(confirmation(nothing))
    assert "0 letters and cards for Hakan Yaman are known to have been delivered." in said
    assert "Where the delivered pieces were written" not in said
    assert "Replaces" not in said


def test_one_piece_is_singular():
    one = facts(
        origins=(), others=Others(1, Pieces(1, 0)), grades={"close": 1}, outcomes={"delivered": Pieces(1, 0)}, why={}
    )
    said = text(confirmation(one))
    assert "1 letter or card for Hakan Yaman was delivered in January and February 2014. Written in 1 country." in said


def test_appeals_are_called_appeals():
    many = facts(
        purpose="appeal",
        case_name="Yorm Bopha",
        origins=(Origin("FR", Pieces(253_000, 0)),),
        others=None,
        grades={"acknowledged": 253_000},
        outcomes={"delivered": Pieces(253_000, 0)},
        why={},
        months=("2014-01", "2014-02", "2014-05"),
    )
    said = text(confirmation(many))
    assert "Messages to the authorities" in said
    assert "253,000 messages to the authorities for Yorm Bopha were delivered in January to May 2014." in said
    assert "letters and cards to the person: they are confirmed separately" in said


@pytest.mark.parametrize(
    ("months", "said"),
    [
        (("2014-01",), "January 2014"),
        (("2013-12", "2014-01"), "December 2013 and January 2014"),
        (("2013-11", "2013-12", "2014-01"), "November 2013 to January 2014"),
    ],
)
def test_months_are_said_as_people_say_them(months, said):
    assert f"were delivered in {said}." in text(confirmation(facts(months=months)))


def test_a_case_without_a_public_name_is_called_by_its_code():
    assert "for TR were delivered" in text(confirmation(facts(case_name="")))


def test_a_campaign_that_is_real_carries_no_notice():
    assert "Constructed" not in text(confirmation(facts(is_constructed=False)))


LATER = Replaced("CJJN3JB5KZJ8", date(2014, 3, 4), "told_by_mistake")


@pytest.mark.parametrize("standing", [Standing(LATER, is_out_of_date=True), Standing(is_out_of_date=True)], ids=["replaced", "late"])
@pytest.mark.parametrize("name", PAPERS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_it_stays_one_page_when_it_no_longer_holds(language, name, standing):
    assert page_count(confirmation(facts(), standing=standing, paper=name, language=language)) == 1


def test_where_nothing_was_delivered_nobody_attests_a_handover():
    nothing = facts(origins=(), others=None, grades={"assumed": 4203}, outcomes={"unconfirmed": Pieces(859, 3344)})
    assert "were handed over as stated here" not in text(confirmation(nothing))
    said = text(confirmation(facts()))
    assert "were handed over as stated here" in said and "The case worker for this case · PNPRF0F" in said


def test_a_long_name_without_a_blank_stays_on_the_paper():
    name = "Abcdefghij" * 8
    for made in (confirmation(facts(case_name=name)), confirmation(facts(case_name="កម្ពុជា" * 12), language="km")):
        assert page_count(made) == 1
        seen = picture(made)
        for margin in ((0, 0, 60, seen.height), (seen.width - 60, 0, seen.width, seen.height)):
            assert seen.crop(margin).getextrema() == (255, 255)


def test_it_says_by_which_number_it_was_replaced():
    said = text(confirmation(facts(), standing=Standing(LATER, is_out_of_date=True)))
    assert said.count("CJJN 3JB5 KZJ8 of 4 March 2014: told by mistake") == 1
    assert said.index("CJJN 3JB5 KZJ8") < said.index("were delivered")
    assert "ut of date" not in said


def test_it_says_that_it_is_out_of_date():
    said = text(confirmation(facts(), standing=Standing(is_out_of_date=True)))
    assert said.index("Out of date: what it reports has been corrected") < said.index("were delivered")
    assert "ut of date" not in text(confirmation(facts()))


def test_markup_in_a_name_is_text():
    name = "<script>alert('&amp;')</script> & <img src=http://127.0.0.1/x>"
    assert name in text(confirmation(facts(case_name=name, campaign=name)))


@pytest.mark.parametrize(
    ("name", "font"),
    [
        ("យ៉ម បុប្ផា", "Khmer"),
        ("جابر الماجري", "Arabic"),
        ("刘晓波", "CJK"),
        ("እስክንድር ነጋ", "Ethiopic"),
        ("ထွန်းအောင်", "Myanmar"),
        ("Женщины деревни", "Noto-Serif-Bold"),
    ],
)
def test_a_name_in_another_script_is_set_in_a_font_that_has_it(name, font):
    made = confirmation(facts(case_name=name))
    assert page_count(made) == 1
    assert any(font in each for each in fonts(made))


def test_eighty_countries_and_every_outcome_take_a_second_page_that_says_where_it_belongs():
    many = tuple(Origin(a + b, Pieces(20, 30)) for a in "ABCDEFGHIJ" for b in "ABCDEFGH")
    became = {what: Pieces(10, 10) for what in OUTCOMES} | {"delivered": Pieces(1600, 2400), "unconfirmed": Pieces(10, 10)}
    large = facts(
        origins=many, others=None, grades={"in_person": 4000, "assumed": 20}, outcomes=became, case_name="A name " * 20
    )
    first, second = page_texts(confirmation(large))
    assert "Delivery confirmation CSM5 FX8K WZK4" in second
    assert "Page 2 of 2" in second and "SHA-256" in second
    assert "Page 1 of 2" in first


def test_every_count_of_countries_up_to_the_usual_stays_on_one_page():
    for count in (1, 4, 42):
        some = tuple(Origin(country, Pieces(20, 30)) for country in sorted(NAMED[:count]))
        few = facts(
            origins=some,
            others=None,
            grades={"in_person": 50 * count},
            outcomes=BECAME | {"delivered": Pieces(20 * count, 30 * count)},
        )
        assert page_count(confirmation(few, paper="letter")) == 1


def test_it_turns_round_for_a_language_written_from_the_right():
    made = confirmation(facts(), language="ar")
    assert reader(made).trailer["/Root"]["/Lang"] == "ar"
    assert [each.text for each in symbols(made)] == ["CSM5FX8KWZK4"]
    assert "4,203" in text(made)


@pytest.mark.parametrize(("language", "figure"), [("en", "4,203"), ("tr", "4.203"), ("fr", "4\u202f203"), ("ar", "4,203"), ("es", "4203")])
def test_figures_are_grouped_as_the_language_does_it(language, figure):
    with override(language):
        assert words.figure(4203) == figure


def test_nothing_outside_the_facts_is_printed_of_a_case():
    """A case's country and languages are no business of a confirmation that may be found."""
    assert "Turkey" not in text(usual()) and "Türkiye" not in text(usual())


def test_a_paper_that_is_not_known_is_refused():
    with pytest.raises(ValueError, match="no such paper"):
        confirmation(facts(), paper="a5")

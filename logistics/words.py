"""Closed lists of words that are stored: what kind of message, for whom, how sure a figure is."""

from django.db import models
from django.utils.formats import number_format
from django.utils.translation import gettext_lazy as _

from logistics import steps
from logistics.steps import Step


def figure(number: int) -> str:
    """A number within a sentence, grouped as the reader groups numbers: 12,000."""
    return number_format(number, force_grouping=True)


class Purpose(models.TextChoices):
    SOLIDARITY = "solidarity", _("solidarity")
    APPEAL = "appeal", _("appeal")


FOR_WHOM = {Purpose.SOLIDARITY.value: _("to the people"), Purpose.APPEAL.value: _("to authorities")}
"""As pages say a purpose."""


class Kind(models.TextChoices):
    LETTER = "letter", _("letters")
    CARD = "card", _("cards")
    LETTER_AND_CARD = "letter_and_card", _("letters and cards")
    SIGNATURE = "signature", _("signatures")
    SMS = "sms", _("text messages")
    FAX = "fax", _("faxes")
    EMAIL = "email", _("e-mails")
    TWEET = "tweet", _("tweets")
    PHOTO = "photo", _("photos")
    OTHER = "other", _("other messages")
    NOT_BROKEN_DOWN = "not_broken_down", _("not broken down")


LETTERS_AND_CARDS = (Kind.LETTER, Kind.CARD, Kind.LETTER_AND_CARD)


class Qualifier(models.TextChoices):
    EXACT = "exact", _("exactly")
    ABOUT = "about", _("about")
    AT_LEAST = "at_least", _("at least")
    MORE_THAN = "more_than", _("more than")
    ALMOST = "almost", _("almost")
    FEWER_THAN = "fewer_than", _("fewer than")


class Method(models.TextChoices):
    DECLARED = "declared", _("declared")
    COUNTED = "counted", _("counted")
    WEIGHED = "weighed", _("weighed")
    ESTIMATED = "estimated", _("estimated")


class Precision(models.TextChoices):
    DAY = "day", _("day")
    MONTH = "month", _("month")
    YEAR = "year", _("year")


class CaseKind(models.TextChoices):
    PERSON = "person", _("person")
    GROUP = "group", _("group")
    COMMUNITY = "community", _("community")


class CaseStatus(models.TextChoices):
    ACTIVE = "active", _("active")
    PAUSED = "paused", _("paused")
    CLOSED = "closed", _("closed")


class TranslationPolicy(models.TextChoices):
    REQUIRED = "required", _("a summary is required")
    WANTED = "wanted", _("a summary is wanted")
    NOT_NEEDED = "not_needed", _("no summary is needed")


class ConsentPurpose(models.TextChoices):
    RECEIVE = "receive", _("to receive mail")
    COUNTED = "counted", _("to be counted in public")
    QUOTED = "quoted", _("to be quoted")
    PICTURED = "pictured", _("to be pictured")


class RuleSubject(models.TextChoices):
    ENVELOPE = "envelope", _("envelope")
    LETTER = "letter", _("letter")
    ENCLOSURE = "enclosure", _("enclosure")


class RuleForce(models.TextChoices):
    REQUIRED = "required", _("required")
    FORBIDDEN = "forbidden", _("forbidden")
    ALLOWED = "allowed", _("allowed")


class SituationWhat(models.TextChoices):
    DETAINED = "detained", _("detained")
    MOVED = "moved", _("moved")
    RELEASED = "released", _("released")
    INJURED = "injured", _("injured")
    DIED = "died", _("died")
    OTHER = "other", _("something else")


class FlagDecision(models.TextChoices):
    GO_ON = "go_on", _("go on as planned")
    HOLD = "hold", _("keep it where it is")
    CALL_BACK = "call_back", _("call it back")


class Reason(models.TextChoices):
    """Why something was done, as a code: the journey holds no free text."""

    SHOWS_WRITER = "shows_writer", _("shows who wrote it or where")
    COULD_HARM = "could_harm", _("could harm the recipient")
    AGAINST_RULE = "against_rule", _("against a rule of the case")
    NOT_FOR_CASE = "not_for_case", _("not meant for this case")
    DAMAGED = "damaged", _("damaged")
    SANITISED = "sanitised", _("the identifying part was removed")
    CHECKED_AGAIN = "checked_again", _("checked again and found harmless")
    CUSTOMS = "customs", _("taken by customs")
    PRISON = "prison", _("taken by the prison")
    POLICE = "police", _("taken by the police")
    NOT_FOUND = "not_found", _("searched for and not found")
    TURNED_UP = "turned_up", _("turned up")
    KEPT_FOR_RELEASE = "kept_for_release", _("kept for after release")
    TOO_MANY_AT_ONCE = "too_many_at_once", _("more than is safe in one week")
    MOVED = "moved", _("moved")
    DECEASED = "deceased", _("deceased")
    UNKNOWN = "unknown", _("unknown at that place")
    UNCLAIMED = "unclaimed", _("unclaimed")
    DECLINED = "declined", _("declined")
    PROHIBITED = "prohibited", _("prohibited")
    INSUFFICIENT_ADDRESS = "insufficient_address", _("insufficient address")
    WRONG_BUNDLE = "wrong_bundle", _("the wrong bundle")
    WRONG_COUNT = "wrong_count", _("the wrong count")
    WRONG_GRADE = "wrong_grade", _("the wrong evidence")
    WRONG_DAY = "wrong_day", _("the wrong day")
    TOLD_BY_MISTAKE = "told_by_mistake", _("told by mistake")
    READS_IT = "reads_it", _("the recipient reads the language it is written in")
    NO_TRANSLATOR = "no_translator", _("nobody can translate it in time")
    ALONE_AT_HUB = "alone_at_hub", _("only one person at this hub")


class Capacity(models.TextChoices):
    """In what role somebody received (after the Universal Postal Union's advice of delivery)."""

    SELF = "self", _("the recipient")
    FAMILY = "family", _("family")
    LAWYER = "lawyer", _("lawyer")
    FRIEND = "friend", _("friend")
    INSTITUTION = "institution", _("institution")


class WordsConsent(models.TextChoices):
    """For what a recipient's words may be kept; without either they are not."""

    QUOTED = "quoted", _("they may be quoted")
    CASE_TEAM = "case_team", _("only for the case team")


class SealFound(models.TextChoices):
    INTACT = "intact", _("intact")
    BROKEN = "broken", _("broken")
    MISSING = "missing", _("missing")
    OTHER_NUMBER = "other_number", _("another number")
    REPLACED = "replaced", _("replaced by an authority")


class BagForm(models.TextChoices):
    BAG = "bag", _("bag")
    BOX = "box", _("box")
    ENVELOPE = "envelope", _("padded envelope")


class DiscrepancyKind(models.TextChoices):
    SHORTAGE = "shortage", _("fewer than expected")
    OVERAGE = "overage", _("more than expected")
    MISSING_BUNDLE = "missing_bundle", _("a bundle is missing")
    EXTRA_BUNDLE = "extra_bundle", _("a bundle too many")
    DAMAGED = "damaged", _("damaged")
    SEAL = "seal", _("the seal is not as it was put on")
    AGAINST_PAUSE = "against_pause", _("done although the case is paused or nobody consents")


PLACES = {
    steps.MAILROOM: _("mailroom"), steps.WITHHELD: _("withheld"), steps.BAG: _("bag"), steps.TRANSIT: _("transit"),
    steps.FIELD: _("field"), steps.DEFERRED: _("deferred"), steps.RETURNED: _("returned"), steps.ASSUMED: _("assumed"),
    steps.INSTITUTION: _("institution"), steps.CLOSE: _("close"), steps.IN_PERSON: _("in person"),
    steps.ACKNOWLEDGED: _("acknowledged"), steps.SEIZED: _("seized"), steps.REFUSED: _("refused"),
    steps.LOST: _("lost"), steps.DESTROYED: _("destroyed"), steps.OUTSIDE: _("outside"), steps.REBUNDLED: _("rebundled"),
}  # fmt: skip
"""Where pieces can be, as one word."""

STEPS = {
    Step.COUNTED: _("counted"), Step.RECOUNTED: _("recounted"), Step.SCREENED: _("screened"),
    Step.SUMMARISED: _("summarised"), Step.WAIVED: _("waived"), Step.SEALED: _("sealed"), Step.WITHHELD: _("withheld"),
    Step.RELEASED: _("released"), Step.REBUNDLED: _("rebundled"), Step.BAGGED: _("bagged"),
    Step.UNBAGGED: _("unbagged"), Step.DISPATCHED: _("dispatched"), Step.ARRIVED: _("arrived"),
    Step.HANDED: _("handed"), Step.RAISED: _("raised"), Step.REFUSED: _("refused"), Step.SEIZED: _("seized"),
    Step.GIVEN_BACK: _("given back"), Step.DEFERRED: _("deferred"), Step.RETURNED: _("returned"), Step.LOST: _("lost"),
    Step.FOUND: _("found"), Step.DESTROYED: _("destroyed"), Step.REVERSED: _("reversed"),
}  # fmt: skip
"""What was done with pieces, as one word."""

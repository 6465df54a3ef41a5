"""The entries in which each walk ends: step, from, to, pieces. Told by actions or through pages, they are the same."""

Line = tuple[str, str, str, int]


def _ready(pieces: int) -> list[Line]:
    return [("counted", "outside", "mailroom", pieces), ("screened", "", "", 0), ("summarised", "", "", 0)]


def _sent(pieces: int) -> list[Line]:
    return [("bagged", "mailroom", "bag", pieces), ("sealed", "", "", 0), ("dispatched", "bag", "transit", pieces)]


def _taken_over(pieces: int) -> list[Line]:
    return [*_sent(pieces), ("arrived", "transit", "field", pieces)]


FROM_COUNT_TO_IN_PERSON: list[Line] = [
    ("counted", "outside", "mailroom", 88),
    ("bagged", "mailroom", "bag", 88),
    ("unbagged", "bag", "mailroom", 88),
    ("screened", "", "", 0),
    ("bagged", "mailroom", "bag", 88),
    ("summarised", "", "", 0),
    ("sealed", "", "", 0),
    ("dispatched", "bag", "transit", 88),
    ("arrived", "transit", "field", 88),
    ("handed", "field", "in_person", 88),
]

WITHHELD: list[Line] = [
    ("counted", "outside", "mailroom", 88),
    ("withheld", "mailroom", "withheld", 2),
    ("screened", "", "", 0),
    ("summarised", "", "", 0),
    *_sent(86),
    ("released", "withheld", "rebundled", 1),
]
RELEASED: list[Line] = [("released", "rebundled", "mailroom", 1)]

MISSING_LOST_FOUND: list[Line] = [
    *_ready(48),
    *_sent(48),
    ("recounted", "", "", 0),
    ("lost", "transit", "lost", 48),
    ("found", "lost", "field", 48),
]

IN_PART_THEN_ACKNOWLEDGED: list[Line] = [
    *_ready(88),
    *_taken_over(88),
    ("handed", "field", "close", 60),
    ("handed", "field", "institution", 28),
    ("raised", "institution", "acknowledged", 28),
]

SPLIT: list[Line] = [*_ready(88), ("rebundled", "mailroom", "rebundled", 30), *_taken_over(58)]
SPLIT_OFF: list[Line] = [
    ("rebundled", "rebundled", "mailroom", 30),
    ("screened", "", "", 0),
    ("summarised", "", "", 0),
    *_sent(30),
    ("arrived", "transit", "bag", 30),
    ("dispatched", "bag", "transit", 30),
    ("arrived", "transit", "field", 30),
]

REVERSED_AND_TOLD_AGAIN: list[Line] = [
    *_ready(88),
    *_taken_over(88),
    ("handed", "field", "in_person", 88),
    ("reversed", "in_person", "field", 88),
    ("handed", "field", "close", 80),
    ("refused", "field", "refused", 8),
]

RECOUNTED: list[Line] = [
    *_ready(88),
    ("recounted", "outside", "mailroom", 3),
    *_taken_over(91),
    ("recounted", "outside", "field", 3),
]

"""Days of several events together, and how many events a text speaks of."""

import datetime
from collections.abc import Iterable

from logistics.resources.words.dates import Day, Impossible, day_of
from logistics.resources.words.normal import normal

NUMBERS = {
    word: number
    for number, words in enumerate(
        (
            "two deux dos zwei dois duas",
            "three trois tres drei",
            "four quatre cuatro vier quatro",
            "five cinq cinco funf fuenf",
            "six seis sechs",
            "seven sept siete sieben sete",
            "eight huit ocho acht oito",
            "nine neuf nueve neun nove",
            "ten dix diez zehn dez",
            "eleven onze once elf",
            "twelve douze doce zwolf zwoelf doze",
        ),
        2,
    )
    for word in words.split()
}
EVENTS = frozenset(
    "events debates concerts marathons meetings stalls workshops evenings schools actions flashmobs mobs parties vigils"
    " evenements debats marathons reunions stands ateliers soirees ecoles veranstaltungen debatten konzerte marathons"
    " abende schulen stande eventos debates conciertos maratones reuniones escuelas talleres concertos maratonas escolas"
    " reunioes oficinas sessions seances sesiones sessoes screenings talks exhibitions runs walks fairs".split()
)


def events_said(text: str) -> int:
    """How many events a text speaks of ("Five debates, Lubumbashi", "3 concerts"): 1 where it does not say."""
    words = normal(text).split()[:4]
    if len(words) < 2:
        return 1
    number = NUMBERS.get(words[0], 0) or (int(words[0]) if words[0].isdecimal() and len(words[0]) < 4 else 0)
    return number if number > 1 and EVENTS & set(words[1:]) else 1


def span_of(cells: Iterable[object]) -> object:
    """One date for several: the day, the month or the year that holds them all; a cell itself where one is impossible."""
    days = []
    for cell in cells:
        try:
            day = day_of(cell)
        except Impossible:
            return cell
        if day:
            days.append(day)
    months = {(day.day.year, day.day.month) for day in days if not day.other and day.precision != "year"}
    years = {day.day.year for day in days}
    if len(years) != 1:
        return ""
    year = years.pop()
    if len(months) == 1 and not any(day.other or day.precision == "year" for day in days):
        return Day(datetime.date(year, months.pop()[1], 1), "month")
    return Day(datetime.date(year, 1, 1), "year")

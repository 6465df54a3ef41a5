"""Which sheets of a workbook are the return: not what is hidden, and not what only adds up the others."""

from logistics.resources.reading.contents import Sheet
from logistics.resources.returns.tables import Table
from logistics.resources.words.normal import normal

SUMMARIES = frozenset(
    normal(name)
    for name in (
        "summary|overview|totals|total|pivot|by country|per country|resume|résumé|récapitulatif|récap|synthèse|par pays"
        "|übersicht|zusammenfassung|summen|nach land|nach ländern|resumen|síntesis|por país|resumo|totais|totales|totaux"
    ).split("|")
)


def visible(sheets: list[Sheet]) -> list[Sheet]:
    """The sheets that a person sees; all, if none is seen."""
    return [sheet for sheet in sheets if not sheet.is_hidden] or sheets


def without_summaries(tables: list[Table]) -> list[Table]:
    """The tables, but for those on sheets whose name says that they add up the others ("Summary")."""
    return [table for table in tables if normal(table.sheet) not in SUMMARIES] or tables

"""What a column holds, known by its header in English, French, Spanish, German or Portuguese."""

import re
from collections.abc import Callable
from functools import lru_cache

from logistics.resources.words.kinds import kinds_in, purpose_in_kind, purpose_of
from logistics.resources.words.normal import normal, table

# A header that is exactly one of these words.
EXACT = table({
    "country": "Absenderland | Ländername | Sendeland | Country | Countries | Nation | Land | Pays | País | Pais | Staat | Länder | Country code | Country name"
    " | Country of origin | Pays d'origine | Herkunftsland | País de origen | País de origem | From | ISO"
    " | Origin | Origine | Provenance | Herkunft | Procedencia | Origem | Proveniência | Where from | Sent from"
    " | Where sent from | Sending country | Country sending | Territory | Ländercode | Code pays | Código de país | Código do país",
    "office": "Office | Section | Entity | National office | National section | Sent by | Amnesty section | Bureau"
    " | Bureau national | Section nationale | Entité | Büro | Sektion | Oficina | Sección | Escritório | Seção | Secção"
    " | Entidad | Entidade | Sede | Amnesty office | Reporting office | Reported by | Group | Groupe | Gruppe | Grupo",
    "office_or_organiser": "Office or organiser | Office or organizer | Office / organiser | Office/organizer"
    " | Bureau ou organisateur | Büro oder Veranstalter | Oficina u organizador | Escritório ou organizador"
    " | Organiser or office | Organizer or office | Section or organiser",
    "organiser": "Organiser | Organizer | Organised by | Organized by | Organisateur | Organisatrice | Organisé par"
    " | Organisation | Organization | Organizador | Organizadora | Organizado por | Organisator | Organisatorin"
    " | Veranstalter | Veranstalterin | Organisiert von | Organização | Organización | Responsable | Responsável"
    " | Verantwortlich | Person responsible | Coordinator | Activist | Militant",
    "place": "Place | Places | Location | City | Town | Where | Locality | Region | Province | District | Lieu | Ville"
    " | Où | Localité | Commune | Ort | Stadt | Wo | Lugar | Ciudad | Dónde | Localidad | Cidade | Onde | Localidade"
    " | Local | Município | Municipio | Région | Región | Região | City / town | City/country | Place and country",
    "event": "Event | Activity | Activities | Event name | Name of event | Type of event | Event type | Type of activity"
    " | What happened | Événement | Évènement | Activité | Manifestation | Nom de l'événement | Type d'activité"
    " | Type d'événement | Veranstaltung | Ereignis | Aktivität | Anlass | Art der Veranstaltung | Evento | Actividad"
    " | Acto | Tipo de evento | Tipo de actividad | Nombre del evento | Atividade | Actividade | Nome do evento"
    " | Tipo de atividade | Occasion | Campaign activity | Aktion",
    "venue": "Venue | Site | Hall | Building | Salle | Lieu de réunion | Veranstaltungsort | Saal | Recinto | Sala"
    " | Local del evento | Local do evento | Lieu de l'événement | Espace | Espacio | Espaço | Type of venue",
    "date": "Date | Day | When | Dates | Date of event | Event date | Date of the event | Jour | Quand | Datum | Tag"
    " | Wann | Fecha | Día | Cuándo | Data | Dia | Quando | Date de l'événement | Veranstaltungsdatum"
    " | Fecha del evento | Data do evento | Month | Mois | Monat | Mes | Mês | Period | Période | Zeitraum | Periodo"
    " | Período | Date (dd/mm/yyyy) | Date (mm/dd/yyyy)",
    "year": "Year | Année | Jahr | Año | Ano",
    "case": "Case | Cases | Case name | Case code | Name of case | Person | People | For | For whom | Name | Written for"
    " | Recipient | Recipients | Individual | Individuals | Individual at risk | Cas | Nom du cas | Personne"
    " | Personnes | Pour | Pour qui | Destinataire | Destinataires | Nom | Fall | Fälle | Name des Falls | Fallname"
    " | Personen | Für | Für wen | Empfänger | Empfängerin | Caso | Casos | Nombre del caso | Persona | Personas | Para"
    " | Para quién | Destinatario | Destinataria | Nome do caso | Pessoa | Pessoas | Para quem | Destinatário"
    " | Case / person | Case or person | Beneficiary | Bénéficiaire | Dossier | Case file | Código del caso"
    " | Country of case | Case country | Beneficiario | Beneficiaria | Beneficiário | Begünstigte | Person at risk"
    " | Nombre de la persona | Nombre del destinatario | Nome da pessoa | Nom de la personne | Nom du destinataire"
    " | Name der Person | Persona en riesgo | Pessoa em risco | Prisoner | Prisonnier | Preso | Presa | Gefangene"
    " | Case number | Case no. | Case ID | Fallnummer | Fall-Nr. | Numéro du cas | Número de caso | Número do caso"
    " | Prisoner of conscience | Prisonnier d'opinion | Preso de conciencia | Preso de consciência | Fallcode",
    "kind": "Type d'envoi | Nature de l'envoi | Tipo de envío | Tipo de envio | Art der Sendung | Sendungsart"
    " | Kind | Type | What was sent | What | Kind of message | Message type | Type of message | Type of action"
    " | Action type | Kind of action | Format | Medium | Form | Genre | Type de message | Type d'action | Nature"
    " | Ce qui a été envoyé | Envoi | Quoi | Sorte | Art | Was | Typ | Art der Nachricht | Art der Aktion"
    " | Was wurde geschickt | Was wurde gesendet | Tipo | Tipo de mensaje | Tipo de acción | Qué se envió | Qué"
    " | Clase | Tipo de mensagem | Tipo de ação | O que foi enviado | O que | Espécie | Item | Items | Category"
    " | Catégorie | Kategorie | Categoría | Categoria | Nachrichtenart | Nachrichtentyp | Aktionsform | Sent",
    "purpose": "Solidarity / appeal | Appeal / solidarity | Purpose | Aim | Goal | Addressed to | To whom | To | Intended for | Sent to | Objective | But | Objet"
    " | Objectif | Adressé à | À qui | Zweck | Ziel | Gerichtet an | An wen | An | Propósito | Objetivo | Finalidad"
    " | Dirigido a | A quién | Finalidade | Dirigido a quem | A quem | Addressee | Solidarity or appeal"
    " | Appeal or solidarity | Finalité | Verwendungszweck | Target | Adressat",
    "method": "Method | How counted | Counting method | How was it counted | Counted or estimated | Méthode"
    " | Méthode de comptage | Comment compté | Mode de comptage | Methode | Zählweise | Wie gezählt | Zählmethode"
    " | Método | Cómo se contó | Método de recuento | Método de contagem | Como foi contado | Basis",
    "spent": "Monto | Monto gastado | Spent | Money spent | Cost | Costs | Budget | Expenses | Expenditure | Spending | Amount spent | Dépenses"
    " | Dépensé | Coût | Coûts | Frais | Montant dépensé | Ausgegeben | Ausgaben | Kosten | Gasto | Gastos | Gastado"
    " | Coste | Costo | Presupuesto | Custo | Custos | Gasto total | Gastos totais | Despesas | Orçamento | Montant"
    " | Betrag | Importe",
    "currency": "Currency | Devise | Monnaie | Währung | Moneda | Divisa | Moeda | Currency code",
    "events": "Number of events | No. of events | Events held | How many events | Nombre d'événements | Nb événements"
    " | Nombre d'activités | Anzahl Veranstaltungen | Anzahl der Veranstaltungen | Zahl der Veranstaltungen"
    " | Número de eventos | Nº de eventos | Número de actividades | Número de atividades | Cantidad de eventos"
    " | Quantidade de eventos | # events | Number of activities | Event count | Combien d'événements",
    "events_or_event": "Events | Événements | Veranstaltungen | Eventos",
    "count": "Volume | Volumen | Total enviado | Total envoyé | Insgesamt gesendet | Gesamtanzahl | Anzahl gesamt"
    " | How many | Count | Counts | Quantity | Qty | Number sent | How many sent | How many were sent | Pieces"
    " | Combien | Quantité | Qté | Nombre envoyé | Effectif | Wie viele | Wieviele | Wieviel | Anzahl | Stückzahl"
    " | Menge | Stück | Cuántos | Cuántas | Cuantos | Cantidad | Cant. | Quantos | Quantas | Quantidade | Qtd | Qtde"
    " | Declared | Declared count | Tally | Number of messages | Number of actions | Messages sent | Actions taken"
    " | Nombre de messages | Nombre d'actions | Anzahl Nachrichten | Anzahl der Nachrichten | Anzahl Aktionen"
    " | Número de mensajes | Número de acciones | Número de mensagens | Número de ações | Number of items"
    " | Number of pieces | Number collected | Total number | Total sent",
    "number": "Number | Num | No | No. | Nr | Nr. | N° | Nº | # | Nombre | Nb | Nbre | Número | Numero | Zahl | Nummer"
    " | Numéro | Núm",
    "total": "Nombre total | Número total | Total | Totals | Sum | Total messages | Total actions | Figure | Figures | Amount | Result | Gesamt"
    " | Gesamtzahl | Summe | Insgesamt | Chiffre | Chiffres | Résultat | Ergebnis | Cifra | Suma | Soma | Resultado"
    " | Total de mensajes | Total de mensagens | Total des messages",
    "remarks": "Remarks | Remark | Notes | Note | Comments | Comment | Observations | Remarques | Remarque"
    " | Commentaire | Commentaires | Bemerkung | Bemerkungen | Anmerkung | Anmerkungen | Kommentar | Observaciones"
    " | Observación | Notas | Nota | Comentario | Comentarios | Observações | Observação | Comentário | Comentários",
    "other": "E-mail | Email | E-mail address | Contact | Phone | Telephone | Website | Link | URL | Language | Langue"
    " | Sprache | Idioma | Source | ID | Ref | Reference | Participants | Attendance | Teilnehmer | Teilnehmende"
    " | Participantes | Asistentes | Status | Hashtag",
})

# Where a header is none of them: the first of these words that stands in it decides.
CONTAINED: list[tuple[str, tuple[str, ...]]] = [
    (meaning, tuple(normal(word) for word in words.split("|")))
    for meaning, words in (
        ("other", "number of people|nombre de personnes|anzahl personen|número de personas|número de pessoas"
                  "|participants|attendees|teilnehmer|participantes|asistentes|phone|e-mail address|contact|participant"
                  "|volunteers|bénévoles|freiwillige|voluntarios|voluntários|number of cases|number of countries"
                  "|population|percentage|pourcentage|prozent|porcentaje|percentagem|date received|received on"
                  "|reported on|report date|date of report"),
        ("remarks", "remarks|comments|bemerkungen|observaciones|observações|commentaires|anmerkungen|notes"),
        ("events", "number of events|nombre d'événements|anzahl veranstaltungen|número de eventos|number of activities"),
        ("currency", "currency|devise|währung|moneda|moeda"),
        ("office", "local group|amnesty group|groupe local|ortsgruppe|grupo local"),
        ("spent", "spent|cost|costs|budget|dépenses|dépensé|coût|ausgaben|kosten|gasto|gastos|custo|despesas"
                  "|presupuesto|orçamento|expenses"),
        ("method", "method|méthode|methode|método|counted|compté|gezählt"),
        ("case", "nombre de la persona|nombre del|nom du cas|name of the case|name of the person"),
        ("count", "how many|quantity|quantité|anzahl|cantidad|quantidade|count|combien|cuántos|quantos|wie viele"),
        ("number", "number|nombre de|nombre d|número de|nb de|zahl der"),
        ("date", "date|datum|fecha|data do|data da|day of|jour"),
        ("case", "case|fall|caso|cas|recipient|destinataire|destinatario|destinatário|individual|person|persona|personne|pessoa"),
        ("purpose", "purpose|zweck|propósito|finalidade|objectif|addressed to"),
        ("kind", "kind|type of message|what was sent|message type|art der|type de message|tipo de mensaje"
                 "|tipo de mensagem|action type|type of action|type d'action|type of item|format"),
        ("country", "country|pays|land|país"),
        ("organiser", "organiser|organizer|organisateur|veranstalter|organizador|organised by|organized by"),
        ("office", "office|section|bureau|büro|sektion|oficina|sección|escritório|secção|seção"),
        ("venue", "venue|veranstaltungsort|salle"),
        ("place", "city|town|place|location|ville|lieu|stadt|ort|ciudad|lugar|cidade|local"),
        ("event", "event|activity|événement|activité|veranstaltung|evento|actividad|atividade"),
    )
]

COUNTS = ("count", "number", "total", "kind_count")  # in the order in which they are believed


@lru_cache(maxsize=5_000)
def meaning(header: str) -> str:
    """The field that a header names, `kind_count` where it is a kind of message and so perhaps a count, or `""`.

    A header in two languages ("Country / Pays") or with a remark in brackets is known by any of its parts.
    """
    if header.strip() in ("#", "№"):
        return "number"
    if not header or len(header) > 120:
        return ""
    whole = normal(header)
    bare = normal(re.sub(r"[(\[].*?[)\]]", " ", header))
    parts = [normal(part) for part in re.split(r"[/|\n()\[\];:]| - | – ", header)]
    for text in (whole, bare, *parts):
        if text in EXACT:
            return EXACT[text]
    return _contained(bare or whole)


def _contained(text: str) -> str:
    inside = f" {text} "
    has_kind = bool(kinds_in(text))
    for field, words in CONTAINED:
        if any(f" {word} " in inside for word in words):
            return "count" if has_kind and field == "number" else field
    return "kind_count" if has_kind or purpose_in_kind(text) or purpose_of(text) else ""


def score(cells: list, is_name: Callable[[str], bool] = lambda text: False) -> int:
    """How many fields the cells of a row name: at least two, one of them a count, or 0 if this is no header row.

    `is_name` says of a text whether it is a case's: a header may be one ("Country | Ana | Ivo").
    """
    texts = [cell for cell in cells if isinstance(cell, str) and cell.strip()]
    if any(re.fullmatch(r"[\d\s.,'’/+-]+", text) and any(map(str.isdigit, text)) and not is_name(text) for text in texts):
        return 0
    if any(cell != "" and not isinstance(cell, str) for cell in cells):
        return 0
    found = {"kind_count" if is_name(text) else meaning(text) for text in texts} - {""}
    known = found - {"kind_count", "remarks", "other"}
    others = known - set(COUNTS)
    if not others or not found & set(COUNTS):
        return 0
    return len(known) + ("kind_count" in found)

"""Kinds of message, purposes and methods in words."""

import re
from functools import lru_cache

from logistics.resources.words.normal import is_nothing, normal, table

KINDS = table({
    "letter": "letter | letters | letter writing | handwritten letters | lettre | lettres | courrier | courriers | brief"
    " | briefe | briefen | schreiben | carta | cartas | missives",
    "card": "card | cards | postcard | postcards | post card | post cards | greeting card | greeting cards | carte"
    " | cartes | carte postale | cartes postales | carte de voeux | cartes de voeux | karte | karten | postkarte"
    " | postkarten | grusskarte | grusskarten | tarjeta | tarjetas | tarjeta postal | tarjetas postales | postal"
    " | postales | cartao | cartoes | cartao postal | cartoes postais | postais | aerogramme | aerogrammes",
    "signature": "signature | signatures | signed | petition | petitions | petition signatures | unterschrift"
    " | unterschriften | petitionen | unterschriftenliste | unterschriftenlisten | firma | firmas | firmas de peticion"
    " | peticion | peticiones | assinatura | assinaturas | peticao | peticoes | abaixo assinado | abaixo assinados"
    " | signature de petition | signatures de petition",
    "sms": "sms | text message | text messages | texts | texto | textos | mensaje de texto | mensajes de texto"
    " | mensagem de texto | mensagens de texto | kurznachricht | kurznachrichten | textnachricht | textnachrichten"
    " | message texte | messages texte | whatsapp | sms messages",
    "fax": "fax | faxes | faxe | faxs | telefax | telefaxe | telecopie | telecopies | facsimile",
    "email": "email | emails | e mail | e mails | mail | mails | courriel | courriels | correo electronico"
    " | correos electronicos | correo | correos | correio eletronico | correios eletronicos | correio electronico"
    " | elektronische post | online letters | email messages | mel",
    "tweet": "tweet | tweets | twitter | tuit | tuits | tuite | tuites | retweet | retweets | x posts | twitter posts",
    "photo": "photo | photos | photograph | photographs | photographie | photographies | foto | fotos | fotografia"
    " | fotografias | fotografie | fotografien | selfie | selfies | picture | pictures | photo messages | bild | bilder"
    " | imagen | imagenes | imagem | imagens | photo actions | solidarity photos",
    "other": "other | others | other messages | autre | autres | andere | anderes | sonstige | sonstiges | otro | otros"
    " | otra | otras | outro | outros | outra | outras | drawing | drawings | dessin | dessins | zeichnung | zeichnungen"
    " | dibujo | dibujos | desenho | desenhos | video | videos | facebook | facebook posts | instagram"
    " | social media | social media posts | social media messages | posts | candles | poem | poems | banner | banners"
    " | phone call | phone calls | calls | telegram | telegrams | telegramme | telegrammes | telegramm | telegramme"
    " | telegrama | telegramas | reseaux sociaux | redes sociales | redes sociais | soziale medien | paper cranes"
    " | cranes | autres messages | otros mensajes | outras mensagens | andere nachrichten | gifts",
    "not_broken_down": "action | actions | message | messages | aktion | aktionen | accion | acciones | acao | acoes"
    " | mensaje | mensajes | mensagem | mensagens | nachricht | nachrichten | not broken down | non ventile"
    " | non ventilees | non ventiles | nicht aufgeschluesselt | nicht aufgeschlusselt | sin desglosar"
    " | sem discriminacao | sin desglose | nao discriminado | mixed | mixte | gemischt | mixto | mixtos | misto | mistos"
    " | all kinds | all | tout | tous types | alle | alle arten | todo | todos | todos los tipos | todos os tipos | any"
    " | everything | items | pieces | aktionen insgesamt | various kinds | various | different kinds | all types"
    " | pieces of mail | post | mail items | sendungen | envois | envios | appeals sent | taken actions",
})
# Ends of compound words in German ("Solidaritätsbriefe", "Protestpostkarten").
ENDINGS = {
    "letter": ("brief", "briefe", "briefen", "schreiben"),
    "card": ("karte", "karten"),
    "signature": ("unterschrift", "unterschriften", "petition", "petitionen"),
    "email": ("mail", "mails"),
    "photo": ("foto", "fotos"),
    "fax": ("fax", "faxe"),
    "not_broken_down": ("aktion", "aktionen", "nachricht", "nachrichten", "botschaft", "botschaften"),
}
LONGEST = max(len(word.split()) for word in KINDS)

PURPOSES = table({
    "solidarity": "solidarity | solidarity message | solidarity messages | support | supportive | encouragement"
    " | message of support | messages of support | message of solidarity | messages of solidarity | to the person"
    " | to the individual | to the family | to the recipient | for the person | in solidarity | to prisoner"
    " | to the prisoner | to the community | greetings | solidarite | soutien | de soutien | a la personne"
    " | a la famille | message de soutien | messages de soutien | solidaridad | apoyo | a la persona | a la familia"
    " | animo | solidaritat | unterstuetzung | unterstutzung | ermutigung | an die person | an die familie | an person"
    " | solidarisch | gruesse | grusse | solidariedade | apoio | a pessoa | para a pessoa | solidario | solidaria"
    " | hope | espoir | hoffnung | esperanza | esperanca | message of hope | messages of hope | message d espoir"
    " | solidaire | solidarity with the person | person | family | recipient | solidarity action | comfort",
    "appeal": "appeal | appeals | appeal letters | to the authority | to the authorities | to authorities | authority"
    " | authorities | government | to the government | official | officials | to officials | demand | demands"
    " | urgent action | protest | to the president | to the minister | lobbying | advocacy | appel | appels | autorite"
    " | autorites | aux autorites | gouvernement | plaidoyer | au gouvernement | llamamiento | llamamientos | autoridad"
    " | autoridades | a las autoridades | gobierno | peticion a las autoridades | peticion | protesta | exigencia"
    " | appell | appelle | behoerde | behoerden | behorde | behorden | an die behoerden | an die behorden | an behorden"
    " | regierung | an die regierung | forderung | apelo | apelos | as autoridades | governo | petition | petitions"
    " | minister | ministry | ministre | ministere | ministro | ministerio | president | presidente | prasident | embassy"
    " | ambassade | embajada | embaixada | parliament | parlement | parlament | parlamento | governor | prosecutor | judge"
    " | procureur | fiscal | staatsanwalt | richter | juez | juiz | king | roi | rey | prime minister | decision makers"
    " | exigence | reclamation | aufruf | aufrufe | llamado | llamados | peticao | protestation",
})
# Said within a kind ("solidarity cards"): a petition's signature says nothing about the purpose.
PURPOSE_IN_KIND = {
    "solidarity": ("solidarity", "solidarite", "solidaridad", "solidaritat", "solidariedade", "solidaritatsb",
                   "support", "soutien", "apoyo", "apoio", "solidaire", "solidaires", "solidarios", "solidarias"),
    "appeal": ("appeal", "appeals", "authorities", "autorites", "autoridades", "behorden", "appel", "appell",
               "apelo", "llamamiento", "protest", "protestbriefe", "appellbriefe", "government"),
}

METHODS = table({
    "declared": "declared | reported | told | as declared | declare | declaree | declares | rapporte | signale"
    " | declarado | declarada | reportado | informado | gemeldet | angegeben | gemeldete | relatado | reported by group",
    "counted": "counted | by hand | counted by hand | exact count | counted one by one | compte | comptes | comptee"
    " | comptees | a la main | gezahlt | gezaehlt | ausgezahlt | contado | contada | contados | contadas | contadas uma"
    " a uma | a mano | hand counted | hand count | recuento | contagem | comptage | zahlung | count",
    "weighed": "weighed | by weight | weight | pese | pesee | peses | pesees | au poids | gewogen | nach gewicht"
    " | pesado | pesada | pesados | pesadas | por peso | weighing",
    "estimated": "estimated | estimate | estimation | guess | guessed | approximate | approximation | rough | estime"
    " | estimee | estimes | estimees | geschatzt | geschaetzt | schatzung | estimado | estimada | estimados | estimadas"
    " | estimacion | estimativa | aproximado | aproximada | roughly",
})


@lru_cache(maxsize=5_000)
def kinds_in(text: str) -> frozenset[str]:
    """The kinds of message that a text names."""
    words = normal(text).split()[:40]
    found, at = set(), 0
    while at < len(words):
        for length in range(min(LONGEST, len(words) - at), 0, -1):
            kind = KINDS.get(" ".join(words[at : at + length])) or (_compound(words[at]) if length == 1 else "")
            if kind:
                found.add(kind)
                at += length
                break
        else:
            at += 1
    return frozenset(found)


def _compound(word: str) -> str:
    for kind, endings in ENDINGS.items():
        if any(word.endswith(ending) and len(word) > len(ending) + 2 for ending in endings):
            return kind
    return ""


@lru_cache(maxsize=5_000)
def kind_of(text: str) -> str | None:
    """The kind in a cell; `not_broken_down` where it names several; None where it says nothing that is known here.

    Letters together with cards are `letter_and_card`; with a general word ("messages (SMS)") the special one holds.
    """
    if is_nothing(text):
        return None
    exact = normal(text)
    if exact in _STORED:
        return _STORED[exact]
    found = kinds_in(text)
    special = found - {"not_broken_down"}
    if special == {"letter", "card"}:
        return "letter_and_card"
    if len(special) == 1:
        return next(iter(special))
    if special or found:
        return "not_broken_down"
    return None


# The words in which we write them ourselves: what is exported can be imported again.
_STORED = {word.replace("_", " "): word for word in ("letter_and_card", "not_broken_down")}


@lru_cache(maxsize=5_000)
def purpose_of(text: str) -> str | None:
    """`solidarity` or `appeal`; None where a cell says neither, or both."""
    exact = PURPOSES.get(normal(text))
    return exact or _purpose_by_words(text, _SINGLE)


@lru_cache(maxsize=5_000)
def purpose_in_kind(text: str) -> str | None:
    """The purpose that the words for the kind say by the way ("solidarity cards", "Solidaritätsbriefe")."""
    return _purpose_by_words(text, PURPOSE_IN_KIND)


_SINGLE = {
    purpose: tuple(word for word, meant in PURPOSES.items() if meant == purpose and " " not in word)
    for purpose in ("solidarity", "appeal")
}


def _purpose_by_words(text: str, words: dict[str, tuple[str, ...]]) -> str | None:
    inside = set(normal(text).split())
    found = {purpose for purpose, known in words.items() if inside & set(known)}
    if re.search(r"\bsolidaritats", normal(text)):
        found.add("solidarity")
    return found.pop() if len(found) == 1 else None


@lru_cache(maxsize=1_000)
def method_of(text: str) -> str | None:
    """`declared`, `counted`, `weighed` or `estimated`; None where a cell says none of them."""
    exact = METHODS.get(normal(text))
    if exact:
        return exact
    found = {METHODS[word] for word in normal(text).split() if word in METHODS}
    return found.pop() if len(found) == 1 else None

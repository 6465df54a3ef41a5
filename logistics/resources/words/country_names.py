"""Names of countries beside those of CLDR: what people really write, and what can mean two."""

from logistics.resources.words.normal import normal, table

# The names of countries come from CLDR (Babel). The first languages win where a name means two countries.
LANGUAGES = ("en", "fr", "es", "de", "pt")
MORE_LANGUAGES = ("it", "nl", "sv", "da", "nb", "nn", "fi", "is", "fo", "pl", "cs", "sk", "hu", "ro", "hr", "sr", "sl",
                  "sq", "bg", "el", "tr", "et", "lv", "lt", "uk", "ru", "be", "ca", "eu", "gl", "ga", "cy", "mt", "lb",
                  "ar", "he", "fa", "hi", "bn", "ne", "id", "ms", "sw", "vi", "th", "ko", "ja", "zh", "mn", "ka", "hy",
                  "am", "af", "pt_PT", "de_CH", "de_AT", "sr_Latn", "zh_Hant", "az", "km", "my")
NO_COUNTRY = frozenset({"EU", "EZ", "UN", "QO", "XA", "XB", "ZZ", "CP", "CQ"})

ALIASES = table({
    "CD": "DRC | DR Congo | D.R. Congo | D R Congo | Congo DRC | Congo (DRC) | Congo, DRC | Congo DR | RDC | RD Congo"
    " | R.D. Congo | Congo RDC | Congo Kinshasa | Kongo Kinshasa | Democratic Republic of Congo | DRK | DR Kongo"
    " | Democratic Republic of the Congo | République démocratique du Congo | Demokratische Republik Kongo"
    " | República Democrática del Congo | República Democrática do Congo | Congo (Democratic Republic)"
    " | Congo, Democratic Republic of the | Congo, Dem. Rep. | Zaire | Zaïre | Congo démocratique",
    "CG": "Congo Brazzaville | Republic of Congo | Republic of the Congo | République du Congo | Congo (Republic)"
    " | República del Congo | República do Congo | Republik Kongo | Congo, Rep. | Congo-Brazza",
    "CI": "Ivory Coast | Côte d'Ivoire | Cote d Ivoire | Elfenbeinküste | Costa de Marfil | Costa do Marfim | RCI",
    "CZ": "Czech Republic | Czechia | Czech Rep. | République tchèque | Tchéquie | Tschechische Republik | Tschechei"
    " | República Checa | Chequia | República Tcheca | Česko | Česká republika",
    "TR": "Turkey | Türkiye | Turkiye | Turquie | Turquía | Türkei | Turquia",
    "GB": "UK | U.K. | United Kingdom | Great Britain | Britain | England | Scotland | Wales | Northern Ireland"
    " | Grande-Bretagne | Angleterre | Großbritannien | Gran Bretaña | Inglaterra | Grã-Bretanha | Vereinigtes"
    " Königreich | United Kingdom of Great Britain and Northern Ireland | Écosse | Schottland | Escocia | Escócia",
    "US": "USA | U.S.A. | U.S. | US of A | United States of America | United States | America (USA) | États-Unis"
    " d'Amérique | EUA | EE.UU. | EE UU | EEUU | E.E.U.U. | Estados Unidos de América | Estados Unidos da América"
    " | Vereinigte Staaten von Amerika | États Unis | Etats-Unis | the States",
    "PS": "Palestine | Palestina | Palästina | Occupied Palestinian Territories | Occupied Palestinian Territory | OPT"
    " | OPTs | State of Palestine | Palestinian Territories | Territoires palestiniens occupés | West Bank | Gaza"
    " | Besetzte palästinensische Gebiete | Territorios Palestinos Ocupados | Territórios Palestinos Ocupados"
    " | Territoires occupés | West Bank and Gaza | Gaza Strip | Palästinensische Gebiete | Cisjordanie | Cisjordania",
    "NL": "Holland | The Netherlands | Netherlands | Pays-Bas | Hollande | Holanda | Países Bajos | Países Baixos"
    " | Niederlande | Nederland | Kingdom of the Netherlands",
    "MM": "Burma | Birmanie | Birmania | Birmânia | Birma | Myanmar | Myanmar Burma | Burma Myanmar | Mianmar",
    "SZ": "Swaziland | Eswatini | Swasiland | Suazilandia | Suazilândia",
    "MK": "Macedonia | FYROM | FYR Macedonia | North Macedonia | Macédoine | Mazedonien | Macedônia"
    " | Former Yugoslav Republic of Macedonia | Republic of Macedonia",
    "CV": "Cape Verde | Cabo Verde | Cap Vert | Kap Verde | Kapverden",
    "TL": "East Timor | Timor-Leste | Timor oriental | Osttimor | Timor Oriental",
    "KR": "South Korea | Korea (South) | Korea (Republic) | Korea, South | Republic of Korea | Korea, Republic of | Korea Republic | ROK"
    " | S. Korea | S Korea | Corée du Sud | République de Corée | Südkorea | Corea del Sur | Coreia do Sul",
    "KP": "North Korea | Korea (North) | Korea, North | DPRK | Democratic People's Republic of Korea | Corée du Nord"
    " | Nordkorea | Corea del Norte | Coreia do Norte | N. Korea",
    "RU": "Russia | Russian Federation | Fédération de Russie | Russische Föderation | Federación Rusa"
    " | Federación de Rusia | Federação Russa | Federação da Rússia",
    "MD": "Moldova | Republic of Moldova | Moldavia | Moldavie | Moldau | Moldawien | Moldávia | Moldova, Republic of",
    "BY": "Belarus | Byelorussia | Biélorussie | Weißrussland | Bielorrusia | Bielorrússia",
    "HK": "Hong Kong | Hongkong | HKSAR | Hong Kong SAR | Hong Kong, China | Hong Kong (China) | Hong-Kong",
    "MO": "Macau | Macao | Macao SAR | Macau SAR",
    "TW": "Taiwan | Taïwan | Taiwán | Chinese Taipei | Taiwan, China | Taiwan (ROC) | Formosa",
    "CN": "China | PRC | P.R. China | People's Republic of China | Mainland China | République populaire de Chine",
    "IR": "Iran | Islamic Republic of Iran | Iran, Islamic Republic of | Irán | Irã | Irão",
    "SY": "Syria | Syrian Arab Republic | Syrie | Syrien | Siria | Síria",
    "LA": "Laos | Lao PDR | Lao People's Democratic Republic",
    "VN": "Vietnam | Viet Nam | Viêt Nam | Vietnã | Vietname",
    "BO": "Bolivia | Plurinational State of Bolivia | Bolivia, Plurinational State of | Bolivie | Bolivien | Bolívia",
    "VE": "Venezuela | Bolivarian Republic of Venezuela | Venezuela, Bolivarian Republic of",
    "TZ": "Tanzania | United Republic of Tanzania | Tanzanie | Tansania | Tanzânia",
    "BN": "Brunei | Brunei Darussalam",
    "AE": "UAE | U.A.E. | United Arab Emirates | Emirates | EAU | VAE | Émirats arabes unis",
    "BA": "Bosnia | Bosnia and Herzegovina | Bosnia & Herzegovina | Bosnia-Herzegovina | BiH | Bosnie | Bosnien"
    " | Bosnia y Herzegovina | Bosnie-Herzégovine | Bosnien-Herzegowina",
    "CF": "CAR | Central African Republic | RCA | République centrafricaine | Centrafrique | ZAR Zentralafrika",
    "DO": "Dominican Republic | Dominican Rep. | Rep. Dominicana | République dominicaine",
    "GM": "Gambia | The Gambia | Gambie",
    "BS": "Bahamas | The Bahamas",
    "PH": "Philippines | The Philippines | Filipinas | Philippinen",
    "SD": "Sudan | The Sudan | Soudan | Sudán | Sudão",
    "ST": "Sao Tome | São Tomé | Sao Tome and Principe",
    "VC": "St Vincent | Saint Vincent | St. Vincent and the Grenadines",
    "KN": "St Kitts | Saint Kitts and Nevis | St. Kitts & Nevis",
    "LC": "St Lucia | Saint Lucia",
    "TT": "Trinidad | Trinidad & Tobago | Trinidad and Tobago",
    "VA": "Vatican | Holy See | Vatican City State | Vaticano | Vatikan | Saint-Siège",
    "XK": "Kosovo | Kosova | Kosovo (UNSCR 1244)",
    "FO": "Faroe Islands | Faroes | Faroe | Faeroe Islands | Îles Féroé | Färöer",
    "FK": "Falkland Islands | Falklands | Malvinas | Islas Malvinas",
    "PG": "PNG | Papua New Guinea",
    "NZ": "New Zealand | Aotearoa | Aotearoa New Zealand | NZ | Aotearoa/New Zealand",
    "SA": "KSA | Saudi Arabia | Saudi | Kingdom of Saudi Arabia",
    "ZA": "South Africa | RSA | Republic of South Africa | Afrique du Sud | Südafrika | Sudáfrica | África do Sul",
    "GW": "Guinea Bissau | Guinée-Bissau | Guiné-Bissau",
    "GN": "Guinea | Guinea Conakry | Guinée Conakry | Guinée | Guiné",
    "GQ": "Equatorial Guinea | Guinée équatoriale | Guinea Ecuatorial | Guiné Equatorial",
    "IE": "Ireland | Republic of Ireland | Eire | Éire | Irlande | Irland | Irlanda",
    "LK": "Sri Lanka | Ceylon",
    "EH": "Western Sahara | Sahara occidental",
    "AG": "Antigua | Antigua & Barbuda",
    "FM": "Micronesia | Federated States of Micronesia | Micronesia, Federated States of",
    "LY": "Libya | Libyan Arab Jamahiriya | Libia | Libye | Libyen",
    "SK": "Slovakia | Slovak Republic | République slovaque | Slowakische Republik",
    "RE": "Réunion | La Réunion | Reunion Island",
    "CW": "Curaçao | Curacao",
    "PR": "Puerto Rico | Porto Rico",
    "SR": "Suriname | Surinam",
    "GR": "Greece | Hellas | Hellenic Republic",
    "BF": "Burkina | Burkina Faso",
    "SV": "El Salvador | Salvador",
    "EC": "Ecuador | Équateur",
    "KG": "Kyrgyzstan | Kirghizistan | Kirgisistan | Kyrgyz Republic | Kirguistán",
})
AMBIGUOUS = {
    normal(name): meant
    for names, meant in {
        "Congo|Kongo|the Congo|le Congo|el Congo|o Congo": ("CD", "CG"),
        "Korea|Corée|Corea|Coreia": ("KR", "KP"),
        "Virgin Islands|Îles Vierges": ("VG", "VI"),
        "Saint Martin|St Martin": ("MF", "SX"),
    }.items()
    for name in names.split("|")
}
# Said of a state, and not a part of its name.
TITLES = tuple(normal(title) + " " for title in (
    "Federal Democratic Republic of|Federal Republic of|Islamic Republic of|Republic of the|Republic of|Kingdom of|State of|"
    "Federation of|Commonwealth of|Sultanate of|Principality of|Grand Duchy of|the|République de la|République du|"
    "République des|République de|République d|Royaume du|Royaume de|Royaume d|República del|República de la|"
    "República de|República do|República da|Reino de|Bundesrepublik|Republik|Königreich|le|la|les|l|el|los|as|os|o|a"
).split("|"))
# Before a country's name these make another place of it ("New Jersey", "West Jordan").
OTHER_PLACE = frozenset(["new", "north", "south", "east", "west", "lake", "port", "nueva", "nova", "nouvelle", "neu"])

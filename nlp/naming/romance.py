"""Organisations with French and Spanish names and no legal form, which their place in a deal confirms.

`l'Institut de recherches de Tajoura`, `el Ejército birmano`, `la société Sogemar`: an institution's name begins with
the word for what it is and goes on over adjectives and nouns behind `de`; a firm's begins after that word.
"""

import re
from collections.abc import Iterator

from nlp.alternation import alternatives, any_word
from nlp.naming.stretch import Stretch

WEAK = 0.65
INSTITUTIONS = (
    "institut|université|école|faculté|laboratoires?|centre|ministère|agence|commissariat|commission|office|direction"
    "|secrétariat|académie|conseil|autorité|organisation|organisme|complexe|usine|groupe|groupement|caisse"
    "|banque|crédit"
    "|arsenal|chantiers? navals?|hôpital|armée|marine|forces? (?:armées|aériennes?|navales?)|comptoir|établissements?"
    "|atelier|ateliers|raffinerie|coopérative|fondation|société (?:nationale|générale)|compagnie (?:nationale|générale)"
    "|régie|consortium|département|bureau|service|manufacture|quincaillerie|aciéries?"
    "|instituto|universidad|escuela|facultad|laboratorios?|centro|ministerio|agencia|comisión|oficina|dirección"
    "|secretaría|academia|consejo|autoridad|organización|organismo|complejo|planta|fábrica|grupo|caja|banco|crédito"
    "|arsenal|astilleros?|hospital|ejército|armada|fuerzas? (?:armadas|aéreas?|navales|de defensa)|marina|talleres"
    "|refinería|cooperativa|fundación|empresa nacional|empresa estatal|compañía nacional|consorcio|departamento"
    "|corporación|servicio|industrias|ferretería|acerías?|almacenes"
)
FIRMS = (
    "société|sociétés|entreprise|firme|compagnie|maison|boîte|filiale|start-up|groupe|cabinet|négociant|grossiste"
    "|empresa|sociedad|firma|compañía|casa|filial|naviera|comercializadora|consultora|distribuidora|grupo"
)
UPPER, LETTER = "A-ZÀ-ÖØ-Þ", "A-Za-zÀ-ÖØ-öø-ÿ"
CAPITAL = rf"[{UPPER}][\w’'\-]*"
OF = (
    r"(?:de la |de l['’]|de los |de las |d['’]|à la |à l['’]|de |du |des |del |aux |para la |para el |para "
    r"|pour la |pour |y |et |e )"
)
ADJECTIVE = (
    r"[a-zà-ÿ\-]{3,}(?:ale?s?|aux|els?|elles?|iques?|aires?|i[fv]es?|ifs?|ien(?:ne)?s?|aises?|ais|oise?s?"
    r"|anes?|éen(?:ne)?s?"
    r"|ées?|és|[ic]os?|[ic]as?|ales|arios?|arias?|ivos?|ivas?|anos?|anas?|enses?|íes|íe?s?|esa?|adas?|ados?|imes?|imas?|imos?|ines?|ants?|antes?)"
)
BEHIND = rf"(?: {OF}(?:[a-zà-ÿ\-]{{3,}}|{CAPITAL})| {CAPITAL}| {ADJECTIVE}\b)"
EDGE = r"(?<![\w\-])"
INSTITUTION = re.compile(any_word(alternatives(INSTITUTIONS), EDGE, ignore_case=True) + f"{BEHIND}{{1,7}}")
OF_A_NATION = r"(?: [a-zà-ÿ]+(?:aise?|oise?|ienne?|ine?|ane?|esa?|ana|ina|ense|ola|eca|ique|ale?))?"
FIRM = re.compile(
    any_word(FIRMS.split("|"), EDGE, ignore_case=True)
    + rf"{OF_A_NATION} (?:[«\"“] ?)?(?P<name>{CAPITAL}(?: (?:(?:{OF})?{CAPITAL}|&|\d{{1,4}})){{0,5}})"
)


def find_weak_romance(text: str) -> Iterator[Stretch]:
    """Yield what may be the French or Spanish name of an organisation, where a role speaks for it."""
    for match in FIRM.finditer(text):
        yield Stretch(*match.span("name"), f"a name after the word {match.group().split()[0]}", WEAK)
    for match in INSTITUTION.finditer(text):
        end = _end(text, *match.span())
        if end > match.start():
            yield Stretch(match.start(), end, f"the word {match.group().split()[0]}", WEAK)


def _end(text: str, start: int, end: int) -> int:
    """Return where the name of an institution ends: with a word with a capital, unless its first word has one."""
    capital = text[start].isupper() and not _begins_sentence(text, start)
    words = [match.span() for match in re.finditer(rf"[{LETTER}\-]+", text[start:end])]
    capitals = [last for first, last in words[1:] if text[start + first].isupper()]
    if capital or re.match(r"(?i:arm[ée]e|ejército|marin[ea]|forces?|fuerzas?|armada)", text[start:end]):
        return end
    return start + capitals[-1] if capitals else start


def _begins_sentence(text: str, start: int) -> bool:
    before = text[:start].rstrip(" «\"“'’")
    return not before or before[-1] in ".!?\n"

"""Which roles a party can have, by what its name says that it is: a bank pays, a carrier carries, an institute uses."""

import re
from dataclasses import replace
from functools import lru_cache

from nlp.folding import folded
from nlp.mention import ORGANISATION, VESSEL, Mention
from nlp.roles.words import KINDS, RoleCue

BANK = re.compile(
    r"\b(?:bank|banque|banco|banca|bancorp|exchange house|credit union|credit maritime|caisse de depot|caja"
    r" de depositos)\b"
    r"|\bbank\w*$|банк\b|银行|^(?:ال)?(?:بنك|مصرف)\b"
)
CARRIER = re.compile(
    r"\b(?:freight|forward(?:ing|ers?)|logisti\w*|shipping|cargo|lines?|airways|airlines?|haulage|clearing"
    r"|courier|maritime agency"
    r"|fret|transit|transport\w*|fletes|naviera|lojistik|nakliyat|spedition\w*)\b"
    r"|\bexpress\b|\bair\b|\bnavegacion|ligne\b|linea\b|gateway"
    r"|логисти|карго|экспед|транспорт|перевоз|авиалини|судоходн|линии"
    r"|物流|货运|航运|海运|船务|快递|快运|捷运|速运|运输|للشحن|للنقل|للملاحه|للتخليص|الملاحيه|لوجست"
)
USER = re.compile(
    r"\b(?:institut\w*|universi\w+|research (?:cent\w+|lab\w*)|laborator\w*|ministr?\w*|academ\w+|facult\w+"
    r"|hospital|hopital"
    r"|centre (?:d'etudes|de recherche)|centro de (?:estudios|investigac))"
    r"|\bинститут|университет|\bнии\b|министерств|академи|факультет|лаборатори|фгуп|центр\w* .*исследован|научно-исслед"
    r"|大学|研究所|研究院|研究中心|学院|国防部|(?:^|ل)(?:معهد|جامعه|وزاره|مركز|كليه|مختبر)|الحربي|الشركه العامه"
)
# What a carrier is called, too, and what it seems to be behind "by" and "through".
AGENT = re.compile("^(?:agent|agente|агент|وكيل|الوكيل|代理)$")
CARRIED = frozenset({"broker", "supplier", "consignee"})
RECEIVED_BY = re.compile(r"^(?:заказчи\w*|customer|client\w*|cliente|招标\w*|采购(?:人|单位|方)|الجهه الطالبه)$")


def may_be(mention: Mention, role: str) -> bool:
    """Return whether *mention* can have *role*: a ship carries goods, and neither sells nor buys them; a bank pays."""
    if mention.type == VESSEL:
        return role == "forwarder"
    return role == "financier" or mention.type != ORGANISATION or not _is(BANK, mention.text)


def fitting(cue: RoleCue, mention: Mention) -> RoleCue:
    """Return *cue* with the role that the name makes of it: an institute that receives goods is their end user."""
    received = cue.frame in ("to", "doer") or RECEIVED_BY.match(folded(cue.word))
    if cue.role == "consignee" and received and _is(USER, mention.text):
        return replace(cue, role="end user")
    carried = cue.frame == "by" or AGENT.match(folded(cue.word))
    if cue.role in CARRIED and carried and _is(CARRIER, mention.text):
        return replace(cue, role="forwarder", kind=KINDS["forwarder"])
    return cue


@lru_cache(10_000)
def _is(pattern: re.Pattern[str], name: str) -> bool:
    return pattern.search(folded(name)) is not None

"""Reading a whole text: every kind of mention, roles, relations and corrections, in pieces as in one."""

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from nlp.mention import Mention, Reading
from nlp.reading import PIECE_CHARACTERS, Reader, pieces

OFFER = (
    "Nordhavn Specialmetall AB sold 40 tubes of maraging steel to Levant Meridian Trading FZE. "
    "The tubes have an ultimate tensile strength of 2,400 MPa (entry 1C216). The laundry centrifuge stayed behind."
)


@pytest.fixture(scope="module")
def offer() -> Reading:
    return Reader().read(OFFER)


def by_text(reading: Reading, text: str) -> Mention:
    return next(mention for mention in reading.mentions if mention.text == text)


def test_one_text_gives_items_parties_identifiers_and_a_relation(offer: Reading) -> None:
    assert offer.language == "en"
    assert by_text(offer, "maraging steel").entity == "item:maraging-steel"
    assert by_text(offer, "Nordhavn Specialmetall AB").role == "supplier"
    assert by_text(offer, "Levant Meridian Trading FZE").role == "consignee"
    (relation,) = offer.relations
    assert relation.kind == "supplied"
    assert offer.mentions[relation.source].text == "Nordhavn Specialmetall AB"
    assert relation.target is not None
    assert offer.mentions[relation.target].text == "Levant Meridian Trading FZE"


def test_a_text_with_a_foreign_title_page_has_the_language_of_its_body() -> None:
    title_page = "Vedlegg til forskrift om eksport av flerbruksvarer, teknologi og tjenester. " * 20
    body = "Each request to the licensing office names the consignee and the end user of the goods. " * 120
    assert Reader().read(title_page + body).language == "en"


def test_a_parameter_of_the_next_sentence_is_held_against_the_limit(offer: Reading) -> None:
    threshold = by_text(offer, "maraging steel").threshold
    assert threshold is not None
    assert (threshold.value, threshold.unit, threshold.met) == (2400, "MPa", True)


def test_what_context_decided_against_is_given_with_its_reason(offer: Reading) -> None:
    assert [(m.text, m.reason) for m in offer.rejected if m.type == "item"] == [
        ("centrifuge", "English name 'centrifuge'; everyday sense: 'laundry'")
    ]


def test_every_mention_lies_where_it_says(offer: Reading) -> None:
    for mention in (*offer.mentions, *offer.rejected):
        assert OFFER[mention.start : mention.end] == mention.text
    for relation in offer.relations:
        assert OFFER[relation.start : relation.end] == relation.text


def test_mentions_beyond_the_first_piece_lie_where_they_say() -> None:
    filler = "Nothing happened on that day.\n"
    text = filler * (PIECE_CHARACTERS // len(filler) + 10) + OFFER
    reading = Reader().read(text)
    assert len(list(pieces(text))) == 2
    steel = by_text(reading, "maraging steel")
    assert text[steel.start : steel.end] == steel.text
    (relation,) = reading.relations
    assert reading.mentions[relation.source].text == "Nordhavn Specialmetall AB"
    assert text[relation.start : relation.end] == relation.text
    assert [part.language for part in reading.parts] == ["en"]


def test_a_correction_retypes_or_rejects_a_mention_in_every_reading() -> None:
    def reject_steel(mention: Mention) -> Mention | None:
        return None if mention.entity == "item:maraging-steel" else mention

    def rename(mention: Mention) -> Mention | None:
        return replace(mention, name="corrected")

    reading = Reader(corrections=(reject_steel, rename)).read(OFFER)
    assert not any(mention.entity == "item:maraging-steel" for mention in reading.mentions)
    assert {mention.name for mention in reading.mentions} == {"corrected"}


def test_reading_is_a_function_of_the_text() -> None:
    assert Reader().read(OFFER) == Reader().read(OFFER)


def test_an_empty_text_says_nothing() -> None:
    assert Reader().read("").mentions == ()


def test_reading_is_the_same_in_every_process(tmp_path: Path) -> None:
    """Hashes of strings differ from process to process; what is read must not."""
    page = tmp_path / "offer.txt"
    page.write_text(OFFER, "utf-8")
    code = (
        "import sys; from nlp.reading import Reader; print(Reader().read(open(sys.argv[1], encoding='utf-8').read()))"
    )
    printed = set()
    for seed in ("1", "2"):
        environment = {**os.environ, "PYTHONHASHSEED": seed}
        done = subprocess.run([sys.executable, "-c", code, str(page)], capture_output=True, check=True, env=environment)
        printed.add(done.stdout)
    assert len(printed) == 1


def test_a_firm_that_no_list_knows_ends_where_the_goods_begin() -> None:
    text = "اشترى الوسيط لحساب مؤسسة تورسيون ذاكرة مقاومة للإشعاع من تاجر في ريغا."
    firms = [mention.text for mention in Reader().read(text, "ar").mentions if mention.type == "organisation"]
    assert firms == ["مؤسسة تورسيون"]

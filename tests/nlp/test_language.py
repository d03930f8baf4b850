"""Languages: sentences, words, scripts that several share, honest ignorance, and documents in more than one."""

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.language import GROUPS, TABLES, identify, parts

SENTENCES = {
    "ar": "أعلنت السلطات يوم الثلاثاء أن السفينة غادرت الميناء دون أوراق.",
    "fa": "مقامات روز سه‌شنبه اعلام کردند که کشتی بدون مدارک بندر را ترک کرده است.",
    "ur": "حکام نے منگل کو بتایا کہ جہاز کاغذات کے بغیر بندرگاہ سے روانہ ہوا۔",
    "bg": "Властите съобщиха във вторник, че корабът е напуснал пристанището без документи.",
    "mk": "Властите во вторникот соопштија дека бродот го напуштил пристаништето без документи.",
    "ru": "Власти сообщили во вторник, что судно вышло из порта без документов.",
    "uk": "Влада повідомила у вівторок, що судно вийшло з порту без документів.",
    "ca": "Les autoritats van dir dimarts que el vaixell va sortir del port sense papers.",
    "es": "Las autoridades dijeron el martes que el barco salió del puerto sin papeles.",
    "pt": "As autoridades disseram na terça-feira que o navio saiu do porto sem documentos.",
    "fr": "Les autorités ont dit mardi que le navire avait quitté le port sans papiers.",
    "it": "Le autorità hanno detto martedì che la nave ha lasciato il porto senza documenti.",
    "en": "The authorities said on Tuesday that the ship had left the port without papers.",
    "de": "Die Behörden teilten am Dienstag mit, dass das Schiff den Hafen ohne Papiere verließ.",
    "nl": "De autoriteiten zeiden dinsdag dat het schip de haven zonder papieren had verlaten.",
    "sv": "Myndigheterna sade på tisdagen att fartyget hade lämnat hamnen utan papper.",
    "pl": "Władze poinformowały we wtorek, że statek opuścił port bez dokumentów.",
    "cs": "Úřady v úterý oznámily, že loď opustila přístav bez dokladů.",
    "tr": "Yetkililer salı günü geminin limandan belgesiz ayrıldığını söyledi.",
    "id": "Pihak berwenang mengatakan pada hari Selasa bahwa kapal itu meninggalkan pelabuhan tanpa dokumen.",
    "vi": "Nhà chức trách cho biết hôm thứ Ba rằng con tàu đã rời cảng mà không có giấy tờ.",
    "hi": "अधिकारियों ने मंगलवार को कहा कि जहाज बिना कागजात के बंदरगाह से निकल गया।",
    "ne": "अधिकारीहरूले मङ्गलबार भने कि जहाज कागजात बिना बन्दरगाहबाट निस्कियो।",
    "zh": "当局星期二表示，该船在没有文件的情况下离开了港口。",
    "ja": "当局は火曜日、その船が書類なしで港を出たと発表した。",
    "ko": "당국은 화요일 그 배가 서류 없이 항구를 떠났다고 밝혔다.",
    "el": "Οι αρχές ανακοίνωσαν την Τρίτη ότι το πλοίο έφυγε από το λιμάνι χωρίς έγγραφα.",
    "he": "הרשויות מסרו ביום שלישי כי האונייה עזבה את הנמל ללא מסמכים.",
}


@pytest.mark.parametrize(("language", "sentence"), SENTENCES.items())
def test_a_sentence_is_in_its_language(language: str, sentence: str) -> None:
    found = identify(sentence)
    assert found.language == language
    assert found.confidence > 0.5


@pytest.mark.parametrize(
    ("word", "language"),
    [
        ("government", "en"),
        ("gouvernement français", "fr"),
        ("también", "es"),
        ("правительство", "ru"),
        ("الحكومة", "ar"),
        ("政府", "zh"),
        ("經濟發展", "zh"),
        ("発電所", "ja"),
        ("iPhone 手机发布", "zh"),
    ],
)
def test_a_word_or_two_are_in_their_language(word: str, language: str) -> None:
    assert identify(word).language == language


@pytest.mark.parametrize(
    "text",
    [
        "",
        " \n",
        "12345",
        "3,14 — 2.71 %",
        "https://example.org/en/page",
        "name@example.org",
        "…!?",
        "\ud800\udfff",
        "☢☣",
    ],
)
def test_what_holds_no_words_has_no_language(text: str) -> None:
    found = identify(text)
    assert (found.language, found.confidence) == (None, 0.0)


def test_a_document_in_two_languages_has_two_parts() -> None:
    text = f"{SENTENCES['ru']} {SENTENCES['ru']}\n{SENTENCES['en']}\n{SENTENCES['zh']}"
    stretches = list(parts(text))
    assert [part.language for part in stretches] == ["ru", "en", "zh"]
    assert "".join(text[part.start : part.end] for part in stretches) == text


def test_a_quotation_of_a_few_words_starts_no_part() -> None:
    text = f"{SENTENCES['fr']} «no comment». {SENTENCES['fr']}"
    assert [part.language for part in parts(text)] == ["fr"]


@given(st.text(max_size=200))
def test_no_text_breaks_it_and_the_same_text_gives_the_same(text: str) -> None:
    found = identify(text)
    assert found == identify(text)
    assert 0 <= found.confidence <= 1
    assert (found.language is None) == (found.confidence == 0)
    stretches = list(parts(text))
    assert "".join(text[part.start : part.end] for part in stretches) == text


def test_identifying_needs_no_spacy() -> None:
    code = "import sys; from nlp.language import identify; identify('hello world'); sys.exit('spacy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_every_group_has_its_table() -> None:
    for group in GROUPS.values():
        assert {f"{group}.{kind}" for kind in ("marisa", "npy", "txt")} <= {path.name for path in TABLES.iterdir()}

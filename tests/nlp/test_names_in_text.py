"""Listed names in running text: found across scripts, cases and a misspelling; other words are left alone."""

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nlp.names import Artifact, build, find_parties
from nlp.party import Party
from nlp.passage import Passage

PARTIES = (
    Party("panel:1", "Tarek Abdelnour Halimi", "panel", ("HALIMI Tarek A.",), (), "person"),
    Party("panel:2", "Levant Meridian Trading FZE", "panel", (), (), "organisation"),
    Party(
        "panel:3", "Карамирский институт прикладного вращения", "panel", ("معهد الدوران التطبيقي",), (), "organisation"
    ),
    Party("panel:4", "Astra Corvina", "panel", (), (), "vessel"),
    Party("panel:5", "Victoria", "panel", (), (), "vessel"),
    Party("panel:6", "JSC Granit-Elektron", "panel", (), (), "organisation"),
    Party("panel:7", "Kingston Holding", "panel", (), (), "organisation"),
    Party("panel:8", "Kuznetsov PAO", "panel", (), (), "organisation"),
    Party("panel:10", "KUZNETSOV, Ivan Petrovich", "panel", (), (), "person"),
    Party("panel:11", "PINSKY, Victor Vitalievich", "panel", (), (), "person"),
    Party("panel:13", "Islamic State of the Delta", "panel", ("ISLAMIC STATE",), (), "organisation"),
    Party("panel:14", "Scientific Research AO", "panel", (), (), "organisation"),
    Party("panel:12", "Ministry of Defence", "panel", (), (), "organisation", ("ir",)),
    Party("panel:9", "华信进出口有限公司", "panel", (), (), "organisation"),
    Party("panel:11", "Kamal Walid Bakri", "panel", (), (), "person"),
)
Find = Callable[[str], list[tuple[str, str]]]


@pytest.fixture(scope="module")
def artifact(tmp_path_factory: pytest.TempPathFactory) -> Artifact:
    folder = tmp_path_factory.mktemp("names") / "matcher"
    build(PARTIES, folder)
    return Artifact.open(folder)


@pytest.fixture
def find(artifact: Artifact) -> Find:
    def found(text: str) -> list[tuple[str, str]]:
        return [(m.text, str(m.entity)) for m in find_parties(Passage(text, None), artifact)]

    return found


@pytest.mark.parametrize(
    ("text", "words", "party"),
    [
        ("The broker Tarek Abdelnour Halimi sold it.", "Tarek Abdelnour Halimi", "panel:1"),
        ("Papers name Halimi, Tarek as agent.", "Halimi, Tarek", "panel:1"),
        ("An offer by Tarik Abdelnor Halimi came in.", "Tarik Abdelnor Halimi", "panel:1"),
        ("An offer by Tarek Abdelnour Hatimi came in.", "Tarek Abdelnour Hatimi", "panel:1"),
        ("to Levant Meridiam Trading FZE, the papers say", "Levant Meridiam Trading FZE", "panel:2"),
        ("وقال كمال وليد بكري إن", "كمال وليد بكري", "panel:11"),
        ("Суд арестовал имущество Тарека Халими вчера.", "Тарека Халими", "panel:1"),
        ("Его зовут Тарек Абдельнур Халими.", "Тарек Абдельнур Халими", "panel:1"),
        ("Его зовут Тарек Абдель Нур Халими.", "Тарек Абдель Нур Халими", "panel:1"),
        ("وقال طارق عبد النور حليمي إن", "طارق عبد النور حليمي", "panel:1"),
        ("海关称经纪人塔里克·阿卜杜勒努尔·哈利米的货物", "塔里克·阿卜杜勒努尔·哈利米", "panel:1"),
        ("The goods went to Levant Meridian Trading FZE in January.", "Levant Meridian Trading FZE", "panel:2"),
        ("to Levant Meridian\nTrading FZE, the papers say", "Levant Meridian\nTrading FZE", "panel:2"),
        (
            "Станки доставили Карамирскому институту прикладного вращения.",
            "Карамирскому институту прикладного вращения",
            "panel:3",
        ),
        ("زار الوفد معهد الدوران التطبيقي أمس", "معهد الدوران التطبيقي", "panel:3"),
        ("Судно «Астра Корвина» пришло.", "Астра Корвина", "panel:4"),
        ("The tanker Victoria left the port.", "Victoria", "panel:5"),
        ("The radar is made by JSC Granit-Elektron, a firm", "JSC Granit-Elektron", "panel:6"),
        ("发货人为华信进出口有限公司。", "华信进出口有限公司", "panel:9"),
        ("The raid hit Islamic State fighters.", "Islamic State", "panel:13"),
        ("It was sold to AO Scientific Research in May.", "AO Scientific Research", "panel:14"),
        ("Iran said its Ministry of Defence had paid.", "Ministry of Defence", "panel:12"),
        ("The Iranian Ministry of Defence had paid.", "Ministry of Defence", "panel:12"),
    ],
)
def test_a_listed_name_is_found_with_its_exact_words(find: Find, text: str, words: str, party: str) -> None:
    assert (words, party) in find(text)


@pytest.mark.parametrize(
    "text",
    [
        "Queen Victoria opened the fair, and Victoria was pleased.",
        "A trip to Kingston costs little.",
        "Профессор Кузнецов открыл выставку.",
        "Trading on the exchange was thin in the Levant.",
        "Tarek is a common name, and so is Halim.",
        "The institute of applied physics rotates its staff.",
        "Tarek went home. Halimi stayed.",
        "Фонд Виктора Пинчука открыл музей.",
        "the National Center for Scientific Research in France",
        "Soldiers in Britain were paid by the Ministry of Defence.",
    ],
)
def test_other_words_are_no_listed_names(find: Find, text: str) -> None:
    assert find(text) == []


def test_the_reason_names_the_list_the_name_and_the_rule(artifact: Artifact) -> None:
    (mention,) = find_parties(Passage("Тарек Халими was there.", "en"), artifact)
    assert "list panel" in mention.reason
    assert "by sound" in mention.reason
    assert mention.name == "Tarek Abdelnour Halimi"


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.one_of(
            st.sampled_from(
                ["Tarek Halimi", "طارق حليمي", "Тареку Халими", "塔里克·哈利米", "JSC ‘Granit-Elektron’", "ﬁ", "\u200f"]
            ),
            st.text(max_size=12),
        ),
        max_size=8,
    )
)
def test_every_mention_is_the_text_at_its_offsets(artifact: Artifact, pieces: list[str]) -> None:
    text = " ".join(pieces)
    for mention in find_parties(Passage(text, None), artifact):
        assert text[mention.start : mention.end] == mention.text

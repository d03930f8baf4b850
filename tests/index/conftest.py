"""Fixtures: documents in eight languages, and both engines over them."""

import os
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from nlp.mention import Mention
from watchword.document import Document
from watchword.index import Engine
from watchword.index.cluster import ClusterEngine
from watchword.index.embedded import EmbeddedEngine
from watchword.settings import Settings

ELASTICSEARCH = os.environ.get("ELASTICSEARCH_URL", "")
BLANK = Document(
    id="",
    page="p",
    url="",
    source="gazette",
    publisher="Ministry",
    country=None,
    kind="feed",
    run="20260302T010000Z-0001",
    capture="c",
    captured="2026-03-02T01:00:00+00:00",
    media_type="text/html",
    title="",
    text="",
)
BROKER = Mention(0, 0, "", "person", "panel:P-001", "Tarek Halimi", "alias", (), "broker")
BUYER = Mention(0, 0, "", "organisation", "panel:P-002", "Orient Trading", "name", (), "end user")
STEEL = Mention(0, 0, "", "item", "item:maraging-steel", "Maraging steel", "name", ("1C216.a", "7224-10"))
CONVERTER = Mention(0, 0, "", "item", "item:frequency-changer", "Frequency changer", "name", ("3A225",))
SITE = Mention(0, 0, "", "site", "site:natanz", "Natanz", "name")
POINT = Mention(0, 0, "", "place", "place:33.70,51.60", "33.70 N 51.60 E", "coordinates")


def made(identifier: str, language: str | None, title: str, text: str, **more: object) -> Document:
    """Return a document; `named` are pairs of words of the text and the mention that they are."""
    named = more.pop("named", ())
    mentions = tuple(at(text, words, mention) for words, mention in named)  # type: ignore[attr-defined]
    fields = {"story": identifier, **more}
    url = f"http://host.test/{identifier}"
    return replace(
        BLANK, id=identifier, url=url, language=language, title=title, text=text, mentions=mentions, **fields
    )  # type: ignore[arg-type]


def at(text: str, words: str, mention: Mention) -> Mention:
    """Return *mention* where *words* stand in *text*."""
    start = text.index(words)
    return replace(mention, start=start, end=start + len(words), text=words)


DOCUMENTS = [
    made(
        "en1",
        "en",
        "Seizure of maraging steel",
        "Customs officers seized tubes at the harbour. Tarek Halimi had ordered the maraging steel last year.",
        named=(("Tarek Halimi", BROKER), ("maraging steel", STEEL)),
        published="2026-02-24",
        authors=("Ada Kovač",),
    ),
    made(
        "en2",
        "en",
        "Tubes seized again",
        "The officers have seized tubes. Steel prices rise.",
        source="agency",
        publisher="Agência",
        published="2026-02-25",
    ),
    made(
        "en3",
        "en",
        "Tubes seized again",
        "The officers have seized tubes. Steel prices rise!",
        source="daily",
        publisher="Daily",
        published="2026-02-26",
        story="en2",
        version=2,
    ),
    made(
        "fr1",
        "fr",
        "Saisie dans le port",
        "Les douaniers ont saisi des tubes d'acier. L'école ferme. Orient Trading n'a rien dit de ces livraisons.",
        named=(("Orient Trading", BUYER),),
        published="2026-01-10",
    ),
    made(
        "ru1",
        "ru",
        "Посредник арестован",
        "Суд продлил арест имущества посредника Халими. Закупки стали. Обогащение урана в Натанзе продолжается.",
        named=(("Халими", BROKER), ("Натанзе", SITE)),
        country="QX",
    ),
    made(
        "ar1",
        "ar",
        "النيابة تطلب بيانات",
        "فواتير لشراء أنابيب من فولاذ المراجينغ للأسلحة",
        named=(("فولاذ المراجينغ", STEEL),),
    ),
    made(
        "zh1",
        "zh",
        "海关查获变频器",
        "一批伪报为乳品设备的变频器，输出频率600赫兹以上，运往纳坦兹。",
        named=(("变频器", CONVERTER), ("纳坦兹", SITE)),
    ),
    made("zh2", "zh", "機關公告", "國際原子能機構發布報告。", marking="Internal"),
    made("es1", "es", "La aduana retiene", "Conmutadores de chispa con disparador; el niño y la niña."),
    made(
        "de1",
        "de",
        "Ausfuhrkontrolle",
        "Die Lieferungen von Rohren wurden gestoppt. Größe und Maß. Lage: 33,70 N 51,60 O.",
        named=(("33,70 N 51,60 O", POINT),),
    ),
    made("el1", "el", "Έλεγχος εξαγωγών", "Οι αρχές κατάσχεσαν σωλήνες από χάλυβα."),
    made("th1", None, "ประกาศ", "เครื่องหมุนเหวี่ยงถูกยึดที่ท่าเรือ"),
]


@contextmanager
def cluster(**more: object) -> Iterator[ClusterEngine]:
    """Yield an engine on the cluster that the environment names, over an alias of its own."""
    if not ELASTICSEARCH:
        pytest.skip("ELASTICSEARCH_URL is not set")
    alias = f"test-{uuid.uuid4().hex[:8]}"
    asked = {"elasticsearch_url": ELASTICSEARCH, "elasticsearch_index": alias, **more}
    engine = ClusterEngine(Settings(**asked))  # type: ignore[arg-type]
    try:
        yield engine
    finally:
        engine.drop()
        engine.close()


def fresh(kind: str, folder: Path) -> Iterator[Engine]:
    """Yield an engine of that kind which holds nothing."""
    if kind == "embedded":
        yield EmbeddedEngine(folder / "index")
    else:
        with cluster() as engine:
            yield engine


@pytest.fixture(params=["embedded", "elasticsearch"])
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """An engine of each kind that holds nothing."""
    yield from fresh(request.param, tmp_path)


@pytest.fixture
def filled(empty: Engine) -> Engine:
    """An engine of each kind over the documents, for what changes it."""
    assert empty.add(DOCUMENTS) == ()
    empty.refresh()
    return empty


@pytest.fixture(scope="session", params=["embedded", "elasticsearch"])
def engine(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """An engine of each kind over the documents, for what only reads."""
    for made_once in fresh(request.param, tmp_path_factory.mktemp("engine")):
        assert made_once.add(DOCUMENTS) == ()
        made_once.refresh()
        yield made_once


@pytest.fixture(scope="session")
def both(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Engine, Engine]]:
    """Both engines over the same documents, for comparison."""
    embedded = EmbeddedEngine(tmp_path_factory.mktemp("both") / "index")
    embedded.add(DOCUMENTS)
    with cluster() as other:
        assert other.add(DOCUMENTS) == ()
        other.refresh()
        yield embedded, other


@pytest.fixture
def document() -> Callable[..., Document]:
    return made


@pytest.fixture(scope="session")
def documents() -> list[Document]:
    return DOCUMENTS


@pytest.fixture
def a_cluster() -> Callable[..., object]:
    """Return what opens an engine on the cluster with more settings."""
    return cluster


@pytest.fixture(scope="module")
def module_cluster() -> Iterator[ClusterEngine]:
    """An empty engine on the cluster, one a module."""
    with cluster() as engine:
        yield engine

"""Fixtures: documents in eight languages, and both engines over them."""

import os
import uuid
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from nlp.mention import Mention
from watchword.document import Document
from watchword.index import Engine
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
BROKER = Mention(0, 6, "Halimi", "person", "panel:P-001", "Tarek Halimi", "alias", (), "broker")
STEEL = Mention(0, 8, "maraging", "item", "item:maraging-steel", "Maraging steel", "name", ("1C216.a", "7224-10"))
SITE = Mention(0, 6, "Natanz", "site", "site:natanz", "Natanz", "name")


def made(identifier: str, language: str, title: str, text: str, *mentions: Mention, **more: object) -> Document:
    url = f"http://host.test/{identifier}"
    fields = {"story": identifier, **more}
    return replace(
        BLANK, id=identifier, url=url, language=language, title=title, text=text, mentions=mentions, **fields
    )  # type: ignore[arg-type]


DOCUMENTS = [
    made(
        "en1",
        "en",
        "Seizure of maraging steel",
        "Customs officers seized tubes at the harbour.",
        STEEL,
        BROKER,
        published="2026-02-24",
    ),
    made(
        "en2",
        "en",
        "Tubes seized again",
        "The officers have seized tubes. Steel prices rise.",
        source="agency",
        published="2026-02-25",
        story="en2",
    ),
    made(
        "en3",
        "en",
        "Tubes seized again",
        "The officers have seized tubes. Steel prices rise!",
        source="daily",
        published="2026-02-26",
        story="en2",
    ),
    made(
        "fr1",
        "fr",
        "Saisie dans le port",
        "Les douaniers ont saisi des tubes d'acier. L'école ferme.",
        published="2026-01-10",
    ),
    made(
        "ru1",
        "ru",
        "Посредник арестован",
        "Суд продлил арест имущества посредника. Закупки стали.",
        BROKER,
        country="QX",
    ),
    made("ar1", "ar", "النيابة تطلب بيانات", "فواتير لشراء أنابيب من فولاذ المراجينغ للأسلحة", STEEL),
    made("zh1", "zh", "海关查获变频器", "一批伪报为乳品设备的变频器，输出频率600赫兹以上。", SITE),
    made("zh2", "zh", "機關公告", "國際原子能機構發布報告。"),
    made("es1", "es", "La aduana retiene", "Conmutadores de chispa con disparador; el niño y la niña."),
    made("de1", "de", "Ausfuhrkontrolle", "Die Lieferungen von Rohren wurden gestoppt. Größe und Maß."),
    made("el1", "el", "Έλεγχος εξαγωγών", "Οι αρχές κατάσχεσαν σωλήνες από χάλυβα."),
]


@pytest.fixture(params=["embedded", "elasticsearch"])
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """An engine of each kind that holds nothing."""
    if request.param == "embedded":
        yield EmbeddedEngine(tmp_path / "index")
        return
    yield from cluster_engine()


def cluster_engine(**more: object) -> Iterator[Engine]:
    if not ELASTICSEARCH:
        pytest.skip("ELASTICSEARCH_URL is not set")
    from elasticsearch import Elasticsearch

    from watchword.index.cluster import ClusterEngine

    alias = f"test-{uuid.uuid4().hex[:8]}"
    engine = ClusterEngine(Settings(elasticsearch_url=ELASTICSEARCH, elasticsearch_index=alias, **more))  # type: ignore[arg-type]
    yield engine
    engine.close()
    client = Elasticsearch(ELASTICSEARCH).options(ignore_status=404)
    for name in client.indices.get(index=f"{alias}-*"):
        client.indices.delete(index=name)
    client.indices.delete_index_template(name=f"{alias}-*")
    client.close()


@pytest.fixture
def engine(empty: Engine) -> Engine:
    """An engine of each kind over the documents."""
    assert empty.add(DOCUMENTS) == ()
    empty.refresh()
    return empty


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Engine, Engine]]:
    """Both engines over the same documents, for comparison."""
    embedded = EmbeddedEngine(tmp_path_factory.mktemp("index"))
    embedded.add(DOCUMENTS)
    for cluster in cluster_engine():
        assert cluster.add(DOCUMENTS) == ()
        cluster.refresh()
        yield embedded, cluster


@pytest.fixture
def document() -> Callable[..., Document]:
    return made

"""The HTTP API over a real server: the same answers as the desk gives, errors as sentences, nothing written."""

import csv
import hashlib
import io
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from watchword.archive import RunFolder, manifest_captures
from watchword.errors import UsageError
from watchword.evidence import verify_run
from watchword.searching import Desk, Filters, Question, View
from watchword.settings import Settings
from watchword.store.readonly import ReadOnlyDatabase
from watchword.web import create_app
from watchword.web.guard import refusal

Api = Callable[..., Any]


@pytest.fixture
def api(client: httpx.Client) -> Api:
    """Return a function that gets JSON from the API, where the answer has the status that is expected."""

    def get(path: str, expected: int = 200, **parameters: Any) -> Any:
        answer = client.get(f"/api/v1/{path}", params=parameters)
        assert answer.status_code == expected, answer.text
        return answer.json()

    return get


@pytest.fixture
def desk(installation: Settings) -> Iterator[Desk]:
    database = ReadOnlyDatabase(installation.database)
    desk = Desk(installation, database)
    yield desk
    desk.close()
    database.close()


def test_a_search_gives_what_the_desk_gives_with_the_coverage_beside_it(api: Api, desk: Desk) -> None:
    view = View(facets=("source", "language"), days=True)
    answer = desk.ask(Question("maraging", Filters(language=("en",)), view))
    found = api("search", q="maraging", language="en", facet=["source", "language"], days=True)
    assert found["total"] == answer.total == 2
    assert found["hits"] == json.loads(json.dumps(list(answer.hits)))
    assert found["facets"] == {name: dict(values) for name, values in answer.facets.items()}
    assert found["facets"]["source"] == {"gazette": 1, "agency": 1}
    assert found["days"] == dict(answer.days)
    assert found["coverage"]["sentence"] == answer.coverage.sentence
    assert found["coverage"]["never"] == ["gazette", "agency"]
    assert found["hits"][0]["copies"] == 2


def test_cursors_walk_through_everything_once(api: Api) -> None:
    found, cursor = [], None
    while True:
        page = api("search", fold=False, limit=2, order="newest", **({"cursor": cursor} if cursor else {}))
        found += [hit["id"] for hit in page["hits"]]
        cursor = page["next"]
        if cursor is None:
            break
    assert len(found) == len(set(found)) == page["total"] == 8


def test_values_are_chosen_and_left_out(api: Api) -> None:
    assert api("search", only=["language=ar", "language=zh"])["total"] == 2
    assert api("search", without=["language=ar", "language=zh"], fold=False)["total"] == 6


@pytest.mark.parametrize(
    ("parameters", "status", "said", "position"),
    [
        ({"q": "steel AND (foo:bar)"}, 400, "There is no field 'foo'", 11),
        ({"q": '"not closed'}, 400, "not closed", 0),
        ({"cursor": "nonsense"}, 400, "is no cursor", None),
        ({"only": "language"}, 400, "NAME=VALUE", None),
        ({"facet": "text"}, 400, "There is no facet 'text'", None),
        ({"saved": "unknown"}, 400, "unknown", None),
        ({"sorce": "gazette"}, 422, "There is no parameter 'sorce'", None),
        ({"limit": "9999"}, 422, "limit='9999'", None),
        ({"order": "random"}, 422, "order='random'", None),
        ({"q": ["steel", "tubes"]}, 422, "q='steel': it stands 2 times", None),
    ],
)
def test_an_error_is_a_sentence_with_its_place(
    api: Api, parameters: dict[str, Any], status: int, said: str, position: int | None
) -> None:
    problem = api("search", status, **parameters)
    assert said in problem["error"]
    assert problem["position"] == position


def test_a_saved_search_is_asked_with_its_parameters_and_narrowed(api: Api, client: httpx.Client) -> None:
    assert api("search", saved="metal", fold=False)["total"] == 2
    assert api("search", saved="metal", fold=False, source="agency")["total"] == 1
    assert api("search", saved="metal", set="word=vacuum")["total"] == 0
    assert api("search", saved="by-code", set="code=1C216")["total"] >= 2
    assert "needs a value for 'code'" in api("search", 400, saved="by-code")["error"]
    assert "not both" in api("search", 400, saved="metal", q="steel")["error"]
    feed = client.get("/api/v1/export", params={"saved": "metal", "format": "atom"})
    assert feed.headers["content-type"].startswith("application/atom+xml")
    assert feed.text.count("<entry") == 1


def test_a_document_comes_with_mentions_digests_and_versions(api: Api, installation: Settings) -> None:
    (hit,) = api("search", q="vacuum version:2")["hits"]
    found = api(f"documents/{hit['id']}")
    told = found["document"]
    assert told["mentions"]
    assert all(told["text"][m["start"] : m["end"]] == m["text"] for m in told["mentions"])
    assert [version["version"] for version in found["versions"]] == [1, 2]
    proved = found["provenance"]
    assert proved["verify"] == f"watchword verify {hit['run']}"
    line = next(
        x for x in manifest_captures(RunFolder(installation.runs / hit["run"])) if x["capture"] == told["capture"]
    )
    assert [r["sha256"] for r in proved["records"]] == [r["sha256"] for r in line["records"]]
    assert "holds no document" in api("documents/unknown", 404)["error"]


def test_alerts_come_in_pages_and_lead_to_their_documents(api: Api) -> None:
    every = api("alerts")
    assert every["total"] == len(every["alerts"]) == 2
    first = api("alerts", limit=1)
    second = api("alerts", limit=1, cursor=first["next"])
    assert [first["alerts"][0], second["alerts"][0]] == every["alerts"]
    assert second["next"] is None
    copied = next(alert for alert in every["alerts"] if alert["copies"] == 2)
    one = api(f"alerts/{copied['id']}")
    assert {d["source"] for d in one["documents"]} == {"gazette", "agency"}
    assert {reason["entity"] for reason in one["alert"]["reasons"]} >= {"panel:P-1", "panel:P-2"}
    assert copied["id"] in api(f"documents/{one['documents'][0]['id']}")["alerts"]
    assert api("alerts", watch="unknown")["alerts"] == []
    assert "no cursor" in api("alerts", 400, cursor="x")["error"]
    assert "no alert" in api("alerts/unknown", 404)["error"]


def test_sources_coverage_items_and_status_tell_what_is_known(api: Api) -> None:
    assert {source["name"] for source in api("sources")} == {"gazette", "agency"}
    assert api("coverage", source="gazette", since="2026-01-01")["never"] == ["gazette"]
    assert "No source is named 'gazete'" in api("coverage", 404, source="gazete")["error"]
    assert "is not a day" in api("coverage", 400, since="yesterday")["error"]
    steel = api("items/item:maraging-steel")
    assert "1C216" in steel["codes"]
    assert steel["documents"] == api("search", q="item:maraging-steel", fold=False)["total"] >= 3
    assert "no item" in api("items/unknown", 404)["error"]
    status = api("status")
    assert status["index"]["documents"] == 8
    assert status["newest_run_closed"]
    assert status["tokens"] is False


def test_an_export_is_the_one_of_the_command_line(client: httpx.Client, installation: Settings, tmp_path: Path) -> None:
    answer = client.get("/api/v1/export", params={"q": "maraging", "source": "agency", "format": "csv"})
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert 'filename="watchword.csv"' in answer.headers["content-disposition"]
    (row,) = csv.DictReader(io.StringIO(answer.text, newline=""))
    assert row["url"] == "http://host.test/steel-again"
    path = tmp_path / "evidence.zip"
    path.write_bytes(client.get("/api/v1/export", params={"q": "vacuum", "format": "bundle"}).content)
    assert verify_run(installation, str(path)).trusted
    refused = client.get("/api/v1/export", params={"q": "foo:bar", "format": "csv"})
    assert (refused.status_code, refused.json()["position"]) == (400, 0)
    assert "csv, jsonl" in client.get("/api/v1/export", params={"format": "xlsx"}).json()["error"]


@pytest.mark.parametrize("path", ["alerts", "coverage", "sources", "status", "items/maraging-steel", "export"])
def test_a_misspelt_filter_is_refused_at_every_address(api: Api, path: str) -> None:
    assert "There is no parameter 'wacht'" in api(path, 422, wacht="steel")["error"]


def test_the_description_of_the_api_has_every_path_with_examples_and_one_form_of_error(client: httpx.Client) -> None:
    described = client.get("/api/v1/openapi.json").json()
    names = ("search", "documents/{identifier}", "alerts", "alerts/{identifier}", "coverage", "sources", "status")
    assert set(described["paths"]) == {f"/api/v1/{name}" for name in (*names, "items/{identifier}", "export")}
    for path in described["paths"].values():
        assert set(path) == {"get"}
        assert path["get"]["description"]
        assert all(p["description"] for p in path["get"].get("parameters", []) if p["in"] == "query")
        assert path["get"]["responses"]["422"]["content"]["application/json"]["schema"]["$ref"].endswith("Problem")
        assert path["get"]["security"] == [{"HTTPBearer": []}]
    streams = described["paths"]["/api/v1/export"]["get"]["responses"]["200"]["content"]
    assert {"application/zip", "application/atom+xml", "application/warc"} <= set(streams)
    assert "list:un AND code:1C216" in json.dumps(described["paths"]["/api/v1/search"])
    assert "1C216" in json.dumps(described["components"]["schemas"]["ItemAnswer"])


@pytest.fixture
def guarded(installation: Settings, tmp_path: Path) -> Settings:
    """The installation with a file of tokens that holds one, `secret`."""
    path = tmp_path / "tokens"
    path.write_text(f"# ours\ndesk {hashlib.sha256(b'secret').hexdigest()} 2026-03-02T00:00:00Z\n")
    return installation.model_copy(update={"api_tokens": str(path)})


def test_where_there_are_tokens_the_api_asks_everybody_for_one(guarded: Settings, serve: Any) -> None:
    with serve(guarded) as address, httpx.Client(base_url=address) as client:
        refused = client.get("/api/v1/status")
        assert refused.status_code == 401
        assert refused.headers["www-authenticate"] == "Bearer"
        for wrong in ("Bearer other", "Basic secret", "secret", "Bearer", "Bearer \udcff"):
            given = wrong.encode("utf-8", "surrogateescape")
            assert client.get("/api/v1/status", headers={"Authorization": given}).status_code == 401
        token = {"Authorization": "Bearer secret", "Host": "watchword.example.org"}
        assert client.get("/api/v1/status", headers=token).json()["tokens"] is True
        assert client.get("/alerts").status_code == 200
        Path(guarded.api_tokens).write_text("desk not-a-digest\n")
        assert client.get("/api/v1/status", headers=token).status_code == 500
        Path(guarded.api_tokens).write_text("")
        assert client.get("/api/v1/status", headers={"Authorization": "Bearer secret"}).status_code == 401
        assert client.get("/api/v1/status").status_code == 200


def test_pages_of_other_sites_cannot_read_along(client: httpx.Client) -> None:
    assert client.get("/", headers={"Host": "evil.example:8000"}).status_code == 403
    assert client.get("/api/v1/status", headers={"Host": "evil.example"}).status_code == 403
    assert client.get("/api/v1/status", headers={"Host": "localhost:8000"}).status_code == 200
    fetched = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "no-cors"}
    assert client.get("/export", headers=fetched).status_code == 403
    assert client.get("/alerts", headers=fetched | {"Sec-Fetch-Mode": "navigate"}).status_code == 200


@pytest.mark.parametrize(
    ("client_address", "served"),
    [
        (("127.0.0.1", 5), True),
        (("::1", 5), True),
        (("::ffff:127.0.0.1", 5), True),
        (("192.0.2.7", 5), False),
        (("::ffff:192.0.2.7", 5), False),
        (("nobody", 5), False),
        (None, False),
    ],
)
def test_without_a_token_only_this_machine_is_served(installation: Settings, client_address: Any, served: bool) -> None:
    for path in ("/", "/api/v1/search", "/static/watchword.css"):
        scope = {"type": "http", "method": "GET", "path": path, "client": client_address}
        refused = refusal({**scope, "headers": [(b"host", b"127.0.0.1:8000")]}, installation)
        assert (refused is None) is served


def test_a_client_that_a_proxy_stands_for_is_not_this_machine(client: httpx.Client) -> None:
    assert client.get("/", headers={"X-Forwarded-For": "192.0.2.7"}).status_code == 403


@pytest.mark.parametrize("path", ["/", "/alerts", "/api/v1/status", "/static/watchword.css", "/nowhere"])
def test_every_answer_tells_the_browser_to_run_nothing(client: httpx.Client, path: str) -> None:
    headers = client.get(path).headers
    assert headers["content-security-policy"].startswith("default-src 'none';")
    assert "script" not in headers["content-security-policy"]
    assert "unsafe" not in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert "no-" in headers["cache-control"]


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS"])
def test_nothing_can_be_changed(client: httpx.Client, method: str) -> None:
    answer = client.request(method, "/api/v1/alerts")
    assert answer.status_code == 405
    assert answer.headers["allow"] == "GET, HEAD"


@pytest.mark.parametrize("path", ["/", "/api/v1/status", "/static/watchword.css"])
def test_a_head_is_the_answer_without_its_body(client: httpx.Client, path: str) -> None:
    told, whole = client.head(path), client.get(path)
    assert (told.status_code, told.headers["content-type"], told.content) == (200, whole.headers["content-type"], b"")


def contents(home: Path) -> dict[str, str]:
    """Return the digest of each file; SQLite's notes on who reads are not state."""
    files = (path for path in home.rglob("*") if path.is_file() and path.suffix not in (".sqlite-shm", ".sqlite-wal"))
    return {str(path.relative_to(home)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def test_answers_leave_every_file_as_it_was(client: httpx.Client, installation: Settings) -> None:
    before = contents(installation.folder)
    for path in (
        "/",
        "/?q=maraging",
        "/alerts",
        "/coverage",
        "/api/v1/status",
        "/api/v1/sources",
        "/documents/hostile-1",
    ):
        assert client.get(path).status_code == 200
    for name in ("csv", "jsonl", "ftm", "stix", "atom", "bundle"):
        query = {"format": name, "q": "url:http*"}
        assert client.get("/export", params=query).status_code == 200
    assert contents(installation.folder) == before


def test_where_nothing_was_collected_nothing_is_made(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path / "home", _env_file=None)
    with pytest.raises(UsageError, match="There is nothing to show yet"):
        create_app(settings)
    assert not (tmp_path / "home").exists()

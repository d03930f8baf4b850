"""What the API answers, as its clients see it; the description of each field is its documentation."""

from typing import Any

from pydantic import BaseModel, ConfigDict, Field

STORY = "1c4559b5b67c0364-03e17923c858"
MOMENT = "2026-03-02T01:00:00Z"


class Answer(BaseModel):
    """An answer; fields that are not stated here are errors of the server."""

    model_config = ConfigDict(extra="forbid")


class Problem(Answer):
    """Why there is no answer."""

    error: str = Field(
        description="One sentence: what, which value, what was possible.", examples=["No field 'sorce'."]
    )
    position: int | None = Field(description="Where in the query, in characters from 0; null elsewhere.", examples=[0])


class GapAnswer(Answer):
    """A source that was not seen, or not whole, in one run."""

    source: str = Field(examples=["gazette"])
    run: str = Field(examples=["20260302T010000Z-3fa9"])
    when: str = Field(description="When the run began, in UTC.", examples=[MOMENT])
    seen: bool = Field(description="Whether anything of it was seen in that run.")
    reasons: dict[str, int] = Field(description="Why, and how often.", examples=[{"timed out": 2}])


class CoverageAnswer(Answer):
    """Which of the sources that could have answered were seen in a period, and which were not."""

    sentence: str = Field(examples=["14 sources seen; not seen at some time: licence-register"])
    seen: list[str]
    never: list[str] = Field(description="Sources that no run of the period saw.")
    gaps: list[GapAnswer] = Field(description="What was not seen or not whole, the newest first.")


class HitAnswer(Answer):
    """A document that was found; marks are start and end of hits, in characters."""

    id: str = Field(description="Id of this version of the document.", examples=[STORY])
    url: str = Field(examples=["http://host.example/steel"])
    title: str
    title_marks: list[tuple[int, int]]
    snippet: str
    marks: list[tuple[int, int]] = Field(description="Hits in the snippet.", examples=[[[12, 26]]])
    source: str = Field(examples=["gazette"])
    publisher: str
    country: str | None = Field(examples=["SE"])
    language: str | None = Field(examples=["en"])
    published: str | None = Field(description="Day, as the page states it.", examples=["2026-03-01"])
    captured: str = Field(examples=[MOMENT])
    run: str
    story: str | None = Field(description="Id of the story: near-copies of one text.", examples=[STORY])
    version: int
    score: float
    copies: int = Field(description="Found documents of its story, itself included.")
    origins: int = Field(description="Publishers among them.")


class SuggestionAnswer(Answer):
    """A query that finds something, where the one that was asked does not."""

    query: str
    name: str
    documents: int


class SearchAnswer(Answer):
    """What a search found."""

    total: int = Field(description="Every document that matches, counted exactly.")
    next: str | None = Field(description="Cursor of the next page; null after the last.", examples=["o20"])
    hits: list[HitAnswer]
    facets: dict[str, dict[str, int]] = Field(examples=[{"source": {"gazette": 12}}])
    days: dict[str, int] = Field(examples=[{"2026-03-01": 3}])
    remarks: list[str] = Field(description="What the query probably meant otherwise.")
    suggestions: list[SuggestionAnswer]
    coverage: CoverageAnswer


class RecordAnswer(Answer):
    """A WARC record of the capture."""

    kind: str = Field(examples=["response"])
    offset: int
    length: int
    sha256: str


class ProvenanceAnswer(Answer):
    """How a document can be proved; fields of the archive are empty where its run is not on this machine."""

    run: str
    capture: str
    captured: str
    segment: str = Field(description="WARC file in the run's folder `captures`.")
    status: int | None = Field(description="HTTP status.")
    body: str = Field(description="Digest of the decoded body.")
    records: list[RecordAnswer]
    sealed: str = Field(description="When the run was sealed.")
    signer: str = Field(description="Fingerprint of the key that sealed it.")
    head: str = Field(description="Hash of the signed head.")
    verify: str = Field(description="Command that checks the whole run, offline.")


class VersionAnswer(Answer):
    """A version of the page."""

    version: int
    id: str
    captured: str
    run: str


class DocumentAnswer(Answer):
    """A document with its mentions, its provenance and its versions."""

    document: dict[str, Any] = Field(description="The document as `format=jsonl` exports it.")
    provenance: ProvenanceAnswer
    versions: list[VersionAnswer]
    alerts: list[str] = Field(description="Ids of the alerts that it met.")


class ReasonAnswer(Answer):
    """Why a document met a watch."""

    document: str
    met: str = Field(description="Parts of the watch that were met.", examples=["list:un"])
    text: str = Field(description="The words in the document.")
    name: str = Field(description="What they name.")
    entity: str
    why: str = Field(description="The rule by which it was found.")


class MetAnswer(Answer):
    """A document of an alert."""

    id: str
    url: str
    title: str
    source: str
    language: str | None
    captured: str


class AlertAnswer(Answer):
    """One watch met by one story."""

    id: str = Field(examples=["a3f81b22c0de"])
    watch: str
    story: str
    title: str
    url: str
    source: str
    language: str | None
    run: str
    raised: str = Field(examples=[MOMENT])
    revision: int = Field(description="Counts up when the alert names something that it did not name before.")
    copies: int = Field(description="Documents of the story that met the watch.")
    reasons: list[ReasonAnswer]
    acknowledged_by: str | None
    note: str


class AlertsAnswer(Answer):
    """Alerts, the newest first."""

    total: int
    next: str | None
    alerts: list[AlertAnswer]


class OneAlertAnswer(Answer):
    """An alert with the documents that met its watch."""

    alert: AlertAnswer
    documents: list[MetAnswer]


class SourceAnswer(Answer):
    """A source of the catalogue and its health."""

    name: str = Field(examples=["gazette"])
    kind: str = Field(examples=["feed"])
    publisher: str
    country: str | None
    language: str | None
    url: list[str]
    schedule: str = Field(examples=["daily"])
    last_seen: str | None
    last_new: str | None = Field(description="When it last brought a new document.")
    next_look: str | None = Field(description="Null where it is due now.")
    errors_in_a_row: int
    documents_a_week: float
    expected: float | None
    remarks: list[str] = Field(description="What is wrong with it, if anything is.")


class LimitAnswer(Answer):
    """A technical limit of a control-list entry."""

    parameter: str
    code: str
    unit: str
    low: float | None
    high: float | None
    includes_bounds: bool


class ItemAnswer(Answer):
    """An item of the catalogue: a controlled or dual-use good, technology or agent."""

    id: str = Field(examples=["maraging-steel"])
    name: str
    area: str = Field(examples=["nuclear"])
    use: str
    codes: list[str] = Field(description="Control-list entries.", examples=[["1C216"]])
    cas: list[str]
    hs: list[str]
    names: dict[str, list[str]] = Field(description="Names by language.")
    limits: list[LimitAnswer]
    documents: int = Field(description="Documents that mention it.")


class StatusAnswer(Answer):
    """Whether all that was collected can be searched."""

    version: str
    index: dict[str, Any] = Field(description="As `watchword index status --json` says.")
    newest_run: str | None
    newest_run_closed: str | None = Field(description="When it was whole; null while it is under way.")
    sources: int
    alerts: int
    tokens: bool = Field(description="Whether the API asks for a token.")


PROBLEMS: dict[int | str, dict[str, Any]] = {
    400: {"model": Problem, "description": "The query, a filter or a cursor cannot be read."},
    401: {"model": Problem, "description": "A token is needed."},
    403: {"model": Problem, "description": "Only this machine is served without a token."},
    404: {"model": Problem, "description": "What the address names is not there."},
    422: {"model": Problem, "description": "A parameter is unknown, or has a value that it cannot have."},
    405: {"model": Problem, "description": "Something else than GET or HEAD."},
    500: {"model": Problem, "description": "Evidence is damaged, or the file of tokens; the sentence says which."},
    503: {"model": Problem, "description": "The index or the state database is away; nothing is lost."},
}

"""The site catalogue: what it holds, and how strictly it is read."""

import json
from collections import Counter
from pathlib import Path

import pytest

from nlp.folding import folded
from nlp.geography import distance_km
from nlp.passage import Passage
from nlp.sites import Site, SiteError, all_sites, find_site, find_sites, load_sites, search_sites, sites_named
from nlp.sites.catalogue import KINDS

REACTORS = Path(__file__).resolve().parents[2].parent / "shared/data/sites/geonucleardata/nuclear_power_plants.json"
# That table gives some sites to a tenth of a degree only.
FAR_KM = 35
ENTRY = """sites:
  - id: here
    name: Here Plant
    country: IR
    kind: enrichment
    source: a report
"""


def read(tmp_path: Path, text: str) -> tuple[Site, ...]:
    (tmp_path / "sites.yaml").write_text(text, "utf-8")
    return load_sites(tmp_path)


def test_the_catalogue_covers_every_kind_and_area() -> None:
    kinds = Counter(site.kind for site in all_sites())
    assert len(all_sites()) >= 700
    assert set(kinds) == set(KINDS)
    assert len({site.country for site in all_sites()}) >= 60


def test_every_site_has_a_source_and_nearly_all_have_a_point() -> None:
    assert all(site.source for site in all_sites())
    assert sum(site.at is not None for site in all_sites()) >= 0.98 * len(all_sites())


def test_the_sites_of_concern_have_names_in_all_six_languages() -> None:
    for site in map(find_site, ("natanz", "fordow", "arak", "bushehr", "yongbyon", "punggye-ri", "dimona", "mayak")):
        assert site
        languages = {language for _, language, _ in site.all_names()}
        assert {"en", "ru", "ar", "zh"} <= languages


def test_no_two_sites_share_a_strong_name() -> None:
    owners = Counter((folded(n), s.id) for s in all_sites() for n, _, grade in s.all_names() if grade == "strong")
    names = Counter(name for name, _ in owners)
    assert [name for name, count in names.items() if count > 1] == []


@pytest.mark.parametrize("site", [s for s in all_sites() if not s.against], ids=lambda site: site.id)
def test_every_site_is_found_by_its_canonical_name(site: Site) -> None:
    text = f"They went to {site.name} in May."
    assert site.entity in {mention.entity for mention in find_sites(Passage(text))}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (ENTRY.replace("IR", "Iran"), "sites.yaml: site 1 (here): country: "),
        (ENTRY.replace("enrichment", "bakery"), "'bakery' is no kind of site; possible are enrichment, "),
        (ENTRY + "    at: [95, 10]\n", "site 1 (here): at.0: "),
        (ENTRY + "    colour: red\n", "site 1 (here): colour: "),
        (ENTRY + "    names: {xx: [Here]}\n", "'xx' is no language of the catalogue"),
        (ENTRY + ENTRY.removeprefix("sites:\n"), "the id 'here' is there twice; rename or merge one of them."),
        ("sites: 5\n", "expected one key, 'sites', with a list of sites under it."),
        ("sites: [\n", "sites.yaml: not YAML: "),
    ],
)
def test_a_wrong_entry_is_named_with_its_file_field_and_remedy(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(SiteError) as error:
        read(tmp_path, text)
    assert said in str(error.value)
    assert "\n" not in str(error.value)


def test_a_site_is_found_by_its_id_and_by_its_words() -> None:
    assert find_site("natanz") is find_site("site:natanz")
    assert find_site("nowhere") is None
    assert search_sites("Натанз")[0].id == "natanz"
    assert {site.id for site in search_sites("enrichment IR")} >= {"natanz", "fordow"}
    assert search_sites("no such words") == []
    assert [site.id for site in sites_named("la hague")] == ["la-hague"]


@pytest.mark.skipif(not REACTORS.exists(), reason="needs ../shared/data/sites")
def test_power_reactors_lie_where_another_table_has_them() -> None:
    ours = {(site.country, folded(name)): site for site in all_sites() for name, _, _ in site.all_names()}
    distances: dict[str, float] = {}
    for reactor in json.loads(REACTORS.read_text("utf-8")):
        site = ours.get((reactor["CountryCode"], folded(reactor["Name"]).rsplit("-", 1)[0].strip()))
        if site and site.at and reactor["Latitude"]:
            km = distance_km(site.at, (float(reactor["Latitude"]), float(reactor["Longitude"])))
            distances[site.id] = min(km, distances.get(site.id, km))
    assert len(distances) > 120
    # The table puts Maanshan where another plant of that country is.
    assert {site for site, km in distances.items() if km > FAR_KM} <= {"maanshan"}


def test_every_field_and_kind_is_documented() -> None:
    page = (Path(__file__).parents[2] / "docs" / "sites.md").read_text("utf-8")
    assert [field for field in Site.model_fields if f"| `{field}` |" not in page] == []
    assert [kind for kind in KINDS if kind not in page] == []

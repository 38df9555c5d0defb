"""Open data, read by the readers of map programs and feed readers."""

import json
import shutil
import subprocess
from pathlib import Path

import feedparser
import httpx
import pytest
from lxml import html
from owslib.ogcapi.features import Features

COLLECTIONS = {"cases": "Point", "sections": "LineString", "sites": "Point", "stretches": "LineString", "divisions": "MultiPolygon"}
EPSG4490 = "http://www.opengis.net/def/crs/EPSG/0/4490"


@pytest.fixture(scope="module")
def service(demo):
    return Features(f"{demo.address}/ogc/")


def test_owslib_reads_the_service(service):
    assert {"core", "geojson", "crs"} <= {c.rsplit("/", 1)[1] for c in service.conformance()["conformsTo"]}
    assert set(service.feature_collections()) == set(COLLECTIONS)
    assert "/collections/cases/items" in service.api()["paths"]
    for name, geometry in COLLECTIONS.items():
        described = service.collection(name)
        assert described["id"] == name and EPSG4490 in described["crs"]
        items = service.collection_items(name, limit=5)
        assert items["numberMatched"] >= items["numberReturned"] == len(items["features"]) > 0
        assert {f["geometry"]["type"] for f in items["features"] if f["geometry"]} == {geometry}
        first = items["features"][0]
        one = service.collection_item(name, first["id"])
        assert one["properties"] == first["properties"]


def walk(demo, path: str) -> list[dict]:
    found, url = [], f"{demo.address}{path}"
    while url:
        page = httpx.get(url, timeout=60).raise_for_status().json()
        found += page["features"]
        url = next((link["href"] for link in page["links"] if link["rel"] == "next"), None)
    return found


@pytest.mark.parametrize("name", COLLECTIONS)
def test_pages_and_file_hold_the_same(demo, name):
    paged = walk(demo, f"/ogc/collections/{name}/items?limit=83")
    whole = httpx.get(f"{demo.address}/ogc/download/{name}.geojson", timeout=60).json()
    assert whole["type"] == "FeatureCollection" and whole["features"] == paged
    assert len({f["id"] for f in paged}) == len(paged) > 0


def test_a_box_holds_what_lies_in_it(demo):
    every = [f for f in walk(demo, "/ogc/collections/cases/items?limit=1000") if f["geometry"]]
    (x, y) = every[0]["geometry"]["coordinates"]
    box = (x - 0.01, y - 0.01, x + 0.01, y + 0.01)
    inside = {f["id"] for f in every if box[0] <= f["geometry"]["coordinates"][0] <= box[2] and box[1] <= f["geometry"]["coordinates"][1] <= box[3]}
    answer = walk(demo, f"/ogc/collections/cases/items?limit=1000&bbox={','.join(map(str, box))}")
    assert {f["id"] for f in answer} == inside and 0 < len(inside) < len(every)
    # the same box in the other order of axes, and the same places back
    turned = f"{box[1]},{box[0]},{box[3]},{box[2]}"
    page = httpx.get(
        f"{demo.address}/ogc/collections/cases/items",
        params={"limit": 1000, "bbox": turned, "bbox-crs": EPSG4490, "crs": EPSG4490},
    )
    assert page.headers["content-crs"] == f"<{EPSG4490}>"
    swapped = {f["id"]: f["geometry"]["coordinates"][::-1] for f in page.json()["features"]}
    assert swapped == {f["id"]: f["geometry"]["coordinates"] for f in answer}


def test_ogrinfo_opens_it_as_qgis_does(demo):
    """QGIS reads OGC API Features through the same library."""
    if not shutil.which("ogrinfo"):
        pytest.skip("ogrinfo is not here: apt install gdal-bin")

    def ogrinfo(*args):
        done = subprocess.run(["ogrinfo", "-ro", *args], capture_output=True, text=True, timeout=120)
        assert done.returncode == 0 and "ERROR" not in done.stderr, done.stdout + done.stderr
        return done.stdout

    source = f"OAPIF:{demo.address}/ogc"
    layers = ogrinfo(source)
    assert all(name in layers for name in COLLECTIONS), layers
    for name, geometry in COLLECTIONS.items():
        told = ogrinfo("-so", source, name)
        count = httpx.get(f"{demo.address}/ogc/collections/{name}/items?limit=1").json()["numberMatched"]
        assert f"Feature Count: {count}" in told, (count, told)
    # every feature by its own paging, in places that are in China
    listed = ogrinfo("-q", "-geom=WKT", source, "sections")
    matched = httpx.get(f"{demo.address}/ogc/collections/sections/items?limit=1").json()["numberMatched"]
    assert listed.count("OGRFeature(sections)") == matched
    assert "LINESTRING (98" in listed


def test_an_ogr_reader_takes_the_whole_file(demo, tmp_path):
    if not shutil.which("ogrinfo"):
        pytest.skip("ogrinfo is not here: apt install gdal-bin")
    file = Path(tmp_path) / "divisions.geojson"
    file.write_bytes(httpx.get(f"{demo.address}/ogc/download/divisions.geojson").content)
    told = subprocess.run(["ogrinfo", "-ro", "-al", "-so", str(file)], capture_output=True, text=True).stdout
    assert f"Feature Count: {len(json.loads(file.read_text())['features'])}" in told


@pytest.mark.parametrize("name", ["cases.atom", "cases.rss", "closed.atom", "closed.rss"])
def test_feed_readers_read(demo, name):
    feed = feedparser.parse(f"{demo.address}/feeds/{name}")
    assert not feed.bozo, feed.get("bozo_exception")
    assert feed.version == ("atom10" if name.endswith("atom") else "rss20")
    assert 0 < len(feed.entries) <= 50 and feed.feed.title
    for entry in feed.entries:
        assert entry.title and entry.id == entry.link and entry.published_parsed and entry.summary
        assert httpx.get(entry.link).status_code == 200
    order = [e.published_parsed for e in feed.entries]
    assert order == sorted(order, reverse=True)
    again = feedparser.parse(f"{demo.address}/feeds/{name}", etag=feed.etag)
    assert again.status == 304 and not again.entries
    # a feed has no date for two minutes after something happened
    if feed.get("modified"):
        assert feedparser.parse(f"{demo.address}/feeds/{name}", modified=feed.modified).status == 304


def test_search_engines_are_told(demo):
    sitemap = httpx.get(f"{demo.address}/sitemap.xml").text
    number = httpx.get(f"{demo.address}/open311/v2/requests.json?per_page=1").json()[0]["service_request_id"]
    assert f"{demo.address}/public/cases/{number}</loc>" in sitemap and f"{demo.address}/open-data</loc>" in sitemap
    page = html.fromstring(httpx.get(f"{demo.address}/public/cases/{number}").content)
    href = page.xpath("//link[@type='application/ld+json']/@href")[0]
    linked = httpx.get(f"{demo.address}{href}")
    assert linked.headers["content-type"] == "application/ld+json" and linked.json()["identifier"] == number
    block = html.fromstring(httpx.get(f"{demo.address}/open-data").content).xpath("//script[@type='application/ld+json']/text()")[0]
    assert json.loads(block)["@type"] == "DataCatalog"


def test_the_program_prints_its_own_description(demo):
    printed = json.loads(demo.run("openapi").stdout)
    assert printed == httpx.get(f"{demo.address}/api/v1/openapi.json").json()
    page = httpx.get(f"{demo.address}/developers").text
    assert all(path in page for path in printed["paths"])

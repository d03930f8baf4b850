"""Answers of services as they send them, shortened; the forms are those of the services' own documents."""

import json

GEOJSON = json.dumps(
    {
        "type": "FeatureCollection",
        "metadata": {"generated": 1504410000000, "title": "USGS Earthquakes", "status": 200, "count": 2},
        "features": [
            {
                "type": "Feature",
                "id": "us2000aert",
                "properties": {
                    "mag": 6.3, "place": "21 km ENE of Sungjibaegam, North Korea", "time": 1504409401000,
                    "updated": 1594408213040, "url": "https://seismic.test/earthquakes/eventpage/us2000aert",
                    "status": "reviewed", "net": "us", "magType": "mb", "type": "nuclear explosion",
                    "title": "M 6.3 Nuclear Explosion - 21 km ENE of Sungjibaegam, North Korea",
                },
                "geometry": {"type": "Point", "coordinates": [129.0297, 41.3324, 0]},
            },
            {
                "type": "Feature",
                "id": "us2000far",
                "properties": {"mag": 4.6, "place": "Fiji region", "time": 1504409999000, "magType": "mb"},
                "geometry": {"type": "Point", "coordinates": [-178.1, -18.2, 550.1]},
            },
        ],
        "bbox": [129, 41, 0, 129, 41, 0],
    }
)  # fmt: skip
FDSN_TEXT = (
    "#EventID|Time|Latitude|Longitude|Depth/km|Author|Catalog|Contributor|ContributorID|MagType|Magnitude|MagAuthor"
    "|EventLocationName|EventType\n"
    '4939480|2017-09-03T03:30:01|41.3|129.05|0.0|EMSC|EMSC-RTS|EMSC|611838|mb|6.1|EMSC|NORTH "KOREA"|\n'
)
QUAKEML = """<?xml version="1.0" encoding="UTF-8"?><q:quakeml xmlns="http://quakeml.org/xmlns/bed/1.2"
 xmlns:q="http://quakeml.org/xmlns/quakeml/1.2"><eventParameters publicID="smi:x/1"><event publicID="smi:x/event/9">
 <type>explosion</type><description><text>North Korea</text><type>region name</type></description>
 <origin publicID="smi:x/o"><time><value>2017-09-03T03:30:01.6Z</value></time><latitude><value>41.3</value></latitude>
 <longitude><value>129.0</value></longitude><depth><value>500</value></depth></origin>
 <magnitude publicID="smi:x/m"><mag><value>6.3</value></mag><type>mb</type></magnitude></event></eventParameters>
 </q:quakeml>"""
GDELT = json.dumps(
    {
        "articles": [
            {
                "url": "https://paper.example/a/centrifuges", "url_mobile": "", "title": "Centrifuge parts seized",
                "seendate": "20240115T101500Z", "socialimage": "", "domain": "paper.example", "language": "English",
                "sourcecountry": "Turkey",
            }
        ]
    }
)  # fmt: skip
OUTBREAKS = json.dumps(
    {
        "@odata.context": "https://who.test/api/news/$metadata#diseaseoutbreaknews",
        "value": [
            {
                "DonId": "2024-DON511", "Title": "Anthrax - Zambia", "ItemDefaultUrl": "/2024-DON511",
                "PublicationDate": "2024-02-19T15:00:00Z", "Assessment": "<p>The risk is moderate.</p>",
                "Overview": "<p>The ministry <b>notified</b> an outbreak.</p><p>684 suspected cases.</p>",
            }
        ],
        "@odata.nextLink": "",
    }
)  # fmt: skip
COMTRADE = json.dumps(
    {
        "elapsedTime": "0.1 secs", "count": 2, "error": "",
        "data": [
            {
                "typeCode": "C", "freqCode": "A", "refYear": 2023, "period": "2023", "reporterCode": 276,
                "reporterISO": "DEU", "reporterDesc": "Germany", "flowCode": "X", "flowDesc": "Export",
                "partnerCode": 364, "partnerISO": "IRN", "partnerDesc": "Iran", "cmdCode": "840120",
                "cmdDesc": "Machinery and apparatus for isotopic separation", "customsCode": "C00", "motCode": 0,
                "qty": 12.0, "qtyUnitAbbr": "u", "netWgt": 1250.5, "primaryValue": 1234567.0, "fobvalue": 1234567.0,
            },
            {
                "period": "2023", "reporterDesc": "Iran", "flowDesc": "Import", "partnerDesc": "Germany",
                "cmdCode": "840120", "primaryValue": 99000, "netWgt": None, "customsCode": "C00", "motCode": 0,
            },
        ],
    }
)  # fmt: skip


def stac(base: str) -> str:
    """Return two images, one of them cloudy, and the address of the next answer."""
    item = {
        "type": "Feature", "stac_version": "1.0.0", "id": "S2B_52SBJ_20260301_0_L2A", "collection": "sentinel-2-l2a",
        "bbox": [125.1, 39.2, 126.3, 40.2],
        "properties": {"datetime": "2026-03-01T02:16:09.024Z", "platform": "sentinel-2b", "eo:cloud_cover": 3.25},
        "assets": {"thumbnail": {"href": "https://images.example/S2B/preview.jpg", "type": "image/jpeg"}},
        "links": [{"rel": "self", "href": "https://stac.example/S2B"}],
    }  # fmt: skip
    cloudy = {**item, "id": "cloudy", "properties": {**item["properties"], "eo:cloud_cover": 91}}  # type: ignore[dict-item]
    links = [{"rel": "next", "method": "GET", "href": f"{base}/search?next=2"}, {"rel": "root", "href": base}]
    return json.dumps({"type": "FeatureCollection", "features": [item, cloudy], "links": links})

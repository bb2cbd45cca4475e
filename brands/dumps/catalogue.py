"""The data as a catalogue of DCAT (W3C Data Catalog Vocabulary, version 3) in JSON-LD: the newest dump with each of its
files, and the interface for programs."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext

from brands.dumps.files import Dump, DumpFile, dumps_in
from brands.listing.address import full
from brands.seo.linked_data import MEDIA_TYPES

Data = dict[str, Any]

CONTEXT = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "spdx": "http://spdx.org/rdf/terms#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}

_MEDIA = "https://www.iana.org/assignments/media-types/"


def address_of(dump: Dump, file: DumpFile) -> str:
    """The path of a file of a dump."""
    return reverse("brands:dump_file", args=[dump.name, file.name])


def catalogue_of(request: HttpRequest) -> Data:
    """The catalogue of this site."""
    dumps = list(dumps_in(settings.DUMPS_DIRECTORY))
    page = full(request, reverse("brands:data"))
    publisher = {
        "@type": "foaf:Organization",
        "foaf:name": gettext("劳务品牌库"),
        "foaf:homepage": {"@id": full(request, reverse("brands:home"))},
    }
    return {
        "@context": CONTEXT,
        "@id": full(request, request.path),
        "@type": "dcat:Catalog",
        "dct:title": gettext("劳务品牌库"),
        "dct:publisher": publisher,
        "foaf:homepage": {"@id": page},
        "dcat:dataset": [_dataset(request, page, publisher, dumps)],
        "dcat:service": [_service(request, page)],
    }


def _dataset(request: HttpRequest, page: str, publisher: Data, dumps: list[Dump]) -> Data:
    said: Data = {
        "@id": f"{page}#dataset",
        "@type": "dcat:Dataset",
        "dct:title": gettext("劳务品牌库"),
        "dct:description": gettext("中国劳务品牌的公开报道：每个数字都可追溯到原话。"),
        "dct:language": "zh",
        "dct:license": {"@id": settings.DATA_LICENCE_URL},
        "dct:publisher": publisher,
        "dcat:keyword": ["劳务品牌", "labour brands"],
        "dcat:landingPage": {"@id": page},
    }
    if not dumps:
        return said
    newest = dumps[0]
    coverage = newest.package["laobrand"].get("coverage")
    printed = {"dcat:startDate": "from", "dcat:endDate": "to"}
    if isinstance(coverage, dict) and coverage.get("from"):
        said["dct:temporal"] = {"@type": "dct:PeriodOfTime"} | {
            name: {"@type": "xsd:date", "@value": coverage[own]} for name, own in printed.items()
        }
    return said | {
        "dct:modified": {"@type": "xsd:dateTime", "@value": newest.created.isoformat()},
        "dcat:version": newest.name,
        "dcat:distribution": [_distribution(request, newest, file) for file in newest.files if file.sha256],
    }


def _distribution(request: HttpRequest, dump: Dump, file: DumpFile) -> Data:
    address = {"@id": full(request, address_of(dump, file))}
    return {
        "@type": "dcat:Distribution",
        "dct:title": file.name,
        "dcat:accessURL": address,
        "dcat:downloadURL": address,
        "dcat:mediaType": {"@id": _MEDIA + MEDIA_TYPES[file.name.rpartition(".")[2]]},
        "dcat:byteSize": {"@type": "xsd:nonNegativeInteger", "@value": str(file.size)},
        "dct:license": {"@id": settings.DATA_LICENCE_URL},
        "spdx:checksum": {
            "@type": "spdx:Checksum",
            "spdx:algorithm": {"@id": "spdx:checksumAlgorithm_sha256"},
            "spdx:checksumValue": {"@type": "xsd:hexBinary", "@value": file.sha256},
        },
    }


def _service(request: HttpRequest, page: str) -> Data:
    return {
        "@type": "dcat:DataService",
        "dct:title": gettext("数据接口"),
        "dcat:endpointURL": {"@id": full(request, reverse("brands:api_guide"))},
        "dcat:endpointDescription": {"@id": full(request, reverse("brands:api_schema"))},
        "dcat:servesDataset": {"@id": f"{page}#dataset"},
        "dct:license": {"@id": settings.DATA_LICENCE_URL},
    }

"""The interface for programs, told to people."""

from urllib.parse import quote

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext, gettext_lazy

from brands.listing.address import full
from brands.listing.pages import trail
from brands.seo.head import of_site

# Worked examples: what each does, and its lines, in which ROOT is the address of this very site.
EXAMPLES = (
    (gettext_lazy("山西的护理品牌（curl）"), 'curl "ROOT/api/brands/?region=140000&industry=care"'),
    (
        gettext_lazy("全部数据读成一张表（Python、pandas）"),
        """import pandas, requests

rows, address = [], "ROOT/api/statistics/"
while address:
    answer = requests.get(address, timeout=30).json()
    rows += answer["results"]
    address = answer["next"]
table = pandas.json_normalize(rows)
print(table[["subject.name", "metric", "value", "unit", "scope", "as_of"]])""",
    ),
    (
        gettext_lazy("只要几列（R、jsonlite）"),
        """library(jsonlite)
answer <- fromJSON("ROOT/api/brands/?fields=name,place,headcount&sort=headcount")
head(answer$results)""",
    ),
    (
        gettext_lazy("一个数字的出处（Python）"),
        """import requests

answer = requests.get("ROOT/api/statistics/?metric=employment&limit=1", timeout=30).json()
for number in answer["results"]:
    for proof in number["evidence"]:
        print(number["value"], number["unit"], proof["article"]["publisher"], proof["sentence"])""",
    ),
    (
        gettext_lazy("没有变动就不再下载（curl）"),
        """curl --etag-save tag.txt --etag-compare tag.txt --output brands.json \\
  "ROOT/api/brands/\"""",
    ),
)


def api_guide(request: HttpRequest) -> HttpResponse:
    root = full(request, reverse("brands:home")).rstrip("/")
    context = {
        "head": of_site(request, gettext("数据接口")),
        "examples": [(title, lines.replace("ROOT", root)) for title, lines in EXAMPLES],
        "sought": quote("护工"),
        "trail": trail((gettext("数据接口"), "")),
    }
    return render(request, "brands/api_guide.html", context)

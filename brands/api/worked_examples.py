"""Worked examples of what the data can be used for, each in curl, Python with pandas, and R: the page `/api/` and
docs/api.md show them."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

# Stands in the lines for the address of the site.
ROOT = "ROOT"


@dataclass(frozen=True, slots=True)
class WorkedExample:
    """What it does, what it needs beside the site, and its lines."""

    title: str | Promise
    needs: str | Promise
    curl: str
    pandas: str
    r: str

    def lines(self, site: str) -> Iterator[tuple[str, str]]:
        """What each language is called, and the lines in it, for the site at this address, which ends in no slash."""
        for language, lines in (("curl", self.curl), ("Python (pandas)", self.pandas), ("R", self.r)):
            yield language, lines.replace(ROOT, site)


EXAMPLES = (
    WorkedExample(
        _("一个省的全部品牌，读成一张表"),
        "",
        'curl --output brands.csv "ROOT/brands/download.csv?region=140000"',
        """import pandas

address = "ROOT/brands/download.csv?region=140000"
brands = pandas.read_csv(address, dtype={"行政区划代码": str})
print(brands[["名称", "所在地", "行业", "就业人数"]])""",
        """address <- "ROOT/brands/download.csv?region=140000&bom=0"
brands <- read.csv(address, encoding = "UTF-8", check.names = FALSE)
print(brands[c("名称", "所在地", "行业", "就业人数")])""",
    ),
    WorkedExample(
        _("就业人数，连同日期、媒体和原句"),
        "",
        'curl --output employment.csv "ROOT/statistics/download.csv?metric=employment&rows=sentences"',
        """import pandas

address = "ROOT/statistics/download.csv?metric=employment&rows=sentences"
numbers = pandas.read_csv(address, dtype={"截至": str})
print(numbers[["对象", "数值", "单位", "截至", "媒体", "原句"]].to_string())""",
        """address <- "ROOT/statistics/download.csv?metric=employment&rows=sentences&bom=0"
numbers <- read.csv(address, encoding = "UTF-8", check.names = FALSE)
print(numbers[c("对象", "数值", "单位", "截至", "媒体", "原句")])""",
    ),
    WorkedExample(
        _("全国品牌数历年的说法"),
        "",
        """curl "ROOT/api/statistics/?metric=brands&region=100000&subject=region&scope=total\\
&fields=as_of,qualifier,value,part_of\"""",
        """import pandas

address = "ROOT/statistics/download.csv?metric=brands&region=100000&subject=region&scope=total"
counts = pandas.read_csv(address, dtype={"截至": str})
whole = counts[counts["部分"].isna()].sort_values("截至")
print(whole[["截至", "限定", "数值", "原文表述"]])""",
        """address <- "ROOT/statistics/download.csv?metric=brands&region=100000&subject=region&scope=total&bom=0"
counts <- read.csv(address, encoding = "UTF-8", check.names = FALSE, na.strings = "")
whole <- counts[is.na(counts[["部分"]]), ]
print(whole[order(whole[["截至"]]), c("截至", "限定", "数值", "原文表述")])""",
    ),
    WorkedExample(
        _("一份全量数据之后的变更"),
        _("当前文件夹里要有那份全量数据的 datapackage.json。"),
        """since=$(sed -n 's/.*"changes": "\\([^"]*\\)".*/\\1/p' datapackage.json)
curl "ROOT/api/changes/?since=$since\"""",
        """import json, pandas
from urllib.request import urlopen

place = json.load(open("datapackage.json", encoding="utf-8"))["laobrand"]["changes"]
address, changes = f"ROOT/api/changes/?since={place}", []
while address:
    answer = json.load(urlopen(address))
    changes += answer["results"]
    address = answer["next"]
print(pandas.DataFrame(changes, columns=["action", "table", "key", "reason"]))
print("since", answer["since"])""",
        """library(jsonlite)
place <- fromJSON("datapackage.json")$laobrand$changes
address <- paste0("ROOT/api/changes/?since=", place)
while (!is.null(address)) {
  answer <- fromJSON(address, simplifyVector = FALSE)
  for (change in answer$results) cat(change$action, change$table, change$key, "\\n")
  address <- answer$`next`
}
cat("since", answer$since, "\\n")""",
    ),
    WorkedExample(
        _("给一列名称找到本库的编号"),
        _("names.csv 里有一列“名称”；一次最多 50 个。"),
        """curl "ROOT/reconcile/" --data-urlencode \\
  'queries={"q0": {"query": "吕梁山护工", "limit": 1}, "q1": {"query": "大同月嫂", "limit": 1}}'""",
        """import json, pandas
from urllib.parse import urlencode
from urllib.request import urlopen

names = pandas.read_csv("names.csv")["名称"]
queries = {row: {"query": name, "limit": 1} for row, name in names.items()}
answer = json.load(urlopen("ROOT/reconcile/", urlencode({"queries": json.dumps(queries)}).encode()))
for row, name in names.items():
    for best in answer[str(row)]["result"]:
        print(name, best["id"], best["name"], best["score"], best["match"])""",
        """library(jsonlite)
names <- read.csv("names.csv", encoding = "UTF-8", check.names = FALSE)[["名称"]]
queries <- lapply(names, function(name) list(query = name, limit = 1))
asked <- as.character(toJSON(setNames(queries, seq_along(names)), auto_unbox = TRUE))
answer <- fromJSON(paste0("ROOT/reconcile/?queries=", URLencode(asked, reserved = TRUE)), simplifyVector = FALSE)
for (row in seq_along(names)) for (best in answer[[row]]$result)
  cat(names[row], best$id, best$name, best$score, best$match, "\\n")""",
    ),
)

"""Feeds, the sitemap, robots.txt and the description of the search."""

import re
from html import unescape
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from django.test import Client
from django.utils.timezone import localdate

from brands.models import Article, Brand, Statistic
from brands.seo import feeds, sitemap
from tests.brands.atom import ATOM, faults
from tests.brands.factories import article, brand, catalogue, regions

pytestmark = pytest.mark.django_db

MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
FEEDS = ("/brands/feed/", "/programs/feed/", "/statistics/feed/", "/articles/feed/")


def xml_of(client: Client, path: str) -> ET.Element:
    response = client.get(path)
    assert response.status_code == 200, path
    assert "xml" in response.headers["Content-Type"]
    return ET.fromstring(response.content)


def titles(client: Client, path: str) -> list[str | None]:
    return [entry.findtext(f"{ATOM}title") for entry in xml_of(client, path).iter(f"{ATOM}entry")]


class TestFeeds:
    def test_the_newest_come_first(self, client: Client) -> None:
        catalogue()
        brand("最新工匠")
        assert titles(client, "/brands/feed/")[:2] == ["最新工匠", "无名工匠"]
        assert titles(client, "/articles/feed/")
        assert "吕梁山护工 就业人数 超 9 万人" in titles(client, "/statistics/feed/")

    @pytest.mark.parametrize(
        ("query", "wanted"),
        [
            ("industry=domestic_service", ["离石月嫂", "天镇保姆"]),
            ("industry=domestic_service&region=141100", ["离石月嫂"]),
            ("industry=nothing", ["无名工匠", "潜江裁缝", "离石月嫂", "天镇保姆", "吕梁山护工"]),
        ],
    )
    def test_are_narrowed_as_the_list_is(self, client: Client, query: str, wanted: list[str]) -> None:
        catalogue()
        assert titles(client, f"/brands/feed/?{query}") == wanted

    def test_of_programs_tell_kind_day_and_place(self, client: Client) -> None:
        catalogue()
        assert titles(client, "/programs/feed/") == ["护工技能大赛", "《劳务品牌建设指导意见》"]
        (entry,) = xml_of(client, "/programs/feed/?kind=contest").iter(f"{ATOM}entry")
        assert entry.findtext(f"{ATOM}summary") == "赛事评选 2024年5月1日 山西吕梁"

    def test_say_what_they_hold_and_where_the_list_is(self, client: Client, settings: Any) -> None:
        catalogue()
        settings.SITE_URL = "https://brands.example.org"
        root = xml_of(client, "/brands/feed/?sort=newest&region=141100&colour=red&page=3")
        assert root.findtext(f"{ATOM}title") == "劳务品牌库 · 劳务品牌 · 吕梁"
        links = {link.get("rel"): link.get("href") for link in root.findall(f"{ATOM}link")}
        assert links == {
            "alternate": "https://brands.example.org/brands/?region=141100&sort=newest",
            "self": "https://brands.example.org/brands/feed/?region=141100",
        }

    def test_an_entry_keeps_its_identity_when_the_brand_is_renamed(self, client: Client) -> None:
        made = brand("吕梁护工")
        before = xml_of(client, "/brands/feed/").findtext(f"{ATOM}entry/{ATOM}id")
        made.name = "吕梁山护工"
        made.save()
        entry = xml_of(client, "/brands/feed/").find(f"{ATOM}entry")
        assert entry is not None
        assert entry.findtext(f"{ATOM}id") == before == f"http://testserver/brands/{made.pk}/"
        link = entry.find(f"{ATOM}link")
        assert link is not None
        assert link.get("href") == f"http://testserver{made.get_absolute_url()}"

    def test_hold_what_readers_may_see(self, client: Client) -> None:
        brand("甲", review="rejected")
        Article.objects.update(relevant=False)
        assert titles(client, "/brands/feed/") == titles(client, "/articles/feed/") == []

    def test_have_an_end(self, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(feeds, "ENTRIES", 2)
        catalogue()
        assert [len(titles(client, path)) for path in FEEDS] == [2] * len(FEEDS)

    def test_are_well_formed_whatever_is_printed(self, client: Client) -> None:
        article("文", title="<b>&\x0b\x1f]]>", published_on=None)
        assert titles(client, "/articles/feed/") == ["<b>&��]]>"]

    def test_a_summary_that_is_marked_as_html_reads_as_it_is_printed(self, client: Client) -> None:
        article("文", title="题", publisher="<b>甲</b>&amp;报")
        (entry,) = xml_of(client, "/articles/feed/").iter(f"{ATOM}entry")
        summary = entry.find(f"{ATOM}summary")
        assert summary is not None
        assert (summary.get("type"), unescape(summary.text or "")[:14]) == ("html", "<b>甲</b>&amp;报")
        assert summary.text != unescape(summary.text or "")

    @pytest.mark.parametrize("path", FEEDS)
    def test_keep_the_rules_of_the_format(self, client: Client, path: str) -> None:
        assert faults(client.get(path).content) == [], "of nothing"
        catalogue()
        for query in ("", "?region=141100", "?q=%3Cb%3E&year=2024"):
            assert faults(client.get(f"{path}{query}").content) == []

    @pytest.mark.parametrize(
        ("wrong", "right", "fault"),
        [
            ("", "<title>甲</title>", "0 of title, not one"),
            ("<updated>2025-1-2</updated>", "<updated>2025-01-02T00:00:00Z</updated>", "no date of RFC 3339"),
            ("<id>/a/</id>", "<id>https://a.example/</id>", "no absolute IRI"),
            ('<link rel="self" href="/x"/>', '<link rel="self" href="https://a.example/x"/>', "without an address"),
            ("<author/>", "<author><name>甲</name></author>", "author without a name"),
            ("<name>乙</name>", "", "name is no element of it"),
        ],
    )
    def test_a_feed_that_breaks_a_rule_is_told_apart(self, wrong: str, right: str, fault: str) -> None:
        parts = [
            "<title>甲</title>", "<updated>2025-01-02T00:00:00Z</updated>", "<id>https://a.example/</id>",
            '<link rel="self" href="https://a.example/x"/>', "<author><name>甲</name></author>",
        ]  # fmt: skip
        whole = '<feed xmlns="http://www.w3.org/2005/Atom">{}</feed>'
        assert faults(whole.format("".join(parts)).encode()) == []
        bent = "".join([wrong if part == right else part for part in parts] + ([wrong] if not right else []))
        assert fault in " ".join(faults(whole.format(bent).encode()))

    @pytest.mark.parametrize("path", FEEDS)
    def test_of_nothing_are_feeds_too(self, client: Client, path: str) -> None:
        assert titles(client, path) == []
        assert xml_of(client, f"{path}?%00=%00&page=x&region=%ff").findtext(f"{ATOM}title")

    @pytest.mark.parametrize("path", ["/brands/", "/programs/", "/statistics/", "/articles/"])
    def test_are_linked_from_their_lists(self, client: Client, path: str) -> None:
        catalogue()
        html = client.get(f"{path}?region=140000&sort=x").content.decode()
        assert len(re.findall(rf'<link rel="alternate"[^>]* href="{path}feed/\?region=140000">', html)) == 1
        assert len(re.findall(rf'<a href="{path}feed/\?region=140000"', html)) == 1

    def test_cost_few_statements(self, client: Client, django_assert_max_num_queries: Any) -> None:
        catalogue()
        for path in FEEDS:
            with django_assert_max_num_queries(3):
                client.get(path)


class TestTheSitemap:
    def files(self, client: Client) -> list[str]:
        return [str(loc.text) for loc in xml_of(client, "/sitemap.xml").iter(f"{MAP}loc")]

    def addresses(self, client: Client) -> list[str]:
        maps = [xml_of(client, file.removeprefix("http://testserver")) for file in self.files(client)]
        return [str(loc.text) for one in maps for loc in one.iter(f"{MAP}loc")]

    def test_names_every_public_page_once(self, client: Client) -> None:
        catalogue()
        brand("猜测", confidence=0.1)
        article("文", relevant=False)
        listed = self.addresses(client)
        assert len(listed) == len(set(listed))
        rows = [*Brand.objects.published(), *Statistic.objects.published(), *Article.objects.published()]
        assert {f"http://testserver{row.get_absolute_url()}" for row in rows} <= set(listed)
        assert "http://testserver/regions/141102/" in listed
        assert "http://testserver/regions/141121/" not in listed, "nothing is known of it"
        assert not any("%E7%8C%9C" in address or "cai-ce" in address for address in listed)
        for address in listed:
            assert client.get(address.removeprefix("http://testserver")).status_code == 200, address

    def test_is_split(self, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
        catalogue()
        whole = self.addresses(client)
        monkeypatch.setattr(sitemap, "PER_FILE", 2)
        assert sum("sitemap-brands" in file for file in self.files(client)) == 3
        assert self.addresses(client) == whole

    def test_files_are_within_the_protocol(self) -> None:
        assert sitemap.PER_FILE <= 50_000

    @pytest.mark.parametrize("path", ["brands-0", "brands-2", "nothing-1", "brands-99999999999999999999", "brands-x"])
    def test_has_no_other_files(self, client: Client, path: str) -> None:
        brand("甲")
        assert client.get(f"/sitemap-{path}.xml").status_code == 404

    def test_says_when_a_page_changed(self, client: Client) -> None:
        made = brand("甲")
        assert xml_of(client, "/sitemap-brands-1.xml").findtext(f"{MAP}url/{MAP}lastmod") == str(
            localdate(made.updated_at)
        )

    def test_begins_with_the_sites_address(self, client: Client, settings: Any) -> None:
        settings.SITE_URL = "https://brands.example.org"
        regions()
        assert all(file.startswith("https://brands.example.org/sitemap-") for file in self.files(client))
        first = xml_of(client, "/sitemap-pages-1.xml").findtext(f"{MAP}url/{MAP}loc")
        assert first == "https://brands.example.org/"


def test_robots(client: Client) -> None:
    response = client.get("/robots.txt")
    assert response.headers["Content-Type"].startswith("text/plain")
    lines = response.content.decode().splitlines()
    assert "Disallow: /corrections/" in lines
    assert "Sitemap: http://testserver/sitemap.xml" in lines


def test_opensearch(client: Client) -> None:
    namespace = "{http://a9.com/-/spec/opensearch/1.1/}"
    root = xml_of(client, "/opensearch.xml")
    assert len(root.findtext(f"{namespace}ShortName") or "") in range(1, 17)
    url = root.find(f"{namespace}Url")
    assert url is not None
    assert url.get("template") == "http://testserver/search/?q={searchTerms}"
    assert 'href="/opensearch.xml"' in client.get("/").content.decode()

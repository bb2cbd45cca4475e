"""Who prints at an address."""

import pytest

from ingest.lexicon import rows
from ingest.publishers import is_host, publisher_at
from tests.ingest.pages import EMBROIDERY, articles, laid


@pytest.mark.parametrize(
    ("url", "publisher"),
    [
        ("http://nm.people.com.cn/n2/2024/0826/c1-2.html", "人民网"),
        ("https://paper.people.com.cn/rmrb/html/2024-08/26/nw.htm", "人民日报"),
        ("https://big5.news.cn/gate/big5/c.html", "新华网"),
        ("http://PEOPLE.com.cn:80/", "人民网"),
        ("http://notpeople.com.cn/", ""),
        ("http://people.com.cn.example/", ""),
        ("http://qingshan.example/news.cn", ""),
        ("http://[news.cn", ""),
        ("", ""),
    ],
)
def test_the_end_of_a_host_tells_the_publisher(url: str, publisher: str) -> None:
    assert publisher_at(url) == publisher


def test_each_host_is_listed_once_and_none_is_a_whole_domain_of_offices() -> None:
    hosts = [row["host"] for row in rows("publishers")]
    assert len(hosts) == len(set(hosts))
    assert all(is_host(host) for host in hosts)
    assert {"gov.cn", "com.cn", "org.cn", "net.cn"}.isdisjoint(hosts)


@pytest.mark.parametrize(
    ("front", "publisher"),
    [
        ("url: http://nm.people.com.cn/1.html", "人民网"),
        ("url: http://nm.people.com.cn/1.html\npublisher: 青山日报", "青山日报"),
        ("url: http://nm.people.com.cn/1.html\npublisher: qingshan.example.com", "人民网"),
        ("url: http://qingshan.example/1.html\npublisher: qingshan.example", ""),
    ],
)
def test_the_address_tells_the_publisher_where_nothing_else_does(front: str, publisher: str) -> None:
    text = f"---\n{front}\n---\n\n" + laid(EMBROIDERY.title, *EMBROIDERY.paragraphs)
    assert [article.publisher for article in articles(text)] == [publisher]


def test_what_the_page_prints_goes_before_its_address() -> None:
    lines = (EMBROIDERY.title, "2021-03-09 来源：青山日报", *EMBROIDERY.paragraphs)
    (found,) = articles("---\nurl: http://nm.people.com.cn/1.html\n---\n\n" + laid(*lines))
    assert found.publisher == "青山日报"

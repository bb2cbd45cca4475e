"""Parts of every page that are kept speak the language of their page and lead to the addresses of its site."""

import pytest
from django.template.loader import render_to_string
from django.urls import set_script_prefix
from django.utils import translation


@pytest.mark.parametrize("order", [("zh-hans", "en"), ("en", "zh-hans")])
def test_each_language_has_its_own(order: tuple[str, str]) -> None:
    words = {"zh-hans": "数据从哪里来", "en": "Where the data comes from"}
    for language in (*order, *order):
        with translation.override(language):
            assert f'<a href="/about/">{words[language]}</a>' in render_to_string("base.html")


def test_each_root_has_its_own() -> None:
    try:
        for root in ("/", "/below/", "/"):
            set_script_prefix(root)
            html = render_to_string("base.html")
            assert f'<a class="mark" href="{root}">' in html
            assert f'<a href="{root}about/">' in html
            assert f'href="{root}regions/"' in html
    finally:
        set_script_prefix("/")


def test_the_section_is_marked_for_the_page_that_is_in_it() -> None:
    marked = [render_to_string("base.html", {"section": name}) for name in ("brands", "regions", "brands")]
    assert ['href="/brands/" aria-current="true"' in html for html in marked] == [True, False, True]

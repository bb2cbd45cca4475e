"""The lines of a template are for who writes it; readers get none of them, and no word moves."""

import pytest
from django.template import Context, Template
from django.template.loader import get_template

from brands.templatetags.tight import tightened


@pytest.mark.parametrize(
    ("text", "sent"),
    [
        ("<ul>\n  <li>", "<ul><li>"),
        ("</b>\n  字", "</b>字"),
        ("字\n  <b>", "字<b>"),
        ("\n  ", ""),
        (" \n\n  ", ""),
        ('<a href="/"\n    class="x">', '<a href="/" class="x">'),
        ('"\n    class="x">', '" class="x">'),
        ("一\n  二", "一 二"),
        ("</b> <i>", "</b> <i>"),
        (" ", " "),
        (" · ", " · "),
    ],
)
def test_a_line_break_is_nothing_beside_tags_and_a_space_among_words(text: str, sent: str) -> None:
    assert tightened(text) == sent


def test_holds_inside_every_tag_of_the_template_and_before_none() -> None:
    template = Template(
        "\n{% load cache tight %}{% tight %}\n{% if a %}\n  {% for b in a %}\n    <i>{{ b }}</i>\n"
        "    {% if not forloop.last %}, {% endif %}\n  {% endfor %}\n{% endif %}\n"
        "{% cache 9 lines %}\n  <b>\n  {% endcache %}\n"
    )
    assert template.render(Context({"a": "12"})) == "\n<i>1</i>, <i>2</i><b>"


def test_what_the_reader_said_keeps_its_lines() -> None:
    template = Template("{% load tight %}{% tight %}\n<pre>{{ said }}</pre>\n")
    assert template.render(Context({"said": "一\n二"})) == "<pre>一\n二</pre>"


def test_a_page_may_extend_another() -> None:
    template = Template(
        '{% extends "base.html" %}\n{% load tight %}{% tight %}\n'
        "{% block main %}\n  <p>\n    字\n  </p>\n{% endblock main %}\n"
    )
    assert '<main id="main" class="wrap"><p>字</p></main>' in template.render(Context())


def test_the_ends_of_files_that_stand_inside_lines_are_not_sent() -> None:
    for name in ("brands/_papers.html", "brands/_correct.html"):
        html = get_template(name).render({"kind": "brand", "pk": 1, "what": "护工", "sources": []})
        assert html == html.rstrip()

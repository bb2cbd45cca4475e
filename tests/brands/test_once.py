"""A part of a template that is drawn once speaks the language of its page and says the values it names."""

import pytest
from django.template import Context, Template
from django.utils import translation

from brands.templatetags.once import MOST

TEXT = "{% load i18n once %}{% once section %}{% translate '品牌' %} {{ section }} {{ other }}{% endonce %}"


def test_what_is_named_is_drawn_anew_and_nothing_else() -> None:
    template = Template(TEXT)
    drawn = [template.render(Context({"section": s, "other": o})) for s, o in [("a", "1"), ("a", "2"), ("b", "3")]]
    assert drawn == ["品牌 a 1", "品牌 a 1", "品牌 b 3"]


@pytest.mark.parametrize("order", [("zh-hans", "en"), ("en", "zh-hans")])
def test_each_language_has_its_own(order: tuple[str, str]) -> None:
    template = Template(TEXT)
    words = {}
    for language in order:
        with translation.override(language):
            words[language] = template.render(Context())
    assert words == {"zh-hans": "品牌  ", "en": "Brands  "}


def test_values_are_escaped() -> None:
    assert Template(TEXT).render(Context({"section": "<b>"})) == "品牌 &lt;b&gt; "


def test_what_is_kept_has_an_end() -> None:
    template = Template(TEXT)
    for number in range(MOST + 5):
        template.render(Context({"section": number}))
    (node,) = [node for node in template.nodelist if hasattr(node, "drawn")]
    assert len(node.drawn) == MOST
    assert template.render(Context({"section": MOST + 2})) == f"品牌 {MOST + 2} "

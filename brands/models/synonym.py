"""Words that mean the same to somebody who looks for a trade; staff keep them in the admin."""

import re

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

# Longest word of a group in characters.
MAX_WORD = 20

# Most words of a group: each is one more text to look for.
MAX_WORDS = 20

_BETWEEN = re.compile(r"[、，,;；\s]+")


class Synonym(models.Model):
    """A group of words: who looks for one of `words` finds the others too, and what is called by one of `narrower`; who
    looks for one of those doesn't find the group.

    `key` names the group of data/synonyms.csv that the row came from, empty for a group of the staff's own; what is
    `by_hand` is never written again when that table changes. A group of the table is switched off, not deleted, since
    it would come back.
    """

    words = models.CharField(_("同义词"), max_length=300, help_text=_("互相都能找到，用顿号隔开：月嫂、母婴护理"))
    narrower = models.CharField(
        _("也找"), max_length=300, blank=True, help_text=_("搜左边的词时也找这些词，反过来不找：家政也找月嫂")
    )
    active = models.BooleanField(_("启用"), default=True)
    by_hand = models.BooleanField(_("人工改动"), default=False, editable=False)
    key = models.CharField(_("预设组"), max_length=MAX_WORD, blank=True, editable=False)

    objects = models.Manager()  # said, since mypy's plugin forgets the implied one when it reads its cache

    class Meta:
        verbose_name = _("同义词组")
        verbose_name_plural = _("同义词组")
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(fields=("key",), condition=~models.Q(key=""), name="synonym_of_the_table_once"),
        )

    def __str__(self) -> str:
        return self.words

    def clean(self) -> None:
        super().clean()
        errors = {field: told for field in ("words", "narrower") if (told := _complaint(getattr(self, field)))}
        if not errors and len(split_words(self.words)) + len(split_words(self.narrower)) < 2:
            errors["words"] = gettext("一组至少要有两个词。")
        if errors:
            raise ValidationError(errors)


def split_words(text: str) -> list[str]:
    """The words of a list as people write them, each once.

    >>> split_words("月嫂、母婴护理, 月嫂")
    ['月嫂', '母婴护理']
    """
    return [word for word in dict.fromkeys(_BETWEEN.split(text)) if word]


def _complaint(text: str) -> str:
    words = split_words(text)
    if len(words) > MAX_WORDS:
        return gettext("最多 %d 个词。") % MAX_WORDS
    if any(len(word) > MAX_WORD for word in words):
        return gettext("每个词最多 %d 个字。") % MAX_WORD
    return ""

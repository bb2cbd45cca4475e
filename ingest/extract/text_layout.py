"""Where the sentence and the paragraph around a number begin and end."""

import re
from bisect import bisect_right

from ingest.extract.anchor_kinds import PARAGRAPH
from ingest.frozen import frozen
from ingest.sentences import MAX_SENTENCE, sentences_of


@frozen()
class TextScope:
    """Where the text around a number begins and ends: its part of the sentence (since the last ；), the sentence and
    the paragraph, of which at most PARAGRAPH characters to each side."""

    part: int
    sentence: int
    sentence_end: int
    paragraph: int
    paragraph_end: int


@frozen()
class TextLayout:
    """Where the sentences and the lines of a text begin. Looked up by bisection."""

    text: str
    sentences: tuple[int, ...]
    lines: tuple[int, ...]

    @classmethod
    def of(cls, text: str) -> "TextLayout":
        lines = (0, *(match.end() for match in _LINE_END.finditer(text)), len(text) + 1)
        return cls(text, (*sentences_of(text).starts, len(text)), lines)

    def scope(self, at: int) -> TextScope:
        number, line = bisect_right(self.sentences, at) - 1, bisect_right(self.lines, at) - 1
        sentence = max(self.sentences[number], at - MAX_SENTENCE)
        sentence_end = (
            min(self.sentences[number + 1], at + MAX_SENTENCE) if number + 1 < len(self.sentences) else len(self.text)
        )
        return TextScope(
            part=max(self.text.rfind("；", sentence, at) + 1, sentence),
            sentence=sentence,
            sentence_end=sentence_end,
            paragraph=min(max(self.lines[line], at - PARAGRAPH), sentence),
            paragraph_end=min(self.lines[line + 1] - 1, at + PARAGRAPH),
        )


_LINE_END = re.compile("\n")

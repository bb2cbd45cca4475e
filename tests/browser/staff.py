"""A member of the staff at a browser, whose actions are counted: a click or a key that is pressed, a stretch of text
that is selected, a field that is filled, an item chosen from a list, files handed over.

How long a person takes is estimated by the Keystroke-Level Model (S. K. Card, T. P. Moran, A. Newell: The Psychology of
Human-Computer Interaction, 1983, chapter 8): each action is thought about (M), pointed at (P) or typed (K).
"""

from pathlib import Path

from playwright.sync_api import Locator, Page, expect

# Seconds of the model: a thought, a movement of the mouse, a press of its button, a key of somebody who types neither
# well nor badly.
THOUGHT, POINT, PRESS, KEY = 1.35, 1.1, 0.1, 0.28

# Keys for one Chinese character, by pinyin with its choice.
KEYS_OF_HAN = 3

# Longer words are pasted: two keys.
PASTED = 40


class Staff:
    """A reviewer at a browser, how much they had to do, and how long that takes by the model, in seconds."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.actions = 0
        self.seconds = 0.0

    def select(self, words: str, nth: int = 0) -> None:
        """Draw over the words with the mouse."""
        box = self.page.evaluate(
            """([words, nth]) => {
                const walker = document.createTreeWalker(document.querySelector(".text"), NodeFilter.SHOW_TEXT);
                const nodes = []; let whole = "";
                for (let node = walker.nextNode(); node; node = walker.nextNode()) {
                    nodes.push([whole.length, node]); whole += node.data;
                }
                let at = -1;
                for (let n = 0; n <= nth; n++) at = whole.indexOf(words, at + 1);
                const spot = (index) => {
                    const [start, node] = nodes.findLast(([start]) => start <= index);
                    const range = document.createRange();
                    range.setStart(node, index - start); range.setEnd(node, index - start + 1);
                    return range;
                };
                spot(at).startContainer.parentElement.scrollIntoView({ block: "center" });
                const first = spot(at).getBoundingClientRect();
                const last = spot(at + words.length - 1).getBoundingClientRect();
                return [first.left + 1, first.top + first.height / 2, last.right - 1, last.top + last.height / 2];
            }""",
            [words, nth],
        )
        mouse = self.page.mouse
        mouse.move(box[0], box[1])
        mouse.down()
        mouse.move(box[2], box[3], steps=4)
        mouse.up()
        self._did(2 * (POINT + PRESS))

    def press(self, key: str) -> None:
        self.page.keyboard.press(key)
        self._did(KEY)

    def click(self, what: str | Locator) -> None:
        self._found(what).click()
        self._did(POINT + PRESS)

    def fill(self, what: str | Locator, value: str) -> None:
        self._found(what).fill(value)
        keys = sum(1 if one.isascii() else KEYS_OF_HAN for one in value) if len(value) < PASTED else 2
        self._did(POINT + PRESS + KEY * keys)

    def choose(self, what: str | Locator, value: str) -> None:
        """An item of a list that drops down."""
        self._found(what).select_option(label=value)
        self._did(2 * (POINT + PRESS))

    def hand_over(self, what: str | Locator, files: list[Path]) -> None:
        """Files, chosen in the window that the browser opens."""
        self._found(what).set_input_files(files)
        self._did(3 * (POINT + PRESS))

    def save(self) -> None:
        self.press("Enter")
        expect(self.page.locator(".messagelist")).to_be_visible()

    def _found(self, what: str | Locator) -> Locator:
        return self.page.locator(what) if isinstance(what, str) else what

    def _did(self, seconds: float) -> None:
        self.actions += 1
        self.seconds += THOUGHT + seconds

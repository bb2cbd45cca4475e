"""axe-core, which finds what people who don't see or don't use a mouse would stumble over.

axe-4.14.1/ holds it as npm's axe-core delivers it, with its licence (MPL 2.0).
"""

from pathlib import Path

from playwright.sync_api import Page

SOURCE = Path(__file__).parent / "axe-4.14.1" / "axe.min.js"

# WCAG 2.0 to 2.2, levels A and AA, and what axe-core recommends beyond them.
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

# Colours on their way from one scheme to the next are no colours to be judged: transitions end first. Of what is as it
# should be, one element a rule is told, which is quicker than all of them.
RUN = """tags => {
  for (const one of document.getAnimations()) if (one instanceof CSSTransition) one.finish();
  return axe.run({runOnly: {type: "tag", values: tags}, resultTypes: ["violations"]});
}"""


def violations(page: Page) -> list[str]:
    """A line for each element that breaks a rule, in the state that the page is in."""
    if page.evaluate("typeof axe") == "undefined":
        page.evaluate(SOURCE.read_text(encoding="utf-8"))  # not a script of the page, so that its policy stays in force
    result = page.evaluate(RUN, TAGS)
    assert result["passes"], "axe-core has checked nothing"
    return [f"{rule['id']}: {node['html'][:200]}" for rule in result["violations"] for node in rule["nodes"]]

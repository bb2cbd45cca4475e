"""`python -m tests.recipes [NAME...]`: do recipes of CONTRIBUTING.md, each in a copy, and run their tests."""

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.recipes.copy import TreeCopy
from tests.recipes.recipes import RECIPES


def main(names: list[str]) -> int:
    """Exit status: 0, 1 where a recipe fails, 2 for a name that none has."""
    unknown = sorted(set(names) - RECIPES.keys())
    if unknown:
        print(f"no such recipe: {', '.join(unknown)}; there are {', '.join(RECIPES)}", file=sys.stderr)
        return 2
    failed = [name for name in names or RECIPES if not _is_done(name)]
    return 1 if failed else 0


def _is_done(name: str) -> bool:
    recipe = RECIPES[name]
    print(f"== {name}: {', '.join(recipe.files)}", flush=True)
    with TemporaryDirectory() as folder:
        copy = TreeCopy(Path(folder))
        try:
            copy.follow(recipe)
            copy.check()
            copy.test([f"tests/recipes/added/{recipe.test}", *recipe.others])
        except (AssertionError, ValueError) as error:
            print(error)
            return False
    return True


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))

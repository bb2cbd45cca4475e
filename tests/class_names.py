"""Class names of the product that stand for two things: `python -m tests.class_names`, a part of `make check`.

Django itself makes every management command a `Command`, and `Meta` and `Media` stand inside of classes.
"""

import ast
from collections import defaultdict
from collections.abc import Iterator

from tests.variables import ROOT

APPLICATIONS = ("brands", "curation", "ingest", "laobrand")
MADE_BY_DJANGO = {"Command"}


def classes() -> Iterator[tuple[str, str]]:
    """The name of each class at the top of a module, and that module's path; migrations left out."""
    for application in APPLICATIONS:
        for path in sorted((ROOT / application).rglob("*.py")):
            if "migrations" in path.parts:
                continue
            for node in ast.parse(path.read_text(encoding="utf-8")).body:
                if isinstance(node, ast.ClassDef) and node.name not in MADE_BY_DJANGO:
                    yield node.name, path.relative_to(ROOT).as_posix()


def twice() -> dict[str, list[str]]:
    """The modules of each name that is defined in more than one."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for name, path in classes():
        found[name].append(path)
    return {name: paths for name, paths in sorted(found.items()) if len(paths) > 1}


def main() -> int:
    for name, paths in twice().items():
        print(f"{name}: defined in {' and '.join(paths)}")
    return 1 if twice() else 0


if __name__ == "__main__":
    raise SystemExit(main())

"""Which environment variables the project reads, as its own source says."""

import ast
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
READERS = {"text", "flag", "number", "items", "origin", "time_zone"}
MODULES = ("laobrand/settings.py", "deploy/gunicorn.conf.py", "deploy/gunicorn_worker.py", "deploy/worker_health.py")


def variables(*modules: str) -> set[str]:
    """The names that `modules` ask laobrand.env for; all modules that do so where none is given."""
    return {name for module in modules or MODULES for name in _asked_for((ROOT / module).read_text(encoding="utf-8"))}


def _asked_for(source: str) -> set[str]:
    calls = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call)]
    return {str(ast.literal_eval(call.args[0])) for call in calls if _is_reader(call.func)}


def _is_reader(function: ast.expr) -> bool:
    return (
        isinstance(function, ast.Attribute)
        and isinstance(function.value, ast.Name)
        and function.value.id == "env"
        and function.attr in READERS
    )

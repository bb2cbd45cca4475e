"""A release as the compose file makes it, without containers: the same commands, on this machine, on scratch data."""

import os
import sys
from pathlib import Path

HOST = "brands.example.org"


def production(folder: Path, **more: str) -> dict[str, str]:
    """The environment of a container: only what the compose file sets, and where this Python is."""
    return {
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "ALLOWED_HOSTS": HOST,
        "SECRET_KEY": "s" * 50,
        "DATA_DIR": str(folder / "data"),
        "STATIC_ROOT": str(folder / "static"),
        **more,
    }

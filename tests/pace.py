"""Whether work that grows takes time in proportion: for rules that must be linear, never a bound in seconds alone."""

import gc
import time
from collections.abc import Callable


def keeps_pace(short: Callable[[], object], long: Callable[[], object], *, times: float, slack: float) -> bool:
    """Whether the longer work takes at most so many times as long as the shorter one, and `slack` seconds.

    Measured anew, four times, where it does not: a busy machine is slow for a moment, a slow rule every time.
    """
    return any(_seconds(long) <= times * _seconds(short) + slack for _ in range(5))


def _seconds(work: Callable[[], object]) -> float:
    """What the work takes of the processor: other processes do not count, nor does the search for garbage, which goes
    through all that the tests before have left."""
    collects = gc.isenabled()
    gc.disable()
    try:
        start = time.process_time()
        work()
        return time.process_time() - start
    finally:
        if collects:
            gc.enable()

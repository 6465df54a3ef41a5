"""How what goes wrong is written into the log: where, and of which kind; never with values, which may be somebody's."""

import logging
import traceback
from types import TracebackType

Raised = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


class WithoutValues(logging.Formatter):
    """The kind of what was raised and the lines it went through, without the words that came with it."""

    def formatException(self, ei: Raised) -> str:  # noqa: N802  (the name is that of the library)
        kind, _raised, trace = ei
        lines = [f"  {frame.filename}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(trace)]
        return "\n".join([*lines, f"{kind.__module__}.{kind.__qualname__}"] if kind else lines)

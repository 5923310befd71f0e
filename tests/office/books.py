"""Opening a workbook without holding its file."""

from __future__ import annotations

import io
import warnings
from pathlib import Path
from typing import Any

import openpyxl


def opened(path: Path, *, values: bool = False) -> Any:
    """The workbook: its formulas, or with `values` the results kept in it."""
    with warnings.catch_warnings():
        # openpyxl says that it drops the data bars, which are for the eye
        warnings.filterwarnings("ignore", "Unknown extension", UserWarning)
        warnings.filterwarnings("ignore", "Conditional Formatting extension", UserWarning)
        return openpyxl.load_workbook(io.BytesIO(path.read_bytes()), data_only=values)

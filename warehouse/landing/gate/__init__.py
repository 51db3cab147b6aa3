"""The file gate: what a landed file is and holds, looked at before anything of it is parsed.

A file is refused here for what it is (another format than its name says, a book with macros, with links to
other files, behind a password) and for what it would cost to read (archives and sheets that unpack or spread
to far more than was sent). Every look streams, in memory that does not grow with the file. What an entry of
a folder is, is asked earlier, by `entries`. Nothing here is run, followed or fetched.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from warehouse.landing.gate import kinds
from warehouse.landing.unreadable import Unreadable

Fault = tuple[str, str]  # a refusal's code and detail, without any value of a row
PANIC = "PanicException"  # of a reader written in Rust: no Exception


def inspect(path: Path, extension: str) -> None:
    """Look at a landed file under the format that its name states; Unreadable with all that is wrong."""
    found = kinds.kind_of(path)
    if found == kinds.EMPTY:
        raise Unreadable([("file_empty", "")])
    faults: Sequence[Fault]
    if extension in ("xlsx", "xls") and found == kinds.OLE:
        from warehouse.landing.gate.old_workbook import old_workbook_faults

        faults = old_workbook_faults(path, extension)
    elif found != kinds.EXPECTED[extension]:
        faults = [("format_differs", found)]
    else:
        faults = _look(extension)(path)
    if faults:
        raise Unreadable(faults)


def _look(extension: str) -> Callable[[Path], Sequence[Fault]]:
    """The look at one format; what it needs is imported when a file of it comes."""
    if extension == "xlsx":
        from warehouse.landing.gate.workbook import workbook_faults

        return workbook_faults
    if extension == "parquet":
        from warehouse.landing.gate.columnar import columnar_faults

        return columnar_faults
    from warehouse.landing.gate.text import text_faults

    return text_faults


@contextmanager
def foreign_reader(code: str) -> Iterator[None]:
    """Around a reader that is not ours: whatever it throws, a panic too, says that the file is unreadable.

    Its words are left out, for they may quote a cell.
    """
    try:
        yield
    except Unreadable:
        raise
    except Exception as error:
        raise Unreadable([(code, type(error).__name__)]) from None
    except BaseException as error:
        if type(error).__name__ != PANIC:
            raise
        raise Unreadable([(code, PANIC)]) from None

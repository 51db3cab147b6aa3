"""A command is done by a child; the process that was called waits for it, and for whoever wants it to stop.

Every step of ours may be killed at any moment, so a stop kills: no statement of the database, no reader in
another language and no thread has to hear of it first. What is done together, the swap and what the ledger says
of it, is waited for.
"""

from __future__ import annotations

import ctypes
import os
import shutil
import signal
import tempfile
from contextlib import suppress

from deployments.ending import FAILED, say_crashed, say_stopped
from tasks.progress import is_between

STOPS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
STOPPED = 128  # plus the signal's number, as shells say it
PATIENCE_SECONDS = 3.0
DIE_WITH_PARENT = 1  # PR_SET_PDEATHSIG


def watch() -> None:
    """Go on in a child; the process that called this ends here, with the child's exit code or for a stop."""
    # one that was started to live through hangups (nohup) or in the background leaves these alone
    stops = [one for one in STOPS if signal.getsignal(one) is not signal.SIG_IGN]
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_BLOCK, {*stops, signal.SIGCHLD})
    scratch, parent = _scratch(), os.getpid()
    if (child := os.fork()) == 0:
        _be_child(parent, stops)
        return
    code = _wait(child, stops)
    if scratch:
        shutil.rmtree(scratch, ignore_errors=True)
    os._exit(code)


def _scratch() -> str | None:
    """A folder for all temporary files: they may hold what nobody should find, and a child that is killed
    removes none."""
    with suppress(OSError):  # a command that needs none works without
        tempfile.tempdir = tempfile.mkdtemp(prefix="ffp-")
        os.environ["TMPDIR"] = tempfile.tempdir  # of libraries that ask for themselves
        return tempfile.tempdir
    return None


def _be_child(parent: int, stops: list[signal.Signals]) -> None:
    ctypes.CDLL(None).prctl(DIE_WITH_PARENT, signal.SIGKILL)
    if os.getppid() != parent:  # it has died before this was asked for
        os._exit(FAILED)
    for one in stops:  # sent to this process alone
        signal.signal(one, lambda number, _: os.kill(parent, number))
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {*stops, signal.SIGCHLD})


def _wait(child: int, stops: list[signal.Signals]) -> int:
    while True:
        caught = signal.sigwait({*stops, signal.SIGCHLD})
        if caught != signal.SIGCHLD:
            is_between(PATIENCE_SECONDS)
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
            say_stopped()
            return STOPPED + caught
        ended, how = os.waitpid(child, os.WNOHANG)
        if not ended:  # held and let go again by the terminal
            continue
        if os.WIFSIGNALED(how):
            say_crashed(os.WTERMSIG(how))
            return FAILED
        return os.WEXITSTATUS(how)

"""Runs a program that dies with its parent: `python leash.py PARENT PROGRAM ARGUMENT...`.

A supervisor that is killed with -9 cannot stop its children, and a server that outlives it would
hold ports and data folders of the next start. Linux has a signal for that (PR_SET_PDEATHSIG), but
the child has to ask for it itself, before it becomes the program. Asking in `preexec_fn` would run
Python between fork and exec, which may deadlock when the parent has threads; hence this launcher,
which asks and then becomes the program under the same process id. The signal is SIGKILL because
nothing may ignore it, and every server must survive a kill anyway. The kernel sends it when the
*thread* that started the child ends, so children are started from a thread that lives as long.
Elsewhere than on Linux the leash is missing: what is left over is named by the port it holds.
"""

import ctypes
import os
import signal
import sys

PR_SET_PDEATHSIG = 1
NO_SUCH_PROGRAM = 127


def main(parent: int, argv: list[str]) -> int:
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
        if os.getppid() != parent:
            return NO_SUCH_PROGRAM  # the parent died before the leash was on
    try:
        os.execv(argv[0], argv)  # noqa: S606
    except OSError as error:
        sys.stderr.write(f"{argv[0]} cannot be run: {error.strerror}\n")
    return NO_SUCH_PROGRAM


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]), sys.argv[2:]))

"""One web server process: `krets web` becomes this program, which holds no Django of its own.

Granian's parent only minds its child; the child loads Krets. Keeping the parent bare saves some
60 MB on the small machines that most associations have.
"""

import argparse
import contextlib
import multiprocessing
import os
import signal
import socket
import sys
import threading
import time

THREADS = 4
SECONDS_TO_FINISH = 20


def main(arguments=None):
    """Serve until told to stop."""
    from granian import Granian  # noqa: PLC0415 -- slow import, not needed to ask about a port

    options = parse(arguments)
    # A forked copy of a process with threads may stand still for ever; a fresh one never does.
    multiprocessing.set_start_method("spawn")
    if options.followed:
        follow(options.followed)
    Granian(
        "krets.wsgi:application",
        address=options.host,
        port=options.port,
        interface="wsgi",
        workers=1,
        blocking_threads=THREADS,
        respawn_failed_workers=True,
        workers_kill_timeout=SECONDS_TO_FINISH,
        log_level="warning",
    ).serve(target_loader=load)


def parse(arguments):
    parser = argparse.ArgumentParser(prog="krets web")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--followed", type=int, default=0)
    return parser.parse_args(arguments)


def load(target):
    """Load Krets in the process that answers, which must not outlive the one that minds it."""
    from granian._internal import load_target  # noqa: PLC0415 -- slow import

    follow(os.getppid())
    return load_target(target)


def follow(parent):
    """End this process when its parent is gone, however that one ended.

    A killed parent tells its children nothing, and an orphan would keep the port or the queue.
    """
    threading.Thread(target=_follow, args=(parent,), name="follow", daemon=True).start()


def _follow(parent):
    while os.getppid() == parent:
        time.sleep(0.5)
    os.kill(os.getpid(), signal.SIGTERM)


def is_free(host, port):
    """Tell whether the port can be listened on.

    Asked beforehand, because the server itself shares a port with whoever else is willing to.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as trial, contextlib.suppress(OSError):
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        trial.bind((host, port))
        return True
    return False


if __name__ == "__main__":
    sys.exit(main())

"""Threads that do something at once, each with its own connection."""

import threading

from django.db import connections


def at_once(work, *turns):
    """Run the work for each turn in a thread with its own connection; return what came back."""
    start, answers, faults = threading.Barrier(len(turns)), [], []

    def run(turn):
        try:
            start.wait()
            answers.append(work(turn))
        except Exception as fault:  # noqa: BLE001 -- raised again in the main thread
            faults.append(fault)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=[turn]) for turn in turns]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if faults:
        raise faults[0]
    return answers

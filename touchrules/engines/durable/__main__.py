"""Starts the worker: `python -m touchrules.engines.durable FILE_DESCRIPTOR`."""

import signal
import sys
from multiprocessing.connection import Connection

from touchrules.engines.durable.worker import serve

if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the supervisor's to answer
    serve(Connection(int(sys.argv[1])))

"""Starts the worker: `python -m touchrules.engines.durable FILE_DESCRIPTOR`."""

import signal
import sys
import warnings
from multiprocessing.connection import Connection

from touchrules.engines.durable.worker import serve

if __name__ == "__main__":
    warnings.filterwarnings("ignore", category=DeprecationWarning, module="durable")  # it is of 2020
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the supervisor's to answer
    serve(Connection(int(sys.argv[1])))

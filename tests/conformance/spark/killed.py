"""Cuts documents as examples/spark/passages.py does, while workers are killed in the middle of it. Each task is given
another worker; it may not show in the result. Arguments as there, behind that program's path."""

import os
import signal
import sys
from pyspark import TaskContext

# Into this module, so that the workers are sent it with the rest.
exec(open(sys.argv.pop(1), encoding="utf8").read().split('\nif __name__ == "__main__"')[0])
whole = passages


def half(reader):
    yield reader.read_next_batch()
    os.kill(os.getpid(), signal.SIGKILL)


def passages(documents, form):
    reader = whole(documents, form)
    task = TaskContext.get()
    dies = task is not None and task.attemptNumber() == 0 and task.partitionId() % 2 == 0
    return half(reader) if dies else reader


main()

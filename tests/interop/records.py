"""The records of a file as `bench dump` prints them."""

import json
import subprocess


def records(bench, reader, paths):
    """For each path, its records: (row, line, offset, cells)."""
    command = [bench, "dump", "--reader", reader, *map(str, paths)]
    done = subprocess.run(command, stdout=subprocess.PIPE, check=True, text=True, encoding="utf-8")
    files = [[] for _ in paths]
    for line in done.stdout.split("\n")[:-1]:
        record = json.loads(line)
        files[record["file"]].append((record["row"], record["line"], record["offset"], record["cells"]))
    return files

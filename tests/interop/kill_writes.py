"""`hrlint fix --write`, killed or interrupted at every system call, leaves the old file or the new one, whole.

strace sends a signal when the program enters its Nth call of a kind, for every N until it comes through. Killed (SIGKILL), where the
file system knows files without names, the program leaves nothing else but in the moment of the rename, for which the new file has a name:
it is whole then, and the next run removes it. That moment is met at the rename itself, and by chance where a waiting thread is what the
signal is for. Interrupted (SIGINT) it never leaves anything else, also where new files must have names.
"""

import argparse
import collections
import os
import pathlib
import re
import shutil
import subprocess
import sys

CALLS = (
    "openat,read,pread64,write,pwrite64,writev,close,fstat,statx,newfstatat,lseek,fsync,fdatasync,rename,renameat,renameat2,"
    "linkat,unlink,unlinkat,chmod,fchmod,fchmodat,chown,fchown,fchownat,mmap,munmap,getrandom,futex,clone3"
)
# Between these lies all that is done to the new file; more would be waits of threads, which a signal ends anywhere.
CALLS_WITH_NAMES = "write,close,statx,lseek,fsync,rename,renameat,renameat2,unlink,unlinkat,fchmod,fchown,getrandom,flock"
HEADER = b"EmailAddress,ResignationDate,LastWorkingDate\n"
ROW = b"mia.brandt%d@northwind-energy.de, 2026-05-04T09:00:00+02:00,2026-06-30T17:00:00+02:00\n"
OLD = HEADER + b"".join(ROW % number for number in range(200))
NEW = OLD.replace(b", ", b",")

parser = argparse.ArgumentParser()
parser.add_argument("--hrlint", required=True, type=pathlib.Path)
parser.add_argument("folder", type=pathlib.Path)
given = parser.parse_args()
environment = {name: value for name, value in os.environ.items() if not name.startswith("HRLINT_")}
path = given.folder / "hr.csv"


def mend(*options):
    """Mends a new file under strace with these options: exit code, what was said, and what else is in the folder."""
    shutil.rmtree(given.folder, ignore_errors=True)
    given.folder.mkdir(parents=True)
    path.write_bytes(OLD)
    path.chmod(0o640)
    return run("strace", "--quiet=all", "-f", *options)


def run(*before):
    """Mends the file that is there, with this before the command."""
    command = [*before, given.hrlint.absolute(), "fix", "--write", "--threads", "1", "--now", "2026-07-01", "--quiet", "hr.csv"]
    done = subprocess.run(command, cwd=given.folder, env=environment, capture_output=True, check=False)
    rest = [entry.name for entry in given.folder.iterdir() if entry.name != "hr.csv"]
    return done.returncode, done.stderr.decode(), rest


def is_whole_and_goes(rest):
    """Whether what was left is the new file, and is gone after the next run."""
    whole = [(given.folder / name).read_bytes() for name in rest] == [NEW]
    return whole and path.read_bytes() == OLD and run()[2] == [] and path.read_bytes() == NEW


def at_every_call(calls, signal, more, may_leave):
    """How many signals it took."""
    sent = 0
    for call in calls.split(","):
        number = 0
        while True:
            number += 1
            inject = ["-o", "/dev/null", "-e", f"trace={call},?open,openat", "-e", f"inject={call}:signal={signal}:when={number}", *more]
            code, said, rest = mend(*inject)
            place, content = f"{signal} at {call} number {number}", path.read_bytes()
            if content not in (OLD, NEW):
                sys.exit(f"{place}: {len(content)} bytes, neither the old file nor the new one")
            if path.stat().st_mode & 0o777 != 0o640:
                sys.exit(f"{place}: the mode is {path.stat().st_mode:o}")
            if code in (0, 1):
                if content != NEW or rest:
                    sys.exit(f"{place}: the program came through with {rest}, mended: {content == NEW}: {said}")
                break
            if code not in (-9, -2, 130):
                sys.exit(f"{place}: exit {code}: {said}")
            if rest and not may_leave(rest):
                sys.exit(f"{place}: left {rest}")
            sent += 1
            if number > 2000:
                sys.exit(f"{call}: no end")
    return sent


def without_names():
    """Whether the file system knows files without names."""
    given.folder.mkdir(parents=True, exist_ok=True)
    try:
        os.close(os.open(given.folder, os.O_TMPFILE | os.O_RDWR))
    except OSError:
        return False
    return True


def refusal():
    """What makes strace refuse a file without a name: its number among the calls of its kind and thread."""
    mend("-o", "trace.txt", "-e", "trace=?open,openat")
    counts = collections.Counter()
    for line in (given.folder / "trace.txt").read_text().splitlines():
        thread, call = re.match(r"(\d+) +(\w+)\(", line).groups()
        counts[thread, call] += 1
        if "O_TMPFILE" in line:
            return ["-e", f"inject={call}:error=EOPNOTSUPP:when={counts[thread, call]}"]
    return []


if not shutil.which("strace"):
    sys.exit("strace is not installed")
nameless = without_names()
killed = at_every_call(CALLS, "KILL", [], lambda rest: not nameless or is_whole_and_goes(rest))
print(f"killed at {killed} system calls: the old file or the new one was whole every time" + ", and nothing else was left but at the rename" * nameless)
refused = refusal()
_, _, rest = mend("-o", "/dev/null", "-e", "trace=fsync,?open,openat", "-e", "inject=fsync:signal=KILL:when=1", *refused)
if len(rest) != 1:
    sys.exit(f"the new file has no name, though it must: {rest}")
interrupted = at_every_call(CALLS_WITH_NAMES, "INT", refused, lambda _: False)
print(f"interrupted at {interrupted} system calls: the old file or the new one was whole every time, and nothing else was left")
# The first is that of the new file, the second that of its folder, after the rename.
for number, content, words in [(1, OLD, "the file itself is as it was"), (2, NEW, "is mended, but nobody knows")]:
    code, said, rest = mend("-o", "/dev/null", "-e", "trace=fsync", "-e", f"inject=fsync:error=EIO:when={number}")
    said = " ".join(said.replace("│", " ").split())
    if code != 2 or path.read_bytes() != content or words not in said or rest:
        sys.exit(f"fsync {number} fails: exit {code}, left {rest}: {said}")
print("a disk that fails when it is asked to confirm is told of, and the message says which file is there")

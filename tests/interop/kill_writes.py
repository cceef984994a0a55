"""`hrlint fix --write`, killed at every system call, leaves the old file or the new one, whole.

strace kills the program when it enters its Nth call of a kind, for every N until it comes through.
"""

import argparse
import os
import pathlib
import shutil
import subprocess
import sys

CALLS = (
    "openat,read,pread64,write,pwrite64,writev,close,fstat,statx,newfstatat,lseek,fsync,fdatasync,rename,renameat,renameat2,"
    "unlink,unlinkat,chmod,fchmod,fchmodat,chown,fchown,fchownat,mmap,munmap,getrandom,futex,clone3"
)
HEADER = b"EmailAddress,ResignationDate,LastWorkingDate\n"
ROW = b"mia.brandt%d@northwind-energy.de, 2026-05-04T09:00:00+02:00,2026-06-30T17:00:00+02:00\n"


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--hrlint", required=True)
    parser.add_argument("folder", type=pathlib.Path)
    arguments = parser.parse_args()
    if not shutil.which("strace"):
        sys.exit("strace is not installed")
    old = HEADER + b"".join(ROW % number for number in range(200))
    new = old.replace(b", ", b",")
    environment = {name: value for name, value in os.environ.items() if not name.startswith("HRLINT_")}
    killed = 0
    for call in CALLS.split(","):
        number = 0
        while True:
            number += 1
            shutil.rmtree(arguments.folder, ignore_errors=True)
            arguments.folder.mkdir(parents=True)
            path = arguments.folder / "hr.csv"
            path.write_bytes(old)
            path.chmod(0o640)
            command = ["strace", "--quiet=all", "-f", "-o", "/dev/null", "-e", f"trace={call}"]
            command += ["-e", f"inject={call}:signal=KILL:when={number}"]
            command += [arguments.hrlint, "fix", "--write", "--threads", "1", "--now", "2026-07-01", "--quiet", "hr.csv"]
            done = subprocess.run(command, cwd=arguments.folder, env=environment, capture_output=True, check=False)
            content = path.read_bytes()
            if content not in (old, new):
                sys.exit(f"killed at {call} number {number}: {len(content)} bytes, neither the old file nor the new one")
            if path.stat().st_mode & 0o777 != 0o640:
                sys.exit(f"killed at {call} number {number}: the mode is {path.stat().st_mode:o}")
            if done.returncode in (0, 1):
                if content != new:
                    sys.exit(f"{call} number {number}: the program came through without mending: {done.stderr.decode()}")
                rest = [entry.name for entry in arguments.folder.iterdir() if entry.name != "hr.csv"]
                if rest:
                    sys.exit(f"a copy was left: {rest}")
                break
            killed += 1
            if number > 2000:
                sys.exit(f"{call}: no end")
    print(f"killed at {killed} system calls: the old file or the new one was whole every time")


main()

"""`hrlint fix --interactive` on a pseudo-terminal: what is shown, what is asked, and what the answers come to."""

import argparse
import os
import pathlib
import pty
import select
import sys
import time

HEADER = "EmailAddress,ResignationDate,LastWorkingDate\n"
ROWS = [
    "mia.brandt@northwind-energy.de,2026-05-04T09:00:00,2026-06-30T17:00:00Z\n",
    "jonas.keller@northwind-energy.de,2026-05-12T10:30:00,2026-06-15T17:00:00Z\n",
]


def talk(command, folder, answers):
    """Runs a command on a terminal of its own; types an answer at every question."""
    process, terminal = pty.fork()
    if process == 0:
        os.chdir(folder)
        for name in ["CI", "GITHUB_ACTIONS", "TF_BUILD", "GITLAB_CI"]:
            os.environ.pop(name, None)
        os.execv(command[0], command)
    said, asked, until = b"", 0, time.monotonic() + 60
    while time.monotonic() < until:
        if not select.select([terminal], [], [], 1)[0]:
            continue
        try:
            more = os.read(terminal, 4096)
        except OSError:
            break
        if not more:
            break
        said += more
        if said.count(b"[q]uit: ") > asked and asked < len(answers):
            os.write(terminal, answers[asked].encode() + b"\n")
            asked += 1
    return os.waitstatus_to_exitcode(os.waitpid(process, 0)[1]), said.decode(), asked


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--hrlint", required=True)
    parser.add_argument("folder", type=pathlib.Path)
    arguments = parser.parse_args()
    arguments.folder.mkdir(parents=True, exist_ok=True)
    path = arguments.folder / "hr.csv"
    command = [arguments.hrlint, "fix", "--interactive", "--write", "--now", "2026-07-01", "hr.csv"]
    first, second = (row.replace(":00,", ":00Z,") for row in ROWS)
    for answers, expected in [
        (["y", "n"], first + ROWS[1]),
        (["perhaps", "n", "y"], ROWS[0] + second),
        (["a"], first + second),
        (["q"], ROWS[0] + ROWS[1]),
    ]:
        path.write_text(HEADER + "".join(ROWS))
        code, said, asked = talk(command, arguments.folder, answers)
        if path.read_text() != HEADER + expected or asked != len(answers) or code != 0:
            sys.exit(f"{answers}: exit {code}, {asked} questions\n{said}\n{path.read_text()}")
        if "row 2, ResignationDate" not in said or "09:00:00Z" not in said:
            sys.exit(f"the proposal is not shown: {said}")
    print("four conversations came to what was answered")


main()

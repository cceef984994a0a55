"""`git apply` and `patch` take the diffs of `hrlint fix` and come to what `--output -` writes.

Files are made by `bench generate` and then broken at random: line ends, blanks, duplicated and empty lines, quotes, bytes
that are no UTF-8, names with blanks and umlauts.
"""

import argparse
import os
import pathlib
import random
import shutil
import subprocess
import sys


def run(command, folder, **options):
    environment = {name: value for name, value in os.environ.items() if not name.startswith("HRLINT_")}
    for name in ["CI", "GITHUB_ACTIONS", "TF_BUILD", "GITLAB_CI"]:
        environment.pop(name, None)
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, check=False, **options)


def dirty(clean, chance):
    """The lines of a clean file with faults in them."""
    lines = clean.splitlines(keepends=True)
    out = [lines[0]]
    for line in lines[1:]:
        fault = chance.random()
        if fault < 0.1:
            line = line.replace(b"@", b" @", 1).replace(b",", b" ,", 2)
        elif fault < 0.2:
            line = line.replace(b"T", b" ", 1).replace(b"+", b"+", 1)
        elif fault < 0.25:
            line = b"\n" + line
        elif fault < 0.3:
            line = line.rstrip(b"\n") + b"\r\n"
        elif fault < 0.35:
            line = line + line
        elif fault < 0.4:
            line = line.replace(b"e", b"\xe9", 1)
        elif fault < 0.45:
            line = line.replace(b"e", "\u200be".encode(), 1)
        elif fault < 0.5:
            line = lines[0] + line
        out.append(line)
    text = b"".join(out)
    if chance.random() < 0.3:
        text = text.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")
    if chance.random() < 0.3:
        text = text.rstrip(b"\r\n")
    if chance.random() < 0.2:
        text = b"\xef\xbb\xbf" + text
    if chance.random() < 0.2:
        text = text.replace(b",", b";")
    return text


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--bench", required=True)
    parser.add_argument("--hrlint", required=True)
    parser.add_argument("--seed", type=int, default=20260701)
    parser.add_argument("--files", type=int, default=300)
    parser.add_argument("folder", type=pathlib.Path)
    arguments = parser.parse_args()
    for program in ["git", "patch"]:
        if not shutil.which(program):
            sys.exit(f"{program} is not installed")
    applied = 0
    for number in range(arguments.files):
        chance = random.Random(arguments.seed * 1_000_003 + number)
        folder = arguments.folder
        shutil.rmtree(folder, ignore_errors=True)
        (folder / "deep").mkdir(parents=True)
        run(["git", "init", "--quiet"], folder)
        rows, seed = str(chance.randint(1, 60)), str(chance.randint(1, 10_000))
        clean = run([arguments.bench, "generate", "--kind", "clean", "--rows", rows, "--seed", seed, "--breaks"], folder)
        name = chance.choice(["hr.csv", "deep/hr.csv", "an export.csv", "n\u00e4chste.csv"])
        path = folder / name
        before = dirty(clean.stdout, chance)
        path.write_bytes(before)
        fix = [arguments.hrlint, "fix", name, "--now", "2026-07-01", "--quiet"] + chance.choice([[], ["--unsafe"]])
        expected, diff = run([*fix, "--output", "-"], folder), run(fix, folder)
        told = f"file {number} of seed {arguments.seed} in {folder}"
        if expected.returncode == 2 or diff.returncode == 2:
            if b"never closed" in expected.stderr:
                continue
            sys.exit(f"{told}: {expected.stderr.decode()}{diff.stderr.decode()}")
        if not diff.stdout:
            assert expected.stdout == before, told
            continue
        changes = folder / "changes.patch"
        changes.write_bytes(diff.stdout)
        for command in (["git", "apply", "--whitespace=nowarn", "changes.patch"], ["patch", "-p1", "--binary", "--silent", "-i", "changes.patch"]):
            path.write_bytes(before)
            done = run(command, folder)
            if done.returncode or path.read_bytes() != expected.stdout:
                sys.exit(f"{told}: {' '.join(command)}: {done.stdout.decode()}{done.stderr.decode()}")
        applied += 1
    print(f"{applied} of {arguments.files} diffs applied by git and by patch")
    if applied < arguments.files // 2:
        sys.exit("too few files had something to mend")


main()

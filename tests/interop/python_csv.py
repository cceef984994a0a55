"""CPython's csv module as oracle: whatever it accepts in strict mode, we read as the same cells from the same places."""

import argparse
import csv
import io
import random
import re
import shutil
import sys
from pathlib import Path

from records import records

# Rich in what readers disagree about. A bare CR stands outside of quotes only where a slip tore a CR LF apart: it ends a
# record for CPython and for us; other readers differ.
BARE = ["a", "b c", "7", "ü", "目", "", "", " ", "\t", ";", "x\"y", "é,", "'"]
QUOTED = ['""', ",", "\n", "\r\n", "\r", "a", "ß", " ", '""""', "", "\n\n", ";"]


def nasty(source):
    """The text of one file."""
    ending = source.choice(["\n", "\r\n"])
    columns = source.randint(1, 4)
    lines = []
    for _ in range(source.randint(1, 12)):
        dice = source.random()
        if dice < 0.08:
            lines.append("")
            continue
        width = columns if dice < 0.9 else source.randint(1, 6)
        lines.append(",".join(cell(source) for _ in range(width)))
    text = ending.join(lines) + (ending if source.random() < 0.8 else "")
    if source.random() < 0.15:
        # A slip at any place: mostly a file that strict readers refuse.
        at = source.randint(0, len(text))
        text = text[:at] + source.choice(['"', ",", "\n"]) + text[at:]
    return text


def cell(source):
    if source.random() < 0.45:
        return '"' + "".join(source.choices(QUOTED, k=source.randint(0, 5))) + '"'
    return "".join(source.choices(BARE, k=source.randint(0, 3)))


def oracle(text):
    """The cells as CPython reads them, or None where it refuses the file."""
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    except csv.Error:
        return None
    # A blank line is an empty list to CPython and one empty cell to us.
    return [cells or [""] for cells in rows]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--bench", required=True)
    parser.add_argument("--reader", required=True)
    parser.add_argument("--seed", type=int, required=True)
    parser.add_argument("--files", type=int, required=True)
    parser.add_argument("scratch", type=Path)
    options = parser.parse_args()
    shutil.rmtree(options.scratch, ignore_errors=True)
    options.scratch.mkdir(parents=True)
    print(f"python csv: seed {options.seed}")
    source = random.Random(options.seed)
    cases, refused = [], 0
    while len(cases) < options.files:
        text = nasty(source)
        expected = oracle(text)
        if expected is None:
            refused += 1
            continue
        path = options.scratch / f"{len(cases)}.csv"
        path.write_bytes(text.encode("utf-8"))
        cases.append((path, text, expected))
    failed = 0
    for start in range(0, len(cases), 200):
        some = cases[start : start + 200]
        for (path, text, expected), rows in zip(some, records(options.bench, options.reader, [path for path, *_ in some])):
            fault = difference(text.encode("utf-8"), expected, rows, options.reader == "csv")
            if fault:
                failed += 1
                print(f"{path}: {fault}")
    print(f"python csv: {len(cases) - failed} passed, {failed} failed ({refused} more were refused by CPython)")
    sys.exit(failed > 0)


def difference(data, expected, rows, skips_blank_lines):
    if skips_blank_lines:
        # The csv crate passes over blank lines and counts no rows for them.
        expected = [cells for cells in expected if cells != [""]]
        rows = [row for row in rows if row[3] != [""]]
    cells = [row[3] for row in rows]
    if cells != expected:
        return f"{data!r}: {cells} instead of {expected}"
    if skips_blank_lines:
        return None
    for number, (row, line, offset, _) in enumerate(rows, 1):
        if row != number:
            return f"{data!r}: row {row} instead of {number}"
        before = data[:offset]
        # A lone CR (inside quotes) ends a line, too, as it does in an editor.
        breaks = len(re.findall(b"\r\n|\r|\n", before))
        if offset and not before.endswith((b"\n", b"\r")):
            return f"{data!r}: row {row} begins at {offset}, in mid-line"
        if line != 1 + breaks:
            return f"{data!r}: row {row} on line {line} instead of {1 + breaks}"
    return None


main()

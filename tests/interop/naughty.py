"""Files made of the Big List of Naughty Strings: as cells, as column names, as file names, and in a mapping."""

import csv
import json
import shutil

OUR_OWN = ["::error::x", "##[error]x", "##vso[task.complete result=Failed;]x", "a%0A::error::x", "=1+1", "x;=1", "\u202ex\u2066"]
HEADER = ["EmailAddress", "ResignationDate", "LastWorkingDate"]


def files(package, folder):
    """Yields name, folder and mapping of each run."""
    listed = json.loads((package / "resources" / "blns.json").read_text(encoding="utf-8"))
    strings = [text for text in [*listed, *OUR_OWN] if text]
    if len(strings) < 400:
        raise SystemExit(f"naughty strings: only {len(strings)}")
    shutil.rmtree(folder, ignore_errors=True)
    for name in ("cells", "names"):
        (folder / name).mkdir(parents=True)
    plain = folder / "plain.json"
    plain.write_text(json.dumps({"version": 1, "scenarios": {"resignation": {}}}), encoding="utf-8")
    write(folder / "cells" / "cells.csv", HEADER, ([text, text, text] for text in strings))
    yield "naughty-cells", (folder / "cells").resolve(), str(plain.resolve())
    # One file for each string: it is the file's name as far as it can be, and a column's.
    for at, text in enumerate(strings):
        name = "".join(c for c in text if c not in "/\0" and not "\ud800" <= c <= "\udfff")[:60].encode()[:200].decode(errors="ignore")
        write(folder / "names" / f"{at}{name}.csv", [*HEADER, text], [["a", "b", "c", text]])
    own = {"version": 1, "scenarios": {"resignation": {"columns": {"emailAddress": "##[error]::error::x\u202e"}}}}
    mapping = folder / "own.json"
    mapping.write_text(json.dumps(own), encoding="utf-8")
    yield "naughty-names", (folder / "names").resolve(), str(mapping.resolve())


def write(path, header, rows):
    with open(path, "w", encoding="utf-8", errors="replace", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(header)
        writer.writerows(rows)

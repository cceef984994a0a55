"""csv-spectrum: every file's cells equal the package's own answers."""

import argparse
import json
import sys
from pathlib import Path

from records import records


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--bench", required=True)
    parser.add_argument("--reader", required=True)
    parser.add_argument("package", type=Path)
    options = parser.parse_args()
    paths = sorted((options.package / "csvs").glob("*.csv"))
    if len(paths) < 12:
        sys.exit(f"csv-spectrum: {len(paths)} files, expected 12")
    failed = 0
    for path, rows in zip(paths, records(options.bench, options.reader, paths)):
        answer = json.loads((options.package / "json" / f"{path.stem}.json").read_text(encoding="utf-8"))
        # Blank lines are no objects in the answers.
        (_, _, _, header), *rest = [row for row in rows if row[3] != [""]]
        found = [dict(zip(header, cells, strict=True)) for _, _, _, cells in rest]
        if found != answer:
            failed += 1
            print(f"csv-spectrum: {path.name}: {found} instead of {answer}")
    print(f"csv-spectrum: {len(paths) - failed} passed, {failed} failed")
    sys.exit(failed > 0)


main()

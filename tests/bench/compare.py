"""Times several programs on the same files, interleaved, and prints medians, ratios and peak memory as Markdown."""

import argparse
import os
import platform
import resource
import shlex
import statistics
import subprocess
import sys
import time
from pathlib import Path

HERE = Path(__file__).parent


def contestants(hrlint, bench):
    """Name, command (the file is appended) and the exit codes that mean success on a clean and on a bad file."""
    check = [hrlint, "check", "--now", "2026-07-01T00:00:00Z", "--format", "concise", "--max-findings", "1000"]
    python = [sys.executable]
    return [
        ("wc -l", ["wc", "-l"], {}, (0, 0)),
        ("hrlint", check, {}, (0, 1)),
        ("hrlint --threads 1", [*check, "--threads", "1"], {}, (0, 1)),
        ("hrlint, scalar twin", check, {"HRLINT_SIMD": "scalar"}, (0, 1)),
        ("csv crate, loop over cells", [bench, "csv-loop"], {}, (0, 0)),
        ("Polars", [*python, str(HERE / "check_polars.py")], {}, (0, 1)),
        ("DuckDB", [*python, str(HERE / "check_duckdb.py")], {}, (0, 1)),
    ]


def run(command, environment, file):
    """Seconds, peak resident MiB, exit code and the end of the output. Peak memory needs a process whose only child this is."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reader)
        start = time.perf_counter()
        done = subprocess.run(
            [*command, file], env={**os.environ, **environment}, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
        )
        seconds = time.perf_counter() - start
        peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
        with os.fdopen(writer, "w") as out:
            out.write(f"{seconds} {peak} {done.returncode}\n")
            out.write(done.stdout.decode(errors="replace")[-500:])
        os._exit(0)
    os.close(writer)
    with os.fdopen(reader) as answer:
        seconds, peak, code = answer.readline().split()
        tail = answer.read()
    os.waitpid(child, 0)
    return float(seconds), float(peak), int(code), tail


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--hrlint", required=True)
    parser.add_argument("--bench", required=True)
    parser.add_argument("--repeat", type=int, default=5)
    parser.add_argument("--only", default="", help="names or beginnings of names, with commas between")
    parser.add_argument("files", nargs="+", metavar="KIND=FILE")
    options = parser.parse_args()
    wanted = tuple(filter(None, options.only.split(",")))
    programs = [one for one in contestants(options.hrlint, options.bench) if not wanted or one[0].startswith(wanted)]
    files = [(kind, file) for kind, _, file in (entry.partition("=") for entry in options.files)]
    print(f"{os.cpu_count()} cores, {machine()}, {platform.system()}; median of {options.repeat} runs, interleaved.\n")
    for kind, file in files:
        table(kind, file, programs, options.repeat)


def table(kind, file, programs, repeat):
    # Every program finds the file in the page cache.
    subprocess.run(["cat", file], stdout=subprocess.DEVNULL, check=True)
    times, peaks = {name: [] for name, *_ in programs}, {name: 0.0 for name, *_ in programs}
    for turn in range(repeat):
        for name, command, environment, codes in programs:
            print(f"{kind}: {name}, {turn + 1} of {repeat}", file=sys.stderr)
            seconds, peak, code, tail = run(command, environment, file)
            expected = codes[kind == "all-bad"]
            if code != expected:
                sys.exit(f"{shlex.join(command)} {file}: exit code {code}, expected {expected}\n{tail}")
            times[name].append(seconds)
            peaks[name] = max(peaks[name], peak)
    size = os.path.getsize(file)
    yardstick = statistics.median(times.get("wc -l", [0.0]))
    print(f"**{kind}** ({size / 1e9:.2f} GB)\n")
    print("| program | seconds | GB/s | times `wc -l` | peak MiB |")
    print("|---|---:|---:|---:|---:|")
    for name, values in times.items():
        median = statistics.median(values)
        ratio = f"{median / yardstick:.2f}" if yardstick else ""
        print(f"| {name} | {median:.3f} | {size / median / 1e9:.2f} | {ratio} | {peaks[name]:.0f} |")
    print(flush=True)


def machine():
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
        return next(line.split(":", 1)[1].strip() for line in lines if line.startswith("model name"))
    except (OSError, StopIteration):
        return platform.machine()


main()

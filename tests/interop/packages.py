"""The packages install and run, and the hook runs in the real pre-commit.

A crate as cargo packages it, a wheel by pip, a Debian package as dpkg unpacks it, the check of the action, and pre-commit with what
this repository offers it, on a real repository. What is built already is used again where that is possible.
"""

import os
import re
import shutil
import subprocess
import sys
import tarfile
import venv
from pathlib import Path

ROOT = Path.cwd()
SAMPLE = ROOT / "fixtures/scenarios/documentation/combined.csv"
HEADER = "EmailAddress,ResignationDate,LastWorkingDate\n"
GOOD = HEADER + "mia.brandt@northwind-energy.de,2026-05-04T09:00:00+02:00,2026-06-30T17:00:00+02:00\n"
BAD = GOOD.replace("@", ".")
# The build that pre-commit makes from source is only to be seen to work.
QUICK = {"OPT_LEVEL": "0", "LTO": "off", "CODEGEN_UNITS": "64", "DEBUG": "false"}


def main():
    venv_programs, scratch = Path(sys.argv[1]).absolute(), Path(sys.argv[2]).absolute()
    shutil.rmtree(scratch, ignore_errors=True)
    scratch.mkdir(parents=True)
    tools = scratch.parent / "tools"
    if not (tools / "bin/cargo-deb").exists():
        run("cargo", "install", "--quiet", "--locked", "--debug", "cargo-deb", "--root", tools, env=target(tools / "target"))
    crate = from_crate(scratch)
    path = os.pathsep.join([str(tools / "bin"), str(venv_programs), os.environ["PATH"]])
    run(ROOT / ".ci/package", env={"PATH": path, "PROFILE": "dev"})
    wheel = only(ROOT / "target/packages", "*.whl")
    for what, program in [
        ("crate", crate),
        ("wheel", from_wheel(wheel, scratch / "pip")),
        ("Debian package", from_deb(only(ROOT / "target/packages", "*.deb"), scratch / "deb")),
    ]:
        checks(what, program)
    of_action(crate.parent.parent)
    pre_commit(venv_programs / "pre-commit", crate, wheel, scratch)
    print("packages: crate, wheel, Debian package, action and pre-commit work")


def from_crate(scratch):
    run("cargo", "package", "--quiet", "--locked", "--no-verify", "--allow-dirty", "--offline")
    with tarfile.open(only(ROOT / "target/package", "hrlint-*.crate")) as crate:
        crate.extractall(scratch / "crate", filter="data")
    source = only(scratch / "crate", "hrlint-*")
    installed = scratch / "cargo"
    run("cargo", "install", "--quiet", "--locked", "--debug", "--path", source, "--root", installed, env=target(ROOT / "target"))
    return installed / "bin/hrlint"


def from_wheel(wheel, folder):
    venv.create(folder, with_pip=True)
    run(folder / "bin/python", "-m", "pip", "install", "--quiet", "--no-index", "--disable-pip-version-check", wheel)
    return folder / "bin/hrlint"


def from_deb(package, folder):
    run("dpkg-deb", "--extract", package, folder)
    for part in ["man/man1/hrlint-hook-run.1.gz", "bash-completion/completions/hrlint", "zsh/vendor-completions/_hrlint"]:
        if not (folder / "usr/share" / part).exists():
            sys.exit(f"packages: the Debian package has no {part}")
    return folder / "usr/bin/hrlint"


def checks(what, program):
    """The program checks a sample, and is this version."""
    ended = outcome(program, "check", SAMPLE, "--now", "2026-07-01", "--format", "concise")
    if ended.returncode != 1 or "missing-required-value" not in ended.stdout:
        sys.exit(f"packages: {what}: {ended}")
    if outcome(program, "rules", "--format", "markdown").stdout != (ROOT / "schemas/rules.md").read_text():
        sys.exit(f"packages: {what} has other rules")


def of_action(root):
    """The second step of the action, as a runner runs it."""
    script = re.search(r"\n +run: \|\n((?: {8}.*\n)+)", (ROOT / "action.yml").read_text())[1]
    for paths, expected in [(f"{SAMPLE}\n\n", 1), ("fixtures/rules/date-not-iso/good.csv", 0), ("a b\n$(exit 3)", 2)]:
        env = {"ROOT": str(root), "PATHS": paths, "MAPPING": "", "SARIF": "", "HRLINT_NOW": "2026-07-01"}
        ended = outcome("bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script, env=env)
        if ended.returncode != expected:
            sys.exit(f"packages: the action of {paths!r}: {ended}")


def pre_commit(program, installed, wheel, scratch):
    offered = f"  - repo: {ROOT}\n    rev: {run('git', 'rev-parse', 'HEAD').strip()}\n    hooks:\n      - id: "
    local = (
        "  - repo: local\n    hooks:\n      - id: hrlint\n        name: hrlint\n        entry: hrlint hook run\n"
        f"        language: python\n        types: [csv]\n        additional_dependencies: ['{wheel}']\n"
    )
    path = os.pathsep.join([str(installed.parent), os.environ["PATH"]])
    quick = {f"CARGO_PROFILE_RELEASE_{name}": value for name, value in QUICK.items()}
    quick |= target(scratch.parent / "pre-commit-target")
    for name, config, extra in [
        ("hrlint-bin", offered + "hrlint-bin\n", {"PATH": path}),
        ("wheel", local, {}),
        ("hrlint", offered + "hrlint\n", quick),
    ]:
        repository = scratch / name
        repository.mkdir()
        git = {"HOME": str(scratch), "PRE_COMMIT_HOME": str(scratch / "pre-commit"), "HRLINT_NOW": "2026-07-01", **extra}
        # Of the home that is hidden from git, cargo needs its settings.
        git |= {"CARGO_HOME": os.environ.get("CARGO_HOME", str(Path.home() / ".cargo"))}
        git |= {"RUSTUP_HOME": os.environ.get("RUSTUP_HOME", str(Path.home() / ".rustup"))}
        committer = ["-c", "user.name=A", "-c", "user.email=a@northwind-energy.de"]

        def commit():
            return outcome("git", *committer, "commit", "--message", "x", env=git, cwd=repository)

        run("git", "init", "--quiet", env=git, cwd=repository)
        (repository / ".pre-commit-config.yaml").write_text("repos:\n" + config)
        run(program, "install", env=git, cwd=repository)
        write = (repository / "hr.csv").write_text
        write(BAD)
        run("git", "add", ".", env=git, cwd=repository)
        # Mended in the working tree only: what would be committed is bad.
        write(GOOD)
        refused = commit()
        if refused.returncode == 0 or "email-missing-at" not in refused.stdout + refused.stderr:
            sys.exit(f"packages: pre-commit with {name} let a bad file pass: {refused}")
        run("git", "add", ".", env=git, cwd=repository)
        write(BAD)
        passed = commit()
        if passed.returncode != 0 or (repository / "hr.csv").read_text() != BAD:
            sys.exit(f"packages: pre-commit with {name} refused a good file: {passed}")


def target(folder):
    return {"CARGO_TARGET_DIR": str(folder)}


def only(folder, pattern):
    found = sorted(Path(folder).glob(pattern))
    if len(found) != 1:
        sys.exit(f"packages: {folder} has {len(found)} of {pattern}")
    return found[0]


def run(*command, **settings):
    """What the command prints; it must succeed."""
    ended = outcome(*command, **settings)
    if ended.returncode != 0:
        sys.exit(f"packages: {ended}")
    return ended.stdout


def outcome(*command, env=None, cwd=None):
    words = [str(word) for word in command]
    # What a hook is run with tells git of another repository.
    outer = {name: value for name, value in os.environ.items() if not name.startswith(("GIT_", "HRLINT_"))}
    env = {**outer, **(env or {})}
    return subprocess.run(words, stdin=subprocess.DEVNULL, capture_output=True, text=True, env=env, cwd=cwd)


main()

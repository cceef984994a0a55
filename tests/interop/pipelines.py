"""The README's examples for build servers, the action and the hooks are what those who read them take.

Schemas come with check-jsonschema (as the vendors publish them); workflows also go through actionlint, hooks through pre-commit.
"""

import re
import subprocess
import sys
from pathlib import Path

SCHEMAS = {
    ".github/workflows/hr-exports.yml": ["vendor.github-workflows"],
    # Its patterns are not written for Unicode's stricter syntax.
    "azure-pipelines.yml": ["vendor.azure-pipelines", "--data-transform", "azure-pipelines", "--regex-variant", "nonunicode"],
    ".gitlab-ci.yml": ["vendor.gitlab-ci", "--data-transform", "gitlab-ci"],
    ".pre-commit-config.yaml": None,
}


def main():
    programs, modules, scratch = Path(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[3])
    examples = dict(re.findall(r"```yaml\n# (\S+)\n(.*?)```", Path("README.md").read_text(), re.DOTALL))
    if set(examples) != set(SCHEMAS):
        sys.exit(f"pipelines: the README has {sorted(examples)}, expected {sorted(SCHEMAS)}")
    failed = []
    for name, text in examples.items():
        file = scratch / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
        if SCHEMAS[name]:
            failed += run(programs / "check-jsonschema", "--builtin-schema", *SCHEMAS[name], file)
    failed += run(programs / "check-jsonschema", "--builtin-schema", "vendor.github-actions", "action.yml")
    failed += run(programs / "pre-commit", "validate-config", scratch / ".pre-commit-config.yaml")
    failed += run(programs / "pre-commit", "validate-manifest", ".pre-commit-hooks.yaml")
    failed += run("node", "tests/interop/actionlint.mjs", modules, scratch / ".github/workflows/hr-exports.yml")
    # The scripts of the action, as bash reads them.
    for script in re.findall(r"\n +run: \|\n((?: {8}.*\n)+)", Path("action.yml").read_text()):
        failed += run("bash", "-n", "-c", script)
    if failed:
        sys.exit("pipelines: refused: " + "; ".join(failed))
    print(f"pipelines: {len(examples)} examples, the action and the hooks are accepted")


def run(*command):
    """The command, if it fails."""
    words = [str(word) for word in command]
    ended = subprocess.run(words, stdin=subprocess.DEVNULL, capture_output=True, text=True)
    if ended.returncode == 0:
        return []
    return [f"{' '.join(words)}: {ended.stdout}{ended.stderr}"]


main()

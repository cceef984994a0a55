"""The shipped JSON Schemas are schemas to a validator of others, and accept the example mappings."""

import subprocess
import sys
from pathlib import Path


def main():
    validator = sys.argv[1]
    schemas = sorted(Path("schemas").glob("*.schema.json"))
    good = sorted(Path("fixtures/mapping/good").glob("*.json"))
    if not schemas or not good:
        sys.exit(f"json schemas: {len(schemas)} schemas and {len(good)} mappings found, nothing to check")
    failed = not accepts(validator, "--check-metaschema", *schemas)
    failed |= not accepts(validator, "--schemafile", "schemas/mapping.schema.json", *good)
    print(f"json schemas: {len(schemas)} schemas and {len(good)} mappings, {'not ' if failed else ''}all valid")
    sys.exit(failed)


def accepts(validator, *arguments):
    return subprocess.run([validator, *map(str, arguments)], stdin=subprocess.DEVNULL).returncode == 0


main()

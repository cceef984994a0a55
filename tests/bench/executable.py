"""Reads cargo's messages (JSON lines) from standard input and prints the path of the executable that was asked for."""

import json
import sys

wanted, found = sys.argv[1], None
for line in sys.stdin:
    message = json.loads(line)
    if message.get("reason") == "compiler-artifact" and message["target"]["name"] == wanted and message["executable"]:
        found = message["executable"]
if not found:
    sys.exit(f"cargo built no {wanted}")
print(found)

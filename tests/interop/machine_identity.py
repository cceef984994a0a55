"""`hrlint upload` on a virtual machine of Azure, as far as one can be had here: a network of its own, in which 169.254.169.254 answers.

The address of that service cannot be set, so a namespace is made in which it is this program's. Where the system allows none, that is
said, and nothing is tested.
"""

import argparse
import json
import os
import pathlib
import ssl
import subprocess
import sys
import threading
import urllib.parse
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import trustme
from azure.identity import ManagedIdentityCredential

TENANT = "3f2504e0-4f89-41d3-9a0c-0305e82c3301"
APP = "7d44448a-0e1a-4f9d-8a12-1f30a1c0b7aa"
JOB = "9b2f6a3c-5a01-4a70-b0a9-0c1c7a53d9e4"
RESOURCE = "https://microsoft.onmicrosoft.com/86dfdabb-5089-4a0c-880a-cfa5a790c5b1"
TOKEN = "machine.token.of-this-test"
ADDRESS = "169.254.169.254"
ROWS = "EmailAddress,ResignationDate,LastWorkingDate\n" + "".join(
    f"person{at}@northwind-energy.de,2026-05-0{at}T09:00:00Z,2026-06-30T17:00:00Z\n" for at in range(1, 6)
)
NAMESPACES = (["unshare", "--user", "--map-root-user", "--net"], ["sudo", "--non-interactive", "unshare", "--net"])

arguments = argparse.ArgumentParser(description=__doc__)
arguments.add_argument("--hrlint", required=True, type=pathlib.Path)
arguments.add_argument("--inside", action="store_true", help="the namespace is made")
arguments.add_argument("folder", type=pathlib.Path)
given = arguments.parse_args()
given.folder.mkdir(parents=True, exist_ok=True)
folder, hrlint = given.folder.absolute(), given.hrlint.absolute()


def outside():
    """Makes the namespace and starts again in it."""
    refused = []
    for namespace in NAMESPACES:
        try:
            tried = subprocess.run([*namespace, "ip", "link", "set", "lo", "up"], capture_output=True, text=True)
        except OSError as error:
            refused.append(f"{namespace[0]}: {error}")
            continue
        if tried.returncode == 0:
            again = [sys.executable, __file__, "--hrlint", hrlint, "--inside", folder]
            sys.exit(subprocess.run([*namespace, *again]).returncode)
        refused.append(f"{' '.join(namespace)}: {tried.stderr.strip()}")
    print("=" * 100)
    print("NOT TESTED: signing in by the identity of a virtual machine. This system lets us make no network of our own:")
    print("\n".join(refused))
    print("=" * 100)


class Machine(BaseHTTPRequestHandler):
    """The machine's identity service; refuses what the real one refuses."""

    asked = []
    answers = []

    def do_GET(self):
        path, _, query = self.path.partition("?")
        fields = dict(urllib.parse.parse_qsl(query))
        Machine.asked.append((path, fields, {name.lower(): value for name, value in self.headers.items()}))
        if self.headers["Metadata"] != "true" or self.headers["X-Forwarded-For"]:
            return self.answer(400, {"error": "bad_request_102", "error_description": "Required metadata header not specified"})
        if path != "/metadata/identity/oauth2/token" or fields.get("api-version") != "2018-02-01":
            return self.answer(400, {"error": "bad_request_101", "error_description": "Unknown api-version"})
        if Machine.answers:
            return self.answer(*Machine.answers.pop(0))
        # All values are strings there.
        token = {
            "access_token": TOKEN, "client_id": APP, "expires_in": "86399", "expires_on": "4102444800", "ext_expires_in": "86399",
            "not_before": "1700000000", "resource": fields["resource"], "token_type": "Bearer",
        }
        return self.answer(200, token)

    def answer(self, status, body):
        text = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json; charset=utf-8")
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)

    def log_message(self, *_):
        pass


class Receiver(BaseHTTPRequestHandler):
    """Takes rows from those who have the token."""

    protocol_version = "HTTP/1.1"
    taken = 0

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        known = self.headers["Authorization"] == f"Bearer {TOKEN}"
        Receiver.taken += known and body.count(b"northwind-energy")
        self.send_response(200 if known else 401)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_):
        pass


def listen(address, handler, context=None):
    server = ThreadingHTTPServer(address, handler)
    if context:
        server.socket = context.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server.server_address[1]


def upload(port, how, code=0, environment=None):
    for old in folder.glob("ledger*"):
        old.unlink()
    (folder / "hr.csv").write_text(ROWS)
    Machine.asked.clear()
    Receiver.taken = 0
    command = [
        hrlint, "upload", "hr.csv", "--yes", "--now", "2026-07-01", "--ledger", "ledger.jsonl", "--auth", how, "--tenant-id", TENANT,
        "--app-id", APP, "--job-id", JOB, "--ca-file", "ca.pem", "--retry-for", "20", "--ingest-url", f"https://localhost:{port}",
    ]
    unclean = lambda name: name.lower().endswith("_proxy") or name.startswith(("HRLINT_", "IDENTITY_", "MSI_"))
    clean = {name: value for name, value in os.environ.items() if not unclean(name)}
    ran = subprocess.run(command, cwd=folder, env={**clean, **(environment or {})}, capture_output=True, text=True, timeout=120)
    assert ran.returncode == code, (how, ran.returncode, ran.stdout, ran.stderr)
    left = ran.stdout + ran.stderr + (folder / "ledger.jsonl").read_text()
    assert TOKEN not in left, left
    return " ".join(ran.stderr.replace("│", " ").split())


def inside():
    subprocess.run(["ip", "link", "set", "lo", "up"], check=True)
    authority = trustme.CA()
    authority.cert_pem.write_to_path(folder / "ca.pem")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("localhost", "127.0.0.1").configure_cert(context)
    port = listen(("127.0.0.1", 0), Receiver, context)

    said = upload(port, "managed-identity", code=3)
    assert "no identity service on this machine" in said and Receiver.taken == 0, said

    subprocess.run(["ip", "address", "add", f"{ADDRESS}/32", "dev", "lo"], check=True)
    listen((ADDRESS, 80), Machine)
    # A proxy is for others: what the machine says must not leave it.
    astray = {"HTTPS_PROXY": "http://127.0.0.1:1", "HTTP_PROXY": "http://127.0.0.1:1", "NO_PROXY": "localhost"}
    upload(port, "managed-identity", environment=astray)
    [(path, fields, headers)] = Machine.asked
    assert fields == {"api-version": "2018-02-01", "resource": RESOURCE, "client_id": APP}, fields
    assert Receiver.taken == 5, Receiver.taken
    Machine.asked.clear()
    ManagedIdentityCredential(client_id=APP).get_token(f"{RESOURCE}/.default")
    # That library knocks once to see whether anybody is there.
    theirs = [(path, fields, headers) for path, fields, headers in Machine.asked if headers.get("metadata")][-1]
    assert (path, fields, headers["metadata"]) == (*theirs[:2], theirs[2]["metadata"]), theirs

    upload(port, "system-identity")
    [(_, fields, _)] = Machine.asked
    assert fields == {"api-version": "2018-02-01", "resource": RESOURCE} and Receiver.taken == 5, fields

    # Busy, then being updated, then there.
    Machine.answers += [(429, {"error": "too_many"}), (410, {"error": "gone"}), (500, {"error": "unknown"})]
    upload(port, "managed-identity")
    assert len(Machine.asked) == 4 and Receiver.taken == 5, Machine.asked

    Machine.answers += [(400, {"error": "invalid_request", "error_description": "Identity not found"})]
    said = upload(port, "managed-identity", code=3)
    assert "Identity not found" in said and len(Machine.asked) == 1 and Receiver.taken == 0, said
    print("upload: by the identity of a virtual machine at 169.254.169.254, as azure-identity asks there, and past all proxies")


if given.inside:
    inside()
else:
    outside()

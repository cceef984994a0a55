"""Uploads as programs of others see them: token servers, form parsers, and a proxy that looks into everything."""

import argparse
import hashlib
import io
import json
import os
import pathlib
import pty
import socket
import ssl
import subprocess
import sys
import threading
import time
import urllib.parse
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import python_multipart
import trustme
from azure.identity import ClientSecretCredential
from werkzeug.formparser import parse_form_data

TENANT = "3f2504e0-4f89-41d3-9a0c-0305e82c3301"
APP = "7d44448a-0e1a-4f9d-8a12-1f30a1c0b7aa"
JOB = "9b2f6a3c-5a01-4a70-b0a9-0c1c7a53d9e4"
SECRET = "Interop~Secret.1234567890"
RESOURCE = "https://microsoft.onmicrosoft.com/86dfdabb-5089-4a0c-880a-cfa5a790c5b1"

arguments = argparse.ArgumentParser(description=__doc__)
arguments.add_argument("--hrlint", required=True, type=pathlib.Path)
arguments.add_argument("--modules", required=True, type=pathlib.Path, help="folder in which node finds its modules")
arguments.add_argument("--mitmdump", type=pathlib.Path, help="mitmproxy's command, in an environment of its own")
arguments.add_argument("folder", type=pathlib.Path)
given = arguments.parse_args()
hrlint = given.hrlint.absolute()
here = pathlib.Path(__file__).parent.absolute()
given.folder.mkdir(parents=True, exist_ok=True)
folder = given.folder.absolute()

authority = trustme.CA()
certificate = authority.issue_cert("localhost", "127.0.0.1")
authority.cert_pem.write_to_path(folder / "ca.pem")
certificate.private_key_pem.write_to_path(folder / "key.pem")
(folder / "certificate.pem").write_bytes(b"".join(part.bytes() for part in certificate.cert_chain_pems))
app = folder / "app.pem"
app.unlink(missing_ok=True)
app.touch(mode=0o600)
app.write_bytes((here.parent / "upload" / "app.pem").read_bytes())

# PKCS #12 as openssl makes it by itself, as it did formerly, and without a password.
OLD = ["-certpbe", "PBE-SHA1-3DES", "-keypbe", "PBE-SHA1-3DES", "-macalg", "SHA1"]
CONTAINERS = [("today", "Größe ~ 42", []), ("formerly", "Größe ~ 42", OLD), ("unlocked", "", [])]

# One server that passes everything on, and one that takes no large bodies.
NGINX = """
daemon off; worker_processes 1; pid {folder}/nginx.pid;
events {{ worker_connections 64; }}
http {{
    access_log off;
    client_body_temp_path {folder}/nginx-body; proxy_temp_path {folder}/nginx-proxy; fastcgi_temp_path {folder}/nginx-fastcgi;
    uwsgi_temp_path {folder}/nginx-uwsgi; scgi_temp_path {folder}/nginx-scgi;
    ssl_certificate {folder}/certificate.pem; ssl_certificate_key {folder}/key.pem;
    server {{
        listen 127.0.0.1:{front} ssl; client_max_body_size 10m;
        location / {{ proxy_pass https://127.0.0.1:{ours}; proxy_ssl_verify off; proxy_http_version 1.1; }}
    }}
    server {{ listen 127.0.0.1:{strict} ssl; client_max_body_size 10k; location / {{ proxy_pass https://127.0.0.1:{ours}; }} }}
}}
"""

HEADER = "EmailAddress,EffectiveDate,Remarks\r\n"


def rows(count):
    """Rows with everything that a form parser might trip over."""
    remarks = ['"two\r\nlines"', '"-- --hrlint-0 \r\n--"', '"quote "" and , comma"', "Größe", "", "\u2028".join("ab")]
    texts = [
        f"person{at}@northwind-energy.de,2026-05-{1 + at % 28:02}T09:00:00Z,{remarks[at % len(remarks)]}\r\n"
        for at in range(count)
    ]
    return HEADER + "".join(texts)


class Receiver(BaseHTTPRequestHandler):
    """Token and ingest service; every form is taken apart by two parsers."""

    protocol_version = "HTTP/1.1"
    found = []
    tokens = []

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        if "/oauth2/" in self.path:
            Receiver.tokens.append((self.path, self.headers["Content-Type"], urllib.parse.parse_qs(body.decode())))
            answer = json.dumps({"token_type": "Bearer", "expires_in": "3599", "access_token": "interop.token"}).encode()
            return self.answer(200, answer)
        kind = self.headers["Content-Type"]
        environment = {
            "REQUEST_METHOD": "POST", "CONTENT_TYPE": kind, "CONTENT_LENGTH": str(len(body)), "wsgi.input": io.BytesIO(body)
        }
        _, form, files = parse_form_data(environment, silent=False)
        assert not form and list(files) == ["file"], (form, files)
        self.note("werkzeug", "file", files["file"].filename, files["file"].read())
        python_multipart.parse_form(
            {"Content-Type": kind, "Content-Length": str(len(body))},
            io.BytesIO(body),
            lambda field: (_ for _ in ()).throw(AssertionError(field)),
            self.file,
        )
        return self.answer(202, b"")

    def do_GET(self):
        """What libraries want to know of a token service before they ask it."""
        base = f"https://localhost:{ours}/{TENANT}"
        found = {"issuer": f"{base}/v2.0", "authorization_endpoint": f"{base}/oauth2/v2.0/authorize",
                 "token_endpoint": f"{base}/oauth2/v2.0/token"}
        self.answer(200, json.dumps(found).encode())

    def file(self, file):
        file.file_object.seek(0)
        self.note("python-multipart", file.field_name.decode(), file.file_name.decode(), file.file_object.read())

    def note(self, parser, field, filename, content):
        digest = hashlib.sha256(content).hexdigest()
        about = {"parser": parser, "field": field, "filename": filename, "bytes": len(content), "sha256": digest}
        Receiver.found.append(about)

    def answer(self, status, body):
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


def upload(name, text, token_port, ingest_port, *more, environment=None, code=0, trusted=folder / "ca.pem"):
    """Uploads a text through services at these ports."""
    desk = folder / name
    desk.mkdir(exist_ok=True)
    for old in desk.glob("ledger*"):
        old.unlink()
    (desk / "hr.csv").write_text(text, newline="", encoding="utf-8")
    command = [
        hrlint, "upload", "hr.csv", "--yes", "--now", "2026-07-01", "--scenario", "performanceReview", "--ledger", "ledger.jsonl",
        "--tenant-id", TENANT, "--app-id", APP, "--job-id", JOB, "--ca-file", trusted, "--retry-for", "5",
        "--authority", f"https://localhost:{token_port}", "--ingest-url", f"https://localhost:{ingest_port}", *more,
    ]
    clean = {name: value for name, value in os.environ.items() if not name.lower().endswith("_proxy")}
    ran = subprocess.run(
        command, cwd=desk, env={**clean, "HRLINT_APP_SECRET": SECRET, **(environment or {})}, capture_output=True, text=True,
        timeout=120,
    )
    assert ran.returncode == code, (name, ran.returncode, ran.stdout, ran.stderr)
    return ran


def at_a_terminal(name, text, answer):
    """Uploads as somebody at a terminal who gives this answer: exit code, and what the terminal showed."""
    desk = folder / name
    for old in desk.glob("ledger*"):
        old.unlink()
    (desk / "hr.csv").write_text(text, newline="", encoding="utf-8")
    child, terminal = pty.fork()
    if child == 0:
        os.chdir(desk)
        for name in [name for name in os.environ if name.startswith("HRLINT_") or name in ("CI", "GITHUB_ACTIONS", "TF_BUILD")]:
            del os.environ[name]
        os.environ.update(HRLINT_APP_SECRET=SECRET, TERM="xterm", NO_PROXY="*")
        os.execv(hrlint, [
            "hrlint", "upload", "hr.csv", "--now", "2026-07-01", "--scenario", "performanceReview", "--ledger", "ledger.jsonl",
            "--tenant-id", TENANT, "--app-id", APP, "--job-id", JOB, "--ca-file", str(folder / "ca.pem"),
            "--authority", f"https://localhost:{ours}", "--ingest-url", f"https://localhost:{ours}",
        ])
    said, answered = b"", False
    while True:
        try:
            part = os.read(terminal, 4096)
        except OSError:
            break
        if not part:
            break
        said += part
        if not answered and b"Send it?" in said:
            os.write(terminal, answer.encode())
            answered = True
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), said.decode(errors="replace")


def expected(text, size):
    """Bytes and digest of each chunk, cut at known rows."""
    ends, begin = text.split("northwind-energy.de,"), len(HEADER)
    starts = [at for at in range(len(text)) if text.startswith("person", at)] + [len(text)]
    assert starts[0] == begin and len(ends) == len(starts)
    chunks = [text[starts[at] : starts[min(at + size, len(starts) - 1)]] for at in range(0, len(starts) - 1, size)]
    return [(len(bytes_), hashlib.sha256(bytes_).hexdigest()) for bytes_ in ((HEADER + chunk).encode() for chunk in chunks)]


def same(parser, found, wanted):
    seen = [(about["bytes"], about["sha256"]) for about in found if about["parser"] == parser]
    assert seen == wanted, (parser, seen, wanted)
    assert all((about["field"], about["filename"]) == ("file", "hr.csv") for about in found), found


def wait_for(port):
    """Waits until somebody listens there."""
    for _ in range(300):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise AssertionError(f"nobody listens at {port}")


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


server = ThreadingHTTPServer(("127.0.0.1", 0), Receiver)
context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
certificate.configure_cert(context)
server.socket = context.wrap_socket(server.socket, server_side=True)
threading.Thread(target=server.serve_forever, daemon=True).start()
ours = server.server_address[1]

script = given.modules / "upload_services.mjs"
script.write_bytes((here / "upload_services.mjs").read_bytes())
node = subprocess.Popen(
    ["node", script, folder / "key.pem", folder / "certificate.pem", app, TENANT, APP, SECRET, RESOURCE],
    stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    env={**os.environ, "NODE_EXTRA_CA_CERTS": str(folder / "ca.pem"), "NODE_NO_WARNINGS": "1"},
)
started = []
try:
    line = node.stdout.readline()
    while line and not line.startswith("{"):
        line = node.stdout.readline()
    ports = json.loads(line)
    text = rows(5000)
    wanted = expected(text, 1999)

    upload("parsers", text, ours, ours, "--rows-per-call", "1999")
    same("werkzeug", [it for it in Receiver.found if it["parser"] == "werkzeug"], wanted)
    same("python-multipart", [it for it in Receiver.found if it["parser"] == "python-multipart"], wanted)
    upload("busboy", text, ours, ports["busboy"], "--rows-per-call", "1999")
    same("busboy", [json.loads(node.stdout.readline()) for _ in wanted], wanted)
    print(f"upload: {len(wanted)} chunks, byte for byte the same for Werkzeug, python-multipart and busboy")

    upload("lax", rows(3), ports["lax"], ours)
    upload("secret", rows(3), ports["bySecret"], ours)
    wrong = {"HRLINT_APP_SECRET": "Wrong~Secret.1234567890"}
    refused = upload("wrong", rows(3), ports["bySecret"], ours, environment=wrong, code=3)
    assert "invalid_client" in refused.stderr, refused.stderr
    upload("key", rows(3), ports["byKey"], ours, "--certificate", app)
    for name, password, more in CONTAINERS:
        container = folder / f"{name}.pfx"
        container.unlink(missing_ok=True)
        make = ["openssl", "pkcs12", "-export", "-in", app, "-certfile", folder / "ca.pem", "-out", container, "-passout", "env:OPENS"]
        subprocess.run([*make, *more], env={**os.environ, "OPENS": password}, check=True)
        container.chmod(0o600)
        opens = {"HRLINT_CERTIFICATE_PASSWORD": password}
        upload(name, rows(3), ports["byKey"], ours, "--certificate", container, environment=opens)
    print("upload: tokens of oauth2-mock-server, and of oidc-provider by secret and by signed statement (PEM, and PKCS #12 of openssl)")

    asked = folder / "asked"
    asked.mkdir(exist_ok=True)
    for answer, code, rows_sent in [("n", 0, 0), ("y", 0, 3)]:
        Receiver.found.clear()
        code_seen, said = at_a_terminal("asked", rows(3), answer)
        assert code_seen == code and "Send it?" in said and JOB in said, (code_seen, said)
        assert len(Receiver.found) == (2 if rows_sent else 0), (answer, Receiver.found)
    print("upload: asks at a terminal, and takes no for an answer")

    Receiver.tokens.clear()
    credential = ClientSecretCredential(
        TENANT, APP, SECRET, authority=f"https://localhost:{ours}", disable_instance_discovery=True,
        connection_verify=str(folder / "ca.pem"),
    )
    credential.get_token(f"{RESOURCE}/.default")
    upload("dialect", rows(3), ours, ours, "--token-version", "v2")
    (path, kind, theirs), (our_path, our_kind, fields) = Receiver.tokens
    assert (path, kind.split(";")[0]) == (our_path, our_kind), (path, kind, our_path, our_kind)
    assert {name: theirs.get(name) for name in fields} == fields, (theirs, fields)
    # What that library adds asks for facts about a user, of whom there is none, and says the method that the fields show.
    assert set(theirs) - set(fields) <= {"client_info", "claims"}, set(theirs) - set(fields)
    print("upload: the request for a token is azure-identity's, field by field")

    front, strict = free_port(), free_port()
    (folder / "nginx.conf").write_text(NGINX.format(folder=folder, front=front, strict=strict, ours=ours))
    started.append(subprocess.Popen(["nginx", "-p", folder, "-e", "stderr", "-c", folder / "nginx.conf"], stderr=subprocess.DEVNULL))
    wait_for(front)
    Receiver.found.clear()
    upload("behind", text, front, front, "--rows-per-call", "1999")
    same("werkzeug", [it for it in Receiver.found if it["parser"] == "werkzeug"], wanted)
    refused = upload("strict", text, ours, strict, code=3)
    assert "413 Request Entity Too Large" in refused.stderr and "--rows-per-call" in refused.stderr, refused.stderr
    print("upload: nginx passes chunks on, and its 413 is heard")

    port = free_port()
    (folder / "tinyproxy.conf").write_text(f"Listen 127.0.0.1\nPort {port}\nBasicAuth mia secret\nLogLevel Critical\n")
    started.append(subprocess.Popen(["tinyproxy", "-d", "-c", folder / "tinyproxy.conf"], stdout=subprocess.DEVNULL))
    wait_for(port)
    Receiver.found.clear()
    upload("proxied", text, ours, ours, "--rows-per-call", "1999", environment={"HTTPS_PROXY": f"http://mia:secret@127.0.0.1:{port}"})
    same("werkzeug", [it for it in Receiver.found if it["parser"] == "werkzeug"], wanted)
    refused = upload("unnamed", rows(3), ours, ours, environment={"HTTPS_PROXY": f"http://127.0.0.1:{port}"}, code=3)
    assert "407" in refused.stderr, refused.stderr
    print("upload: through tinyproxy, which wants a user")

    if given.mitmdump:
        port, settings = free_port(), folder / "mitm"
        started.append(subprocess.Popen(
            [given.mitmdump, "--listen-host", "127.0.0.1", "--listen-port", str(port), "--quiet",
             "--set", f"confdir={settings}", "--set", f"ssl_verify_upstream_trusted_ca={folder / 'ca.pem'}",
             "--set", "proxyauth=mia:p@ss"],
        ))
        root = settings / "mitmproxy-ca-cert.pem"
        wait_for(port)
        through = {"HTTPS_PROXY": f"http://mia:p%40ss@127.0.0.1:{port}"}
        refused = upload("untrusted", rows(3), ours, ours, environment=through, code=3)
        assert "--ca-file" in refused.stderr, refused.stderr
        Receiver.found.clear()
        upload("inspected", text, ours, ours, "--rows-per-call", "1999", environment=through, trusted=root)
        same("werkzeug", [it for it in Receiver.found if it["parser"] == "werkzeug"], wanted)
        nameless = {"HTTPS_PROXY": f"http://127.0.0.1:{port}"}
        refused = upload("stranger", rows(3), ours, ours, environment=nameless, trusted=root, code=3)
        assert "407" in refused.stderr, refused.stderr
        print("upload: through mitmproxy, which looks into the connection, with its certificate in --ca-file")
finally:
    node.stdin.close()
    node.wait(10)
    for process in started:
        process.terminate()
        process.wait(10)
    server.shutdown()
sys.exit(0)

"""Schedules as their schedulers judge them: the task against its schema, units against systemd, jobs against their schemas."""

import argparse
import json
import pathlib
import subprocess
import xml.etree.ElementTree

import ruamel.yaml
import xmlschema

FILES = {
    "task-scheduler": [r"C:\HR\hrlint.json", r"C:\HR Export\50% & mehr (Kündigungen).csv"],
    "systemd": ["/srv/hr/hrlint.json", "/srv/hr/it's 50% $x \"y\".csv"],
    "cron": ["/srv/hr/hrlint.json", "/srv/hr/it's 50% $x.csv"],
    "github": ["hrlint.json", "export/it's 50% \"x\": - #.csv"],
    "azure": ["hrlint.json", "export/it's 50% \"x\": - #.csv"],
}

arguments = argparse.ArgumentParser(description=__doc__)
arguments.add_argument("--hrlint", required=True, type=pathlib.Path)
arguments.add_argument("--check-jsonschema", required=True)
arguments.add_argument("folder", type=pathlib.Path)
given = arguments.parse_args()
hrlint = given.hrlint.absolute()
given.folder.mkdir(parents=True, exist_ok=True)


def schedule(name, *more):
    """The files of a schedule, by name."""
    folder = given.folder / name
    for file in folder.glob("*"):
        file.unlink()
    folder.mkdir(exist_ok=True)
    subprocess.run(
        [hrlint, "schedule", "--for", name, *FILES[name], "--output", folder, "--at", "05:07", *more],
        check=True,
        env={"HRLINT_APP_SECRET": "canary-secret"},
        stderr=subprocess.DEVNULL,
    )
    files = {file.name: file for file in folder.iterdir()}
    assert files, name
    for file in files.values():
        assert b"canary-secret" not in file.read_bytes().replace(b"\0", b""), file
    return files


task = schedule("task-scheduler")["hrlint-upload.xml"]
schema = xmlschema.XMLSchema(str(pathlib.Path(__file__).parent / "task.xsd"))
schema.validate(str(task))
said = xml.etree.ElementTree.parse(task).getroot().find(".//{*}Arguments").text
assert said.endswith(f'"{FILES["task-scheduler"][1]}"'), said

units = schedule("systemd", "--program", str(hrlint))
subprocess.run(["systemd-analyze", "verify", "--man=no", *map(str, units.values())], check=True)

line = schedule("cron")["hrlint.crontab"].read_text().splitlines()[-1]
fields, command = line.split(None, 5)[:5], line.split(None, 5)[5]
assert fields == ["7", "5", "*", "*", "*"], line
# As cron does: an escaped percent sign is one, then a shell takes the line apart.
shown = command.replace("\\%", "%").replace(command.split()[0], "printf '%s\\n'", 1)
words = subprocess.run(["sh", "-c", shown], check=True, capture_output=True, text=True).stdout.splitlines()
assert words[-1] == FILES["cron"][1] and words[0] == "upload", words

def accepted(file, *options):
    subprocess.run([given.check_jsonschema, *options, str(file)], check=True)


workflow = schedule("github")["hrlint-upload.yml"]
accepted(workflow, "--builtin-schema", "vendor.github-workflows")
pipeline = schedule("azure")["hrlint-upload.yml"]
# To Azure Pipelines every scalar is text, and so its schema says.
as_text = given.folder / "pipeline.json"
as_text.write_text(json.dumps(ruamel.yaml.YAML(typ="base").load(pipeline.read_text())))
accepted(as_text, "--builtin-schema", "vendor.azure-pipelines", "--regex-variant", "nonunicode")
print("schedules: the task scheduler's schema, systemd, sh and two builders' schemas agree")

"""What build servers obey in a line of a log: `ActionCommand.cs` of actions/runner and `Command.cs` of azure-pipelines-agent,
rebuilt. Where those ask whether a command is registered, every name counts here."""


def commands_of_github(line):
    """The names of the commands that GitHub's runner finds; at most one."""
    begun = line.lstrip()
    if begun.startswith("::") and (end := begun.find("::", 2)) >= 0:
        return [begun[2:end].split(" ")[0]]
    return bracketed(line, "##[")


def commands_of_azure(line):
    """The names of the commands that Azure's agent finds; at most one."""
    return bracketed(line, "##vso[") or bracketed(line, "##[")


def bracketed(line, prefix):
    start = line.find(prefix)
    end = line.find("]", start)
    return [line[start + len(prefix) : end].split(" ")[0]] if start >= 0 and end >= 0 else []

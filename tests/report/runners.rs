//! What build servers obey in a log: the parsers of GitHub's runner and Azure's agent, rebuilt.
//!
//! `ActionCommand.cs` of `actions/runner`, and `Command.cs` with `CommandStringConvertor.cs` of `azure-pipelines-agent`. Where
//! those ask whether a command is registered, every name counts here.

use std::collections::BTreeMap;

/// A command that a build server found in a line.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Command {
    pub(crate) name: String,
    pub(crate) properties: BTreeMap<String, String>,
    pub(crate) data: String,
}

impl Command {
    /// A property without a value is none to the runners; here it is an empty one.
    pub(crate) fn property(&self, name: &str) -> String {
        self.properties.get(name).cloned().unwrap_or_default()
    }
}

/// What GitHub's runner obeys: `::command k=v::data` after blanks, else `##[command k=v]data` anywhere in the line.
pub(crate) fn github(line: &str) -> Option<Command> {
    let begun = line.trim_start().strip_prefix("::");
    if let Some((info, data)) = begun.and_then(|rest| rest.split_once("::")) {
        let (name, properties) = info.split_once(' ').unwrap_or((info, ""));
        let properties =
            pairs(properties.trim(), ',', &[("%0D", "\r"), ("%0A", "\n"), ("%3A", ":"), ("%2C", ","), ("%25", "%")]);
        let data = unescaped(data, &[("%0D", "\r"), ("%0A", "\n"), ("%25", "%")]);
        return Some(Command { name: name.to_owned(), properties, data });
    }
    bracketed(line, "##[", &[("%3B", ";"), ("%0D", "\r"), ("%0A", "\n"), ("%5D", "]"), ("%25", "%")])
}

/// What Azure's agent obeys: `##vso[area.event k=v]data` anywhere in the line, and `##[format]` for its looks.
pub(crate) fn azure(line: &str) -> Option<Command> {
    let mappings = [("%3B", ";"), ("%0D", "\r"), ("%0A", "\n"), ("%5D", "]"), ("%AZP25", "%")];
    bracketed(line, "##vso[", &mappings).or_else(|| bracketed(line, "##[", &mappings))
}

fn bracketed(line: &str, prefix: &str, mappings: &[(&str, &str)]) -> Option<Command> {
    let (_, rest) = line.split_once(prefix)?;
    let (info, data) = rest.split_once(']')?;
    let (name, properties) = info.split_once(' ').unwrap_or((info, ""));
    let properties = pairs(properties, ';', mappings);
    Some(Command { name: name.to_owned(), properties, data: unescaped(data, mappings) })
}

fn pairs(text: &str, separator: char, mappings: &[(&str, &str)]) -> BTreeMap<String, String> {
    let pairs = text.split(separator).filter_map(|pair| pair.split_once('='));
    pairs.map(|(name, value)| (name.to_owned(), unescaped(value, mappings))).collect()
}

fn unescaped(text: &str, mappings: &[(&str, &str)]) -> String {
    mappings.iter().fold(text.to_owned(), |text, (escape, token)| text.replace(escape, token))
}

#[test]
fn the_parsers_know_a_command_when_they_see_one() {
    let name = |command: Option<Command>| command.map(|command| command.name);
    assert_eq!(name(github("  ::set-env name=A::b")), Some("set-env".to_owned()));
    assert_eq!(name(github("x ##[add-mask]secret")), Some("add-mask".to_owned()));
    assert_eq!(name(azure("x ##vso[task.setvariable variable=a]b")), Some("task.setvariable".to_owned()));
    assert_eq!(name(github("export.csv:1:2: x ::y::")), None);
    let error = github("::error file=a%3Ab%2C.csv,line=3::50%25%0Adone").expect("it is a command");
    assert_eq!((error.property("file").as_str(), error.data.as_str()), ("a:b,.csv", "50%\ndone"));
    let issue = azure("##vso[task.logissue type=error;sourcepath=a%3B%5D.csv;]50%AZP25").expect("it is a command");
    assert_eq!((issue.property("sourcepath").as_str(), issue.data.as_str()), ("a;].csv", "50%"));
}

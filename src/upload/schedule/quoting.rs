//! One argument as each scheduler must be told it.

/// For a POSIX shell.
pub(super) fn shell(text: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "/._-+=:,@".contains(c);
    if !text.is_empty() && text.chars().all(plain) {
        text.to_owned()
    } else {
        format!("'{}'", text.replace('\'', "'\\''"))
    }
}

/// For systemd's command lines, where `%` and `$` are its own.
pub(super) fn systemd(text: &str) -> String {
    let escaped = text.replace('\\', "\\\\").replace('"', "\\\"").replace('%', "%%").replace('$', "$$");
    format!("\"{escaped}\"")
}

/// For a Windows command line, as programs take it apart.
pub(super) fn windows(text: &str) -> String {
    if !text.is_empty() && !text.contains([' ', '\t', '"']) {
        return text.to_owned();
    }
    let (mut quoted, mut backslashes) = ("\"".to_owned(), 0);
    for c in text.chars() {
        match c {
            '\\' => backslashes += 1,
            '"' => {
                // Backslashes before a quote count twice, and one more makes the quote a letter.
                quoted += &"\\".repeat(backslashes + 1);
                backslashes = 0;
            }
            _ => backslashes = 0,
        }
        quoted.push(c);
    }
    quoted + &"\\".repeat(backslashes) + "\""
}

/// For XML text.
pub(super) fn xml(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// For YAML: a quoted text, as JSON writes it.
pub(super) fn yaml(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

#[cfg(test)]
mod tests {
    use super::{shell, systemd, windows, xml, yaml};

    #[test]
    fn arguments_stay_one() {
        assert_eq!(shell("/srv/hr/leavers.csv"), "/srv/hr/leavers.csv");
        assert_eq!(shell("/srv/it's $HOME.csv"), "'/srv/it'\\''s $HOME.csv'");
        assert_eq!(shell(""), "''");
        assert_eq!(systemd("/srv/50% \"a\" $b\\.csv"), "\"/srv/50%% \\\"a\\\" $$b\\\\.csv\"");
        assert_eq!(windows("C:\\hr\\leavers.csv"), "C:\\hr\\leavers.csv");
        assert_eq!(windows("C:\\HR Export\\"), "\"C:\\HR Export\\\\\"");
        assert_eq!(windows("a\\\"b c"), "\"a\\\\\\\"b c\"");
        assert_eq!(xml("a<b>&c"), "a&lt;b&gt;&amp;c");
        assert_eq!(yaml("C:\\x: \"y\""), "\"C:\\\\x: \\\"y\\\"\"");
    }
}

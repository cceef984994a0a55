//! The two lines above all hunks: which file.

use super::{Looks, paint};
use crate::finding::Printable;

/// The name of a file as it stands in a diff, behind `a/` and `b/`: without what leads to the root or to here, `/` between its
/// parts.
#[must_use]
pub fn named(path: &str) -> &str {
    let mut name = path;
    while let Some(rest) = name.strip_prefix("./").or_else(|| name.strip_prefix('/')) {
        name = rest;
    }
    name
}

/// The lines.
pub(super) fn head(name: &[u8], looks: Looks) -> Vec<u8> {
    match looks {
        Looks::Bytes => {
            let line = |sign: &[u8], side: &[u8]| [sign, &quoted(&[side, name].concat()), b"\n"].concat();
            [line(b"--- ", b"a/"), line(b"+++ ", b"b/")].concat()
        }
        Looks::Person { .. } => {
            let name = Printable::from_bytes(name);
            [paint::head(&format!("--- a/{name}"), looks), paint::head(&format!("+++ b/{name}"), looks)].concat()
        }
    }
}

/// The name as git writes it: in quotes with escapes where it holds what might end it, with a tab behind it where it holds
/// blanks.
fn quoted(name: &[u8]) -> Vec<u8> {
    let odd = |byte: &u8| *byte < b' ' || *byte >= 0x7f || matches!(byte, b'"' | b'\\');
    if !name.iter().any(odd) {
        let tab: &[u8] = if name.contains(&b' ') { b"\t" } else { b"" };
        return [name, tab].concat();
    }
    let mut out = vec![b'"'];
    for byte in name {
        match byte {
            b'"' | b'\\' => out.extend_from_slice(&[b'\\', *byte]),
            byte if odd(byte) => out.extend_from_slice(format!("\\{byte:03o}").as_bytes()),
            byte => out.push(*byte),
        }
    }
    out.push(b'"');
    out
}

#[cfg(test)]
mod tests {
    use super::{Looks, head, named};

    #[test]
    fn names_are_written_as_git_writes_them() {
        let shown = |name: &str| String::from_utf8(head(name.as_bytes(), Looks::Bytes)).expect("ASCII");
        assert_eq!(shown("hr/a.csv"), "--- a/hr/a.csv\n+++ b/hr/a.csv\n");
        assert_eq!(shown("a b.csv"), "--- a/a b.csv\t\n+++ b/a b.csv\t\n");
        assert_eq!(
            shown("n\u{fc}\"\n.csv"),
            "--- \"a/n\\303\\274\\\"\\012.csv\"\n+++ \"b/n\\303\\274\\\"\\012.csv\"\n"
        );
        assert_eq!((named("./a.csv"), named("/tmp/a.csv"), named("x/./a.csv")), ("a.csv", "tmp/a.csv", "x/./a.csv"));
    }
}

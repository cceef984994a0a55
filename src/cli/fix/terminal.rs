//! Proposals on a terminal: the row, what would change, and four answers.

use std::io::{self, BufRead as _, Write as _};

use crate::finding::Printable;
use crate::fix::ask::{Answer, Asker, Proposal};

/// The terminal that the program was started from.
pub(super) struct Terminal;

impl Asker for Terminal {
    fn ask(&mut self, proposal: Proposal<'_>) -> io::Result<Answer> {
        let mut out = io::stderr().lock();
        out.write_all(described(proposal).as_bytes())?;
        loop {
            write!(out, "Mend it? [y]es, [n]o, [a]ll of {}, [q]uit: ", proposal.finding.rule)?;
            out.flush()?;
            let mut line = String::new();
            if io::stdin().lock().read_line(&mut line)? == 0 {
                return Ok(Answer::Quit);
            }
            if let Some(answer) = answer(&line) {
                return Ok(answer);
            }
        }
    }
}

fn answer(line: &str) -> Option<Answer> {
    match line.trim().to_ascii_lowercase().as_str() {
        "y" | "yes" => Some(Answer::Yes),
        "n" | "no" => Some(Answer::No),
        "a" | "all" => Some(Answer::All),
        "q" | "quit" => Some(Answer::Quit),
        _ => None,
    }
}

fn described(proposal: Proposal<'_>) -> String {
    let finding = proposal.finding;
    let place = &finding.place;
    let row = place.row.map_or(String::new(), |row| format!(", row {row}"));
    let header = place.header.as_ref().map_or(String::new(), |header| format!(", {}", Printable::new(header)));
    let (file, message) = (Printable::new(&finding.file), Printable::new(&finding.message));
    let title = format!("\n{file}{row}{header}: {message} ({})\n", finding.rule);
    let mut excerpt = String::new();
    if let Some(shown) = &finding.excerpt {
        let cells: Vec<_> = shown.cells.iter().map(|cell| Printable::new(&cell.in_clear()).to_string()).collect();
        let (before, after) = (if shown.first_column > 1 { "… | " } else { "" }, if shown.more { " | …" } else { "" });
        excerpt = format!("  row   {before}{}{after}\n", cells.join(" | "));
    }
    if proposal.before == proposal.after {
        return title + &excerpt;
    }
    let shown = |bytes| Printable::from_bytes(bytes).shortened(1000).into_owned();
    let (now, then) = (shown(proposal.before), shown(proposal.after));
    format!("{title}{excerpt}  now   {now}\n  then  {then}\n")
}

#[cfg(test)]
mod tests {
    use super::{Answer, answer};

    #[test]
    fn answers_are_read_by_their_first_letter_or_in_full() {
        assert_eq!(answer("y\n"), Some(Answer::Yes));
        assert_eq!(answer(" No \n"), Some(Answer::No));
        assert_eq!((answer("ALL"), answer("quit")), (Some(Answer::All), Some(Answer::Quit)));
        assert_eq!((answer("\n"), answer("yess")), (None, None));
    }
}

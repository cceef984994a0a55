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
    let mut text = format!(
        "\n{}{row}{header}: {} ({})\n",
        Printable::new(&finding.file),
        Printable::new(&finding.message),
        finding.rule
    );
    if let Some(excerpt) = &finding.excerpt {
        let cells: Vec<_> = excerpt.cells.iter().map(|cell| Printable::new(&cell.in_clear()).to_string()).collect();
        let (before, after) =
            (if excerpt.first_column > 1 { "… | " } else { "" }, if excerpt.more { " | …" } else { "" });
        text += &format!("  row   {before}{}{after}\n", cells.join(" | "));
    }
    if proposal.before != proposal.after {
        text += &format!("  now   {}\n", Printable::from_bytes(proposal.before).shortened(1000));
        text += &format!("  then  {}\n", Printable::from_bytes(proposal.after).shortened(1000));
    }
    text
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

//! The engine: runs the plan over the blocks of a file and tells what is wrong, in file order.

mod above;
mod asking;
mod block;
mod buffer;
mod careful;
mod columns;
mod connector;
mod duplicates;
mod emit;
mod encoding;
mod error;
mod event;
mod file;
mod finding;
mod head;
mod header;
mod job;
mod key;
mod options;
mod quick;
mod reader;
mod repeats;
mod rounds;
mod run;
mod tally;
mod top;
mod verdicts;
mod waiving;
mod whole;
mod worker;

pub use error::CheckError;
pub use event::{Count, Coverage, Event, FileEnd, FileStart, Need, Outcome, Sink, Summary, Waived};
pub(crate) use head::{Kind, kind};
pub use options::{Opening, Options};
pub use run::{Checked, Input, check};

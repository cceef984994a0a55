//! The engine: runs the plan over the blocks of a file and tells what is wrong, in file order.

mod above;
mod asking;
mod block;
mod buffer;
mod careful;
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
mod mend;
mod options;
mod quick;
mod reader;
mod rounds;
mod run;
mod tally;
mod top;
mod verdicts;
mod whole;
mod worker;

pub use error::CheckError;
pub use event::{Count, Event, FileEnd, FileStart, Sink, Summary};
pub use file::Stopped;
pub(crate) use head::{Kind, kind};
pub use mend::{Change, Choice, Decisions, Mended, Receiver, Repairs, mend};
pub use options::Options;
pub use run::{Checked, Input, Session, check, open};

//! The engine: runs the plan over the blocks of a file and tells what is wrong, in file order.

mod event;

pub use event::{Count, Event, FileEnd, FileStart, Sink, Summary};

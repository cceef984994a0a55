//! `hrlint init`: how well it recognises columns, and how the command behaves.

mod answers;
mod command;
#[path = "../bench/generate/mod.rs"]
mod generate;
mod header;
mod other_names;
mod round_trip;
mod samples;
mod spellings;

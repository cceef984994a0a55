//! What repairs promise: they take their fault away, change nothing else, and need to be made only once.

#[path = "../bench/generate/mod.rs"]
mod generate;
#[path = "../bench/mutate/mod.rs"]
mod mutate;

mod asking;
mod command;
#[cfg(unix)]
mod interrupted;
mod memory;
mod properties;
mod samples;
mod streams;

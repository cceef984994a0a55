//! The ledger: what it keeps over crashes, and what it makes of damage.
#![cfg(feature = "upload")]

mod example;
mod file;
mod prefixes;

//! The ledger: what it keeps over crashes, and what it makes of damage.
#![cfg(feature = "upload")]

mod commands;
mod example;
mod file;
mod policy;
mod prefixes;

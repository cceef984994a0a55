//! The hrlint command.

fn main() {}

//! The 23 defects of the vendor script, each a promise.

//! The wire, mistreated.

//! Checks HR exports (CSV) before they go to Microsoft 365's HR connector, mends what can be mended, and sends what passed.
//!
//! A mapping is compiled once into a plan; bytes flow through the plan block by block on all cores; what is wrong comes out
//! as findings, in file order.
//!
//! ```text
//! hrlint.json --parse--> Mapping --compile--> Plan --lay out over the header--> Layout
//!                                                                                 |
//! file | pipe --Source--> block --scan--> record --> cell --accept? -- yes --> (nothing)
//!                         (rayon)                       \--- no ----> rules --> Finding
//!                                                                                 |
//!                 merge in file order, rules of the file and across files <-------+
//!                                    |
//!                                    +--> Sink: reports (any number, streaming), or your own
//!                                    +--> Receiver: the file mended, as a diff or a new file, which is checked again
//!                                    +--> Checked --into_passed--> Passed --> upload --> ledger, receipt
//! ```
//!
//! # Modules
//!
//! Imports run one way, from the top of this table to its foot; a test holds it.
//!
//! | module | holds |
//! |---|---|
//! | [`source`] | where bytes come from: files read at offsets, streams, other encodings decoded on the way |
//! | [`finding`] | what is wrong, where and how to mend it; masking and escaping of other people's text |
//! | [`scan`] | bytes to records to cells, with every breach of CSV observed |
//! | [`mapping`] | the user's JSON, with a place in it for every complaint; the documented scenarios |
//! | [`rules`] | one rule, one file: its manual, its check, its repair |
//! | [`waivers`] | findings that are known and let pass for a while |
//! | [`accept`] | "this cell is surely good": one fast test for each kind of column |
//! | [`plan`] | mapping and options to what is asked of every column of a file |
//! | [`mod@check`] | the engine: the plan run over the blocks of files, merged in order |
//! | [`report`] | one format, one file |
//! | [`fix`] | what the engine mends, shown as a diff or put in the file's place, and checked again |
//! | `upload` | sending what passed, and the ledger of what was sent (feature `upload`) |
//! | [`mod@init`] | a mapping from sample files: columns recognised by name and by content |
//! | [`cli`] | the command line |
//!
//! # The whole flow
//!
//! ```
//! use std::io::{self, Write as _};
//!
//! use hrlint::check::{Event, Input, Options, Sink, check};
//! use hrlint::mapping::Mapping;
//! use hrlint::plan::Plan;
//! use hrlint::rules;
//!
//! // What the connector was told: one scenario, with column names of one's own.
//! let mapping = r#"{
//!     "version": 1,
//!     "scenarios": {
//!         "resignation": { "columns": { "emailAddress": "Who", "lastWorkingDate": "Last day" } }
//!     }
//! }"#;
//! let mapping = Mapping::parse("hrlint.json", mapping, &rules::facts())?;
//! let today = "2026-07-01".parse()?;
//! let plan = Plan::compile(mapping, &[], None, today)?;
//!
//! let mut file = tempfile::NamedTempFile::new()?;
//! writeln!(file, "Who,ResignationDate,Last day")?;
//! writeln!(file, "mia.brandt@northwind-energy.de,2026-05-04T09:00:00+02:00,2026-06-30T17:00:00+02:00")?;
//! writeln!(file, "jonas.keller@northwind-energy.de,12.05.2026,2026-06-15T17:00:00+02:00")?;
//!
//! // A listener keeps what it wants of the events; reports are listeners too.
//! #[derive(Default)]
//! struct Places(Vec<String>);
//!
//! impl Sink for Places {
//!     fn take(&mut self, event: Event<'_>) -> io::Result<()> {
//!         if let Event::Finding(finding) = event {
//!             let (row, column) = (finding.place.row.unwrap_or(0), finding.place.column.unwrap_or(0));
//!             self.0.push(format!("row {row}, column {column}: {}", finding.rule));
//!         }
//!         Ok(())
//!     }
//! }
//!
//! let inputs = [Input { name: "leavers.csv".into(), path: Some(file.path().to_owned()), plan: &plan }];
//! let mut places = Places::default();
//! let checked = check(&inputs, &Options::default(), &mut places)?;
//!
//! assert_eq!(places.0, ["row 3, column 2: date-not-iso"]);
//! assert_eq!((checked.summary.rows, checked.summary.errors), (2, 1));
//! assert!(checked.summary.failed() && checked.errors.is_empty());
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

#![warn(missing_docs)]

pub mod accept;
pub mod check;
pub mod cli;
pub mod finding;
pub mod fix;
pub mod init;
pub mod mapping;
pub mod plan;
pub mod report;
pub mod rules;
pub mod scan;
pub mod source;
#[cfg(feature = "upload")]
pub mod upload;
pub mod waivers;

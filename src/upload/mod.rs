//! Sending what passed the check to the connector: once, whole, and with a record of every answer.
//!
//! ```text
//! Passed --cut--> Chunk --read, compare--> ChunkBytes --multipart--> wire --> Answer --> words
//!                    \                                                 ^
//!                     +--> ledger (what was sent, what came back)      +-- token, renewed when needed
//! ```
//!
//! It knows nothing of CSV, and takes nothing but a [`crate::check::Passed`]. It prints nothing: what happens is told to a
//! [`Listener`], and written down in the [`ledger`]. Everything here is behind the feature `upload`.

mod clouds;
pub mod fingerprint;
mod ids;
pub mod ledger;
mod multipart;
pub mod past;
pub mod receipt;
pub mod reconcile;
pub mod schedule;
mod sending;
mod target;
mod token;
mod verdict;
mod waiting;
pub mod wire;

pub use clouds::{CLOUDS, Cloud, RESOURCE};
pub use ids::{Id, IdError, Ids, Which, is_guid};
pub use multipart::Multipart;
pub use sending::{Event, Listener, Sender, Sent, Stopped, recorded};
pub use target::{Choice, Target, TargetError};
pub use token::{
    Certificate, CertificateError, Credential, Dialect, Federation, Issuer, Managed, Mask, TokenError, Tokens,
};
pub use verdict::{Verdict, verdict};
pub use waiting::Pace;

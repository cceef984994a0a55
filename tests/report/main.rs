//! Reports, through the public door: how they look, that they validate, that nothing foreign acts through them.

mod hostile;
mod looks;
mod machine;
mod samples;

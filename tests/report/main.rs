//! Reports, through the public door: how they look, that they validate, that nothing foreign acts through them.

mod annotations;
mod documents;
mod hostile;
mod looks;
mod machine;
mod naughty;
mod runners;
mod samples;
mod scanning;

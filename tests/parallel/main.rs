//! Parallel equals sequential, byte for byte of the report; a pipe says what the file says; repeats are found exactly.

#[path = "../engine/mod.rs"]
mod engine;

mod cuts;
mod domains;
mod nasty;
mod repeats;
mod streams;

use std::sync::OnceLock;

use hrlint::check::Options;
use hrlint::scan::Instructions;
use rayon::{ThreadPool, ThreadPoolBuilder};

/// Pools of 1, 2, 3 and 8 threads.
fn pools() -> &'static [ThreadPool] {
    static POOLS: OnceLock<Vec<ThreadPool>> = OnceLock::new();
    let pool = |threads| ThreadPoolBuilder::new().num_threads(threads).build().expect("the threads can be had");
    POOLS.get_or_init(|| [1, 2, 3, 8].map(pool).into())
}

/// Options of the `number`th of all ways to do the work in blocks of that size, and the pool to do it in. Fifty in a row
/// are as different as can be.
fn way(number: usize, block_size: u64) -> (Options<'static>, &'static ThreadPool) {
    let instructions = Instructions::available();
    let (pool, instructions) = (&pools()[number % 4], instructions[number / 4 % instructions.len()]);
    (Options { block_size, instructions, ..Options::default() }, pool)
}

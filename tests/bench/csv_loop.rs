//! What a program pays that only reads: the csv crate's fastest loop over all cells.

use std::io;
use std::path::Path;

use csv::{ByteRecord, ReaderBuilder};

/// Prints the number of records, cells and bytes in cells.
pub(crate) fn run(file: &Path) -> io::Result<()> {
    let mut reader = ReaderBuilder::new().flexible(true).buffer_capacity(1 << 18).from_path(file)?;
    let mut record = ByteRecord::new();
    let (mut records, mut cells, mut bytes) = (0u64, 0u64, 0u64);
    while reader.read_byte_record(&mut record)? {
        records += 1;
        for cell in &record {
            cells += 1;
            bytes += cell.len() as u64;
        }
    }
    println!("{records} records, {cells} cells, {bytes} bytes in cells");
    Ok(())
}

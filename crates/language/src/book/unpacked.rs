//! What a workbook unpacks to is counted before it is read: a small file may hold gigabytes.

use std::io::{Cursor, Read, sink};

use zip::ZipArchive;

use crate::limits::{BOOK_BYTES, BOOK_FILES};
use foreign::guarded::guarded;

/// Counts what the bytes of a workbook unpack to, as they say and as it is.
///
/// # Errors
/// Says so where that is too much. What is no archive, or a broken one, is left to the reader of workbooks.
pub fn check(bytes: &[u8]) -> Result<(), String> {
    guarded(|| count(bytes)).unwrap_or_else(|| Err("it is no archive".to_owned()))
}

fn count(bytes: &[u8]) -> Result<(), String> {
    let too_much = || format!("it unpacks to more than {} MB", BOOK_BYTES / 1_000_000);
    let Ok(mut archive) = ZipArchive::new(Cursor::new(bytes)) else { return Ok(()) };
    if archive.len() > BOOK_FILES {
        return Err(format!("it holds {} files; at most {BOOK_FILES} are read", archive.len()));
    }
    let (mut said, mut found) = (0_u64, 0_u64);
    for number in 0..archive.len() {
        let Ok(file) = archive.by_index(number) else { continue };
        said = said.saturating_add(file.size());
        if said > BOOK_BYTES {
            return Err(too_much());
        }
        // One more than there is room for, so that it shows. What ends in an error counts as far as it came.
        let mut unpacked = Counted { file: file.take(BOOK_BYTES - found + 1), bytes: 0 };
        let _ = std::io::copy(&mut unpacked, &mut sink());
        found += unpacked.bytes;
        if found > BOOK_BYTES {
            return Err(too_much());
        }
    }
    Ok(())
}

/// What was read from a file so far, whether or not it ended well.
struct Counted<R> {
    file: R,
    bytes: u64,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
        let read = self.file.read(into)?;
        self.bytes += read as u64;
        Ok(read)
    }
}

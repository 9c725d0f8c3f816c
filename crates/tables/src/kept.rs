//! Every trial read back from a Parquet file: some columns of a row group at a time, so that files may be larger than memory.

use std::fs::File;
use std::io::{Cursor, Read, Seek, SeekFrom};

use polars_parquet::parquet::compression::DecompressionContext;
use polars_parquet::parquet::schema::Repetition;
use polars_parquet::read::{
    ColumnChunkMetadata, FileMetadata, Page, PageReader, PhysicalType, RowGroupMetadata, decompress, read_metadata,
};
use polars_parquet::write::{CompressedPage, Encoding};

use engine::outcomes::RowSource;
use foreign::files::why_unread;
use foreign::guarded::guarded;

/// Bytes that the header of a page takes at most.
const LONGEST_PAGE_HEADER: usize = 1 << 20;

/// Trials of a row group at most: more are never written together, and as much room would be made for them.
const MOST_ROWS: usize = 1 << 20;

/// The trials that a run kept.
#[derive(Debug)]
pub struct ParquetTrials {
    file: File,
    metadata: FileMetadata,
    names: Vec<String>,
    trials: u64,
}

impl ParquetTrials {
    /// The trials in a file that is open.
    ///
    /// # Errors
    /// Why it is none of trials, or none that can be read.
    pub fn of(mut file: File) -> Result<Self, String> {
        let size = file.metadata().map_err(|error| why_unread(&error))?;
        let metadata = guarded(|| read_metadata(&mut file)).and_then(Result::ok);
        let metadata = metadata.ok_or("it is no Parquet file that can be read")?;
        let groups = &metadata.row_groups;
        let mut columns = groups.iter().flat_map(RowGroupMetadata::parquet_columns);
        if columns.any(|column| column.byte_range().end > size.len()) {
            return Err("it is cut short".to_owned());
        }
        if groups.iter().any(|group| group.num_rows() > MOST_ROWS) {
            return Err(format!("it holds more than {MOST_ROWS} trials in one row group"));
        }
        let names: Vec<String> = metadata.schema().fields().iter().map(|field| field.name().to_owned()).collect();
        let whole = groups.iter().all(|group| group.parquet_columns().len() == names.len());
        if !whole || names.first().is_none_or(|first| first != "trial") {
            return Err("its columns are not those of trials".to_owned());
        }
        let trials = groups.iter().map(|group| group.num_rows() as u64).sum();
        Ok(Self { file, metadata, names, trials })
    }

    /// The figures of which it says that its trials are; 1 where it says nothing.
    #[must_use]
    pub fn figures(&self) -> u32 {
        super::figures_of(&self.metadata)
    }
}

impl RowSource for ParquetTrials {
    fn names(&self) -> &[String] {
        &self.names
    }

    fn trials(&self) -> u64 {
        self.trials
    }

    fn parts(&self) -> usize {
        self.metadata.row_groups.len()
    }

    fn read(&mut self, part: usize, columns: &[usize]) -> Result<Vec<Vec<f64>>, String> {
        let group = &self.metadata.row_groups[part];
        let (rows, chunks) = (group.num_rows(), group.parquet_columns());
        let read = |column: &usize| {
            let values = guarded(|| values(&mut self.file, &chunks[*column], rows)).flatten();
            let name = &self.names[*column];
            values.filter(|own| own.len() == rows).ok_or_else(|| format!("its column {name} is damaged"))
        };
        columns.iter().map(read).collect()
    }
}

/// One column of a row group as numbers, NaN where null. What is damaged is read here and not by the library's decoder, which makes room
/// for as many values as a run of damaged levels names.
fn values(file: &mut File, chunk: &ColumnChunkMetadata, rows: usize) -> Option<Vec<f64>> {
    let range = chunk.byte_range();
    let mut bytes = vec![0; usize::try_from(range.end.checked_sub(range.start)?).ok()?];
    file.seek(SeekFrom::Start(range.start)).ok()?;
    file.read_exact(&mut bytes).ok()?;
    // Plain numbers, a bit each for what is there, and no more.
    let most = rows * size_of::<f64>() + LONGEST_PAGE_HEADER;
    let kind = chunk.descriptor().descriptor.primitive_type.clone();
    let optional = kind.field_info.repetition == Repetition::Optional;
    let number = match kind.physical_type {
        PhysicalType::Double => f64::from_le_bytes,
        PhysicalType::Int64 => |bytes| i64::from_le_bytes(bytes) as f64,
        _ => return None,
    };
    let mut all = Vec::with_capacity(rows);
    for page in PageReader::new(Cursor::new(bytes.into()), chunk, Vec::new(), most) {
        let CompressedPage::Data(page) = page.ok()? else { return None };
        if page.uncompressed_size() > most {
            return None;
        }
        let page = decompress(CompressedPage::Data(page), &mut Vec::new(), &mut DecompressionContext::Unset);
        let Page::Data(page) = page.ok()? else { return None };
        let left = rows.checked_sub(all.len())?;
        let count = page.num_values();
        if count > left || page.encoding() != Encoding::Plain {
            return None;
        }
        let (there, plain) = if optional { levels(page.buffer(), count)? } else { (vec![true; count], page.buffer()) };
        let mut numbers = plain.chunks_exact(8).map(|bytes| number(bytes.try_into().unwrap_or_default()));
        for is_there in there {
            all.push(if is_there { numbers.next()? } else { f64::NAN });
        }
    }
    Some(all)
}

/// Which of so many values are there, and what follows: after the length of it, runs of one bit each, repeated or packed
/// (<https://parquet.apache.org/docs/file-format/data-pages/encodings/>).
fn levels(page: &[u8], count: usize) -> Option<(Vec<bool>, &[u8])> {
    let (length, rest) = page.split_first_chunk::<4>()?;
    let (mut runs, plain) = rest.split_at_checked(u32::from_le_bytes(*length) as usize)?;
    let mut there = Vec::with_capacity(count);
    while there.len() < count {
        let (header, after) = varint(runs)?;
        let (wanted, size) = (count - there.len(), usize::try_from(header >> 1).ok()?);
        if header & 1 == 1 {
            let (packed, after) = after.split_at_checked(size)?;
            there.extend(packed.iter().flat_map(|byte| (0..8).map(move |bit| byte >> bit & 1 == 1)).take(wanted));
            runs = after;
        } else {
            let (level, after) = after.split_first()?;
            there.extend(std::iter::repeat_n(*level == 1, size.min(wanted)));
            runs = after;
        }
        if size == 0 {
            return None;
        }
    }
    Some((there, plain))
}

/// A number of seven bits a byte, the lowest first.
fn varint(bytes: &[u8]) -> Option<(u64, &[u8])> {
    let length = bytes.iter().take(9).position(|byte| byte & 0x80 == 0)? + 1;
    let (own, rest) = bytes.split_at(length);
    Some((own.iter().rev().fold(0, |sum, byte| sum << 7 | u64::from(byte & 0x7f)), rest))
}

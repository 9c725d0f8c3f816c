//! Every trial read back from a Parquet file: some columns of a row group at a time, so that files may be larger than memory.

use std::fs::File;
use std::io::{Cursor, Read, Seek, SeekFrom};
use std::path::Path;

use polars_arrow::array::{Array, PrimitiveArray};
use polars_arrow::datatypes::{ArrowDataType, Field};
use polars_error::{PolarsError, PolarsResult};
use polars_parquet::read::{
    BasicDecompressor, ColumnChunkMetadata, FileMetadata, PageReader, PhysicalType, RowGroupMetadata,
    column_iter_to_arrays, read_metadata,
};

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
    /// Opens a file of trials.
    ///
    /// # Errors
    /// Why it is none, or none that can be read.
    pub fn open(path: &Path) -> Result<Self, String> {
        let mut file = File::open(path).map_err(|error| why_unread(&error))?;
        let size = file.metadata().map_err(|error| why_unread(&error))?;
        if !size.is_file() {
            return Err("it is no file".to_owned());
        }
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
            let values = guarded(|| values(&mut self.file, &chunks[*column])).and_then(Result::ok);
            let name = &self.names[*column];
            values.filter(|own| own.len() == rows).ok_or_else(|| format!("its column {name} is damaged"))
        };
        columns.iter().map(read).collect()
    }
}

/// One column of a row group as numbers, NaN where null.
fn values(file: &mut File, chunk: &ColumnChunkMetadata) -> PolarsResult<Vec<f64>> {
    let range = chunk.byte_range();
    let mut bytes = vec![0; usize::try_from(range.end.saturating_sub(range.start)).unwrap_or(0)];
    file.seek(SeekFrom::Start(range.start))?;
    file.read_exact(&mut bytes)?;
    // Numbers that are packed are never longer than they are by themselves.
    let most = MOST_ROWS * size_of::<f64>() + LONGEST_PAGE_HEADER;
    let pages = PageReader::new(Cursor::new(bytes.into()), chunk, Vec::new(), most);
    let numbers = match chunk.physical_type() {
        PhysicalType::Double => ArrowDataType::Float64,
        PhysicalType::Int64 => ArrowDataType::Int64,
        _ => return Err(PolarsError::ComputeError("it holds no numbers".into())),
    };
    let kind = &chunk.descriptor().descriptor.primitive_type;
    let field = Field::new("values".into(), numbers, true);
    let (arrays, _) = column_iter_to_arrays(vec![BasicDecompressor::new(pages, Vec::new())], vec![kind], field, None)?;
    let mut all = Vec::new();
    for array in arrays {
        let array: &dyn Array = &*array;
        if let Some(doubles) = array.as_any().downcast_ref::<PrimitiveArray<f64>>() {
            all.extend(doubles.iter().map(|value| value.copied().unwrap_or(f64::NAN)));
        } else if let Some(whole) = array.as_any().downcast_ref::<PrimitiveArray<i64>>() {
            all.extend(whole.iter().map(|value| value.map_or(f64::NAN, |value| *value as f64)));
        } else {
            return Err(PolarsError::ComputeError("it holds no numbers".into()));
        }
    }
    Ok(all)
}

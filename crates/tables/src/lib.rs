//! Every trial in a Parquet file: one row a trial, one column an outcome or an input, missing values null.

mod kept;

use std::fs::File;
use std::io::{BufWriter, Cursor, Read, Seek, SeekFrom};
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};

use polars_arrow::array::{ArrayRef, PrimitiveArray};
use polars_arrow::datatypes::{ArrowDataType, ArrowSchema, Field};
use polars_error::{PolarsError, PolarsResult};
use polars_parquet::read::{
    ColumnChunkMetadata, FileMetadata, PageReader, ParquetError, RowGroupMetadata, read_metadata,
};
use polars_parquet::write::{
    CompressedPage, CompressionOptions, Compressor, DynIter, DynStreamingIterator, Encoding, FallibleStreamingIterator,
    FileWriter, KeyValue, ParquetType, SchemaDescriptor, StatisticsOptions, Version, WriteOptions, array_to_columns,
    to_parquet_schema,
};

use engine::figures::{FIGURES, made_by_others};
use engine::outcomes::{Catalogue, RowSink, Rows};
use foreign::guarded::guarded;
pub use kept::ParquetTrials;

/// Key under which the file's own data say by which figures the trials were made.
const FIGURES_KEY: &str = "alliance.figures";

/// Bytes that the header of a page takes at most.
const LONGEST_PAGE_HEADER: usize = 1 << 20;

/// A Parquet file that grows by a row group for every few blocks, so that memory does not grow with trials.
pub struct ParquetRows {
    writer: FileWriter<BufWriter<File>>,
    schema: SchemaDescriptor,
    options: WriteOptions,
    /// How many inputs are kept beside the outcomes.
    inputs: usize,
}

impl ParquetRows {
    /// Creates the file with a column for the number of the trial, one for each outcome, and one for each input that is kept.
    ///
    /// # Errors
    /// What kept the file from being created.
    pub fn create(path: &Path, catalogue: &Catalogue, inputs: &[String]) -> Result<Self, String> {
        let trial = Field::new("trial".into(), ArrowDataType::Int64, false);
        let column = |name: &str| Field::new(name.into(), ArrowDataType::Float64, true);
        let names = catalogue.columns().iter().map(|spec| &spec.name).chain(inputs);
        let fields: Vec<Field> = std::iter::once(trial).chain(names.map(|name| column(name))).collect();
        let count = fields.len();
        let arrow: ArrowSchema = fields.into_iter().map(|field| (field.name.clone(), field)).collect();
        // The schema holds a name once: with a name twice, every column after it would stand under another's name.
        if arrow.len() != count {
            return Err("two of its columns would have one name".to_owned());
        }
        let options = WriteOptions {
            statistics: StatisticsOptions::empty(),
            version: Version::V1,
            compression: CompressionOptions::Snappy,
            data_page_size: None,
        };
        let schema = to_parquet_schema(&arrow).map_err(|error| error.to_string())?;
        let file = File::create(path).map_err(|error| error.to_string())?;
        let writer = FileWriter::try_new(BufWriter::new(file), arrow, options).map_err(|error| error.to_string())?;
        Ok(Self { writer, schema, options, inputs: inputs.len() })
    }

    /// Appends the trials of another file of the same columns, which holds so many, its row groups as they lie there, one column in memory at a time; no
    /// further one once `stop` is set.
    ///
    /// # Errors
    /// What kept the file from being read, or the trials from being stored.
    pub fn append(&mut self, file: &mut File, trials: u64, stop: &AtomicBool) -> Result<(), String> {
        guarded(|| self.copy(file, trials, stop))
            .unwrap_or_else(|| Err("it is no Parquet file that can be read".to_owned()))
    }

    fn copy(&mut self, file: &mut File, trials: u64, stop: &AtomicBool) -> Result<(), String> {
        let size = file.metadata().map_err(|error| error.to_string())?.len();
        let metadata = read_metadata(file).map_err(|error| error.to_string())?;
        if let Some(other) = made_by_others(figures_of(&metadata)) {
            return Err(other);
        }
        if metadata.schema().fields() != self.schema.fields() {
            return Err("it holds other columns".to_owned());
        }
        let held = metadata.row_groups.iter().map(|group| group.num_rows() as u64).fold(0, u64::saturating_add);
        if held != trials {
            return Err(format!("it holds {held} trials, where there are {trials}"));
        }
        // No group says to lie beyond the end: as much room would be made for it.
        let mut columns = metadata.row_groups.iter().flat_map(RowGroupMetadata::parquet_columns);
        if columns.any(|column| column.byte_range().end > size) {
            return Err("it is cut short".to_owned());
        }
        for group in metadata.row_groups.iter().take_while(|_| !stop.load(Ordering::Relaxed)) {
            let rows = group.num_rows();
            let columns = group.parquet_columns().iter().map(|column| copied(file, column, rows));
            self.writer.write(rows as u64, DynIter::new(columns)).map_err(|error| error.to_string())?;
        }
        Ok(())
    }

    /// Completes the file.
    ///
    /// # Errors
    /// What kept it from being completed.
    pub fn finish(mut self) -> Result<(), String> {
        let figures = KeyValue { key: FIGURES_KEY.to_owned(), value: Some(FIGURES.to_string()) };
        self.writer.end(Some(vec![figures])).map(drop).map_err(|error| error.to_string())
    }
}

impl RowSink for ParquetRows {
    fn wants_inputs(&self) -> bool {
        self.inputs > 0
    }

    fn take(&mut self, rows: &[Rows]) -> Result<(), String> {
        // Names and columns never fall apart: of each there is one for the other.
        let named = self.schema.fields().len() - 1;
        for block in rows {
            let columns = block.columns.len() + block.inputs.len();
            if columns != named || block.inputs.len() != self.inputs {
                return Err(format!("a trial has {columns} figures, where {named} columns have names"));
            }
        }
        let count: usize = rows.iter().map(|block| block.lanes).sum();
        let encoded = self.schema.fields().iter().enumerate().map(|(k, field)| {
            let array = if k == 0 { trials(rows) } else { figures(rows, k - 1) };
            encode(&array, field, self.options)
        });
        self.writer.write(count as u64, DynIter::new(encoded)).map_err(|error| error.to_string())
    }
}

/// The numbers of trials.
fn trials(rows: &[Rows]) -> ArrayRef {
    let each = rows.iter().flat_map(|r| (0..r.lanes as u64).map(|lane| (r.first_trial + lane) as i64));
    Box::new(PrimitiveArray::from_vec(each.collect()))
}

/// One column of figures: outcomes first, then inputs; what is missing is null.
fn figures(rows: &[Rows], column: usize) -> ArrayRef {
    let of = |r: &'_ Rows| match column.checked_sub(r.columns.len()) {
        Some(input) => r.inputs[input],
        None => r.columns[column],
    };
    let values = rows.iter().flat_map(|r| of(r).iter().copied().take(r.lanes).collect::<Vec<f64>>());
    let present = values.map(|value| (!value.is_nan()).then_some(value));
    Box::new(present.collect::<PrimitiveArray<f64>>())
}

/// The figures of which a file says that its trials are; 1 where it says nothing.
fn figures_of(file: &FileMetadata) -> u32 {
    let said = file.key_value_metadata.iter().flatten().find(|pair| pair.key == FIGURES_KEY);
    said.and_then(|pair| pair.value.as_ref()?.parse().ok()).unwrap_or(1)
}

type CompressedPages = DynStreamingIterator<'static, CompressedPage, PolarsError>;

/// Pages of another file on their way into this one.
struct Copied<I> {
    pages: I,
    now: Option<CompressedPage>,
}

impl<I: Iterator<Item = Result<CompressedPage, ParquetError>>> FallibleStreamingIterator for Copied<I> {
    type Item = CompressedPage;
    type Error = PolarsError;

    fn advance(&mut self) -> PolarsResult<()> {
        self.now = self.pages.next().transpose()?;
        Ok(())
    }

    fn get(&self) -> Option<&CompressedPage> {
        self.now.as_ref()
    }
}

/// One column of another file's row group as compressed pages.
fn copied(file: &mut File, column: &ColumnChunkMetadata, rows: usize) -> PolarsResult<CompressedPages> {
    let range = column.byte_range();
    let mut bytes = vec![0; usize::try_from(range.end.saturating_sub(range.start)).unwrap_or(0)];
    file.seek(SeekFrom::Start(range.start))?;
    file.read_exact(&mut bytes)?;
    // No page is larger than its column.
    let most = bytes.len() + LONGEST_PAGE_HEADER;
    let pages = PageReader::new(Cursor::new(bytes.into()), column, Vec::new(), most).map(move |page| {
        let mut page = page?;
        if let CompressedPage::Data(data) = &mut page {
            // A column of a row group is one page: it was written so.
            data.num_rows = Some(rows);
        }
        Ok(page)
    });
    Ok(DynStreamingIterator::new(Copied { pages, now: None }))
}

/// One column as compressed pages.
fn encode(array: &ArrayRef, field: &ParquetType, options: WriteOptions) -> PolarsResult<CompressedPages> {
    let mut encoded = array_to_columns(array, field.clone(), options, &[Encoding::Plain])?;
    // Of plain numbers there is one.
    let (Some(pages), true) = (encoded.pop(), encoded.is_empty()) else {
        return Err(PolarsError::ComputeError("a column of numbers is not one column".into()));
    };
    let pages: DynIter<'static, _> =
        DynIter::new(pages.map(|page| page.map_err(|error| ParquetError::FeatureNotSupported(error.to_string()))));
    let compressor = Compressor::new_from_vec(pages, options.compression, Vec::new());
    Ok(DynStreamingIterator::new(compressor.map_err(PolarsError::from)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use engine::outcomes::{Missing, RowSource, Tier};
    use engine::uncertainty::lanes::Column;
    use engine::units::Unit;

    fn catalogue(names: &[&str]) -> Catalogue {
        let mut catalogue = Catalogue::default();
        for name in names {
            catalogue.add((*name).to_owned(), Unit::Millions, "", Tier::Headline, Missing::Undefined);
        }
        catalogue
    }

    fn opened(path: &Path) -> Result<ParquetTrials, String> {
        ParquetTrials::of(File::open(path).expect("there"))
    }

    #[test]
    fn what_was_kept_is_read_back_to_the_bit_and_what_is_no_file_of_trials_is_refused() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("trials.parquet");
        let mut rows = ParquetRows::create(&path, &catalogue(&["npv", "payback"]), &[]).expect("created");
        let mut npv = Column::default();
        (0..3).for_each(|i| npv[i] = 1.0 / (i as f64 + 3.0));
        let block = |first, lanes| Rows {
            first_trial: first,
            lanes,
            columns: vec![npv, Column::splat(f64::NAN)],
            inputs: Vec::new(),
        };
        rows.take(&[block(0, 3), block(3, 2)]).expect("taken");
        rows.take(&[block(5, 1)]).expect("taken");
        rows.finish().expect("finished");
        let mut kept = opened(&path).expect("opened");
        assert_eq!((kept.trials(), kept.parts(), kept.figures()), (6, 2, FIGURES));
        assert_eq!(kept.names(), ["trial", "npv", "payback"]);
        assert_eq!(
            kept.read(0, &[1, 0]),
            Ok(vec![[0, 1, 2, 0, 1].map(|i| npv[i]).to_vec(), vec![0.0, 1.0, 2.0, 3.0, 4.0]])
        );
        assert!(kept.read(1, &[2]).expect("read")[0].iter().all(|value| value.is_nan()));
        // Whatever byte is changed, nothing panics, no room is made for more than a file of its size holds, and no more rows come than were
        // kept. That a figure was changed, only a hash can tell.
        let bytes = std::fs::read(&path).expect("read");
        for at in 0..bytes.len() {
            let mut damaged = bytes.clone();
            damaged[at] ^= 0x55;
            std::fs::write(&path, &damaged).expect("written");
            if let Ok(mut kept) = opened(&path) {
                let all: Vec<usize> = (0..kept.names().len()).collect();
                let mut rows = 0;
                for part in 0..kept.parts() {
                    rows += kept.read(part, &all).map_or(0, |read| read[0].len());
                }
                assert!(rows as u64 <= kept.trials(), "{at}");
            }
        }
        std::fs::write(&path, &bytes[..bytes.len() / 2]).expect("written");
        assert!(opened(&path).is_err());
    }

    #[test]
    fn no_figure_is_stored_under_the_name_of_another() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("trials.parquet");
        assert!(ParquetRows::create(&path, &catalogue(&["npv", "npv", "payback"]), &[]).is_err());
        let mut rows = ParquetRows::create(&path, &catalogue(&["npv", "payback"]), &[]).expect("created");
        let mut take = |outcomes| {
            let whole = Rows { first_trial: 0, lanes: 3, columns: vec![Column::default(); 2], inputs: Vec::new() };
            let other =
                Rows { first_trial: 3, lanes: 3, columns: vec![Column::default(); outcomes], inputs: Vec::new() };
            rows.take(&[whole, other])
        };
        assert_eq!(take(2), Ok(()));
        assert!(take(3).is_err() && take(1).is_err());
    }
}

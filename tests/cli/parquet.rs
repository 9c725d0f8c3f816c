//! `--keep-trials`: every trial in a Parquet file that reads back.

use std::io::Cursor;
use std::path::Path;

use polars_arrow::array::{ArrayRef, PrimitiveArray};
use polars_arrow::datatypes::{ArrowDataType, Field};
use polars_parquet::read::{
    BasicDecompressor, FileMetadata, PageReader, ParquetType, RowGroupMetadata, column_iter_to_arrays, read_metadata,
};

use super::{json, place, run_well};

/// A Parquet file in memory.
struct Table {
    bytes: Vec<u8>,
    metadata: FileMetadata,
}

impl Table {
    fn read(path: &Path) -> Self {
        let bytes = std::fs::read(path).expect("it is there");
        let metadata = read_metadata(&mut Cursor::new(&bytes)).expect("it has a whole footer");
        Self { bytes, metadata }
    }

    fn names(&self) -> Vec<&str> {
        self.metadata.schema().fields().iter().map(ParquetType::name).collect()
    }

    /// The pieces of a column, one a row group.
    fn pieces(&self, name: &str, dtype: &ArrowDataType) -> Vec<ArrayRef> {
        let groups = self.metadata.row_groups.iter();
        let chunks = groups.flat_map(RowGroupMetadata::parquet_columns);
        let chunks = chunks.filter(|chunk| chunk.descriptor().path_in_schema[0].as_str() == name);
        chunks
            .flat_map(|chunk| {
                let range = chunk.byte_range();
                let bytes = self.bytes[range.start as usize..range.end as usize].to_vec();
                let pages = PageReader::new(Cursor::new(bytes.into()), chunk, Vec::new(), usize::MAX);
                let types = vec![&chunk.descriptor().descriptor.primitive_type];
                let field = Field::new(name.into(), dtype.clone(), true);
                let unpacked = vec![BasicDecompressor::new(pages, Vec::new())];
                column_iter_to_arrays(unpacked, types, field, None).expect("the values are whole").0
            })
            .collect()
    }

    fn outcome(&self, name: &str) -> Vec<Option<f64>> {
        let pieces = self.pieces(name, &ArrowDataType::Float64);
        let values = pieces.iter().map(|piece| {
            piece.as_any().downcast_ref::<PrimitiveArray<f64>>().unwrap_or_else(|| panic!("{name} holds no numbers"))
        });
        values.flat_map(|piece| piece.iter().map(Option::<&f64>::copied).collect::<Vec<_>>()).collect()
    }

    fn trials(&self) -> Vec<i64> {
        let pieces = self.pieces("trial", &ArrowDataType::Int64);
        let values = pieces.iter().map(|piece| {
            piece
                .as_any()
                .downcast_ref::<PrimitiveArray<i64>>()
                .expect("trials are whole numbers")
                .values()
                .clone()
                .to_vec()
        });
        values.flatten().collect()
    }
}

/// Every column with its values, NaN where there is none; but for the numbers of trials.
pub(super) fn columns(path: &Path) -> Vec<(String, Vec<f64>)> {
    let table = Table::read(path);
    let names = table.names().into_iter().filter(|name| *name != "trial");
    let values = |name: &str| table.outcome(name).into_iter().map(|value| value.unwrap_or(f64::NAN)).collect();
    names.map(|name| (name.to_owned(), values(name))).collect()
}

#[test]
fn the_file_has_a_row_a_trial_and_a_column_an_outcome() {
    let place = place();
    run_well(place.path(), "two-force", &["--trials", "10007", "--keep-trials", "--out", "r"]);
    let table = Table::read(&place.path().join("r/trials.parquet"));
    let rows: usize = table.metadata.row_groups.iter().map(RowGroupMetadata::num_rows).sum();
    assert_eq!(rows, 10_007);
    assert_eq!(table.trials(), (0..10_007).collect::<Vec<i64>>());
    for wanted in ["npv", "payback", "saving_cashable[2018/19]", "force.Dorset.npv", "force.\"Devon & Cornwall\".npv"] {
        assert!(table.names().contains(&wanted), "{wanted} is not among {:?}", table.names());
    }
    let manifest = json(place.path().join("r/manifest.json"));
    assert!(manifest["files"]["trials.parquet"].is_string());
    // The file says itself by which figures its trials were made.
    let said = table.metadata.key_value_metadata.iter().flatten().find(|pair| pair.key == "alliance.figures");
    assert_eq!(said.and_then(|pair| pair.value.clone()), Some(manifest["engine"]["figures"].to_string()));
}

#[test]
fn the_kept_trials_are_those_that_the_summary_counts() {
    let place = place();
    run_well(place.path(), "two-force", &["--trials", "10007", "--keep-trials", "--out", "r"]);
    let table = Table::read(&place.path().join("r/trials.parquet"));
    let whole = &json(place.path().join("r/summary.json"))["whole"];
    let npv: Vec<f64> = table.outcome("npv").into_iter().flatten().collect();
    assert_eq!(npv.len(), 10_007, "no trial is without a net present value");
    let mean = npv.iter().sum::<f64>() / npv.len() as f64;
    let told = whole["npv"]["mean"]["value"].as_f64().expect("a number");
    assert!((mean - told).abs() < 1e-9 * told.abs(), "{mean} against {told}");
    // A payback that never comes is null: no number that could be mistaken for one.
    let payback = table.outcome("payback");
    let never = payback.iter().filter(|value| value.is_none()).count();
    let told = whole["payback"]["missing"]["value"].as_f64().expect("a share");
    assert!(never > 0 && (never as f64 / 10_007.0 - told).abs() < 1e-12, "{never} nulls, a share of {told}");
    assert!(payback.iter().flatten().all(|years| years.is_finite()));
}

#[test]
fn inputs_stand_beside_the_outcomes_as_the_model_used_them() {
    let place = place();
    let run = |more: &[&str]| run_well(place.path(), "two-force", &[&["--trials", "5000"], more].concat());
    run(&["--keep-trials", "--out", "all"]);
    run(&["--keep-trials=outcomes", "--out", "outcomes"]);
    let (all, outcomes) = (
        Table::read(&place.path().join("all/trials.parquet")),
        Table::read(&place.path().join("outcomes/trials.parquet")),
    );
    let kept = |name: &&str| !name.starts_with("input.");
    assert!(outcomes.names().iter().all(kept));
    assert_eq!(all.names().into_iter().filter(kept).collect::<Vec<_>>(), outcomes.names());
    assert!(all.names().len() > outcomes.names().len() + 50, "{}", all.names().len());
    assert_eq!(all.outcome("npv"), outcomes.outcome("npv"));
    // The regime of a year is both an outcome and an input: a column that stood under another's name would show.
    let regimes: Vec<&str> = all.names().into_iter().filter(|name| name.starts_with("regime[")).collect();
    assert!(regimes.len() > 5);
    for outcome in &regimes[1..] {
        assert_eq!(all.outcome(&format!("input.funding.{outcome}")), all.outcome(outcome), "{outcome}");
    }
    // An area that is live was approved; an approval is 0 or 1, never the number behind it.
    let approvals: Vec<&str> = all.names().into_iter().filter(|name| name.ends_with(".approved")).collect();
    assert!(!approvals.is_empty());
    for approved in approvals {
        let values = all.outcome(approved);
        assert!(values.iter().flatten().all(|x| *x == 0.0 || (*x - 1.0).abs() < f64::EPSILON), "{approved}");
    }
    // Pay has a rate of its own each year, some per cent, and differs from trial to trial.
    let pay = all.outcome("input.economy.pay[2016/17]");
    let mean = pay.iter().flatten().sum::<f64>() / pay.len() as f64;
    assert!(pay.iter().all(Option::is_some) && mean.abs() < 0.1 && pay[0] != pay[1], "{mean}");
    for (folder, kept) in [("all", "all"), ("outcomes", "outcomes")] {
        assert_eq!(json(place.path().join(folder).join("manifest.json"))["outputs"]["trials"], kept);
        let replayed = super::alliance(place.path(), ["replay", folder]);
        assert_eq!(replayed.code, 0, "{}", replayed.err);
    }
}

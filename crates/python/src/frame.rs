//! A table, handed over through the Arrow C stream: polars, pandas, pyarrow and `DuckDB` take it, and none of them is needed.

use polars_arrow::array::{Array, BooleanArray, PrimitiveArray, StructArray, Utf8Array};
use polars_arrow::datatypes::{ArrowDataType, Field};
use polars_arrow::ffi::{ArrowArrayStream, export_iterator};
use pyo3::exceptions::PyKeyError;
use pyo3::prelude::*;
use pyo3::types::{PyCapsule, PyDict, PyList};
use report::sheet::{Cell, Sheet};

use crate::errors::AllianceError;

/// A table. Take it with `polars.DataFrame(frame)`, `pyarrow.table(frame)` or by any other reader of the Arrow C stream.
#[pyclass(frozen, module = "alliance")]
#[derive(Debug)]
pub struct Frame {
    name: &'static str,
    columns: Vec<(String, Values)>,
}

/// The values of a column. What is no figure is null: of numbers, NaN stands for it.
#[derive(Debug)]
pub enum Values {
    /// Texts.
    Texts(Vec<Option<String>>),
    /// Numbers.
    Numbers(Vec<f64>),
    /// Whole numbers.
    Wholes(Vec<Option<u64>>),
    /// Yes or no.
    Flags(Vec<Option<bool>>),
}

/// What the cells of a column are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Text,
    Number,
    Whole,
    Flag,
}

impl Frame {
    /// Of a table.
    pub fn new(sheet: &Sheet) -> Self {
        let columns = sheet.head.iter().enumerate().map(|(position, name)| {
            let cells = sheet.rows.iter().map(|row| row.get(position).unwrap_or(&Cell::Nothing));
            (name.clone(), Values::of(cells))
        });
        Self { name: sheet.name, columns: columns.collect() }
    }

    /// Of columns, all of one length.
    pub const fn of(name: &'static str, columns: Vec<(String, Values)>) -> Self {
        Self { name, columns }
    }

    fn rows(&self) -> usize {
        self.columns.first().map_or(0, |(_, values)| values.len())
    }

    fn stream(&self) -> Result<ArrowArrayStream, String> {
        let arrays: Vec<Box<dyn Array>> = self.columns.iter().map(|(_, values)| values.array()).collect();
        let columns = self.columns.iter().zip(&arrays);
        let fields = columns.map(|((name, _), array)| Field::new(name.as_str().into(), array.dtype().clone(), true));
        let dtype = ArrowDataType::Struct(fields.collect());
        let rows = StructArray::try_new(dtype.clone(), self.rows(), arrays, None).map_err(|why| why.to_string())?;
        let all = std::iter::once(Ok(rows.boxed()));
        Ok(export_iterator(Box::new(all), Field::new("".into(), dtype, false)))
    }
}

impl Values {
    /// Of cells: a mixture of numbers is numbers, any other is text, and so is a column without a value.
    fn of<'a>(cells: impl Iterator<Item = &'a Cell> + Clone) -> Self {
        let kinds = cells.clone().filter_map(|cell| match cell {
            Cell::Text(_) => Some(Kind::Text),
            Cell::Number(_) => Some(Kind::Number),
            Cell::Whole(_) => Some(Kind::Whole),
            Cell::Flag(_) => Some(Kind::Flag),
            Cell::Nothing => None,
        });
        let both = |one: Kind, other: Kind| match (one, other) {
            _ if one == other => one,
            (Kind::Number | Kind::Whole, Kind::Number | Kind::Whole) => Kind::Number,
            _ => Kind::Text,
        };
        match kinds.reduce(both).unwrap_or(Kind::Text) {
            Kind::Text => Self::Texts(cells.map(text).collect()),
            Kind::Number => Self::Numbers(cells.map(|cell| cell.number().unwrap_or(f64::NAN)).collect()),
            Kind::Whole => Self::Wholes(cells.map(whole).collect()),
            Kind::Flag => Self::Flags(cells.map(flag).collect()),
        }
    }

    const fn len(&self) -> usize {
        match self {
            Self::Texts(values) => values.len(),
            Self::Numbers(values) => values.len(),
            Self::Wholes(values) => values.len(),
            Self::Flags(values) => values.len(),
        }
    }

    fn array(&self) -> Box<dyn Array> {
        match self {
            Self::Texts(values) => Utf8Array::<i64>::from_iter(values.iter().map(Option::as_deref)).boxed(),
            Self::Numbers(values) => PrimitiveArray::<f64>::from_iter(values.iter().copied().map(present)).boxed(),
            Self::Wholes(values) => PrimitiveArray::<u64>::from_iter(values.iter().copied()).boxed(),
            Self::Flags(values) => BooleanArray::from_iter(values.iter().copied()).boxed(),
        }
    }

    fn list<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyList>> {
        match self {
            Self::Texts(values) => PyList::new(py, values),
            Self::Numbers(values) => PyList::new(py, values.iter().copied().map(present)),
            Self::Wholes(values) => PyList::new(py, values),
            Self::Flags(values) => PyList::new(py, values),
        }
    }
}

fn present(value: f64) -> Option<f64> {
    (!value.is_nan()).then_some(value)
}

fn text(cell: &Cell) -> Option<String> {
    match cell {
        Cell::Text(text) => Some(text.clone()),
        Cell::Number(number) => Some(number.to_string()),
        Cell::Whole(number) => Some(number.to_string()),
        Cell::Flag(flag) => Some(flag.to_string()),
        Cell::Nothing => None,
    }
}

const fn whole(cell: &Cell) -> Option<u64> {
    match cell {
        Cell::Whole(number) => Some(*number),
        _ => None,
    }
}

const fn flag(cell: &Cell) -> Option<bool> {
    match cell {
        Cell::Flag(flag) => Some(*flag),
        _ => None,
    }
}

#[pymethods]
impl Frame {
    /// Its name, as that of its file without an ending.
    #[getter]
    const fn name(&self) -> &'static str {
        self.name
    }

    /// Names of its columns.
    #[getter]
    fn columns(&self) -> Vec<&str> {
        self.columns.iter().map(|(name, _)| name.as_str()).collect()
    }

    fn __len__(&self) -> usize {
        self.rows()
    }

    fn __repr__(&self) -> String {
        format!("<Frame {}: {} rows, {} columns>", self.name, self.rows(), self.columns.len())
    }

    /// A column by its name, as a list with None where there is no figure.
    fn __getitem__<'py>(&self, py: Python<'py>, column: &str) -> PyResult<Bound<'py, PyList>> {
        let found = self.columns.iter().find(|(name, _)| name == column);
        found.ok_or_else(|| PyKeyError::new_err(column.to_owned()))?.1.list(py)
    }

    /// Its columns by name, each a list with None where there is no figure.
    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        let all = PyDict::new(py);
        for (name, values) in &self.columns {
            all.set_item(name, values.list(py)?)?;
        }
        Ok(all)
    }

    /// The table as an Arrow C stream of one batch. No other schema than its own is given.
    #[pyo3(signature = (requested_schema = None))]
    fn __arrow_c_stream__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<&Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyCapsule>> {
        // The protocol lets a producer give its own schema where it cannot give the one asked for.
        let _ = requested_schema;
        let stream = self.stream().map_err(AllianceError::new_err)?;
        PyCapsule::new(py, stream, Some(c"arrow_array_stream".to_owned()))
    }
}

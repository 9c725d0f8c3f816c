//! A table of an answer, handed over through the Arrow C stream: polars, pandas, pyarrow and `DuckDB` take it, and none of them is needed.

use polars_arrow::array::{Array, BooleanArray, PrimitiveArray, StructArray, Utf8Array};
use polars_arrow::datatypes::{ArrowDataType, Field};
use polars_arrow::ffi::{ArrowArrayStream, export_iterator};
use pyo3::prelude::*;
use pyo3::types::{PyCapsule, PyDict, PyList};
use report::sheet::{Cell, Sheet};

use crate::errors::AllianceError;

/// A table of an answer. Take it with `polars.DataFrame(frame)`, `pyarrow.table(frame)` or by any other reader of the Arrow C stream.
#[pyclass(frozen, module = "alliance")]
#[derive(Debug)]
pub struct Frame(Sheet);

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
    pub fn new(sheet: Sheet) -> Self {
        Self(sheet)
    }

    fn column(&self, position: usize) -> impl Iterator<Item = &Cell> {
        self.0.rows.iter().map(move |row| row.get(position).unwrap_or(&Cell::Nothing))
    }

    /// What a column holds: a mixture of numbers is numbers, any other is text, and so is a column without a value.
    fn kind(&self, position: usize) -> Kind {
        let kinds = self.column(position).filter_map(|cell| match cell {
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
        kinds.reduce(both).unwrap_or(Kind::Text)
    }

    fn array(&self, position: usize) -> Box<dyn Array> {
        let cells = self.column(position);
        match self.kind(position) {
            Kind::Text => Utf8Array::<i64>::from_iter(cells.map(text)).boxed(),
            Kind::Number => PrimitiveArray::<f64>::from_iter(cells.map(Cell::number)).boxed(),
            Kind::Whole => PrimitiveArray::<u64>::from_iter(cells.map(whole)).boxed(),
            Kind::Flag => BooleanArray::from_iter(cells.map(flag)).boxed(),
        }
    }

    fn stream(&self) -> Result<ArrowArrayStream, String> {
        let arrays: Vec<Box<dyn Array>> = (0..self.0.head.len()).map(|position| self.array(position)).collect();
        let columns = self.0.head.iter().zip(&arrays);
        let fields = columns.map(|(name, array)| Field::new(name.as_str().into(), array.dtype().clone(), true));
        let dtype = ArrowDataType::Struct(fields.collect());
        let rows =
            StructArray::try_new(dtype.clone(), self.0.rows.len(), arrays, None).map_err(|why| why.to_string())?;
        let all = std::iter::once(Ok(rows.boxed()));
        Ok(export_iterator(Box::new(all), Field::new("".into(), dtype, false)))
    }
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
    fn name(&self) -> &'static str {
        self.0.name
    }

    /// Names of its columns.
    #[getter]
    fn columns(&self) -> Vec<&str> {
        self.0.head.iter().map(String::as_str).collect()
    }

    fn __len__(&self) -> usize {
        self.0.rows.len()
    }

    fn __repr__(&self) -> String {
        format!("<Frame {}: {} rows, {} columns>", self.0.name, self.0.rows.len(), self.0.head.len())
    }

    /// Its columns by name, each a list with None where there is no figure.
    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        let all = PyDict::new(py);
        for (position, name) in self.0.head.iter().enumerate() {
            let cells = self.column(position);
            let values = match self.kind(position) {
                Kind::Text => PyList::new(py, cells.map(text).collect::<Vec<_>>()),
                Kind::Number => PyList::new(py, cells.map(Cell::number).collect::<Vec<_>>()),
                Kind::Whole => PyList::new(py, cells.map(whole).collect::<Vec<_>>()),
                Kind::Flag => PyList::new(py, cells.map(flag).collect::<Vec<_>>()),
            };
            all.set_item(name, values?)?;
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

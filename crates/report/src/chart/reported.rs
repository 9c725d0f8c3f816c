//! What was reported, by the share of futures that lie below it: one axis for figures of every unit and every date.

use super::Chart;
use super::data;
use super::ranges::{self, Layout, Row};
use super::scene::Scene;
use super::theme::Heading;
use crate::grid::Table;

/// The figures.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Reported {
    /// Finding.
    pub heading: Heading,
    /// The figures, in file order; of a disputed one its low and its high reading.
    pub rows: Vec<Row>,
}

impl Reported {
    /// A row: where a reported figure lies among the futures, in per cent of them.
    #[must_use]
    pub fn row(name: String, below: f64, says: String) -> Row {
        Row { name, plan: Some(100.0 * below), middle: 50.0, p10: 10.0, p90: 90.0, says }
    }
}

const UNIT: &str = "% of futures that are lower than reported, and half of those equal";

impl Chart for Reported {
    fn name(&self) -> String {
        "reported".to_owned()
    }

    fn heading(&self) -> &Heading {
        &self.heading
    }

    fn scene(&self, foot: &str) -> Scene {
        let layout = Layout { row: 26.0, unit: UNIT, middle: "median future", stroke: "reported", says: "reported" };
        ranges::scene(&self.heading, &self.rows, &layout, foot)
    }

    fn data(&self) -> Vec<Table> {
        data::ranges(&self.rows, UNIT, "reported", "median", "reported")
    }
}

//! Each force's share of the net present value, and its chance of losing.

use super::Chart;
use super::data;
use super::ranges::{self, Layout, Row};
use super::scene::Scene;
use super::theme::Heading;
use crate::grid::Table;

/// The forces.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ForceNpv {
    /// Finding.
    pub heading: Heading,
    /// What the amounts are.
    pub unit: String,
    /// The forces, in file order.
    pub rows: Vec<Row>,
}

impl Chart for ForceNpv {
    fn name(&self) -> String {
        "force-npv".to_owned()
    }

    fn heading(&self) -> &Heading {
        &self.heading
    }

    fn scene(&self, foot: &str) -> Scene {
        let layout =
            Layout { row: 48.0, unit: &self.unit, middle: "median future", stroke: "plan", says: "chance of losing" };
        ranges::scene(&self.heading, &self.rows, &layout, foot)
    }

    fn data(&self) -> Vec<Table> {
        data::ranges(&self.rows, "share of net present value, £m", "plan", "median", "chance of losing")
    }
}

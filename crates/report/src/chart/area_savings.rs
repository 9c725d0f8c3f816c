//! Savings by business area: the plan against the simulation.

use super::Chart;
use super::data;
use super::ranges::{self, Layout, Row};
use super::scene::Scene;
use super::theme::Heading;
use crate::grid::Table;

/// The areas of one alliance.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct AreaSavings {
    /// Name of the file.
    pub file: String,
    /// Finding.
    pub heading: Heading,
    /// The areas, the largest plan first.
    pub rows: Vec<Row>,
}

impl Chart for AreaSavings {
    fn name(&self) -> String {
        self.file.clone()
    }

    fn heading(&self) -> &Heading {
        &self.heading
    }

    fn scene(&self, foot: &str) -> Scene {
        let row = if self.rows.len() > 20 { 19.0 } else { 26.0 };
        let layout =
            Layout { row, unit: "£m a year, cash", middle: "mean of futures", stroke: "plan", says: "mean / plan" };
        ranges::scene(&self.heading, &self.rows, &layout, foot)
    }

    fn data(&self) -> Vec<Table> {
        data::ranges(&self.rows, "£m a year, cash", "plan", "mean of futures", "mean / plan")
    }
}

//! Funding of each force: grant, precept and other income.

use super::Chart;
use super::data;
use super::fan::Panel;
use super::panels;
use super::scene::Scene;
use super::theme::{Heading, Swatch};
use crate::report::grid::Table;

/// A panel a force.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Funding {
    /// Finding.
    pub heading: Heading,
    /// The forces.
    pub panels: Vec<Panel>,
    /// The lines that the panels hold besides the fan.
    pub legend: Vec<(Swatch, String)>,
}

impl Chart for Funding {
    fn name(&self) -> String {
        "funding".to_owned()
    }

    fn heading(&self) -> &Heading {
        &self.heading
    }

    fn scene(&self, foot: &str) -> Scene {
        panels::scene(&self.heading, &self.panels, &self.legend, foot)
    }

    fn data(&self) -> Vec<Table> {
        data::panels(&self.panels)
    }
}

//! One fan over the years: savings, the cumulative net position, areas live.

use super::Chart;
use super::data;
use super::fan::Panel;
use super::scene::Scene;
use super::series::{self, Series};
use super::theme::{self, Heading, Swatch, WIDE};
use crate::grid::Table;

/// A measure of the whole, year by year.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct OverYears {
    /// Name of its files.
    pub name: &'static str,
    /// Finding.
    pub heading: Heading,
    /// The years.
    pub panel: Panel,
    /// What lies on the fan.
    pub legend: Vec<(Swatch, String)>,
}

impl Chart for OverYears {
    fn name(&self) -> String {
        self.name.to_owned()
    }

    fn heading(&self) -> &Heading {
        &self.heading
    }

    fn scene(&self, foot: &str) -> Scene {
        let (mut scene, mut room) = theme::frame(WIDE, &self.heading, foot);
        theme::fan_legend(&mut scene, &mut room, &self.legend);
        self.panel.draw(&mut scene, room, 118.0);
        scene
    }

    fn data(&self) -> Vec<Table> {
        data::panels(std::slice::from_ref(&self.panel))
    }

    fn series(&self) -> Option<Series> {
        Some(series::of_panel(&self.panel))
    }
}

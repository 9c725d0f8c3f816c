//! One panel over the years: a fan of savings, the cumulative net position, areas live; chances that something has happened.

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
    /// What lies on the fan, or beside the lines.
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
        if self.panel.fan.is_some() {
            theme::fan_legend(&mut scene, &mut room, &self.legend);
        } else if self.legend.is_empty() {
            room.top += 4.0;
        } else {
            let entries: Vec<(Swatch, &str)> =
                self.legend.iter().map(|(swatch, says)| (*swatch, says.as_str())).collect();
            theme::legend(&mut scene, &mut room, &entries);
        }
        self.panel.draw(&mut scene, room, 118.0);
        scene
    }

    fn data(&self) -> Vec<Table> {
        data::panels(std::slice::from_ref(&self.panel))
    }

    fn series(&self) -> Option<Series> {
        self.panel.fan.as_ref().map(|_| series::of_panel(&self.panel))
    }
}

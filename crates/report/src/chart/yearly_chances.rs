//! Chances over the years: that some force runs short of officers, that something has been stopped.

use super::Chart;
use super::data;
use super::fan::Panel;
use super::scene::Scene;
use super::theme::{self, Heading, WIDE};
use crate::grid::Table;

/// Chances of each year, or by its end, one line each.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct YearlyChances {
    /// Name of its files.
    pub name: &'static str,
    /// Finding.
    pub heading: Heading,
    /// The years.
    pub panel: Panel,
}

impl Chart for YearlyChances {
    fn name(&self) -> String {
        self.name.to_owned()
    }

    fn heading(&self) -> &Heading {
        &self.heading
    }

    fn scene(&self, foot: &str) -> Scene {
        let (mut scene, mut room) = theme::frame(WIDE, &self.heading, foot);
        room.top += 4.0;
        self.panel.draw(&mut scene, room, 118.0);
        scene
    }

    fn data(&self) -> Vec<Table> {
        data::panels(std::slice::from_ref(&self.panel))
    }
}

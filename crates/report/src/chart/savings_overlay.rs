//! Cashable saving of several options, year by year from each one's start: medians, and eight futures in ten.

use super::Chart;
use super::data;
use super::fan::Panel;
use super::scene::Scene;
use super::series::{self, Series};
use super::theme::{self, Heading, Swatch, WIDE};
use crate::grid::Table;

/// The savings of the options.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct SavingsOverlay {
    /// Finding.
    pub heading: Heading,
    /// The years.
    pub panel: Panel,
    /// What the lines are.
    pub legend: Vec<(Swatch, String)>,
}

impl Chart for SavingsOverlay {
    fn name(&self) -> String {
        "savings".to_owned()
    }

    fn heading(&self) -> &Heading {
        &self.heading
    }

    fn scene(&self, foot: &str) -> Scene {
        let (mut scene, mut room) = theme::frame(WIDE, &self.heading, foot);
        let entries: Vec<(Swatch, &str)> =
            self.legend.iter().map(|(swatch, label)| (*swatch, label.as_str())).collect();
        theme::legend(&mut scene, &mut room, &entries);
        self.panel.draw(&mut scene, room, 10.0);
        scene
    }

    fn data(&self) -> Vec<Table> {
        data::panels(std::slice::from_ref(&self.panel))
    }

    fn series(&self) -> Option<Series> {
        Some(series::of_panel(&self.panel))
    }
}

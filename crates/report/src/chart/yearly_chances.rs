//! Surge resilience: how often some force runs short of officers, with the alliances and alone.

use super::Chart;
use super::data;
use super::fan::Panel;
use super::scene::Scene;
use super::theme::{self, Heading, WIDE};
use crate::grid::Table;

/// The chance, a year, that some force is short of officers at its largest surge.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Surge {
    /// Finding.
    pub heading: Heading,
    /// The years.
    pub panel: Panel,
}

impl Chart for Surge {
    fn name(&self) -> String {
        "surge-resilience".to_owned()
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

//! Panels under one heading and one legend: reserves, funding and council tax of each force, the fund of a merged one.

use super::Chart;
use super::data;
use super::fan::{self, Panel};
use super::scene::{Anchor, Scene, Size};
use super::text::Weight;
use super::theme::{self, BLUE, Heading, MUTED, SMALL, Swatch, WIDE};
use super::{PANELS, largest};
use crate::grid::Table;

/// A measure of each force, or several of one fund, year by year.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ByForce {
    /// Name of its files.
    pub name: String,
    /// Finding.
    pub heading: Heading,
    /// The forces, or what is told of the fund.
    pub panels: Vec<Panel>,
    /// The lines that the panels hold besides the fan.
    pub legend: Vec<(Swatch, String)>,
}

impl Chart for ByForce {
    fn name(&self) -> String {
        self.name.clone()
    }

    fn heading(&self) -> &Heading {
        &self.heading
    }

    /// A row of panels on a wide chart, more rows on a taller one.
    fn scene(&self, foot: &str) -> Scene {
        let (panels, left_out) = largest(&self.panels, PANELS, Panel::size);
        let rows = fan::shape(panels.len()).1;
        let size = Size { width: WIDE.width, height: if rows > 1 { 170.0 + 245.0 * rows as f64 } else { WIDE.height } };
        let (mut scene, mut room) = theme::frame(size, &self.heading, foot);
        let median = [(Swatch::Line(BLUE, false), "median".to_owned())];
        theme::fan_legend(&mut scene, &mut room, &[&median, &self.legend[..]].concat());
        room.top += 6.0;
        if !left_out.is_empty() {
            scene.text(&left_out, (room.right, room.top), Anchor::Right, (SMALL, Weight::Regular, MUTED));
            room.top += 12.0;
        }
        for (panel, cell) in panels.iter().zip(fan::grid(&room, panels.len())) {
            panel.draw(&mut scene, cell, 0.0);
        }
        scene
    }

    fn data(&self) -> Vec<Table> {
        data::panels(&self.panels)
    }
}

//! Several panels under one heading and one legend.

use super::fan::{self, Panel};
use super::scene::{Scene, Size};
use super::theme::{self, BLUE, Heading, Swatch, WIDE};

/// The drawing: a row of panels on a wide chart, more rows on a taller one.
pub(super) fn scene(heading: &Heading, panels: &[Panel], legend: &[(Swatch, String)], foot: &str) -> Scene {
    let rows = fan::shape(panels.len()).1;
    let size = Size { width: WIDE.width, height: if rows > 1 { 170.0 + 245.0 * rows as f64 } else { WIDE.height } };
    let (mut scene, mut room) = theme::frame(size, heading, foot);
    let median = [(Swatch::Line(BLUE, false), "median".to_owned())];
    theme::fan_legend(&mut scene, &mut room, &[&median, legend].concat());
    room.top += 6.0;
    for (panel, cell) in panels.iter().zip(fan::grid(&room, panels.len())) {
        panel.draw(&mut scene, cell, 0.0);
    }
    scene
}

//! Rows of named ranges: eight futures in ten as a bar, a dot for the simulation, a stroke for the plan.

use super::axis::{self, Scale};
use super::data;
use super::scene::{Anchor, Scene, Size};
use super::text::{self, Weight};
use super::theme::{self, AXIS, BLUE, BLUE_MIDDLE, GRID, Heading, INK, MUTED, PLAN, Room, SMALL, Swatch, WHITE, WIDE};
use super::{ROWS, largest};

/// A row.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Row {
    /// Its name.
    pub name: String,
    /// The plan, or what else the stroke stands for.
    pub plan: Option<f64>,
    /// The mean or median of futures.
    pub middle: f64,
    /// 10th percentile.
    pub p10: f64,
    /// 90th percentile.
    pub p90: f64,
    /// What is printed at the right end.
    pub says: String,
}

/// How the rows are laid out and named.
pub(super) struct Layout<'a> {
    /// Height of a row.
    pub row: f64,
    /// Unit of the axis.
    pub unit: &'a str,
    /// Name of the dot.
    pub middle: &'a str,
    /// Name of the stroke.
    pub stroke: &'a str,
    /// Head of the right column.
    pub says: &'a str,
}

/// The drawing; it grows with the number of rows.
pub(super) fn scene(heading: &Heading, all: &[Row], layout: &Layout<'_>, foot: &str) -> Scene {
    let (rows, left_out) = largest(all, ROWS, |row| row.plan.unwrap_or(row.middle));
    let height = (200.0 + layout.row * rows.len() as f64).max(WIDE.height * 0.6).round();
    let (mut scene, mut room) = theme::frame(Size { width: WIDE.width, height }, heading, foot);
    let entries = [
        (Swatch::Band(BLUE_MIDDLE), "8 futures in 10"),
        (Swatch::Dot(BLUE), layout.middle),
        (Swatch::Stroke(PLAN), layout.stroke),
    ];
    theme::legend(&mut scene, &mut room, &entries);
    let widest = |texts: &mut dyn Iterator<Item = &str>| {
        texts.map(|text| text::width(text, SMALL, Weight::Regular)).fold(0.0, f64::max)
    };
    let names = widest(&mut rows.iter().map(|row| row.name.as_str())).min(310.0);
    let says = widest(&mut rows.iter().map(|row| row.says.as_str()).chain([layout.says]));
    let plot = Room {
        left: room.left + names + 14.0,
        top: room.top + 18.0,
        right: room.right - says - 16.0,
        bottom: room.bottom - 34.0,
    };
    let values = rows.iter().flat_map(|row| [row.p10, row.p90, row.middle, row.plan.unwrap_or(f64::NAN)]);
    let x = across(&mut scene, &plot, axis::extent(values, true), layout.unit);
    scene.text(layout.says, (room.right, room.top + 10.0), Anchor::Right, (SMALL, Weight::Regular, MUTED));
    scene.text(&left_out, (room.left, plot.bottom + 33.0), Anchor::Left, (SMALL, Weight::Regular, MUTED));
    let each = (plot.bottom - plot.top) / rows.len().max(1) as f64;
    for (i, row) in rows.iter().enumerate() {
        let y = plot.top + each * (i as f64 + 0.5);
        let name = text::shorten(&row.name, SMALL, Weight::Regular, names);
        scene.text(&name, (room.left + names, y + 4.3), Anchor::Right, (SMALL, Weight::Regular, INK));
        scene.text(&row.says, (room.right, y + 4.3), Anchor::Right, (SMALL, Weight::Regular, INK));
        draw(&mut scene, row, &x, y, (each * 0.27).clamp(3.0, 9.0));
        let told = data::ranges(std::slice::from_ref(*row), "", layout.stroke, layout.middle, layout.says);
        let (from, to) = ((room.left, y - each / 2.0), (room.right, y + each / 2.0));
        scene.hint(from, to, told.first().map_or_else(String::new, |table| data::line(table, 0)));
    }
    scene
}

fn draw(scene: &mut Scene, row: &Row, x: &Scale, y: f64, half: f64) {
    if row.p10.is_finite() && row.p90.is_finite() {
        scene.bar((x.at(row.p10), y - half), (x.at(row.p90).max(x.at(row.p10) + 1.0), y + half), BLUE_MIDDLE);
    }
    if let Some(plan) = row.plan {
        scene.bar((x.at(plan) - 1.6, y - half - 2.5), (x.at(plan) + 1.6, y + half + 2.5), PLAN);
    }
    if row.middle.is_finite() {
        scene.dot((x.at(row.middle), y), half.min(5.0) + 1.0, WHITE);
        scene.dot((x.at(row.middle), y), half.min(5.0), BLUE);
    }
}

/// The grid and axis of values below the plot.
fn across(scene: &mut Scene, plot: &Room, (low, high): (f64, f64), unit: &str) -> Scale {
    let ticks = axis::ticks(low, high, 7);
    let step = ticks[1] - ticks[0];
    let x = Scale { low: ticks[0], high: ticks[ticks.len() - 1], from: plot.left, to: plot.right };
    for tick in &ticks {
        let zero = tick.abs() < step * 1e-6;
        let at = x.at(*tick);
        scene.line(vec![(at, plot.top), (at, plot.bottom)], 1.0, if zero { AXIS } else { GRID });
        let label = axis::tick_text(*tick, step);
        scene.text(&label, (at, plot.bottom + 16.0), Anchor::Middle, (SMALL, Weight::Regular, MUTED));
    }
    scene.text(unit, (plot.right, plot.bottom + 33.0), Anchor::Right, (SMALL, Weight::Regular, MUTED));
    x
}

//! When the investment is earned back, a bar a year, and *never* as a bar of its own.

use super::Chart;
use super::axis;
use super::data;
use super::scene::{Anchor, Scene};
use super::text::{self, Weight};
use super::theme::{self, BLUE, GREY, Heading, INK, MUTED, PLAN, SMALL, WIDE};
use crate::grid::Table;

/// A year.
#[derive(Debug, Clone, PartialEq)]
pub struct Bar {
    /// The financial year, or `never`.
    pub label: String,
    /// Share of futures.
    pub share: f64,
    /// The share as printed; empty: not printed.
    pub says: String,
    /// Whether the plan pays back here.
    pub plan: bool,
}

/// The bars.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Payback {
    /// Finding.
    pub heading: Heading,
    /// The years.
    pub years: Vec<Bar>,
    /// Never.
    pub never: Option<Bar>,
}

impl Chart for Payback {
    fn name(&self) -> String {
        "payback".to_owned()
    }

    fn heading(&self) -> &Heading {
        &self.heading
    }

    fn scene(&self, foot: &str) -> Scene {
        let (mut scene, mut room) = theme::frame(WIDE, &self.heading, foot);
        room.bottom -= 26.0;
        let bars: Vec<&Bar> = self.years.iter().chain(&self.never).collect();
        let highest = bars.iter().map(|bar| bar.share).fold(0.0, f64::max);
        let y = axis::vertical(&mut scene, &mut room, (0.0, (highest * 100.0 * 1.08).max(1.0)), "% of futures");
        // The bar of never stands apart by half a bar.
        let each = (room.right - room.left) / (bars.len() as f64 + 0.5);
        let widest = bars.iter().map(|bar| text::width(&bar.label, SMALL, Weight::Regular)).fold(0.0, f64::max);
        let every = ((widest + 8.0) / each).ceil() as usize;
        for (i, bar) in bars.iter().enumerate() {
            let never = i == self.years.len();
            let left = room.left + each * (i as f64 + if never { 0.5 } else { 0.0 });
            let (middle, top) = (left + each / 2.0, y.at(bar.share * 100.0));
            let fill = if never { GREY } else { BLUE };
            scene.bar((left + each * 0.14, top), (left + each * 0.86, room.bottom), fill);
            let says = format!("{}: {}% of futures", bar.label, data::number(bar.share * 100.0));
            scene.hint((left, room.top), (left + each, room.bottom), says);
            if bar.plan {
                scene.text("plan", (middle, top - 22.0), Anchor::Middle, (SMALL, Weight::Bold, PLAN));
                scene.bar((left + each * 0.14, room.bottom - 1.0), (left + each * 0.86, room.bottom + 3.0), PLAN);
            }
            let fits = text::width(&bar.says, SMALL, Weight::Regular) < each + 6.0;
            if fits {
                scene.text(&bar.says, (middle, top - 6.0), Anchor::Middle, (SMALL, Weight::Regular, INK));
            }
            if never || i % every == 0 {
                let (weight, colour) = if never { (Weight::Bold, INK) } else { (Weight::Regular, MUTED) };
                scene.text(&bar.label, (middle, room.bottom + 18.0), Anchor::Middle, (SMALL, weight, colour));
            }
        }
        scene
    }

    fn data(&self) -> Vec<Table> {
        let mut table = Table::new(&["pays back in", "% of futures"]);
        for bar in self.years.iter().chain(&self.never) {
            let plan = if bar.plan { " (the plan)" } else { "" };
            table.push([format!("{}{plan}", bar.label), data::number(bar.share * 100.0)]);
        }
        vec![table]
    }
}

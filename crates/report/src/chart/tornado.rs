//! A tornado: the mean of an outcome with each input low and high, in the order given.

use super::Chart;
use super::axis::{self, Scale};
use super::data;
use super::scene::{Anchor, Scene, Size};
use super::text::{self, Weight};
use super::theme::{self, BLUE, BLUE_MIDDLE, GRID, Heading, INK, MUTED, SMALL, WIDE};
use crate::grid::Table;

/// One input.
#[derive(Debug, Clone, PartialEq)]
pub struct Span {
    /// Its name.
    pub name: String,
    /// Mean with the input low.
    pub low: f64,
    /// Mean with the input high.
    pub high: f64,
    /// What is printed at the right end.
    pub says: String,
}

/// The tornado.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Tornado {
    /// Finding.
    pub heading: Heading,
    /// Mean over all futures.
    pub mean: f64,
    /// Unit of the outcome.
    pub unit: String,
    /// Head of what is printed at the right.
    pub says: String,
    /// The inputs, from the top down.
    pub spans: Vec<Span>,
}

impl Chart for Tornado {
    fn name(&self) -> String {
        "tornado".to_owned()
    }

    fn heading(&self) -> &Heading {
        &self.heading
    }

    fn scene(&self, foot: &str) -> Scene {
        let height = (220.0 + 30.0 * self.spans.len() as f64).max(WIDE.height * 0.6).round();
        let (mut scene, mut room) = theme::frame(Size { width: WIDE.width, height }, &self.heading, foot);
        let width = |name: &str| text::width(name, SMALL, Weight::Regular);
        let names = self.spans.iter().map(|span| width(&span.name)).fold(0.0, f64::max).min(330.0);
        let says = self.spans.iter().map(|span| width(&span.says)).fold(width(&self.says), f64::max);
        scene.text(&self.says, (room.right, room.top + 10.0), Anchor::Right, (SMALL, Weight::Regular, MUTED));
        let (left, right) = (room.left + names + 14.0, room.right - says - 16.0);
        room.top += 20.0;
        room.bottom -= 36.0;
        let values = self.spans.iter().flat_map(|span| [span.low, span.high]).chain([self.mean]);
        let (low, high) = axis::extent(values, false);
        let ticks = axis::ticks(low, high, 7);
        let x = Scale { low: ticks[0], high: ticks[ticks.len() - 1], from: left, to: right };
        let step = ticks[1] - ticks[0];
        for tick in &ticks {
            let at = x.at(*tick);
            scene.line(vec![(at, room.top), (at, room.bottom)], 1.0, GRID);
            let style = (SMALL, Weight::Regular, MUTED);
            scene.text(&axis::tick_text(*tick, step), (at, room.bottom + 16.0), Anchor::Middle, style);
        }
        scene.text(&self.unit, (right, room.bottom + 33.0), Anchor::Right, (SMALL, Weight::Regular, MUTED));
        let each = (room.bottom - room.top) / self.spans.len().max(1) as f64;
        for (i, span) in self.spans.iter().enumerate() {
            let y = room.top + each * (i as f64 + 0.5);
            let half = (each * 0.34).clamp(3.0, 10.0);
            for (value, colour) in [(span.low, BLUE_MIDDLE), (span.high, BLUE)] {
                let (from, to) = (x.at(value.min(self.mean)), x.at(value.max(self.mean)));
                scene.bar((from, y - half), (to.max(from + 1.0), y + half), colour);
            }
            let name = text::shorten(&span.name, SMALL, Weight::Regular, names);
            scene.text(&name, (room.left + names, y + 4.3), Anchor::Right, (SMALL, Weight::Regular, INK));
            scene.text(&span.says, (room.right, y + 4.3), Anchor::Right, (SMALL, Weight::Regular, INK));
        }
        scene.line(vec![(x.at(self.mean), room.top), (x.at(self.mean), room.bottom)], 1.6, INK);
        scene
    }

    fn data(&self) -> Vec<Table> {
        let mut table = Table::new(&[&self.unit, "input low", "input high", &self.says]);
        for span in &self.spans {
            table.push([span.name.clone(), data::number(span.low), data::number(span.high), span.says.clone()]);
        }
        vec![table]
    }
}

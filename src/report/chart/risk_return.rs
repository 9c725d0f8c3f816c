//! What each option asks for against what it promises: peak funding need across, a chance upwards.

use super::Chart;
use super::axis::{self, Scale};
use super::scene::{Anchor, Colour, Scene};
use super::text::Weight;
use super::theme::{self, GRID, Heading, MUTED, SMALL, Swatch, WHITE, WIDE};

/// One option.
#[derive(Debug, Clone, PartialEq)]
pub struct Point {
    /// Its name.
    pub name: String,
    /// 10th percentile, median and 90th percentile of its peak funding need, £m.
    pub need: (f64, f64, f64),
    /// The chance, 0 to 1.
    pub chance: f64,
    /// The chance as printed.
    pub says: String,
    /// Its colour.
    pub colour: Colour,
}

/// The options.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct RiskReturn {
    /// Finding.
    pub heading: Heading,
    /// The options.
    pub points: Vec<Point>,
}

impl Chart for RiskReturn {
    fn name(&self) -> String {
        "risk-return".to_owned()
    }

    fn heading(&self) -> &Heading {
        &self.heading
    }

    fn scene(&self, foot: &str) -> Scene {
        let (mut scene, mut room) = theme::frame(WIDE, &self.heading, foot);
        let names: Vec<String> = self.points.iter().map(|point| format!("{} ({})", point.name, point.says)).collect();
        let entries: Vec<(Swatch, &str)> =
            self.points.iter().zip(&names).map(|(point, name)| (Swatch::Dot(point.colour), name.as_str())).collect();
        theme::legend(&mut scene, &mut room, &entries);
        room.bottom -= 44.0;
        room.right -= 20.0;
        let highest = self.points.iter().map(|point| point.chance * 100.0).fold(1.0, f64::max);
        let y = axis::vertical(&mut scene, &mut room, (0.0, highest * 1.05), "% of futures");
        let (low, high) = axis::extent(self.points.iter().flat_map(|point| [point.need.0, point.need.2]), true);
        let ticks = axis::ticks(low, high, 8);
        let x = Scale { low: ticks[0], high: ticks[ticks.len() - 1], from: room.left, to: room.right };
        let step = ticks[1] - ticks[0];
        for tick in &ticks {
            let at = x.at(*tick);
            scene.line(vec![(at, room.top), (at, room.bottom)], 1.0, GRID);
            let style = (SMALL, Weight::Regular, MUTED);
            scene.text(&axis::tick_text(*tick, step), (at, room.bottom + 18.0), Anchor::Middle, style);
        }
        let unit = "peak funding need, £m cash";
        scene.text(unit, (room.right, room.bottom + 36.0), Anchor::Right, (SMALL, Weight::Regular, MUTED));
        for point in &self.points {
            let height = y.at(point.chance * 100.0);
            scene.line(vec![(x.at(point.need.0), height), (x.at(point.need.2), height)], 3.0, point.colour);
            scene.dot((x.at(point.need.1), height), 8.0, WHITE);
            scene.dot((x.at(point.need.1), height), 6.5, point.colour);
        }
        scene
    }
}

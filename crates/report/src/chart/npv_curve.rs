//! Net present value: the chance of at least each amount, with zero and the plan marked.

use super::Chart;
use super::axis::{self, Scale};
use super::data;
use super::scene::{Anchor, Scene};
use super::series::{self, Series};
use super::text::{self, Weight};
use super::theme::{self, AXIS, BLUE, BLUE_PALE, Heading, INK, PLAN, SMALL, WHITE, WIDE};
use crate::grid::Table;

/// A point of the curve that is named.
#[derive(Debug, Clone, PartialEq)]
pub struct Named {
    /// Net present value, £m.
    pub value: f64,
    /// Chance of at least that.
    pub chance: f64,
    /// What is said of it, in short lines.
    pub says: Vec<String>,
}

/// The exceedance curve.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct NpvCurve {
    /// Finding.
    pub heading: Heading,
    /// What the amounts are: net present value, and in whose prices.
    pub unit: String,
    /// Net present value, £m, and the chance of at least that; falling.
    pub points: Vec<(f64, f64)>,
    /// Breaking even.
    pub zero: Option<Named>,
    /// The plan.
    pub plan: Option<Named>,
}

impl Chart for NpvCurve {
    fn name(&self) -> String {
        "npv-exceedance".to_owned()
    }

    fn heading(&self) -> &Heading {
        &self.heading
    }

    fn scene(&self, foot: &str) -> Scene {
        let (mut scene, mut room) = theme::frame(WIDE, &self.heading, foot);
        room.bottom -= axis::ACROSS_HEIGHT;
        room.right -= 20.0;
        let y = axis::vertical(&mut scene, &mut room, (0.0, 100.0), "% of futures");
        let marks = [&self.zero, &self.plan].into_iter().flatten().map(|named| named.value);
        let extent = axis::extent(self.points.iter().map(|point| point.0).chain(marks), true);
        let x = axis::across(&mut scene, &room, extent, &self.unit);
        let curve: Vec<_> = self.points.iter().map(|&(value, chance)| (x.at(value), y.at(chance * 100.0))).collect();
        let mut under = curve.clone();
        under.push((curve.last().map_or(0.0, |last| last.0), y.at(0.0)));
        under.push((curve.first().map_or(0.0, |first| first.0), y.at(0.0)));
        scene.area(under, BLUE_PALE);
        scene.line(vec![(x.at(0.0), y.at(0.0)), (x.at(0.0), y.at(100.0))], 1.2, AXIS);
        scene.line(curve, 2.6, BLUE);
        axis::hint_curve(&mut scene, &self.points, (&x, &y), "", "at least");
        for (named, colour) in [(&self.zero, INK), (&self.plan, PLAN)] {
            if let Some(named) = named {
                self.mark(&mut scene, named, colour, (&x, &y));
            }
        }
        scene
    }

    fn data(&self) -> Vec<Table> {
        vec![data::curve("net present value, £m", "with at least that", &self.points)]
    }

    fn series(&self) -> Option<Series> {
        Some(series::of_curves("Net present value, £m", [("Futures with at least that", &self.points[..], BLUE)]))
    }
}

impl NpvCurve {
    /// A dot on the curve and what it says, right of it where there is room, else left.
    fn mark(&self, scene: &mut Scene, named: &Named, colour: super::scene::Colour, (x, y): (&Scale, &Scale)) {
        let (at, height) = (x.at(named.value), y.at(named.chance * 100.0));
        if colour == PLAN {
            scene.dashes(&[(at, y.at(0.0)), (at, height.min(y.at(12.0)))], 2.0, PLAN, (6.0, 4.0));
        }
        scene.dot((at, height), 6.5, WHITE);
        scene.dot((at, height), 5.0, colour);
        let widest = named.says.iter().map(|line| text::width(line, SMALL, Weight::Bold)).fold(0.0, f64::max);
        let fits = at + 14.0 + widest < x.to;
        let top = height.min(y.at(12.0)) - 16.0 * (named.says.len() as f64) + 6.0;
        for (i, line) in named.says.iter().enumerate() {
            let weight = if i == 0 { Weight::Bold } else { Weight::Regular };
            let (from, anchor) = if fits { (at + 12.0, Anchor::Left) } else { (x.to, Anchor::Right) };
            scene.text(line, (from, top + 16.0 * i as f64), anchor, (SMALL, weight, colour));
        }
    }
}

//! Exceedance curves of several options over one another: the chance of at least each amount.

use super::Chart;
use super::axis;
use super::data;
use super::scene::{Colour, Scene};
use super::series::{self, Series};
use super::theme::{self, AXIS, Heading, Swatch, WIDE};
use crate::grid::Table;

/// Part of the futures at either end that may lie beyond the chart.
const OUTERMOST: f64 = 0.005;

/// One curve.
#[derive(Debug, Clone, PartialEq)]
pub struct Curve {
    /// Its name in the legend.
    pub name: String,
    /// Amount and the chance of at least that; falling.
    pub points: Vec<(f64, f64)>,
    /// Its colour.
    pub colour: Colour,
}

impl Curve {
    /// The curve without the outermost futures: a few that are far away would press all others together.
    fn inner(&self) -> &[(f64, f64)] {
        let first = self.points.iter().rposition(|point| point.1 >= 1.0 - OUTERMOST).unwrap_or(0);
        let last = self.points.iter().position(|point| point.1 <= OUTERMOST).unwrap_or(self.points.len());
        self.points.get(first..=last).unwrap_or(&self.points[first..])
    }
}

/// The curves.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Overlay {
    /// Name of its files.
    pub file: String,
    /// Finding.
    pub heading: Heading,
    /// What the amounts are.
    pub unit: String,
    /// The curves.
    pub curves: Vec<Curve>,
    /// What futures a share is of: with at least an amount, where it is none of these.
    pub of: Option<Of>,
}

/// What a curve that is no chance of amounts tells at each of its points.
#[derive(Debug, Clone, PartialEq)]
pub struct Of {
    /// What the share of futures is of: `that fail`.
    pub share: String,
    /// A point that is marked, with what it is.
    pub mark: ((f64, f64), String),
}

impl Overlay {
    /// What a share of futures is of, as the head of a column says it.
    fn share(&self) -> &str {
        self.of.as_ref().map_or("with at least that", |of| &of.share)
    }
}

impl Chart for Overlay {
    fn name(&self) -> String {
        self.file.clone()
    }

    fn heading(&self) -> &Heading {
        &self.heading
    }

    fn scene(&self, foot: &str) -> Scene {
        let (mut scene, mut room) = theme::frame(WIDE, &self.heading, foot);
        let entries: Vec<(Swatch, &str)> =
            self.curves.iter().map(|curve| (Swatch::Line(curve.colour, false), curve.name.as_str())).collect();
        theme::legend(&mut scene, &mut room, &entries);
        room.bottom -= axis::ACROSS_HEIGHT;
        room.right -= 20.0;
        let y = axis::vertical(&mut scene, &mut room, (0.0, 100.0), "% of futures");
        let amounts = self.curves.iter().flat_map(|curve| curve.inner().iter().map(|point| point.0));
        let x = axis::across(&mut scene, &room, axis::extent(amounts, true), &self.unit);
        scene.line(vec![(x.at(0.0), y.at(0.0)), (x.at(0.0), y.at(100.0))], 1.2, AXIS);
        for curve in &self.curves {
            let within = |point: &&(f64, f64)| (x.low..=x.high).contains(&point.0);
            let points: Vec<(f64, f64)> = curve.points.iter().filter(within).copied().collect();
            let at = points.iter().map(|&(value, chance)| (x.at(value), y.at(chance * 100.0))).collect();
            scene.line(at, 2.4, curve.colour);
            let told = self.of.as_ref().map_or("at least", |_| "where the amount is");
            axis::hint_curve(&mut scene, &points, (&x, &y), &curve.name, told);
        }
        if let Some(Of { mark: ((value, chance), says), .. }) = &self.of {
            let at = (x.at(*value), y.at(chance * 100.0));
            scene.diamond(at, 6.0, AXIS);
            scene.hint((at.0 - 8.0, at.1 - 8.0), (at.0 + 8.0, at.1 + 8.0), says.clone());
        }
        scene
    }

    fn data(&self) -> Vec<Table> {
        let named = |curve: &Curve| format!("{}: {}", curve.name, self.unit);
        let curves = self.curves.iter().map(|curve| data::curve(&named(curve), self.share(), &curve.points));
        let mark = self.of.iter().map(|of| data::curve(&of.mark.1, &of.share, &[of.mark.0]));
        curves.chain(mark).collect()
    }

    fn series(&self) -> Option<Series> {
        let each = self.curves.iter().map(|curve| (curve.name.as_str(), curve.inner(), curve.colour));
        Some(series::of_curves(&self.unit, each))
    }
}

//! What each option asks for against what it promises: peak funding need across, a chance upwards.

use super::Chart;
use super::axis;
use super::data;
use super::scene::{Colour, Scene};
use super::theme::{self, Heading, Swatch, WHITE, WIDE};
use crate::grid::Table;

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
        room.bottom -= axis::ACROSS_HEIGHT;
        room.right -= 20.0;
        let highest = self.points.iter().map(|point| point.chance * 100.0).fold(1.0, f64::max);
        let y = axis::vertical(&mut scene, &mut room, (0.0, highest * 1.05), "% of futures");
        let needs = self.points.iter().flat_map(|point| [point.need.0, point.need.2]);
        let x = axis::across(&mut scene, &room, axis::extent(needs, true), "peak funding need, £m cash");
        for point in &self.points {
            let height = y.at(point.chance * 100.0);
            scene.line(vec![(x.at(point.need.0), height), (x.at(point.need.2), height)], 3.0, point.colour);
            scene.dot((x.at(point.need.1), height), 8.0, WHITE);
            scene.dot((x.at(point.need.1), height), 6.5, point.colour);
        }
        scene
    }

    fn data(&self) -> Vec<Table> {
        let mut table = Table::new(&["", "chance", "peak funding need, £m: P10", "median", "P90"]);
        for point in &self.points {
            let need = [point.need.0, point.need.1, point.need.2].map(data::number);
            table.push([point.name.clone(), point.says.clone()].into_iter().chain(need));
        }
        vec![table]
    }
}

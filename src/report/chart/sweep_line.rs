//! A measure as one key is swept: a line with bands, the level at which the answer turns, and where it does.

use super::Chart;
use super::axis::{self, Scale};
use super::data;
use super::fan::Line;
use super::scene::Scene;
use super::series::{Over, Series};
use super::theme::{self, AXIS, BLUE, BLUE_MIDDLE, BLUE_PALE, Heading, INK, PLAN, Swatch, WHITE, WIDE};
use crate::report::grid::Table;

/// One value of the key.
#[derive(Debug, Clone, PartialEq)]
pub struct Station {
    /// The value.
    pub at: f64,
    /// The median, or the chance.
    pub middle: f64,
    /// The mean, at which the answer turns.
    pub mean: f64,
    /// 10th, 25th, 75th and 90th percentile; none for a chance.
    pub band: Option<[f64; 4]>,
}

/// The sweep.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct SweepLine {
    /// Name of its files.
    pub file: String,
    /// Finding.
    pub heading: Heading,
    /// Unit of the measure.
    pub unit: String,
    /// The key.
    pub key: String,
    /// Where the answer turns.
    pub level: f64,
    /// Values of the key at which it does.
    pub marks: Vec<f64>,
    /// The values, rising.
    pub stations: Vec<Station>,
}

impl Chart for SweepLine {
    fn name(&self) -> String {
        self.file.clone()
    }

    fn heading(&self) -> &Heading {
        &self.heading
    }

    fn scene(&self, foot: &str) -> Scene {
        let (mut scene, mut room) = theme::frame(WIDE, &self.heading, foot);
        let bands = self.stations.iter().any(|station| station.band.is_some());
        let fan = [
            (Swatch::Band(BLUE_PALE), "8 futures in 10"),
            (Swatch::Band(BLUE_MIDDLE), "5 in 10"),
            (Swatch::Line(BLUE, false), "median"),
            (Swatch::Line(INK, true), "mean"),
        ];
        let chance = [(Swatch::Line(BLUE, false), "chance")];
        theme::legend(&mut scene, &mut room, if bands { &fan } else { &chance });
        room.bottom -= axis::ACROSS_HEIGHT;
        room.right -= 20.0;
        let values = self.stations.iter().flat_map(|station| {
            let band = station.band.unwrap_or([station.middle; 4]);
            [band[0], band[3], station.middle, station.mean]
        });
        // The level at which a chance turns need not be in sight.
        let y = axis::vertical(&mut scene, &mut room, axis::extent(values, true), &self.unit);
        let swept = axis::extent(self.stations.iter().map(|station| station.at), false);
        let x = axis::across_exactly(&mut scene, &room, swept, &self.key);
        self.draw(&mut scene, &x, &y);
        scene
    }

    fn series(&self) -> Option<Series> {
        let line = |name: &str, colour, dashed, value: &dyn Fn(&Station) -> Option<f64>| Line {
            name: name.to_owned(),
            label: String::new(),
            values: self.stations.iter().map(|station| value(station).filter(|value| value.is_finite())).collect(),
            colour,
            dashed,
        };
        let lines = if self.stations.iter().any(|station| station.band.is_some()) {
            vec![
                line("P10", BLUE_MIDDLE, true, &|station| Some(station.band?[0])),
                line("Median", BLUE, false, &|station| Some(station.middle)),
                line("P90", BLUE_MIDDLE, true, &|station| Some(station.band?[3])),
                line("Mean", INK, false, &|station| Some(station.mean)),
            ]
        } else {
            vec![line("Chance", BLUE, false, &|station| Some(station.middle))]
        };
        let values = self.stations.iter().map(|station| station.at).collect();
        Some(Series::Lines { unit: self.unit.clone(), over: Over::Key(self.key.clone(), values), lines })
    }

    fn data(&self) -> Vec<Table> {
        let bands = self.stations.iter().any(|station| station.band.is_some());
        let heads: &[&str] = if bands { &["P10", "P25", "median", "P75", "P90", "mean"] } else { &["chance"] };
        let mut table = Table::new(&[&self.key]);
        table.head.extend(heads.iter().map(|head| (*head).to_owned()));
        for station in &self.stations {
            let values = match station.band {
                Some([p10, p25, p75, p90]) => vec![p10, p25, station.middle, p75, p90, station.mean],
                None => vec![station.middle],
            };
            table.push(std::iter::once(station.at).chain(values).map(data::number));
        }
        vec![table]
    }
}

impl SweepLine {
    fn draw(&self, scene: &mut Scene, x: &Scale, y: &Scale) {
        let points = |pick: &dyn Fn(&Station) -> f64| -> Vec<(f64, f64)> {
            let found = self.stations.iter().map(|station| (x.at(station.at), pick(station)));
            found.filter(|point| point.1.is_finite()).map(|(at, value)| (at, y.at(value))).collect()
        };
        for (low, high, colour) in [(0, 3, BLUE_PALE), (1, 2, BLUE_MIDDLE)] {
            let edge = |k: usize| points(&move |station: &Station| station.band.map_or(f64::NAN, |band| band[k]));
            let mut outline = edge(high);
            outline.extend(edge(low).into_iter().rev());
            scene.area(outline, colour);
        }
        if self.level > y.low && self.level < y.high {
            scene.line(vec![(x.from, y.at(self.level)), (x.to, y.at(self.level))], 1.2, AXIS);
        }
        scene.line(points(&|station| station.middle), 2.6, BLUE);
        if self.stations.iter().any(|station| station.band.is_some()) {
            scene.dashes(&points(&|station| station.mean), 1.8, INK, (6.0, 4.0));
        }
        for mark in &self.marks {
            scene.dot((x.at(*mark), y.at(self.level)), 7.0, PLAN);
            scene.dot((x.at(*mark), y.at(self.level)), 4.6, WHITE);
        }
    }
}

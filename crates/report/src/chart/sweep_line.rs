//! A measure as one key is swept: a line with bands, the level at which the answer turns, and where it does. Of a date that may never
//! come no band is drawn, for none has an upper edge: its percentiles are lines that end where it never comes, below the share of futures
//! in which it does not.

use super::Chart;
use super::axis::{self, Scale};
use super::data;
use super::fan::Line;
use super::scene::{Anchor, Colour, Scene};
use super::series::{Over, Series};
use super::text::{self, Weight};
use super::theme::{self, AXIS, BLUE, BLUE_MIDDLE, BLUE_PALE, Heading, INK, MUTED, PLAN, SMALL, Swatch, WHITE, WIDE};
use crate::grid::Table;

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
    /// Per cent of futures in which it never comes, where it may not.
    pub never: Option<f64>,
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
        let fan = [
            (Swatch::Band(BLUE_PALE), "8 futures in 10"),
            (Swatch::Band(BLUE_MIDDLE), "5 in 10"),
            (Swatch::Line(BLUE, false), "median"),
            (Swatch::Line(INK, true), "mean"),
        ];
        let chance = [(Swatch::Line(BLUE, false), "chance")];
        let dates = [
            (Swatch::Line(BLUE, false), "in half of futures it has come by then"),
            (Swatch::Line(BLUE_MIDDLE, false), "in 1 of 4, and 3 of 4"),
            (Swatch::Line(BLUE_MIDDLE, true), "in 1 of 10, and 9 of 10"),
        ];
        let entries: &[(Swatch, &str)] = match self.shape() {
            Shape::Fan => &fan,
            Shape::Chance => &chance,
            Shape::Date => &dates,
        };
        theme::legend(&mut scene, &mut room, entries);
        room.bottom -= axis::ACROSS_HEIGHT;
        room.right -= 20.0;
        let top = room.top;
        if self.shape() == Shape::Date {
            room.top += NEVER_HEIGHT;
        }
        let values = self.stations.iter().flat_map(|station| {
            let [low, lower, upper, high] = station.band.unwrap_or([station.middle; 4]);
            let mean = if self.shape() == Shape::Date { station.middle } else { station.mean };
            [low, lower, station.middle, upper, high, mean]
        });
        // The level at which a chance turns need not be in sight.
        let y = axis::vertical(&mut scene, &mut room, axis::extent(values, true), &self.unit);
        let swept = axis::extent(self.stations.iter().map(|station| station.at), false);
        let x = axis::across_exactly(&mut scene, &room, swept, &self.key);
        match self.shape() {
            Shape::Date => {
                self.never(&mut scene, &x, (room.left, top));
                self.dates(&mut scene, &x, &y);
            }
            _ => self.draw(&mut scene, &x, &y),
        }
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
        let mut lines = vec![
            line("P10", BLUE_MIDDLE, true, &|station| Some(station.band?[0])),
            line("Median", BLUE, false, &|station| Some(station.middle)),
            line("P90", BLUE_MIDDLE, true, &|station| Some(station.band?[3])),
        ];
        match self.shape() {
            Shape::Fan => lines.push(line("Mean", INK, false, &|station| Some(station.mean))),
            Shape::Date => {}
            Shape::Chance => lines = vec![line("Chance", BLUE, false, &|station| Some(station.middle))],
        }
        let values = self.stations.iter().map(|station| station.at).collect();
        Some(Series::Lines { unit: self.unit.clone(), over: Over::Key(self.key.clone(), values), lines })
    }

    fn data(&self) -> Vec<Table> {
        let heads: &[&str] = match self.shape() {
            Shape::Fan => &["P10", "P25", "median", "P75", "P90", "mean"],
            Shape::Date => &["P10", "P25", "median", "P75", "P90", "never, % of futures"],
            Shape::Chance => &["chance"],
        };
        let mut table = Table::new(&[&self.key]);
        table.head.extend(heads.iter().map(|head| (*head).to_owned()));
        for station in &self.stations {
            let date = |value: f64| if value.is_finite() { data::number(value) } else { "never".to_owned() };
            let values: Vec<String> = match (station.band, station.never) {
                (Some([p10, p25, p75, p90]), Some(never)) => {
                    [p10, p25, station.middle, p75, p90].map(date).into_iter().chain([data::number(never)]).collect()
                }
                (Some([p10, p25, p75, p90]), None) => {
                    [p10, p25, station.middle, p75, p90, station.mean].map(data::number).to_vec()
                }
                (None, _) => vec![data::number(station.middle)],
            };
            table.push(std::iter::once(data::number(station.at)).chain(values));
        }
        vec![table]
    }
}

/// What is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shape {
    /// Bands, median and mean.
    Fan,
    /// The chance of an event.
    Chance,
    /// Percentiles of a date that may never come.
    Date,
}

/// Room for the shares of futures in which a date never comes, above the plot.
const NEVER_HEIGHT: f64 = 40.0;

impl SweepLine {
    fn shape(&self) -> Shape {
        if self.stations.iter().any(|station| station.never.is_some()) {
            Shape::Date
        } else if self.stations.iter().any(|station| station.band.is_some()) {
            Shape::Fan
        } else {
            Shape::Chance
        }
    }

    /// Stretches of neighbouring values of the key at which all of `pick` is known: where one is not, a line is broken.
    fn runs<const N: usize>(&self, pick: impl Fn(&Station) -> [f64; N]) -> Vec<Vec<(f64, [f64; N])>> {
        let known = |station: &Station| {
            let values = pick(station);
            values.iter().all(|value| value.is_finite()).then_some((station.at, values))
        };
        let each: Vec<Option<(f64, [f64; N])>> = self.stations.iter().map(known).collect();
        each.split(Option::is_none)
            .filter(|run| !run.is_empty())
            .map(|run| run.iter().flatten().copied().collect())
            .collect()
    }

    /// A line through what is known, broken where it is not; a dot where a value stands alone.
    fn line(
        &self,
        scene: &mut Scene,
        (x, y): (&Scale, &Scale),
        (width, colour, dashed): (f64, Colour, bool),
        pick: impl Fn(&Station) -> f64,
    ) {
        for run in self.runs(|station| [pick(station)]) {
            let points: Vec<(f64, f64)> = run.iter().map(|(at, [value])| (x.at(*at), y.at(*value))).collect();
            match &points[..] {
                [alone] => scene.dot(*alone, width + 1.0, colour),
                _ if dashed => scene.dashes(&points, width, colour, (6.0, 4.0)),
                _ => scene.line(points, width, colour),
            }
        }
    }

    fn draw(&self, scene: &mut Scene, x: &Scale, y: &Scale) {
        for (low, high, colour) in [(0, 3, BLUE_PALE), (1, 2, BLUE_MIDDLE)] {
            for run in self.runs(|station| station.band.map_or([f64::NAN; 2], |band| [band[low], band[high]])) {
                let upper = run.iter().map(|(at, edges)| (x.at(*at), y.at(edges[1])));
                let lower = run.iter().rev().map(|(at, edges)| (x.at(*at), y.at(edges[0])));
                scene.area(upper.chain(lower).collect(), colour);
            }
        }
        if self.level > y.low && self.level < y.high {
            scene.line(vec![(x.from, y.at(self.level)), (x.to, y.at(self.level))], 1.2, AXIS);
        }
        self.line(scene, (x, y), (2.6, BLUE, false), |station| station.middle);
        if self.shape() == Shape::Fan {
            self.line(scene, (x, y), (1.8, INK, true), |station| station.mean);
        }
        for mark in &self.marks {
            scene.dot((x.at(*mark), y.at(self.level)), 7.0, PLAN);
            scene.dot((x.at(*mark), y.at(self.level)), 4.6, WHITE);
        }
    }

    fn dates(&self, scene: &mut Scene, x: &Scale, y: &Scale) {
        for (k, dashed) in [(0, true), (3, true), (1, false), (2, false)] {
            self.line(scene, (x, y), (1.8, BLUE_MIDDLE, dashed), |station| {
                station.band.map_or(f64::NAN, |band| band[k])
            });
        }
        self.line(scene, (x, y), (2.6, BLUE, false), |station| station.middle);
    }

    /// In how many futures it never comes, above each value of the key for which there is room.
    fn never(&self, scene: &mut Scene, x: &Scale, (left, top): (f64, f64)) {
        scene.text("never, % of futures", (left, top + 9.0), Anchor::Left, (SMALL, Weight::Regular, MUTED));
        let mut free = 0.0;
        for station in &self.stations {
            let says = data::number(station.never.unwrap_or(0.0));
            let half = text::width(&says, SMALL, Weight::Bold) / 2.0;
            let at = x.at(station.at).min(scene.size.width - half - 4.0);
            if at - half >= free {
                scene.text(&says, (at, top + 28.0), Anchor::Middle, (SMALL, Weight::Bold, INK));
                free = at + half + 6.0;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chart::scene;

    /// A date that comes in few futures at 0, in most at 2: percentiles that never come are missing.
    fn ends() -> SweepLine {
        let station = |at: f64, middle: f64, band: [f64; 4], never: f64| Station {
            at,
            middle,
            mean: 7.0,
            band: Some(band),
            never: Some(never),
        };
        let none = f64::NAN;
        let stations = vec![
            station(0.0, none, [6.0, none, none, none], 74.0),
            station(1.0, none, [5.0, 6.5, none, none], 56.0),
            station(2.0, 6.5, [4.0, 4.7, 12.0, none], 25.0),
        ];
        SweepLine { unit: "years".to_owned(), key: "weight".to_owned(), stations, ..SweepLine::default() }
    }

    #[test]
    fn a_date_that_may_never_come_has_no_band_no_mean_and_its_chance_above() {
        let chart = ends();
        let scene = chart.scene("");
        let is_band = |shape: &scene::Shape| matches!(shape, scene::Shape::Area(_, colour) if [BLUE_PALE, BLUE_MIDDLE].contains(colour));
        assert!(!scene.shapes.iter().any(is_band));
        let texts: Vec<&str> = scene.texts().map(|text| text.text.as_str()).collect();
        for wanted in ["never, % of futures", "74.0", "56.0", "25.0"] {
            assert!(texts.contains(&wanted), "{wanted}: {texts:?}");
        }
        assert!(!texts.contains(&"mean"), "{texts:?}");
        let table = &chart.data()[0];
        assert_eq!(table.rows[1], ["1.00", "5.00", "6.50", "never", "never", "never", "56.0"]);
    }

    #[test]
    fn what_is_not_known_between_two_values_breaks_a_band() {
        let mut chart = ends();
        for (station, p90) in chart.stations.iter_mut().zip([9.0, f64::NAN, 9.0]) {
            (station.never, station.middle, station.band) = (None, 5.0, Some([4.0, 4.5, 6.0, p90]));
        }
        let scene = chart.scene("");
        let pale = |shape: &&scene::Shape| matches!(shape, scene::Shape::Area(points, BLUE_PALE) if points.len() > 4);
        assert_eq!(scene.shapes.iter().filter(pale).count(), 0, "no band goes over the gap");
    }
}

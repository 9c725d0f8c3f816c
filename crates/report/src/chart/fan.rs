//! A panel over the years: fans of futures, lines beside them, marks on them. Most charts are one of these, or several.

use super::axis::{self, EndLabel, Scale};
use super::data;
use super::scene::{Anchor, Colour, Scene};
use super::text::Weight;
use super::theme::{AXIS, BLUE, BLUE_MIDDLE, BLUE_PALE, BODY, INK, Room, WHITE};

/// Percentiles by year.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Fan {
    /// 10th percentile.
    pub p10: Vec<f64>,
    /// 25th percentile.
    pub p25: Vec<f64>,
    /// Median.
    pub p50: Vec<f64>,
    /// 75th percentile.
    pub p75: Vec<f64>,
    /// 90th percentile.
    pub p90: Vec<f64>,
}

/// When in its year a value is measured.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Timing {
    /// Over the year: drawn at its middle.
    #[default]
    Over,
    /// At its end.
    End,
}

impl Timing {
    fn offset(self) -> f64 {
        match self {
            Self::Over => 0.5,
            Self::End => 1.0,
        }
    }
}

/// A line by year; gaps where there is no value.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// What it is.
    pub name: String,
    /// Its label at the right end; empty: none.
    pub label: String,
    /// Its values.
    pub values: Vec<Option<f64>>,
    /// Its colour.
    pub colour: Colour,
    /// Whether it is dashed.
    pub dashed: bool,
}

/// Something known at a time, or promised for it.
#[derive(Debug, Clone, PartialEq)]
pub struct Mark {
    /// Years since 1 April of the first year.
    pub time: f64,
    /// The value.
    pub value: f64,
    /// The high reading of a disputed value.
    pub high: Option<f64>,
    /// A ring of this colour (a promise, a turning point); none: a fact, a diamond.
    pub ring: Option<Colour>,
}

/// A panel.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Panel {
    /// Its name; empty for a chart of one panel.
    pub name: String,
    /// Unit of the values.
    pub unit: String,
    /// The financial years.
    pub years: Vec<String>,
    /// When in the year the values are measured.
    pub timing: Timing,
    /// The simulation.
    pub fan: Option<Fan>,
    /// Label of the median; empty: none.
    pub median_label: String,
    /// Lines over it.
    pub lines: Vec<Line>,
    /// Marks over those.
    pub marks: Vec<Mark>,
    /// Whether the axis must show zero.
    pub zero: bool,
    /// Values that the axis must hold besides its own.
    pub also: Option<(f64, f64)>,
}

impl Panel {
    /// How large it is beside others: its largest median.
    pub(super) fn size(&self) -> f64 {
        self.fan
            .iter()
            .flat_map(|fan| &fan.p50)
            .filter(|value| value.is_finite())
            .fold(0.0, |most, value| value.abs().max(most))
    }

    fn values(&self) -> impl Iterator<Item = f64> {
        let fan = self.fan.iter().flat_map(|fan| fan.p10.iter().chain(&fan.p90).copied());
        let lines = self.lines.iter().flat_map(|line| line.values.iter().flatten().copied());
        let marks = self.marks.iter().flat_map(|mark| [Some(mark.value), mark.high].into_iter().flatten());
        let also = self.also.iter().flat_map(|&(low, high)| [low, high]);
        fan.chain(lines).chain(marks).chain(also)
    }

    /// Gives all panels one scale, so that they can be compared.
    pub fn share_scale(panels: &mut [Self]) {
        let both = axis::extent(panels.iter().flat_map(Self::values).collect::<Vec<_>>().into_iter(), false);
        for panel in panels {
            panel.also = Some(both);
        }
    }

    /// Draws the panel; `label_room` pixels at the right are kept for labels of lines.
    pub fn draw(&self, scene: &mut Scene, mut room: Room, label_room: f64) {
        if !self.name.is_empty() {
            let name = super::text::shorten(&self.name, BODY, Weight::Bold, room.right - room.left);
            scene.text(&name, (room.left, room.top + 11.0), Anchor::Left, (BODY, Weight::Bold, INK));
            room.top += 20.0;
        }
        room.bottom -= axis::YEARS_HEIGHT;
        room.right -= label_room;
        let y = axis::vertical(scene, &mut room, axis::extent(self.values(), self.zero), &self.unit);
        let x = axis::years(scene, &room, &self.years);
        let mut labels = Vec::new();
        if let Some(fan) = &self.fan {
            self.draw_fan(scene, fan, &x, &y);
            if y.low < 0.0 && y.high > 0.0 {
                scene.line(vec![(room.left, y.at(0.0)), (room.right, y.at(0.0))], 1.0, AXIS);
            }
            scene.line(self.points(&fan.p50, &x, &y), 2.6, BLUE);
            if let (Some(last), false) = (fan.p50.last(), self.median_label.is_empty()) {
                labels.push(label(y.at(*last), &self.median_label, BLUE));
            }
        }
        for line in &self.lines {
            self.draw_line(scene, line, &x, &y);
            if let (Some(last), false) = (line.values.iter().rev().flatten().next(), line.label.is_empty()) {
                labels.push(label(y.at(*last), &line.label, line.colour));
            }
        }
        for mark in &self.marks {
            draw_mark(scene, mark, &x, &y);
        }
        self.hint(scene, &x, &room);
        axis::end_labels(scene, labels, (room.right + 8.0, room.right + label_room), (room.top, room.bottom));
    }

    /// What each year's values are, for whoever points at it.
    fn hint(&self, scene: &mut Scene, x: &Scale, room: &Room) {
        for table in data::panels(std::slice::from_ref(self)) {
            for t in 0..table.rows.len() {
                let (left, right) = (x.at(t as f64), x.at(t as f64 + 1.0));
                scene.hint((left, room.top), (right, room.bottom), data::line(&table, t));
            }
        }
    }

    fn points(&self, values: &[f64], x: &Scale, y: &Scale) -> Vec<(f64, f64)> {
        let at = |(t, value): (usize, &f64)| (x.at(t as f64 + self.timing.offset()), y.at(*value));
        values.iter().enumerate().filter(|(_, value)| value.is_finite()).map(at).collect()
    }

    fn draw_fan(&self, scene: &mut Scene, fan: &Fan, x: &Scale, y: &Scale) {
        for (low, high, colour) in [(&fan.p10, &fan.p90, BLUE_PALE), (&fan.p25, &fan.p75, BLUE_MIDDLE)] {
            let mut outline = self.points(high, x, y);
            outline.extend(self.points(low, x, y).into_iter().rev());
            scene.area(outline, colour);
        }
    }

    fn draw_line(&self, scene: &mut Scene, line: &Line, x: &Scale, y: &Scale) {
        let values: Vec<f64> = line.values.iter().map(|value| value.unwrap_or(f64::NAN)).collect();
        let points = self.points(&values, x, y);
        if line.dashed {
            scene.dashes(&points, 2.2, line.colour, (7.0, 4.0));
        } else {
            scene.line(points, 2.2, line.colour);
        }
    }
}

fn label(y: f64, text: &str, colour: Colour) -> EndLabel {
    EndLabel { y, text: text.to_owned(), colour, weight: Weight::Bold }
}

fn draw_mark(scene: &mut Scene, mark: &Mark, x: &Scale, y: &Scale) {
    let (at, low) = (x.at(mark.time), y.at(mark.value));
    if let Some(high) = mark.high {
        scene.line(vec![(at, low), (at, y.at(high))], 2.0, INK);
        scene.diamond((at, y.at(high)), 6.0, INK);
        scene.diamond((at, y.at(high)), 3.6, WHITE);
    }
    if let Some(colour) = mark.ring {
        scene.dot((at, low), 7.0, colour);
        scene.dot((at, low), 4.6, WHITE);
    } else {
        scene.diamond((at, low), 6.5, WHITE);
        scene.diamond((at, low), 5.5, INK);
    }
}

/// Rooms for `count` panels beside and below one another.
#[must_use]
pub fn grid(room: &Room, count: usize) -> Vec<Room> {
    let (columns, rows) = shape(count);
    let (gap_x, gap_y) = (30.0, 18.0);
    let wide = (room.right - room.left - gap_x * (columns as f64 - 1.0)) / columns as f64;
    let high = (room.bottom - room.top - gap_y * (rows as f64 - 1.0)) / rows as f64;
    let cell = |i: usize| {
        let (column, row) = ((i % columns) as f64, (i / columns) as f64);
        let (left, top) = (room.left + column * (wide + gap_x), room.top + row * (high + gap_y));
        Room { left, top, right: left + wide, bottom: top + high }
    };
    (0..count).map(cell).collect()
}

/// Columns and rows of panels.
#[must_use]
pub const fn shape(count: usize) -> (usize, usize) {
    match count {
        0 | 1 => (1, 1),
        2 => (2, 1),
        3 => (3, 1),
        4 => (2, 2),
        more => (3, more.div_ceil(3)),
    }
}

//! Scales, round ticks, the grid, the axis of financial years, and labels that do not meet.

use super::data::number;
use super::scene::{Anchor, Colour, Scene};
use super::text::{self, Weight};
use super::theme::{AXIS, GRID, MUTED, Room, SMALL};
use crate::number::{power_of_ten, ten_to};

/// From values to pixels.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Scale {
    /// Value at `from`.
    pub low: f64,
    /// Value at `to`.
    pub high: f64,
    /// Pixel of `low`.
    pub from: f64,
    /// Pixel of `high`.
    pub to: f64,
}

impl Scale {
    /// The pixel of a value.
    #[must_use]
    pub fn at(&self, value: f64) -> f64 {
        self.from + (value - self.low) / (self.high - self.low) * (self.to - self.from)
    }
}

/// Round numbers from at most `low` to at least `high`, about `wanted` steps apart.
#[must_use]
pub fn ticks(low: f64, high: f64, wanted: usize) -> Vec<f64> {
    let span = (high - low).max(1e-9);
    let rough = span / wanted.max(1) as f64;
    let power = ten_to(power_of_ten(rough));
    let step = [1.0, 2.0, 2.5, 5.0, 10.0].into_iter().map(|m| m * power).find(|s| *s >= rough * 0.999).unwrap_or(rough);
    let (first, last) = ((low / step + 1e-9).floor() as i64, (high / step - 1e-9).ceil() as i64);
    (first..=last.max(first + 1)).map(|i| i as f64 * step).collect()
}

/// A tick as text, with as many decimals as its steps need.
#[must_use]
pub fn tick_text(value: f64, step: f64) -> String {
    let decimals = (0..6).find(|d| ((step * ten_to(*d)).round() / ten_to(*d) - step).abs() < step * 1e-6);
    let text = format!("{:.*}", decimals.unwrap_or(0) as usize, value.abs());
    if value < -1e-12 { format!("−{text}") } else { text }
}

/// Values that an axis must hold: finite ones, and zero where it belongs to the story.
#[must_use]
pub fn extent(values: impl Iterator<Item = f64>, zero: bool) -> (f64, f64) {
    let start = if zero { (0.0, 0.0) } else { (f64::INFINITY, f64::NEG_INFINITY) };
    let (low, high) = values.filter(|v| v.is_finite()).fold(start, |(lo, hi), v| (lo.min(v), hi.max(v)));
    if low > high {
        (0.0, 1.0)
    } else if high - low < 1e-9 {
        (low, low + low.abs().max(1.0))
    } else {
        (low, high)
    }
}

/// Horizontal grid with its values at the left and the unit above; takes its width from the room and returns the scale.
pub fn vertical(scene: &mut Scene, room: &mut Room, (low, high): (f64, f64), unit: &str) -> Scale {
    let wanted = (((room.bottom - room.top) / 46.0) as usize).clamp(3, 7);
    let ticks = ticks(low, high, wanted);
    let step = ticks[1] - ticks[0];
    let labels: Vec<String> = ticks.iter().map(|tick| tick_text(*tick, step)).collect();
    let widest = labels.iter().map(|label| text::width(label, SMALL, Weight::Regular)).fold(0.0, f64::max);
    scene.text(unit, (room.left, room.top + 9.0), Anchor::Left, (SMALL, Weight::Regular, MUTED));
    room.top += 22.0;
    let edge = room.left + widest;
    room.left = edge + 10.0;
    let scale = Scale { low: ticks[0], high: ticks[ticks.len() - 1], from: room.bottom, to: room.top };
    for (tick, label) in ticks.iter().zip(&labels) {
        let y = scale.at(*tick);
        let zero = tick.abs() < step * 1e-6;
        scene.line(vec![(room.left, y), (room.right, y)], 1.0, if zero { AXIS } else { GRID });
        scene.text(label, (edge, y + 4.3), Anchor::Right, (SMALL, Weight::Regular, MUTED));
    }
    scale
}

/// Room that [`across`] takes below a plot: set aside before the axis at the left is drawn.
pub const ACROSS_HEIGHT: f64 = 44.0;

/// Round values along the bottom of the room, wide enough for both ends, with the unit below; returns the scale.
pub fn across(scene: &mut Scene, room: &Room, (low, high): (f64, f64), unit: &str) -> Scale {
    let ticks = ticks(low, high, 8);
    let scale = Scale { low: ticks[0], high: ticks[ticks.len() - 1], from: room.left, to: room.right };
    mark(scene, room, &scale, &ticks, unit);
    scale
}

/// The same from one value exactly to the other, with the round values between them.
pub fn across_exactly(scene: &mut Scene, room: &Room, (low, high): (f64, f64), unit: &str) -> Scale {
    let scale = Scale { low, high, from: room.left + 8.0, to: room.right };
    let slack = (high - low) * 1e-9;
    let ticks: Vec<f64> =
        ticks(low, high, 8).into_iter().filter(|tick| *tick >= low - slack && *tick <= high + slack).collect();
    mark(scene, room, &scale, &ticks, unit);
    scale
}

fn mark(scene: &mut Scene, room: &Room, scale: &Scale, ticks: &[f64], unit: &str) {
    let step = ticks.windows(2).next().map_or(scale.high - scale.low, |pair| pair[1] - pair[0]);
    let style = (SMALL, Weight::Regular, MUTED);
    for tick in ticks {
        let x = scale.at(*tick);
        scene.line(vec![(x, room.bottom + 1.0), (x, room.bottom + 5.0)], 1.0, AXIS);
        scene.text(&tick_text(*tick, step), (x, room.bottom + 18.0), Anchor::Middle, style);
    }
    scene.text(unit, (room.right, room.bottom + 36.0), Anchor::Right, style);
}

/// What points of a falling curve are, for whoever points near them: amount and chance, after a name where there are several.
pub fn hint_curve(scene: &mut Scene, points: &[(f64, f64)], (x, y): (&Scale, &Scale), name: &str, told: &str) {
    const REACH: f64 = 7.0;
    for &(value, chance) in points.iter().filter(|(value, _)| value.is_finite()) {
        let (at, high) = (x.at(value), y.at(chance * 100.0));
        let of = if name.is_empty() { String::new() } else { format!("{name}: ") };
        let says = format!("{of}{}% of futures {told} {}", number(chance * 100.0), number(value));
        scene.hint((at - REACH, high - REACH), (at + REACH, high + REACH), says);
    }
}

/// Room that the axis of years takes below a plot.
pub const YEARS_HEIGHT: f64 = 24.0;

/// Financial years along the bottom of the room, each label in the middle of its year; as many as fit.
pub fn years(scene: &mut Scene, room: &Room, labels: &[String]) -> Scale {
    let scale = Scale { low: 0.0, high: labels.len() as f64, from: room.left, to: room.right };
    let widest = labels.iter().map(|label| text::width(label, SMALL, Weight::Regular)).fold(0.0, f64::max) + 10.0;
    let each = (room.right - room.left) / labels.len().max(1) as f64;
    let every = (widest / each).ceil().max(1.0) as usize;
    for (t, label) in labels.iter().enumerate() {
        let x = scale.at(t as f64 + 0.5);
        let half = widest / 2.0 - 5.0;
        if t % every == 0 && x + half <= scene.size.width - 4.0 {
            scene.line(vec![(x, room.bottom + 1.0), (x, room.bottom + 5.0)], 1.0, AXIS);
            scene.text(label, (x, room.bottom + 18.0), Anchor::Middle, (SMALL, Weight::Regular, MUTED));
        }
    }
    scale
}

/// A label beside the end of a line.
#[derive(Debug, Clone, PartialEq)]
pub struct EndLabel {
    /// Where the line ends.
    pub y: f64,
    /// What it is.
    pub text: String,
    /// Its colour.
    pub colour: Colour,
    /// Its weight.
    pub weight: Weight,
}

/// Labels right of `x`, moved apart so that none meets another, within `top` and `bottom`, cut at `right`.
pub fn end_labels(scene: &mut Scene, mut labels: Vec<EndLabel>, (x, right): (f64, f64), (top, bottom): (f64, f64)) {
    const GAP: f64 = 16.0;
    labels.sort_by(|a, b| a.y.total_cmp(&b.y));
    let mut floor = top;
    for label in &mut labels {
        label.y = label.y.max(floor);
        floor = label.y + GAP;
    }
    let mut ceiling = bottom;
    for label in labels.iter_mut().rev() {
        label.y = label.y.min(ceiling);
        ceiling = label.y - GAP;
    }
    for label in labels {
        let fitted = text::shorten(&label.text, SMALL, label.weight, right - x);
        scene.text(&fitted, (x, label.y + 4.3), Anchor::Left, (SMALL, label.weight, label.colour));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ticks_are_round_and_cover_the_values() {
        let found = ticks(-3.2, 13.3, 6);
        assert!(found[0] <= -3.2 && found[found.len() - 1] >= 13.3, "{found:?}");
        assert_eq!(tick_text(found[0], found[1] - found[0]), "−5");
        assert_eq!(tick_text(0.25, 0.25), "0.25");
        assert!(ticks(0.0, 20.0, 6)[0].abs() < 1e-12, "an axis from zero starts at zero");
    }

    #[test]
    fn an_axis_of_one_value_still_has_a_length() {
        let (low, high) = extent([3.0, 3.0].into_iter(), false);
        assert!(high > low);
        assert_eq!(extent(std::iter::empty(), true), (0.0, 1.0));
    }
}

//! Numbers that somebody typed, a promise or a threshold, told with every digit that was typed; and figures told beside them.

use std::cmp::Ordering;

use super::{amount, amount_figure, figure_decimals, grouped, money_decimals, money_to};
use crate::figure::Figure;
use engine::outcomes::{is_above, is_below};

/// Further decimals that a figure is told with, at most, where fewer would contradict the number beside it.
const FURTHER: usize = 6;

/// A number that somebody typed, in its unit: `£14.53m`.
#[must_use]
pub fn typed(value: f64, unit: &str) -> String {
    let (value, before, after) = match unit {
        unit if unit.starts_with("£m") => (value, "£", "m".to_owned()),
        "£ a year at Band D" => (value, "£", String::new()),
        // Fifteen digits: what was typed, without the tail of the product.
        "share" => (format!("{:.14e}", value * 100.0).parse().unwrap_or(value * 100.0), "", "%".to_owned()),
        "number" | "ratio" | "yes or no" | "" => (value, "", String::new()),
        unit => (value, "", format!(" {unit}")),
    };
    let size = typed_number(value.abs());
    let size = if before.is_empty() { size } else { grouped(&size) };
    let sign = if value < 0.0 { "−" } else { "" };
    format!("{sign}{before}{size}{after}")
}

/// A number that somebody typed, without its unit: every digit, and powers of ten where there would be too many noughts.
#[must_use]
pub fn typed_number(value: f64) -> String {
    let size = value.abs();
    let text = if size <= 0.0 || (1e-6..1e15).contains(&size) { size.to_string() } else { format!("{size:e}") };
    let sign = if value < 0.0 { "−" } else { "" };
    format!("{sign}{}", text.replace('-', "−"))
}

/// On which side of a level a number lies, as the engine compares them.
fn side(value: f64, level: f64) -> Ordering {
    match (is_below(value, level), is_above(value, level)) {
        (true, _) => Ordering::Less,
        (_, true) => Ordering::Greater,
        _ => Ordering::Equal,
    }
}

/// The fewest decimals from `usual` on with which a figure is printed on its own side of a level; `usual` where it has not earned so many.
fn decimals(figure: Figure, level: f64, usual: usize) -> usize {
    let printed = |most: usize| figure.rounded(most).replace('−', "-").parse().unwrap_or(figure.value);
    let own = side(figure.value, level);
    (usual..=usual + FURTHER).find(|most| side(printed(*most), level) == own).unwrap_or(usual)
}

/// An amount, as planned, beside a level that somebody typed: `£11.96m` beside £12m.
#[must_use]
pub fn amount_beside(value: f64, unit: &str, level: f64) -> String {
    let usual = if unit.starts_with("£m") { money_decimals(value) } else { 2 };
    match decimals(Figure { value, error: 0.0 }, level, usual) {
        _ if unit == "share" => amount(value, unit),
        same if same == usual => amount(value, unit),
        more => typed(format!("{value:.more$}").parse().unwrap_or(value), unit),
    }
}

/// A figure, to the digits earned, beside a level that somebody typed.
#[must_use]
pub fn figure_beside(figure: Figure, unit: &str, level: f64) -> String {
    let money = unit.starts_with("£m");
    let usual = if money { Some(money_decimals(figure.value)) } else { figure_decimals(unit) };
    let Some(usual) = usual else { return amount_figure(figure, unit) };
    match decimals(figure, level, usual) {
        same if same == usual => amount_figure(figure, unit),
        more if money => money_to(figure, more),
        more => typed(figure.rounded(more).replace('−', "-").parse().unwrap_or(figure.value), unit),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_somebody_typed_is_told_with_every_digit() {
        let money = [14.53, 2.999, 7.25, 12.0, -0.4, 12_345.678, 0.0].map(|value| typed(value, "£m, present value"));
        assert_eq!(money, ["£14.53m", "£2.999m", "£7.25m", "£12m", "−£0.4m", "£12,345.678m", "£0m"]);
        assert_eq!(typed(0.07, "share"), "7%");
        assert_eq!(typed(0.125, "share"), "12.5%");
        assert_eq!(typed(7.125, "years"), "7.125 years");
        assert_eq!(typed(1e300, "number"), "1e300");
        assert_eq!(typed(-1e-9, "ratio"), "−1e−9");
    }

    #[test]
    fn a_figure_beside_what_was_typed_lies_on_its_own_side() {
        let plan = |value, level| amount_beside(value, "£m, cash", level);
        assert_eq!([plan(11.96, 12.0), plan(12.1, 12.0), plan(12.0, 12.0)], ["£11.96m", "£12.1m", "£12m"]);
        let exact = |value, level| figure_beside(Figure { value, error: 0.0 }, "£m, cash", level);
        assert_eq!([exact(2.0, 2.04), exact(2.0, 1.96), exact(2.04, 2.0)], ["£2.0m", "£2.0m", "£2.04m"]);
        // What the error leaves open stays open.
        assert_eq!(figure_beside(Figure { value: 11.96, error: 0.1 }, "£m, cash", 12.0), "£12.0m");
        assert_eq!(figure_beside(Figure { value: 7.04, error: 0.0 }, "years", 7.0), "7.04 years");
    }
}

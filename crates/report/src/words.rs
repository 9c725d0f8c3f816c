//! Sentences by fixed rules, never stronger than the figures allow: likelihoods, amounts, the question, the findings.

pub(crate) mod dates;
mod failure;
mod findings;
pub(crate) mod floors;
mod measures;
mod opening;
mod payback;
mod question;
mod reported;
mod settled;
pub mod tails;
pub mod titles;
mod typed;

pub use dates::{month, named};
pub use failure::failure;
pub use findings::{council_tax, findings, is_every_future, rank, too_few};
pub use measures::{comes, event, measure, promise, row_name, the_measure};
pub use opening::{all_futures, becomes, middle};
pub use payback::told as payback;
pub use question::question;
pub use settled::{few_make, money_with_error};
pub use typed::{amount_beside, figure_beside, typed, typed_number};

pub use engine::units::thousands;

use super::figure::Figure;

/// Standard errors to the bound of a 95 % interval.
pub const TWO_SIDED_95: f64 = 1.96;

/// A chance whose 95 % interval is wider than this gets no word.
const WIDEST: f64 = 0.3;

/// How likely something is, in the words of the yardstick that British police analysts use
/// (Professional Head of Intelligence Assessment, 2018), its gaps closed half-way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Likelihood {
    /// The 95 % interval is too wide for any word.
    Unknown,
    /// 0 to 7.5 %.
    Remote,
    /// To 22.5 %.
    HighlyUnlikely,
    /// To 37.5 %.
    Unlikely,
    /// Below 50 %.
    RealisticPossibility,
    /// The 95 % interval straddles 50 %.
    AboutEven,
    /// Above 50 %.
    MoreLikelyThanNot,
    /// From 55 %.
    Likely,
    /// From 77.5 %.
    HighlyLikely,
    /// From 92.5 %.
    AlmostCertain,
}

/// Words for less than even chances, the least likely first: the interval lies below.
const BELOW: [(Likelihood, f64); 4] = [
    (Likelihood::Remote, 0.075),
    (Likelihood::HighlyUnlikely, 0.225),
    (Likelihood::Unlikely, 0.375),
    (Likelihood::RealisticPossibility, 0.5),
];

/// Words for more than even chances, the likeliest first: the interval begins there or above, and above one half.
const FROM: [(Likelihood, f64); 4] = [
    (Likelihood::AlmostCertain, 0.925),
    (Likelihood::HighlyLikely, 0.775),
    (Likelihood::Likely, 0.55),
    (Likelihood::MoreLikelyThanNot, 0.5),
];

impl Likelihood {
    /// The word for a chance: that of the bound of its 95 % interval nearest to even, so that no word is too strong.
    #[must_use]
    pub fn of(chance: Figure) -> Self {
        let (low, high) = (chance.value - TWO_SIDED_95 * chance.error, chance.value + TWO_SIDED_95 * chance.error);
        if high - low > WIDEST {
            return Self::Unknown;
        }
        let below = BELOW.iter().find(|(_, bound)| high < *bound).map(|(word, _)| *word);
        let from = || FROM.iter().find(|(_, bound)| low >= *bound && low > 0.5).map(|(word, _)| *word);
        below.or_else(from).unwrap_or(Self::AboutEven)
    }

    /// Every word and when it is said, from the least likely: the table of `docs/output.md`.
    #[must_use]
    pub fn yardstick() -> Vec<(&'static str, String)> {
        let points = |bound: f64| amount(bound * 100.0, "");
        let percent = |bound: f64| format!("{}%", points(bound));
        let below = |&(word, bound): &(Self, f64)| (word.predicate(), format!("lies below {}", percent(bound)));
        let from = |&(word, bound): &(Self, f64)| {
            let side = if bound > 0.5 { "reaches down to no less than" } else { "lies above" };
            (word.predicate(), format!("{side} {}", percent(bound)))
        };
        let even = (Self::AboutEven.predicate(), "holds 50%".to_owned());
        let unknown = (Self::Unknown.predicate(), format!("is wider than {} percentage points", points(WIDEST)));
        BELOW.iter().map(below).chain([even]).chain(FROM.iter().rev().map(from)).chain([unknown]).collect()
    }

    /// What follows `is`: "Saving £12m in 2018/19 is …".
    #[must_use]
    pub const fn predicate(self) -> &'static str {
        match self {
            Self::Unknown => "not known from so few trials",
            Self::Remote => "a remote chance",
            Self::HighlyUnlikely => "highly unlikely",
            Self::Unlikely => "unlikely",
            Self::RealisticPossibility => "a realistic possibility",
            Self::AboutEven => "about even",
            Self::MoreLikelyThanNot => "more likely than not",
            Self::Likely => "likely",
            Self::HighlyLikely => "highly likely",
            Self::AlmostCertain => "almost certain",
        }
    }

    /// The opening of a sentence that goes on with `that`, with the chance in brackets.
    #[must_use]
    pub fn opening(self, chance: Figure) -> String {
        let percent = percent(chance);
        match self {
            Self::Remote if chance.value <= 0.0 => "It happens in none of the futures simulated".to_owned(),
            Self::AlmostCertain if chance.value >= 1.0 => "It happens in every future simulated".to_owned(),
            Self::Unknown => format!("There are too few trials to say ({percent} of them)"),
            Self::Remote => format!("There is a remote chance ({percent})"),
            Self::RealisticPossibility => format!("There is a realistic possibility ({percent})"),
            Self::AboutEven => format!("The chance is about even ({percent})"),
            other => format!("It is {} ({percent})", other.predicate()),
        }
    }
}

/// A chance in per cent, to the digits earned: whole from 10 to 90, else one decimal at most; near the ends it says only on
/// which side it lies.
#[must_use]
pub fn percent(chance: Figure) -> String {
    let hundred = chance.times(100.0);
    let text = hundred.rounded(usize::from(!(9.95..=90.05).contains(&hundred.value)));
    let none = !text.bytes().any(|b| (b'1'..=b'9').contains(&b));
    let whole = text == "100" || text == "100.0";
    // Exactly none or exactly all of the trials.
    let exact_none = chance.value.abs() < f64::EPSILON;
    let exact_all = (chance.value - 1.0).abs() < f64::EPSILON;
    match (none, whole) {
        (true, _) if exact_none => "0%".to_owned(),
        (true, _) => "under 0.1%".to_owned(),
        (_, true) if exact_all => "100%".to_owned(),
        (_, true) => "over 99.9%".to_owned(),
        _ => format!("{text}%"),
    }
}

/// Money without a Monte Carlo error, as promised or planned: `£12m`, `£12.1m`, `−£0.17m`.
#[must_use]
pub fn money(millions: f64) -> String {
    let (size, decimals) = (millions.abs(), money_decimals(millions));
    let text = format!("{size:.decimals$}");
    let text = if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.') } else { &text };
    let sign = if millions < 0.0 && text != "0" { "−" } else { "" };
    format!("{sign}£{}m", grouped(text))
}

/// Decimals that an amount of money is told with.
fn money_decimals(millions: f64) -> usize {
    match millions.abs() {
        100.0.. => 0,
        1.0.. => 1,
        _ => 2,
    }
}

/// A number as it is printed, with a comma after each three digits before its point.
fn grouped(size: &str) -> String {
    let (whole, rest) = size.split_at(size.find('.').unwrap_or(size.len()));
    whole.parse().map_or_else(|_| size.to_owned(), |whole| thousands(whole) + rest)
}

/// Money to the digits earned: `£4.9m`.
#[must_use]
pub fn money_figure(figure: Figure) -> String {
    money_to(figure, money_decimals(figure.value))
}

/// The same with at most so many decimals.
fn money_to(figure: Figure, most: usize) -> String {
    if !figure.value.is_finite() {
        return "an amount beyond all measure".to_owned();
    }
    let text = figure.rounded(most);
    // One form of nothing, as in `money`.
    if !text.bytes().any(|byte| (b'1'..=b'9').contains(&byte)) {
        return "£0m".to_owned();
    }
    match text.strip_prefix('−') {
        Some(size) => format!("−£{}m", grouped(size)),
        None => format!("£{}m", grouped(&text)),
    }
}

/// What something is worth, above 0: `£4.9m`, `less than £0.01m`.
#[must_use]
pub fn worth(figure: Figure) -> String {
    match money_figure(figure) {
        nothing if nothing == "£0m" && figure.value > 0.0 => "less than £0.01m".to_owned(),
        amount => amount,
    }
}

/// The part of a unit that money needs beside its figure: `first-year prices`; empty for cash.
#[must_use]
pub fn prices(unit: &str) -> &str {
    unit.strip_prefix("£m, ").unwrap_or("")
}

/// A unit as it stands in tables and charts: money of first-year prices, and present values, in the prices of that year.
#[must_use]
pub fn unit_in(unit: &str, year: &str) -> String {
    let prices = format!("{year} prices");
    // That it is a present value, its name says.
    unit.replace("present value", &prices).replace("first-year prices", &prices)
}

/// An amount in a unit as it is printed.
#[must_use]
pub fn amount(value: f64, unit: &str) -> String {
    if unit.starts_with("£m") {
        return money(value);
    }
    let text = format!("{value:.2}");
    let text = text.trim_end_matches('0').trim_end_matches('.').replace('-', "−");
    match unit {
        "£ a year at Band D" => format!("£{text}"),
        "number" | "ratio" | "yes or no" | "" => text,
        "share" => format!("{}%", (value * 100.0).round()),
        unit => format!("{text} {unit}"),
    }
}

/// The step between amounts in a unit that are printed apart.
#[must_use]
pub fn step(value: f64, unit: &str) -> f64 {
    match unit {
        unit if unit.starts_with("£m") => [0.01, 0.1, 1.0][2 - money_decimals(value).min(2)],
        _ => 0.01,
    }
}

/// An amount with its error in a unit as it is printed, to the digits earned.
#[must_use]
pub fn amount_figure(figure: Figure, unit: &str) -> String {
    match (unit, figure_decimals(unit)) {
        (unit, _) if unit.starts_with("£m") => money_figure(figure),
        (_, None) => percent(figure),
        ("£ a year at Band D", Some(most)) => format!("£{}", figure.rounded(most)),
        ("number" | "yes or no" | "ratio" | "", Some(most)) => figure.rounded(most),
        (unit, Some(most)) => format!("{} {unit}", figure.rounded(most)),
    }
}

/// Decimals that a figure in a unit other than money is told with; none of a share, which is told in per cent.
fn figure_decimals(unit: &str) -> Option<usize> {
    match unit {
        "share" => None,
        "£ a year at Band D" | "number" | "yes or no" | "" => Some(0),
        "ratio" => Some(2),
        _ => Some(1),
    }
}

/// The word with a capital letter.
#[must_use]
pub fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// The word with a small letter.
#[must_use]
pub fn uncapital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}

/// Names in a row: `A`, `A and B`, `A, B and C`.
#[must_use]
pub fn list(names: &[String]) -> String {
    in_a_row(names, "and")
}

/// Names of which any one will do: `A`, `A or B`, `A, B or C`.
#[must_use]
pub fn any_of(names: &[String]) -> String {
    in_a_row(names, "or")
}

fn in_a_row(names: &[String], word: &str) -> String {
    match names {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} {word} {last}", first.join(", ")),
    }
}

/// A small number as a word: `two`.
#[must_use]
pub fn count(number: usize) -> String {
    const WORDS: [&str; 10] = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"];
    WORDS.get(number).map_or_else(|| thousands(number as u64), |word| (*word).to_owned())
}

/// The first names in a row, and how many there are besides: `A, B and 3 more`.
#[must_use]
pub fn first_few(names: &[String], most: usize) -> String {
    if names.len() <= most + 1 {
        return list(names);
    }
    format!("{} and {} more", names[..most].join(", "), names.len() - most)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chance(value: f64, error: f64) -> Figure {
        Figure { value, error }
    }

    #[test]
    fn a_chance_whose_interval_straddles_one_half_is_about_even() {
        // 0.52 ± 1.96·0.02 reaches down to 0.4808.
        assert_eq!(Likelihood::of(chance(0.52, 0.02)), Likelihood::AboutEven);
        assert_eq!(Likelihood::of(chance(0.48, 0.02)), Likelihood::AboutEven);
        assert_eq!(Likelihood::of(chance(0.5, 0.0)), Likelihood::AboutEven);
        assert_eq!(Likelihood::of(chance(0.52, 0.001)), Likelihood::MoreLikelyThanNot);
    }

    #[test]
    fn the_table_of_words_in_the_documents_is_that_of_the_code() {
        let page = include_str!("../../../docs/output.md");
        let rows: String =
            Likelihood::yardstick().iter().map(|(word, when)| format!("| {word} | {when} |\n")).collect();
        assert!(page.contains(&rows), "docs/output.md is to hold:\n{rows}");
    }

    #[test]
    fn a_handful_of_trials_gets_no_word() {
        // One trial in which it did not happen: 0 ± 1.96·0.22 reaches 0.43.
        assert_eq!(Likelihood::of(chance(0.0, 0.22)), Likelihood::Unknown);
        assert_ne!(Likelihood::of(chance(0.0, 0.02)), Likelihood::Unknown);
    }

    #[test]
    fn a_word_is_no_stronger_than_the_near_bound_of_the_interval() {
        // 0.06 ± 1.96·0.02 reaches up to 0.0992: not remote.
        assert_eq!(Likelihood::of(chance(0.06, 0.02)), Likelihood::HighlyUnlikely);
        assert_eq!(Likelihood::of(chance(0.06, 0.001)), Likelihood::Remote);
        assert_eq!(Likelihood::of(chance(0.95, 0.03)), Likelihood::HighlyLikely);
        assert_eq!(Likelihood::of(chance(0.95, 0.001)), Likelihood::AlmostCertain);
    }

    #[test]
    fn rare_is_not_never_and_nearly_always_is_not_always() {
        assert_eq!(percent(chance(0.000_05, 0.000_02)), "under 0.1%");
        assert_eq!(percent(chance(0.0, 0.0)), "0%");
        assert_eq!(percent(chance(0.999_9, 0.000_03)), "over 99.9%");
        assert_eq!(percent(chance(0.031_4, 0.000_5)), "3.1%");
        assert_eq!(percent(chance(0.31, 0.02)), "31%");
        assert_eq!(percent(chance(0.3141, 0.0005)), "31%");
    }

    #[test]
    fn money_has_its_sign_before_the_pound() {
        assert_eq!(money(-4.25), "−£4.2m");
        assert_eq!(money(12.0), "£12m");
        assert_eq!(money(1.716), "£1.7m");
        assert_eq!(money_figure(chance(-13.26, 0.4)), "−£13.3m");
        assert_eq!(money_figure(chance(-0.01, 0.4)), "£0m");
        assert_eq!(money_figure(chance(0.001, 0.0)), money(0.001));
        // No amount is not £0m.
        assert_eq!(money_figure(chance(f64::INFINITY, 0.0)), "an amount beyond all measure");
        assert_eq!([0.0004, 0.0, 4.26].map(|value| worth(chance(value, 0.0))), ["less than £0.01m", "£0m", "£4.3m"]);
    }
}

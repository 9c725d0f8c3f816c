//! The answer to a question to kept futures on one screen of plain text.

use super::{ColumnReport, FuturesReport, GroupReport, ShownReport};
use crate::figure::{Figure, STANDARD_ERROR};
use crate::grid::Table;
use crate::terminal::answer;
use crate::terminal::layout::{Laid, with_error};
use crate::words;
use engine::uncertainty::Sampler;
use engine::units::thousands;

/// The screen of so many columns, ending with a line feed.
#[must_use]
pub fn render(report: &FuturesReport, width: usize) -> String {
    let question = match &report.condition {
        Some(condition) => format!("What of the futures in which {condition}?"),
        None => "What is in the futures that were kept?".to_owned(),
    };
    answer(&[report.scenario.title.clone(), question], &report.findings, &tables(report), &foot(report), width)
}

/// What prints every column.
const FORMAT: &str = "--format csv";

/// One table of figures where nothing puts the futures apart; else one of groups, and one for each figure.
fn tables(report: &FuturesReport) -> Vec<Laid> {
    let Some(first) = report.groups.first() else { return Vec::new() };
    if report.by.is_empty() {
        return if first.shown.is_empty() { Vec::new() } else { vec![figures(report, &first.shown)] };
    }
    let each = (0..first.shown.len()).map(|k| by_group(report, Some(k)));
    if first.shown.is_empty() { vec![by_group(report, None)] } else { each.collect() }
}

fn spread(shown: &ShownReport) -> Vec<String> {
    let money = shown.column.unit.starts_with('£');
    let most = if shown.column.unit == "share" { 3 } else { 1 + usize::from(!money) };
    let factor = shown.column.told.as_ref().map_or(1.0, |(_, factor)| *factor);
    let most = if factor > 1.0 { 1 } else { most };
    let of = |figure: Option<Figure>, none: &str| with_error(figure.map(|own| own.times(factor)), most, none);
    let percentile = if shown.missing_means == "never" { "never" } else { "–" };
    match shown.chance {
        Some(chance) => {
            let none = || "–".to_owned();
            vec![chance.percent(), none(), none(), none()]
        }
        None if shown.mean.is_none() => vec!["–".to_owned(); 4],
        None => {
            vec![of(shown.mean, "–"), of(shown.p10, percentile), of(shown.p50, percentile), of(shown.p90, percentile)]
        }
    }
}

/// What a column is called, with its unit; money in prices of the first year names it.
fn head(report: &FuturesReport, column: &ColumnReport) -> String {
    if let Some((told, _)) = &column.told {
        return told.clone();
    }
    match column.unit {
        "yes or no" | "number" | "ratio" | "" => column.label.clone(),
        unit => format!("{}, {}", column.label, words::unit_in(unit, report.scenario.first_year())),
    }
}

fn figures(report: &FuturesReport, shown: &[ShownReport]) -> Laid {
    let mut table = Table::new(&["", "mean or chance", "P10", "P50", "P90", "missing in"]).whole_in(FORMAT);
    table.whole_names = true;
    for own in shown {
        let cells = spread(own).into_iter().chain([missing(own)]);
        table.push(std::iter::once(head(report, &own.column)).chain(cells));
    }
    (table, vec![34, 16, 13, 13, 13, 11])
}

fn missing(shown: &ShownReport) -> String {
    if shown.missing == 0 { "–".to_owned() } else { thousands(shown.missing) }
}

fn by_group(report: &FuturesReport, figure: Option<usize>) -> Laid {
    let by: Vec<String> =
        report.by.iter().map(|column| column.above_groups.unwrap_or(&column.label).to_owned()).collect();
    let title = figure.and_then(|k| report.groups.first()?.shown.get(k)).map(|shown| head(report, &shown.column));
    let mut table = match &title {
        Some(title) => Table::titled(title.clone(), &[&by.join("; "), "futures", "of them"]),
        None => Table::new(&[&by.join("; "), "futures", "of them"]),
    };
    table.whole_names = true;
    table.whole_in = FORMAT;
    let mut widths = vec![32, 9, 9];
    let is_missing = |k: usize| report.groups.iter().filter_map(|group| group.shown.get(k)).any(|own| own.missing > 0);
    let with_missing = figure.is_some_and(is_missing);
    if figure.is_some() {
        table.head.extend(["mean or chance", "P10", "P50", "P90"].map(str::to_owned));
        widths.extend([16, 11, 11, 11]);
    }
    if with_missing {
        table.head.push("missing in".to_owned());
        widths.push(11);
    }
    for group in &report.groups {
        let first = [name(group), thousands(group.futures), group.share.percent()];
        let own = figure.and_then(|k| group.shown.get(k));
        let absent = own.filter(|_| with_missing).map(missing);
        table.push(first.into_iter().chain(own.map(spread).into_iter().flatten()).chain(absent));
    }
    (table, widths)
}

fn name(group: &GroupReport) -> String {
    group.keys.iter().map(|key| key.says.clone()).collect::<Vec<_>>().join("; ")
}

fn foot(report: &FuturesReport) -> String {
    let run = &report.run;
    let commit = run.commit.as_ref().map_or_else(String::new, |commit| format!(" ({commit})"));
    let errors = match run.sampler {
        Sampler::Plain => String::new(),
        Sampler::Antithetic => {
            "Trials were drawn in opposite pairs: errors are the largest that this can leave. ".to_owned()
        }
        sampler => format!(
            "Trials were drawn by the {sampler} sampler; errors are those of plain draws, which as a rule are larger. "
        ),
    };
    format!(
        "{} trials kept, seed {}; alliance {}{commit}; scenario {} {}. {errors}{STANDARD_ERROR} A range in brackets is an interval of 95 %. P10, P50, P90: one, five, nine \
         futures in ten of the group are lower; {}. Dates are years since 1 April {}.",
        thousands(report.trials),
        run.seed,
        run.version,
        report.scenario.name,
        report.scenario.hash.chars().take(12).collect::<String>(),
        "what never comes counts as later than every date, and is in no mean",
        report.scenario.first_year().get(..4).unwrap_or_default(),
    )
}

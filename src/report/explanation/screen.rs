//! An explanation on one screen of plain text.

use super::Explanation;
use crate::report::figure::Figure;
use crate::report::grid::Table;
use crate::report::terminal::answer;
use crate::report::terminal::layout::Laid;
use crate::report::words;

/// Inputs that are printed; the rest are in the table.
const SHOWN: usize = 15;

/// The screen, ending with a line feed.
#[must_use]
pub fn render(report: &Explanation) -> String {
    let asked = [report.scenario.title.clone(), format!("What drives {}?", words::measure(&report.outcome))];
    answer(&asked, &report.findings, &tables(report), &foot(report))
}

fn share(figure: Option<Figure>) -> String {
    figure.map_or_else(|| "–".to_owned(), words::percent)
}

/// The tables: the inputs with a clear effect, and the themes.
pub(in crate::report) fn tables(report: &Explanation) -> Vec<Laid> {
    vec![drivers(report), themes(report)]
}

fn drivers(report: &Explanation) -> Laid {
    const WIDE: [usize; 7] = [36, 11, 11, 11, 11, 7, 13];
    let title = format!("{}, mean: {}", report.label, report.says(report.mean));
    let head = ["Input", "at its P10", "at its P90", "alone", "in all", "rank", "knowing it"];
    let mut table = Table::titled(title, &head);
    for driver in report.clear_drivers().take(SHOWN) {
        let at = |figure: Figure| report.says(figure);
        let worth = driver.evppi.map_or_else(|| "–".to_owned(), words::money_figure);
        let mark = if driver.correlated { "* " } else { "" };
        let label = format!("{mark}{}{}", driver.label, if driver.yearly { " (mean of years)" } else { "" });
        let cells = [
            label,
            at(driver.low),
            at(driver.high),
            share(driver.first),
            share(driver.total),
            driver.rank_correlation.rounded(2),
            worth,
        ];
        table.push(cells);
    }
    let rest = report.clear_drivers().count().saturating_sub(SHOWN);
    if rest > 0 {
        table.note = format!("and {rest} more with a clear effect, in the table of drivers");
    }
    (table, WIDE.to_vec())
}

fn themes(report: &Explanation) -> Laid {
    const WIDE: [usize; 5] = [36, 22, 11, 11, 20];
    let mut table = Table::new(&["Theme", "uncertain inputs", "alone", "in all", "knowing it"]);
    for theme in &report.themes {
        let worth = theme.evppi.map_or_else(|| "–".to_owned(), words::money_figure);
        let cells =
            [words::capital(theme.theme), theme.inputs.to_string(), share(theme.first), share(theme.total), worth];
        table.push(cells);
    }
    (table, WIDE.to_vec())
}

pub(in crate::report) fn foot(report: &Explanation) -> String {
    let run = &report.run;
    let commit = run.commit.as_ref().map_or_else(String::new, |commit| format!(" ({commit})"));
    let missing = if report.missing > 0 {
        format!(" (missing in {}, which are left out)", words::thousands(report.missing as u64))
    } else {
        String::new()
    };
    format!(
        "alone: share of variance that knowing the input would remove (first-order index); in all: share that it has any part in \
         (total index, of the strongest); –: not clear of 0, or not worked out. *: hangs together with others and speaks for them too. rank: rank correlation. knowing it: what that would be \
         worth before {}. {} trials{missing}, {} where inputs are drawn again, seed {}; alliance {}{commit}; \
         scenario {} {}.",
        report.decision(),
        words::thousands(run.trials),
        words::thousands(report.designed),
        run.seed,
        run.version,
        report.scenario.name,
        report.scenario.hash.chars().take(12).collect::<String>()
    )
}

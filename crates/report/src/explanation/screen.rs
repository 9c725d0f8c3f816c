//! An explanation on one screen of plain text.

use super::Explanation;
use crate::figure::Figure;
use crate::grid::Table;
use crate::terminal::answer;
use crate::terminal::layout::Laid;
use crate::words;

/// Inputs that are printed; the rest are in the table.
const SHOWN: usize = 15;

/// The screen of so many columns, ending with a line feed.
#[must_use]
pub fn render(report: &Explanation, width: usize) -> String {
    let asked = [report.scenario.title.clone(), format!("What drives {}?", words::the_measure(&report.outcome))];
    answer(&asked, &report.findings, &tables(report), &foot(report), width)
}

fn share(figure: Option<Figure>) -> String {
    figure.map_or_else(|| "–".to_owned(), super::share_with_error)
}

/// The tables: the inputs with a clear effect, and the themes; none of what is the same in every future.
pub(crate) fn tables(report: &Explanation) -> Vec<Laid> {
    if report.varies { vec![drivers(report), themes(report)] } else { Vec::new() }
}

/// A row or a head with the value of information, where there is any.
fn with_worth<T>(report: &Explanation, mut cells: Vec<T>, worth: T) -> Vec<T> {
    cells.extend(report.evpi.map(|_| worth));
    cells
}

fn drivers(report: &Explanation) -> Laid {
    let title = format!("{}, mean{}: {}", report.label, report.of_those(), report.says(report.mean));
    let head = with_worth(report, vec!["Input", "low", "high", "alone", "in all", "rank"], "knowing it");
    let mut table = Table::titled(title, &head).whole_in("drivers.csv");
    for driver in report.clear_drivers().take(SHOWN) {
        let mark = match driver.sign {
            true => "~ ",
            false if driver.correlated || driver.shared => "* ",
            false => "",
        };
        let cells = vec![
            format!("{mark}{}", driver.label),
            report.says(driver.low),
            report.says(driver.high),
            share(driver.first),
            share(driver.total),
            driver.rank_correlation.rounded(2),
        ];
        table.rows.push(with_worth(report, cells, worth(driver.evppi)));
    }
    let rest = report.clear_drivers().count().saturating_sub(SHOWN);
    if rest > 0 {
        table.note = format!("and {rest} more with a clear effect, in the table of drivers");
    }
    (table, with_worth(report, vec![36, 11, 11, 11, 11, 7], 13))
}

fn worth(figure: Option<Figure>) -> String {
    figure.map_or_else(|| "–".to_owned(), words::money_figure)
}

fn themes(report: &Explanation) -> Laid {
    let head = with_worth(report, vec!["Theme", "inputs drawn", "alone", "in all"], "knowing it");
    let mut table = Table::new(&head).whole_in("summary.json");
    for theme in &report.themes {
        let cells = vec![words::capital(theme.theme), theme.inputs.to_string(), share(theme.first), share(theme.total)];
        table.rows.push(with_worth(report, cells, worth(theme.evppi)));
    }
    (table, with_worth(report, vec![36, 22, 11, 11], 20))
}

pub(crate) fn foot(report: &Explanation) -> String {
    let run = &report.run;
    let commit = run.commit.as_ref().map_or_else(String::new, |commit| format!(" ({commit})"));
    let missing = if report.missing > 0 {
        format!(" (missing in {}, which are left out)", words::thousands(report.missing as u64))
    } else {
        String::new()
    };
    let terms = if report.varies { terms(report) } else { String::new() };
    format!(
        "{terms}{} trials{missing}, {} where inputs are drawn again, seed {}; alliance {}{commit}; scenario {} {}.",
        words::thousands(run.trials),
        words::thousands(report.designed),
        run.seed,
        run.version,
        report.scenario.name,
        report.scenario.hash.chars().take(12).collect::<String>()
    )
}

/// What the words of the tables mean.
fn terms(report: &Explanation) -> String {
    let knowing = match report.evpi {
        Some(_) => format!(" knowing it: what that would be worth before {}.", report.decision()),
        None => String::new(),
    };
    let marked = report.clear_causes().any(|driver| driver.correlated || driver.shared);
    let tied = report.clear_drivers().any(|driver| !driver.members.is_empty() && !driver.together);
    let mark = match (marked, tied) {
        (true, true) => {
            " *: correlated inputs as one (low, high and rank by the strongest of them), or what other inputs have a part in too."
        }
        (true, false) => " *: correlated inputs as one, or what other inputs have a part in too.",
        (false, _) => "",
    };
    let sign = if report.clear_drivers().any(|driver| driver.sign) {
        " ~: goes with the outcome, which does not say that it causes it."
    } else {
        ""
    };
    let above = |first: Option<Figure>, total: Option<Figure>| first.zip(total).is_some_and(|(a, b)| a.value > b.value);
    let any = report.clear_drivers().take(SHOWN).any(|driver| above(driver.first, driver.total))
        || report.themes.iter().any(|theme| above(theme.first, theme.total));
    let order =
        if any { " Where alone is larger than in all, the two are estimates of about the same share." } else { "" };
    format!(
        "low, high: mean where the input is near its 10th and its 90th percentile; of an event, where it does not happen and where it \
         does; of two values, with either. alone: share of variance that knowing the input would remove (first-order index); in all: \
         share that it has any part in (total index, of the strongest); –: not clear of 0, or not worked out.{mark}{sign}{order} ±: one standard error; \
         shares closer than that may stand in either order. rank: rank correlation.{knowing} "
    )
}

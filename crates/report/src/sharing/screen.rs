//! How a deal is shared, on one screen of plain text.

use super::{ForceOutcome, SharingReport};
use crate::figure::{Figure, STANDARD_ERROR};
use crate::grid::Table;
use crate::terminal::answer;
use crate::terminal::layout::{Laid, with_error};
use crate::words;

/// Coalitions that are printed; the rest are in the table.
const SHOWN: usize = 12;

/// The screen of so many columns, ending with a line feed.
#[must_use]
pub fn render(report: &SharingReport, width: usize) -> String {
    let question = "Is the deal fair to each force, and would some do better by themselves?".to_owned();
    answer(&[report.scenario.title.clone(), question], &report.findings, &tables(report), &foot(report), width)
}

/// A table: its head, what it shows of a force, and its last row.
type Section<'a> = (&'a str, fn(&ForceOutcome) -> Figure, Option<(&'a str, Vec<Figure>)>);

/// The tables: forces by ways to share, and smaller groups of forces.
pub(crate) fn tables(report: &SharingReport) -> Vec<Laid> {
    by_rule(report).into_iter().chain([coalitions(report)]).collect()
}

/// Three tables of forces by ways to share.
fn by_rule(report: &SharingReport) -> Vec<Laid> {
    let money = |figure: Figure| figure.rounded(1);
    // Drawn orders leave errors that are seen.
    let drawn = report.orders.is_some();
    let adds = |figure: Figure| if drawn { with_error(Some(figure), 1, "–") } else { money(figure) };
    let all = |pick: fn(&super::RuleReport) -> Figure| report.rules.iter().map(pick).collect::<Vec<Figure>>();
    let sections: [Section<'_>; 3] = [
        ("Mean share of NPV, £m", |own| own.npv, Some(("all together", all(|rule| rule.whole)))),
        ("Chance to lose", |own| own.loses, None),
        ("Chance to leave", |own| own.leaves, Some(("anyone", all(|rule| rule.someone_leaves)))),
    ];
    let sections = sections.into_iter().take(if report.leaving { 3 } else { 2 });
    let of = |s: usize, (head, pick, last): Section<'_>| {
        let say = |figure: Figure| if s == 0 { money(figure) } else { words::percent(figure) };
        let first = |cell: &str| (s == 0).then(|| cell.to_owned());
        let mut table = Table::new(&[head]).whole_in("sharing.csv");
        table.head.extend(first("adds"));
        table.head.extend(report.rules.iter().map(|rule| format!("{}{}", if rule.own { "*" } else { "" }, rule.rule)));
        for (f, force) in report.forces.iter().enumerate() {
            let cells = report.rules.iter().map(|rule| say(pick(&rule.forces[f])));
            table.push(std::iter::once(force.name.clone()).chain(first(&adds(force.adds))).chain(cells));
        }
        if let Some((name, figures)) = last {
            let cells = figures.into_iter().map(say);
            table.push(std::iter::once(name.to_owned()).chain(first(&adds(report.worth))).chain(cells));
        }
        if s == 2 && together(report) {
            "The chance is that of the alliance, and the same for each force: where one gives notice it ends for all."
                .clone_into(&mut table.note);
        }
        // Where no column says what each adds its room is left to the names.
        let names = if s == 0 { 23 } else { 34 };
        let widths = std::iter::once(names)
            .chain(table.head.iter().skip(1).map(|head| if head == "adds" { 15 } else { 11 }))
            .collect();
        (table, widths)
    };
    sections.into_iter().enumerate().map(|(s, section)| of(s, section)).collect()
}

/// Whether, in whatever way they share, all leave where one does.
fn together(report: &SharingReport) -> bool {
    let same = |rule: &super::RuleReport| {
        rule.forces.iter().all(|own| (own.leaves.value - rule.someone_leaves.value).abs() < 1e-12)
    };
    report.rules.iter().all(|rule| rule.someone_leaves.value > 0.0 && same(rule))
}

/// Smaller groups of forces: what they would be worth by themselves, beside what the deal gives them.
fn coalitions(report: &SharingReport) -> Laid {
    const WIDE: [usize; 5] = [46, 11, 13, 15, 15];
    let mut table = Table::new(&["Only these, mean NPV, £m", "alone", "in the deal", "gain alone", "better alone"])
        .whole_in("coalitions.csv");
    for own in report.coalitions.iter().take(SHOWN) {
        let cells = [
            own.members.join(", "),
            own.alone.rounded(1),
            own.inside.rounded(1),
            with_error(Some(own.gain), 1, "–"),
            words::percent(own.better),
        ];
        table.push(cells);
    }
    let rest = report.coalitions.len().saturating_sub(SHOWN);
    let all = report.forces.len();
    if report.orders.is_some() {
        let rest =
            if rest > 0 { format!("and {rest} more forces, in the table of coalitions; ") } else { String::new() };
        table.note = format!("{rest}of {all} forces, groups of two and more are not tried");
    } else if rest > 0 {
        table.note = format!("and {rest} more groups that would gain less, in the table of coalitions");
    }
    (table, WIDE.to_vec())
}

pub(crate) fn foot(report: &SharingReport) -> String {
    let run = &report.run;
    let commit = run.commit.as_ref().map_or_else(String::new, |commit| format!(" ({commit})"));
    format!(
        "adds: Shapley value, what a force adds to those before it, the mean over {} of joining; *: the deal as it is. Shapley: \
         savings and costs of each alliance shared in proportion to the Shapley values of its own game. A smaller group bears the same \
         teams, ICT and one-off costs. {}, seed {}; alliance {}{commit}; scenario {} {}. {STANDARD_ERROR}",
        if report.orders.is_some() { "drawn orders" } else { "all orders" },
        report.of_runs(),
        run.seed,
        run.version,
        report.scenario.name,
        report.scenario.hash.chars().take(12).collect::<String>()
    )
}

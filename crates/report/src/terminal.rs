//! One screen of plain text: the question, the answer, the plan beside the futures, each force, what happened.

pub(super) mod layout;

use super::data::Report;
use super::figure::STANDARD_ERROR;
use super::{left_out, sections, words};
use engine::run::Stopped;

/// Columns of the screen where nothing says how many it has.
pub const WIDTH: usize = 100;

/// Columns that are made use of on a terminal that has so many.
#[must_use]
pub fn width_within(columns: usize) -> usize {
    columns.clamp(80, 160)
}

/// Widths of the columns of each table; of those that hold figures of the plan or of what happened beside three percentiles.
const BESIDE: [usize; 6] = [39, 10, 14, 13, 13, 11];
const TARGETS: [usize; 6] = [46, 9, 13, 13, 11, 8];
const FORCES: [usize; 12] = [20, 7, 7, 7, 7, 8, 8, 7, 8, 7, 7, 7];
const FORCES_ALONE: [usize; 4] = [28, 22, 24, 18];
const ALLIANCES: [usize; 5] = [33, 10, 16, 21, 20];

/// The screen of so many columns, ending with a line feed.
#[must_use]
pub fn render(report: &Report, width: usize) -> String {
    let mut lines = Vec::new();
    lines.extend(layout::wrap(&report.scenario.title, width, ""));
    lines.extend(layout::wrap(&report.question, width, ""));
    lines.push("─".repeat(width));
    for finding in &report.findings {
        lines.extend(layout::wrap(&format!("• {finding}"), width, "  "));
    }
    let forces: &[usize] = if report.scenario.alone { &FORCES_ALONE } else { &FORCES };
    let tables = [
        (sections::targets(report), TARGETS.to_vec()),
        (sections::plan(report), BESIDE.to_vec()),
        (sections::forces(report), forces.to_vec()),
        (sections::alliances(report), ALLIANCES.to_vec()),
        (sections::actuals(report, 5, Some(BESIDE[0])), BESIDE.to_vec()),
    ];
    let tables = tables.map(|(table, widths)| (table.whole_in("summary.json"), widths));
    lines.extend(layout::blocks(&tables, width));
    lines.push("─".repeat(width));
    lines.extend(layout::wrap(&foot(report), width, ""));
    closing(lines) + &left_out::paragraph(std::slice::from_ref(&report.scenario), width)
}

/// The screen of an answer: what was asked, the findings, the tables, what the words mean; it ends with a line feed.
#[must_use]
pub fn answer(asked: &[String], findings: &[String], tables: &[layout::Laid], terms: &str, width: usize) -> String {
    let wrapped = |texts: &[String]| texts.iter().flat_map(|text| layout::wrap(text, width, "")).collect::<Vec<_>>();
    let mut lines = wrapped(asked);
    lines.push("─".repeat(width));
    lines.extend(findings.iter().flat_map(|finding| layout::wrap(&format!("• {finding}"), width, "  ")));
    lines.extend(layout::blocks(tables, width));
    lines.push("─".repeat(width));
    lines.extend(layout::wrap(terms, width, ""));
    closing(lines)
}

/// The lines as one text, each ending with a line feed.
fn closing(lines: Vec<String>) -> String {
    lines.into_iter().map(|line| line.trim_end().to_owned() + "\n").collect()
}

fn foot(report: &Report) -> String {
    let (scenario, run) = (&report.scenario, &report.run);
    let trials = words::thousands(run.trials);
    let trials = match run.stopped {
        Stopped::AllTrials => format!("{trials} trials"),
        Stopped::Precise => format!("{trials} trials, enough for the precision asked for"),
        Stopped::OutOfTrials => format!("{trials} trials, too few for the precision asked for"),
    };
    let commit = run.commit.as_ref().map_or_else(String::new, |commit| format!(" ({commit})"));
    let hash: String = scenario.hash.chars().take(12).collect();
    format!(
        "{trials}, {} sampler, seed {}; alliance {}{commit}; scenario {} {hash}; {}. \
         {STANDARD_ERROR} \
         P10, P50, P90: one, five, nine futures in ten are lower.",
        run.sampler,
        run.seed,
        run.version,
        scenario.name,
        scenario.span()
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample::{Sample, report};

    #[test]
    fn a_screen_has_80_columns_at_least_and_160_at_most() {
        assert_eq!([20, 80, 119, 160, 400].map(width_within), [80, 80, 119, 160, 160]);
    }

    #[test]
    fn every_sample_fits_one_screen() {
        for which in [Sample::TwoForce, Sample::FiveForce, Sample::Merger, Sample::Alone] {
            let text = render(&report(which), WIDTH);
            let (rows, widest) = (text.lines().count(), text.lines().map(|line| line.chars().count()).max());
            assert!(rows <= 60 && widest <= Some(WIDTH), "{which:?}: {rows} rows, {widest:?} columns\n{text}");
        }
    }

    #[test]
    fn a_screen_is_no_wider_than_the_terminal_and_a_wide_one_says_no_less() {
        for which in [Sample::TwoForce, Sample::FiveForce, Sample::Merger, Sample::Alone] {
            let widest = |text: &str| text.lines().map(|line| line.chars().count()).max();
            let [narrow, wide] = [80, 160].map(|columns| render(&report(which), columns));
            assert!(widest(&narrow) <= Some(80) && widest(&wide) == Some(160), "{which:?}\n{narrow}{wide}");
            assert!(!wide.contains('…') && !wide.contains("has them all"), "{which:?}\n{wide}");
        }
    }

    #[test]
    fn the_screen_of_two_forces_answers_every_question() {
        let text = render(&report(Sample::TwoForce), WIDTH);
        for wanted in
            ["£12m", "P96", "Dorset", "never", "seed 1", "100,000 trials", "2016-07", "floor", "Strategic alliance"]
        {
            let found = text.contains(wanted) || (wanted == "P96" && text.contains("the P"));
            assert!(found, "no '{wanted}' in\n{text}");
        }
    }

    #[test]
    fn a_force_alone_is_not_told_about_alliances() {
        let text = render(&report(Sample::Alone), WIDTH);
        assert!(!text.contains("alliances") && !text.contains("NPV") && text.contains("Dorset"), "{text}");
    }

    #[test]
    fn a_run_that_ran_out_of_trials_says_so() {
        let mut report = report(Sample::TwoForce);
        report.run.stopped = Stopped::OutOfTrials;
        assert!(render(&report, WIDTH).contains("too few for the precision asked for"));
        report.run.stopped = Stopped::AllTrials;
        assert!(!render(&report, WIDTH).contains("too few"));
    }
}

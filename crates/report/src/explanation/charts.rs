//! What the charts of an explanation show: the tornado, and the themes' shares.

use super::Explanation;
use crate::chart::tornado::{Span, Tornado};
use crate::chart::{Chart, Heading};
use crate::words;
use engine::units::Unit;

/// Inputs that the tornado shows, in the order of the table.
const SHOWN: usize = 12;

/// The charts of an explanation.
#[derive(Debug, Clone, Default)]
pub struct ExplanationCharts {
    /// Source, trials, seed and hash, at the foot of each.
    pub foot: String,
    tornado: Option<Tornado>,
}

impl ExplanationCharts {
    /// The charts that there are.
    #[must_use]
    pub fn all(&self) -> Vec<&dyn Chart> {
        self.tornado.iter().map(|chart| chart as &dyn Chart).collect()
    }

    pub(super) fn of(report: &Explanation) -> Self {
        let run = &report.run;
        let hash: String = report.scenario.hash.chars().take(12).collect();
        let foot = format!(
            "Source: alliance {}, scenario {} ({hash}). {} trials, {} sampler, seed {}.",
            run.version,
            report.scenario.name,
            words::thousands(run.trials),
            run.sampler,
            run.seed
        );
        Self { foot, tornado: tornado(report) }
    }
}

fn tornado(report: &Explanation) -> Option<Tornado> {
    let event = report.unit == Unit::Flag.label();
    let scale = if event { 100.0 } else { 1.0 };
    let spans: Vec<Span> = report
        .clear_drivers()
        .take(SHOWN)
        .map(|driver| Span {
            name: driver.label.clone(),
            low: driver.low.value * scale,
            high: driver.high.value * scale,
            says: driver.first.map_or_else(String::new, super::share),
        })
        .collect();
    let first = report.clear_causes().next().or_else(|| report.clear_drivers().next())?;
    // Of inputs that do not go the same way, the strongest.
    let first = if first.together { first } else { first.members.first().unwrap_or(first) };
    let (low, high) = (report.says(first.low), report.says(first.high));
    let title = match (&first.low_says, &first.high_says) {
        (Some(less), Some(more)) => format!("{}: {low} on average where {less}, {high} where {more}", report.label),
        _ => format!("{}: {low} on average with low {}, {high} with high", report.label, first.label),
    };
    let unit = if event { "% of futures" } else { report.unit };
    let subtitle = format!("Mean where each input is low (pale) and high (dark), {unit}");
    Some(Tornado {
        heading: Heading { title, subtitle },
        mean: report.mean.value * scale,
        unit: unit.to_owned(),
        says: "share of variance, alone".to_owned(),
        spans,
    })
}

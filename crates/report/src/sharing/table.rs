//! `coalitions.csv` and `sharing.csv`: what smaller groups would be worth, and what each way to share gives each force.

use std::io::Write;

use super::SharingReport;
use crate::figure::Figure;

fn heads(first: &[&str], figures: &[&str]) -> Vec<String> {
    let each = figures.iter().flat_map(|name| [(*name).to_owned(), format!("{name}_error")]);
    first.iter().map(|name| (*name).to_owned()).chain(each).collect()
}

fn cells(figures: &[Figure]) -> impl Iterator<Item = String> {
    figures.iter().flat_map(|figure| [figure.value.to_string(), figure.error.to_string()])
}

/// Writes `coalitions.csv`: one coalition a row.
///
/// # Errors
/// Where the writer fails.
pub fn coalitions(report: &SharingReport, out: impl Write) -> csv::Result<()> {
    let mut writer = csv::Writer::from_writer(out);
    writer.write_record(heads(&["members"], &["alone", "in_the_deal", "gain", "better"]))?;
    for own in &report.coalitions {
        let figures = [own.alone, own.inside, own.gain, own.better];
        writer.write_record(std::iter::once(own.members.join("; ")).chain(cells(&figures)))?;
    }
    writer.flush()?;
    Ok(())
}

/// Writes `sharing.csv`: one force under one way to share a row.
///
/// # Errors
/// Where the writer fails.
pub fn sharing(report: &SharingReport, out: impl Write) -> csv::Result<()> {
    let mut writer = csv::Writer::from_writer(out);
    writer.write_record(heads(&["rule", "the_deal", "force"], &["adds", "npv", "loses", "leaves"]))?;
    for rule in &report.rules {
        for (force, own) in report.forces.iter().zip(&rule.forces) {
            let first = [rule.rule.to_owned(), rule.own.to_string(), force.name.clone()];
            writer.write_record(first.into_iter().chain(cells(&[force.adds, own.npv, own.loses, own.leaves])))?;
        }
    }
    writer.flush()?;
    Ok(())
}

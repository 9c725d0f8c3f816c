//! `coalitions.csv` and `sharing.csv`: what smaller groups would be worth, and what each way to share gives each force.

use super::SharingReport;
use crate::figure::Figure;
use crate::sheet::{Cell, Sheet, with_errors};

/// `coalitions.csv`: one coalition a row.
#[must_use]
pub fn coalitions(report: &SharingReport) -> Sheet {
    let mut sheet = Sheet::new("coalitions", with_errors(&["members"], &["alone", "in_the_deal", "gain", "better"]));
    for own in &report.coalitions {
        let figures = [own.alone, own.inside, own.gain, own.better].map(Some);
        let first = Cell::from(own.members.join("; "));
        sheet.rows.push(std::iter::once(first).chain(figures.into_iter().flat_map(Figure::cells)).collect());
    }
    sheet
}

/// `sharing.csv`: one force under one way to share a row.
#[must_use]
pub fn sharing(report: &SharingReport) -> Sheet {
    let head = with_errors(&["rule", "the_deal", "force"], &["adds", "npv", "loses", "leaves"]);
    let mut sheet = Sheet::new("sharing", head);
    for rule in &report.rules {
        for (force, own) in report.forces.iter().zip(&rule.forces) {
            let first: [Cell; 3] = [rule.rule.into(), rule.own.into(), (&force.name).into()];
            let figures = [force.adds, own.npv, own.loses, own.leaves].map(Some);
            sheet.rows.push(first.into_iter().chain(figures.into_iter().flat_map(Figure::cells)).collect());
        }
    }
    sheet
}

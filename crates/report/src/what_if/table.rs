//! `sweeps.csv`: every measure at every point of every sweep, one a row.

use super::WhatIf;
use crate::sheet::{Cell, Sheet};
use crate::tables::{heads, line};

/// The table.
#[must_use]
pub fn sweeps(report: &WhatIf) -> Sheet {
    let mut sheet =
        Sheet::new("sweeps", heads(&["sweep", "key", "value", "second_key", "second_value", "measure", "unit"]));
    for sweep in &report.sweeps {
        let second = sweep.across.as_ref().map_or("", |axis| axis.key.as_str());
        for swept in &sweep.measures {
            let measure = swept.measure.name();
            for point in &swept.points {
                let unit = if swept.event { "chance" } else { swept.unit };
                let first: [Cell; 7] = [
                    (&sweep.name).into(),
                    (&sweep.along.key).into(),
                    point.along.into(),
                    second.into(),
                    point.across.into(),
                    (&measure).into(),
                    unit.into(),
                ];
                sheet.rows.push(line(first, &point.own));
            }
        }
    }
    sheet
}

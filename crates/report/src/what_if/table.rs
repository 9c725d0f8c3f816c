//! `sweeps.csv`: every measure at every point of every sweep, one a row.

use std::io::Write;

use super::WhatIf;
use crate::tables::{head, line};

/// Writes the table.
///
/// # Errors
/// Where the writer fails.
pub fn sweeps(report: &WhatIf, out: impl Write) -> csv::Result<()> {
    let mut writer = csv::Writer::from_writer(out);
    head(&mut writer, &["sweep", "key", "value", "second_key", "second_value", "measure", "unit"])?;
    for sweep in &report.sweeps {
        let second = sweep.across.as_ref().map_or("", |axis| axis.key.as_str());
        for swept in &sweep.measures {
            let measure = swept.measure.name();
            for point in &swept.points {
                let (along, across) =
                    (point.along.to_string(), point.across.map_or_else(String::new, |value| value.to_string()));
                let unit = if swept.event { "chance" } else { swept.unit };
                let first = [&sweep.name, &sweep.along.key, &along, second, &across, &measure, unit];
                line(&mut writer, &first, &point.own)?;
            }
        }
    }
    writer.flush()?;
    Ok(())
}

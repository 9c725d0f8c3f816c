//! Tables for spreadsheets with every digit: `annual.csv`, `forces.csv`, `areas.csv`, one figure a row.

use std::borrow::Cow;
use std::io::Write;

use super::data::{Report, Series, Yearly};
use super::figure::{Figure, Spread};
use engine::outcomes::Outcome;
use foreign::safe_text::cell;

/// A table with every digit, as CSV: a file of the folder, and a sheet of the workbook.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Full {
    /// Name of its file without an ending, and of its sheet.
    pub name: &'static str,
    /// Its content.
    pub csv: Vec<u8>,
    /// Whether it is a file too, not a sheet alone.
    pub is_file: bool,
}

impl Full {
    /// Has a table written.
    ///
    /// # Errors
    /// Where the writer fails: never in practice.
    pub fn new<E: std::fmt::Display>(
        name: &'static str,
        write: impl FnOnce(&mut Vec<u8>) -> Result<(), E>,
    ) -> Result<Self, String> {
        let mut csv = Vec::new();
        write(&mut csv).map_err(|error| format!("the table {name}: {error}"))?;
        Ok(Self { name, csv, is_file: true })
    }

    /// Its content as a file: no cell of text begins what a spreadsheet takes for a formula.
    #[must_use]
    pub fn file(&self) -> Cow<'_, [u8]> {
        let is_formula = |text: &str| text.parse::<f64>().is_err() && matches!(cell(text), Cow::Owned(_));
        let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(&self.csv[..]);
        let records: Vec<csv::StringRecord> = reader.records().flatten().collect();
        if !records.iter().flatten().any(is_formula) {
            return Cow::Borrowed(&self.csv);
        }
        let mut writer = csv::WriterBuilder::new().flexible(true).from_writer(Vec::new());
        for record in &records {
            // Writing into memory does not fail.
            let _ = writer.write_record(
                record
                    .iter()
                    .map(|text| if is_formula(text) { cell(text) } else { Cow::Borrowed(text) })
                    .map(Cow::into_owned),
            );
        }
        writer.into_inner().map_or(Cow::Borrowed(&self.csv), Cow::Owned)
    }

    /// The same as a sheet alone.
    #[must_use]
    pub fn sheet(self) -> Self {
        Self { is_file: false, ..self }
    }
}

/// The tables of a forecast.
///
/// # Errors
/// Where the writer fails: never in practice.
pub fn forecast(report: &Report) -> Result<Vec<Full>, String> {
    let mut all = vec![
        Full::new("annual", |out| annual(report, out))?,
        Full::new("forces", |out| forces(report, out))?,
        Full::new("areas", |out| areas(report, out))?,
    ];
    if !report.benefits.is_empty() {
        all.push(Full::new("benefits", |out| benefits(report, out))?.sheet());
    }
    Ok(all)
}

/// Columns of figures that every table ends with.
const FIGURES: [&str; 11] = [
    "plan",
    "mean",
    "mean_error",
    "p10",
    "p10_error",
    "p50",
    "p50_error",
    "p90",
    "p90_error",
    "missing",
    "missing_means",
];

fn number(value: Option<f64>) -> String {
    value.filter(|value| value.is_finite()).map_or_else(String::new, |value| value.to_string())
}

fn figures(spread: &Spread) -> Vec<String> {
    let mut cells = vec![number(spread.plan)];
    for figure in [spread.mean, spread.p10, spread.p50, spread.p90] {
        cells.push(number(figure.map(|figure| figure.value)));
        cells.push(number(figure.map(|figure| figure.error)));
    }
    cells.push(number(spread.missing.map(|share| share.value)));
    cells.push(spread.missing_means.to_owned());
    cells
}

/// A chance as a spread: its mean is the chance.
pub(super) fn chance(figure: Figure) -> Spread {
    Spread { mean: Some(figure), missing_means: "undefined", ..Spread::default() }
}

pub(super) fn head(writer: &mut csv::Writer<impl Write>, first: &[&str]) -> csv::Result<()> {
    writer.write_record(first.iter().chain(&FIGURES))
}

pub(super) fn line(writer: &mut csv::Writer<impl Write>, first: &[&str], spread: &Spread) -> csv::Result<()> {
    let cells = figures(spread);
    writer.write_record(first.iter().copied().chain(cells.iter().map(String::as_str)))
}

fn years(writer: &mut csv::Writer<impl Write>, owner: &str, yearly: &Yearly) -> csv::Result<()> {
    let measure = yearly.measure.to_string();
    for entry in &yearly.years {
        line(writer, &[owner, &measure, yearly.unit, &entry.year], &entry.spread)?;
    }
    Ok(())
}

/// `annual.csv`: yearly figures of the whole scenario (no alliance named), of each alliance, and of each benefit.
///
/// # Errors
/// Where the writer fails.
pub fn annual(report: &Report, out: impl Write) -> csv::Result<()> {
    let mut writer = csv::Writer::from_writer(out);
    head(&mut writer, &["alliance", "measure", "unit", "year"])?;
    for yearly in &report.yearly {
        years(&mut writer, "", yearly)?;
    }
    for alliance in &report.alliances {
        for yearly in &alliance.yearly {
            years(&mut writer, &alliance.name, yearly)?;
        }
        let Some(fund) = &alliance.fund else { continue };
        for (measure, years) in [
            ("reserves of the merged force", &fund.reserves),
            ("planned cut of the merged force", &fund.planned_cut),
            ("emergency cut of the merged force", &fund.emergency_cut),
        ] {
            for entry in years {
                line(&mut writer, &[&alliance.name, measure, "£m", &entry.year], &entry.spread)?;
            }
        }
    }
    for benefit in &report.benefits {
        let measure = format!("benefit: {}", benefit.name);
        for entry in &benefit.years {
            line(&mut writer, &["", &measure, &benefit.unit, &entry.year], &entry.spread)?;
        }
    }
    writer.flush()?;
    Ok(())
}

/// The benefits map: which areas give which benefit, which objective it serves, and how much of it is realised by year.
fn benefits(report: &Report, out: impl Write) -> csv::Result<()> {
    let mut writer = csv::Writer::from_writer(out);
    head(&mut writer, &["benefit", "objective", "kind", "unit", "year", "areas"])?;
    for benefit in &report.benefits {
        let areas = benefit.areas.join("; ");
        for entry in &benefit.years {
            let first = [&benefit.name, &benefit.objective, benefit.kind, &benefit.unit, &entry.year, &areas];
            line(&mut writer, &first, &entry.spread)?;
        }
    }
    writer.flush()?;
    Ok(())
}

/// `forces.csv`: figures of each force, over the horizon (no year named) and by year.
///
/// # Errors
/// Where the writer fails.
pub fn forces(report: &Report, out: impl Write) -> csv::Result<()> {
    let mut writer = csv::Writer::from_writer(out);
    head(&mut writer, &["force", "measure", "unit", "year"])?;
    for force in &report.forces {
        let spreads = [
            (Series::from(Outcome::Npv), "£m, present value", &force.npv),
            (Outcome::Payback.into(), "years", &force.payback),
            (Outcome::LowestReserves.into(), "£m", &force.lowest_reserves),
            (Series::alone(Outcome::LowestReserves), "£m", &force.lowest_reserves_standalone),
            (Outcome::Cuts.into(), "£m", &force.cuts),
            (Series::alone(Outcome::Cuts), "£m", &force.cuts_standalone),
            (Outcome::OfficersCut.into(), "officers", &force.officers_cut),
            (Series::alone(Outcome::OfficersCut), "officers", &force.officers_cut_standalone),
            (Outcome::NotViableYears.into(), "number", &force.not_viable_years),
            (Series::alone(Outcome::NotViableYears), "number", &force.not_viable_years_standalone),
        ];
        for (measure, unit, spread) in spreads {
            if let Some(spread) = spread {
                line(&mut writer, &[&force.name, &measure.to_string(), unit, ""], spread)?;
            }
        }
        let chances = [
            (Series::from(Outcome::Loses), force.loses),
            (Outcome::FloorBreached.into(), force.floor_breached),
            (Series::alone(Outcome::FloorBreached), force.floor_breached_standalone),
        ];
        for (measure, figure) in chances {
            if let Some(figure) = figure {
                line(&mut writer, &[&force.name, &measure.to_string(), "chance", ""], &chance(figure))?;
            }
        }
        for yearly in &force.yearly {
            years(&mut writer, &force.name, yearly)?;
        }
    }
    writer.flush()?;
    Ok(())
}

/// `areas.csv`: when each business area is live, and what it saves in the last year.
///
/// # Errors
/// Where the writer fails.
pub fn areas(report: &Report, out: impl Write) -> csv::Result<()> {
    let mut writer = csv::Writer::from_writer(out);
    head(&mut writer, &["alliance", "area", "measure", "unit"])?;
    for alliance in &report.alliances {
        for area in &alliance.areas {
            for (measure, unit, spread) in
                [(Outcome::Live.id(), "years", &area.live), (Outcome::Saving.id(), "£m", &area.saving)]
            {
                if let Some(spread) = spread {
                    line(&mut writer, &[&alliance.name, &area.name, measure, unit], spread)?;
                }
            }
        }
    }
    writer.flush()?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample::{Sample, report};

    fn table(write: fn(&Report, &mut Vec<u8>) -> csv::Result<()>, which: Sample) -> Vec<csv::StringRecord> {
        let mut bytes = Vec::new();
        write(&report(which), &mut bytes).expect("written");
        let mut reader = csv::Reader::from_reader(&bytes[..]);
        reader.records().map(|record| record.expect("as many cells as heads")).collect()
    }

    #[test]
    fn the_annual_table_has_a_row_a_measure_and_year() {
        let rows = table(|report, out| annual(report, out), Sample::TwoForce);
        let years: Vec<&str> = rows.iter().filter(|row| &row[1] == "saving_cashable").map(|row| &row[3]).collect();
        assert_eq!(years.len(), 12);
        assert_eq!((years[0], years[11]), ("2014/15", "2025/26"));
    }

    #[test]
    fn a_date_that_never_comes_is_empty_and_counted() {
        let rows = table(|report, out| areas(report, out), Sample::TwoForce);
        let live: Vec<_> = rows.iter().filter(|row| &row[2] == "live").collect();
        assert_eq!(live.len(), 32);
        // One future in twelve drops an area: the share is written, and what it means.
        assert!(live.iter().all(|row| row[13].parse::<f64>().is_ok_and(|share| share > 0.02) && &row[14] == "never"));
    }

    #[test]
    fn every_force_has_its_rows_with_and_without() {
        let rows = table(|report, out| forces(report, out), Sample::FiveForce);
        for measure in ["npv", "floor_breached", "floor_breached_standalone", "cuts"] {
            assert_eq!(rows.iter().filter(|row| &row[1] == measure).count(), 5, "{measure}");
        }
    }
}

//! Tables for spreadsheets with every digit: `annual.csv`, `forces.csv`, `areas.csv`, one figure a row.

use super::data::{Report, Series, Yearly};
use super::figure::{Figure, Spread};
use super::sheet::{Cell, Sheet};
use engine::outcomes::Outcome;

/// The tables of a forecast.
#[must_use]
pub fn forecast(report: &Report) -> Vec<Sheet> {
    let mut all = vec![annual(report), forces(report), areas(report)];
    if !report.benefits.is_empty() {
        all.push(benefits(report).alone());
    }
    all
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

/// A chance as a spread: its mean is the chance.
pub(super) fn chance(figure: Figure) -> Spread {
    Spread { mean: Some(figure), missing_means: "undefined", ..Spread::default() }
}

/// Heads of a table of figures.
pub(super) fn heads(first: &[&str]) -> Vec<String> {
    first.iter().chain(&FIGURES).map(|name| (*name).to_owned()).collect()
}

/// A row of a table of figures.
pub(super) fn line(first: impl IntoIterator<Item = Cell>, spread: &Spread) -> Vec<Cell> {
    let mut cells: Vec<Cell> = first.into_iter().collect();
    cells.push(spread.plan.into());
    cells.extend([spread.mean, spread.p10, spread.p50, spread.p90].into_iter().flat_map(Figure::cells));
    cells.push(spread.missing.map(|share| share.value).into());
    cells.push(spread.missing_means.into());
    cells
}

/// The same of a row that texts name.
pub(super) fn named(first: &[&str], spread: &Spread) -> Vec<Cell> {
    line(first.iter().map(|text| Cell::from(*text)), spread)
}

fn years<'a>(owner: &'a str, yearly: &'a Yearly) -> impl Iterator<Item = Vec<Cell>> + use<'a> {
    let measure = yearly.measure.to_string();
    yearly.years.iter().map(move |entry| named(&[owner, &measure, yearly.unit, &entry.year], &entry.spread))
}

/// `annual.csv`: yearly figures of the whole scenario (no alliance named), of each alliance, and of each benefit.
#[must_use]
pub fn annual(report: &Report) -> Sheet {
    let mut sheet = Sheet::new("annual", heads(&["alliance", "measure", "unit", "year"]));
    for yearly in &report.yearly {
        sheet.rows.extend(years("", yearly));
    }
    for alliance in &report.alliances {
        for yearly in &alliance.yearly {
            sheet.rows.extend(years(&alliance.name, yearly));
        }
        let Some(fund) = &alliance.fund else { continue };
        for (measure, years) in [
            ("reserves of the merged force", &fund.reserves),
            ("planned cut of the merged force", &fund.planned_cut),
            ("emergency cut of the merged force", &fund.emergency_cut),
        ] {
            for entry in years {
                sheet.rows.push(named(&[&alliance.name, measure, "£m", &entry.year], &entry.spread));
            }
        }
    }
    for benefit in &report.benefits {
        let measure = format!("benefit: {}", benefit.name);
        for entry in &benefit.years {
            sheet.rows.push(named(&["", &measure, &benefit.unit, &entry.year], &entry.spread));
        }
    }
    sheet
}

/// The benefits map: which areas give which benefit, which objective it serves, and how much of it is realised by year.
fn benefits(report: &Report) -> Sheet {
    let mut sheet = Sheet::new("benefits", heads(&["benefit", "objective", "kind", "unit", "year", "areas"]));
    for benefit in &report.benefits {
        let areas = benefit.areas.join("; ");
        for entry in &benefit.years {
            let first = [&benefit.name, &benefit.objective, benefit.kind, &benefit.unit, &entry.year, &areas];
            sheet.rows.push(named(&first, &entry.spread));
        }
    }
    sheet
}

/// `forces.csv`: figures of each force, over the horizon (no year named) and by year.
#[must_use]
pub fn forces(report: &Report) -> Sheet {
    let mut sheet = Sheet::new("forces", heads(&["force", "measure", "unit", "year"]));
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
                sheet.rows.push(named(&[&force.name, &measure.to_string(), unit, ""], spread));
            }
        }
        let chances = [
            (Series::from(Outcome::Loses), force.loses),
            (Outcome::FloorBreached.into(), force.floor_breached),
            (Series::alone(Outcome::FloorBreached), force.floor_breached_standalone),
        ];
        for (measure, figure) in chances {
            if let Some(figure) = figure {
                sheet.rows.push(named(&[&force.name, &measure.to_string(), "chance", ""], &chance(figure)));
            }
        }
        for yearly in &force.yearly {
            sheet.rows.extend(years(&force.name, yearly));
        }
    }
    sheet
}

/// `areas.csv`: when each business area is live, and what it saves in the last year.
#[must_use]
pub fn areas(report: &Report) -> Sheet {
    let mut sheet = Sheet::new("areas", heads(&["alliance", "area", "measure", "unit"]));
    for alliance in &report.alliances {
        for area in &alliance.areas {
            for (measure, unit, spread) in
                [(Outcome::Live.id(), "years", &area.live), (Outcome::Saving.id(), "£m", &area.saving)]
            {
                if let Some(spread) = spread {
                    sheet.rows.push(named(&[&alliance.name, &area.name, measure, unit], spread));
                }
            }
        }
    }
    sheet
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample::{Sample, report};

    fn table(make: fn(&Report) -> Sheet, which: Sample) -> Vec<csv::StringRecord> {
        let bytes = make(&report(which)).csv();
        let mut reader = csv::Reader::from_reader(&bytes[..]);
        reader.records().map(|record| record.expect("as many cells as heads")).collect()
    }

    #[test]
    fn the_annual_table_has_a_row_a_measure_and_year() {
        let rows = table(annual, Sample::TwoForce);
        let years: Vec<&str> = rows.iter().filter(|row| &row[1] == "saving_cashable").map(|row| &row[3]).collect();
        assert_eq!(years.len(), 12);
        assert_eq!((years[0], years[11]), ("2014/15", "2025/26"));
    }

    #[test]
    fn a_date_that_never_comes_is_empty_and_counted() {
        let rows = table(areas, Sample::TwoForce);
        let live: Vec<_> = rows.iter().filter(|row| &row[2] == "live").collect();
        assert_eq!(live.len(), 32);
        // One future in twelve drops an area: the share is written, and what it means.
        assert!(live.iter().all(|row| row[13].parse::<f64>().is_ok_and(|share| share > 0.02) && &row[14] == "never"));
    }

    #[test]
    fn every_force_has_its_rows_with_and_without() {
        let rows = table(forces, Sample::FiveForce);
        for measure in ["npv", "floor_breached", "floor_breached_standalone", "cuts"] {
            assert_eq!(rows.iter().filter(|row| &row[1] == measure).count(), 5, "{measure}");
        }
    }
}

//! `comparison.csv`: every measure of every option, its difference from the baseline, rank and regret, one figure a row.

use std::io::Write;

use super::Comparison;
use crate::figure::{Figure, Spread};
use crate::tables::{chance, head, line};
use engine::outcomes::Outcome;

/// Writes the table. The column `figure` says what a row is: `own`, `difference`, `better`, `worse`, `first`, `regret`,
/// or `for each £ of yearly budget in scope`, `npv over <years>`, `npv in <regime>` and `saving in <year>`.
///
/// # Errors
/// Where the writer fails.
pub fn comparison(report: &Comparison, out: impl Write) -> csv::Result<()> {
    let mut writer = csv::Writer::from_writer(out);
    head(&mut writer, &["option", "measure", "unit", "figure"])?;
    let one = |figure: Option<Figure>| figure.map(chance);
    for (o, option) in report.options.iter().enumerate() {
        for measure in &report.measures {
            let standing = &measure.options[o];
            let against = standing.against.as_ref();
            let regret = standing.regret.as_ref();
            let rows = [
                ("own", measure.unit, Some(standing.own.clone())),
                ("difference", measure.unit, against.map(|against| against.difference.clone())),
                ("better", "chance", one(against.and_then(|against| against.better))),
                ("worse", "chance", one(against.and_then(|against| against.worse))),
                ("first", "chance", one(standing.first)),
                ("regret", measure.unit, regret.and_then(|regret| one(regret.expected))),
            ];
            let name = measure.measure.name();
            for (figure, unit, spread) in rows {
                if let Some(spread) = spread {
                    line(&mut writer, &[&option.name, &name, unit, figure], &spread)?;
                }
            }
        }
        if let Some(size) = report.sizes.get(o) {
            let per = Spread { mean: size.mean, p10: size.p10, p50: size.p50, p90: size.p90, ..Spread::default() };
            let cells =
                [&option.name, Outcome::Npv.id(), "£ a £ of yearly budget", "for each £ of yearly budget in scope"];
            line(&mut writer, &cells, &per)?;
        }
        for other in &report.horizons {
            let spread = other.means[o].map_or_else(Spread::default, chance);
            let figure = format!("{} over {} years", Outcome::Npv, other.years);
            line(&mut writer, &[&option.name, Outcome::Npv.id(), "£m, present value", &figure], &spread)?;
        }
        for regime in &report.regimes {
            let spread = regime.means[o].map_or_else(Spread::default, chance);
            let figure = format!("{} in {}", Outcome::Npv, regime.regime);
            line(&mut writer, &[&option.name, Outcome::Npv.id(), "£m, present value", &figure], &spread)?;
        }
        for year in &report.savings[o] {
            let figure = format!("saving in {}", year.year);
            line(&mut writer, &[&option.name, Outcome::SavingCashable.id(), "£m", &figure], &year.saving)?;
        }
    }
    writer.flush()?;
    Ok(())
}

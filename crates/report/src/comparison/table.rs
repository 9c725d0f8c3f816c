//! `comparison.csv`: every measure of every option, its difference from the baseline, rank and regret, one figure a row.

use super::Comparison;
use crate::figure::{Figure, Spread};
use crate::sheet::Sheet;
use crate::tables::{chance, heads, named};
use engine::outcomes::Outcome;

/// The table. The column `figure` says what a row is: `own`, `difference`, `better`, `worse`, `first`, `regret`,
/// or `for each £ of yearly budget in scope`, `npv over <years>`, `npv in <regime>` and `saving in <year>`.
#[must_use]
pub fn comparison(report: &Comparison) -> Sheet {
    let mut sheet = Sheet::new("comparison", heads(&["option", "measure", "unit", "figure"]));
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
                    sheet.rows.push(named(&[&option.name, &name, unit, figure], &spread));
                }
            }
        }
        if let Some(size) = report.sizes.get(o) {
            let per = Spread { mean: size.mean, p10: size.p10, p50: size.p50, p90: size.p90, ..Spread::default() };
            let cells =
                [&option.name, Outcome::Npv.id(), "£ a £ of yearly budget", "for each £ of yearly budget in scope"];
            sheet.rows.push(named(&cells, &per));
        }
        for other in &report.horizons {
            let spread = other.means[o].map_or_else(Spread::default, chance);
            let figure = format!("{} over {} years", Outcome::Npv, other.years);
            sheet.rows.push(named(&[&option.name, Outcome::Npv.id(), "£m, present value", &figure], &spread));
        }
        for regime in &report.regimes {
            let spread = regime.means[o].map_or_else(Spread::default, chance);
            let figure = format!("{} in {}", Outcome::Npv, regime.regime);
            sheet.rows.push(named(&[&option.name, Outcome::Npv.id(), "£m, present value", &figure], &spread));
        }
        for year in &report.savings[o] {
            let figure = format!("saving in {}", year.year);
            sheet.rows.push(named(&[&option.name, Outcome::SavingCashable.id(), "£m", &figure], &year.saving));
        }
    }
    sheet
}

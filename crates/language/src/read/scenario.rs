//! A whole scenario, from its table.

use super::alliance::alliance;
use super::economy::{economy, ledger};
use super::force::force;
use super::funding::funding;
use super::promises::{actual, appraisal, benefit, correlation, target};
use super::resilience::{contact, resilience};
use crate::describe::Default;
use crate::reader::Reader;
use engine::alliance::{Scenario, SignOff};
use engine::units::FinancialYear;

/// The version of the language that this engine reads.
pub const FORMAT: u32 = 1;

/// Reads a scenario whose file is called `file_name`.
pub fn scenario(r: &mut Reader<'_>, file_name: &str) -> Scenario {
    format(r);
    r.consumed_text("extends", "A scenario file of which this one states only what differs.");
    r.consumed_text(
        "facts",
        "A CSV file with facts of forces by force and year; data/forces.csv beside the scenario is looked for anyway.",
    );
    let name = r
        .text("name", Default::Word("the file's name"), "Short name; names the folder of results.")
        .unwrap_or_else(|| file_name.to_owned());
    let title = r.text("title", Default::Word("name"), "Title for people.").unwrap_or_else(|| name.clone());
    r.put_text("name", &name);
    r.put_text("title", &title);
    let question = r.text("question", Default::None, "The question that the scenario is to answer.");
    let sign_off = sign_off(r);
    let first_year = r
        .year("first_year", Default::Required, "The first financial year, whose facts are known.")
        .unwrap_or(FinancialYear(0));
    let years = r.whole("years", (1, 60), Default::Required, "Number of financial years simulated.").unwrap_or(0);
    let economy = r.table("economy", "Prices, pay, council tax.", economy);
    let funding = r.table("funding", "Government grant.", funding);
    let ledger = r.table("ledger", "How forces close gaps and hold reserves; a force may override each key.", ledger);
    let resilience = r.table("resilience", "Surges and mutual help.", resilience);
    let appraisal = r.table("appraisal", "Discount rates.", appraisal);
    let forces = r.tables("force", "A police force.", |r, _| force(r));
    let alliances =
        r.tables("alliance", "A collaboration of whatever kind; without any, every force stands alone.", |r, _| {
            alliance(r, &forces)
        });
    let contact = r
        .optional_table("contact", "Contact management, alone and pooled.", |r| contact(r, &forces, &alliances))
        .flatten();
    let benefits = r.tables("benefit", "A benefit and the areas that produce it.", |r, _| benefit(r, &alliances));
    let targets = r.tables("target", "A promise: a yearly measure, an amount and a year.", |r, _| target(r));
    let actuals = r.tables(
        "actual",
        "Something known to have happened; shown beside the forecast, never used by it. `track` weighs futures by it.",
        |r, _| actual(r),
    );
    let correlations = r.tables("correlation", "Correlation between uncertain quantities.", |r, _| correlation(r));
    Scenario {
        report_dates: r.months("report_dates", "Dates at which the implemented saving is reported."),
        years: years as usize,
        actuals: actuals.into_iter().flatten().collect(),
        correlations: correlations.into_iter().flatten().collect(),
        name,
        title,
        question,
        sign_off,
        first_year,
        economy,
        funding,
        ledger,
        resilience,
        contact,
        appraisal,
        forces,
        alliances,
        benefits,
        targets,
    }
}

fn sign_off(r: &mut Reader<'_>) -> SignOff {
    SignOff {
        prepared_by: r.text("prepared_by", Default::None, "Who prepared it; stands on the page for a board."),
        approved_by: r.text("approved_by", Default::None, "Who approved it."),
        dated: r.text("dated", Default::None, "The day or month of it, as it is to be printed."),
        status: r.text("status", Default::None, "How far it has come, such as draft or approved."),
        marking: r.text("marking", Default::None, "How it may be handed round, such as OFFICIAL."),
    }
}

/// Reads `format`.
pub fn format(r: &mut Reader<'_>) {
    r.version("format", FORMAT, "Version of this language: 1.");
}

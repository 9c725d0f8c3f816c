//! `[appraisal]`, `[[benefit]]`, `[[target]]`, `[[actual]]` and `[[correlation]]`.

use std::collections::HashMap;

use crate::describe::Default;
use crate::limits::STARS;
use crate::reader::{Range, Reader, Spec};
use crate::suggest;
use crate::tree::Node;
use engine::alliance::{Actual, Alliance, Appraisal, Benefit, BenefitKind, Target, When};
use engine::id::{AllianceId, AreaId};
use engine::uncertainty::{Correlation, Structure, plainly_quoted};
use engine::units::{FinancialYear, Month};

/// Reads `[appraisal]`.
pub fn appraisal(r: &mut Reader<'_>) -> Appraisal {
    let rate = |name, doc| Spec::new(name, "fraction a year", Range::ABOVE_MINUS_1, doc);
    Appraisal {
        discount: r.plain(rate("discount", "Real discount rate of the first 30 years (Green Book: 3.5 %).").or(0.035)),
        discount_late: r.plain(rate("discount_late", "Real discount rate after that.").or(0.03)),
        provenance: r.own_provenance(),
    }
}

/// Reads a benefit.
pub fn benefit(r: &mut Reader<'_>, alliances: &[Alliance]) -> Benefit {
    let kinds = [
        ("economic", BenefitKind::Economic),
        ("efficiency", BenefitKind::Efficiency),
        ("effectiveness", BenefitKind::Effectiveness),
    ];
    let alliance =
        r.text("alliance", Default::None, "The alliance whose areas are meant, where their names are in several.");
    Benefit {
        name: r.text("name", Default::Required, "Its name, unique among the benefits.").unwrap_or_default(),
        kind: r.choice(
            "kind",
            &kinds,
            BenefitKind::Economic,
            "economic",
            "Its sort: economic (cashable), efficiency (non-cashable), effectiveness (better service).",
        ),
        unit: r.text("unit", Default::Required, "Its unit, as printed.").unwrap_or_default(),
        objective: r.text("objective", Default::None, "The objective that it serves.").unwrap_or_default(),
        full_effect: r.quantity(Spec::new(
            "full_effect",
            "the benefit's unit",
            Range::ANY,
            "Its size when every area is fully live.",
        )),
        areas: benefit_areas(r, alliance.as_deref(), alliances),
    }
}

fn benefit_areas(r: &mut Reader<'_>, only: Option<&str>, alliances: &[Alliance]) -> Vec<(AllianceId, AreaId)> {
    let names: Vec<&str> = alliances.iter().map(|alliance| alliance.name.as_str()).collect();
    if let Some(only) = only.filter(|only| !names.contains(only)) {
        r.missing_part("alliance", format!("there is no alliance \"{only}\""), suggest::remedy(only, &names));
        return Vec::new();
    }
    let every: Vec<(AllianceId, AreaId)> = alliances
        .iter()
        .enumerate()
        .filter(|(_, alliance)| only.is_none_or(|only| alliance.name == only))
        .flat_map(|(k, alliance)| (0..alliance.areas.len()).map(move |a| (AllianceId(k), AreaId(a))))
        .collect();
    let meaning = "The areas that produce it: a list of names (\"Southern hub: Finance\" where a name is in several alliances), or \"all\".";
    let Some(written) = r.texts_or_all("areas", meaning) else { return every };
    let mut by_name = Named::new();
    for id in &every {
        let Some(alliance) = alliances.get(id.0.0) else { continue };
        let Some(area) = alliance.areas.get(id.1.0) else { continue };
        by_name.entry(area.name.clone()).or_default().push(*id);
        by_name.entry(format!("{}: {}", alliance.name, area.name)).or_default().push(*id);
    }
    let areas: Vec<_> =
        written.iter().filter_map(|(name, node)| find_area(r, name, node, (&every, &by_name), alliances)).collect();
    if areas.is_empty() && written.is_empty() && r.has("areas") {
        r.problem("areas", "no area produces this benefit", "Name at least one area, or write \"all\"");
    }
    areas
}

/// Areas by their names, alone and after that of their alliance.
type Named = HashMap<String, Vec<(AllianceId, AreaId)>>;

fn find_area(
    r: &Reader<'_>,
    name: &str,
    node: &Node,
    (every, by_name): (&[(AllianceId, AreaId)], &Named),
    alliances: &[Alliance],
) -> Option<(AllianceId, AreaId)> {
    let mut found = by_name.get(name).into_iter().flatten();
    let first = found.next();
    // Twice in one alliance has been told where it stands.
    if let (Some(one), true) = (first, found.any(|other| first.is_some_and(|one| one.0 != other.0))) {
        let alliance = alliances.get(one.0.0).map_or("", |alliance| alliance.name.as_str());
        r.cx.problem(
            &node.at,
            &r.address("areas"),
            format!("the area \"{name}\" is in several alliances"),
            format!("Write the alliance before it, as \"{alliance}: {name}\", or add alliance = \"{alliance}\""),
        );
    }
    if first.is_none() {
        let area = |id: &(AllianceId, AreaId)| Some(alliances.get(id.0.0)?.areas.get(id.1.0)?.name.as_str());
        let known: Vec<&str> = every.iter().filter_map(area).collect();
        r.cx.missing(
            &node.at,
            &r.address("areas"),
            format!("the area \"{name}\" is in no alliance"),
            suggest::remedy(name, &known),
        );
    }
    first.copied()
}

/// Reads a target.
pub fn target(r: &mut Reader<'_>) -> Target {
    let name = r.text("name", Default::Word("made of measure, amount and year"), "Its name, unique among the targets.");
    let measure =
        r.text("measure", Default::Required, "Name of a yearly outcome, such as saving_cashable.").unwrap_or_default();
    let measure = plainly_quoted(&measure);
    let amount =
        r.plain(Spec::new("amount", "the measure's unit", Range::ANY, "Met where the measure is at least this."));
    let year = r.year("year", Default::Required, "The year in which it is due.").unwrap_or(FinancialYear(0));
    let name = name.unwrap_or_else(|| format!("{measure} of {amount} in {year}"));
    r.put_text("name", &name);
    Target { name, measure, amount, year, provenance: r.own_provenance() }
}

/// Reads an actual; none where it does not say when.
pub fn actual(r: &mut Reader<'_>) -> Option<Actual> {
    let _ =
        r.text("name", Default::None, "A name, only so that a scenario that extends this one can change or remove it.");
    let measure =
        r.text("measure", Default::Required, "Name of the outcome that it stands beside.").unwrap_or_default();
    let measure = plainly_quoted(&measure);
    let date = r.month("date", Default::None, "The date at which it was measured; or else `year`.");
    let year = r.year("year", Default::None, "The financial year over which it was measured; or else `date`.");
    let value = r.plain(Spec::new(
        "value",
        "the measure's unit",
        Range::ANY,
        "The figure; for a disputed one, its low reading. Of what happens or does not, 1 or 0.",
    ));
    let high =
        r.optional_plain(Spec::new("high", "the measure's unit", Range::ANY, "The high reading of a disputed figure."));
    let Weighing { series, definition, error, discrepancy, known } = weighing(r);
    let provenance = r.own_provenance();
    let when = match (date, year) {
        (Some(date), None) => When::Date(date),
        (None, Some(year)) => When::Year(year),
        (Some(_), Some(_)) => {
            r.problem("year", "an actual has either a date or a year, this has both", "Leave one out");
            return None;
        }
        (None, None) => {
            if !r.has("date") && !r.has("year") {
                r.missing_part(
                    "",
                    "it does not say when".to_owned(),
                    "Write date = \"2016-07\" or year = \"2015/16\"".to_owned(),
                );
            }
            return None;
        }
    };
    if let (When::Date(date), Some(from)) = (when, known)
        && from < date
    {
        let what = format!("it is of {date}, and cannot have been known from {from}");
        r.problem("known", &what, "Write the month from which it was known, or leave it out");
        return None;
    }
    Some(Actual { measure, when, value, high, series, definition, error, discrepancy, known, provenance })
}

/// What `track` makes of an actual.
struct Weighing {
    series: Option<String>,
    definition: Option<String>,
    error: Option<f64>,
    discrepancy: Option<f64>,
    known: Option<Month>,
}

fn weighing(r: &mut Reader<'_>) -> Weighing {
    let series = "Figures of one series share their discrepancy; without one, those of the same measure do.";
    let definition = "What was counted: gross or net, cashable or not, cash of a year or annual rate at a date.";
    let error = "Standard deviation of its reporting; of what happens or does not, the chance that it was told wrongly (usually 0.02).";
    let discrepancy = "Standard deviation of what forecast and figure may differ by though both are right.";
    let known = "The month from which it was known; usually its date, or the April after its year.";
    Weighing {
        series: r.text("series", Default::None, series),
        definition: r.text("definition", Default::None, definition),
        error: r.optional_plain(Spec::new("error", "the measure's unit", Range::ABOVE_0, error)),
        discrepancy: r.optional_plain(Spec::new("discrepancy", "the measure's unit", Range::FROM_0, discrepancy)),
        known: r.month("known", Default::None, known),
    }
}

/// Reads a correlation; none where it does not say how its quantities hang together.
pub fn correlation(r: &mut Reader<'_>) -> Option<Correlation> {
    let _ =
        r.text("name", Default::None, "A name, only so that a scenario that extends this one can change or remove it.");
    let keys = "Keys of what hangs together; * stands for any text (only with rho). A series without its year.";
    let written = r.texts("quantities", Default::Required, keys);
    for (text, node) in &written {
        if text.matches('*').count() > STARS {
            let what = format!("\"{text}\" has more than {STARS} stars");
            r.cx.problem(
                &node.at,
                &r.address("quantities"),
                what,
                "Write the key, with a star for each name that may be any",
            );
            return None;
        }
    }
    let quantities: Vec<String> = written.iter().map(|(text, _)| plainly_quoted(text)).collect();
    r.keep_provenance();
    let rho = "Correlation of every two of them, through one common factor; or else `matrix`.";
    let rho = r.optional_plain(Spec::new("rho", "", Range::BELOW_1, rho));
    let matrix =
        r.matrix("matrix", "The full correlation matrix, row by row, in the order of `quantities`; or else `rho`.");
    let structure = match (rho, matrix) {
        (Some(rho), None) => Structure::Common(rho),
        (None, Some(matrix)) => Structure::Matrix(matrix),
        (Some(_), Some(_)) => {
            r.problem("matrix", "a correlation has either rho or a matrix, this has both", "Leave one out");
            return None;
        }
        (None, None) => {
            if !r.has("rho") && !r.has("matrix") {
                r.missing_part(
                    "",
                    "it does not say how its quantities hang together".to_owned(),
                    "Write rho = 0.4 or a matrix".to_owned(),
                );
            }
            return None;
        }
    };
    Some(Correlation { quantities, structure, partial: false })
}

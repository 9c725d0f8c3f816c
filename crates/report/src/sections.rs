//! The tables of a forecast: targets, the plan beside the futures, each force, each alliance, what happened.

use super::data::{ActualReport, AllianceReport, ForceReport, FundReport, Report};
use super::figure::{Figure, Spread};
use super::grid::Table;
use super::terminal::layout::{cut, with_error};
use super::words;
use engine::outcomes::{FEW, Outcome, Owner};

fn missing(spread: &Spread) -> &'static str {
    if spread.missing_means == "never" { "never" } else { "–" }
}

fn plain(value: Option<f64>, decimals: usize, missing: &str) -> String {
    value.map_or_else(|| missing.to_owned(), |value| Figure { value, error: 0.0 }.rounded(decimals))
}

/// Each target: its chance, and when it becomes more likely than not.
pub fn targets(report: &Report) -> Table {
    let mut table = Table::new(&["Targets", "due", "chance met", "likely from", "plan from", "plan is"]);
    for target in &report.targets {
        let none = || "no year".to_owned();
        let met = match target.met.value {
            small if small < 0.000_5 => words::percent(target.met),
            _ => with_error(Some(target.met.times(100.0)), 1, "–") + "%",
        };
        let rank = match target.outcome.below_plan {
            Some(_) if words::is_every_future(&target.outcome) => "all".to_owned(),
            Some(below) => words::rank(below),
            None => "–".to_owned(),
        };
        table.push([
            target.name.clone(),
            target.year.clone(),
            met,
            target.likely_from.clone().unwrap_or_else(none),
            target.plan_from.clone().unwrap_or_else(none),
            rank,
        ]);
    }
    table
}

/// The plan beside the futures.
pub fn plan(report: &Report) -> Table {
    let mut rows: Vec<(String, &Spread, usize, bool)> = Vec::new();
    for target in report.targets.iter().take(2) {
        let label = format!("{} {}, {}", words::row_name(&target.measure), target.year, target.unit);
        if !rows.iter().any(|(known, ..)| *known == label) {
            rows.push((label, &target.outcome, 2, false));
        }
    }
    let last = report.scenario.last_year();
    for (measure, label, decimals) in
        [(Outcome::SavingCashable, "Cashable saving", 2), (Outcome::AreasLive, "Areas live at the end of", 1)]
    {
        if let Some(yearly) = report.yearly(measure) {
            let label = if decimals == 2 { format!("{label} {last}, £m") } else { format!("{label} {last}") };
            if let (Some(spread), false) = (yearly.last(), rows.iter().any(|(known, ..)| *known == label)) {
                rows.push((label, spread, decimals, false));
            }
        }
    }
    // What runs is part of the investment, and worse the more it is.
    if let Some((yearly, spread)) = report.yearly(Outcome::RunningCost).and_then(|own| Some((own, own.last()?))) {
        rows.push((format!("Running cost {last}, {}", yearly.unit), spread, 2, true));
    }
    let whole = &report.whole;
    let more = [
        ("Net present value, £m", &whole.npv, 1, false),
        ("Payback, years from the start", &whole.payback, 1, true),
        ("Total investment, £m", &whole.total_investment, 1, true),
        ("Peak funding need, £m", &whole.peak_funding_need, 1, true),
        ("Benefit–cost ratio, cashable", &whole.benefit_cost_ratio, 2, false),
    ];
    for (label, spread, decimals, high_is_worse) in more {
        if let Some(spread) = spread {
            rows.push((label.to_owned(), spread, decimals, high_is_worse));
        }
    }
    let mut table = Table::new(&["The plan beside the futures", "plan", "P10", "P50", "P90", "worse"]);
    if report.scenario.alone {
        return table;
    }
    for (label, spread, decimals, high_is_worse) in rows {
        let none = missing(spread);
        let worse = if high_is_worse { spread.above_plan } else { spread.below_plan };
        let at = |figure| with_error(figure, decimals, none);
        let worse = worse.map_or_else(|| "–".to_owned(), words::percent);
        table.push([label, plain(spread.plan, decimals, none), at(spread.p10), at(spread.p50), at(spread.p90), worse]);
    }
    "worse: share of futures that turn out worse than the plan".clone_into(&mut table.note);
    table
}

/// Each force, with the alliances and alone (reserves and cuts: medians).
pub fn forces(report: &Report) -> Table {
    let median = |spread: &Option<Spread>| {
        spread.as_ref().and_then(|spread| spread.p50).map_or_else(|| "–".to_owned(), |p50| p50.rounded(1))
    };
    let chance = |chance: Option<Figure>| chance.map_or_else(|| "–".to_owned(), words::percent);
    if report.scenario.alone {
        let mut table = Table::new(&["Each force, medians", "lowest reserves, £m", "reserves reach floor", "cuts, £m"]);
        let of = |force: &ForceReport| {
            [
                force.name.clone(),
                median(&force.lowest_reserves_standalone),
                chance(force.floor_breached_standalone),
                median(&force.cuts_standalone),
            ]
        };
        report.forces.iter().for_each(|force| table.push(of(force)));
        return table;
    }
    let mut table = Table::new(&[
        "Each force",
        "plan",
        "P10",
        "P50",
        "P90",
        "to lose",
        "with",
        "alone",
        "with",
        "alone",
        "with",
        "alone",
    ]);
    let groups =
        [("", 1), ("share of NPV, £m", 4), ("chance", 1), ("reserves, £m", 2), ("reach floor", 2), ("cuts, £m", 2)];
    table.groups = groups.map(|(name, columns)| (name.to_owned(), columns)).to_vec();
    for force in &report.forces {
        let share = |pick: fn(&Spread) -> Option<Figure>| {
            force.npv.as_ref().and_then(pick).map_or_else(|| "–".to_owned(), |figure| figure.rounded(1))
        };
        let cells = [
            force.name.clone(),
            plain(force.npv.as_ref().and_then(|npv| npv.plan), 1, "–"),
            share(|npv| npv.p10),
            share(|npv| npv.p50),
            share(|npv| npv.p90),
            chance(force.loses),
            median(&force.lowest_reserves),
            median(&force.lowest_reserves_standalone),
            chance(force.floor_breached),
            chance(force.floor_breached_standalone),
            median(&force.cuts),
            median(&force.cuts_standalone),
        ];
        table.push(cells);
    }
    let merged = report.alliances.iter().any(|alliance| alliance.fund.is_some());
    let fund = if merged {
        "; once merged, of one fund: its floor is one event, the rest is each former area’s part"
    } else {
        ""
    };
    table.note = format!("reserves: lowest year end, median; reach floor: chance; cuts: all years, median{fund}");
    table
}

/// Each alliance: whether it lasts, whether a merger vests.
pub fn alliances(report: &Report) -> Table {
    let mut table = Table::new(&["Each alliance", "vests", "partner left", "ended", "last area settled"]);
    let first_year = report.scenario.years.first().map_or("", String::as_str);
    let of = |alliance: &AllianceReport| {
        let chance = |chance: Option<Figure>| chance.map_or_else(|| "–".to_owned(), words::percent);
        let vests = if alliance.mandated == Some(true) { "by law".to_owned() } else { chance(alliance.vested) };
        let settled = alliance.programme_settled.as_ref().map_or_else(
            || "–".to_owned(),
            |settled| settled.p50.map_or_else(|| "never".to_owned(), |p50| words::dates::dated(first_year, p50)),
        );
        let modelled = |own: Option<Figure>| own.map_or_else(|| "not modelled".to_owned(), words::percent);
        // Nobody leaves a merger; what is imposed by law cannot end.
        let left = if alliance.mandated.is_some() { "–".to_owned() } else { modelled(alliance.member_left) };
        // A merger that is refused or withdrawn from has ended before it began.
        let ended = match (alliance.mandated, alliance.ended) {
            (Some(true), _) => "–".to_owned(),
            (Some(false), Some(ended)) => format!("{}, never vested", words::percent(ended)),
            (_, ended) => modelled(ended),
        };
        [alliance.name.clone(), vests, left, ended, settled]
    };
    report.alliances.iter().for_each(|alliance| table.push(of(alliance)));
    table.note = report.alliances.iter().flat_map(|own| stops(own, report.run.trials)).collect::<Vec<_>>().join(" ");
    if let (Some(joint), Some(alone)) =
        (&report.whole.years_without_shortfall, &report.whole.years_without_shortfall_standalone)
    {
        let all = report.scenario.years.len();
        table.note = format!(
            "{}{}Years of {all} in which every force meets its largest incident, mean: {} together, {} alone.",
            table.note,
            if table.note.is_empty() { "" } else { " " },
            with_error(joint.mean, 2, "–"),
            with_error(alone.mean, 2, "–")
        );
    }
    table
}

/// What is stopped in an alliance, and how its merged force fares, where that is told.
fn stops(alliance: &AllianceReport, trials: u64) -> Vec<String> {
    let name = &alliance.name;
    // A merger that may not vest: what all futures have, and what those have in which it vests.
    let vested = alliance.vested.filter(|vested| vested.value < 1.0).map(words::percent);
    let of_all = vested.as_ref().map_or_else(String::new, |share| format!(" (it vests in {share})"));
    let stopped = |chance: Figure| {
        format!(
            "{name}: a review stops the programme in {} of futures{of_all}{}.",
            words::percent(chance),
            given_up(alliance, trials)
        )
    };
    let ict = |chance: Figure| {
        let by = match (alliance.stops_by_itself, alliance.stopped.is_some()) {
            (true, true) => ", by itself or by a review,",
            (true, false) => "",
            (false, _) => " by a review",
        };
        format!("{name}: the common ICT is stopped{by} in {} of futures{of_all}.", words::percent(chance))
    };
    let fund = |fund: &FundReport| {
        let median = |spread: &Option<Spread>| spread.as_ref().and_then(|own| own.p50).map(words::money_figure);
        let (lowest, chance) = (median(&fund.lowest_reserves)?, fund.floor_breached?);
        let (base, these) = match &vested {
            Some(share) => (format!(" in the {share} of futures in which it vests"), " of these"),
            None => (String::new(), " of futures"),
        };
        let chance = words::percent(chance);
        Some(format!(
            "{name}: the lowest reserves of the merged force{base} are {lowest} at the median; they fall to their floor in {chance}{these}."
        ))
    };
    let told = [alliance.stopped.map(stopped), alliance.ict_stopped.map(ict), alliance.fund.as_ref().and_then(fund)];
    told.into_iter().flatten().collect()
}

/// How many areas a stop gives up: the mean over all futures, by the share of them in which there is one. Of a few futures no mean is told.
fn given_up(alliance: &AllianceReport, trials: u64) -> String {
    let areas = alliance.areas_given_up.as_ref().and_then(|areas| areas.mean);
    match (areas, alliance.stopped) {
        (Some(areas), Some(stopped)) if stopped.value * trials as f64 > FEW as f64 - 0.5 => {
            format!("; a stop gives up {} areas on average", areas.times(1.0 / stopped.value).rounded(1))
        }
        _ => String::new(),
    }
}

/// How far out in its forecast a figure lies: 0 in the middle, one half where no future is beyond it; of a disputed one, the nearer reading.
fn far_out(actual: &ActualReport) -> f64 {
    actual.ranks.map_or(0.0, |(low, high)| (low - 0.5).max(0.5 - high).max(0.0))
}

/// The `most` figures that lie furthest out, in their own order.
fn worst(all: Vec<&ActualReport>, most: usize) -> Vec<&ActualReport> {
    let mut order: Vec<usize> = (0..all.len()).collect();
    order.sort_by(|a, b| far_out(all[*b]).total_cmp(&far_out(all[*a])));
    order.truncate(most);
    all.into_iter().enumerate().filter(|(i, _)| order.contains(i)).map(|(_, own)| own).collect()
}

/// What is known to have happened, beside the forecast of it: the `most` figures that lie furthest out in theirs, each name cut to `width`
/// characters where there is one.
pub fn actuals(report: &Report, most: usize, width: Option<usize>) -> Table {
    let mut table = Table::new(&["What happened, beside the forecast", "reported", "P10", "P50", "P90", "below it"]);
    if report.actuals.is_empty() {
        return table;
    }
    // Those of the whole scenario first; those that the run has no forecast of are in summary.json.
    let (whole, owned): (Vec<&ActualReport>, Vec<&ActualReport>) = report
        .actuals
        .iter()
        .filter(|actual| actual.forecast.is_some())
        .partition(|actual| actual.measure.owner == Owner::Whole);
    let all: Vec<&ActualReport> = whole.into_iter().chain(owned).collect();
    let (forecast, without) = (all.len(), report.actuals.len() - all.len());
    let shown = worst(all, most);
    let more = forecast - shown.len();
    for actual in &shown {
        let forecast = actual.forecast.clone().unwrap_or_default();
        let value = words::typed_number(actual.value);
        let value = actual.high.map_or(value.clone(), |high| format!("{value}–{}", words::typed_number(high)));
        let below = |share: Option<Figure>| share.map_or_else(|| "–".to_owned(), words::percent);
        let stands = match (actual.below, actual.below_high) {
            (Some(low), Some(high)) => {
                format!("{}–{}", words::percent(low).trim_end_matches('%'), words::percent(high))
            }
            (low, _) => below(low),
        };
        let at = |figure| with_error(figure, 2, "–");
        let unit = if actual.unit.is_empty() { String::new() } else { format!(", {}", actual.unit) };
        // A long name is cut, never its year. That it is at Band D, the name says.
        let when = format!(" {}{}", actual.when, unit.trim_end_matches(" a year at Band D"));
        let name = words::row_name(&actual.measure);
        let name = width.map_or(name.clone(), |width| cut(&name, width - when.chars().count()));
        table.push([name + &when, value, at(forecast.p10), at(forecast.p50), at(forecast.p90), stands]);
    }
    let mut rest = if more > 0 {
        format!(
            "; shown are the {} furthest from the middle of their forecast, {more} more in summary.json",
            shown.len()
        )
    } else {
        String::new()
    };
    if without > 0 {
        rest += &format!("; {without} that the run has no forecast of, in summary.json");
    }
    table.note = format!("below it: share of futures below what was reported, those equal to it not among them{rest}");
    table
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample::{Sample, report};

    #[test]
    fn what_has_no_forecast_is_not_said_to_be_nearer_to_the_middle_of_it() {
        let mut told = report(Sample::TwoForce);
        let fact = ActualReport { forecast: None, ranks: None, ..told.actuals[0].clone() };
        told.actuals.push(fact);
        let all = actuals(&told, usize::MAX, None);
        assert_eq!(all.rows.len(), 2);
        assert!(
            all.note.ends_with("not among them; 1 that the run has no forecast of, in summary.json"),
            "{}",
            all.note
        );
        let first = actuals(&told, 1, None).note;
        assert!(
            first
                .contains("shown are the 1 furthest from the middle of their forecast, 1 more in summary.json; 1 that"),
            "{first}"
        );
    }
}

//! Made-up futures of a scenario: columns of a few hundred values, from which every figure is counted.

use std::collections::HashMap;

use crate::source::Figures;
use engine::alliance::{Kind, Scenario};
use engine::outcomes::Missing;
use engine::statistics::{Estimate, Percentile};
use engine::uncertainty::elementary::square;
use engine::uncertainty::quote_key;
use engine::units::Unit;

/// Futures of each sample.
const FUTURES: usize = 400;

/// One outcome in every future.
#[derive(Debug, Clone)]
pub(crate) struct Column {
    pub unit: Unit,
    pub missing: Missing,
    pub plan: f64,
    pub values: Vec<f64>,
}

/// All outcomes by name.
#[derive(Debug, Clone, Default)]
pub(crate) struct Futures {
    pub columns: HashMap<String, Column>,
}

impl Futures {
    /// Adds a column by a rule for each future; the plan is future `None`.
    fn add(&mut self, name: String, unit: Unit, rule: impl Fn(Option<usize>) -> f64) {
        let missing = if unit == Unit::Years { Missing::Never } else { Missing::Undefined };
        let values = (0..FUTURES).map(|i| rule(Some(i))).collect();
        self.columns.insert(name, Column { unit, missing, plan: rule(None), values });
    }

    /// The values that count in percentiles, in order.
    fn sorted(&self, name: &str) -> Option<Vec<f64>> {
        let column = self.columns.get(name)?;
        let mut values: Vec<f64> = match column.missing {
            Missing::Never => column.values.iter().map(|v| if v.is_nan() { f64::INFINITY } else { *v }).collect(),
            Missing::Undefined => column.values.iter().copied().filter(|v| !v.is_nan()).collect(),
        };
        values.sort_by(f64::total_cmp);
        Some(values)
    }
}

fn share(part: usize, all: usize) -> Estimate {
    // As if there were 100,000 futures, so that digits are those of a real run.
    let p = part as f64 / all.max(1) as f64;
    Estimate::new(p, (p * (1.0 - p) / 100_000.0).sqrt())
}

impl Figures for Futures {
    fn trials(&self) -> u64 {
        100_000
    }
    fn plan(&self, name: &str) -> Option<f64> {
        self.columns.get(name).map(|column| column.plan).filter(|plan| !plan.is_nan())
    }
    fn mean(&self, name: &str) -> Option<Estimate> {
        let values: Vec<f64> = self.columns.get(name)?.values.iter().copied().filter(|v| !v.is_nan()).collect();
        let mean = values.iter().sum::<f64>() / values.len().max(1) as f64;
        let variance = values.iter().map(|v| square(v - mean)).sum::<f64>() / values.len().max(1) as f64;
        Some(Estimate::new(mean, (variance / 100_000.0).sqrt()))
    }
    fn rests_on(&self, _name: &str) -> Option<u64> {
        None
    }
    fn percentile(&self, name: &str, p: f64) -> Option<Percentile> {
        let values = self.sorted(name)?;
        let value = *values.get(((p * values.len() as f64) as usize).min(values.len().checked_sub(1)?))?;
        let error = self.mean(name).map_or(0.0, |mean| mean.error * 1.5);
        Some(if value.is_finite() { Percentile::At(Estimate::new(value, error)) } else { Percentile::Never })
    }
    fn chance_at_least(&self, name: &str, threshold: f64) -> Option<Estimate> {
        let values = self.sorted(name)?;
        Some(share(values.iter().filter(|v| **v >= threshold).count(), values.len()))
    }
    fn chance_at_most(&self, name: &str, threshold: f64) -> Option<Estimate> {
        let values = self.sorted(name)?;
        Some(share(values.iter().filter(|v| **v <= threshold).count(), values.len()))
    }
    fn missing(&self, name: &str) -> Option<Estimate> {
        let values = &self.columns.get(name)?.values;
        Some(share(values.iter().filter(|v| v.is_nan()).count(), values.len()))
    }
    fn ratio(&self, name: &str) -> Option<Estimate> {
        match name {
            "unmet_reduction" => Some(Estimate::new(0.124, 0.004)),
            "bcr_of_means" => Some(Estimate::new(1.42, 0.004)),
            _ => None,
        }
    }
    fn largest(&self, name: &str) -> Option<f64> {
        match self.percentile(name, 0.999_999)? {
            Percentile::At(estimate) => Some(estimate.value),
            Percentile::Never => None,
        }
    }

    fn distribution(&self, name: &str, points: usize) -> Vec<(f64, f64)> {
        let Some(values) = self.sorted(name) else { return Vec::new() };
        let (low, high) = (values[0], values[values.len() - 1]);
        let at = |k: usize| low + (high - low) * k as f64 / (points - 1) as f64;
        let below = |x: f64| values.iter().filter(|v| **v <= x).count() as f64 / values.len() as f64;
        (0..points).map(|k| (at(k), below(at(k)))).collect()
    }
    fn unit(&self, name: &str) -> Option<Unit> {
        self.columns.get(name).map(|column| column.unit)
    }
    fn missing_means(&self, name: &str) -> Option<Missing> {
        self.columns.get(name).map(|column| column.missing)
    }
}

/// A number in (0, 1) for a future and a purpose.
fn u(future: usize, purpose: u64) -> f64 {
    let mut x = (future as u64 + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ purpose.wrapping_mul(0xd1b5_4a32_d192_ed03);
    for _ in 0..3 {
        x ^= x >> 31;
        x = x.wrapping_mul(0xbf58_476d_1ce4_e5b9);
    }
    ((x >> 11) as f64 + 0.5) / (1_u64 << 53) as f64
}

/// A bell-shaped number around 0 with standard deviation 1.
fn bell(future: usize, purpose: u64) -> f64 {
    (0..6).map(|k| u(future, purpose * 31 + k)).sum::<f64>() * 1.414 - 4.242
}

/// The share of the promise that turns up.
fn realised(future: Option<usize>) -> f64 {
    match future {
        None => 1.0,
        Some(i) if u(i, 1) < 0.3 => 0.2 * u(i, 2),
        Some(i) => (0.65 + 0.22 * bell(i, 3)).clamp(0.05, 1.3),
    }
}

/// How far delivery has come at time `t`, with the future's own lateness.
fn delivered(future: Option<usize>, t: f64) -> f64 {
    let slip = future.map_or(1.0, |i| (1.35 + 0.3 * bell(i, 4)).max(0.8));
    (((t - 0.8) / slip) / 3.6).clamp(0.0, 1.0)
}

pub(super) fn futures(scenario: &Scenario) -> Futures {
    let mut all = Futures::default();
    let scope = scenario.alliances.iter().map(|alliance| alliance.areas.len()).sum::<usize>() as f64 * 0.41;
    let saving = move |i, t: usize| scope * realised(i) * delivered(i, t as f64) * 1.02_f64.powi(t as i32);
    let spent = move |i: Option<usize>, t: usize| {
        let over = i.map_or(1.0, |i| 1.2 + 0.2 * bell(i, 5));
        if (1..6).contains(&t) { scope * 0.24 * over } else { 0.02 * scope }
    };
    let net = move |i, t| 0.75 * saving(i, t) - spent(i, t);
    let cumulative = move |i, t: usize| (0..=t).map(|s| net(i, s)).sum::<f64>();
    let last = scenario.years - 1;
    for (t, year) in scenario.year_labels().iter().enumerate() {
        all.add(format!("saving_cashable[{year}]"), Unit::Millions, |i| saving(i, t));
        all.add(format!("investment[{year}]"), Unit::Millions, |i| spent(i, t));
        all.add(format!("net[{year}]"), Unit::Millions, |i| net(i, t));
        all.add(format!("net_cumulative[{year}]"), Unit::Millions, |i| cumulative(i, t));
        let areas = scope / 0.41;
        all.add(format!("areas_live[{year}]"), Unit::Count, |i| (areas * delivered(i, t as f64 + 1.0)).floor());
        let short = |i: Option<usize>, risk: f64| f64::from(i.is_some_and(|i| u(i, 900 + t as u64) < risk));
        all.add(format!("shortfall[{year}]"), Unit::Flag, |i| short(i, 0.19 - 0.007 * t as f64));
        all.add(format!("shortfall_standalone[{year}]"), Unit::Flag, |i| short(i, 0.19 + 0.002 * t as f64));
    }
    whole(&mut all, scenario, cumulative, last);
    for (f, force) in scenario.forces.iter().enumerate() {
        force_columns(&mut all, scenario, f, &force.name, cumulative);
    }
    for alliance in &scenario.alliances {
        let prefix = format!("alliance.{}.", quote_key(&alliance.name));
        let seed = alliance.name.len() as u64;
        all.add(format!("{prefix}member_left"), Unit::Flag, |i| f64::from(i.is_some_and(|i| u(i, seed) < 0.21)));
        all.add(format!("{prefix}ended"), Unit::Flag, |i| f64::from(i.is_some_and(|i| u(i, seed) < 0.2)));
        if alliance.kind == Kind::Merger {
            all.add(format!("{prefix}vested"), Unit::Flag, |i| f64::from(i.is_none_or(|i| u(i, 77) < 0.25)));
        }
        for (a, area) in alliance.areas.iter().enumerate() {
            let own = format!("{prefix}area.{}.", quote_key(&area.name));
            let size = 1.9 / (1.0 + 0.25 * a as f64);
            all.add(format!("{own}saving"), Unit::Millions, |i| {
                let dropped = i.is_some_and(|i| u(i, 300 + a as u64) < 0.08);
                if dropped { 0.0 } else { size * realised(i) * i.map_or(1.0, |i| 1.0 + 0.2 * bell(i, 400 + a as u64)) }
            });
            all.add(format!("{own}live"), Unit::Years, |i| {
                let dropped = i.is_some_and(|i| u(i, 300 + a as u64) < 0.08);
                if dropped { f64::NAN } else { 1.0 + 0.1 * a as f64 * i.map_or(1.0, |i| 1.0 + u(i, 5)) }
            });
        }
    }
    all
}

fn whole(all: &mut Futures, scenario: &Scenario, cumulative: impl Fn(Option<usize>, usize) -> f64 + Copy, last: usize) {
    all.add("npv".to_owned(), Unit::MillionsPresent, |i| 0.8 * cumulative(i, last));
    let lowest = move |i| (0..=last).map(|t| cumulative(i, t)).fold(0.0, f64::min);
    all.add("peak_funding_need".to_owned(), Unit::Millions, |i| -lowest(i));
    all.add("total_investment".to_owned(), Unit::Millions, |i| 14.0 + i.map_or(0.0, |i| 3.0 * bell(i, 5)));
    all.add("payback".to_owned(), Unit::Years, |i| {
        if cumulative(i, last) < 0.0 {
            return f64::NAN;
        }
        let after = (0..=last).rev().find(|t| cumulative(i, *t) < 0.0).map_or(0.0, |t| t as f64 + 1.0);
        let t = after as usize;
        let (before, now) = (if t == 0 { 0.0 } else { cumulative(i, t - 1) }, cumulative(i, t));
        after + (-before / (now - before)).clamp(0.0, 1.0)
    });
    all.add("implemented_saving[2016-07]".to_owned(), Unit::Millions, |i| 4.3 * realised(i) * delivered(i, 2.25));
    for target in &scenario.targets {
        let column = all.columns[&format!("{}[{}]", target.measure, target.year)].clone();
        let met = |i: Option<usize>| f64::from(i.map_or(column.plan, |i| column.values[i]) >= target.amount);
        all.add(format!("target.{}.met", quote_key(&target.name)), Unit::Flag, met);
    }
}

fn force_columns(
    all: &mut Futures,
    scenario: &Scenario,
    f: usize,
    name: &str,
    cumulative: impl Fn(Option<usize>, usize) -> f64 + Copy,
) {
    let prefix = format!("force.{}.", quote_key(name));
    let (budget, seed) = (scenario.forces[f].budget.value, 1000 * (f as u64 + 1));
    let share = budget / scenario.forces.iter().map(|force| force.budget.value).sum::<f64>();
    let last = scenario.years - 1;
    let npv =
        move |i: Option<usize>| share * 0.8 * cumulative(i, last) + i.map_or(0.0, |i| bell(i, seed) * (1 + f) as f64);
    all.add(format!("{prefix}npv"), Unit::MillionsPresent, npv);
    all.add(format!("{prefix}loses"), Unit::Flag, |i| f64::from(npv(i) < 0.0));
    let wander = move |i: Option<usize>, t: usize| {
        i.map_or(0.0, |i| (0..=t).map(|s| bell(i, seed + 20 + s as u64)).sum::<f64>() * 0.012)
    };
    let joint = !scenario.alliances.is_empty();
    let reserves = move |i, t: usize, help: f64| {
        let floor = 0.03 * budget;
        (budget * (0.15 - 0.011 * t as f64 + wander(i, t)) + help * share * cumulative(i, t))
            .clamp(floor, 0.25 * budget)
    };
    for (t, year) in scenario.year_labels().iter().enumerate() {
        let funding = |i| budget * (1.0 + 0.008 * t as f64 + wander(i, t));
        all.add(format!("{prefix}funding[{year}]"), Unit::Millions, funding);
        all.add(format!("{prefix}reserves_standalone[{year}]"), Unit::Millions, |i| reserves(i, t, 0.0));
        if joint {
            all.add(format!("{prefix}reserves[{year}]"), Unit::Millions, |i| reserves(i, t, 0.6));
        }
        if scenario.alliances.iter().any(|alliance| alliance.kind == Kind::Merger) {
            let gap = if f == 0 { 9.0 } else { -14.0 };
            let vested = move |i: Option<usize>| i.is_none_or(|i| u(i, 77) < 0.25);
            let come = (((t as f64) - 5.0) / 5.0).clamp(0.0, 1.0);
            let path = move |i| 175.0 * 1.02_f64.powi(t as i32) * (1.0 + 0.2 * wander(i, t)) + gap * -0.6;
            let change = move |i| if vested(i) { gap * come } else { 0.0 };
            all.add(format!("{prefix}council_tax[{year}]"), Unit::Pounds, |i| path(i) + change(i));
            all.add(format!("{prefix}council_tax_change[{year}]"), Unit::Pounds, change);
        }
    }
    for (suffix, help) in [("", 0.6), ("_standalone", 0.0)] {
        let lowest = move |i| (0..=last).map(|t| reserves(i, t, help)).fold(f64::INFINITY, f64::min);
        all.add(format!("{prefix}lowest_reserves{suffix}"), Unit::Millions, lowest);
        all.add(format!("{prefix}floor_breached{suffix}"), Unit::Flag, |i| f64::from(lowest(i) <= 0.03 * budget));
        let cuts = move |i: Option<usize>| budget * (0.05 + 0.02 * i.map_or(0.0, |i| u(i, seed + 9)) - 0.01 * help);
        all.add(format!("{prefix}cuts{suffix}"), Unit::Millions, cuts);
        all.add(format!("{prefix}officers_cut{suffix}"), Unit::Officers, move |i| cuts(i) * 3.0);
    }
}

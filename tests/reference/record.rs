//! MODEL section 9: the outcomes of one trial by their names.

use std::collections::HashMap;

use engine::alliance::Scenario;
use engine::uncertainty::{Value, quote_key};

use super::appraisal::{cumulative, discount, payback, peak_funding_need};
use super::collaboration::Collaboration;
use super::governance::vesting;
use super::investment::Investment;
use super::ledger::{Ledger, LedgerYear};
use super::running::runs;
use super::stops::{has_platform, may_be, platform_stopped, settled};
use super::trial::Trial;

/// Outcomes by name; NaN where missing.
pub type Outcomes = HashMap<String, f64>;

/// Collects outcomes under their names.
struct Record<'a> {
    scenario: &'a Scenario,
    labels: Vec<String>,
    outcomes: Outcomes,
}

impl Record<'_> {
    fn one(&mut self, name: impl Into<String>, value: f64) {
        self.outcomes.insert(name.into(), value);
    }

    fn flag(&mut self, name: impl Into<String>, value: bool) {
        self.one(name, f64::from(u8::from(value)));
    }

    /// A date; what comes after the last year never comes.
    fn date(&mut self, name: impl Into<String>, date: f64) {
        let horizon = self.scenario.years as f64;
        self.one(name, if date <= horizon { date } else { f64::NAN });
    }

    fn yearly(&mut self, name: &str, values: &[f64]) {
        for (label, value) in self.labels.clone().into_iter().zip(values) {
            self.one(format!("{name}[{label}]"), *value);
        }
    }
}

/// Every outcome of a trial.
pub fn record(scenario: &Scenario, trial: &Trial) -> Outcomes {
    let mut record = Record { scenario, labels: scenario.year_labels(), outcomes: Outcomes::new() };
    economy(&mut record, trial);
    money(&mut record, trial);
    implemented(&mut record, trial);
    officers(&mut record, trial);
    for f in 0..scenario.forces.len() {
        force_money(&mut record, trial, f);
        force_paths(&mut record, trial, f);
        force_ledger(&mut record, &trial.ledgers[f], f, "");
        force_ledger(&mut record, &trial.standalone[f], f, "_standalone");
    }
    for (k, c) in trial.all.iter().enumerate() {
        alliance(&mut record, trial, k, c);
        merger(&mut record, trial, k, c);
    }
    for (b, benefit) in scenario.benefits.iter().enumerate() {
        record.yearly(&format!("benefit.{}", quote_key(&benefit.name)), &trial.benefits[b]);
    }
    targets(&mut record);
    record.outcomes
}

fn economy(record: &mut Record, trial: &Trial) {
    let paths = &trial.paths;
    let regime: Vec<f64> = paths.regime.iter().map(|r| r.map_or(f64::NAN, |r| r as f64)).collect();
    record.yearly("regime", &regime);
    record.yearly("cost_index", &paths.cost_index);
    record.yearly("deflator", &paths.deflator);
    record.yearly("pay_award", &paths.pay);
    record.yearly("inflation", &paths.inflation);
    record.yearly("tax_base_growth", &paths.tax_base_growth);
}

/// The sum over alliances of something of year `t`.
fn total(trial: &Trial, years: usize, of: impl Fn(usize, usize) -> f64) -> Vec<f64> {
    (0..years).map(|t| (0..trial.all.len()).map(|k| of(k, t)).sum()).collect()
}

/// The sum over the members of an alliance of something that it spends in a year.
fn spent(trial: &Trial, k: usize, t: usize, of: impl Fn(&Investment, usize) -> f64) -> f64 {
    (0..trial.all[k].members.len()).map(|m| of(&trial.investment[k][t], m)).sum()
}

fn money(record: &mut Record, trial: &Trial) {
    let years = record.scenario.years;
    let gross = total(trial, years, |k, t| trial.savings[k][t].gross.iter().sum());
    let additional = total(trial, years, |k, t| trial.savings[k][t].additional.iter().sum());
    let noncashable = total(trial, years, |k, t| trial.savings[k][t].noncashable);
    let noncashable_additional = total(trial, years, |k, t| trial.savings[k][t].noncashable_additional);
    let gross_investment = total(trial, years, |k, t| spent(trial, k, t, Investment::borne));
    let investment = total(trial, years, |k, t| spent(trial, k, t, Investment::additional));
    let net: Vec<f64> = additional.iter().zip(&investment).map(|(saved, spent)| saved - spent).collect();
    let real: Vec<f64> = gross.iter().zip(&trial.paths.deflator).map(|(saving, p)| saving / p).collect();
    record.one("steady_saving", real[years - 1]);
    record.one("total_investment", gross_investment.iter().sum());
    record.one("peak_funding_need", peak_funding_need(&net));
    record.yearly("saving_cashable", &gross);
    record.yearly("saving_cashable_real", &real);
    record.yearly("saving_noncashable", &noncashable);
    record.yearly("saving_additional", &additional);
    record.yearly("investment", &gross_investment);
    if trial.all.iter().any(|c| c.alliance.attributable_cost.value != Value::Fixed(1.0)) {
        record.yearly("additional_investment", &investment);
    }
    if trial.all.iter().any(|c| runs(c.alliance)) {
        let running = total(trial, years, |k, t| spent(trial, k, t, |spent, m| spent.running[m]));
        record.yearly("running_cost", &running);
    }
    record.yearly("net", &net);
    record.yearly("net_cumulative", &cumulative(&net));
    present_values(record, trial, &additional, &noncashable_additional, &investment);
}

fn present_values(record: &mut Record, trial: &Trial, additional: &[f64], noncashable: &[f64], investment: &[f64]) {
    let present = |flows: &[f64]| discounted(record.scenario, trial, flows);
    let (saving, cost, other) = (present(additional), present(investment), present(noncashable));
    let [pv_saving, pv_investment, pv_noncashable] = [&saving, &cost, &other].map(|flows| flows.iter().sum::<f64>());
    record.one("pv_saving", pv_saving);
    record.one("pv_investment", pv_investment);
    record.one("pv_noncashable", pv_noncashable);
    let net: Vec<f64> = saving.iter().zip(&cost).map(|(saved, spent)| saved - spent).collect();
    record.one("npv", cumulative(&net).last().copied().unwrap_or(0.0));
    let ratio = |above: f64| if pv_investment == 0.0 { f64::NAN } else { above / pv_investment };
    record.one("benefit_cost_ratio", ratio(pv_saving));
    record.one("benefit_cost_ratio_noncashable", ratio(pv_saving + pv_noncashable));
    record.one("payback", payback(additional, investment));
    record.one("payback_discounted", payback(&saving, &cost));
}

/// Flows of every year in present value.
fn discounted(scenario: &Scenario, trial: &Trial, flows: &[f64]) -> Vec<f64> {
    let factor = |t: usize| discount(&scenario.appraisal, t, trial.paths.deflator[t]);
    flows.iter().enumerate().map(|(t, flow)| flow * factor(t)).collect()
}

/// Areas of an alliance that are live at a date, the alliance going on.
fn live_at(c: &Collaboration, date: f64) -> Vec<usize> {
    let going_on = c.membership.end > date;
    (0..c.alliance.areas.len()).filter(|&a| going_on && c.live(a) <= date).collect()
}

fn implemented(record: &mut Record, trial: &Trial) {
    let years = record.scenario.years;
    let live = total(trial, years, |k, t| live_at(&trial.all[k], t as f64 + 1.0).len() as f64);
    record.yearly("areas_live", &live);
    for month in record.scenario.report_dates.clone() {
        let date = month.time_from(record.scenario.first_year);
        let x = trial.paths.cost_index[date.floor().clamp(0.0, (years - 1) as f64) as usize];
        let (mut saving, mut count) = (0.0, 0.0);
        for c in &trial.all {
            for a in live_at(c, date) {
                count += 1.0;
                saving += c.drawn.saving[a] * c.total_cost(a) * c.drawn.realisation * x;
            }
        }
        record.one(format!("implemented_saving[{month}]"), saving);
        record.one(format!("areas_live[{month}]"), count);
    }
}

fn officers(record: &mut Record, trial: &Trial) {
    let years = record.scenario.years;
    for (unmet, suffix) in [(&trial.unmet, ""), (&trial.unmet_standalone, "_standalone")] {
        let sums: Vec<f64> = (0..years).map(|t| unmet.iter().map(|force| force[t]).sum()).collect();
        let short: Vec<f64> = sums.iter().map(|sum| f64::from(u8::from(*sum > 0.0))).collect();
        record.yearly(&format!("unmet_officers{suffix}"), &sums);
        record.yearly(&format!("shortfall{suffix}"), &short);
        record.one(format!("unmet_total{suffix}"), sums.iter().sum());
        record.one(format!("years_without_shortfall{suffix}"), years as f64 - short.iter().sum::<f64>());
    }
    if record.scenario.contact.is_some() {
        record.yearly("contact_answered", &trial.contact);
        record.yearly("contact_answered_standalone", &trial.contact_standalone);
    }
}

/// The name of a force's outcomes.
fn force_name(record: &Record, f: usize) -> String {
    format!("force.{}", quote_key(&record.scenario.forces[f].name))
}

/// The sum over the alliances of force `f` of something of year `t`: alliance, member, year.
fn of_force(trial: &Trial, years: usize, f: usize, of: impl Fn(usize, usize, usize) -> f64) -> Vec<f64> {
    let member = |k: usize| trial.all[k].members.iter().position(|&member| member == f);
    total(trial, years, |k, t| member(k).map_or(0.0, |m| of(k, m, t)))
}

fn force_money(record: &mut Record, trial: &Trial, f: usize) {
    let years = record.scenario.years;
    let name = force_name(record, f);
    let gross = of_force(trial, years, f, |k, m, t| trial.savings[k][t].gross[m]);
    let additional = of_force(trial, years, f, |k, m, t| trial.savings[k][t].additional[m]);
    let investment = of_force(trial, years, f, |k, m, t| trial.investment[k][t].additional(m));
    let net: Vec<f64> = additional.iter().zip(&investment).map(|(saved, spent)| saved - spent).collect();
    let npv = cumulative(&discounted(record.scenario, trial, &net)).last().copied().unwrap_or(0.0);
    record.one(format!("{name}.npv"), npv);
    record.flag(format!("{name}.loses"), npv < -1e-9);
    record.one(format!("{name}.payback"), payback(&additional, &investment));
    record.yearly(&format!("{name}.net"), &net);
    record.yearly(&format!("{name}.saving"), &additional);
    record.yearly(&format!("{name}.saving_gross"), &gross);
}

fn force_paths(record: &mut Record, trial: &Trial, f: usize) {
    let years = record.scenario.years;
    let name = force_name(record, f);
    let paths = &trial.paths;
    let funding: Vec<f64> = (0..years).map(|t| paths.own_funding(f, t) + trial.equalisation[f][t]).collect();
    record.yearly(&format!("{name}.funding"), &funding);
    record.yearly(&format!("{name}.grant"), &paths.grant[f]);
    record.yearly(&format!("{name}.precept"), &paths.precept[f]);
    record.yearly(&format!("{name}.other_income"), &paths.other[f]);
    record.yearly(&format!("{name}.expenditure"), &paths.expenditure[f]);
    record.yearly(&format!("{name}.band_d"), &paths.band_d[f]);
    record.yearly(&format!("{name}.surge"), &trial.surge[f]);
    record.yearly(&format!("{name}.unmet_officers"), &trial.unmet[f]);
    record.yearly(&format!("{name}.unmet_officers_standalone"), &trial.unmet_standalone[f]);
    let in_a_merger = trial.all.iter().any(|c| c.alliance.merger.is_some() && c.members.contains(&f));
    if in_a_merger {
        let change = of_force(trial, years, f, |k, m, t| trial.band_d_change[k][t][m]);
        let tax: Vec<f64> = paths.band_d[f].iter().zip(&change).map(|(d, rise)| d + rise).collect();
        record.yearly(&format!("{name}.council_tax"), &tax);
        record.yearly(&format!("{name}.council_tax_change"), &change);
    }
}

/// Officers' posts that recurring cuts amount to.
fn officers_cut(year: &LedgerYear, opening_expenditure: f64, officers: f64) -> f64 {
    officers * year.officers_follow_cuts * year.c / opening_expenditure
}

fn force_ledger(record: &mut Record, ledger: &Ledger, f: usize, suffix: &str) {
    let name = force_name(record, f);
    let force = &record.scenario.forces[f];
    let years = &ledger.years;
    let column = |of: fn(&LedgerYear) -> f64| years.iter().map(of).collect::<Vec<f64>>();
    let opening_expenditure = record.outcomes[&format!("{name}.expenditure[{}]", record.labels[0])];
    let officers_cut = officers_cut(&years[years.len() - 1], opening_expenditure, force.officers.value);
    let lowest = column(|year| year.reserves).into_iter().fold(f64::INFINITY, f64::min);
    record.one(format!("{name}.lowest_reserves{suffix}"), lowest);
    record.flag(format!("{name}.floor_breached{suffix}"), years.iter().any(|year| year.emergency_cut > 0.0));
    record.one(format!("{name}.officers_cut{suffix}"), officers_cut);
    record.one(format!("{name}.not_viable_years{suffix}"), years.iter().filter(|year| year.not_viable).count() as f64);
    record.one(format!("{name}.cuts{suffix}"), years.iter().map(|year| year.planned_cut + year.emergency_cut).sum());
    record.yearly(&format!("{name}.reserves{suffix}"), &column(|year| year.reserves));
    record.yearly(&format!("{name}.planned_cut{suffix}"), &column(|year| year.planned_cut));
    record.yearly(&format!("{name}.emergency_cut{suffix}"), &column(|year| year.emergency_cut));
    record.yearly(&format!("{name}.restored{suffix}"), &column(|year| year.restored));
    record.yearly(&format!("{name}.reinvestment{suffix}"), &column(|year| year.reinvestment));
}

/// When a member leaves; a merger that is refused or withdrawn from is ended, but nobody has left it.
fn parts_at(c: &Collaboration, m: usize) -> f64 {
    if c.alliance.merger.is_some() { f64::INFINITY } else { c.leaves(m) }
}

fn alliance(record: &mut Record, trial: &Trial, k: usize, c: &Collaboration) {
    let years = record.scenario.years;
    let horizon = years as f64;
    let name = format!("alliance.{}", quote_key(&c.alliance.name));
    let by_year = |of: &dyn Fn(usize) -> f64| (0..years).map(of).collect::<Vec<f64>>();
    record.yearly(&format!("{name}.saving_cashable"), &by_year(&|t| trial.savings[k][t].gross.iter().sum()));
    record.yearly(&format!("{name}.investment"), &by_year(&|t| spent(trial, k, t, Investment::borne)));
    record.yearly(&format!("{name}.areas_live"), &by_year(&|t| live_at(c, t as f64 + 1.0).len() as f64));
    record.flag(format!("{name}.ended"), c.membership.end <= horizon);
    record.date(format!("{name}.ended_at"), c.membership.end);
    record.date(format!("{name}.ict_ready"), c.before_end(c.clock.date(c.programme.ict())));
    let settled = settled(c, |x| c.clock.date(x));
    record.date(format!("{name}.programme_settled"), c.before_end(settled));
    stops(record, c, &name);
    let leaves: Vec<f64> = (0..c.members.len()).map(|m| parts_at(c, m)).collect();
    record.flag(format!("{name}.member_left"), leaves.iter().any(|date| *date <= horizon));
    for (&f, &date) in c.members.iter().zip(&leaves) {
        let member = format!("{name}.{}", force_name(record, f));
        record.flag(format!("{member}.left"), date <= horizon);
        record.date(format!("{member}.leaves_at"), date);
    }
    for (a, area) in c.alliance.areas.iter().enumerate() {
        let area_name = format!("{name}.area.{}", quote_key(&area.name));
        record.date(format!("{area_name}.live"), c.before_end(c.clock.date(c.programme.cases[a].live)));
        record.one(format!("{area_name}.saving"), trial.savings[k][years - 1].by_area[a]);
    }
}

/// Whether the platform and the programme were stopped.
fn stops(record: &mut Record, c: &Collaboration, name: &str) {
    let reviewed = c.alliance.review.is_some();
    if has_platform(c.alliance) && (may_be(&c.alliance.ict_cancelled) || reviewed) {
        record.flag(format!("{name}.ict_stopped"), platform_stopped(c, record.scenario.years));
    }
    if !reviewed {
        return;
    }
    let given_up = c.programme.cases.iter().filter(|case| case.given_up).count();
    record.flag(format!("{name}.stopped"), c.programme.stop.is_some());
    record.date(format!("{name}.stopped_at"), c.programme.stop.map_or(f64::NAN, |stop| stop.year as f64 + 0.5));
    record.one(format!("{name}.areas_given_up"), given_up as f64);
}

fn merger(record: &mut Record, trial: &Trial, k: usize, c: &Collaboration) {
    if let Some(v) = vesting(record.scenario, c) {
        let name = format!("alliance.{}", quote_key(&c.alliance.name));
        let horizon = record.scenario.years as f64;
        let vests = c.membership.end > v && v <= horizon;
        record.flag(format!("{name}.vested"), vests);
        let npv = record.outcomes["npv"];
        record.one(format!("{name}.npv_if_vested"), if vests { npv } else { f64::NAN });
        record.one(format!("{name}.npv_if_not_vested"), if vests { f64::NAN } else { npv });
        record.yearly(&format!("{name}.equalisation_yield"), &trial.equalisation_yield[k]);
        if v.ceil() < horizon {
            fund(record, trial, k, &format!("{name}.fund"));
        }
    }
}

/// The fund of a merger; missing before it is kept, and where it never is.
fn fund(record: &mut Record, trial: &Trial, k: usize, name: &str) {
    let fund = trial.funds[k].as_ref();
    let years: &[LedgerYear] = fund.map_or(&[], |fund| &fund.ledger.years);
    let column = |of: fn(&LedgerYear) -> f64| -> Vec<f64> {
        (0..record.scenario.years).map(|t| fund.and_then(|fund| fund.year(t)).map_or(f64::NAN, of)).collect()
    };
    let kept = |value: f64| if years.is_empty() { f64::NAN } else { value };
    let posts = fund.map_or(f64::NAN, |fund| {
        let of_member = |&f: &usize| {
            let last = &trial.ledgers[f].years[trial.ledgers[f].years.len() - 1];
            officers_cut(last, trial.paths.expenditure[f][0], record.scenario.forces[f].officers.value)
        };
        fund.members.iter().map(of_member).sum()
    });
    let lowest = years.iter().map(|year| year.reserves).fold(f64::INFINITY, f64::min);
    let breached = years.iter().any(|year| year.emergency_cut > 0.0);
    let not_viable = years.iter().filter(|year| year.not_viable).count();
    let cuts: f64 = years.iter().map(|year| year.planned_cut + year.emergency_cut).sum();
    record.one(format!("{name}.lowest_reserves"), kept(lowest));
    record.one(format!("{name}.floor_breached"), kept(f64::from(u8::from(breached))));
    record.one(format!("{name}.not_viable_years"), kept(not_viable as f64));
    record.one(format!("{name}.cuts"), kept(cuts));
    record.one(format!("{name}.officers_cut"), kept(posts));
    record.yearly(&format!("{name}.reserves"), &column(|year| year.reserves));
    record.yearly(&format!("{name}.planned_cut"), &column(|year| year.planned_cut));
    record.yearly(&format!("{name}.emergency_cut"), &column(|year| year.emergency_cut));
    record.yearly(&format!("{name}.restored"), &column(|year| year.restored));
    record.yearly(&format!("{name}.reinvestment"), &column(|year| year.reinvestment));
}

fn targets(record: &mut Record) {
    for target in &record.scenario.targets {
        let name = format!("target.{}", quote_key(&target.name));
        let measure =
            |label: &str| record.outcomes.get(&format!("{}[{label}]", target.measure)).copied().unwrap_or(f64::NAN);
        let least = target.amount - 1e-9 * target.amount.abs().max(1.0);
        let met = measure(&target.year.to_string()) >= least;
        let first = record.labels.iter().position(|label| measure(label) >= least);
        record.flag(format!("{name}.met"), met);
        record.one(format!("{name}.first_year"), first.map_or(f64::NAN, |t| t as f64));
    }
}

//! From a scenario's nouns to the dense form that the kernel runs on.

mod members;

use std::sync::Arc;

use super::CompileError;
use super::basis::Basis;
use super::columns::Positions;
use super::form::*;
use super::levers::Levers;
use super::parameters::{
    AllianceInputs, AreaInputs, EconomyInputs, ExitInputs, ForceInputs, MergerInputs, Policy, PolicyInputs,
    ResilienceInputs, ReviewInputs, SurgeInputs,
};
use super::reading::inputs;
use crate::alliance::{
    Alliance, Area, AreaCost, Benefit, Contact, Force, Funding, KnownLimit, Merger, ReferendumLimit, Scenario, Series,
    ShareRule,
};
use crate::id::{AllianceId, AreaId, ForceId};
use crate::outcomes::{Catalogue, Tier};
use crate::uncertainty::{Correlation, DrawsBuilder, Input, Standard};
use crate::units::FinancialYear;
use members::{joined, later_shares, members};

impl Compiled {
    /// Compiles a scenario; what another one like it has, need not be worked out again.
    pub fn new(scenario: &Scenario, basis: Basis, like: Option<&Self>) -> Result<Self, CompileError> {
        let draws = &mut like.map_or_else(DrawsBuilder::default, |other| DrawsBuilder::like(&other.draws));
        let (mut catalogue, at) = Positions::lay_out(scenario);
        if let Some(name) = catalogue.named_twice() {
            return Err(CompileError::NamedTwice(name.to_owned()));
        }
        // A target asks in which year it is met; an actual stands beside its own year alone.
        scenario.targets.iter().for_each(|target| catalogue.count(&target.measure));
        scenario.actuals.iter().for_each(|actual| catalogue.count_one(&actual.outcome()));
        ask_about_amounts(scenario, &at, &mut catalogue);
        let counted = catalogue.columns().iter().map(|spec| spec.tier != Tier::Detail).collect();
        let first = scenario.first_year;
        let economy = EconomyModel {
            own: EconomyInputs::compile(&scenario.economy, draws),
            price_level: basis.price_level,
            inflation: series(&scenario.economy.inflation, draws),
            pay: series(&scenario.economy.pay, draws),
            tax_base_growth: series(&scenario.economy.tax_base_growth, draws),
        };
        let funding = funding(scenario, draws);
        let mut forces: Vec<ForceModel> = scenario.forces.iter().map(|f| force(f, scenario, draws)).collect();
        let mut alliances: Vec<AllianceModel> =
            (0..scenario.alliances.len()).map(|k| alliance(scenario, k, draws)).collect();
        spare_officers_together(&mut forces, &alliances);
        let resilience = ResilienceInputs::compile(&scenario.resilience, draws);
        let contact = scenario.contact.as_ref().map(|c| contact(scenario, c, draws));
        let benefits = benefits(scenario, &mut alliances, draws);
        let targets = targets(scenario, &catalogue)?;
        let report_dates = scenario.report_dates.iter().map(|d| d.time_from(first)).collect();
        let draws = std::mem::take(draws).build(&scenario.correlations).map_err(CompileError::Draws)?;
        let mut compiled = Self {
            first_year: first.0,
            years: scenario.years,
            economy,
            funding,
            looks_ahead: forces.iter().any(|force| differs(force.policy.foresight, 0.0)),
            forces,
            alliances,
            resilience,
            contact,
            benefits,
            targets,
            report_dates,
            discount: discount_factors(scenario, basis.first_discount(scenario)),
            starts: basis.starts as f64,
            counted,
            draws: Arc::new(draws),
            catalogue,
            at,
            rhos: scenario.correlations.iter().map(Correlation::rho).collect(),
            inputs: Vec::new(),
        };
        compiled.inputs = inputs(&compiled, scenario);
        Ok(compiled)
    }
}

/// Amounts at which trials are counted one by one: 0 where the sign tells who gains, what a target asks for in every year, and what was
/// reported.
fn ask_about_amounts(scenario: &Scenario, at: &Positions, catalogue: &mut Catalogue) {
    let years = 0..scenario.years;
    let (whole, forces) = (&at.whole, &at.forces);
    let mergers = at.alliances.iter().filter_map(|alliance| alliance.merger.as_ref());
    let vested = mergers.flat_map(|merger| [merger.npv_if_vested, merger.npv_if_not_vested]);
    let signed = [whole.npv].into_iter().chain(forces.iter().map(|force| force.own.npv)).chain(vested);
    let yearly = [whole.net, whole.net_cumulative].into_iter().chain(forces.iter().map(|force| force.own.net));
    let yearly = yearly.flat_map(|first| years.clone().map(move |t| first + t));
    signed.chain(yearly).for_each(|column| catalogue.ask_about(column, 0.0));
    for target in &scenario.targets {
        for label in scenario.year_labels() {
            let measure = catalogue.position(&format!("{}[{label}]", target.measure));
            measure.into_iter().for_each(|column| catalogue.ask_about(column, target.amount));
        }
    }
    for actual in &scenario.actuals {
        let amounts = [Some(actual.value), actual.high].into_iter().flatten();
        let column = catalogue.position(&actual.outcome());
        column.into_iter().for_each(|column| amounts.clone().for_each(|amount| catalogue.ask_about(column, amount)));
    }
}

/// Real discount factors: `1.035^{−min(t,30)}·1.03^{−max(t−30,0)}` at the Green Book's rates (HM Treasury 2022, annex 6), times that of
/// the first year.
fn discount_factors(scenario: &Scenario, first: f64) -> Vec<f64> {
    let (early, late) = (1.0 + scenario.appraisal.discount, 1.0 + scenario.appraisal.discount_late);
    (0..scenario.years)
        .scan(first, |factor, t| {
            if t > 0 {
                *factor /= if t <= 30 { early } else { late };
            }
            Some(*factor)
        })
        .collect()
}

fn series(series: &Series, draws: &mut DrawsBuilder) -> SeriesModel {
    SeriesModel {
        shock: draws.standard_yearly(&series.key, Standard::Normal, 0.0),
        mean: series.mean.iter().map(|m| draws.quantity(m)).collect(),
        sd: draws.quantity(&series.sd),
        persistence: draws.quantity(&series.persistence),
    }
}

fn funding(scenario: &Scenario, draws: &mut DrawsBuilder) -> FundingModel {
    let funding = &scenario.funding;
    let regimes: Vec<RegimeModel> = funding
        .regimes
        .iter()
        .map(|regime| RegimeModel {
            growth: draws.quantity(&regime.growth),
            sd: draws.quantity(&regime.sd),
            next: regime.next.clone(),
            cumulative: regime
                .next
                .iter()
                .scan(0.0, |sum, p| {
                    *sum += p;
                    Some(*sum)
                })
                .collect(),
        })
        .collect();
    let years = || (0..scenario.years).map(|t| scenario.first_year.plus(t as i32));
    let known: Vec<Option<usize>> = years().map(|y| funding.known.get(&y).copied()).collect();
    let limit = &scenario.economy.limit;
    let pounds = draws.yearly(&limit.pounds);
    let percent = draws.yearly(&limit.percent);
    let limits = years()
        .map(|y: FinancialYear| match limit.known.get(&y) {
            Some(known) => LimitModel { pounds: Input::Fixed(known.pounds), percent: Input::Fixed(known.percent) },
            None => LimitModel { pounds, percent },
        })
        .collect();
    FundingModel {
        expected: expected_regimes(funding, &known),
        known_after: funding.known.get(&scenario.first_year.plus(scenario.years as i32)).copied(),
        regimes,
        initial: known.first().copied().flatten().unwrap_or(funding.initial),
        known,
        draw: draws.standard_yearly("funding.regime", Standard::Uniform, 0.5),
        shock: draws.standard_yearly("funding.grant_shock", Standard::Normal, 0.0),
        local_sd: draws.quantity(&funding.local_sd),
        limits,
        foreseen: (1..=scenario.years as i32).map(|t| foreseen_limit(limit, scenario.first_year.plus(t))).collect(),
    }
}

/// The limit of a year as it is expected before: the known one, else by its plan values.
fn foreseen_limit(limit: &ReferendumLimit, year: FinancialYear) -> KnownLimit {
    let plan = KnownLimit { pounds: limit.pounds.plan_value(), percent: limit.percent.plan_value() };
    limit.known.get(&year).copied().unwrap_or(plan)
}

/// Chance of each regime in each year, given the known ones (forward only).
fn expected_regimes(funding: &Funding, known: &[Option<usize>]) -> Vec<Vec<f64>> {
    let n = funding.regimes.len();
    let certain = |r: usize| (0..n).map(|i| if i == r { 1.0 } else { 0.0 }).collect::<Vec<f64>>();
    let mut now = certain(known.first().copied().flatten().unwrap_or(funding.initial));
    let mut all = vec![now.clone()];
    for year in known.iter().skip(1).chain([&None]) {
        now = match year {
            Some(regime) => certain(*regime),
            None => (0..n).map(|j| (0..n).map(|i| now[i] * funding.regimes[i].next[j]).sum()).collect(),
        };
        all.push(now.clone());
    }
    all
}

/// Officers of forces that may merge go down otherwise than spending in all of them where they do in one.
fn spare_officers_together(forces: &mut [ForceModel], alliances: &[AllianceModel]) {
    let own: Vec<bool> = forces.iter().map(|force| force.spares_officers).collect();
    for merger in alliances.iter().filter(|alliance| alliance.merger.is_some()) {
        if merger.members.iter().any(|member| own[member.force]) {
            merger.members.iter().for_each(|member| forces[member.force].spares_officers = true);
        }
    }
}

fn force(force: &Force, scenario: &Scenario, draws: &mut DrawsBuilder) -> ForceModel {
    let grant = force.budget.value * force.grant_share.value;
    let precept = force.tax_base.value * force.band_d.value / 1e6;
    let other = force.budget.value - grant - precept;
    let own = ForceInputs::compile(force, draws);
    let policy = PolicyInputs::compile(&Policy::of(force, &scenario.ledger), draws);
    ForceModel {
        spares_officers: differs(policy.officers_follow_cuts, 1.0),
        own,
        policy,
        surge: force.surge.as_ref().map(|surge| SurgeModel {
            own: SurgeInputs::compile(surge, draws),
            draw: draws.standard_yearly(&format!("{}.surge", force.key), Standard::Gumbel, f64::NEG_INFINITY),
        }),
        shock: draws.standard_yearly(&format!("{}.grant_shock", force.key), Standard::Normal, 0.0),
        budget: force.budget.value,
        grant,
        tax_base: force.tax_base.value,
        band_d: force.band_d.value,
        other: if other > 0.0 { other } else { 0.0 },
        reserves: force.reserves.value,
        officers: force.officers.value,
    }
}

fn alliance(scenario: &Scenario, k: usize, draws: &mut DrawsBuilder) -> AllianceModel {
    let alliance = &scenario.alliances[k];
    let start = alliance.start.time_from(scenario.first_year);
    let merger = alliance.merger.as_ref().map(|m| merger(scenario, alliance, m, draws));
    let areas: Vec<AreaModel> = alliance.areas.iter().map(|a| area(scenario, alliance, a, draws)).collect();
    let own = AllianceInputs::compile(alliance, draws);
    let exit = ExitInputs::compile(&alliance.exit, draws);
    let rules = Rules {
        shares_costs: alliance.shares_costs_of_change(),
        runs: alliance.has_running_costs(),
        platform: alliance.has_platform(),
        stops_platform: alliance.has_platform() && (alliance.can_stop_ict() || alliance.review.is_some()),
        interest: alliance.finance_years > 1 && differs(own.finance_rate, 0.0),
        exit_by_scope: differs(exit.fixed_share, 1.0),
        scale: differs(own.scale_loss, 0.0),
        overlap: differs(own.overlap, 0.0),
    };
    let mut compiled = AllianceModel {
        own,
        exit,
        rules,
        decision: alliance.decision,
        start,
        slots: None,
        finance_years: alliance.finance_years.max(1) as usize,
        by_origin: alliance.share == ShareRule::Origin,
        later_shares: later_shares(scenario, alliance),
        members: members(scenario, alliance, draws),
        review: review(scenario, alliance, draws),
        ict_stopped: (alliance.has_platform() && alliance.can_stop_ict())
            .then(|| draws.standard(&format!("{}.ict_stopped", alliance.key), Standard::Uniform, 1.0)),
        merger,
        areas,
        classes: 0,
        joined: joined(scenario, alliance),
        queue: Vec::new(),
        order: Vec::new(),
    };
    compiled.turn(&Levers::of(alliance));
    compiled
}

fn review(scenario: &Scenario, alliance: &Alliance, draws: &mut DrawsBuilder) -> Option<ReviewModel> {
    let review = alliance.review.as_ref()?;
    let start = alliance.merger.as_ref().map_or(alliance.start, |merger| merger.vesting);
    Some(ReviewModel {
        own: ReviewInputs::compile(review, draws),
        draw: draws.standard_yearly(&format!("{}.stopped", alliance.key), Standard::Logistic, f64::INFINITY),
        held: ReviewModel::years(review.every, start.time_from(scenario.first_year), scenario.years),
    })
}

fn merger(scenario: &Scenario, alliance: &Alliance, merger: &Merger, draws: &mut DrawsBuilder) -> MergerModel {
    let absorbs = |other: &Alliance| other.members.iter().all(|m| alliance.members.contains(m));
    MergerModel {
        own: MergerInputs::compile(merger, draws),
        mandated: merger.mandated,
        vesting: merger.vesting.time_from(scenario.first_year),
        fund_from: merger.fund_from(scenario.first_year, scenario.years),
        decision: merger.decision_date.time_from(scenario.first_year),
        equalise: merger.equalise,
        consent: alliance
            .members
            .iter()
            .zip(&merger.consent)
            .map(|(member, chance)| {
                let key = format!("{}.{}.consent", alliance.key, scenario.forces[member.0].key);
                (draws.quantity(chance), draws.standard(&key, Standard::Logistic, f64::NEG_INFINITY))
            })
            .collect(),
        minister: draws.standard(&format!("{}.minister", alliance.key), Standard::Uniform, -1.0),
        absorbs: (0..scenario.alliances.len()).filter(|k| absorbs(&scenario.alliances[*k])).collect(),
    }
}

fn area(scenario: &Scenario, alliance: &Alliance, area: &Area, draws: &mut DrawsBuilder) -> AreaModel {
    let budget = |m: &ForceId| scenario.forces[m.0].budget.value;
    let total: f64 = alliance.members.iter().map(budget).sum();
    let (cost, shares) = match &area.cost {
        AreaCost::Total(cost) => (
            draws.quantity(cost),
            alliance.members.iter().map(|m| CostShare::Of(alliance.part * budget(m) / total)).collect(),
        ),
        AreaCost::ByMember(costs) => {
            let own = |cost| match draws.quantity(cost) {
                Input::Fixed(value) => CostShare::Of(value),
                drawn => CostShare::Own(drawn),
            };
            (Input::Fixed(1.0), costs.iter().map(own).collect())
        }
    };
    AreaModel {
        own: AreaInputs::compile(area, draws),
        cost,
        shares,
        approved: draws.standard(&format!("{}.approved", area.key), Standard::Uniform, -1.0),
        meetings: draws.standard(&format!("{}.meetings", area.key), Standard::Exponential, 0.0),
        after: Vec::new(),
        class: 0,
        needs_ict: area.needs_ict,
        operational: area.operational,
    }
}

fn contact(scenario: &Scenario, contact: &Contact, draws: &mut DrawsBuilder) -> ContactModel {
    let members = &scenario.alliances[contact.alliance.0].members;
    ContactModel {
        alliance: contact.alliance.0,
        area: contact.area.0,
        target: draws.quantity(&contact.target_s),
        agents_saved: draws.quantity(&contact.agents_saved),
        forces: contact
            .forces
            .iter()
            .filter_map(|c| {
                Some(ContactForceModel {
                    member: members.iter().position(|m| *m == c.force)?,
                    calls: draws.quantity(&c.calls),
                    aht: draws.quantity(&c.aht_s),
                    agents: c.agents,
                })
            })
            .collect(),
    }
}

/// The benefits, by classes of areas: two areas of an alliance are of one class where they produce the same benefits.
fn benefits(scenario: &Scenario, alliances: &mut [AllianceModel], draws: &mut DrawsBuilder) -> Vec<BenefitModel> {
    let full_effect = |b: &Benefit| BenefitModel { full_effect: draws.quantity(&b.full_effect), classes: Vec::new() };
    let mut models: Vec<BenefitModel> = scenario.benefits.iter().map(full_effect).collect();
    for (k, alliance) in alliances.iter_mut().enumerate() {
        let mut classes: Vec<Vec<usize>> = Vec::new();
        for (a, area) in alliance.areas.iter_mut().enumerate() {
            let produces = |b: &usize| scenario.benefits[*b].areas.contains(&(AllianceId(k), AreaId(a)));
            let produced: Vec<usize> = (0..scenario.benefits.len()).filter(produces).collect();
            let known = classes.iter().position(|class| *class == produced);
            area.class = known.unwrap_or(classes.len());
            if known.is_none() {
                produced.iter().for_each(|b| models[*b].classes.push((k, classes.len())));
                classes.push(produced);
            }
        }
        alliance.classes = classes.len();
    }
    models
}

fn targets(scenario: &Scenario, catalogue: &Catalogue) -> Result<Vec<TargetModel>, CompileError> {
    scenario
        .targets
        .iter()
        .map(|target| {
            let first = format!("{}[{}]", target.measure, scenario.first_year);
            let measure =
                catalogue.position(&first).ok_or_else(|| CompileError::UnknownMeasure(target.measure.clone()))?;
            let year = (target.year.0 - scenario.first_year.0).clamp(0, scenario.years as i32 - 1) as usize;
            Ok(TargetModel { measure, amount: target.amount, year })
        })
        .collect()
}

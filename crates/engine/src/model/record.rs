//! Writes what a block has worked out into the columns of its outcomes (MODEL section 9).

mod fund;
mod stops;

use super::arithmetic::{add, plus, product, quotient};
use super::block::Block;
use super::columns::ForcePositions;
use super::form::Compiled;
use super::lane::flag;
use super::year::felt_cuts;
use crate::outcomes::{is_below, tolerance};
use crate::uncertainty::lanes::{BLOCK, Column, Isa, vectorised};
use fund::{record_fund, record_fund_details, record_fund_year};
use stops::record_stops;

/// Records what is otherwise kept only where every trial is: `all` of it, or what a target or an actual names.
pub(super) fn record_details(model: &Compiled, block: &Block, t: usize, all: bool, out: &mut [Column], isa: Isa) {
    block.funds.iter().for_each(|fund| record_fund_details(model, fund, t, all, out, isa));
    let mut keep = |first: usize, column: &Column| {
        if all || model.counted[first + t] {
            out[first + t] = *column;
        }
    };
    let (whole, economy) = (&model.at.whole, &block.economy);
    keep(whole.regime, &block.grant.regime[t]);
    keep(whole.cost_index, &economy.cost_index[t]);
    keep(whole.deflator, &economy.deflator[t]);
    keep(whole.inflation, &economy.inflation[t]);
    keep(whole.pay_award, &economy.pay[t]);
    keep(whole.tax_base_growth, &economy.tax_base_growth[t]);
    for (f, at) in model.at.forces.iter().enumerate() {
        let (state, funding, cover) = (&block.forces[f], &block.funding[f], &block.covers[f]);
        keep(at.own.saving, &state.saving);
        keep(at.own.saving_gross, &state.gross);
        keep(at.own.grant, &funding.grant[t]);
        keep(at.own.precept, &funding.precept[t]);
        keep(at.own.other_income, &funding.other[t]);
        keep(at.own.expenditure, &funding.spending[t]);
        keep(at.own.band_d, &funding.band_d[t]);
        keep(at.own.surge, &cover.surge);
        let ledgers = [(&at.with, &state.with, &cover.unmet), (&at.alone, &state.alone, &cover.unmet_alone)];
        for (at, ledger, unmet) in ledgers {
            keep(at.planned_cut, &ledger.planned);
            keep(at.emergency_cut, &ledger.emergency);
            keep(at.restored, &ledger.restored);
            keep(at.reinvestment, &ledger.reinvestment);
            keep(at.unmet_officers, unmet);
        }
    }
}

/// Records year `t`.
pub(super) fn record_year(model: &Compiled, block: &Block, t: usize, out: &mut [Column], isa: Isa) {
    let whole = &model.at.whole;
    out[whole.saving_cashable + t] = block.cashable;
    out[whole.saving_noncashable + t] = block.noncashable;
    out[whole.saving_additional + t] = block.additional;
    quotient(isa, &mut out[whole.saving_cashable_real + t], &block.cashable, &block.economy.deflator[t]);
    out[whole.investment + t] = block.investment;
    out[whole.net + t] = block.net;
    out[whole.net_cumulative + t] = block.whole.cumulative;
    let present_value = &block.economy.present[t];
    let mut additional = &block.investment;
    if let Some(at) = &model.at.additional {
        additional = &block.additional_investment;
        out[at.investment + t] = *additional;
    }
    if let Some(at) = &model.at.running {
        let runs = block.programmes.iter().zip(&model.alliances).filter(|(_, alliance)| alliance.rules.runs);
        out[at.cost + t] = Column::default();
        runs.for_each(|(programme, _)| add(isa, &mut out[at.cost + t], &programme.running));
    }
    for (position, amount) in [
        (whole.pv_saving, &block.additional),
        (whole.pv_investment, additional),
        (whole.pv_noncashable, &block.additional_noncashable),
    ] {
        add_present(isa, &mut out[position], amount, present_value, t == 0);
    }
    accumulate(isa, &mut out[whole.total_investment], &block.investment, t == 0);
    record_resilience(model, block, t, out, isa);
    for f in 0..model.forces.len() {
        record_force_year(model, block, f, t, out, isa);
    }
    record_alliances(model, block, t, out, isa);
    record_benefits(model, block, t, out, isa);
    record_implemented(model, block, t, out, isa);
}

fn record_resilience(model: &Compiled, block: &Block, t: usize, out: &mut [Column], isa: Isa) {
    let whole = &model.at.whole;
    let (mut unmet, mut alone) = (Column::default(), Column::default());
    for cover in &block.covers {
        add(isa, &mut unmet, &cover.unmet);
        add(isa, &mut alone, &cover.unmet_alone);
    }
    for (officers, short, total, years, sum) in [
        (whole.unmet_officers, whole.shortfall, whole.unmet_total, whole.years_without_shortfall, &unmet),
        (
            whole.unmet_officers_standalone,
            whole.shortfall_standalone,
            whole.unmet_total_standalone,
            whole.years_without_shortfall_standalone,
            &alone,
        ),
    ] {
        out[officers + t] = *sum;
        any(isa, &mut out[short + t], sum);
        accumulate(isa, &mut out[total], sum, t == 0);
        none(isa, &mut out[years], sum, t == 0);
    }
    if let (Some(at), Some(rooms)) = (&model.at.contact, &block.contact) {
        out[at.contact_answered + t] = rooms.answered;
        out[at.contact_answered_standalone + t] = rooms.standalone;
    }
}

fn record_force_year(model: &Compiled, block: &Block, f: usize, t: usize, out: &mut [Column], isa: Isa) {
    let ForcePositions { own, with, alone, council_tax } = &model.at.forces[f];
    let (state, funding) = (&block.forces[f], &block.funding[f]);
    plus(isa, &mut out[own.funding + t], &funding.total[t], &state.equalisation);
    out[own.net + t] = state.net;
    if let Some(at) = council_tax {
        plus(isa, &mut out[at.council_tax + t], &funding.band_d[t], &state.band_d_change);
        out[at.council_tax_change + t] = state.band_d_change;
    }
    out[with.reserves + t] = state.with.reserves;
    out[alone.reserves + t] = state.alone.reserves;
}

fn record_alliances(model: &Compiled, block: &Block, t: usize, out: &mut [Column], isa: Isa) {
    let live = model.at.whole.areas_live + t;
    out[live] = Column::default();
    for fund in &block.funds {
        record_fund_year(model, fund, t, out, isa);
    }
    for (k, at) in model.at.alliances.iter().enumerate() {
        let programme = &block.programmes[k];
        add(isa, &mut out[live], &programme.live);
        out[at.own.saving_cashable + t] = programme.cashable;
        out[at.own.investment + t] = programme.investment;
        out[at.own.areas_live + t] = programme.live;
        if let Some(merger) = &at.merger {
            out[merger.equalisation_yield + t] = block.yields[k];
        }
        if t + 1 == model.years {
            for (a, area) in at.areas.iter().enumerate() {
                let (saving, real) = (&programme.areas[a].own.saving, &programme.own.realisation);
                let credit = programme.credit_of(a, &model.alliances[k], &block.governance[k], isa);
                saving_of(isa, &mut out[area.saving], &credit, saving, real, &block.economy.cost_index[t]);
            }
        }
    }
}

fn record_benefits(model: &Compiled, block: &Block, t: usize, out: &mut [Column], isa: Isa) {
    for (b, (benefit, at)) in model.benefits.iter().zip(&model.at.benefits).enumerate() {
        let mut credit = Column::default();
        for (k, class) in &benefit.classes {
            add(isa, &mut credit, &block.programmes[*k].credit[*class]);
        }
        product(isa, &mut out[at.realised + t], &block.effects[b], &credit);
    }
}

fn record_implemented(model: &Compiled, block: &Block, t: usize, out: &mut [Column], isa: Isa) {
    for (date, at) in model.report_dates.iter().zip(&model.at.implemented) {
        let year = date.floor().clamp(0.0, (model.years - 1) as f64) as usize;
        if year != t {
            continue;
        }
        let (mut saved, mut live) = (Column::default(), Column::default());
        for (k, programme) in block.programmes.iter().enumerate() {
            for (a, area) in programme.areas.iter().enumerate() {
                let total = &programme.total_cost[a];
                let index = &block.economy.cost_index[t];
                let (saving, real) = (&area.own.saving, &programme.own.realisation);
                implement(
                    isa,
                    &mut saved,
                    &mut live,
                    &area.live,
                    &block.governance[k].end,
                    total,
                    saving,
                    real,
                    index,
                    *date,
                );
            }
        }
        out[at.saving] = saved;
        out[at.areas_live] = live;
    }
}

/// Records what is known only at the end.
pub(super) fn record_end(model: &Compiled, block: &Block, out: &mut [Column], isa: Isa) {
    let whole = &model.at.whole;
    let last = model.years - 1;
    out[whole.npv] = block.whole.present;
    block.whole.payback(&mut out[whole.payback], isa);
    block.whole.payback_present(&mut out[whole.payback_discounted], isa);
    block.whole.peak_need(&mut out[whole.peak_funding_need], isa);
    out[whole.steady_saving] = out[whole.saving_cashable_real + last];
    let (saving, other, investment) = (out[whole.pv_saving], out[whole.pv_noncashable], out[whole.pv_investment]);
    ratio(isa, &mut out[whole.benefit_cost_ratio], &saving, &Column::default(), &investment);
    ratio(isa, &mut out[whole.benefit_cost_ratio_noncashable], &saving, &other, &investment);
    for (f, at) in model.at.forces.iter().enumerate() {
        let state = &block.forces[f];
        out[at.own.npv] = state.cashflow.present;
        below_zero(isa, &mut out[at.own.loses], &state.cashflow.present);
        state.cashflow.payback(&mut out[at.own.payback], isa);
        for (positions, ledger) in [(&at.with, &state.with), (&at.alone, &state.alone)] {
            out[positions.lowest_reserves] = ledger.lowest;
            out[positions.floor_breached] = ledger.breached;
            out[positions.not_viable_years] = ledger.not_viable;
            out[positions.cuts] = ledger.all_cuts;
        }
        let (mut with, mut alone) = (state.with.cuts, state.alone.cuts);
        if model.forces[f].spares_officers {
            felt_cuts(&block.funds, state, f, last, &mut with, &mut alone, isa);
        }
        let (per_spending, officers) = (&block.funding[f].per_opening_spending, model.forces[f].officers);
        officers_cut(isa, &mut out[at.with.officers_cut], &with, per_spending, officers);
        officers_cut(isa, &mut out[at.alone.officers_cut], &alone, per_spending, officers);
    }
    for fund in &block.funds {
        record_fund(model, fund, out, isa);
    }
    record_governance(model, block, out, isa);
    record_targets(model, out, isa);
}

fn record_governance(model: &Compiled, block: &Block, out: &mut [Column], isa: Isa) {
    let horizon = model.years as f64;
    for (k, at) in model.at.alliances.iter().enumerate() {
        let (programme, governance) = (&block.programmes[k], &block.governance[k]);
        dated(isa, &mut out[at.own.ended_at], &governance.end, horizon);
        by(isa, &mut out[at.own.ended], &governance.end, horizon);
        dated(isa, &mut out[at.own.ict_ready], &programme.platform, horizon);
        dated(isa, &mut out[at.own.programme_settled], &programme.settled, horizon);
        let mut left = Column::default();
        for (member, positions) in governance.members.iter().zip(&at.members) {
            dated(isa, &mut out[positions.leaves_at], &member.leaves, horizon);
            by(isa, &mut out[positions.left], &member.leaves, horizon);
            add(isa, &mut left, &out[positions.left]);
        }
        any(isa, &mut out[at.own.member_left], &left);
        if let Some(merger) = &at.merger {
            by(isa, &mut out[merger.vested], &governance.vests, horizon);
            let (npv, vested) = (out[model.at.whole.npv], out[merger.vested]);
            given(isa, &mut out[merger.npv_if_vested], &npv, &vested, 1.0);
            given(isa, &mut out[merger.npv_if_not_vested], &npv, &vested, 0.0);
        }
        record_stops(at, programme, horizon, out, isa);
        for (area, positions) in programme.areas.iter().zip(&at.areas) {
            dated(isa, &mut out[positions.live], &area.live, horizon);
        }
    }
}

fn record_targets(model: &Compiled, out: &mut [Column], isa: Isa) {
    for (target, at) in model.targets.iter().zip(&model.at.targets) {
        let mut first = Column::splat(f64::NAN);
        for t in (0..model.years).rev() {
            first_met(isa, &mut first, &out[target.measure + t], target.amount, t as f64);
        }
        out[at.first_year] = first;
        let due = out[target.measure + target.year];
        reaches(isa, &mut out[at.met], &due, target.amount);
    }
}

vectorised! {
    fn accumulate(out: &mut Column, x: &Column, first: bool) {
        for i in 0..BLOCK {
            out[i] = if first { x[i] } else { out[i] + x[i] };
        }
    }

    fn saving_of(out: &mut Column, credit: &Column, saving: &Column, realisation: &Column, index: &Column) {
        for i in 0..BLOCK {
            out[i] = credit[i] * saving[i] * realisation[i] * index[i];
        }
    }

    fn add_present(out: &mut Column, amount: &Column, present_value: &Column, first: bool) {
        for i in 0..BLOCK {
            let present = amount[i] * present_value[i];
            out[i] = if first { present } else { out[i] + present };
        }
    }

    fn any(out: &mut Column, x: &Column) {
        for i in 0..BLOCK {
            out[i] = flag(x[i] > 0.0);
        }
    }

    fn none(out: &mut Column, x: &Column, first: bool) {
        for i in 0..BLOCK {
            let years = if first { 0.0 } else { out[i] };
            out[i] = years + flag(x[i] <= 0.0);
        }
    }

    fn below_zero(out: &mut Column, x: &Column) {
        for i in 0..BLOCK {
            out[i] = flag(is_below(x[i], 0.0));
        }
    }

    fn officers_cut(out: &mut Column, cuts: &Column, per_spending: &Column, officers: f64) {
        for i in 0..BLOCK {
            out[i] = cuts[i] * per_spending[i] * officers;
        }
    }

    fn ratio(out: &mut Column, saving: &Column, other: &Column, investment: &Column) {
        for i in 0..BLOCK {
            let ratio = (saving[i] + other[i]) / investment[i];
            out[i] = if investment[i] > 0.0 { ratio } else { f64::NAN };
        }
    }

    /// A date, missing where it does not come by the end of the horizon.
    fn dated(out: &mut Column, date: &Column, horizon: f64) {
        for i in 0..BLOCK {
            out[i] = if date[i] <= horizon { date[i] } else { f64::NAN };
        }
    }

    fn by(out: &mut Column, date: &Column, horizon: f64) {
        for i in 0..BLOCK {
            out[i] = flag(date[i] <= horizon);
        }
    }

    /// A figure of the futures in which a flag is so, missing in the others.
    fn given(out: &mut Column, figure: &Column, flag: &Column, wanted: f64) {
        for i in 0..BLOCK {
            out[i] = if (flag[i] - wanted).abs() < 0.5 { figure[i] } else { f64::NAN };
        }
    }

    fn first_met(first: &mut Column, measure: &Column, amount: f64, t: f64) {
        for i in 0..BLOCK {
            first[i] = if measure[i] >= amount - tolerance(amount) { t } else { first[i] };
        }
    }

    fn reaches(out: &mut Column, measure: &Column, amount: f64) {
        for i in 0..BLOCK {
            out[i] = flag(measure[i] >= amount - tolerance(amount));
        }
    }

    fn implement(
        saved: &mut Column, count: &mut Column, live: &Column, end: &Column, cost: &Column, saving: &Column, realisation: &Column, index: &Column,
        date: f64,
    ) {
        for i in 0..BLOCK {
            let counts = live[i] <= date && date < end[i];
            saved[i] += if counts { cost[i] * saving[i] * realisation[i] * index[i] } else { 0.0 };
            count[i] += flag(counts);
        }
    }
}

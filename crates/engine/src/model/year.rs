//! The loop: one block of trials from the first year to the last, in the order of MODEL section 3.

use super::arithmetic::{add, add_product, plus};
use super::block::{Block, PlanSavings};
use super::form::Compiled;
use super::governance::{decide_exits, equalised_band_d};
use super::lane::{clamp, progress};
use super::ledger::YearBook;
use super::parameters::Parameters;
use super::programme::run_year;
use crate::alliance::Equalise;
use crate::uncertainty::Stream;
use crate::uncertainty::lanes::{BLOCK, Column, Isa, vectorised};

/// How a block is run.
pub(super) struct Pass<'a> {
    pub model: &'a Compiled,
    /// Plan savings; `None` while the plan run itself is made.
    pub baseline: Option<&'a PlanSavings>,
    pub plan: bool,
    pub isa: Isa,
}

/// A stage of a block's work, for those who measure where its time goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Stage {
    /// Economy, grant, council tax and spending of all years are drawn.
    World,
    /// Programmes and consent are drawn and their clocks wound.
    Opening,
    /// Stalls, exits and equalisation of a year.
    Governance,
    /// Clocks, savings and spending of every alliance in a year.
    Programmes,
    /// What falls to each force in a year.
    Sharing,
    /// Both ledgers of every force in a year, surges met.
    Ledgers,
    /// Officers, mutual help and contact rooms of a year.
    Resilience,
    /// Discounting of a year.
    Appraisal,
    /// Outcomes of a year written down.
    Records,
    /// What is known only at the end.
    End,
}

impl Block {
    /// Runs every year; `record` is called at the end of each, `watch` after every stage.
    pub fn run(
        &mut self,
        pass: &Pass<'_>,
        stream: &mut Stream<'_>,
        mut record: impl FnMut(&Self, usize),
        watch: &mut dyn FnMut(Stage),
    ) {
        self.draw_world(pass, stream);
        watch(Stage::World);
        self.open_alliances(pass, stream);
        watch(Stage::Opening);
        for t in 0..pass.model.years {
            self.stall(pass, t);
            decide_exits(pass.model, &mut self.governance, &self.own, t, pass.isa, stream);
            self.equalise(pass, t);
            watch(Stage::Governance);
            self.run_programmes(pass, t);
            watch(Stage::Programmes);
            self.share(pass, t);
            watch(Stage::Sharing);
            self.meet_surges(pass, stream, t);
            self.keep_ledgers(pass, t);
            watch(Stage::Ledgers);
            self.help_each_other(pass, t);
            watch(Stage::Resilience);
            self.appraise(pass, t);
            watch(Stage::Appraisal);
            record(self, t);
            watch(Stage::Records);
        }
        for (k, alliance) in pass.model.alliances.iter().enumerate() {
            self.programmes[k].look_beyond(alliance, &self.governance[k], pass.model.years as f64, pass.isa);
        }
    }

    /// What does not depend on the alliances: economy, grant, council tax, spending.
    fn draw_world(&mut self, pass: &Pass<'_>, stream: &mut Stream<'_>) {
        let (model, isa) = (pass.model, pass.isa);
        self.economy.draw(&model.economy, &model.discount, model.first_year, isa, stream);
        self.grant.draw(&model.funding, pass.plan, model.first_year, isa, stream);
        model.resilience.fill(stream, &mut self.common);
        for (f, force) in model.forces.iter().enumerate() {
            force.own.fill(stream, &mut self.own[f]);
            self.funding[f].draw(force, &self.own[f], &self.grant, &self.economy, model.first_year, isa, stream);
            let state = &mut self.forces[f];
            force.policy.fill(stream, &mut state.policy);
            if let Some(surge) = &force.surge {
                surge.own.fill(stream, &mut self.covers[f].own);
                self.covers[f].open(isa);
            }
            state.with.open(force.reserves);
            state.alone.open(force.reserves);
            state.cashflow.open();
        }
        if let (Some(rooms), Some(contact)) = (&mut self.contact, &model.contact) {
            rooms.draw(contact, isa, stream);
        }
        self.whole.open();
    }

    /// Draws programmes and consent, and winds the clocks.
    fn open_alliances(&mut self, pass: &Pass<'_>, stream: &mut Stream<'_>) {
        for (k, alliance) in pass.model.alliances.iter().enumerate() {
            let (programme, governance) = (&mut self.programmes[k], &mut self.governance[k]);
            alliance.own.fill(stream, &mut programme.own);
            programme.delivery.draw(alliance, &programme.own, &mut programme.areas, pass.isa, stream);
            programme.add_up_costs(alliance, pass.isa);
            governance.open(alliance, &self.own, pass.isa, stream);
            if alliance.by_origin {
                programme.weigh_by_origin(alliance, governance, pass.isa);
            }
            governance.seek_consent(alliance, pass.plan, &self.funding, pass.isa, stream);
            programme.wind(alliance, governance, pass.isa);
        }
        self.help.open(pass.model, &self.programmes, pass.isa);
        for (benefit, effect) in pass.model.benefits.iter().zip(&mut self.effects) {
            let [full, cost, _] = &mut *self.scratch;
            stream.fill(benefit.full_effect, 0, full);
            *cost = Column::default();
            for (k, class) in &benefit.classes {
                add(pass.isa, cost, &self.programmes[*k].class_cost[*class]);
            }
            per_cost(pass.isa, effect, full, cost);
        }
    }

    /// A member's heavy emergency cuts of last year slow every programme that it is in.
    fn stall(&mut self, pass: &Pass<'_>, t: usize) {
        if t == 0 || pass.plan {
            return;
        }
        for (k, alliance) in pass.model.alliances.iter().enumerate() {
            let programme = &mut self.programmes[k];
            programme.pace = Column::splat(1.0);
            for (member, state) in alliance.members.iter().zip(&self.governance[k].members) {
                stall(
                    pass.isa,
                    &mut programme.pace,
                    &programme.own.stalled_pace,
                    &programme.own.stall_cut,
                    &self.forces[member.force].with.emergency,
                    &self.funding[member.force].spending[t - 1],
                    &state.leaves,
                    t as f64,
                );
            }
        }
    }

    /// Council tax converges in mergers that have vested; what it raises is shared.
    fn equalise(&mut self, pass: &Pass<'_>, t: usize) {
        if pass.model.alliances.iter().all(|alliance| alliance.merger.is_none()) {
            return;
        }
        let [target, change, _] = &mut *self.scratch;
        for force in &mut self.forces {
            force.band_d_change = Column::default();
            force.equalisation = Column::default();
        }
        for (k, alliance) in pass.model.alliances.iter().enumerate() {
            self.yields[k] = Column::default();
            let Some(merger) = &alliance.merger else { continue };
            let governance = &self.governance[k];
            equalised_band_d(target, merger.equalise, alliance, &self.funding, t, pass.isa);
            for member in &alliance.members {
                let of = &self.funding[member.force];
                let (length, vests) = (&governance.merger.equalise_years, &governance.vests);
                converge(pass.isa, change, target, &of.band_d[t], vests, length, t as f64);
                // The average by tax base is that at which as much is given up as is raised.
                if merger.equalise != Equalise::Average {
                    yield_of(pass.isa, &mut self.yields[k], change, &of.tax_base[t]);
                }
                add(pass.isa, &mut self.forces[member.force].band_d_change, change);
            }
            for (member, state) in alliance.members.iter().zip(&governance.members) {
                add_product(pass.isa, &mut self.forces[member.force].equalisation, &self.yields[k], &state.weight);
            }
        }
    }

    /// Clocks, savings and spending of every alliance.
    fn run_programmes(&mut self, pass: &Pass<'_>, t: usize) {
        let (model, isa, time) = (pass.model, pass.isa, t as f64);
        for (k, alliance) in model.alliances.iter().enumerate() {
            let (programme, governance) = (&mut self.programmes[k], &mut self.governance[k]);
            programme.advance(alliance, governance, time, isa);
            governance.share_out(&programme.own.retained, &programme.own.unwind, t, isa);
            let index = &self.economy.cost_index[t];
            run_year(isa, programme, alliance, governance, index, time, t + 1 == model.years);
            programme.finance(governance, alliance.finance_years, t, isa);
            programme.pay_exits(governance, index, time, isa);
        }
    }

    /// Brings together what alliances save and spend, and what of it falls to each force.
    fn share(&mut self, pass: &Pass<'_>, t: usize) {
        let isa = pass.isa;
        for (k, programme) in self.programmes.iter().enumerate() {
            add_alliance(
                isa,
                &mut self.cashable,
                &mut self.noncashable,
                &mut self.additional,
                &mut self.additional_noncashable,
                &mut self.investment,
                &programme.cashable,
                &programme.noncashable,
                &programme.investment,
                &programme.own.attributable,
                k == 0,
            );
            if let Some(baseline) = pass.baseline {
                let members = self.governance[k].members.iter_mut().zip(&programme.members).zip(&baseline[k]);
                members.for_each(|((state, year), plan)| fall_short(isa, &mut state.shortfall, &year.gross, plan[t]));
            }
        }
        for (f, force) in self.forces.iter_mut().enumerate() {
            for (number, (k, m)) in pass.model.memberships(f).enumerate() {
                let (programme, share) = (&self.programmes[k], &self.governance[k].members[m].share);
                let year = &programme.members[m];
                add_member(
                    isa,
                    &mut force.saving,
                    &mut force.gross,
                    &mut force.investment,
                    &mut force.structural,
                    &mut force.other,
                    &year.gross,
                    &programme.own.attributable,
                    &programme.team,
                    &programme.financed,
                    &programme.other,
                    share,
                    &year.instalment,
                    &year.exit_cost,
                    number == 0,
                );
            }
        }
    }

    fn meet_surges(&mut self, pass: &Pass<'_>, stream: &mut Stream<'_>, t: usize) {
        let [draw, ..] = &mut *self.scratch;
        for (force, cover) in pass.model.forces.iter().zip(&mut self.covers) {
            if let Some(surge) = &force.surge {
                stream.fill(surge.draw, pass.model.first_year + t as i32, draw);
                cover.meet_surge(&self.common, draw, &self.economy.cost_index[t], pass.isa);
            }
        }
    }

    /// Both ledgers of every force.
    fn keep_ledgers(&mut self, pass: &Pass<'_>, t: usize) {
        let nothing = Column::default();
        let [spent, ..] = &mut *self.scratch;
        for (f, force) in pass.model.forces.iter().enumerate() {
            let (state, cover) = (&mut self.forces[f], &self.covers[f]);
            plus(pass.isa, spent, &state.other, &cover.cost);
            let funding = &self.funding[f];
            let mut book = YearBook {
                funding: &funding.total[t],
                equalisation: &state.equalisation,
                spending: &funding.spending[t],
                structural: &state.structural,
                other: spent,
                cost_index: &self.economy.cost_index[t],
                start_prices: &self.economy.start_prices[t],
            };
            state.with.run(&book, &state.policy, force.reserves, pass.isa);
            (book.equalisation, book.structural, book.other) = (&nothing, &nothing, &cover.cost);
            state.alone.run(&book, &state.policy, force.reserves, pass.isa);
        }
    }

    fn help_each_other(&mut self, pass: &Pass<'_>, t: usize) {
        let (model, isa, middle) = (pass.model, pass.isa, t as f64);
        for (f, (state, cover)) in self.forces.iter().zip(&mut self.covers).enumerate() {
            let (cuts, alone) = (&state.with.cuts, &state.alone.cuts);
            let per_spending = &self.funding[f].per_opening_spending;
            cover.deploy(&self.own[f], model.forces[f].officers, cuts, alone, per_spending, isa);
        }
        self.help.give(model, &self.programmes, &self.governance, &self.common, &mut self.covers, middle, isa);
        for cover in &mut self.covers {
            cover.count_unmet(isa);
        }
        if let Some(rooms) = &mut self.contact {
            rooms.run_year(model, &self.programmes, &self.governance, middle, isa);
        }
    }

    fn appraise(&mut self, pass: &Pass<'_>, t: usize) {
        let (time, isa) = (pass.model.starts + t as f64, pass.isa);
        let present = &self.economy.present[t];
        self.whole.post(&mut self.net, &self.additional, &self.investment, present, time, isa);
        for force in &mut self.forces {
            force.cashflow.post(&mut force.net, &force.saving, &force.investment, present, time, isa);
        }
    }
}

vectorised! {
    fn stall(
        pace: &mut Column, stalled: &Column, most: &Column, emergency: &Column, spending: &Column, leaves: &Column, t: f64,
    ) {
        for i in 0..BLOCK {
            let slows = leaves[i] > t && emergency[i] > most[i] * spending[i];
            pace[i] = if slows { stalled[i] } else { pace[i] };
        }
    }

    fn per_cost(effect: &mut Column, full: &Column, cost: &Column) {
        for i in 0..BLOCK {
            let share = full[i] / cost[i];
            effect[i] = if cost[i] > 0.0 { share } else { 0.0 };
        }
    }

    /// `d* − d`: how far Band D has come towards the target since vesting day.
    fn converge(change: &mut Column, target: &Column, band_d: &Column, vests: &Column, length: &Column, t: f64) {
        for i in 0..BLOCK {
            change[i] = (target[i] - band_d[i]) * progress(t + 1.0 - vests[i], length[i]);
        }
    }

    fn yield_of(total: &mut Column, change: &Column, tax_base: &Column) {
        for i in 0..BLOCK {
            total[i] += tax_base[i] * change[i] / 1e6;
        }
    }

    /// What one more alliance saves and spends; `first` where it is the first.
    fn add_alliance(
        cashable: &mut Column, noncashable: &mut Column, additional: &mut Column, additional_noncashable: &mut Column,
        investment: &mut Column, saved: &Column, saved_noncashable: &Column, invested: &Column, attributable: &Column, first: bool,
    ) {
        let before = |sum: f64| if first { 0.0 } else { sum };
        for i in 0..BLOCK {
            cashable[i] = before(cashable[i]) + saved[i];
            noncashable[i] = before(noncashable[i]) + saved_noncashable[i];
            additional[i] = before(additional[i]) + saved[i] * attributable[i];
            additional_noncashable[i] = before(additional_noncashable[i]) + saved_noncashable[i] * attributable[i];
            investment[i] = before(investment[i]) + invested[i];
        }
    }

    /// What falls to a force in one more alliance; `first` where it is its first.
    fn add_member(
        saving: &mut Column, gross: &mut Column, investment: &mut Column, structural: &mut Column, other: &mut Column, own: &Column,
        attributable: &Column, team: &Column, financed: &Column, rest: &Column, share: &Column, instalment: &Column, exit_cost: &Column,
        first: bool,
    ) {
        let before = |sum: f64| if first { 0.0 } else { sum };
        for i in 0..BLOCK {
            let additional = own[i] * attributable[i];
            gross[i] = before(gross[i]) + own[i];
            saving[i] = before(saving[i]) + additional;
            investment[i] = before(investment[i]) + ((team[i] + financed[i] + rest[i]) * share[i] + exit_cost[i]);
            structural[i] = before(structural[i]) + additional - (team[i] * share[i] + instalment[i]);
            other[i] = before(other[i]) + (rest[i] * share[i] + exit_cost[i]);
        }
    }

    /// How far the saving that falls to a member is below that of the plan run, 0 to 1.
    fn fall_short(shortfall: &mut Column, gross: &Column, plan: f64) {
        let per_plan = 1.0 / plan;
        for i in 0..BLOCK {
            let short = clamp(1.0 - gross[i] * per_plan, 0.0, 1.0);
            shortfall[i] = if plan.abs() > 0.0 { short } else { 0.0 };
        }
    }
}

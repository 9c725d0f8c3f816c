//! The loop: one block of trials from the first year to the last, in the order of MODEL section 3.

mod sharing;

use super::arithmetic::{add, add_product, plus, product};
use super::block::{Block, ForceState, PlanSavings};
use super::form::Compiled;
use super::fund::Fund;
use super::governance::{decide_exits, equalised_band_d, open_year};
use super::lane::{Value, min, progress};
use super::ledger::{Next, YearBook};
use super::parameters::Parameters;
use super::programme::run_year;
use crate::alliance::Equalise;
use crate::uncertainty::Stream;
use crate::uncertainty::lanes::{BLOCK, Column, Isa, vectorised};

/// Own cuts shrink what is in scope by this share at most.
const MOST_SHRUNK: f64 = 0.5;

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
            self.rebase(pass, t);
            open_year(pass.model, &mut self.governance, t, pass.isa);
            self.stall(pass, t);
            decide_exits(pass.model, &mut self.governance, &self.own, t, pass.isa, stream);
            self.review(pass, stream, t);
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
        if let Some(foresight) = &mut self.foresight {
            foresight.draw(model, pass.plan, &self.economy, &self.grant, isa, stream);
        }
        model.resilience.fill(stream, &mut self.common);
        for (f, force) in model.forces.iter().enumerate() {
            force.own.fill(stream, &mut self.own[f]);
            self.funding[f].draw(force, &self.own[f], &self.grant, &self.economy, model.first_year, isa, stream);
            if let Some(foresight) = &mut self.foresight {
                foresight.look(model, f, &self.own[f], &self.funding[f], isa);
            }
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
            programme.draw_stops(alliance, stream);
            programme.delivery.draw(alliance, &programme.own, &mut programme.areas, pass.isa, stream);
            programme.add_up_costs(alliance, pass.isa);
            programme.open_finance(alliance, pass.isa);
            governance.open(alliance, &self.own, pass.isa, stream);
            if alliance.by_origin {
                programme.weigh_by_origin(alliance, governance, pass.isa);
                governance.members.iter_mut().for_each(|member| member.opening_weight = member.weight);
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

    /// Shares of the year are by the rule of the year.
    fn rebase(&mut self, pass: &Pass<'_>, t: usize) {
        for (k, alliance) in pass.model.alliances.iter().enumerate() {
            let governance = &mut self.governance[k];
            if governance.rebase(alliance, t) {
                self.programmes[k].weigh_by_origin(alliance, governance, pass.isa);
            }
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
                let (mut emergency, mut spending) =
                    (&self.forces[member.force].with.emergency, &self.funding[member.force].spending[t - 1]);
                let is_member = |fund: &&Fund| t > fund.from && fund.members().any(|force| force == member.force);
                if let Some(fund) = self.funds.iter().find(is_member) {
                    let [cuts, costs, _] = &mut *self.scratch;
                    (*cuts, *costs) = (*emergency, *spending);
                    fund.look(cuts, costs, pass.isa);
                    (emergency, spending) = (cuts, costs);
                }
                stall(
                    pass.isa,
                    &mut programme.pace,
                    &programme.own.stalled_pace,
                    &programme.own.stall_cut,
                    emergency,
                    spending,
                    &state.leaves,
                    t as f64,
                );
            }
        }
    }

    /// Boards that hold a review may stop their programmes; in the plan run what is in place then is told alone.
    fn review(&mut self, pass: &Pass<'_>, stream: &mut Stream<'_>, t: usize) {
        let first_year = pass.model.first_year;
        for (k, alliance) in pass.model.alliances.iter().enumerate().filter(|(_, own)| own.review.is_some()) {
            let plan = pass.baseline.map(|plan| plan.in_place[k][t]);
            self.programmes[k].review(alliance, &self.governance[k], t, plan, first_year, pass.isa, stream);
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
            governance.share_out(&programme.own, alliance.rules.scale, t, isa);
            let index = &self.economy.cost_index[t];
            if alliance.rules.overlap && pass.plan {
                programme.members.iter_mut().for_each(|year| year.left = Column::splat(1.0));
            } else if alliance.rules.overlap {
                for (member, year) in alliance.members.iter().zip(&mut programme.members) {
                    let cuts = &self.forces[member.force].with.cuts;
                    let per_spending = &self.funding[member.force].per_opening_spending;
                    shrink(isa, &mut year.left, &programme.own.overlap, cuts, per_spending);
                }
            }
            run_year(isa, programme, alliance, governance, index, time, t + 1 == model.years);
            programme.finance(alliance, governance, t, isa);
            programme.pay_exits(alliance, governance, index, time, isa);
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

    /// Both ledgers of every force, and those of merged ones.
    fn keep_ledgers(&mut self, pass: &Pass<'_>, t: usize) {
        for fund in &mut self.funds {
            let vests = &self.governance[fund.alliance].vests;
            fund.before(t, vests, &self.forces, &self.funding, pass.isa);
        }
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
                next: self.foresight.as_ref().map(|own| Next { gap: &own.gap[f][t], cost_index: &own.cost_index[t] }),
            };
            state.with.run(&book, &state.policy, force.reserves, pass.isa);
            (book.equalisation, book.structural, book.other) = (&nothing, &nothing, &cover.cost);
            state.alone.run(&book, &state.policy, force.reserves, pass.isa);
        }
        let prices = (&self.economy.cost_index[t], &self.economy.start_prices[t]);
        for fund in &mut self.funds {
            fund.run(t, &mut self.forces, &self.covers, &self.funding, prices, self.foresight.as_ref(), pass.isa);
        }
    }

    fn help_each_other(&mut self, pass: &Pass<'_>, t: usize) {
        let (model, isa, middle) = (pass.model, pass.isa, t as f64);
        for (f, (state, cover)) in self.forces.iter().zip(&mut self.covers).enumerate() {
            let (mut cuts, mut alone) = (&state.with.cuts, &state.alone.cuts);
            let per_spending = &self.funding[f].per_opening_spending;
            let [felt, felt_alone, _] = &mut *self.scratch;
            if model.forces[f].spares_officers {
                felt_cuts(&self.funds, state, f, t, felt, felt_alone, isa);
                (cuts, alone) = (felt, felt_alone);
            }
            cover.deploy(&self.own[f], model.forces[f].officers, cuts, alone, per_spending, isa);
        }
        self.help.give(model, &self.programmes, &self.governance, &self.common, &mut self.covers, middle, isa);
        for ((cover, own), force) in self.covers.iter_mut().zip(&self.own).zip(&model.forces) {
            cover.count_unmet(Value::of(force.own.mutual_aid, &own.mutual_aid), isa);
        }
        if let Some(rooms) = &mut self.contact {
            rooms.run_year(model, &self.programmes, &self.governance, middle, isa);
        }
    }

    fn appraise(&mut self, pass: &Pass<'_>, t: usize) {
        let (time, isa) = (pass.model.starts + t as f64, pass.isa);
        let present = &self.economy.present[t];
        let spent = if pass.model.at.additional.is_some() { &self.additional_investment } else { &self.investment };
        self.whole.post(&mut self.net, &self.additional, spent, present, time, isa);
        for force in &mut self.forces {
            force.cashflow.post(&mut force.net, &force.saving, &force.investment, present, time, isa);
        }
    }
}

/// Cuts as officers feel them in year `t`, with the alliances and standalone: those of a merged force by its own policy.
pub(super) fn felt_cuts(
    funds: &[Fund],
    state: &ForceState,
    f: usize,
    t: usize,
    with: &mut Column,
    alone: &mut Column,
    isa: Isa,
) {
    let own = &state.policy.officers_follow_cuts;
    product(isa, alone, own, &state.alone.cuts);
    let mut follow = *own;
    if let Some(fund) = funds.iter().find(|fund| t >= fund.from && fund.members().any(|force| force == f)) {
        fund.follow(&mut follow, isa);
    }
    product(isa, with, &follow, &state.with.cuts);
}

vectorised! {
    /// What is left in scope after a member's own cuts.
    fn shrink(left: &mut Column, overlap: &Column, cuts: &Column, per_spending: &Column) {
        for i in 0..BLOCK {
            left[i] = 1.0 - overlap[i] * min(cuts[i] * per_spending[i], MOST_SHRUNK);
        }
    }

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
}

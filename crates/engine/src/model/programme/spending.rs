//! What an alliance spends in a year: team, areas, platform, severance, merger, exits; and how it is financed (MODEL sections 4 and 5).

use super::Programme;
use crate::model::arithmetic::{add_product, add_scaled, product};
use crate::model::form::AllianceModel;
use crate::model::governance::Governance;
use crate::model::lane::{flag, max, min, overlap, share_spent};
use crate::uncertainty::lanes::{BLOCK, Column, Isa, vectorised};

impl Programme {
    #[inline(always)]
    pub(super) fn spend(
        &mut self,
        model: &AllianceModel,
        governance: &Governance,
        cost_index: &Column,
        t: f64,
        isa: Isa,
    ) {
        self.other = Column::default();
        for state in &self.areas {
            let (first, last) = state.spend_range;
            if first < self.shown.1 && last >= self.shown.0 {
                let [from, to, rate] = state.spending();
                spend_in_programme(isa, &mut self.other, &self.opened, &self.clock, from, to, rate);
            }
        }
        for year in &self.members {
            pay_leavers(isa, &mut self.other, &self.own.severance, &self.own.realisation, &year.severance);
        }
        if model.review.is_some() {
            self.pay_given_up(isa);
        }
        if model.rules.shares_costs {
            self.anyway = self.other;
        }
        pay_team(isa, &mut self.team, &self.own.team, &self.settled, &governance.end, model.start, t);
        self.financed = Column::default();
        if model.rules.stops_platform {
            self.build_until_stopped(isa);
        } else {
            build_platform(
                isa,
                &mut self.financed,
                &self.own.ict_capital,
                &self.own.ict_overrun,
                &self.opened,
                &self.clock,
                &self.platform_due,
            );
        }
        if let Some(merger) = &model.merger {
            let from = if merger.mandated { merger.vesting - 1.0 } else { max(merger.vesting - 1.0, merger.decision) };
            set_up(
                isa,
                &mut self.financed,
                &governance.merger.setup,
                &governance.refused,
                &governance.end,
                from,
                merger.vesting,
                t,
            );
            fail(
                isa,
                &mut self.other,
                &mut self.abortive_borne,
                &governance.merger.abortive_cost,
                &governance.refused,
                &governance.withdrawn,
                &governance.end,
                merger.decision,
                t,
            );
        }
        if model.rules.runs {
            self.run_costs(model, governance, t, isa);
        }
        index_spending(isa, &mut self.team, &mut self.financed, &mut self.other, &mut self.investment, cost_index);
        if model.rules.runs {
            self.index_running(cost_index, isa);
        }
        if model.rules.shares_costs {
            set_aside(isa, &mut self.anyway, &mut self.other, &self.own.attributable_cost, cost_index);
        }
    }

    /// Works out what is paid a year for what is financed.
    pub fn open_finance(&mut self, model: &AllianceModel, isa: Isa) {
        if model.rules.interest {
            annuity(isa, &mut self.payment, &self.own.finance_rate, model.finance_years);
        }
    }

    /// Adds the exits that fall due in year `t` to what members pay.
    pub fn pay_exits(&mut self, model: &AllianceModel, governance: &Governance, cost_index: &Column, t: f64, isa: Isa) {
        for year in &mut self.members {
            year.exit_cost = Column::default();
        }
        for leaver in &governance.members {
            let mut due = 0;
            count_due(isa, &mut due, &leaver.notice, &leaver.leaves, t);
            if due == 0 {
                continue;
            }
            let [staying, together, live, all, cost, _] = &mut *self.scratch;
            *cost = governance.exit.cost;
            if model.rules.exit_by_scope {
                (*live, *all) = (Column::default(), Column::default());
                for (area, total) in self.areas.iter().zip(&self.total_cost) {
                    add_scope(isa, live, all, total, &area.live, &leaver.leaves);
                }
                by_scope(isa, cost, &governance.exit.fixed_share, live, all);
            }
            *staying = Column::default();
            *together = Column::default();
            for other in &governance.members {
                let (notice, stood) = (&other.notice, &other.stood);
                count_payers(isa, staying, together, notice, stood, &other.leaves, &leaver.leaves);
            }
            for (year, payer) in self.members.iter_mut().zip(&governance.members) {
                let is_leaver = std::ptr::eq(payer, leaver);
                pay_exit(
                    isa,
                    &mut year.exit_cost,
                    &mut self.investment,
                    &payer.notice,
                    &payer.stood,
                    &leaver.notice,
                    &leaver.leaves,
                    staying,
                    together,
                    cost,
                    &governance.exit.leaver_share,
                    cost_index,
                    is_leaver,
                    t,
                );
            }
        }
    }

    /// Spreads this year's financed spending, by the shares of this year, and adds up the instalments due.
    pub fn finance(&mut self, model: &AllianceModel, governance: &Governance, t: usize, isa: Isa) {
        let years = model.finance_years;
        for (year, member) in self.members.iter_mut().zip(&governance.members) {
            product(isa, &mut year.financed[t], &self.financed, &member.share);
            year.instalment = Column::default();
            for spent in &year.financed[(t + 1).saturating_sub(years)..=t] {
                if model.rules.interest {
                    add_product(isa, &mut year.instalment, spent, &self.payment);
                } else {
                    add_scaled(isa, &mut year.instalment, spent, 1.0 / years as f64);
                }
            }
        }
    }
}

vectorised! {
    /// What an area spends while the clock runs from `opened` to `clock`: at its rate, or all in the year that holds `from`.
    fn spend_in_programme(out: &mut Column, opened: &Column, clock: &Column, from: &Column, to: &Column, rate: &Column) {
        for i in 0..BLOCK {
            let spread = overlap(opened[i], clock[i], from[i], to[i]);
            let step = flag(opened[i] <= from[i] && from[i] < clock[i]);
            out[i] += rate[i] * if to[i] > from[i] { spread } else { step };
        }
    }

    /// Adds what those are paid who leave; `saved` is the saving that they leave for, had all of it been realised.
    fn pay_leavers(out: &mut Column, severance: &Column, realisation: &Column, saved: &Column) {
        for i in 0..BLOCK {
            out[i] += severance[i] * realisation[i] * saved[i];
        }
    }

    /// The team is paid from the start until the last area is settled or the alliance ends.
    fn pay_team(out: &mut Column, team: &Column, settled: &Column, end: &Column, start: f64, t: f64) {
        for i in 0..BLOCK {
            out[i] = team[i] * overlap(start, min(settled[i], end[i]), t, t + 1.0);
        }
    }

    fn build_platform(
        financed: &mut Column, capital: &Column, overrun: &Column, opened: &Column, clock: &Column, due: &Column,
    ) {
        for i in 0..BLOCK {
            financed[i] += capital[i] * overrun[i] * share_spent(opened[i], clock[i], 0.0, due[i]);
        }
    }

    /// Set-up of a merger that has its consent, up to a withdrawal.
    fn set_up(financed: &mut Column, setup: &Column, refused: &Column, end: &Column, from: f64, vesting: f64, t: f64) {
        for i in 0..BLOCK {
            let spent = setup[i] * share_spent(t, min(end[i], t + 1.0), from, vesting);
            financed[i] += if refused[i] > 0.5 { 0.0 } else { spent };
        }
    }

    /// The cost of a merger that fails: over the year before its refusal; what is left of it on a withdrawal.
    fn fail(
        other: &mut Column, borne: &mut Column, cost: &Column, refused: &Column, withdrawn: &Column, end: &Column, decision: f64,
        t: f64,
    ) {
        for i in 0..BLOCK {
            let refusal = refused[i] * share_spent(t, min(end[i], t + 1.0), decision - 1.0, decision);
            let part = if withdrawn[i] > 0.5 { 1.0 - borne[i] } else { refusal };
            borne[i] += part;
            other[i] += cost[i] * part;
        }
    }

    fn index_spending(team: &mut Column, financed: &mut Column, other: &mut Column, investment: &mut Column, index: &Column) {
        for i in 0..BLOCK {
            team[i] *= index[i];
            financed[i] *= index[i];
            other[i] *= index[i];
            investment[i] = team[i] + financed[i] + other[i];
        }
    }

    /// Takes out of what is spent otherwise that which members would have borne alone.
    fn set_aside(anyway: &mut Column, other: &mut Column, additional: &Column, index: &Column) {
        for i in 0..BLOCK {
            anyway[i] *= (1.0 - additional[i]) * index[i];
            other[i] -= anyway[i];
        }
    }

    /// Each of `years` equal payments from today on for £1.
    fn annuity(payment: &mut Column, rate: &Column, years: usize) {
        for i in 0..BLOCK {
            // Present values of payments of £1: 1 + v + … + vⁿ⁻¹, which no rate near 0 blurs.
            let kept = 1.0 / (1.0 + rate[i]);
            let mut worth = 1.0;
            for _ in 1..years {
                worth = worth * kept + 1.0;
            }
            payment[i] = 1.0 / worth;
        }
    }

    /// Adds what an area has in scope, and what of it is live on the day of an exit.
    fn add_scope(scope: &mut Column, all: &mut Column, cost: &Column, live: &Column, day: &Column) {
        for i in 0..BLOCK {
            scope[i] += if live[i] < day[i] { cost[i] } else { 0.0 };
            all[i] += cost[i];
        }
    }

    /// The part of an exit's cost that goes by what is live, and the rest.
    fn by_scope(cost: &mut Column, fixed: &Column, live: &Column, all: &Column) {
        for i in 0..BLOCK {
            let part = live[i] / all[i];
            let part = if all[i] > 0.0 { part } else { 1.0 };
            cost[i] *= fixed[i] + (1.0 - fixed[i]) * part;
        }
    }

    /// Counts the lanes in which a member with notice leaves this year.
    fn count_due(count: &mut u64, notice: &Column, leaves: &Column, t: f64) {
        for i in 0..BLOCK {
            *count += u64::from(notice[i] < f64::INFINITY && leaves[i] >= t && leaves[i] < t + 1.0);
        }
    }

    /// Counts the members without notice when one leaves, and those that leave with it on the same day.
    fn count_payers(
        staying: &mut Column, together: &mut Column, notice: &Column, stood: &Column, leaves: &Column, day: &Column,
    ) {
        for i in 0..BLOCK {
            staying[i] += flag(min(notice[i], stood[i]) > day[i]);
            together[i] += flag(notice[i] < f64::INFINITY && (leaves[i] - day[i]).abs() <= 0.0);
        }
    }

    /// A leaver pays its share of the exit and those who stay the rest; where nobody stays, the leavers of the day pay it together.
    fn pay_exit(
        paid: &mut Column, investment: &mut Column, notice: &Column, stood: &Column, leaver_notice: &Column, day: &Column,
        staying: &Column, together: &Column, cost: &Column, leaver_share: &Column, index: &Column, is_leaver: bool, t: f64,
    ) {
        for i in 0..BLOCK {
            let due = leaver_notice[i] < f64::INFINITY && day[i] >= t && day[i] < t + 1.0;
            let own = if staying[i] > 0.5 { leaver_share[i] } else { 1.0 / together[i] };
            let stays = min(notice[i], stood[i]) > day[i];
            let rest = if stays { (1.0 - leaver_share[i]) / staying[i] } else { 0.0 };
            let part = if is_leaver { own } else { rest };
            let amount = if due { cost[i] * part * index[i] } else { 0.0 };
            paid[i] += amount;
            investment[i] += amount;
        }
    }
}

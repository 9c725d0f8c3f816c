//! The programme clock, and what an alliance saves and spends in a year (MODEL sections 3 and 4).

use super::delivery::{AreaState, Delivery};
use super::form::{AllianceModel, AreaModel, CostShare};
use super::governance::Governance;
use super::lane::{clamp, flag, max, min, overlap, ramp_integral, share_spent};
use super::parameters::AllianceColumns;
use crate::uncertainty::lanes::{BLOCK, Column, Isa, vectorised};

/// What a member saves in a year before sharing, and what falls to it.
#[derive(Debug, Clone)]
pub(super) struct MemberYear {
    /// Gross cashable saving in its own costs.
    own: Column,
    own_noncashable: Column,
    severance: Column,
    /// Gross cashable saving that falls to it.
    pub gross: Column,
    /// Cost of exits that it pays.
    pub exit_cost: Column,
    /// Financed spending that it bore, each year.
    pub financed: Vec<Column>,
    /// This year's instalment of it.
    pub instalment: Column,
}

/// An alliance's programme in one block.
#[derive(Debug)]
pub(super) struct Programme {
    pub own: AllianceColumns,
    pub areas: Vec<AreaState>,
    pub delivery: Delivery,
    /// Programme time at the start and the end of the year.
    opened: Column,
    clock: Column,
    pub pace: Column,
    /// When the ICT platform is ready, programme time and calendar time.
    platform_due: Column,
    pub platform: Column,
    /// When the last area is settled, calendar time.
    pub settled: Column,
    /// Part of the cost of a failed merger that has been borne.
    abortive_borne: Column,
    pub members: Vec<MemberYear>,
    /// This year: gross cashable, gross non-cashable, team, financed and other spending.
    pub cashable: Column,
    pub noncashable: Column,
    pub team: Column,
    pub financed: Column,
    pub other: Column,
    pub investment: Column,
    /// Areas live at the end of the year.
    pub live: Column,
    /// Cost of each area whose saving is realised and kept, start prices: its cost, times `φ`, times what is kept.
    pub credit: Vec<Column>,
    /// In-scope cost of each area over all members, start prices.
    pub total_cost: Vec<Column>,
    scratch: Box<[Column; 6]>,
}

impl Programme {
    pub fn new(model: &AllianceModel, years: usize) -> Self {
        let zero = Column::default();
        let member = MemberYear {
            own: zero,
            own_noncashable: zero,
            severance: zero,
            gross: zero,
            exit_cost: zero,
            financed: vec![zero; years],
            instalment: zero,
        };
        Self {
            own: AllianceColumns::default(),
            areas: model.areas.iter().map(AreaState::new).collect(),
            delivery: Delivery::new(model),
            opened: zero,
            clock: zero,
            pace: zero,
            platform_due: zero,
            platform: zero,
            settled: zero,
            abortive_borne: zero,
            members: vec![member; model.members.len()],
            cashable: zero,
            noncashable: zero,
            team: zero,
            financed: zero,
            other: zero,
            investment: zero,
            live: zero,
            credit: vec![zero; model.areas.len()],
            total_cost: vec![zero; model.areas.len()],
            scratch: Box::default(),
        }
    }

    /// Shares by origin are those of in-scope costs.
    pub fn weigh_by_origin(&self, model: &AllianceModel, governance: &mut Governance, isa: Isa) {
        let mut total = Column::default();
        for (m, member) in governance.members.iter_mut().enumerate() {
            member.weight = Column::default();
            for (area, state) in model.areas.iter().zip(&self.areas) {
                match &area.shares[m] {
                    CostShare::Of(share) => add_scaled(isa, &mut member.weight, &state.cost, *share),
                    CostShare::Own(_) => add_scaled(isa, &mut member.weight, &state.member_cost[m], 1.0),
                }
            }
            add_scaled(isa, &mut total, &member.weight, 1.0);
        }
        for member in &mut governance.members {
            normalise(isa, &mut member.weight, &total, 1.0 / model.members.len() as f64);
        }
    }

    /// Adds up each area's cost over the members.
    pub fn add_up_costs(&mut self, model: &AllianceModel, isa: Isa) {
        for ((area, state), total) in model.areas.iter().zip(&self.areas).zip(&mut self.total_cost) {
            *total = Column::default();
            for (m, share) in area.shares.iter().enumerate() {
                match share {
                    CostShare::Of(part) => add_scaled(isa, total, &state.cost, *part),
                    CostShare::Own(_) => add_scaled(isa, total, &state.member_cost[m], 1.0),
                }
            }
        }
    }

    /// Sets the clock to the start of the first year. What was reached before is dated before.
    pub fn wind(&mut self, model: &AllianceModel, governance: &Governance, isa: Isa) {
        product(isa, &mut self.platform_due, &self.own.ict_ready, &self.own.ict_slip);
        let begins = begins(model, governance);
        open_clock(isa, &mut self.clock, &begins);
        let due = [(&self.platform_due, &mut self.platform), (&self.delivery.settled, &mut self.settled)];
        for (when, date) in due.into_iter().chain(self.areas.iter_mut().map(|a| (&a.done, &mut a.live))) {
            reached_before(isa, date, when, &begins, &self.clock);
        }
        failed_before(
            isa,
            &mut self.abortive_borne,
            &governance.refused,
            model.merger.as_ref().map_or(0.0, |m| m.decision),
        );
        self.pace = Column::splat(1.0);
    }

    /// Runs the clock through year `t` and dates what it passes.
    pub fn advance(&mut self, model: &AllianceModel, governance: &Governance, t: f64, isa: Isa) {
        let begins = begins(model, governance);
        let [from, ..] = &mut *self.scratch;
        self.opened = self.clock;
        run_clock(isa, from, &mut self.clock, &self.pace, &begins, &governance.end, t);
        let due = [(&self.platform_due, &mut self.platform), (&self.delivery.settled, &mut self.settled)];
        for (when, date) in due.into_iter().chain(self.areas.iter_mut().map(|a| (&a.done, &mut a.live))) {
            reach(isa, date, when, from, &self.opened, &self.clock, &self.pace, &governance.end, t);
        }
    }

    /// Dates what lies beyond the horizon `years`, had the programme gone on at full pace.
    pub fn look_beyond(&mut self, model: &AllianceModel, governance: &Governance, years: f64, isa: Isa) {
        let begins = begins(model, governance);
        let due = [(&self.platform_due, &mut self.platform), (&self.delivery.settled, &mut self.settled)];
        for (when, date) in due.into_iter().chain(self.areas.iter_mut().map(|a| (&a.done, &mut a.live))) {
            reach_beyond(isa, date, when, &begins, &self.clock, &governance.end, years);
        }
    }

    /// Savings and spending of year `t`, in total and, before sharing, by member.
    pub fn run_year(
        &mut self,
        model: &AllianceModel,
        governance: &Governance,
        cost_index: &Column,
        t: f64,
        credits: bool,
        isa: Isa,
    ) {
        for member in &mut self.members {
            member.own = Column::default();
            member.own_noncashable = Column::default();
            member.severance = Column::default();
        }
        self.live = Column::default();
        self.other = Column::default();
        for (a, area) in model.areas.iter().enumerate() {
            self.run_area(a, area, governance, t, credits, isa);
        }
        self.add_up_savings(governance, cost_index, isa);
        self.spend(model, governance, cost_index, t, isa);
    }

    fn run_area(&mut self, a: usize, area: &AreaModel, governance: &Governance, t: f64, credits: bool, isa: Isa) {
        let [realised, leaving_pay, kept, ..] = &mut *self.scratch;
        let state = &self.areas[a];
        if area.needs_ict {
            realise_with_platform(
                isa,
                realised,
                &state.live,
                &state.own.ramp,
                &state.half_inverse_ramp,
                &self.platform,
                &self.own.workaround,
                t,
            );
        } else {
            realise(isa, realised, &state.live, &state.own.ramp, &state.half_inverse_ramp, t);
        }
        date_area(isa, leaving_pay, &mut self.live, &state.live, &governance.end, t);
        spend_in_programme(
            isa,
            &mut self.other,
            &self.opened,
            &self.clock,
            &state.spend_from,
            &state.spend_to,
            &state.spend,
        );
        if credits {
            *kept = Column::default();
        }
        for (m, share) in area.shares.iter().enumerate() {
            let (year, member) = (&mut self.members[m], &governance.members[m]);
            let (own, other, severance) = (&mut year.own, &mut year.own_noncashable, &mut year.severance);
            let (worth, worth_other) = (&state.cashable, &state.noncashable);
            match share {
                CostShare::Of(part) => {
                    add_member(
                        isa,
                        own,
                        other,
                        severance,
                        worth,
                        worth_other,
                        realised,
                        leaving_pay,
                        &state.live,
                        &member.leaves,
                        *part,
                    );
                    if credits {
                        keep_part(isa, kept, &state.live, &member.leaves, &member.keep, *part);
                    }
                }
                CostShare::Own(_) => {
                    let cost = &state.member_cost[m];
                    add_member_cost(
                        isa,
                        own,
                        other,
                        severance,
                        worth,
                        worth_other,
                        realised,
                        leaving_pay,
                        &state.live,
                        &member.leaves,
                        cost,
                    );
                    if credits {
                        keep_cost(isa, kept, &state.live, &member.leaves, &member.keep, cost);
                    }
                }
            }
        }
        if credits {
            credit(isa, &mut self.credit[a], kept, &state.cost, realised);
        }
    }

    /// Pools the savings of the members that are in and shares them.
    fn add_up_savings(&mut self, governance: &Governance, cost_index: &Column, isa: Isa) {
        let [pool, ..] = &mut *self.scratch;
        *pool = Column::default();
        self.cashable = Column::default();
        self.noncashable = Column::default();
        for (year, member) in self.members.iter_mut().zip(&governance.members) {
            index_savings(
                isa,
                &mut year.own,
                &year.own_noncashable,
                &mut self.cashable,
                &mut self.noncashable,
                pool,
                &member.keep,
                &member.inside,
                cost_index,
            );
        }
        for (year, member) in self.members.iter_mut().zip(&governance.members) {
            if governance.by_origin {
                year.gross = year.own;
            } else {
                share_savings(isa, &mut year.gross, &year.own, pool, &member.share, &member.inside);
            }
        }
    }

    fn spend(&mut self, model: &AllianceModel, governance: &Governance, cost_index: &Column, t: f64, isa: Isa) {
        for year in &self.members {
            add_product(isa, &mut self.other, &self.own.severance, &year.severance);
        }
        pay_team(isa, &mut self.team, &self.own.team, &self.settled, &governance.end, model.start, t);
        self.financed = Column::default();
        build_platform(
            isa,
            &mut self.financed,
            &self.own.ict_capital,
            &self.own.ict_overrun,
            &self.opened,
            &self.clock,
            &self.platform_due,
        );
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
        index_spending(isa, &mut self.team, &mut self.financed, &mut self.other, &mut self.investment, cost_index);
    }

    /// Adds the exits that fall due in year `t` to what members pay.
    pub fn pay_exits(&mut self, governance: &Governance, cost_index: &Column, t: f64, isa: Isa) {
        for year in &mut self.members {
            year.exit_cost = Column::default();
        }
        for leaver in &governance.members {
            let due =
                |i: usize| leaver.notice[i] < f64::INFINITY && leaver.leaves[i] >= t && leaver.leaves[i] < t + 1.0;
            if !(0..BLOCK).any(due) {
                continue;
            }
            let [staying, together, ..] = &mut *self.scratch;
            *staying = Column::default();
            *together = Column::default();
            for other in &governance.members {
                count_payers(isa, staying, together, &other.notice, &other.leaves, &leaver.leaves);
            }
            for (year, payer) in self.members.iter_mut().zip(&governance.members) {
                let is_leaver = std::ptr::eq(payer, leaver);
                pay_exit(
                    isa,
                    &mut year.exit_cost,
                    &mut self.investment,
                    &payer.notice,
                    &leaver.notice,
                    &leaver.leaves,
                    staying,
                    together,
                    &governance.exit.cost,
                    &governance.exit.leaver_share,
                    cost_index,
                    is_leaver,
                    t,
                );
            }
        }
    }

    /// Spreads this year's financed spending, by the shares of this year, and adds up the instalments due.
    pub fn finance(&mut self, governance: &Governance, years: usize, t: usize, isa: Isa) {
        for (year, member) in self.members.iter_mut().zip(&governance.members) {
            product(isa, &mut year.financed[t], &self.financed, &member.share);
            year.instalment = Column::default();
            for spent in &year.financed[(t + 1).saturating_sub(years)..=t] {
                add_scaled(isa, &mut year.instalment, spent, 1.0 / years as f64);
            }
        }
    }
}

/// When the clock starts: on the programme's start; a merger's, on vesting.
fn begins(model: &AllianceModel, governance: &Governance) -> Column {
    if model.merger.is_some() { governance.vests } else { Column::splat(model.start) }
}

vectorised! {
    fn product(out: &mut Column, a: &Column, b: &Column) {
        for i in 0..BLOCK {
            out[i] = a[i] * b[i];
        }
    }

    fn add_product(out: &mut Column, a: &Column, b: &Column) {
        for i in 0..BLOCK {
            out[i] += a[i] * b[i];
        }
    }

    fn add_scaled(out: &mut Column, x: &Column, by: f64) {
        for i in 0..BLOCK {
            out[i] += x[i] * by;
        }
    }

    fn normalise(weight: &mut Column, total: &Column, equal: f64) {
        for i in 0..BLOCK {
            let part = weight[i] / total[i];
            weight[i] = if total[i] > 0.0 { part } else { equal };
        }
    }

    fn open_clock(clock: &mut Column, begins: &Column) {
        for i in 0..BLOCK {
            clock[i] = max(-begins[i], 0.0);
        }
    }

    fn reached_before(date: &mut Column, when: &Column, begins: &Column, clock: &Column) {
        for i in 0..BLOCK {
            date[i] = if when[i] < clock[i] { begins[i] + when[i] } else { f64::INFINITY };
        }
    }

    /// Part of the cost of a refusal that fell before the first year.
    fn failed_before(borne: &mut Column, refused: &Column, decision: f64) {
        for i in 0..BLOCK {
            borne[i] = refused[i] * clamp(1.0 - decision, 0.0, 1.0);
        }
    }

    /// The clock at the end of year `t`, and the moment from which it ran in it.
    fn run_clock(from: &mut Column, clock: &mut Column, pace: &Column, begins: &Column, end: &Column, t: f64) {
        for i in 0..BLOCK {
            from[i] = max(begins[i], t);
            clock[i] += pace[i] * max(min(end[i], t + 1.0) - from[i], 0.0);
        }
    }

    /// Dates a programme time that the clock has come to and that has no date yet. A clock that has started shows 0 even when it stalls.
    fn reach(
        date: &mut Column, when: &Column, from: &Column, opened: &Column, clock: &Column, pace: &Column, end: &Column, t: f64,
    ) {
        for i in 0..BLOCK {
            let runs = from[i] < min(end[i], t + 1.0);
            let passed = date[i] == f64::INFINITY && when[i] <= clock[i] && runs;
            let on_the_way = from[i] + (when[i] - opened[i]) / pace[i];
            let at = if when[i] > opened[i] { on_the_way } else { from[i] };
            date[i] = if passed { at } else { date[i] };
        }
    }

    /// Dates a programme time beyond the horizon; leaves at ∞ what an end forestalls.
    fn reach_beyond(date: &mut Column, when: &Column, begins: &Column, clock: &Column, end: &Column, years: f64) {
        for i in 0..BLOCK {
            let at = max(begins[i], years) + (when[i] - clock[i]);
            let reached = if date[i] == f64::INFINITY { at } else { date[i] };
            date[i] = if reached < end[i] { reached } else { f64::INFINITY };
        }
    }

    /// Realised fraction `φ` of a year in an area that does not wait for the platform.
    fn realise(out: &mut Column, live: &Column, ramp: &Column, half_inverse: &Column, t: f64) {
        for i in 0..BLOCK {
            let (r, h) = (ramp[i], half_inverse[i]);
            out[i] = ramp_integral(t + 1.0 - live[i], r, h) - ramp_integral(t - live[i], r, h);
        }
    }

    /// The same where only workarounds serve until the platform is ready.
    fn realise_with_platform(
        out: &mut Column, live: &Column, ramp: &Column, half_inverse: &Column, platform: &Column, workaround: &Column, t: f64,
    ) {
        for i in 0..BLOCK {
            let (r, h) = (ramp[i], half_inverse[i]);
            let closing = ramp_integral(t + 1.0 - live[i], r, h);
            let opening = ramp_integral(t - live[i], r, h);
            let ready = ramp_integral(clamp(platform[i], t, t + 1.0) - live[i], r, h);
            out[i] = workaround[i] * (closing - opening) + (1.0 - workaround[i]) * (closing - ready);
        }
    }

    /// Part of the year after going live in which severance is paid this year; counts areas live at its end.
    fn date_area(leaving_pay: &mut Column, count: &mut Column, live: &Column, end: &Column, t: f64) {
        for i in 0..BLOCK {
            leaving_pay[i] = overlap(live[i], live[i] + 1.0, t, min(end[i], t + 1.0));
            count[i] += flag(live[i] <= t + 1.0 && end[i] > t + 1.0);
        }
    }

    fn spend_in_programme(out: &mut Column, opened: &Column, clock: &Column, from: &Column, to: &Column, amount: &Column) {
        for i in 0..BLOCK {
            out[i] += amount[i] * share_spent(opened[i], clock[i], from[i], to[i]);
        }
    }

    /// Adds what an area saves in the costs of a member that was in when it went live.
    fn add_member(
        own: &mut Column, other: &mut Column, severance: &mut Column, worth: &Column, worth_other: &Column, realised: &Column,
        leaving_pay: &Column, live: &Column, leaves: &Column, part: f64,
    ) {
        for i in 0..BLOCK {
            let share = if live[i] < leaves[i] { part } else { 0.0 };
            own[i] += worth[i] * realised[i] * share;
            other[i] += worth_other[i] * realised[i] * share;
            severance[i] += worth[i] * leaving_pay[i] * share;
        }
    }

    fn add_member_cost(
        own: &mut Column, other: &mut Column, severance: &mut Column, worth: &Column, worth_other: &Column, realised: &Column,
        leaving_pay: &Column, live: &Column, leaves: &Column, cost: &Column,
    ) {
        for i in 0..BLOCK {
            let share = if live[i] < leaves[i] { cost[i] } else { 0.0 };
            own[i] += worth[i] * realised[i] * share;
            other[i] += worth_other[i] * realised[i] * share;
            severance[i] += worth[i] * leaving_pay[i] * share;
        }
    }

    fn keep_part(kept: &mut Column, live: &Column, leaves: &Column, keep: &Column, part: f64) {
        for i in 0..BLOCK {
            kept[i] += if live[i] < leaves[i] { part * keep[i] } else { 0.0 };
        }
    }

    fn keep_cost(kept: &mut Column, live: &Column, leaves: &Column, keep: &Column, cost: &Column) {
        for i in 0..BLOCK {
            kept[i] += if live[i] < leaves[i] { cost[i] * keep[i] } else { 0.0 };
        }
    }

    fn credit(out: &mut Column, kept: &Column, cost: &Column, realised: &Column) {
        for i in 0..BLOCK {
            out[i] = kept[i] * cost[i] * realised[i];
        }
    }

    /// Savings of one member in this year's prices, and its part of the pool.
    fn index_savings(
        own: &mut Column, own_other: &Column, total: &mut Column, total_other: &mut Column, pool: &mut Column, keep: &Column,
        inside: &Column, index: &Column,
    ) {
        for i in 0..BLOCK {
            let factor = keep[i] * index[i];
            own[i] *= factor;
            total[i] += own[i];
            total_other[i] += own_other[i] * factor;
            pool[i] += own[i] * inside[i];
        }
    }

    fn share_savings(gross: &mut Column, own: &Column, pool: &Column, share: &Column, inside: &Column) {
        for i in 0..BLOCK {
            gross[i] = pool[i] * share[i] + own[i] * (1.0 - inside[i]);
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

    /// Counts the members without notice when one leaves, and those that leave with it on the same day.
    fn count_payers(staying: &mut Column, together: &mut Column, notice: &Column, leaves: &Column, day: &Column) {
        for i in 0..BLOCK {
            staying[i] += flag(notice[i] > day[i]);
            together[i] += flag(notice[i] < f64::INFINITY && (leaves[i] - day[i]).abs() <= 0.0);
        }
    }

    /// A leaver pays its share of the exit and those who stay the rest; where nobody stays, the leavers of the day pay it together.
    fn pay_exit(
        paid: &mut Column, investment: &mut Column, notice: &Column, leaver_notice: &Column, day: &Column, staying: &Column,
        together: &Column, cost: &Column, leaver_share: &Column, index: &Column, is_leaver: bool, t: f64,
    ) {
        for i in 0..BLOCK {
            let due = leaver_notice[i] < f64::INFINITY && day[i] >= t && day[i] < t + 1.0;
            let own = if staying[i] > 0.5 { leaver_share[i] } else { 1.0 / together[i] };
            let rest = if notice[i] > day[i] { (1.0 - leaver_share[i]) / staying[i] } else { 0.0 };
            let part = if is_leaver { own } else { rest };
            let amount = if due { cost[i] * part * index[i] } else { 0.0 };
            paid[i] += amount;
            investment[i] += amount;
        }
    }
}

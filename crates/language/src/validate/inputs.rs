//! Every quantity and every standard draw of a scenario under its key.

use engine::alliance::{Alliance, Area, AreaCost, Contact, Force, Scenario, Series};
use engine::uncertainty::Quantity;

/// A quantity, or a standard draw, and whether it is drawn anew every year.
pub struct Drawn<'a> {
    /// Its key.
    pub key: String,
    /// The quantity; none for a standard draw.
    pub quantity: Option<&'a Quantity>,
    /// Whether it is drawn every year.
    pub yearly: bool,
}

/// Everything that a model of the scenario may draw.
#[must_use]
pub fn inputs(scenario: &Scenario) -> Vec<Drawn<'_>> {
    let mut list = List(Vec::new());
    let economy = &scenario.economy;
    list.once([&economy.pay_share]);
    for series in [&economy.inflation, &economy.pay, &economy.tax_base_growth] {
        list.series(series);
    }
    list.0.extend([&economy.limit.pounds, &economy.limit.percent].map(|quantity| drawn(quantity, true)));
    list.once([&scenario.funding.local_sd]);
    for regime in &scenario.funding.regimes {
        list.once([&regime.growth, &regime.sd]);
    }
    list.yearly(["funding.regime", "funding.grant_shock"]);
    let ledger = &scenario.ledger;
    list.once([&ledger.min_reserves, &ledger.max_reserves, &ledger.gap_closure, &ledger.cut_recurrence]);
    list.once([&ledger.foresight, &ledger.officers_follow_cuts]);
    let resilience = &scenario.resilience;
    list.once([&resilience.chi, &resilience.x_max, &resilience.incident_cost, &resilience.reimbursed]);
    scenario.forces.iter().for_each(|force| list.force(force));
    scenario.alliances.iter().for_each(|alliance| list.alliance(alliance, &scenario.forces));
    scenario.contact.iter().for_each(|contact| list.contact(contact));
    list.once(scenario.benefits.iter().map(|benefit| &benefit.full_effect));
    list.0
}

struct List<'a>(Vec<Drawn<'a>>);

fn drawn(quantity: &Quantity, yearly: bool) -> Drawn<'_> {
    Drawn { key: quantity.key.clone(), quantity: Some(quantity), yearly }
}

impl<'a> List<'a> {
    fn once(&mut self, quantities: impl IntoIterator<Item = &'a Quantity>) {
        self.0.extend(quantities.into_iter().map(|quantity| drawn(quantity, false)));
    }

    fn yearly<T: Into<String>>(&mut self, keys: impl IntoIterator<Item = T>) {
        self.0.extend(keys.into_iter().map(|key| Drawn { key: key.into(), quantity: None, yearly: true }));
    }

    fn standard(&mut self, key: String) {
        self.0.push(Drawn { key, quantity: None, yearly: false });
    }

    fn series(&mut self, series: &'a Series) {
        self.once(&series.mean);
        self.once([&series.sd, &series.persistence]);
        self.yearly([series.key.as_str()]);
    }

    fn force(&mut self, force: &'a Force) {
        self.once([&force.opening_gap, &force.demand_growth, &force.uptake, &force.deployable_share, &force.appetite]);
        self.once([&force.mutual_aid]);
        let own = &force.ledger;
        self.once([&own.min_reserves, &own.max_reserves, &own.gap_closure, &own.cut_recurrence].into_iter().flatten());
        self.once([&own.foresight, &own.officers_follow_cuts].into_iter().flatten());
        self.yearly([format!("{}.grant_shock", force.key)]);
        if let Some(surge) = &force.surge {
            self.once([&surge.rate, &surge.x_min, &surge.alpha]);
            self.yearly([format!("{}.surge", force.key)]);
        }
    }

    fn alliance(&mut self, alliance: &'a Alliance, forces: &[Force]) {
        let a = alliance;
        self.once([&a.agree, &a.board_cycle, &a.slip, &a.consultation, &a.ict_ready, &a.ict_slip, &a.workaround]);
        self.once([&a.realisation, &a.attributable, &a.team, &a.overrun, &a.severance, &a.ict_capital, &a.ict_overrun]);
        self.once([&a.design_share, &a.stalled_pace, &a.stall_cut, &a.reach, &a.retained, &a.unwind]);
        self.once([&a.attributable_cost, &a.running, &a.ict_cancelled, &a.ict_cancel_at, &a.ict_cancel_cost]);
        self.once([&a.finance_rate, &a.scale_loss, &a.overlap]);
        if a.can_stop_ict() {
            self.standard(format!("{}.ict_stopped", a.key));
        }
        if let Some(review) = &a.review {
            self.once([&review.base, &review.weight]);
            self.yearly([format!("{}.stopped", a.key)]);
        }
        let e = &a.exit;
        self.once([
            &e.base,
            &e.election_weight,
            &e.loss_weight,
            &e.appetite_weight,
            &e.voice_weight,
            &e.notice,
            &e.cost,
            &e.leaver_share,
            &e.fixed_share,
        ]);
        let members: Vec<&str> =
            a.members.iter().filter_map(|id| forces.get(id.0)).map(|force| force.key.as_str()).collect();
        self.yearly(members.iter().map(|member| format!("{}.{member}.exit", a.key)));
        if let Some(merger) = &a.merger {
            self.once(&merger.consent);
            self.once([
                &merger.rise_aversion,
                &merger.ministerial_approval,
                &merger.setup,
                &merger.abortive_cost,
                &merger.equalise_years,
            ]);
            members.iter().for_each(|member| self.standard(format!("{}.{member}.consent", a.key)));
            self.standard(format!("{}.minister", a.key));
        }
        a.areas.iter().for_each(|area| self.area(area));
    }

    fn area(&mut self, area: &'a Area) {
        match &area.cost {
            AreaCost::Total(cost) => self.once([cost]),
            AreaCost::ByMember(costs) => self.once(costs),
        }
        self.once([&area.saving, &area.noncashable, &area.submit, &area.implement, &area.slip, &area.approve]);
        self.once([&area.consultation, &area.oneoff, &area.ramp, &area.running]);
        self.standard(format!("{}.approved", area.key));
        self.standard(format!("{}.meetings", area.key));
    }

    fn contact(&mut self, contact: &'a Contact) {
        self.once([&contact.target_s, &contact.agents_saved]);
        self.once(contact.forces.iter().flat_map(|force| [&force.calls, &force.aht_s]));
    }
}

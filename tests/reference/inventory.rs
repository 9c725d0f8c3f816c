//! Every draw that a scenario can ask for, by its key, so that they can be compiled.

use std::collections::HashMap;

use engine::alliance::{Alliance, Area, AreaCost, Contact, Force, Scenario};
use engine::uncertainty::{DrawsBuilder, Input, Quantity, Standard};

use crate::reference::stops::may_be;

/// Registers draws and remembers them by key.
#[derive(Default)]
pub struct Inventory {
    pub builder: DrawsBuilder,
    pub inputs: HashMap<String, Input>,
}

impl Inventory {
    /// All draws of a scenario.
    pub fn of(scenario: &Scenario) -> Self {
        let mut all = Self::default();
        all.economy(scenario);
        all.funding(scenario);
        for force in &scenario.forces {
            all.force(force);
        }
        for alliance in &scenario.alliances {
            all.alliance(alliance, scenario);
            all.events(alliance, scenario);
        }
        for benefit in &scenario.benefits {
            all.once(&[&benefit.full_effect]);
        }
        if let Some(contact) = &scenario.contact {
            all.contact(contact);
        }
        all
    }

    fn once(&mut self, quantities: &[&Quantity]) {
        for quantity in quantities {
            let input = self.builder.quantity(quantity);
            self.inputs.insert(quantity.key.clone(), input);
        }
    }

    fn yearly(&mut self, quantity: &Quantity) {
        let input = self.builder.yearly(quantity);
        self.inputs.insert(quantity.key.clone(), input);
    }

    fn standard(&mut self, key: &str, shape: Standard) {
        let input = self.builder.standard(key, shape, 0.0);
        self.inputs.insert(key.to_owned(), input);
    }

    fn standard_yearly(&mut self, key: &str, shape: Standard) {
        let input = self.builder.standard_yearly(key, shape, 0.0);
        self.inputs.insert(key.to_owned(), input);
    }

    fn economy(&mut self, scenario: &Scenario) {
        let economy = &scenario.economy;
        self.once(&[&economy.pay_share]);
        for series in [&economy.inflation, &economy.pay, &economy.tax_base_growth] {
            self.standard_yearly(&series.key, Standard::Normal);
            self.once(&[&series.sd, &series.persistence]);
            for mean in &series.mean {
                self.once(&[mean]);
            }
        }
        self.yearly(&economy.limit.pounds);
        self.yearly(&economy.limit.percent);
    }

    fn funding(&mut self, scenario: &Scenario) {
        let (funding, ledger, resilience) = (&scenario.funding, &scenario.ledger, &scenario.resilience);
        for regime in &funding.regimes {
            self.once(&[&regime.growth, &regime.sd]);
        }
        self.once(&[&funding.local_sd]);
        self.standard_yearly("funding.regime", Standard::Uniform);
        self.standard_yearly("funding.grant_shock", Standard::Normal);
        self.once(&[&ledger.min_reserves, &ledger.max_reserves, &ledger.gap_closure, &ledger.cut_recurrence]);
        self.once(&[&ledger.foresight, &ledger.officers_follow_cuts]);
        self.once(&[&resilience.chi, &resilience.x_max, &resilience.incident_cost, &resilience.reimbursed]);
    }

    fn force(&mut self, force: &Force) {
        self.once(&[&force.opening_gap, &force.demand_growth, &force.uptake, &force.deployable_share, &force.appetite]);
        self.once(&[&force.mutual_aid]);
        if let Some(surge) = &force.surge {
            self.once(&[&surge.rate, &surge.x_min, &surge.alpha]);
        }
        let own = &force.ledger;
        for quantity in [
            &own.min_reserves,
            &own.max_reserves,
            &own.gap_closure,
            &own.cut_recurrence,
            &own.foresight,
            &own.officers_follow_cuts,
        ]
        .into_iter()
        .flatten()
        {
            self.once(&[quantity]);
        }
        self.standard_yearly(&format!("{}.grant_shock", force.key), Standard::Normal);
        self.standard_yearly(&format!("{}.surge", force.key), Standard::Gumbel);
    }

    fn alliance(&mut self, k: &Alliance, scenario: &Scenario) {
        self.once(&[&k.agree, &k.board_cycle, &k.slip, &k.consultation, &k.ict_ready, &k.ict_slip, &k.workaround]);
        self.once(&[
            &k.realisation,
            &k.attributable,
            &k.team,
            &k.overrun,
            &k.severance,
            &k.ict_capital,
            &k.ict_overrun,
        ]);
        self.once(&[&k.design_share, &k.stalled_pace, &k.stall_cut, &k.reach, &k.retained, &k.unwind]);
        let exit = &k.exit;
        self.once(&[&exit.base, &exit.election_weight, &exit.loss_weight, &exit.appetite_weight, &exit.voice_weight]);
        self.once(&[&exit.notice, &exit.cost, &exit.leaver_share, &exit.fixed_share]);
        self.once(&[&k.attributable_cost, &k.running, &k.ict_cancelled, &k.ict_cancel_at, &k.ict_cancel_cost]);
        self.once(&[&k.finance_rate, &k.scale_loss, &k.overlap]);
        if let Some(review) = &k.review {
            self.once(&[&review.base, &review.weight]);
            self.standard_yearly(&format!("{}.stopped", k.key), Standard::Logistic);
        }
        if may_be(&k.ict_cancelled) {
            self.standard(&format!("{}.ict_stopped", k.key), Standard::Uniform);
        }
        for area in &k.areas {
            self.area(area);
        }
        if let Some(merger) = &k.merger {
            self.once(&[&merger.rise_aversion, &merger.ministerial_approval, &merger.setup, &merger.abortive_cost]);
            self.once(&[&merger.equalise_years]);
            for (force, consent) in k.members.iter().zip(&merger.consent) {
                self.once(&[consent]);
                self.standard(&format!("{}.{}.consent", k.key, scenario.forces[force.0].key), Standard::Logistic);
            }
            self.standard(&format!("{}.minister", k.key), Standard::Uniform);
        }
    }

    fn events(&mut self, k: &Alliance, scenario: &Scenario) {
        for force in &k.members {
            self.standard_yearly(&format!("{}.{}.exit", k.key, scenario.forces[force.0].key), Standard::Logistic);
        }
        for area in &k.areas {
            self.standard(&format!("{}.approved", area.key), Standard::Uniform);
            self.standard(&format!("{}.meetings", area.key), Standard::Exponential);
        }
    }

    fn area(&mut self, area: &Area) {
        match &area.cost {
            AreaCost::Total(total) => self.once(&[total]),
            AreaCost::ByMember(each) => each.iter().for_each(|cost| self.once(&[cost])),
        }
        self.once(&[&area.saving, &area.noncashable, &area.submit, &area.implement, &area.slip, &area.approve]);
        self.once(&[&area.consultation, &area.oneoff, &area.ramp, &area.running]);
    }

    fn contact(&mut self, contact: &Contact) {
        self.once(&[&contact.target_s, &contact.agents_saved]);
        for force in &contact.forces {
            self.once(&[&force.calls, &force.aht_s]);
        }
    }
}

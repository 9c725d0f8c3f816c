//! Every number of a scenario that may be uncertain, to be changed one by one.

use engine::alliance::{AreaCost, Scenario};
use engine::uncertainty::Quantity;

/// Shows every quantity of a scenario, once each.
pub fn every_quantity(scenario: &mut Scenario, see: &mut dyn FnMut(&mut Quantity)) {
    let economy = &mut scenario.economy;
    see(&mut economy.pay_share);
    for series in [&mut economy.inflation, &mut economy.pay, &mut economy.tax_base_growth] {
        series.mean.iter_mut().for_each(&mut *see);
        see(&mut series.sd);
        see(&mut series.persistence);
    }
    see(&mut economy.limit.pounds);
    see(&mut economy.limit.percent);
    for regime in &mut scenario.funding.regimes {
        see(&mut regime.growth);
        see(&mut regime.sd);
    }
    see(&mut scenario.funding.local_sd);
    let (ledger, resilience) = (&mut scenario.ledger, &mut scenario.resilience);
    see(&mut ledger.foresight);
    see(&mut ledger.officers_follow_cuts);
    [&mut ledger.min_reserves, &mut ledger.max_reserves, &mut ledger.gap_closure, &mut ledger.cut_recurrence]
        .into_iter()
        .for_each(&mut *see);
    [&mut resilience.chi, &mut resilience.x_max, &mut resilience.incident_cost, &mut resilience.reimbursed]
        .into_iter()
        .for_each(&mut *see);
    forces(scenario, see);
    alliances(scenario, see);
    scenario.benefits.iter_mut().for_each(|benefit| see(&mut benefit.full_effect));
    if let Some(contact) = &mut scenario.contact {
        see(&mut contact.target_s);
        see(&mut contact.agents_saved);
        for force in &mut contact.forces {
            see(&mut force.calls);
            see(&mut force.aht_s);
        }
    }
}

fn forces(scenario: &mut Scenario, see: &mut dyn FnMut(&mut Quantity)) {
    for f in &mut scenario.forces {
        [&mut f.opening_gap, &mut f.demand_growth, &mut f.uptake, &mut f.deployable_share, &mut f.appetite]
            .into_iter()
            .for_each(&mut *see);
        if let Some(surge) = &mut f.surge {
            [&mut surge.rate, &mut surge.x_min, &mut surge.alpha].into_iter().for_each(&mut *see);
        }
        see(&mut f.mutual_aid);
        let own = &mut f.ledger;
        [&mut own.min_reserves, &mut own.max_reserves, &mut own.gap_closure, &mut own.cut_recurrence]
            .into_iter()
            .flatten()
            .for_each(&mut *see);
        [&mut own.foresight, &mut own.officers_follow_cuts].into_iter().flatten().for_each(&mut *see);
    }
}

fn alliances(scenario: &mut Scenario, see: &mut dyn FnMut(&mut Quantity)) {
    for k in &mut scenario.alliances {
        [&mut k.agree, &mut k.board_cycle, &mut k.slip, &mut k.consultation, &mut k.ict_ready, &mut k.ict_slip]
            .into_iter()
            .for_each(&mut *see);
        [&mut k.workaround, &mut k.realisation, &mut k.attributable, &mut k.team, &mut k.overrun, &mut k.severance]
            .into_iter()
            .for_each(&mut *see);
        [&mut k.ict_capital, &mut k.ict_overrun, &mut k.design_share, &mut k.stalled_pace, &mut k.stall_cut]
            .into_iter()
            .for_each(&mut *see);
        [&mut k.reach, &mut k.retained, &mut k.unwind].into_iter().for_each(&mut *see);
        [&mut k.attributable_cost, &mut k.running, &mut k.ict_cancelled, &mut k.ict_cancel_at, &mut k.ict_cancel_cost]
            .into_iter()
            .for_each(&mut *see);
        [&mut k.finance_rate, &mut k.scale_loss, &mut k.overlap].into_iter().for_each(&mut *see);
        if let Some(review) = &mut k.review {
            [&mut review.base, &mut review.weight].into_iter().for_each(&mut *see);
        }
        let exit = &mut k.exit;
        [&mut exit.base, &mut exit.election_weight, &mut exit.loss_weight, &mut exit.appetite_weight]
            .into_iter()
            .for_each(&mut *see);
        [&mut exit.voice_weight, &mut exit.notice, &mut exit.cost, &mut exit.leaver_share, &mut exit.fixed_share]
            .into_iter()
            .for_each(&mut *see);
        for area in &mut k.areas {
            match &mut area.cost {
                AreaCost::Total(total) => see(total),
                AreaCost::ByMember(each) => each.iter_mut().for_each(&mut *see),
            }
            [&mut area.saving, &mut area.noncashable, &mut area.submit, &mut area.implement, &mut area.slip]
                .into_iter()
                .for_each(&mut *see);
            [&mut area.approve, &mut area.consultation, &mut area.oneoff, &mut area.ramp, &mut area.running]
                .into_iter()
                .for_each(&mut *see);
        }
        if let Some(merger) = &mut k.merger {
            [&mut merger.rise_aversion, &mut merger.ministerial_approval, &mut merger.setup]
                .into_iter()
                .for_each(&mut *see);
            [&mut merger.abortive_cost, &mut merger.equalise_years].into_iter().for_each(&mut *see);
            merger.consent.iter_mut().for_each(&mut *see);
        }
    }
}

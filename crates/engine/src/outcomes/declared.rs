//! Which outcomes are told of whom: for each owner one row an outcome, with its unit, how much is kept of it, and a line of meaning
//! (MODEL section 9).

use super::{Missing, Outcome, Owner, Tier};
use crate::units::Unit;

/// How often an outcome is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Span {
    /// Once, over the horizon.
    Horizon,
    /// For each year.
    Years,
    /// For each date of a programme report.
    Dates,
}

/// An outcome of one sort of owner.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Row {
    /// What is told.
    pub outcome: Outcome,
    /// Whether it is of the counterfactual in which every force stands alone.
    pub alone: bool,
    /// How often.
    pub span: Span,
    /// Its unit.
    pub unit: Unit,
    /// How much is kept.
    pub tier: Tier,
    /// What a missing value means.
    pub missing: Missing,
    /// One line for people.
    pub meaning: &'static str,
}

impl Row {
    const fn new(outcome: Outcome, unit: Unit, meaning: &'static str, (span, tier, missing): Kept) -> Self {
        Self { outcome, alone: false, span, unit, tier, missing, meaning }
    }

    /// The same had every force stood alone.
    #[must_use]
    pub const fn alone(&self) -> Self {
        Self { alone: true, ..*self }
    }

    /// Its line of meaning for an owner.
    #[must_use]
    pub fn told(&self, owner: &Owner) -> String {
        let of_force = matches!(owner, Owner::Force(_));
        if self.alone && of_force {
            format!("{}, had the force stood alone", self.meaning)
        } else {
            self.meaning.to_owned()
        }
    }

    /// The name under its owner, without year or date.
    #[must_use]
    pub fn name(&self) -> String {
        if self.alone { format!("{}_standalone", self.outcome) } else { self.outcome.to_string() }
    }
}

type Kept = (Span, Tier, Missing);
const ONCE: Kept = (Span::Horizon, Tier::Headline, Missing::Undefined);
const WHEN: Kept = (Span::Horizon, Tier::Headline, Missing::Never);
const YEARLY: Kept = (Span::Years, Tier::Yearly, Missing::Undefined);
const DETAIL: Kept = (Span::Years, Tier::Detail, Missing::Undefined);
const AREA: Kept = (Span::Horizon, Tier::Yearly, Missing::Undefined);
const AREA_WHEN: Kept = (Span::Horizon, Tier::Yearly, Missing::Never);
const ON_DATE: Kept = (Span::Dates, Tier::Headline, Missing::Undefined);

/// Declares a struct of column positions, the rows that stand in them, and the function that adds these in order.
macro_rules! declared {
    ($(#[$meta:meta])* $name:ident {
        $($field:ident: $outcome:ident $($alone:ident)?, $kept:ident, $unit:ident, $meaning:literal;)*
    }) => {
        $(#[$meta])*
        #[derive(Debug, Clone)]
        pub struct $name { $(#[doc = $meaning] pub $field: usize,)* }

        impl $name {
            /// What stands in it, in order.
            pub const ROWS: &[Row] =
                &[$(Row::new(Outcome::$outcome, Unit::$unit, $meaning, $kept)$(.$alone())?,)*];

            /// Has each of them added, in order, and keeps where it stands.
            pub fn add(mut add: impl FnMut(&Row) -> usize) -> Self {
                $(let $field = add(&Row::new(Outcome::$outcome, Unit::$unit, $meaning, $kept)$(.$alone())?);)*
                Self { $($field,)* }
            }
        }
    };
}

declared! {
    /// Outcomes of the whole scenario.
    Whole {
        npv: Npv, ONCE, MillionsPresent, "Net present value: additional cashable savings less additional investment";
        pv_saving: PvSaving, ONCE, MillionsPresent, "Present value of additional cashable savings";
        pv_investment: PvInvestment, ONCE, MillionsPresent, "Present value of additional investment";
        pv_noncashable: PvNoncashable, ONCE, MillionsPresent, "Present value of additional non-cashable savings";
        benefit_cost_ratio: BenefitCostRatio, ONCE, Ratio, "Present value of additional cashable savings over that of additional investment";
        benefit_cost_ratio_noncashable: BenefitCostRatioNoncashable, ONCE, Ratio, "The same, non-cashable savings added";
        payback: Payback, WHEN, Years, "Years from 1 April of the first year to the last time that cumulative net turns positive, cash";
        payback_discounted: PaybackDiscounted, WHEN, Years, "The same on present values";
        peak_funding_need: PeakFundingNeed, ONCE, Millions, "The deepest point of cumulative net";
        total_investment: TotalInvestment, ONCE, Millions, "All investment over the horizon";
        steady_saving: SteadySaving, ONCE, MillionsReal, "Gross cashable saving of the last year";
        unmet_total: UnmetTotal, ONCE, Officers, "Officers short in the worst surge of each year, summed over forces and years";
        unmet_total_standalone: UnmetTotal alone, ONCE, Officers, "The same had every force stood alone";
        years_without_shortfall: YearsWithoutShortfall, ONCE, Count, "Years in which every force met its worst surge";
        years_without_shortfall_standalone: YearsWithoutShortfall alone, ONCE, Count, "The same had every force stood alone";
        saving_cashable: SavingCashable, YEARLY, Millions, "Gross cashable saving";
        saving_noncashable: SavingNoncashable, YEARLY, Millions, "Gross non-cashable saving";
        saving_additional: SavingAdditional, YEARLY, Millions, "Cashable saving that the members would not have found alone";
        saving_cashable_real: SavingCashableReal, YEARLY, MillionsReal, "Gross cashable saving in first-year prices";
        investment: Investment, YEARLY, Millions, "All investment of the year";
        net: Net, YEARLY, Millions, "Additional cashable saving less additional investment";
        net_cumulative: NetCumulative, YEARLY, Millions, "The same, summed from the first year";
        areas_live: AreasLive, YEARLY, Count, "Business areas live at the end of the year in alliances that have not ended";
        unmet_officers: UnmetOfficers, YEARLY, Officers, "Officers short in the year's worst surges, summed over forces";
        unmet_officers_standalone: UnmetOfficers alone, YEARLY, Officers, "The same had every force stood alone";
        shortfall: Shortfall, YEARLY, Flag, "Whether any force was short of officers";
        shortfall_standalone: Shortfall alone, YEARLY, Flag, "The same had every force stood alone";
        regime: Regime, DETAIL, Count, "Funding regime, counted from 0 in the scenario's order";
        cost_index: CostIndex, DETAIL, Ratio, "Index of pay and prices, 1 in the first year";
        deflator: Deflator, DETAIL, Ratio, "Index of prices, 1 in the first year";
        inflation: Inflation, DETAIL, Share, "Growth of prices";
        pay_award: PayAward, DETAIL, Share, "Growth of pay";
        tax_base_growth: TaxBaseGrowth, DETAIL, Share, "Growth of the council-tax base";
    }
}

declared! {
    /// Investment of the whole scenario that members would not have borne alone, where some of it they would.
    Additional {
        investment: AdditionalInvestment, YEARLY, Millions, "Investment that the members would not have borne alone";
    }
}

declared! {
    /// Running costs of the whole scenario, where there are any.
    Running {
        cost: RunningCost, YEARLY, Millions, "Cost of running what is shared, part of investment";
    }
}

declared! {
    /// Outcomes of one ledger of one force, with the alliances or standalone.
    Ledger {
        lowest_reserves: LowestReserves, ONCE, Millions, "Lowest reserves at the end of any year";
        floor_breached: FloorBreached, ONCE, Flag, "Whether reserves ever fell to the floor and forced an emergency cut";
        officers_cut: OfficersCut, ONCE, Officers, "Officers' posts that the last year's service cuts amount to";
        not_viable_years: NotViableYears, ONCE, Count, "Years in which emergency cuts met the limit of half of spending";
        cuts: Cuts, ONCE, Millions, "Planned and emergency cuts over the horizon";
        reserves: Reserves, YEARLY, Millions, "Reserves at the end of the year";
        planned_cut: PlannedCut, DETAIL, Millions, "Recurring cut planned to close the structural gap";
        emergency_cut: EmergencyCut, DETAIL, Millions, "Cut forced by reserves at the floor";
        restored: Restored, DETAIL, Millions, "Earlier cuts restored";
        reinvestment: Reinvestment, DETAIL, Millions, "Reserves above the ceiling, spent once: what recurs of them restores earlier cuts";
        unmet_officers: UnmetOfficers, DETAIL, Officers, "Officers short in the year's worst surge";
    }
}

declared! {
    /// Outcomes of one force with the alliances.
    OfForce {
        npv: Npv, ONCE, MillionsPresent, "The force's share of net present value";
        payback: Payback, WHEN, Years, "Payback of the force's own share";
        loses: Loses, ONCE, Flag, "Whether the force's share of net present value is below 0";
        funding: Funding, YEARLY, Millions, "Grant, precept, other income and what equalisation yields to it";
        net: Net, YEARLY, Millions, "Its additional saving less its additional investment";
        saving: Saving, DETAIL, Millions, "Its share of additional cashable saving";
        saving_gross: SavingGross, DETAIL, Millions, "Its share of gross cashable saving";
        grant: Grant, DETAIL, Millions, "Government grant";
        precept: Precept, DETAIL, Millions, "Council-tax precept without equalisation";
        other_income: OtherIncome, DETAIL, Millions, "Other income";
        expenditure: Expenditure, DETAIL, Millions, "Spending before alliances and cuts";
        band_d: BandD, DETAIL, Pounds, "Police precept at Band D without equalisation";
        surge: Surge, DETAIL, Officers, "Officers that the year's worst surge calls for";
    }
}

declared! {
    /// Council tax of a force in a merger.
    CouncilTax {
        council_tax: CouncilTax, YEARLY, Pounds, "Police precept at Band D with equalisation";
        council_tax_change: CouncilTaxChange, YEARLY, Pounds, "What equalisation adds to it";
    }
}

declared! {
    /// Outcomes of one alliance.
    OfAlliance {
        ended: Ended, ONCE, Flag, "Whether it ended by the end of the horizon";
        ended_at: EndedAt, WHEN, Years, "When it ended";
        member_left: MemberLeft, ONCE, Flag, "Whether a member left by the end of the horizon";
        ict_ready: IctReady, WHEN, Years, "When the common ICT platform was ready";
        programme_settled: ProgrammeSettled, WHEN, Years, "When the last business area was live or dropped";
        saving_cashable: SavingCashable, YEARLY, Millions, "Its gross cashable saving";
        investment: Investment, YEARLY, Millions, "Its investment";
        areas_live: AreasLive, YEARLY, Count, "Its business areas live at the end of the year";
    }
}

declared! {
    /// What a merger adds.
    OfMerger {
        vested: Vested, ONCE, Flag, "Whether it vested within the horizon";
        npv_if_vested: NpvIfVested, ONCE, MillionsPresent, "Net present value of the whole scenario where it vested; missing elsewhere";
        npv_if_not_vested: NpvIfNotVested, ONCE, MillionsPresent, "Net present value of the whole scenario where it did not vest; missing elsewhere";
        equalisation_yield: EqualisationYield, YEARLY, Millions, "Council tax raised, or given up, by equalisation";
    }
}

declared! {
    /// Outcomes of the one fund of a merged force.
    OfFund {
        lowest_reserves: LowestReserves, ONCE, Millions, "Lowest reserves of the merged force at the end of any year";
        floor_breached: FloorBreached, ONCE, Flag, "Whether reserves of the merged force ever fell to the floor and forced an emergency cut";
        officers_cut: OfficersCut, ONCE, Officers, "Officers' posts that the merged force's service cuts of the last year amount to";
        not_viable_years: NotViableYears, ONCE, Count, "Years in which the merged force's emergency cuts met the limit of half of spending";
        cuts: Cuts, ONCE, Millions, "Planned and emergency cuts of the merged force";
        reserves: Reserves, YEARLY, Millions, "Reserves of the merged force at the end of the year";
        planned_cut: PlannedCut, YEARLY, Millions, "Recurring cut planned by the merged force";
        emergency_cut: EmergencyCut, YEARLY, Millions, "Cut of the merged force forced by reserves at the floor";
        restored: Restored, DETAIL, Millions, "Earlier cuts restored by the merged force";
        reinvestment: Reinvestment, DETAIL, Millions, "Reserves of the merged force above the ceiling, spent once";
    }
}

declared! {
    /// What is told of an ICT platform that may be stopped.
    OfPlatform {
        ict_stopped: IctStopped, ONCE, Flag, "Whether the common ICT platform was stopped by the end of the horizon";
    }
}

declared! {
    /// What is told of a programme that is reviewed.
    OfReview {
        stopped: Stopped, ONCE, Flag, "Whether a review stopped its programme by the end of the horizon";
        stopped_at: StoppedAt, WHEN, Years, "When a review stopped its programme";
        areas_given_up: AreasGivenUp, ONCE, Count, "Business areas that were dropped when it was stopped";
    }
}

declared! {
    /// Outcomes of one member of an alliance.
    OfMember {
        left: Left, ONCE, Flag, "Whether it left by the end of the horizon";
        leaves_at: LeavesAt, WHEN, Years, "When it left";
    }
}

declared! {
    /// Outcomes of contact management.
    OfContact {
        contact_answered: ContactAnswered, YEARLY, Share, "Calls answered within the target time";
        contact_answered_standalone: ContactAnswered alone, YEARLY, Share, "The same had every force stood alone";
    }
}

declared! {
    /// Outcomes of a target.
    OfTarget {
        met: Met, ONCE, Flag, "Whether the measure reached the amount in the year due";
        first_year: FirstYear, WHEN, Years, "First year in which the measure reaches the amount, counted from the first year";
    }
}

declared! {
    /// Outcomes of one business area.
    OfArea {
        live: Live, AREA_WHEN, Years, "When it went live";
        saving: Saving, AREA, Millions, "Its gross cashable saving in the last year";
    }
}

declared! {
    /// Outcomes of the date of a programme report.
    OnDate {
        saving: ImplementedSaving, ON_DATE, Millions, "Saving of the areas live on the date: what programme reports call implemented";
        areas_live: AreasLive, ON_DATE, Count, "Business areas live on the date in alliances that have not ended";
    }
}

declared! {
    /// What is told of a benefit.
    OfBenefit {
        realised: Benefit, YEARLY, Benefit, "Benefit realised, in its own unit";
    }
}

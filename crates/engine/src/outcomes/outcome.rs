//! What can be told of a trial: every outcome declared once, with its name, what people call it, and which way of it is better.

use std::fmt;

/// Which way of an outcome is better.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Better {
    /// More is better.
    Higher,
    /// Less, or sooner, is better.
    Lower,
    /// Neither way: it is told, and not ranked.
    Neither,
}

/// Declares the outcomes: name in files, what people call it, which way is better.
macro_rules! outcomes {
    ($($(#[$meta:meta])* $outcome:ident $id:literal $label:literal $better:ident;)*) => {
        /// What is told, whosever it is and of whichever year. MODEL section 9 defines each; [`super::declared`] says of whom it is told.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Outcome {
            $(#[doc = $label] $(#[$meta])* $outcome,)*
        }

        impl Outcome {
            /// Every outcome.
            pub const ALL: &[Self] = &[$(Self::$outcome,)*];

            /// Its name in files and on the command line, such as `saving_cashable`.
            #[must_use]
            pub const fn id(self) -> &'static str {
                match self { $(Self::$outcome => $id,)* }
            }

            /// What people call it, as within a sentence.
            #[must_use]
            pub const fn label(self) -> &'static str {
                match self { $(Self::$outcome => $label,)* }
            }

            /// Which way of it is better.
            #[must_use]
            pub const fn better(self) -> Better {
                match self { $(Self::$outcome => Better::$better,)* }
            }
        }
    };
}

impl Outcome {
    /// The amount of it at which a decision turns: 0 of a gain that may be a loss, 1 of a ratio of benefits to costs; none where no amount
    /// is a turn of itself.
    #[must_use]
    pub const fn turns_at(self) -> Option<f64> {
        match self {
            Self::Npv | Self::NpvIfVested | Self::NpvIfNotVested | Self::Net | Self::NetCumulative => Some(0.0),
            Self::BenefitCostRatio
            | Self::BenefitCostRatioNoncashable
            | Self::BcrOfMeans
            | Self::BcrNoncashableOfMeans => Some(1.0),
            _ => None,
        }
    }
}

outcomes! {
    // Value of the collaboration.
    Npv "npv" "net present value" Higher;
    NpvIfVested "npv_if_vested" "net present value where it vests" Higher;
    NpvIfNotVested "npv_if_not_vested" "net present value where it does not vest" Higher;
    PvSaving "pv_saving" "present value of savings" Higher;
    PvInvestment "pv_investment" "present value of investment" Lower;
    PvNoncashable "pv_noncashable" "present value of non-cashable savings" Higher;
    BenefitCostRatio "benefit_cost_ratio" "benefit–cost ratio" Higher;
    BenefitCostRatioNoncashable "benefit_cost_ratio_noncashable" "benefit–cost ratio with non-cashable savings" Higher;
    BcrOfMeans "bcr_of_means" "benefit–cost ratio of means" Higher;
    BcrNoncashableOfMeans "bcr_noncashable_of_means" "benefit–cost ratio of means with non-cashable savings" Higher;
    Payback "payback" "payback" Lower;
    PaybackDiscounted "payback_discounted" "payback on present values" Lower;
    PeakFundingNeed "peak_funding_need" "peak funding need" Lower;
    TotalInvestment "total_investment" "total investment" Lower;
    SteadySaving "steady_saving" "saving of the last year" Higher;
    SavingCashable "saving_cashable" "cashable saving" Higher;
    SavingNoncashable "saving_noncashable" "non-cashable saving" Higher;
    SavingAdditional "saving_additional" "additional saving" Higher;
    SavingCashableReal "saving_cashable_real" "cashable saving" Higher;
    Saving "saving" "saving" Higher;
    SavingGross "saving_gross" "saving gross" Higher;
    Investment "investment" "investment" Lower;
    AdditionalInvestment "additional_investment" "additional investment" Lower;
    RunningCost "running_cost" "running cost" Lower;
    Net "net" "net position of the year" Higher;
    NetCumulative "net_cumulative" "cumulative net position" Higher;
    Loses "loses" "chance to lose" Lower;

    // Delivery.
    AreasLive "areas_live" "areas live" Higher;
    ImplementedSaving "implemented_saving" "saving implemented, a year" Higher;
    Live "live" "years until it is live" Lower;
    IctReady "ict_ready" "years until the common ICT is ready" Lower;
    IctStopped "ict_stopped" "chance that the common ICT is stopped" Lower;
    Stopped "stopped" "chance that its programme is stopped" Lower;
    StoppedAt "stopped_at" "years until its programme is stopped" Higher;
    AreasGivenUp "areas_given_up" "areas given up" Lower;
    ProgrammeSettled "programme_settled" "years until its programme is done" Lower;
    Met "met" "chance to keep the promise" Higher;
    FirstYear "first_year" "first year in which the promise is kept" Lower;
    /// A benefit bears its own name: see [`super::Owner::Benefit`].
    Benefit "benefit" "benefit" Higher;

    // Who stays.
    Ended "ended" "chance to end within the horizon" Lower;
    EndedAt "ended_at" "years until it ends" Higher;
    MemberLeft "member_left" "chance that a member leaves within the horizon" Lower;
    Left "left" "chance to leave" Lower;
    LeavesAt "leaves_at" "years until it leaves" Higher;
    Vested "vested" "chance to vest" Higher;
    EqualisationYield "equalisation_yield" "equalisation yield" Neither;

    // Finances of a force.
    Funding "funding" "funding" Higher;
    Grant "grant" "grant" Neither;
    Precept "precept" "precept" Neither;
    OtherIncome "other_income" "other income" Neither;
    Expenditure "expenditure" "expenditure" Neither;
    BandD "band_d" "Band D precept" Neither;
    CouncilTax "council_tax" "Band D precept, equalised" Neither;
    CouncilTaxChange "council_tax_change" "council tax change" Neither;
    Reserves "reserves" "reserves" Higher;
    LowestReserves "lowest_reserves" "lowest reserves" Higher;
    FloorBreached "floor_breached" "chance that reserves reach the floor" Lower;
    Cuts "cuts" "cuts" Lower;
    PlannedCut "planned_cut" "planned cut" Lower;
    EmergencyCut "emergency_cut" "emergency cut" Lower;
    Restored "restored" "restored" Neither;
    Reinvestment "reinvestment" "reinvestment" Neither;
    OfficersCut "officers_cut" "officers cut" Lower;
    NotViableYears "not_viable_years" "years in which cuts met their limit" Lower;

    // Resilience.
    Surge "surge" "surge" Lower;
    UnmetOfficers "unmet_officers" "officers missing" Lower;
    UnmetTotal "unmet_total" "officers missing over all years" Lower;
    UnmetReduction "unmet_reduction" "share of missing officers that alliances make good" Higher;
    Shortfall "shortfall" "chance to be short of officers" Lower;
    YearsWithoutShortfall "years_without_shortfall" "years without shortfall" Higher;
    ContactAnswered "contact_answered" "calls answered in time" Higher;

    // The world.
    Regime "regime" "regime" Neither;
    CostIndex "cost_index" "cost index" Neither;
    Deflator "deflator" "deflator" Neither;
    Inflation "inflation" "inflation" Neither;
    PayAward "pay_award" "pay award" Neither;
    TaxBaseGrowth "tax_base_growth" "tax base growth" Neither;
}

impl Outcome {
    /// Of what happens or does not within the horizon, the outcome that tells when: with it the same can be told of any date.
    #[must_use]
    pub const fn dated_by(self) -> Option<Self> {
        match self {
            Self::Ended => Some(Self::EndedAt),
            Self::Left => Some(Self::LeavesAt),
            Self::Stopped => Some(Self::StoppedAt),
            _ => None,
        }
    }

    /// Whether of a year or a date it is told by yes or no: it had happened by then or had not, or it was so in that year.
    #[must_use]
    pub const fn is_fact(self) -> bool {
        self.dated_by().is_some() || matches!(self, Self::Shortfall)
    }
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.id())
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;
    use crate::outcomes::declared::{OfAlliance, OfContact, OfForce, OfMember, OfReview, OnDate, Running, Span, Whole};
    use crate::units::Unit;

    #[test]
    fn what_of_a_year_or_a_date_is_told_by_yes_or_no_is_a_fact() {
        let rooms = [
            Whole::ROWS,
            Running::ROWS,
            OfForce::ROWS,
            OfAlliance::ROWS,
            OfContact::ROWS,
            OfMember::ROWS,
            OfReview::ROWS,
            OnDate::ROWS,
        ];
        for row in rooms.concat() {
            let dated = row.span == Span::Horizon && row.outcome.dated_by().is_some();
            let flagged = row.span != Span::Horizon && row.unit == Unit::Flag;
            assert_eq!(row.outcome.is_fact(), dated || flagged, "{}", row.outcome);
        }
        assert!(Outcome::Shortfall.is_fact() && Outcome::Ended.is_fact() && !Outcome::Met.is_fact());
    }

    #[test]
    fn every_outcome_has_a_name_of_its_own() {
        let names: HashSet<&str> = Outcome::ALL.iter().map(|outcome| outcome.id()).collect();
        assert_eq!(names.len(), Outcome::ALL.len());
        assert!(names.iter().all(|name| name.bytes().all(|b| b.is_ascii_lowercase() || b == b'_')), "{names:?}");
    }
}

//! The uncertain numbers of a scenario as the kernel meets them: an input each when compiled, a column each in a block.

use crate::alliance::{Alliance, Area, Economy, Exit, Force, Ledger, Merger, Resilience, Review, Surge};
use crate::uncertainty::lanes::Column;
use crate::uncertainty::{DrawsBuilder, Input, Quantity, Stream};

/// Fills the column of one quantity.
pub(super) type Fill<P> = fn(&P, &mut Stream<'_>, &mut <P as Parameters>::Columns);

/// The inputs of one noun.
pub(super) trait Parameters: Sized + 'static {
    /// A column for each.
    type Columns;
    /// One function a quantity.
    const FILL: &[Fill<Self>];

    /// Fills every column.
    fn fill(&self, stream: &mut Stream<'_>, columns: &mut Self::Columns) {
        Self::FILL.iter().for_each(|fill| fill(self, stream, columns));
    }

    /// Does some work with every column of one noun and the same of another.
    fn each_pair(own: &mut Self::Columns, other: &Self::Columns, work: impl FnMut(&mut Column, &Column));
}

/// Declares, for the quantities of one noun, a struct of inputs and the struct of columns that they fill.
macro_rules! parameters {
    ($(#[$meta:meta])* $inputs:ident, $columns:ident of $noun:ty { $($name:ident),* $(,)? }) => {
        $(#[$meta])*
        #[derive(Debug, Clone)]
        pub(super) struct $inputs { $(pub $name: Input,)* }

        $(#[$meta])*
        #[derive(Debug, Clone, Default)]
        pub(super) struct $columns { $(pub $name: Column,)* }

        impl $inputs {
            pub fn compile(noun: &$noun, draws: &mut DrawsBuilder) -> Self {
                Self { $($name: draws.quantity(&noun.$name),)* }
            }
        }

        impl Parameters for $inputs {
            type Columns = $columns;
            const FILL: &[Fill<Self>] =
                &[$(|inputs, stream, columns| stream.fill_own(inputs.$name, &mut columns.$name)),*];

            fn each_pair(own: &mut $columns, other: &$columns, mut work: impl FnMut(&mut Column, &Column)) {
                $(work(&mut own.$name, &other.$name);)*
            }
        }
    };
}

parameters!(
    /// Quantities of an alliance.
    AllianceInputs, AllianceColumns of Alliance {
        agree, board_cycle, slip, consultation, ict_ready, ict_slip, workaround, realisation, attributable, team, overrun,
        severance, ict_capital, ict_overrun, design_share, stalled_pace, stall_cut, reach, retained, unwind,
        attributable_cost, running, ict_cancelled, ict_cancel_at, ict_cancel_cost, finance_rate, scale_loss, overlap,
    }
);

parameters!(
    /// Quantities of leaving an alliance.
    ExitInputs, ExitColumns of Exit {
        base, election_weight, loss_weight, appetite_weight, voice_weight, notice, cost, leaver_share, fixed_share,
    }
);

parameters!(
    /// Quantities of a review.
    ReviewInputs, ReviewColumns of Review { base, weight }
);

parameters!(
    /// Quantities of a merger.
    MergerInputs, MergerColumns of Merger { rise_aversion, ministerial_approval, setup, abortive_cost, equalise_years }
);

parameters!(
    /// Quantities of a business area, cost apart.
    AreaInputs, AreaColumns of Area { saving, noncashable, submit, implement, slip, approve, consultation, oneoff, ramp, running }
);

parameters!(
    /// Quantities of a force.
    ForceInputs, ForceColumns of Force { opening_gap, demand_growth, uptake, deployable_share, appetite, mutual_aid }
);

parameters!(
    /// Quantities of surges in a force.
    SurgeInputs, SurgeColumns of Surge { rate, x_min, alpha }
);

parameters!(
    /// Reserves policy of a force.
    PolicyInputs, PolicyColumns of Policy<'_> {
        min_reserves, max_reserves, gap_closure, cut_recurrence, foresight, officers_follow_cuts,
    }
);

parameters!(
    /// Quantities of surges anywhere.
    ResilienceInputs, ResilienceColumns of Resilience { chi, x_max, incident_cost, reimbursed }
);

parameters!(
    /// Quantities of the national economy that are drawn once.
    EconomyInputs, EconomyColumns of Economy { pay_share }
);

/// The reserves policy that applies to one force: its own where it has one, else the scenario's.
pub(super) struct Policy<'a> {
    min_reserves: &'a Quantity,
    max_reserves: &'a Quantity,
    gap_closure: &'a Quantity,
    cut_recurrence: &'a Quantity,
    foresight: &'a Quantity,
    officers_follow_cuts: &'a Quantity,
}

impl<'a> Policy<'a> {
    pub fn of(force: &'a Force, ledger: &'a Ledger) -> Self {
        let own = &force.ledger;
        Self {
            min_reserves: own.min_reserves.as_ref().unwrap_or(&ledger.min_reserves),
            max_reserves: own.max_reserves.as_ref().unwrap_or(&ledger.max_reserves),
            gap_closure: own.gap_closure.as_ref().unwrap_or(&ledger.gap_closure),
            cut_recurrence: own.cut_recurrence.as_ref().unwrap_or(&ledger.cut_recurrence),
            foresight: own.foresight.as_ref().unwrap_or(&ledger.foresight),
            officers_follow_cuts: own.officers_follow_cuts.as_ref().unwrap_or(&ledger.officers_follow_cuts),
        }
    }
}

//! Which outcome stands in which column: the catalogue of a model, built once from its scenario (MODEL section 9).

use crate::alliance::{Alliance, Scenario};
use crate::outcomes::{Catalogue, Missing, Ratio, Tier};
use crate::uncertainty::quote_key;
use crate::units::{Month, Unit};

/// Adds columns to a catalogue, one or one a year, under a common prefix.
struct Writer<'a> {
    catalogue: &'a mut Catalogue,
    years: &'a [String],
    prefix: String,
    /// Whether what is added is of the counterfactual in which every force stands alone.
    standalone: bool,
}

impl Writer<'_> {
    fn under(&mut self, prefix: String) -> &mut Self {
        self.prefix = prefix;
        self
    }

    fn one(&mut self, name: &str, unit: Unit, tier: Tier, missing: Missing, meaning: &str) -> usize {
        let (name, meaning) = self.named(name, meaning);
        self.catalogue.add(name, unit, &meaning, tier, missing)
    }

    fn named(&self, name: &str, meaning: &str) -> (String, String) {
        if self.standalone {
            (format!("{}{name}_standalone", self.prefix), format!("{meaning}, had the force stood alone"))
        } else {
            (format!("{}{name}", self.prefix), meaning.to_owned())
        }
    }

    fn headline(&mut self, name: &str, unit: Unit, meaning: &str) -> usize {
        self.one(name, unit, Tier::Headline, Missing::Undefined, meaning)
    }

    fn never(&mut self, name: &str, meaning: &str) -> usize {
        self.one(name, Unit::Years, Tier::Headline, Missing::Never, meaning)
    }

    /// One column a year; the position of the first.
    fn yearly(&mut self, name: &str, unit: Unit, tier: Tier, meaning: &str) -> usize {
        let first = self.catalogue.columns().len();
        let (name, meaning) = self.named(name, meaning);
        for year in self.years {
            self.catalogue.add(format!("{name}[{year}]"), unit, &meaning, tier, Missing::Undefined);
        }
        first
    }
}

/// Declares a struct of column positions and the function that adds them.
macro_rules! positions {
    ($(#[$meta:meta])* $name:ident { $($field:ident = $method:ident($($argument:expr),*)),* $(,)? }) => {
        $(#[$meta])*
        #[derive(Debug, Clone)]
        pub(super) struct $name { $(pub $field: usize,)* }

        impl $name {
            fn add(w: &mut Writer<'_>) -> Self {
                Self { $($field: w.$method(stringify!($field), $($argument),*),)* }
            }
        }
    };
}

use Tier::{Detail, Yearly};
use Unit::{Count, Flag, Millions, MillionsPresent, MillionsReal, Officers, Pounds, Ratio as Plain, Share};

positions!(
    /// Outcomes of the whole scenario.
    Whole {
        npv = headline(MillionsPresent, "Net present value: additional cashable savings less investment"),
        pv_saving = headline(MillionsPresent, "Present value of additional cashable savings"),
        pv_investment = headline(MillionsPresent, "Present value of investment"),
        pv_noncashable = headline(MillionsPresent, "Present value of additional non-cashable savings"),
        benefit_cost_ratio = headline(Plain, "Present value of additional cashable savings over that of investment"),
        benefit_cost_ratio_noncashable = headline(Plain, "The same, non-cashable savings added"),
        payback = never("Years from 1 April of the first year to the last time that cumulative net turns positive, cash"),
        payback_discounted = never("The same on present values"),
        peak_funding_need = headline(Millions, "The deepest point of cumulative net"),
        total_investment = headline(Millions, "All investment over the horizon"),
        steady_saving = headline(MillionsReal, "Gross cashable saving of the last year"),
        unmet_total = headline(Officers, "Officers short in the worst surge of each year, summed over forces and years"),
        unmet_total_standalone = headline(Officers, "The same had every force stood alone"),
        years_without_shortfall = headline(Count, "Years in which every force met its worst surge"),
        years_without_shortfall_standalone = headline(Count, "The same had every force stood alone"),
        saving_cashable = yearly(Millions, Yearly, "Gross cashable saving"),
        saving_noncashable = yearly(Millions, Yearly, "Gross non-cashable saving"),
        saving_additional = yearly(Millions, Yearly, "Cashable saving that the members would not have found alone"),
        saving_cashable_real = yearly(MillionsReal, Yearly, "Gross cashable saving in first-year prices"),
        investment = yearly(Millions, Yearly, "All investment of the year"),
        net = yearly(Millions, Yearly, "Additional cashable saving less investment"),
        net_cumulative = yearly(Millions, Yearly, "The same, summed from the first year"),
        areas_live = yearly(Count, Yearly, "Business areas live at the end of the year in alliances that have not ended"),
        unmet_officers = yearly(Officers, Yearly, "Officers short in the year's worst surges, summed over forces"),
        unmet_officers_standalone = yearly(Officers, Yearly, "The same had every force stood alone"),
        shortfall = yearly(Flag, Yearly, "Whether any force was short of officers"),
        shortfall_standalone = yearly(Flag, Yearly, "The same had every force stood alone"),
        regime = yearly(Count, Detail, "Funding regime, counted from 0 in the scenario's order"),
        cost_index = yearly(Plain, Detail, "Index of pay and prices, 1 in the first year"),
        deflator = yearly(Plain, Detail, "Index of prices, 1 in the first year"),
        inflation = yearly(Share, Detail, "Growth of prices"),
        pay_award = yearly(Share, Detail, "Growth of pay"),
        tax_base_growth = yearly(Share, Detail, "Growth of the council-tax base"),
    }
);

positions!(
    /// Outcomes of one ledger of one force, with the alliances or standalone.
    LedgerColumns {
        lowest_reserves = headline(Millions, "Lowest reserves at the end of any year"),
        floor_breached = headline(Flag, "Whether reserves ever fell to the floor and forced an emergency cut"),
        officers_cut = headline(Officers, "Officers' posts that the last year's service cuts amount to"),
        not_viable_years = headline(Count, "Years in which emergency cuts met the limit of half of spending"),
        cuts = headline(Millions, "Planned and emergency cuts over the horizon"),
        reserves = yearly(Millions, Yearly, "Reserves at the end of the year"),
        planned_cut = yearly(Millions, Detail, "Recurring cut planned to close the structural gap"),
        emergency_cut = yearly(Millions, Detail, "Cut forced by reserves at the floor"),
        restored = yearly(Millions, Detail, "Earlier cuts restored"),
        reinvestment = yearly(Millions, Detail, "Reserves above the ceiling, put back into services"),
        unmet_officers = yearly(Officers, Detail, "Officers short in the year's worst surge"),
    }
);

positions!(
    /// Outcomes of one force with the alliances.
    ForceColumns {
        npv = headline(MillionsPresent, "The force's share of net present value"),
        payback = never("Payback of the force's own share"),
        loses = headline(Flag, "Whether the force's share of net present value is below 0"),
        funding = yearly(Millions, Yearly, "Grant, precept, other income and what equalisation yields to it"),
        net = yearly(Millions, Yearly, "Its additional saving less its investment"),
        saving = yearly(Millions, Detail, "Its share of additional cashable saving"),
        saving_gross = yearly(Millions, Detail, "Its share of gross cashable saving"),
        grant = yearly(Millions, Detail, "Government grant"),
        precept = yearly(Millions, Detail, "Council-tax precept without equalisation"),
        other_income = yearly(Millions, Detail, "Other income"),
        expenditure = yearly(Millions, Detail, "Spending before alliances and cuts"),
        band_d = yearly(Pounds, Detail, "Police precept at Band D without equalisation"),
        surge = yearly(Officers, Detail, "Officers that the year's worst surge calls for"),
    }
);

positions!(
    /// Council tax of a force in a merger.
    CouncilTax {
        council_tax = yearly(Pounds, Yearly, "Police precept at Band D with equalisation"),
        council_tax_change = yearly(Pounds, Yearly, "What equalisation adds to it"),
    }
);

positions!(
    /// Outcomes of one alliance.
    AllianceColumns {
        ended = headline(Flag, "Whether it ended by the end of the horizon"),
        ended_at = never("When it ended"),
        member_left = headline(Flag, "Whether a member left by the end of the horizon"),
        ict_ready = never("When the common ICT platform was ready"),
        programme_settled = never("When the last business area was live or dropped"),
        saving_cashable = yearly(Millions, Yearly, "Its gross cashable saving"),
        investment = yearly(Millions, Yearly, "Its investment"),
        areas_live = yearly(Count, Yearly, "Its business areas live at the end of the year"),
    }
);

positions!(
    /// What a merger adds.
    MergerColumns {
        vested = headline(Flag, "Whether it vested within the horizon"),
        equalisation_yield = yearly(Millions, Yearly, "Council tax raised, or given up, by equalisation"),
    }
);

positions!(
    /// Outcomes of one member of an alliance.
    MemberColumns {
        left = headline(Flag, "Whether it left by the end of the horizon"),
        leaves_at = never("When it left"),
    }
);

positions!(
    /// Outcomes of contact management.
    ContactColumns {
        contact_answered = yearly(Share, Yearly, "Calls answered within the target time"),
        contact_answered_standalone = yearly(Share, Yearly, "The same had every force stood alone"),
    }
);

positions!(
    /// Outcomes of a target.
    TargetColumns {
        met = headline(Flag, "Whether the measure reached the amount in the year due"),
        first_year = never("First year in which the measure reaches the amount, counted from the first year"),
    }
);

/// Where the outcomes of one force stand.
#[derive(Debug, Clone)]
pub(super) struct ForcePositions {
    pub own: ForceColumns,
    pub with: LedgerColumns,
    pub alone: LedgerColumns,
    pub council_tax: Option<CouncilTax>,
}

/// Where the outcomes of one business area stand.
#[derive(Debug, Clone)]
pub(super) struct AreaPositions {
    pub live: usize,
    pub saving: usize,
}

/// Where the outcomes of one alliance stand.
#[derive(Debug, Clone)]
pub(super) struct AlliancePositions {
    pub own: AllianceColumns,
    pub merger: Option<MergerColumns>,
    pub members: Vec<MemberColumns>,
    pub areas: Vec<AreaPositions>,
}

/// Where the outcomes of a report date stand.
#[derive(Debug, Clone)]
pub(super) struct OnDate {
    pub saving: usize,
    pub areas_live: usize,
}

impl OnDate {
    fn add(date: &Month, w: &mut Writer<'_>) -> Self {
        let saving = "Saving of the areas live on the date: what programme reports call implemented";
        let live = "Business areas live on the date in alliances that have not ended";
        Self {
            saving: w.headline(&format!("implemented_saving[{date}]"), Millions, saving),
            areas_live: w.headline(&format!("areas_live[{date}]"), Count, live),
        }
    }
}

/// Where every outcome stands.
#[derive(Debug, Clone)]
pub(super) struct Positions {
    pub whole: Whole,
    pub implemented: Vec<OnDate>,
    pub contact: Option<ContactColumns>,
    pub forces: Vec<ForcePositions>,
    pub alliances: Vec<AlliancePositions>,
    pub targets: Vec<TargetColumns>,
    pub benefits: Vec<usize>,
}

impl Positions {
    /// The catalogue of a scenario's outcomes and the position of each.
    pub fn lay_out(scenario: &Scenario) -> (Catalogue, Self) {
        let mut catalogue = Catalogue::default();
        let years = scenario.year_labels();
        let mut w = Writer { catalogue: &mut catalogue, years: &years, prefix: String::new(), standalone: false };
        let whole = Whole::add(&mut w);
        let implemented = scenario.report_dates.iter().map(|date| OnDate::add(date, &mut w)).collect();
        let contact = scenario.contact.as_ref().map(|_| ContactColumns::add(&mut w));
        let forces = (0..scenario.forces.len()).map(|f| force(scenario, f, &mut w)).collect();
        let alliances =
            scenario.alliances.iter().map(|alliance| alliance_columns(scenario, alliance, &mut w)).collect();
        let targets = scenario
            .targets
            .iter()
            .map(|t| TargetColumns::add(w.under(format!("target.{}.", quote_key(&t.name)))))
            .collect();
        w.under(String::new());
        let benefits = scenario
            .benefits
            .iter()
            .map(|b| {
                w.yearly(
                    &format!("benefit.{}", quote_key(&b.name)),
                    Unit::Benefit,
                    Yearly,
                    "Benefit realised, in its own unit",
                )
            })
            .collect();
        let positions = Self { whole, implemented, contact, forces, alliances, targets, benefits };
        positions.count_once(&mut catalogue, years.len());
        add_ratios(&mut catalogue, &positions.whole);
        (catalogue, positions)
    }
}

impl Positions {
    /// Names what repeats: what an alliance saves and spends that is alone in its scenario is what the whole does, and forces alone
    /// answer the same share of calls every year.
    fn count_once(&self, catalogue: &mut Catalogue, years: usize) {
        if let Some(contact) = &self.contact {
            let first = contact.contact_answered_standalone;
            (1..years).for_each(|t| catalogue.repeats(first + t, first, 1));
        }
        if let [AlliancePositions { own, .. }] = &self.alliances[..] {
            catalogue.repeats(own.saving_cashable, self.whole.saving_cashable, years);
            catalogue.repeats(own.investment, self.whole.investment, years);
            catalogue.repeats(own.areas_live, self.whole.areas_live, years);
        }
    }
}

fn force(scenario: &Scenario, f: usize, w: &mut Writer<'_>) -> ForcePositions {
    let name = quote_key(&scenario.forces[f].name);
    let own = ForceColumns::add(w.under(format!("force.{name}.")));
    let with = LedgerColumns::add(w);
    let merges = scenario.alliances.iter().any(|a| a.merger.is_some() && a.members.iter().any(|m| m.0 == f));
    let council_tax = merges.then(|| CouncilTax::add(w));
    w.standalone = true;
    let alone = LedgerColumns::add(w);
    w.standalone = false;
    ForcePositions { own, with, alone, council_tax }
}

fn alliance_columns(scenario: &Scenario, alliance: &Alliance, w: &mut Writer<'_>) -> AlliancePositions {
    let prefix = format!("alliance.{}.", quote_key(&alliance.name));
    let own = AllianceColumns::add(w.under(prefix.clone()));
    let merger = alliance.merger.as_ref().map(|_| MergerColumns::add(w));
    let members = alliance
        .members
        .iter()
        .map(|m| MemberColumns::add(w.under(format!("{prefix}force.{}.", quote_key(&scenario.forces[m.0].name)))))
        .collect();
    let areas = alliance
        .areas
        .iter()
        .map(|area| {
            w.under(format!("{prefix}area.{}.", quote_key(&area.name)));
            AreaPositions {
                live: w.one("live", Unit::Years, Yearly, Missing::Never, "When it went live"),
                saving: w.one(
                    "saving",
                    Millions,
                    Yearly,
                    Missing::Undefined,
                    "Its gross cashable saving in the last year",
                ),
            }
        })
        .collect();
    AlliancePositions { own, merger, members, areas }
}

fn add_ratios(catalogue: &mut Catalogue, whole: &Whole) {
    let mut add = |name: &str, meaning: &str, numerator, extra, denominator, complement| {
        catalogue.add_ratio(Ratio {
            name: name.to_owned(),
            meaning: meaning.to_owned(),
            numerator,
            extra,
            denominator,
            complement,
        });
    };
    add(
        "bcr_of_means",
        "Mean present value of additional cashable savings over that of investment",
        whole.pv_saving,
        None,
        whole.pv_investment,
        false,
    );
    add(
        "bcr_noncashable_of_means",
        "The same, non-cashable savings added",
        whole.pv_saving,
        Some(whole.pv_noncashable),
        whole.pv_investment,
        false,
    );
    add(
        "unmet_reduction",
        "Share of unmet surge demand that the alliances remove, on average",
        whole.unmet_total,
        None,
        whole.unmet_total_standalone,
        true,
    );
}

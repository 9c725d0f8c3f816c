//! Which outcome stands in which column: the catalogue of a model, built once from its scenario (MODEL section 9).

use crate::alliance::{Alliance, Scenario};
use crate::outcomes::declared::{
    Additional, CouncilTax, Ledger, OfAlliance, OfArea, OfBenefit, OfContact, OfForce, OfFund, OfMember, OfMerger,
    OfPlatform, OfReview, OfTarget, OnDate, Row, Running, Span, Whole,
};
use crate::outcomes::{Catalogue, Outcome, OutcomeId, Owner, Ratio};

/// Adds the columns of an owner to a catalogue.
struct Writer<'a> {
    catalogue: &'a mut Catalogue,
    years: &'a [String],
}

impl Writer<'_> {
    /// Adds what a row declares of an owner, one column or one a year; the position of the first.
    fn add(&mut self, owner: &Owner, row: &Row) -> usize {
        let id = OutcomeId { alone: row.alone, ..row.outcome.of(owner.clone()) };
        match row.span {
            Span::Horizon | Span::Dates => self.catalogue.add_outcome(id, row),
            Span::Years => {
                let first = self.catalogue.columns().len();
                for year in self.years {
                    self.catalogue.add_outcome(id.at(year), row);
                }
                first
            }
        }
    }
}

/// Where the outcomes of one force stand.
#[derive(Debug, Clone)]
pub(super) struct ForcePositions {
    pub own: OfForce,
    pub with: Ledger,
    pub alone: Ledger,
    pub council_tax: Option<CouncilTax>,
}

/// Where the outcomes of one alliance stand.
#[derive(Debug, Clone)]
pub(super) struct AlliancePositions {
    pub own: OfAlliance,
    pub merger: Option<OfMerger>,
    pub fund: Option<OfFund>,
    pub platform: Option<OfPlatform>,
    pub review: Option<OfReview>,
    pub members: Vec<OfMember>,
    pub areas: Vec<OfArea>,
}

/// Where every outcome stands.
#[derive(Debug, Clone)]
pub(super) struct Positions {
    pub whole: Whole,
    pub additional: Option<Additional>,
    pub running: Option<Running>,
    pub implemented: Vec<OnDate>,
    pub contact: Option<OfContact>,
    pub forces: Vec<ForcePositions>,
    pub alliances: Vec<AlliancePositions>,
    pub targets: Vec<OfTarget>,
    pub benefits: Vec<OfBenefit>,
}

impl Positions {
    /// The catalogue of a scenario's outcomes and the position of each.
    pub fn lay_out(scenario: &Scenario) -> (Catalogue, Self) {
        let mut catalogue = Catalogue::default();
        let years = scenario.year_labels();
        let mut w = Writer { catalogue: &mut catalogue, years: &years };
        let whole = Whole::add(|row| w.add(&Owner::Whole, row));
        let additional = scenario.has_additional_investment().then(|| Additional::add(|row| w.add(&Owner::Whole, row)));
        let running = scenario.has_running_costs().then(|| Running::add(|row| w.add(&Owner::Whole, row)));
        let on = |w: &mut Writer<'_>, row: &Row, date| w.catalogue.add_outcome(row.outcome.whole().at(date), row);
        let implemented = scenario.report_dates.iter().map(|date| OnDate::add(|row| on(&mut w, row, date))).collect();
        let contact = scenario.contact.as_ref().map(|_| OfContact::add(|row| w.add(&Owner::Whole, row)));
        let forces = (0..scenario.forces.len()).map(|f| force(scenario, f, &mut w)).collect();
        let alliances =
            scenario.alliances.iter().map(|alliance| alliance_columns(scenario, alliance, &mut w)).collect();
        let target = |name: &String| OfTarget::add(|row| w.add(&Owner::Target(name.clone()), row));
        let targets = scenario.targets.iter().map(|t| &t.name).map(target).collect();
        let benefit = |name: &String| OfBenefit::add(|row| w.add(&Owner::Benefit(name.clone()), row));
        let benefits = scenario.benefits.iter().map(|b| &b.name).map(benefit).collect();
        let positions = Self { whole, additional, running, implemented, contact, forces, alliances, targets, benefits };
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
    let owner = Owner::Force(scenario.forces[f].name.clone());
    let own = OfForce::add(|row| w.add(&owner, row));
    let with = Ledger::add(|row| w.add(&owner, row));
    let council_tax = scenario.is_merging(f).then(|| CouncilTax::add(|row| w.add(&owner, row)));
    let alone = Ledger::add(|row| w.add(&owner, &row.alone()));
    ForcePositions { own, with, alone, council_tax }
}

fn alliance_columns(scenario: &Scenario, alliance: &Alliance, w: &mut Writer<'_>) -> AlliancePositions {
    let named = || alliance.name.clone();
    let owner = Owner::Alliance(named());
    let own = OfAlliance::add(|row| w.add(&owner, row));
    let merger = alliance.merger.as_ref().map(|_| OfMerger::add(|row| w.add(&owner, row)));
    let merged = Owner::Fund(named());
    let fund_from = alliance.merger.as_ref().and_then(|own| own.fund_from(scenario.first_year, scenario.years));
    let fund = fund_from.map(|_| OfFund::add(|row| w.add(&merged, row)));
    let stops = alliance.can_stop_ict() || alliance.review.is_some();
    let platform = (stops && alliance.has_platform()).then(|| OfPlatform::add(|row| w.add(&owner, row)));
    let review = alliance.review.as_ref().map(|_| OfReview::add(|row| w.add(&owner, row)));
    let member = |force: String| {
        let owner = Owner::Member { alliance: named(), force };
        OfMember::add(|row| w.add(&owner, row))
    };
    let members = alliance.members.iter().map(|m| scenario.forces[m.0].name.clone()).map(member).collect();
    let area = |area: String| {
        let owner = Owner::Area { alliance: named(), area };
        OfArea::add(|row| w.add(&owner, row))
    };
    let areas = alliance.areas.iter().map(|a| a.name.clone()).map(area).collect();
    AlliancePositions { own, merger, fund, platform, review, members, areas }
}

fn add_ratios(catalogue: &mut Catalogue, whole: &Whole) {
    let mut add = |outcome: Outcome, meaning: &str, numerator, extra, denominator, complement| {
        let (name, meaning) = (outcome.id().to_owned(), meaning.to_owned());
        catalogue.add_ratio(Ratio { name, meaning, numerator, extra, denominator, complement });
    };
    add(
        Outcome::BcrOfMeans,
        "Mean present value of additional cashable savings over that of additional investment",
        whole.pv_saving,
        None,
        whole.pv_investment,
        false,
    );
    add(
        Outcome::BcrNoncashableOfMeans,
        "The same, non-cashable savings added",
        whole.pv_saving,
        Some(whole.pv_noncashable),
        whole.pv_investment,
        false,
    );
    add(
        Outcome::UnmetReduction,
        "Share of unmet surge demand that the alliances remove, on average",
        whole.unmet_total,
        None,
        whole.unmet_total_standalone,
        true,
    );
}

//! Decisions, exit and merger: who agrees, who leaves, what vests (MODEL sections 3 and 5).

use crate::uncertainty::Quantity;
use crate::units::{FinancialYear, Month};

/// How a board passes a business case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DecisionRule {
    /// Every member must agree.
    Unanimous,
    /// More than half of the members must agree.
    Majority,
    /// One force decides.
    Lead,
}

/// Chance and price of leaving, `exit = { … }` of an alliance.
#[derive(Debug, Clone, PartialEq)]
pub struct Exit {
    /// Chance a year that a member gives notice, nothing else weighing. 0: never. Default 0.
    pub base: Quantity,
    /// Added to the log-odds in the 2½ years after an election. Default 0.
    pub election_weight: Quantity,
    /// Added for a saving that falls wholly short of the plan's. Default 0.
    pub loss_weight: Quantity,
    /// Added for each point of distance from the members' mean appetite. Default 0.
    pub appetite_weight: Quantity,
    /// Added for each point by which the share of costs exceeds the share of votes. Default 0.
    pub voice_weight: Quantity,
    /// Notice, years. Default 1.
    pub notice: Quantity,
    /// Cost of an exit, £m in start prices. Default 0.
    pub cost: Quantity,
    /// Share of the exit's cost that the leaver pays, in [0, 1]. Default 0.5.
    pub leaver_share: Quantity,
    /// Share of the exit's cost that does not depend on how much is live, in [0, 1]. Default 1.
    pub fixed_share: Quantity,
}

/// Reviews at which a board may stop a programme that fails, `review = { … }` of an alliance.
#[derive(Debug, Clone, PartialEq)]
pub struct Review {
    /// Years from one review to the next, at least 1.
    pub every: f64,
    /// Chance that a review stops a programme that saves what it was to save. 0: never.
    pub base: Quantity,
    /// Added to the log-odds for a saving that falls wholly short of the plan's. Default 0.
    pub weight: Quantity,
}

/// Where the members' council tax converges.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Equalise {
    /// The highest of the members' Band D.
    Highest,
    /// The average by tax base.
    Average,
    /// The lowest.
    Lowest,
}

/// What a merger adds to an alliance, `merger = { … }`.
#[derive(Debug, Clone, PartialEq)]
pub struct Merger {
    /// Imposed by law: nobody is asked and nobody withdraws. Default no.
    pub mandated: bool,
    /// Vesting day, `V`.
    pub vesting: Month,
    /// When consent is decided; at most `vesting`. A mandated merger may leave it out (its vesting day).
    pub decision_date: Month,
    /// Chance that each member's commissioner agrees, nothing else weighing, in the order of members. Default 1.
    pub consent: Vec<Quantity>,
    /// Log-odds lost for each £10 a year by which Band D would rise. Default 0.
    pub rise_aversion: Quantity,
    /// Chance that the minister approves. Default 1.
    pub ministerial_approval: Quantity,
    /// Cost of setting up, £m in start prices. Default 0.
    pub setup: Quantity,
    /// Cost of a merger that is refused or withdrawn from, £m in start prices. Default 0.
    pub abortive_cost: Quantity,
    /// Where council tax converges. Default average.
    pub equalise: Equalise,
    /// Over how many years, at least 0. Default 5.
    pub equalise_years: Quantity,
}

impl Merger {
    /// The first of `years` years from `first` that begins on or after vesting day: from then on there is one fund. None where all begin
    /// before it.
    #[must_use]
    pub fn fund_from(&self, first: FinancialYear, years: usize) -> Option<usize> {
        let from = self.vesting.time_from(first).max(0.0).ceil() as usize;
        (from < years).then_some(from)
    }
}

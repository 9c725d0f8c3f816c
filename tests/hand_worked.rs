//! Hand-worked cases of every rule of the model, the arithmetic in a comment beside each.

#[path = "reference/build.rs"]
mod build;
mod reference;

#[path = "hand_worked/appraisal.rs"]
mod appraisal;
#[path = "hand_worked/coincidences.rs"]
mod coincidences;
#[path = "hand_worked/delivery.rs"]
mod delivery;
#[path = "hand_worked/finance.rs"]
mod finance;
#[path = "hand_worked/funding.rs"]
mod funding;
#[path = "hand_worked/governance.rs"]
mod governance;
#[path = "hand_worked/investment.rs"]
mod investment;
#[path = "hand_worked/ledger.rs"]
mod ledger;
#[path = "hand_worked/mergers.rs"]
mod mergers;
#[path = "hand_worked/one_fund.rs"]
mod one_fund;
#[path = "hand_worked/resilience.rs"]
mod resilience;
#[path = "hand_worked/savings.rs"]
mod savings;
#[path = "hand_worked/stopping.rs"]
mod stopping;

use engine::alliance::Scenario;
use engine::model::Model;
use engine::uncertainty::lanes::Isa;
use engine::uncertainty::{Quantity, Sampler, Standard, Value};
use engine::units::FinancialYear;
use reference::source::Source;
use reference::{Outcomes, Reference};

/// A year, `2021/22`.
fn year(text: &str) -> FinancialYear {
    text.parse().expect("a financial year of the case")
}

/// Draws for cases in which no draw decides anything: every quantity at its value, every shape at one point of it.
struct Still;

impl Source for Still {
    fn quantity(&self, quantity: &Quantity) -> f64 {
        match quantity.value {
            Value::Fixed(value) => value,
            Value::Uncertain(_) => unreachable!("cases have no uncertain quantity"),
        }
    }
    fn yearly(&self, quantity: &Quantity, _year: i32) -> f64 {
        self.quantity(quantity)
    }
    fn standard(&self, _key: &str, shape: Standard, _plan: f64) -> f64 {
        match shape {
            Standard::Uniform => 0.5,
            Standard::Normal => 0.7,
            Standard::Exponential => 0.9,
            Standard::Logistic => 0.0,
            Standard::Gumbel => 0.4,
        }
    }
    fn standard_yearly(&self, key: &str, shape: Standard, plan: f64, _year: i32) -> f64 {
        self.standard(key, shape, plan)
    }
}

/// One trial of a scenario, by every implementation.
fn trials(scenario: &Scenario) -> Vec<(&'static str, Outcomes)> {
    vec![("reference", Reference::new(scenario).trial(&Still)), ("engine", first_trial(scenario))]
}

/// The plan run of a scenario, by every implementation.
fn plans(scenario: &Scenario) -> Vec<(&'static str, Outcomes)> {
    let model = Model::compile(scenario).expect("a scenario that compiles");
    let named = model.catalogue().columns().iter().map(|column| column.name.clone());
    let engine = named.zip(model.plan().iter().copied()).collect();
    vec![("reference", Reference::new(scenario).plan()), ("engine", engine)]
}

/// The engine's first trial.
fn first_trial(scenario: &Scenario) -> Outcomes {
    let model = Model::compile(scenario).expect("a scenario that compiles");
    let named = model.catalogue().columns().iter().map(|column| column.name.clone());
    named.zip(model.worker(Isa::detect()).run_block(1, Sampler::Plain, 0).iter().map(|column| column[0])).collect()
}

/// Holds outcomes against figures worked by hand; NaN stands for missing.
fn compare(found: &[(&'static str, Outcomes)], expected: &[(&str, f64)]) {
    for (by, outcomes) in found {
        for (name, value) in expected {
            let is = *outcomes.get(*name).unwrap_or_else(|| panic!("the {by} has no outcome {name}"));
            let near = (is - value).abs() <= 1e-9 * value.abs().max(1.0);
            assert!(near || (is.is_nan() && value.is_nan()), "{name} by the {by} is {is}, by hand {value}");
        }
    }
}

/// A trial that no draw can change comes to these figures.
fn comes_to(scenario: &Scenario, expected: &[(&str, f64)]) {
    compare(&trials(scenario), expected);
}

/// The plan run comes to these figures.
fn plan_comes_to(scenario: &Scenario, expected: &[(&str, f64)]) {
    compare(&plans(scenario), expected);
}

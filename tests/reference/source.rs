//! Where a trial takes its numbers from.

use engine::uncertainty::{Quantity, Standard};

/// A source of draws: of the quantities of a scenario, and of standard shapes under keys of their own.
pub trait Source {
    /// A quantity drawn once a trial.
    fn quantity(&self, quantity: &Quantity) -> f64;
    /// A quantity drawn every year; `year` is the calendar year.
    fn yearly(&self, quantity: &Quantity, year: i32) -> f64;
    /// A standard draw once a trial; `plan` in the plan run.
    fn standard(&self, key: &str, shape: Standard, plan: f64) -> f64;
    /// A standard draw every year.
    fn standard_yearly(&self, key: &str, shape: Standard, plan: f64, year: i32) -> f64;
}

/// The plan run: everything at its plan value.
pub struct Plan;

impl Source for Plan {
    fn quantity(&self, quantity: &Quantity) -> f64 {
        quantity.plan_value()
    }
    fn yearly(&self, quantity: &Quantity, _year: i32) -> f64 {
        quantity.plan_value()
    }
    fn standard(&self, _key: &str, _shape: Standard, plan: f64) -> f64 {
        plan
    }
    fn standard_yearly(&self, _key: &str, _shape: Standard, plan: f64, _year: i32) -> f64 {
        plan
    }
}

//! The unit in which the values of an input are kept.

use super::Inputs;
use super::address::{Address, parts};
use super::quantities::{Form, Named};
use analysis::{Reading, Sort};
use engine::units::Unit;

impl Inputs {
    /// The unit of an input's values as they are kept: of a share the fraction.
    #[must_use]
    pub fn unit(address: &str, reading: Reading) -> Unit {
        match (reading, reading.sort()) {
            (_, Sort::Event) => Unit::Flag,
            (_, Sort::Count) => Unit::Count,
            (Reading::LargestSurge(_) | Reading::MeanSurge(_), _) => Unit::Officers,
            (Reading::Above(_) | Reading::GrantAbove(_), _) => Unit::Share,
            _ => match Named::of(&Address::read(&parts(address))).form {
                Form::Share(_) => Unit::Share,
                Form::Years => Unit::Years,
                Form::Money(_) => Unit::Millions,
                Form::Pounds => Unit::Pounds,
                Form::Plain(" officers") => Unit::Officers,
                Form::Times | Form::Plain(_) => Unit::Ratio,
            },
        }
    }
}

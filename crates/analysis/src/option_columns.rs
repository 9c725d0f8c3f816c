//! Names of the columns of a comparison: an option's own measure, its difference from the baseline, its rank and regret.

/// Column of an option's own measure. Options are counted from 0, in the order given; the first is the baseline.
#[must_use]
pub fn own(option: usize, measure: &str) -> String {
    format!("option.{option}.{measure}")
}

/// Column of the difference of a measure from the baseline; missing where either is.
#[must_use]
pub fn difference(option: usize, measure: &str) -> String {
    format!("difference.{option}.{measure}")
}

/// Column that says whether an option is strictly better than the baseline.
#[must_use]
pub fn better(option: usize, measure: &str) -> String {
    format!("better.{option}.{measure}")
}

/// Column that says whether an option is strictly worse than the baseline.
#[must_use]
pub fn worse(option: usize, measure: &str) -> String {
    format!("worse.{option}.{measure}")
}

/// Column that says whether an option is the best of all; shared between those that are equally good.
#[must_use]
pub fn first(option: usize, measure: &str) -> String {
    format!("first.{option}.{measure}")
}

/// Column that says whether no option is the best: where the measure never comes, or is not defined, under any.
#[must_use]
pub fn nobody_first(measure: &str) -> String {
    format!("first.nobody.{measure}")
}

/// Column of an option's regret: how much better the best option of the same future is (Savage 1951).
#[must_use]
pub fn regret(option: usize, measure: &str) -> String {
    format!("regret.{option}.{measure}")
}

/// Column of an option's own measure in the futures that a funding regime shapes most.
#[must_use]
pub fn own_in(option: usize, measure: &str, regime: usize) -> String {
    format!("option.{option}.{measure}.regime.{regime}")
}

/// Column of the difference from the baseline in those futures.
#[must_use]
pub fn difference_in(option: usize, measure: &str, regime: usize) -> String {
    format!("difference.{option}.{measure}.regime.{regime}")
}

/// Column of an option's net present value over another horizon, numbered as they were given.
#[must_use]
pub fn own_over(option: usize, horizon: usize) -> String {
    format!("option.{option}.npv.horizon.{horizon}")
}

/// Column of its difference from the baseline's.
#[must_use]
pub fn difference_over(option: usize, horizon: usize) -> String {
    format!("difference.{option}.npv.horizon.{horizon}")
}

/// Column of an option's cashable saving in a year counted from its start.
#[must_use]
pub fn saving(option: usize, year: usize) -> String {
    format!("option.{option}.saving_cashable.{year}")
}

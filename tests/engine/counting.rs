//! Columns made by hand, counted as a run counts them.

use std::sync::{Arc, Mutex};

use engine::outcomes::{Accumulator, Catalogue, Counter, Layout, Missing, Plan, Ratio, Tier, lay_out};
use engine::statistics::{Counted, Forecast};
use engine::uncertainty::Sampler;
use engine::uncertainty::lanes::{BLOCK, Column, Isa};
use engine::units::Unit;

/// A column to be counted.
pub struct Made {
    pub name: &'static str,
    pub unit: Unit,
    pub missing: Missing,
    pub values: Vec<f64>,
}

/// A headline column in £m.
pub fn money(name: &'static str, values: Vec<f64>) -> Made {
    Made { name, unit: Unit::Millions, missing: Missing::Undefined, values }
}

/// The forecast of columns of equal length; the ratio `ratio` is that of the first two, where there are two.
pub fn count(columns: &[Made], sampler: Sampler) -> Forecast {
    count_at(columns, sampler, &[])
}

/// The same, with the trials below, at and above some amounts of the first column counted one by one.
pub fn count_at(columns: &[Made], sampler: Sampler, amounts: &[f64]) -> Forecast {
    let mut catalogue = Catalogue::default();
    for made in columns {
        catalogue.add(made.name.to_owned(), made.unit, "made by hand", Tier::Headline, made.missing);
    }
    amounts.iter().for_each(|amount| catalogue.ask_about(0, *amount));
    if columns.len() > 1 {
        let name = "ratio".to_owned();
        let meaning = "of means".to_owned();
        catalogue.add_ratio(Ratio { name, meaning, numerator: 0, extra: None, denominator: 1, complement: false });
    }
    let trials = columns[0].values.len();
    let mut first: Vec<Vec<f64>> = columns.iter().map(|c| c.values[..trials.min(1024)].to_vec()).collect();
    let chosen =
        catalogue.columns().iter().zip(&mut first).map(|(spec, values)| Layout::choose(spec, f64::NAN, values));
    let plan = Plan::new(&catalogue, lay_out(&catalogue, chosen), sampler.groups());
    let plan = Arc::new(plan);
    let settled = Mutex::new(Accumulator::new(Arc::clone(&plan)));
    let mut counter = Counter::new(plan);
    for (number, from) in (0..trials).step_by(BLOCK).enumerate() {
        let lanes = (trials - from).min(BLOCK);
        let block: Vec<Column> = columns
            .iter()
            .map(|made| {
                // Lanes beyond the last trial hold what must not be counted.
                let mut column = Column::splat(1e9);
                column[..lanes].copy_from_slice(&made.values[from..from + lanes]);
                column
            })
            .collect();
        counter.add(&block, lanes, sampler.group_of(number as u64), Isa::detect(), &settled);
    }
    counter.settle(&settled);
    let counted = settled.into_inner().expect("nothing panics");
    assert_eq!(counted.trials(), trials as u64);
    let each = (0..columns.len()).map(|column| Counted::of(&counted, &catalogue, column)).collect();
    Forecast::new(&catalogue, &vec![f64::NAN; columns.len()], &counted, each)
}

/// A simple sequence that fills (0, 1) evenly in a scattered order (golden ratio).
pub fn scattered(trials: usize) -> Vec<f64> {
    (0..trials).map(|i| ((i as f64 + 0.5) * 0.618_033_988_749_894_9).fract()).collect()
}

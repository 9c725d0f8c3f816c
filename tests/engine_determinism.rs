//! The same trials give the same bits: on any number of threads, on any instruction set, in any order of blocks.

#[path = "engine/every.rs"]
mod every;
#[path = "engine/forecasts.rs"]
mod forecasts;
#[path = "engine/shipped.rs"]
mod shipped;

use std::sync::{Arc, Mutex};

use engine::model::Model;
use engine::outcomes::{Accumulator, Counter, Layout, Plan, Tier, lay_out};
use engine::run::Settings;
use engine::statistics::{Estimate, Forecast};
use engine::uncertainty::Sampler;
use engine::uncertainty::lanes::{BLOCK, Column, Isa};
use every::every;
use forecasts::{at, forecast, settings};
use shipped::{compile, scenario};

/// Every figure of a forecast as bits, under its name.
fn bits(forecast: &Forecast) -> Vec<(String, Vec<Option<u64>>)> {
    let both = |estimate: Option<Estimate>| [estimate.map(|e| e.value.to_bits()), estimate.map(|e| e.error.to_bits())];
    let catalogue = forecast.catalogue();
    let column = |name: &str| {
        let mut figures = vec![forecast.sd(name).map(f64::to_bits)];
        figures.extend(both(forecast.mean(name)));
        figures.extend(both(forecast.missing(name)));
        for p in [0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95] {
            figures.extend(both(at(forecast.percentile(name, p))));
        }
        let middle = forecast.mean(name).map_or(0.0, |mean| mean.value);
        figures.extend(both(forecast.chance_at_least(name, middle)));
        figures.extend(both(forecast.chance_at_most(name, 0.0)));
        figures
    };
    let columns = catalogue.columns().iter().map(|spec| (spec.name.clone(), column(&spec.name)));
    let ratios = catalogue.ratios().iter().map(|r| (r.name.clone(), both(forecast.ratio(&r.name)).to_vec()));
    columns.chain(ratios).collect()
}

/// Runs on 1, 2 and 7 threads and on every instruction set give the same bits.
fn same_on_any_threads(name: &str, sampler: Sampler, trials: u64) {
    let model = compile(&scenario(name));
    let run = |threads: usize, isa: Isa| {
        bits(&forecast(&model, &Settings { threads, isa, ..settings(trials, 20_250_401, sampler) }))
    };
    let one = run(1, Isa::detect());
    let counted = one.iter().filter(|(_, figures)| figures[1].is_some()).count();
    assert!(counted > 300, "only {counted} figures have a mean");
    for threads in [2, 7] {
        for (a, b) in one.iter().zip(&run(threads, Isa::detect())) {
            assert_eq!(a, b, "{name} with the {sampler} sampler on {threads} threads");
        }
    }
}

#[test]
fn the_merger_is_the_same_on_1_2_and_7_threads() {
    same_on_any_threads("merger-2018", Sampler::Plain, 100_003);
}

#[test]
fn five_forces_are_the_same_on_1_2_and_7_threads() {
    same_on_any_threads("five-force", Sampler::Plain, 100_003);
}

#[test]
fn latin_and_sobol_runs_are_the_same_on_1_2_and_7_threads() {
    for sampler in [Sampler::Antithetic, Sampler::Latin, Sampler::Sobol] {
        same_on_any_threads("merger-2018", sampler, 20_003);
        same_on_any_threads("five-force", sampler, 9_001);
    }
}

/// The bits of a block.
fn block(model: &Model, isa: Isa, sampler: Sampler, number: u64) -> Vec<Column> {
    model.worker(isa).run_block(77, sampler, number).to_vec()
}

/// The first outcome in which two blocks differ.
fn difference(model: &Model, a: &[Column], b: &[Column]) -> Option<String> {
    let mut pairs = model.catalogue().columns().iter().zip(a.iter().zip(b));
    pairs.find_map(|(spec, (a, b))| {
        let lane = (0..BLOCK).find(|lane| a[*lane].to_bits() != b[*lane].to_bits())?;
        Some(format!("{} in lane {lane}: {} and {}", spec.name, a[lane], b[lane]))
    })
}

#[test]
fn every_instruction_set_gives_the_same_block() {
    for (name, scenario) in every() {
        let model = compile(&scenario);
        for sampler in Sampler::ALL {
            let baseline = block(&model, Isa::Baseline, sampler, 5);
            for isa in Isa::available() {
                let differs = difference(&model, &baseline, &block(&model, isa, sampler, 5));
                assert_eq!(differs, None, "{name} with the {sampler} sampler on {isa:?}");
            }
        }
    }
}

#[test]
fn nothing_of_one_block_is_left_in_the_next() {
    for (name, scenario) in every() {
        let model = compile(&scenario);
        let mut worker = model.worker(Isa::detect());
        for sampler in [Sampler::Plain, Sampler::Sobol] {
            for number in [7, 3, 400, 3, 0, 7] {
                let used = worker.run_block(77, sampler, number).to_vec();
                let fresh = block(&model, Isa::detect(), sampler, number);
                assert_eq!(difference(&model, &used, &fresh), None, "{name}: block {number} after others");
            }
        }
    }
}

#[test]
fn blocks_counted_in_any_order_and_merged_in_any_order_are_the_same_count() {
    let model = compile(&scenario("merger-2018"));
    let sampler = Sampler::Latin;
    let blocks: Vec<Vec<Column>> = (0..48).map(|number| block(&model, Isa::detect(), sampler, number)).collect();
    let mut first: Vec<Vec<f64>> =
        (0..model.catalogue().columns().len()).map(|c| blocks[..16].iter().flat_map(|b| b[c].0).collect()).collect();
    let chosen =
        model.catalogue().columns().iter().zip(&mut first).map(|(spec, values)| Layout::choose(spec, f64::NAN, values));
    let layouts = lay_out(model.catalogue(), chosen);
    let plan = Arc::new(Plan::new(model.catalogue(), layouts, sampler.groups()));
    let lanes = |number: usize| if number == 47 { 3 } else { BLOCK };
    let nothing = || Mutex::new(Accumulator::new(Arc::clone(&plan)));
    let counter = || Counter::new(Arc::clone(&plan));
    let add = |into: &mut Counter, number: usize, settled: &Mutex<Accumulator>| {
        into.add(&blocks[number], lanes(number), sampler.group_of(number as u64), Isa::detect(), settled);
    };
    let all = |settled: Mutex<Accumulator>| settled.into_inner().expect("nothing panics");

    let (mut one, settled) = (counter(), nothing());
    (0..48).for_each(|number| add(&mut one, number, &settled));
    one.settle(&settled);
    let in_order = all(settled);
    assert_eq!(in_order.trials(), 47 * BLOCK as u64 + 3);

    // Five workers that take blocks in a scattered order (29 is prime to 48), settled from the last to the first, in one place or each in
    // its own.
    for together in [true, false] {
        let mut workers: Vec<Counter> = (0..5).map(|_| counter()).collect();
        let places: Vec<Mutex<Accumulator>> = (0..5).map(|_| nothing()).collect();
        let place = |worker: usize| &places[if together { 0 } else { worker }];
        (0..48).for_each(|i| add(&mut workers[i % 5], i * 29 % 48, place(i % 5)));
        (0..5).rev().for_each(|worker| workers[worker].settle(place(worker)));
        let mut merged = all(nothing());
        places.into_iter().rev().for_each(|place| merged.merge(&all(place)));
        assert!(in_order == merged, "the order of blocks changes the count");
    }
}

#[test]
fn a_column_counted_in_the_stead_of_another_holds_its_values_in_every_trial() {
    let mut repeated = 0;
    for (name, scenario) in every() {
        let model = compile(&scenario);
        let block = block(&model, Isa::detect(), Sampler::Plain, 5);
        for (spec, values) in model.catalogue().columns().iter().zip(&block) {
            let Some(original) = spec.same_as else { continue };
            assert!(values == &block[original], "{name}: {} is not what is counted for it", spec.name);
            repeated += 1;
        }
    }
    assert!(repeated >= 36, "an alliance alone in its scenario repeats three measures of the whole");
}

#[test]
fn leaving_out_details_changes_no_other_outcome() {
    for (name, scenario) in every() {
        let model = compile(&scenario);
        let all = block(&model, Isa::detect(), Sampler::Plain, 2);
        let mut worker = model.worker(Isa::detect()).without_details();
        worker.run_block(77, Sampler::Plain, 9);
        let few = worker.run_block(77, Sampler::Plain, 2);
        for (spec, (all, few)) in model.catalogue().columns().iter().zip(all.iter().zip(few)) {
            let same = (0..BLOCK).all(|lane| all[lane].to_bits() == few[lane].to_bits());
            assert!(same || spec.tier == Tier::Detail, "{name}: {}", spec.name);
        }
    }
}

#[test]
fn another_seed_gives_other_trials() {
    let model = compile(&scenario("two-force"));
    let mut worker = model.worker(Isa::detect());
    for sampler in Sampler::ALL {
        let npv = model.catalogue().position("npv").expect("every scenario has it");
        let one = worker.run_block(1, sampler, 0)[npv];
        let other = worker.run_block(2, sampler, 0)[npv];
        let same = (0..BLOCK).filter(|i| one[*i].to_bits() == other[*i].to_bits()).count();
        assert!(same < 8, "{same} of {BLOCK} trials are alike with the {sampler} sampler");
    }
}

//! A run made piece by piece is the whole run, whoever makes the pieces and in whatever order.

use std::path::Path;

use engine::model::Model;
use engine::outcomes::Accumulator;
use engine::run::{Interrupt, Pieces, Runner, Settings};
use engine::uncertainty::Sampler;
use engine::uncertainty::lanes::{BLOCK, Isa};

fn model() -> Model {
    let loaded = language::load(Path::new("scenarios/two-force.toml"), &[]).expect("it is sound");
    Model::compile(&loaded.scenario).expect("it compiles")
}

fn settings(trials: u64, sampler: Sampler) -> Settings {
    Settings { trials, seed: 2015, sampler, threads: 2, isa: Isa::detect(), until: None }
}

/// The counts of a whole run as bytes.
fn whole(model: &Model, settings: &Settings) -> Vec<u8> {
    let interrupt = Interrupt::default();
    let runner = Runner::new(model, settings, &interrupt).expect("it starts");
    runner.count(0..runner.blocks(), runner.nothing(), None, None).expect("it runs").0.to_bytes()
}

#[test]
fn pieces_of_any_number_of_workers_add_up_to_the_whole_run() {
    let model = model();
    for (trials, sampler) in [(3_000, Sampler::Plain), (2_048, Sampler::Sobol), (500, Sampler::Plain)] {
        let settings = settings(trials, sampler);
        for workers in [1, 2, 5] {
            // The later runs of more trials, as one goes on from fewer.
            let more = Settings { trials: if trials < 1_024 { trials } else { 100_000 }, ..settings.clone() };
            let mut pieces: Vec<Pieces<'_>> = (0..workers).map(|_| Pieces::new(&model, more.clone())).collect();
            for block in (0..trials.div_ceil(BLOCK as u64)).rev() {
                pieces[block as usize % workers].count(block, trials);
            }
            // A worker without a block of its own still has to lay out how all is counted.
            pieces.iter_mut().for_each(|own| while !own.prepare() {});
            let plan = pieces[0].plan().expect("it is laid out").clone();
            let mut sum = Accumulator::new(plan.clone());
            for own in &mut pieces {
                let bytes = own.take().expect("it is laid out").to_bytes();
                sum.merge(&Accumulator::from_bytes(&plan, &bytes).expect("of the same run"));
            }
            assert!(sum.to_bytes() == whole(&model, &settings), "{trials} trials by {workers}");
        }
    }
}

#[test]
fn what_was_taken_is_not_counted_again() {
    let model = model();
    let mut pieces = Pieces::new(&model, settings(2_048, Sampler::Plain));
    assert!(pieces.take().is_none() && pieces.plan().is_none());
    pieces.count(3, 2_048);
    assert_eq!(pieces.take().map(|counted| counted.trials()), Some(BLOCK as u64));
    assert_eq!(pieces.take().map(|counted| counted.trials()), Some(0));
    // Of the first 1,000 trials block 7 holds 104.
    pieces.count(7, 1_000);
    assert_eq!(pieces.take().map(|counted| counted.trials()), Some(104));
}

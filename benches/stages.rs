//! Where the time of a trial goes: each stage of the kernel, counting, and laying out the first trials. Two-force, one thread, the best
//! instruction set.

use std::path::Path;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use criterion::{Criterion, criterion_group, criterion_main};
use engine::model::{Model, Stage};
use engine::outcomes::Counter;
use engine::run::{Interrupt, Runner, Settings};
use engine::uncertainty::Sampler;
use engine::uncertainty::lanes::{BLOCK, Isa};

const SEED: u64 = 2015;

const STAGES: [(Stage, &str); 10] = [
    (Stage::World, "economy, grant and council tax"),
    (Stage::Opening, "drawing and scheduling programmes"),
    (Stage::Governance, "stalls and exits"),
    (Stage::Programmes, "clocks, savings and spending"),
    (Stage::Sharing, "what falls to each force"),
    (Stage::Ledgers, "surges and ledgers"),
    (Stage::Resilience, "officers and mutual help"),
    (Stage::Appraisal, "discounting"),
    (Stage::Records, "writing a year down"),
    (Stage::End, "writing the end down"),
];

fn two_force() -> Model {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/two-force.toml");
    let loaded = language::load(&path, &[]).expect("shipped scenarios load");
    Model::compile(&loaded.scenario).expect("shipped scenarios compile")
}

/// The time that `trials` trials take in what `block` says of one block.
fn scaled(trials: u64, mut block: impl FnMut(u64) -> Duration) -> Duration {
    let blocks = trials.div_ceil(BLOCK as u64);
    let all: Duration = (0..blocks).map(&mut block).sum();
    all.mul_f64(trials as f64 / (blocks * BLOCK as u64) as f64)
}

fn stages(c: &mut Criterion) {
    let model = two_force();
    let mut worker = model.worker(Isa::detect()).without_details();
    for (wanted, name) in STAGES {
        c.bench_function(&format!("a trial: {name}"), |b| {
            b.iter_custom(|trials| {
                scaled(trials, |block| {
                    let (mut spent, mut before) = (Duration::ZERO, Instant::now());
                    worker.run_block_watched(SEED, Sampler::Plain, block, &mut |stage| {
                        let now = Instant::now();
                        if stage == wanted {
                            spent += now - before;
                        }
                        before = now;
                    });
                    spent
                })
            });
        });
    }
}

fn counting(c: &mut Criterion) {
    let (model, interrupt) = (two_force(), Interrupt::default());
    let isa = Isa::detect();
    let settings = Settings { trials: 100_000, seed: SEED, sampler: Sampler::Plain, threads: 1, isa, until: None };
    let runner = Runner::new(&model, &settings, &interrupt).expect("it starts");
    let (mut counter, settled) = (Counter::new(Arc::clone(runner.plan())), Mutex::new(runner.nothing()));
    let mut worker = model.worker(isa).without_details();
    c.bench_function("a trial: counting", |b| {
        b.iter_custom(|trials| {
            scaled(trials, |block| {
                let columns = worker.run_block(SEED, Sampler::Plain, block);
                let started = Instant::now();
                counter.add(columns, BLOCK, 0, isa, &settled);
                started.elapsed()
            })
        });
    });
    c.bench_function("a run: laying out the first 1,024 trials", |b| {
        b.iter(|| Runner::new(&model, &settings, &interrupt).expect("it starts"));
    });
    counter.settle(&settled);
    let counted = settled.into_inner().expect("nothing panics");
    c.bench_function("a run: figures from counts", |b| b.iter(|| runner.forecast(&counted)));
}

criterion_group! {
    name = benches;
    config = Criterion::default()
        .sample_size(20)
        .warm_up_time(Duration::from_millis(300))
        .measurement_time(Duration::from_millis(1000));
    targets = stages, counting
}
criterion_main!(benches);

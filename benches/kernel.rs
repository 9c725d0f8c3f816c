//! The kernel: time of one trial of each shipped scenario (draws, model, outcomes; nothing counted yet). One thread.

use std::hint::black_box;
use std::path::Path;
use std::time::{Duration, Instant};

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use engine::model::Model;
use engine::uncertainty::Sampler;
use engine::uncertainty::lanes::{BLOCK, Isa};

const SHIPPED: [&str; 8] = [
    "benchmarks/benchmark",
    "standalone",
    "lead-force",
    "two-force",
    "three-force",
    "merger-2018",
    "mandated-merger",
    "five-force",
];

fn model(name: &str) -> Model {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios").join(format!("{name}.toml"));
    let loaded = language::load(&path, &[]).expect("shipped scenarios load");
    Model::compile(&loaded.scenario).expect("shipped scenarios compile")
}

/// Benches a trial; blocks of 256 are run, and a 256th of one is a trial.
fn trial(c: &mut Criterion, group: &str, name: &str, model: &Model, isa: Isa) {
    let mut worker = model.worker(isa);
    let mut next = 0;
    let mut group = c.benchmark_group(group);
    group.throughput(Throughput::Elements(1));
    group.bench_function(name, |b| {
        b.iter_custom(|trials| {
            let blocks = trials.div_ceil(BLOCK as u64);
            let started = Instant::now();
            for _ in 0..blocks {
                black_box(worker.run_block(2015, Sampler::Plain, next));
                next += 1;
            }
            started.elapsed().mul_f64(trials as f64 / (blocks * BLOCK as u64) as f64)
        });
    });
}

fn scenarios(c: &mut Criterion) {
    let isa = Isa::detect();
    for name in SHIPPED {
        trial(c, &format!("a trial, {}", isa.name()), name, &model(name), isa);
    }
}

fn instruction_sets(c: &mut Criterion) {
    let two = model("two-force");
    for isa in Isa::available() {
        trial(c, "a trial of two-force", isa.name(), &two, isa);
    }
}

criterion_group! {
    name = benches;
    config = Criterion::default()
        .sample_size(20)
        .warm_up_time(Duration::from_millis(300))
        .measurement_time(Duration::from_millis(1200));
    targets = scenarios, instruction_sets
}
criterion_main!(benches);

//! A whole run, everything counted and every figure ready: 100,000 trials of the two-force alliance by sampler, 20,000 of each shipped
//! scenario.

use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::time::Duration;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use engine::model::Model;
use engine::run::{Interrupt, Settings, run};
use engine::uncertainty::Sampler;
use engine::uncertainty::lanes::Isa;
use language::load;

const TRIALS: u64 = 100_000;
const FEW: u64 = 20_000;

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

fn path(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios").join(format!("{name}.toml"))
}

fn model(name: &str) -> Model {
    let loaded = load(&path(name), &[]).expect("shipped scenarios load");
    Model::compile(&loaded.scenario).expect("shipped scenarios compile")
}

fn settings(trials: u64, sampler: Sampler, threads: usize) -> Settings {
    Settings { trials, seed: 2015, sampler, threads, isa: Isa::detect(), until: None }
}

fn whole(c: &mut Criterion) {
    let model = model("two-force");
    let mut group = c.benchmark_group("100,000 trials of two-force");
    group.throughput(Throughput::Elements(TRIALS));
    let all = |name: &str, sampler, threads| (name.to_owned(), settings(TRIALS, sampler, threads));
    for (name, settings) in [
        all("plain, all cores", Sampler::Plain, 0),
        all("plain, one thread", Sampler::Plain, 1),
        all("antithetic, all cores", Sampler::Antithetic, 0),
        all("latin, all cores", Sampler::Latin, 0),
        all("sobol, all cores", Sampler::Sobol, 0),
    ] {
        group.bench_function(&name, |b| {
            b.iter(|| black_box(run(&model, &settings, &Interrupt::default(), None).expect("it runs")));
        });
    }
    group.finish();
}

fn shipped(c: &mut Criterion) {
    let settings = settings(FEW, Sampler::Plain, 0);
    let mut group = c.benchmark_group("20,000 trials");
    group.throughput(Throughput::Elements(FEW));
    for name in SHIPPED {
        let model = model(name);
        group.bench_function(name, |b| {
            b.iter(|| black_box(run(&model, &settings, &Interrupt::default(), None).expect("it runs")));
        });
    }
    group.finish();
}

fn preparation(c: &mut Criterion) {
    c.bench_function("reading two-force", |b| b.iter(|| black_box(load(&path("two-force"), &[]).expect("it loads"))));
    let loaded = load(&path("two-force"), &[]).expect("shipped scenarios load");
    c.bench_function("compiling two-force", |b| {
        b.iter(|| black_box(Model::compile(&loaded.scenario).expect("it compiles")));
    });
}

criterion_group! {
    name = benches;
    config = Criterion::default()
        .sample_size(10)
        .warm_up_time(Duration::from_millis(500))
        .measurement_time(Duration::from_secs(4));
    targets = whole, shipped, preparation
}
criterion_main!(benches);

//! Decisions on all cores: options side by side, what drives an outcome, when a scenario fails, which order is best, how a deal is
//! shared; 20,000 trials each.

use std::hint::black_box;
use std::path::Path;
use std::time::Duration;

use analysis::{self, Comparison, Failure, Measure, Objective, Sign, align};
use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use engine::alliance::Scenario;
use engine::model::{Levers, Model};
use engine::run::{Interrupt, Settings, run};
use engine::uncertainty::Sampler;
use engine::uncertainty::lanes::Isa;
use language::load;

const TRIALS: u64 = 20_000;

fn scenario(name: &str) -> Scenario {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("scenarios/{name}.toml"));
    load(&path, &[]).expect("shipped scenarios load").scenario
}

fn compiled(scenario: &Scenario) -> Model {
    Model::compile(scenario).expect("shipped scenarios compile")
}

fn all(c: &mut Criterion) {
    let settings =
        Settings { trials: TRIALS, seed: 2015, sampler: Sampler::Plain, threads: 0, isa: Isa::detect(), until: None };
    let interrupt = Interrupt::default();
    let mut group = c.benchmark_group("20,000 trials");
    group.throughput(Throughput::Elements(TRIALS));
    for names in [&["two-force", "lead-force"][..], &["two-force", "merger-2018", "lead-force", "standalone"]] {
        let mut scenarios: Vec<Scenario> = names.iter().map(|name| scenario(name)).collect();
        align(&mut scenarios, None).expect("they have a common horizon");
        let regimes = scenarios[0].funding.regimes.len();
        let options = Comparison::new(scenarios.iter().map(compiled).collect(), regimes).expect("two or more");
        group.bench_function(format!("comparing {} options", names.len()), |b| {
            b.iter(|| black_box(run(&options, &settings, &interrupt, None).expect("it runs")));
        });
    }
    let model = compiled(&scenario("two-force"));
    let npv = model.catalogue().position("npv").expect("it is an outcome");
    group.bench_function("explaining two-force", |b| {
        b.iter(|| black_box(analysis::explain(&model, None, npv, &settings, &interrupt).expect("it runs")));
    });
    let failure = Failure { column: npv, never: false, sign: Sign::Below, level: 0.0 };
    group.bench_function("discovering when two-force fails", |b| {
        b.iter(|| black_box(analysis::discover(&model, failure, &settings, &interrupt).expect("it runs")));
    });
    let measure = Measure::common(std::slice::from_ref(&model), &[]).into_iter().find(|measure| measure.name == "npv");
    let objective = Objective { measure: measure.expect("it is a measure"), percentile: None };
    let planned: Vec<Levers> = scenario("two-force").alliances.iter().map(Levers::of).collect();
    group.bench_function("optimising two-force", |b| {
        let sought = || analysis::optimise(&model, &planned, (npv, &objective), None, &settings, &interrupt);
        b.iter(|| black_box(sought().expect("it runs")));
    });
    let three = scenario("three-force");
    group.bench_function("sharing of three-force", |b| {
        b.iter(|| black_box(analysis::shares(&three, &settings, &interrupt).expect("there is an alliance")));
    });
    group.finish();
}

criterion_group! {
    name = benches;
    config = Criterion::default()
        .sample_size(10)
        .warm_up_time(Duration::from_millis(500))
        .measurement_time(Duration::from_secs(4));
    targets = all
}
criterion_main!(benches);

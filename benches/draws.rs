//! Draws: nanoseconds for one word and for one value, by sampler and by distribution. One thread, the best instruction set.

use std::hint::black_box;
use std::time::{Duration, Instant};

use criterion::{Criterion, criterion_group, criterion_main};
use engine::uncertainty::lanes::{BLOCK, Column, Isa, Words};
use engine::uncertainty::{
    Correlation, Distribution, Draws, DrawsBuilder, Family, Input, Quantity, Sampler, Standard, Stream, Structure,
    philox,
};

const SEED: u64 = 2015;

/// Time of `values` values, made a block at a time.
fn timed(values: u64, mut block: impl FnMut(u64)) -> Duration {
    let blocks = values.div_ceil(BLOCK as u64);
    let started = Instant::now();
    for number in 0..blocks {
        block(number);
    }
    started.elapsed().mul_f64(values as f64 / (blocks * BLOCK as u64) as f64)
}

fn distribution(family: Family) -> Distribution {
    Distribution::new(family, None, None).expect("valid parameters")
}

fn pert() -> Family {
    Family::Pert { low: 0.0, mode: 0.2, high: 1.0, shape: 4.0 }
}

/// One quantity of a family.
fn quantity(family: Family) -> (Draws, Input) {
    let mut builder = DrawsBuilder::default();
    let input = builder.quantity(&Quantity::uncertain("q", distribution(family)));
    (builder.build(&[]).expect("it compiles"), input)
}

fn fill(c: &mut Criterion, name: &str, sampler: Sampler, (draws, input): &(Draws, Input)) {
    let mut stream = Stream::new(draws, SEED, sampler, Isa::detect());
    let mut out = Column::default();
    c.bench_function(name, |b| {
        b.iter_custom(|values| {
            timed(values, |block| {
                stream.start(block);
                stream.fill(*input, 2020, &mut out);
                black_box(&out);
            })
        });
    });
}

fn words(c: &mut Criterion) {
    for isa in Isa::available() {
        let mut out = Words::default();
        c.bench_function(&format!("a Philox word, {}", isa.name()), |b| {
            b.iter_custom(|values| {
                timed(values, |block| {
                    philox::words(isa, SEED, 0x9E37_79B9_7F4A_7C15, 2020, block, &mut out);
                    black_box(&out);
                })
            });
        });
    }
}

fn samplers(c: &mut Criterion) {
    for sampler in Sampler::ALL {
        fill(c, &format!("a PERT value, {sampler}"), sampler, &quantity(pert()));
    }
}

fn families(c: &mut Criterion) {
    let parts = vec![distribution(pert()), distribution(Family::LogNormal { median: 1.0, p90: 2.0 })];
    let mixture = Family::Mixture { weights: vec![0.4, 0.6], parts };
    fill(c, "a log-normal value", Sampler::Plain, &quantity(Family::LogNormal { median: 1.0, p90: 2.0 }));
    fill(c, "a mixture's value", Sampler::Plain, &quantity(mixture));
    let mut builder = DrawsBuilder::default();
    let input = builder.standard("s", Standard::Normal, 0.0);
    fill(c, "a standard normal value", Sampler::Plain, &(builder.build(&[]).expect("it compiles"), input));
}

fn correlated(c: &mut Criterion) {
    let mut builder = DrawsBuilder::default();
    let inputs: Vec<Input> =
        ["a", "b", "c"].map(|key| builder.quantity(&Quantity::uncertain(key, distribution(pert())))).into();
    let quantities = ["a", "b", "c"].map(str::to_owned).into();
    let draws = builder
        .build(&[Correlation { quantities, structure: Structure::Common(0.4), partial: false }])
        .expect("it compiles");
    fill(c, "a correlated PERT value", Sampler::Plain, &(draws, inputs[2]));
}

fn compilation(c: &mut Criterion) {
    c.bench_function("compiling a PERT table", |b| b.iter(|| black_box(quantity(pert()))));
}

criterion_group! {
    name = benches;
    config = Criterion::default()
        .sample_size(20)
        .warm_up_time(Duration::from_millis(200))
        .measurement_time(Duration::from_millis(600));
    targets = words, samplers, families, correlated, compilation
}
criterion_main!(benches);

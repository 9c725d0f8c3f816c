//! Samplers keep their promises: strata, nets, independence across keys, the same bits in any order and on any instruction set.

use engine::uncertainty::lanes::{BLOCK, Column, Isa};
use engine::uncertainty::{Draws, DrawsBuilder, Input, Sampler, Standard, Stream};

const SAMPLERS: [Sampler; 4] = Sampler::ALL;

/// Blocks of 4,096 trials: a batch of Latin draws.
const BATCH: u64 = 4096 / BLOCK as u64;

fn uniforms(keys: &[&str]) -> Draws {
    let mut builder = DrawsBuilder::default();
    for key in keys {
        builder.standard_yearly(key, Standard::Uniform, 0.5);
    }
    builder.build(&[]).expect("uniforms need no table")
}

/// Words of several blocks; the uniform draw is `(w + ½)/2³²`.
fn words(
    draws: &Draws,
    position: usize,
    sampler: Sampler,
    seed: u64,
    year: i32,
    blocks: impl Iterator<Item = u64>,
) -> Vec<u64> {
    let mut stream = Stream::new(draws, seed, sampler, Isa::detect());
    let mut column = Column::default();
    let mut words = Vec::new();
    for block in blocks {
        stream.start(block);
        stream.fill(Input::Drawn(position), year, &mut column);
        words.extend(column.iter().map(|u| (u * 4_294_967_296.0) as u64));
    }
    words
}

fn once_each(mut cells: Vec<u64>) -> bool {
    cells.sort_unstable();
    cells.iter().enumerate().all(|(i, cell)| i as u64 == *cell)
}

#[test]
fn latin_batches_meet_each_of_4096_strata_once() {
    let draws = uniforms(&["a", "alliance.A.slip"]);
    for position in 0..2 {
        for batch in [0, 1, 7, 1000] {
            let words = words(&draws, position, Sampler::Latin, 3, 2020, batch * BATCH..(batch + 1) * BATCH);
            assert!(once_each(words.iter().map(|w| w >> 20).collect()), "{position} {batch}");
        }
    }
}

#[test]
fn antithetic_pairs_mirror_each_other_and_are_else_plain() {
    let draws = uniforms(&["a"]);
    let plain = words(&draws, 0, Sampler::Plain, 3, 2020, 0..8);
    let pairs = words(&draws, 0, Sampler::Antithetic, 3, 2020, 0..8);
    for (plain, pairs) in plain.chunks(BLOCK).zip(pairs.chunks(BLOCK)) {
        let (first, second) = pairs.split_at(BLOCK / 2);
        assert_eq!(first, &plain[..BLOCK / 2]);
        // u and 1 − u: the words add up to 2³² − 1.
        assert!(first.iter().zip(second).all(|(word, mirrored)| word + mirrored == 0xffff_ffff));
    }
}

#[test]
fn latin_permutations_are_as_irregular_as_random_ones() {
    // Correlation of stratum with position, and with its neighbour's, over 400 keys: variance 1/4095 each; the mean square of 400 is
    // within 4·√(2/400) of it.
    let draws = uniforms(&["a"]);
    let (mut with_position, mut with_next) = (0.0, 0.0);
    for year in 0..400 {
        let strata: Vec<f64> =
            words(&draws, 0, Sampler::Latin, 9, year, 0..BATCH).iter().map(|w| (w >> 20) as f64).collect();
        let positions: Vec<f64> = (0..4096).map(f64::from).collect();
        with_position += correlation(&strata, &positions).powi(2) * 4095.0 / 400.0;
        with_next += correlation(&strata[1..], &strata[..4095]).powi(2) * 4095.0 / 400.0;
    }
    assert!((with_position - 1.0).abs() < 0.29, "{with_position}");
    assert!((with_next - 1.0).abs() < 0.29, "{with_next}");
}

#[test]
fn sobol_replicates_meet_every_interval_once_in_every_aligned_run() {
    let draws = uniforms(&["a", "alliance.A.realisation", "alliance.A.slip", "alliance.A.overrun", "economy.pay"]);
    for position in 0..5 {
        for replicate in [0, 5, 15] {
            let points = words(&draws, position, Sampler::Sobol, 3, 2020, (0..BATCH).map(|i| i * 16 + replicate));
            for k in [1_usize, 4, 8, 10, 12] {
                for run in points.chunks(1 << k) {
                    assert!(once_each(run.iter().map(|w| w >> (32 - k)).collect()), "{position} {replicate} {k}");
                }
            }
        }
    }
}

#[test]
fn realisation_and_slip_of_one_alliance_form_a_two_dimensional_net() {
    let draws = uniforms(&["alliance.A.realisation", "alliance.A.slip"]);
    let blocks = || (0..BATCH).map(|i| i * 16 + 3);
    let x = words(&draws, 0, Sampler::Sobol, 11, 2020, blocks());
    let y = words(&draws, 1, Sampler::Sobol, 11, 2020, blocks());
    // A (0, 2)-sequence: every aligned run of 2ᵏ points meets each of the 2ᵏ boxes of any shape 2ʲ × 2ᵏ⁻ʲ once.
    for k in [4_usize, 8, 12] {
        for j in 0..=k {
            for (xs, ys) in x.chunks(1 << k).zip(y.chunks(1 << k)) {
                let cell = |(a, b): (&u64, &u64)| ((a >> (32 - j)) << (k - j)) | (b >> (32 - (k - j)));
                assert!(once_each(xs.iter().zip(ys).map(cell).collect()), "{k} {j}");
            }
        }
    }
}

fn correlation(a: &[f64], b: &[f64]) -> f64 {
    let n = a.len() as f64;
    let (ma, mb) = (a.iter().sum::<f64>() / n, b.iter().sum::<f64>() / n);
    let sum = |f: &dyn Fn(f64, f64) -> f64| a.iter().zip(b).map(|(x, y)| f(x - ma, y - mb)).sum::<f64>();
    sum(&|x, y| x * y) / (sum(&|x, _| x * x) * sum(&|_, y| y * y)).sqrt()
}

#[test]
fn keys_years_and_seeds_are_independent() {
    let keys =
        ["a", "b", "alliance.A.realisation", "alliance.A.slip", "alliance.B.slip", "economy.pay", "area.1", "area.2"];
    let draws = uniforms(&keys);
    for sampler in SAMPLERS {
        let column = |position, seed, year| -> Vec<f64> {
            words(&draws, position, sampler, seed, year, 0..16 * BATCH).iter().map(|w| *w as f64).collect()
        };
        let mut columns: Vec<Vec<f64>> = (0..keys.len()).map(|position| column(position, 1, 2020)).collect();
        columns.push(column(0, 1, 2021));
        columns.push(column(0, 2, 2020));
        let mut squares = 0.0;
        let mut pairs = 0.0;
        for (i, a) in columns.iter().enumerate() {
            for (j, b) in columns[..i].iter().enumerate() {
                // One standard error is 1/256 for independent points. Shuffled nets vary more: both coordinates of a pair of
                // neighbours lie in opposite halves (correlation −¾), so that the variance is 1 + ¾² + … = 1.6 times as large.
                let score = correlation(a, b) * 256.0 / if sampler == Sampler::Sobol { 1.6_f64.sqrt() } else { 1.0 };
                assert!(score.abs() < 4.0, "{sampler} {i} {j}: {score}");
                squares += score * score;
                pairs += 1.0;
            }
        }
        // Mean square of 45 scores: 1 ± 4·√(2/45).
        assert!(squares / pairs < 1.0 + 4.0 * (2.0_f64 / 45.0).sqrt(), "{sampler}: {}", squares / pairs);
    }
}

#[test]
fn the_order_of_blocks_and_the_instruction_set_change_no_bit() {
    let draws = uniforms(&["a", "alliance.A.slip"]);
    for sampler in SAMPLERS {
        for position in 0..2 {
            let reference = words(&draws, position, sampler, 5, 2020, 0..40);
            let backwards = words(&draws, position, sampler, 5, 2020, (0..40).rev());
            assert!(reference.chunks(BLOCK).eq(backwards.chunks(BLOCK).rev()), "{sampler}");
            for isa in Isa::available() {
                let mut stream = Stream::new(&draws, 5, sampler, isa);
                let mut column = Column::default();
                stream.start(17);
                stream.fill(Input::Drawn(position), 2020, &mut column);
                let same = column.iter().zip(&reference[17 * BLOCK..]).all(|(u, w)| (u * 4_294_967_296.0) as u64 == *w);
                assert!(same, "{sampler} {isa:?}");
            }
        }
    }
}

#[test]
fn replicates_of_sobol_and_batches_of_latin_are_different_points() {
    let draws = uniforms(&["a"]);
    for sampler in SAMPLERS {
        let mut all = words(&draws, 0, sampler, 5, 2020, 0..64);
        all.sort_unstable();
        all.dedup();
        // 16,384 random words of 2³²: 0.03 pairs alike are expected.
        assert!(all.len() > 64 * BLOCK - 3, "{sampler}: {}", all.len());
    }
}

#[test]
fn a_correlation_of_what_does_not_vary_is_built_and_ties_nothing() {
    let correlation = |names: &[&str]| engine::uncertainty::Correlation {
        quantities: names.iter().map(|name| (*name).to_owned()).collect(),
        structure: engine::uncertainty::Structure::Common(0.5),
        partial: false,
    };
    let mut builder = DrawsBuilder::default();
    builder.standard("a", Standard::Normal, 0.0);
    builder.quantity(&engine::uncertainty::Quantity::fixed("known", 1.0));
    let both = [correlation(&["known"]), correlation(&["known", "a", "a"])];
    assert_eq!(builder.tied(&both), [vec![], vec!["a"]]);
    // Each key once a name or pattern, of those that begin as it does.
    assert_eq!((builder.held(&both), builder.held(&[correlation(&["*", "a*", "b*"])])), (4, 3));
    assert!(builder.build(&[correlation(&["known"])]).is_ok());
}

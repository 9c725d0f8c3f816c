//! Draws by key: pairing, plan values, correlation, and everything that is refused.

use engine::uncertainty::lanes::{Column, Isa};
use engine::uncertainty::{
    Correlation, Distribution, Draws, DrawsBuilder, DrawsError, Family, Input, Quantity, Sampler, Standard, Stream,
    Structure,
};

fn uncertain(key: &str, family: Family) -> Quantity {
    Quantity::uncertain(key, Distribution::new(family, None, None).expect("valid parameters"))
}

fn families() -> Vec<Family> {
    let uniform = |low| Distribution::new(Family::Uniform { low, high: low + 1.0 }, None, None).expect("valid");
    vec![
        Family::Uniform { low: 0.0, high: 1.0 },
        Family::Triangular { low: 0.0, mode: 0.2, high: 1.0 },
        Family::Pert { low: 0.0, mode: 0.2, high: 1.0, shape: 4.0 },
        Family::Normal { mean: 0.0, sd: 1.0 },
        Family::LogNormal { median: 1.0, p90: 2.0 },
        Family::Beta { a: 2.0, b: 5.0 },
        Family::Pareto { low: 1.0, alpha: 2.5 },
        Family::Quantiles { p10: 0.0, p50: 1.0, p90: 3.0 },
        Family::Discrete { values: vec![1.0, 2.0, 3.0], weights: vec![0.2, 0.5, 0.3] },
        Family::Empirical { values: (0..50).map(f64::from).collect() },
        Family::Mixture { weights: vec![0.4, 0.6], parts: vec![uniform(0.0), uniform(2.0)] },
    ]
}

fn columns(draws: &Draws, sampler: Sampler, blocks: u64) -> Vec<Vec<f64>> {
    let mut stream = Stream::new(draws, 7, sampler, Isa::detect());
    let mut column = Column::default();
    let mut all = vec![Vec::new(); draws.info().len()];
    for block in 0..blocks {
        stream.start(block);
        for (position, values) in all.iter_mut().enumerate() {
            stream.fill(Input::Drawn(position), 2020, &mut column);
            values.extend_from_slice(&column[..]);
        }
    }
    all
}

fn correlation(a: &[f64], b: &[f64]) -> f64 {
    let n = a.len() as f64;
    let (ma, mb) = (a.iter().sum::<f64>() / n, b.iter().sum::<f64>() / n);
    let sum = |f: &dyn Fn(f64, f64) -> f64| a.iter().zip(b).map(|(x, y)| f(x - ma, y - mb)).sum::<f64>();
    sum(&|x, y| x * y) / (sum(&|x, _| x * x) * sum(&|_, y| y * y)).sqrt()
}

fn common(names: &[&str], rho: f64) -> Correlation {
    Correlation {
        quantities: names.iter().map(|n| (*n).to_owned()).collect(),
        structure: Structure::Common(rho),
        partial: false,
    }
}

#[test]
fn adding_removing_and_reordering_quantities_moves_no_draws() {
    let build = |order: &[usize]| {
        let mut builder = DrawsBuilder::default();
        let families = families();
        let inputs: Vec<Input> =
            order.iter().map(|i| builder.quantity(&uncertain(&format!("q{i}"), families[*i].clone()))).collect();
        (builder.build(&[]).expect("valid"), inputs)
    };
    let (all, inputs) = build(&(0..11).collect::<Vec<_>>());
    let (some, others) = build(&[10, 3, 0, 7]);
    for sampler in Sampler::ALL {
        for trial in [0, 1, 255, 256, 99_999] {
            for (position, i) in [10, 3, 0, 7].into_iter().enumerate() {
                let a = all.value(inputs[i], 2020, trial, 1, sampler);
                let b = some.value(others[position], 2031, trial, 1, sampler);
                assert_eq!(a.to_bits(), b.to_bits(), "{sampler} {i} {trial}");
            }
        }
    }
}

#[test]
fn every_family_and_sampler_gives_the_same_bits_on_every_instruction_set() {
    let mut builder = DrawsBuilder::default();
    let inputs: Vec<Input> =
        families().into_iter().enumerate().map(|(i, f)| builder.quantity(&uncertain(&format!("q{i}"), f))).collect();
    // Half of them correlated.
    let draws = builder.build(&[common(&["q0", "q2", "q4", "q6", "q8", "q10"], 0.3)]).expect("valid");
    for sampler in Sampler::ALL {
        for input in &inputs {
            let bits = |isa| {
                let mut stream = Stream::new(&draws, 3, sampler, isa);
                let mut column = Column::default();
                stream.start(12);
                stream.fill(*input, 2020, &mut column);
                column.map(f64::to_bits)
            };
            let baseline = bits(Isa::Baseline);
            assert!(Isa::available().into_iter().all(|isa| bits(isa) == baseline), "{sampler} {input:?}");
        }
    }
}

#[test]
fn what_is_drawn_once_ignores_the_year_and_what_is_yearly_does_not() {
    let mut builder = DrawsBuilder::default();
    let once = builder.quantity(&uncertain("once", Family::Normal { mean: 0.0, sd: 1.0 }));
    let yearly = builder.yearly(&uncertain("yearly", Family::Normal { mean: 0.0, sd: 1.0 }));
    let draws = builder.build(&[]).expect("valid");
    let value = |input, year| draws.value(input, year, 77, 1, Sampler::Plain);
    assert_eq!(value(once, 2015).to_bits(), value(once, 2016).to_bits());
    assert_ne!(value(yearly, 2015).to_bits(), value(yearly, 2016).to_bits());
}

#[test]
fn plan_runs_take_plan_values_and_trials_do_not() {
    let mut builder = DrawsBuilder::default();
    let mut planned = uncertain("a", Family::Uniform { low: 0.0, high: 1.0 });
    planned.plan = Some(9.0);
    let mut fixed = Quantity::fixed("b", 2.0);
    fixed.plan = Some(1.0);
    let mode = Family::Pert { low: 0.0, mode: 0.25, high: 1.0, shape: 4.0 };
    let inputs = [
        builder.quantity(&planned),
        builder.quantity(&fixed),
        builder.quantity(&uncertain("c", mode)),
        builder.standard("d", Standard::Logistic, f64::NEG_INFINITY),
        builder.quantity(&Quantity::fixed("e", 4.0)),
    ];
    let draws = builder.build(&[]).expect("valid");
    assert!(matches!(inputs[4], Input::Fixed(_)) && !draws.info()[1].varies && draws.info()[0].varies);
    let mut column = Column::default();
    let mut plan = Stream::plan(&draws, Isa::detect());
    for (input, expected) in inputs.iter().zip([9.0, 1.0, 0.25, f64::NEG_INFINITY, 4.0]) {
        plan.fill(*input, 2020, &mut column);
        assert!(column.iter().all(|x| x.total_cmp(&expected).is_eq()), "{input:?}");
    }
    assert!((draws.value(inputs[1], 2020, 5, 1, Sampler::Plain) - 2.0).abs() < 1e-15);
    assert!(draws.value(inputs[0], 2020, 5, 1, Sampler::Plain) < 1.0);
}

#[test]
fn plan_values_follow_the_family() {
    let plan = |family, min, max| Distribution::new(family, min, max).expect("valid").plan_value();
    let near = |a: f64, b: f64| (a - b).abs() < 1e-12;
    assert!(near(plan(Family::Triangular { low: 0.0, mode: 0.2, high: 1.0 }, None, None), 0.2));
    assert!(near(plan(Family::Pert { low: 0.0, mode: 0.2, high: 1.0, shape: 4.0 }, Some(0.3), None), 0.3));
    assert!(near(plan(Family::LogNormal { median: 1.6, p90: 2.4 }, None, None), 1.6));
    // Half of what lies above 0 lies above z = 0.6745.
    assert!(near(plan(Family::Normal { mean: 0.0, sd: 1.0 }, Some(0.0), None), 0.674_489_750_196_081_7));
    assert!(near(plan(Family::Discrete { values: vec![3.0, 1.0], weights: vec![0.5, 0.5] }, None, None), 3.0));
    let part = |low: f64, mode: f64| {
        Distribution::new(Family::Triangular { low, mode, high: low + 1.0 }, None, None).expect("valid")
    };
    assert!(near(
        plan(Family::Mixture { weights: vec![1.0, 2.0], parts: vec![part(0.0, 0.5), part(5.0, 5.5)] }, None, None),
        5.5
    ));
}

#[test]
fn distributions_without_spread_are_known_numbers() {
    let flat = [
        Family::Uniform { low: 2.0, high: 2.0 },
        Family::Triangular { low: 2.0, mode: 2.0, high: 2.0 },
        Family::Pert { low: 2.0, mode: 2.0, high: 2.0, shape: 4.0 },
        Family::Normal { mean: 2.0, sd: 0.0 },
        Family::LogNormal { median: 2.0, p90: 2.0 },
        Family::Quantiles { p10: 2.0, p50: 2.0, p90: 2.0 },
        Family::Discrete { values: vec![2.0, 7.0], weights: vec![1.0, 0.0] },
        Family::Empirical { values: vec![2.0, 2.0] },
    ];
    for family in flat {
        let mut builder = DrawsBuilder::default();
        let input = builder.quantity(&uncertain("x", family.clone()));
        assert!(matches!(input, Input::Fixed(x) if (x - 2.0).abs() < 1e-15), "{family:?}: {input:?}");
    }
}

#[test]
fn a_common_factor_correlates_what_it_names_and_leaves_the_marginals_alone() {
    let mut builder = DrawsBuilder::default();
    for name in ["a", "b", "c"] {
        builder.quantity(&uncertain(&format!("area.{name}.saving"), Family::Normal { mean: 0.0, sd: 1.0 }));
    }
    builder.quantity(&uncertain("other", Family::Normal { mean: 0.0, sd: 1.0 }));
    let draws = builder.build(&[common(&["area.*.saving"], 0.4)]).expect("valid");
    for sampler in Sampler::ALL {
        let values = columns(&draws, sampler, 400);
        let n = values[0].len() as f64;
        // Standard error of a correlation r: (1 − r²)/√n; of a shuffled net up to √1.6 times that.
        for (i, j, rho) in [(0, 1, 0.4), (0, 2, 0.4), (1, 2, 0.4), (0, 3, 0.0)] {
            let error = (1.0 - rho * rho) * (1.6 / n).sqrt();
            let got = correlation(&values[i], &values[j]);
            assert!((got - rho).abs() < 4.0 * error, "{sampler} {i} {j}: {got}");
        }
        for column in &values {
            let variance = column.iter().map(|x| x * x).sum::<f64>() / n;
            assert!((variance - 1.0).abs() < 4.0 * (2.0 / n).sqrt(), "{sampler}: {variance}");
            let tail = column.iter().filter(|z| **z > 2.326_347_874).count() as f64 / n;
            assert!((tail - 0.01).abs() < 4.0 * (0.01 * 0.99 / n).sqrt(), "{sampler}: {tail}");
        }
    }
}

#[test]
fn a_matrix_correlates_as_it_says_whatever_the_families() {
    let mut builder = DrawsBuilder::default();
    builder.quantity(&uncertain("a", Family::Normal { mean: 0.0, sd: 1.0 }));
    builder.quantity(&uncertain("b", Family::Triangular { low: 0.0, mode: 0.2, high: 1.0 }));
    builder.quantity(&uncertain("c", Family::LogNormal { median: 1.0, p90: 2.0 }));
    let matrix = vec![vec![1.0, 0.6, -0.5], vec![0.6, 1.0, 0.1], vec![-0.5, 0.1, 1.0]];
    let names = vec!["a".to_owned(), "b".to_owned(), "c".to_owned()];
    let draws = builder
        .build(&[Correlation { quantities: names, structure: Structure::Matrix(matrix.clone()), partial: false }])
        .expect("valid");
    let values = columns(&draws, Sampler::Plain, 400);
    // Spearman's rank correlation of a Gaussian copula is 6/π·asin(rho/2) (Pearson 1907); its standard error is at most 1.1/√n here.
    let ranks: Vec<Vec<f64>> = values.iter().map(|v| ranks(v)).collect();
    for (i, j) in [(0, 1), (0, 2), (1, 2)] {
        let expected = 6.0 / std::f64::consts::PI * (matrix[i][j] / 2.0_f64).asin();
        let got = correlation(&ranks[i], &ranks[j]);
        assert!((got - expected).abs() < 4.0 * 1.1 / (values[0].len() as f64).sqrt(), "{i} {j}: {got} {expected}");
    }
    let below_mode = values[1].iter().filter(|x| **x < 0.2).count() as f64 / values[1].len() as f64;
    assert!((below_mode - 0.2).abs() < 4.0 * (0.16 / values[1].len() as f64).sqrt(), "{below_mode}");
}

#[test]
fn a_correlated_value_is_the_same_by_its_score_and_by_way_of_a_word() {
    let families = [
        Family::Pert { low: 0.1, mode: 0.15, high: 0.9, shape: 4.0 },
        Family::LogNormal { median: 1.6, p90: 2.4 },
        Family::Normal { mean: 3.0, sd: 0.5 },
        Family::Uniform { low: 2.0, high: 3.0 },
        // Its tail is too heavy for a table of scores.
        Family::Pareto { low: 1.0, alpha: 1.5 },
    ];
    let built = |wrap: &dyn Fn(&Family) -> Family| {
        let mut builder = DrawsBuilder::default();
        for (i, family) in families.iter().enumerate() {
            builder.quantity(&uncertain(&format!("q{i}"), wrap(family)));
        }
        let names: Vec<String> = (0..families.len()).map(|i| format!("q{i}")).collect();
        builder.build(&[common(&names.iter().map(String::as_str).collect::<Vec<_>>(), 0.4)]).expect("valid")
    };
    let by_score = built(&|family| family.clone());
    // A mixture comes by word, and that of twice the same is the same.
    let by_word = built(&|family| {
        let part = Distribution::new(family.clone(), None, None).expect("valid");
        Family::Mixture { weights: vec![1.0, 1.0], parts: vec![part.clone(), part] }
    });
    for sampler in Sampler::ALL {
        let (scores, words) = (columns(&by_score, sampler, 64), columns(&by_word, sampler, 64));
        for (family, (scores, words)) in families.iter().zip(scores.iter().zip(&words)) {
            let range = scores.iter().copied().fold(f64::NEG_INFINITY, f64::max)
                - scores.iter().copied().fold(f64::INFINITY, f64::min);
            // The way to a word is right to some 20 words, 5·10⁻⁹ in probability: at the last of 8,192 trials, where the density of a
            // score is 4·10⁻⁴, 10⁻⁵ of a score.
            for (a, b) in scores.iter().zip(words) {
                assert!((a - b).abs() < 1e-5 * range, "{sampler} {family:?}: {a} {b}");
            }
        }
    }
}

#[test]
fn a_part_of_a_correlation_draws_what_it_drew_in_the_whole() {
    let matrix = Structure::Matrix(vec![vec![1.0, 0.6, -0.5], vec![0.6, 1.0, 0.1], vec![-0.5, 0.1, 1.0]]);
    let common = Structure::Common(0.4);
    for structure in [matrix, common] {
        let names = ["a", "b", "c"].map(str::to_owned).to_vec();
        let built = |keys: &[&str], partial| {
            let mut builder = DrawsBuilder::default();
            for key in keys {
                builder.quantity(&uncertain(key, Family::Normal { mean: 0.0, sd: 1.0 }));
            }
            builder.build(&[Correlation { quantities: names.clone(), structure: structure.clone(), partial }])
        };
        let whole = columns(&built(&["a", "b", "c"], false).expect("valid"), Sampler::Plain, 2);
        // Without the first, on which the others hang, and without any.
        let part = columns(&built(&["b", "c"], true).expect("valid in part"), Sampler::Plain, 2);
        assert_eq!(part, whole[1..], "{structure:?}");
        assert_eq!(built(&["b", "c"], false).err(), Some(vec![DrawsError::NothingDrawn("a".into())]));
        let none = columns(&built(&["d"], true).expect("nothing is left of it"), Sampler::Plain, 2);
        assert_eq!(none.len(), 1);
    }
}

fn ranks(values: &[f64]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..values.len()).collect();
    order.sort_by(|a, b| values[*a].total_cmp(&values[*b]));
    let mut ranks = vec![0.0; values.len()];
    order.iter().enumerate().for_each(|(rank, i)| ranks[*i] = rank as f64);
    ranks
}

#[test]
fn each_year_has_a_common_factor_of_its_own() {
    let mut builder = DrawsBuilder::default();
    let a = builder.standard_yearly("a", Standard::Normal, 0.0);
    let b = builder.standard_yearly("b", Standard::Normal, 0.0);
    let draws = builder.build(&[common(&["a", "b"], 0.8)]).expect("valid");
    let column = |input, year| {
        let mut stream = Stream::new(&draws, 7, Sampler::Plain, Isa::detect());
        let mut column = Column::default();
        let mut values = Vec::new();
        for block in 0..64 {
            stream.start(block);
            stream.fill(input, year, &mut column);
            values.extend_from_slice(&column[..]);
        }
        values
    };
    // 16,384 trials: standard error 0.0078 at 0, 0.0028 at 0.8.
    assert!((correlation(&column(a, 2020), &column(b, 2020)) - 0.8).abs() < 0.0113);
    assert!(correlation(&column(a, 2020), &column(b, 2021)).abs() < 0.031);
}

#[test]
fn the_order_in_which_a_correlation_lists_its_names_changes_nothing() {
    let value = |names: &[&str]| {
        let mut builder = DrawsBuilder::default();
        let a = builder.standard("a", Standard::Normal, 0.0);
        builder.standard("b", Standard::Normal, 0.0);
        builder.build(&[common(names, 0.5)]).expect("valid").value(a, 0, 3, 1, Sampler::Plain)
    };
    assert_eq!(value(&["a", "b"]).to_bits(), value(&["b", "a"]).to_bits());
}

#[test]
fn what_cannot_be_correlated_is_refused() {
    let errors = |correlations: &[Correlation]| {
        let mut builder = DrawsBuilder::default();
        for key in ["a", "b", "c"] {
            builder.standard(key, Standard::Normal, 0.0);
        }
        builder.standard_yearly("y", Standard::Normal, 0.0);
        builder.quantity(&uncertain("m", families().remove(10)));
        builder.quantity(&Quantity::fixed("known", 1.0));
        builder.build(correlations).expect_err("refused")
    };
    let matrix =
        |names: &[&str], rows: Vec<Vec<f64>>| Correlation { structure: Structure::Matrix(rows), ..common(names, 0.0) };
    assert_eq!(errors(&[common(&["nobody.*"], 0.5)]), vec![DrawsError::NothingDrawn("nobody.*".into())]);
    assert_eq!(errors(&[common(&["m#part"], 0.5)]), vec![DrawsError::NothingDrawn("m#part".into())]);
    assert_eq!(errors(&[common(&["a", "b"], 0.5), common(&["b", "c"], 0.5)]), vec![DrawsError::Twice("b".into())]);
    assert_eq!(errors(&[common(&["a", "y"], 0.5)]), vec![DrawsError::Mixed("y".into(), "a".into())]);
    assert!(matches!(errors(&[common(&["a", "b"], 1.0)])[..], [DrawsError::Malformed(_)]));
    assert!(matches!(errors(&[matrix(&["a", "b"], vec![vec![1.0]])])[..], [DrawsError::Malformed(_)]));
    let wrong = vec![vec![1.0, 0.9, -0.9], vec![0.9, 1.0, 0.9], vec![-0.9, 0.9, 1.0]];
    let [DrawsError::NotACorrelation(nearest)] = &errors(&[matrix(&["a", "b", "c"], wrong)])[..] else {
        panic!("wrong error")
    };
    assert!(nearest[0][1] > 0.4 && nearest[0][1] < 0.6, "{nearest:?}");
}

#[test]
fn one_key_is_one_draw() {
    let mut builder = DrawsBuilder::default();
    let a = builder.quantity(&uncertain("x", Family::Uniform { low: 0.0, high: 1.0 }));
    assert_eq!(a, builder.quantity(&uncertain("x", Family::Uniform { low: 0.0, high: 1.0 })));
    builder.quantity(&uncertain("x", Family::Uniform { low: 0.0, high: 2.0 }));
    assert_eq!(builder.build(&[]).expect_err("two quantities"), vec![DrawsError::Conflict("x".into())]);
}

#[test]
fn a_shape_too_steep_for_a_table_is_refused() {
    let mut builder = DrawsBuilder::default();
    builder.quantity(&uncertain("x", Family::Pareto { low: 1.0, alpha: 0.05 }));
    assert_eq!(builder.build(&[]).expect_err("too steep"), vec![DrawsError::Inexact("x".into())]);
}

#[test]
fn every_broken_rule_of_a_distribution_is_named() {
    let broken = |family, min, max| -> Vec<&'static str> {
        Distribution::new(family, min, max).expect_err("broken").iter().map(|e| e.parameter).collect()
    };
    assert_eq!(broken(Family::Triangular { low: 3.0, mode: 2.0, high: 1.0 }, None, None), ["low", "mode"]);
    assert_eq!(broken(Family::Pert { low: 0.0, mode: 5.0, high: 1.0, shape: 0.0 }, None, None), ["mode", "shape"]);
    assert_eq!(broken(Family::Normal { mean: f64::NAN, sd: -1.0 }, None, None), ["mean"]);
    assert_eq!(broken(Family::Normal { mean: 0.0, sd: -1.0 }, Some(2.0), Some(1.0)), ["min", "sd"]);
    assert_eq!(broken(Family::LogNormal { median: -1.0, p90: -2.0 }, None, None), ["median", "median"]);
    assert_eq!(broken(Family::Beta { a: 0.0, b: f64::INFINITY }, None, None), ["a", "b"]);
    assert_eq!(broken(Family::Pareto { low: 0.0, alpha: -1.0 }, None, None), ["low", "alpha"]);
    assert_eq!(broken(Family::Quantiles { p10: 1.0, p50: 1.1, p90: 5.0 }, None, None), ["p50"]);
    assert_eq!(broken(Family::Quantiles { p10: 1.0, p50: 2.0, p90: 5.0 }, Some(1.0), Some(5.0)), ["min", "max"]);
    assert_eq!(broken(Family::Discrete { values: vec![], weights: vec![1.0] }, None, None), ["values", "weights"]);
    assert_eq!(broken(Family::Discrete { values: vec![1.0, 2.0], weights: vec![0.0, 0.0] }, None, None), ["weights"]);
    assert_eq!(broken(Family::Empirical { values: vec![1.0, f64::NAN] }, None, None), ["values"]);
    assert_eq!(broken(Family::Empirical { values: vec![1.0, 2.0] }, Some(3.0), None), ["min"]);
    assert_eq!(broken(Family::Uniform { low: 0.0, high: 1.0 }, Some(2.0), None), ["min"]);
    let nested = Distribution::new(families().remove(10), None, None).expect("valid");
    let mixture = Family::Mixture { weights: vec![1.0, -1.0], parts: vec![nested] };
    assert_eq!(broken(mixture, Some(0.0), None), ["weights", "weights", "parts", "min"]);
}

//! Options on the same draws: differences, ranks and regrets against each option run by itself, and what is said of them.

use std::path::Path;

use analysis::{self, Comparison, align};
use engine::alliance::Scenario;
use engine::model::Model;
use engine::outcomes::Outcome;
use engine::run::{self, Futures, Interrupt, Settings, Stopped};
use engine::statistics::Forecast;
use engine::uncertainty::Sampler;
use engine::uncertainty::lanes::{BLOCK, Isa};
use language::{Override, load};
use report::chart::Chart;
use report::chart::scene::Text;
use report::terminal::WIDTH;
use report::{RunIdentity, ScenarioFacts, comparison};

fn scenario(name: &str, changes: &[&str]) -> Scenario {
    let changes: Vec<Override> = changes.iter().map(|text| Override::parse(text).expect("a key")).collect();
    load(&Path::new("scenarios").join(format!("{name}.toml")), &changes).expect("it is sound").scenario
}

fn compared(scenarios: &[Scenario]) -> Comparison {
    let models = scenarios.iter().map(|scenario| Model::compile(scenario).expect("it compiles")).collect();
    Comparison::new(models, scenarios[0].funding.regimes.len()).expect("two or more")
}

fn settings(trials: u64, threads: usize, sampler: Sampler) -> Settings {
    Settings { trials, seed: 7, sampler, threads, isa: Isa::detect(), until: None }
}

fn forecast(options: &Comparison, trials: u64, sampler: Sampler) -> Forecast {
    run::run(options, &settings(trials, 2, sampler), &Interrupt::default(), None).expect("it runs").0
}

fn report(scenarios: &mut [Scenario], trials: u64) -> comparison::Comparison {
    let alignment = align(scenarios, None).expect("they have a common horizon");
    let models = |all: &[Scenario]| -> Vec<Model> {
        let each = all.iter().zip(&alignment.bases);
        each.map(|(own, basis)| Model::compile_on(own, *basis).expect("it compiles")).collect()
    };
    let regimes = scenarios[0].funding.regimes.len();
    let options = Comparison::over(models(scenarios), regimes, &[], &alignment.others, models(&alignment.further));
    let options = options.expect("two or more");
    let forecast = forecast(&options, trials, Sampler::Plain);
    let run = RunIdentity {
        version: "1".to_owned(),
        commit: None,
        seed: 7,
        sampler: Sampler::Plain,
        trials,
        requested_trials: trials,
        stopped: Stopped::AllTrials,
    };
    let facts = scenarios.iter().map(|own| ScenarioFacts::of(own, "3fa9c1d27b60".to_owned(), Vec::new())).collect();
    let labels = comparison::titles(scenarios, alignment.horizon.same_forces);
    let told = comparison::Told { alignment: &alignment, labels, variants: false, differing: Vec::new(), asked: &[] };
    comparison::Comparison::build(scenarios, options.measures(), &forecast, (facts, run), told)
}

#[test]
fn every_column_is_what_the_options_give_when_each_is_run_by_itself() {
    let mut scenarios = [scenario("two-force", &[]), scenario("lead-force", &[]), scenario("standalone", &[])];
    align(&mut scenarios, None).expect("they have a common horizon");
    let models: Vec<Model> = scenarios.iter().map(|scenario| Model::compile(scenario).expect("it compiles")).collect();
    let options = compared(&scenarios);
    let mut together = options.worker(Isa::detect(), false);
    let side_by_side = together.run_block(7, Sampler::Plain, 3).to_vec();
    let column = |name: &str| &side_by_side[options.catalogue().position(name).expect("it is a column")];
    let alone: Vec<_> =
        models.iter().map(|m| m.worker(Isa::detect()).run_block(7, Sampler::Plain, 3).to_vec()).collect();
    for (measure, higher) in [("npv", true), ("peak_funding_need", false), ("force.Dorset.cuts", false)] {
        let own = |o: usize, i: usize| alone[o][models[o].catalogue().position(measure).expect("it is there")][i];
        for i in 0..BLOCK {
            let merit = |o: usize| if higher { own(o, i) } else { -own(o, i) };
            let best = (0..3).map(merit).fold(f64::NEG_INFINITY, f64::max);
            let ties = (0..3).filter(|o| merit(*o) >= best).count() as f64;
            for o in 0..3 {
                let is = |name: String| column(&name)[i];
                assert_eq!(is(analysis::own(o, measure)).to_bits(), own(o, i).to_bits());
                let first = if merit(o) >= best { 1.0 / ties } else { 0.0 };
                assert!((is(analysis::first(o, measure)) - first).abs() < 1e-12, "{measure} {o} {i}");
                assert!((is(analysis::regret(o, measure)) - (best - merit(o))).abs() < 1e-12);
                if o > 0 {
                    assert!((is(analysis::difference(o, measure)) - (own(o, i) - own(0, i))).abs() < 1e-12);
                    let better = if merit(o) > merit(0) { 1.0 } else { 0.0 };
                    assert!((is(analysis::better(o, measure)) - better).abs() < 1e-12);
                }
            }
        }
    }
}

#[test]
fn a_payback_that_never_comes_is_worse_than_every_other_and_leaves_no_difference() {
    let mut scenarios = [scenario("two-force", &[]), scenario("standalone", &[])];
    align(&mut scenarios, None).expect("they have a common horizon");
    let options = compared(&scenarios);
    let mut worker = options.worker(Isa::detect(), false);
    let columns = worker.run_block(7, Sampler::Plain, 0);
    let column = |name: &str| &columns[options.catalogue().position(name).expect("it is a column")];
    let (own, better) = (column(&analysis::own(0, "payback")), column(&analysis::better(1, "payback")));
    let (apart, first) = (column(&analysis::difference(1, "payback")), column(&analysis::first(0, "payback")));
    let nobody = column(&analysis::nobody_first("payback"));
    let (mut comes, mut never) = (0, 0);
    for i in 0..BLOCK {
        assert!(apart[i].is_nan() && better[i] < 0.5, "forces alone never pay back, so never sooner");
        if own[i].is_nan() {
            never += 1;
            assert!(first[i].abs() < 1e-12 && nobody[i] >= 1.0, "neither pays back: nobody is first");
        } else {
            comes += 1;
            assert!((first[i] - 1.0).abs() < 1e-12 && nobody[i] <= 0.0);
        }
    }
    assert!(comes > 0 && never > 0);
}

#[test]
fn a_scenario_against_itself_differs_in_nothing_and_shares_every_first_place() {
    let report = report(&mut [scenario("two-force", &[]), scenario("two-force", &[])], 2_000);
    for measure in &report.measures {
        let standing = &measure.options[1];
        let against = standing.against.as_ref().expect("it is no baseline");
        let mean = against.difference.mean.map_or(0.0, |mean| mean.value.abs());
        assert!(mean < 1e-12, "{}: {mean}", measure.measure);
        assert!(against.better.map_or(0.0, |better| better.value) <= 0.0, "{}", measure.measure);
        assert!(against.dominates.is_none_or(|order| order == "none"), "{}", measure.measure);
        // Half of the futures in which anybody is.
        let nobody = measure.nobody_first.map_or(0.0, |nobody| nobody.value);
        let first = standing.first.map_or(0.5 * (1.0 - nobody), |first| first.value);
        assert!((first - 0.5 * (1.0 - nobody)).abs() < 1e-9, "{}: {first}", measure.measure);
        let never = standing.own.missing.filter(|_| standing.own.missing_means == "never");
        assert!(never.is_none_or(|never| (never.value - nobody).abs() < 1e-9), "{}: {nobody}", measure.measure);
    }
    assert!(report.regimes.iter().all(|regime| !regime.turns));
}

#[test]
fn common_draws_make_a_difference_far_surer_than_two_runs_would() {
    // The same scenario with savings a tenth smaller: the difference of means is known far better than either mean.
    let change = ["alliance.\"Strategic alliance\".realisation=0.5"];
    let mut scenarios =
        [scenario("two-force", &["alliance.\"Strategic alliance\".realisation=0.55"]), scenario("two-force", &change)];
    align(&mut scenarios, None).expect("they have a common horizon");
    let options = compared(&scenarios);
    let forecast = forecast(&options, 20_000, Sampler::Plain);
    let error = |name: String| forecast.mean(&name).expect("it is counted").error;
    let (paired, apart) =
        (error(analysis::difference(1, "npv")), error(analysis::own(0, "npv")).hypot(error(analysis::own(1, "npv"))));
    assert!(paired < 0.3 * apart, "{paired} against {apart}");
    let difference = forecast.mean(&analysis::difference(1, "npv")).expect("it is counted");
    assert!(difference.value < -10.0 * difference.error, "a lower realisation is worth less: {difference:?}");
}

#[test]
fn first_places_add_up_to_one_and_regimes_to_every_future() {
    let report =
        report(&mut [scenario("two-force", &[]), scenario("lead-force", &[]), scenario("merger-2018", &[])], 6_000);
    for measure in &report.measures {
        let sum: f64 = measure.options.iter().filter_map(|standing| standing.first).map(|first| first.value).sum();
        let nobody = measure.nobody_first.map_or(0.0, |nobody| nobody.value);
        assert!((sum + nobody - 1.0).abs() < 1e-9, "{}: {sum} and {nobody}", measure.measure);
        let may_not_come = measure.options.iter().all(|standing| standing.own.may_not_come());
        assert_eq!(nobody > 0.0, may_not_come, "{}", measure.measure);
    }
    let shares: f64 = report.regimes.iter().filter_map(|regime| regime.share).map(|share| share.value).sum();
    assert!((shares - 1.0).abs() < 1e-9, "{shares}");
    let npv = report.measure(&Outcome::Npv.whole()).expect("all have one");
    let over = |o: usize| {
        let each = report.regimes.iter().filter_map(|regime| Some(regime.share?.value * regime.means[o]?.value));
        each.sum::<f64>()
    };
    for o in 0..3 {
        let mean = npv.options[o].own.mean.expect("defined").value;
        assert!((over(o) - mean).abs() < 1e-6, "by regime {} and over all {mean}", over(o));
    }
}

#[test]
fn options_whose_regimes_are_others_are_not_told_by_the_regimes_of_the_first() {
    let chain = "funding.transition.austerity={ austerity = 0.5, \"flat cash\" = 0.4, growth = 0.1 }";
    let same = report(&mut [scenario("two-force", &[]), scenario("two-force", &["economy.pay_share=0.7"])], 500);
    assert!(!same.regimes.is_empty());
    let other = report(&mut [scenario("two-force", &[]), scenario("two-force", &[chain])], 500);
    assert!(other.regimes.is_empty(), "{:?}", other.regimes);
    // Another growth is the same weather all the same.
    let growth = report(
        &mut [scenario("two-force", &[]), scenario("two-force", &["funding.regime.austerity.growth=-0.06"])],
        500,
    );
    assert!(!growth.regimes.is_empty());
}

#[test]
fn threads_and_samplers_change_no_byte_and_no_finding_beyond_the_errors() {
    let mut scenarios = [scenario("two-force", &[]), scenario("lead-force", &[])];
    align(&mut scenarios, None).expect("they have a common horizon");
    let options = compared(&scenarios);
    let counted = |threads, sampler| {
        let settings = settings(5_003, threads, sampler);
        let (interrupt, blocks) = (Interrupt::default(), 5_003_u64.div_ceil(BLOCK as u64));
        let runner = run::Runner::new(&options, &settings, &interrupt).expect("it starts");
        runner.count(0..blocks, runner.nothing(), None, None).expect("it runs").0
    };
    assert_eq!(counted(1, Sampler::Plain).to_bytes(), counted(7, Sampler::Plain).to_bytes());
    let mean = |sampler| {
        let found = forecast(&options, 16_384, sampler).mean(&analysis::difference(1, "npv")).expect("counted");
        (found.value, found.error)
    };
    let plain = mean(Sampler::Plain);
    for sampler in [Sampler::Latin, Sampler::Sobol] {
        let (value, error) = mean(sampler);
        // Four standard errors of both.
        assert!((value - plain.0).abs() < 4.0 * error.hypot(plain.1), "{sampler}: {value} ± {error}, {plain:?}");
    }
}

#[test]
fn futures_in_which_two_options_are_the_same_are_told() {
    // Leaving costs more in one of them: they differ only where somebody leaves.
    let plan = scenario("two-force", &[]);
    let mut dear = scenario("two-force", &["alliance.\"Strategic alliance\".exit.cost=9"]);
    dear.name = "dear".to_owned();
    let report = report(&mut [plan.clone(), dear.clone()], 4_096);
    let told = |report: &comparison::Comparison| {
        report
            .findings
            .iter()
            .any(|finding| finding.contains("better of the two; in ") && finding.ends_with("they are the same."))
    };
    assert!(told(&report), "{:?}", report.findings);
    let npv = &report.measure(&Outcome::Npv.whole()).expect("it is there").options;
    let (first, worse) = (npv[0].first.expect("a share").value, npv[1].first.expect("a share").value);
    // Nobody has left in more than half of the futures, and the dear way out is never the better one: it shares what is the same.
    assert!((0.5..0.8).contains(&(2.0 * worse)) && (first + worse - 1.0).abs() < 1e-9, "{first} {worse}");
    // Where any number differs, no future is the same.
    let mut late = scenario("two-force", &["alliance.\"Strategic alliance\".slip=2"]);
    late.name = "late".to_owned();
    assert!(!told(&self::report(&mut [plan, late], 4_096)));
}

#[test]
fn options_that_are_equally_good_in_a_regime_are_all_marked() {
    let plan = scenario("two-force", &[]);
    let mut again = plan.clone();
    again.name = "again".to_owned();
    let report = report(&mut [plan, again], 2_048);
    let screen = comparison::screen::render(&report, WIDTH);
    let table = screen.lines().skip_while(|line| !line.contains("by the funding regime")).skip(1);
    let rows = table.take_while(|line| !line.is_empty()).filter(|line| !line.contains("is the best"));
    let marks: usize = rows.map(|line| line.matches("* ").count()).sum();
    assert!(marks == 2 * report.regimes.len() && marks > 0, "{marks}\n{screen}");
}

#[test]
fn every_shipped_scenario_is_compared_in_one_go_and_its_charts_are_legible() {
    let mut names: Vec<String> = std::fs::read_dir("scenarios")
        .expect("they are shipped")
        .filter_map(|entry| entry.expect("it is readable").file_name().into_string().ok())
        .filter_map(|file| file.strip_suffix(".toml").map(str::to_owned))
        .collect();
    names.sort_by_key(|name| (name != "two-force", name.clone()));
    let mut scenarios: Vec<Scenario> = names.iter().map(|name| scenario(name, &[])).collect();
    let report = report(&mut scenarios, 4_096);
    let charts = report.charts.all();
    assert_eq!(charts.len(), 3, "no differences between different forces, and no force that is in all");
    let screen = comparison::screen::render(&report, WIDTH);
    assert!(screen.lines().all(|line| line.chars().count() <= 100), "{screen}");
    legible(&charts, &report.charts.foot);
    let mut pair = [scenario("two-force", &[]), scenario("five-force", &[])];
    let report = self::report(&mut pair, 4_096);
    legible(&report.charts.all(), &report.charts.foot);
    assert_eq!(report.charts.all().len(), 4, "no differences between different forces");
}

#[test]
fn of_options_that_differ_in_reserves_alone_no_chart_says_which_is_worth_most() {
    let poorer = r#"force.Dorset.reserves=9"#;
    let mut scenarios = [scenario("two-force", &[]), scenario("two-force", &[poorer])];
    let report = report(&mut scenarios, 4_096);
    let alike = "Neither is better, as far as net present value over the 12 years to 2025/26 goes";
    assert!(report.findings[0].starts_with(alike), "{:?}", report.findings);
    let texts =
        |chart: &&dyn Chart| chart.scene(&report.charts.foot).texts().map(|t| t.text.clone()).collect::<Vec<_>>();
    let charts = report.charts.all();
    let npv = charts.iter().find(|chart| chart.name() == "npv-exceedance").expect("it is drawn");
    assert!(
        texts(npv).iter().any(|text| text.starts_with("Net present value is all but the same")),
        "{:?}",
        texts(npv)
    );
}

fn legible(charts: &[&dyn Chart], foot: &str) {
    for chart in charts {
        let scene = chart.scene(foot);
        let texts: Vec<&Text> = scene.texts().filter(|text| !text.text.is_empty()).collect();
        for (i, a) in texts.iter().enumerate() {
            let (left, top, right, bottom) = a.bounds();
            let inside = left >= 0.0 && top >= 0.0 && right <= scene.size.width && bottom <= scene.size.height;
            assert!(inside, "{}: '{}' leaves the chart", chart.name(), a.text);
            for b in &texts[i + 1..] {
                let (l, t, r, u) = b.bounds();
                let meet = left < r && l < right && top < u && t < bottom;
                assert!(!meet, "{}: '{}' meets '{}'", chart.name(), a.text, b.text);
            }
        }
    }
}

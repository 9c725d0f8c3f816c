//! Options over one horizon, worked out by hand: no prices, no discounting, nothing uncertain, so that every figure can be checked on
//! paper.

use std::path::Path;

use analysis::{Comparison, Unaligned, align};
use engine::alliance::Scenario;
use engine::model::Model;
use engine::outcomes::Outcome;
use engine::run::{self, Interrupt, Settings, Stopped};
use engine::uncertainty::Sampler;
use engine::uncertainty::lanes::Isa;
use language::load;
use report::terminal::WIDTH;
use report::{RunIdentity, ScenarioFacts, comparison};

/// A scenario of two forces that saves `saving` £m a year, of £10m in scope, from the year after `lateness` on, for £m `oneoff`.
struct Tiny {
    title: &'static str,
    forces: [&'static str; 2],
    first_year: &'static str,
    years: usize,
    saving: f64,
    oneoff: f64,
    lateness: usize,
    inflation: f64,
    discount: f64,
    more: &'static str,
}

const TINY: Tiny = Tiny {
    title: "Tiny",
    forces: ["North", "South"],
    first_year: "2020/21",
    years: 4,
    saving: 1.0,
    oneoff: 0.0,
    lateness: 0,
    inflation: 0.0,
    discount: 0.0,
    more: "",
};

impl Tiny {
    fn text(&self) -> String {
        let force = |name: &str| {
            format!(
                "[[force]]\nname = \"{name}\"\nbudget = 100\ngrant_share = 0.5\nband_d = 200\nreserves = 10\npopulation = 500000\n\
                 officers = 1000\n"
            )
        };
        let [one, other] = self.forces;
        let Self { title, first_year, years, saving, oneoff, lateness, inflation, discount, more, .. } = self;
        let start: i32 = first_year[..4].parse().expect("a year");
        format!(
            "format = 1\ntitle = \"{title}\"\nfirst_year = \"{first_year}\"\nyears = {years}\n[economy]\ninflation.mean = {inflation}\n\
             pay.mean = 0\n[appraisal]\ndiscount = {discount}\ndiscount_late = {discount}\n{}{}[[alliance]]\nname = \"K\"\n\
             members = [\"{one}\", \"{other}\"]\nstart = \"{start}-04\"\nboard_cycle = 0\n[[alliance.area]]\nname = \"A\"\ncost = 10\n\
             saving = {}\nsubmit = {lateness}\nimplement = 0\noneoff = {oneoff}\n{more}",
            force(one),
            force(other),
            saving / 10.0
        )
    }

    fn read(&self, folder: &Path, name: &str) -> Scenario {
        let path = folder.join(format!("{name}.toml"));
        std::fs::write(&path, self.text()).expect("it can be written");
        load(&path, &[]).unwrap_or_else(|problems| panic!("{problems}")).scenario
    }
}

fn scenarios(all: &[Tiny]) -> Vec<Scenario> {
    let folder = tempfile::tempdir().expect("there is room");
    all.iter().enumerate().map(|(o, tiny)| tiny.read(folder.path(), &format!("option-{o}"))).collect()
}

fn compared(all: &[Tiny], years: Option<usize>) -> comparison::Comparison {
    let mut scenarios = scenarios(all);
    let alignment = align(&mut scenarios, years).expect("they have a common horizon");
    let models = |all: &[Scenario]| -> Vec<Model> {
        let each = all.iter().zip(&alignment.bases);
        each.map(|(own, basis)| Model::compile_on(own, *basis).expect("it compiles")).collect()
    };
    let options = Comparison::over(models(&scenarios), 1, &[], &alignment.others, models(&alignment.further));
    let options = options.expect("two or more");
    let settings =
        Settings { trials: 256, seed: 1, sampler: Sampler::Plain, threads: 1, isa: Isa::detect(), until: None };
    let (forecast, _) = run::run(&options, &settings, &Interrupt::default(), None).expect("it runs");
    let run = RunIdentity {
        version: "1".to_owned(),
        commit: None,
        seed: 1,
        sampler: Sampler::Plain,
        trials: 256,
        requested_trials: 256,
        stopped: Stopped::AllTrials,
    };
    let facts = scenarios.iter().map(|own| ScenarioFacts::of(own, "3fa9c1d27b60".to_owned(), Vec::new())).collect();
    let labels = comparison::titles(&scenarios, alignment.horizon.same_forces);
    let told = comparison::Told { alignment: &alignment, labels, variants: false, differing: Vec::new(), asked: &[] };
    comparison::Comparison::build(&scenarios, options.measures(), &forecast, (facts, run), told)
}

fn mean(report: &comparison::Comparison, measure: &str, option: usize) -> f64 {
    report.measure(&measure.parse().expect("an outcome")).expect("all have it").options[option]
        .own
        .mean
        .expect("defined")
        .value
}

fn near(found: f64, wanted: f64) {
    assert!((found - wanted).abs() < 1e-6, "{found}, not {wanted}");
}

/// Quick saves £1m a year from the start and has 4 years; Slow costs £4m in its fourth year, saves £3m a year after it, and has 8.
fn quick_and_slow() -> [Tiny; 2] {
    [Tiny { title: "Quick", ..TINY }, Tiny { title: "Slow", years: 8, saving: 3.0, oneoff: 4.0, lateness: 3, ..TINY }]
}

#[test]
fn options_are_compared_over_the_longest_horizon_and_it_is_said_where_a_shorter_one_turns_the_ranking() {
    let report = compared(&quick_and_slow(), None);
    assert_eq!(report.horizon.years, 8);
    // Quick: 8 × 1. Slow: live at 3, so five years of 3, less 4: 11.
    near(mean(&report, "npv", 0), 8.0);
    near(mean(&report, "npv", 1), 11.0);
    // Over 4 years: Quick 4, Slow 3 − 4 = −1.
    let other = &report.horizons[0];
    assert_eq!((other.years, other.last.as_deref(), &other.of[..]), (4, Some("2023/24"), &[0][..]));
    near(other.means[0].expect("defined").value, 4.0);
    near(other.means[1].expect("defined").value, -1.0);
    assert_eq!(
        report.findings[0],
        "\"Slow\" is the better option on average: over the 8 years to 2027/28 its net present value is £11.0m, £3.0m higher than that of \
         \"Quick\", in 2020/21 prices; it is ahead in every future that was simulated."
    );
    assert_eq!(
        report.findings[1],
        "The answer turns with the horizon: over the 4 years to 2023/24, the horizon of \"Quick\" as written, \"Quick\" is ahead of \
         \"Slow\" on average, by £5.0m."
    );
}

#[test]
fn an_option_that_leads_over_another_horizon_too_is_told_with_what_it_is_worth_there() {
    // Over 8 years: Low 8 − 10 = −2, Lower −4. Over 16: 16 − 10 = 6, and 4.
    let low = Tiny { title: "Low", oneoff: 10.0, years: 16, ..TINY };
    let report = compared(&[low, Tiny { title: "Lower", oneoff: 12.0, years: 8, ..TINY }], None);
    near(mean(&report, "npv", 0), 6.0);
    near(report.horizons[0].means[0].expect("defined").value, -2.0);
    assert_eq!(
        report.findings[1],
        "Over the 8 years to 2027/28, the horizon of \"Lower\" as written, the same option leads, but at a loss against every force alone: \
         its net present value is then −£2.0m on average."
    );
}

#[test]
fn a_horizon_that_is_asked_for_is_taken_and_the_longer_ones_of_the_scenarios_are_looked_at_too() {
    let report = compared(&quick_and_slow(), Some(4));
    near(mean(&report, "npv", 0), 4.0);
    near(mean(&report, "npv", 1), -1.0);
    assert!(report.findings[0].starts_with("\"Quick\" is the better option on average: over the 4 years to 2023/24"));
    // Beyond the four years that the comparison itself runs for.
    assert_eq!(report.horizons.len(), 1);
    near(report.horizons[0].means[0].expect("defined").value, 8.0);
    near(report.horizons[0].means[1].expect("defined").value, 11.0);
    assert!(
        report.findings[1]
            .contains("over the 8 years to 2027/28, the horizon of \"Slow\" as written, \"Slow\" is ahead")
    );
    assert!(report.notes.iter().any(|note| note == "Of the 8 years of \"Slow\" the first 4 are counted."));
}

#[test]
fn a_horizon_longer_than_all_extends_all_and_each_of_their_own_is_looked_at() {
    let report = compared(&quick_and_slow(), Some(10));
    near(mean(&report, "npv", 0), 10.0);
    // Seven years of 3, less 4.
    near(mean(&report, "npv", 1), 17.0);
    assert_eq!(report.horizons.iter().map(|other| other.years).collect::<Vec<_>>(), [4, 8]);
    assert!(
        report.findings.iter().any(|said| said.contains("the horizon of \"Slow\" as written, the same option leads"))
    );
}

#[test]
fn options_of_the_same_forces_that_start_in_different_years_are_aligned_by_calendar_in_prices_of_the_first() {
    // Both save £1.1m a year in start prices, prices rise by 10 % a year and pay does not count; discounting at 25 %.
    let early = Tiny { title: "Early", years: 2, discount: 0.25, inflation: 0.1, ..TINY };
    let late = Tiny { title: "Late", first_year: "2022/23", years: 2, ..early };
    let report = compared(&[early, late], None);
    assert_eq!((report.horizon.years, report.horizon.last.as_deref()), (4, Some("2023/24")));
    assert_eq!(report.horizon.prices, "2020/21");
    // Costs grow by a quarter of prices (pay_share 0.75): X = 1.025^t. Early: Σ (1.025/1.1/1.25)^t over t = 0…3, q = 0.7454545.
    let q: f64 = 1.025 / 1.1 / 1.25;
    near(mean(&report, "npv", 0), 1.0 + q + q * q + q * q * q);
    // Late: cash 1 and 1.025 in 2022/23 and 2023/24, whose prices are 1.1² and 1.1³ of 2020/21 and which are two and three years off.
    let pound = 1.0 / (1.1_f64.powi(2) * 1.25_f64.powi(2));
    near(mean(&report, "npv", 1), pound * (1.0 + q));
    assert!(
        report.notes[0]
            .starts_with("The options start in different years: \"Early\" in 2020/21 and \"Late\" in 2022/23.")
    );
    assert!(report.notes[1].ends_with("£1 of 2022/23 counts as £0.83."), "{:?}", report.notes);
    // Fewer years of a force's life are no merit.
    let has = |outcome: Outcome| report.measure(&outcome.of_force("North")).is_some();
    assert!(!has(Outcome::Cuts) && has(Outcome::Npv));
}

#[test]
fn payback_of_an_option_that_starts_later_is_counted_from_the_same_day() {
    let early = Tiny { title: "Early", oneoff: 2.0, years: 6, ..TINY };
    let late = Tiny { title: "Late", first_year: "2022/23", ..early };
    let report = compared(&[early, late], None);
    // £2m spent at the start, £1m a year saved: paid back after two years, and two years later where it starts two years later. Spent
    // and saved in one year, the first year's net is −1, so that cumulative net reaches 0 at the end of the second.
    near(mean(&report, "payback", 1) - mean(&report, "payback", 0), 2.0);
}

#[test]
fn options_of_different_forces_count_from_their_own_starts_and_are_ranked_size_for_size_only() {
    let here = Tiny { title: "Here", saving: 1.0, ..TINY };
    let there = Tiny {
        title: "There",
        forces: ["East", "West"],
        first_year: "2022/23",
        saving: 2.0,
        // A second area: £30m a year in scope that saves nothing.
        more: "[[alliance.area]]\nname = \"B\"\ncost = 30\nsaving = 0\nsubmit = 0\nimplement = 0\n",
        ..here
    };
    let report = compared(&[here, there], None);
    assert_eq!((report.horizon.years, report.horizon.last.as_deref(), report.horizon.aligned), (4, None, "own start"));
    // 4 × 1 of £10m a year: 40p; 4 × 2 of £40m a year: 20p.
    near(mean(&report, "npv", 0), 4.0);
    near(mean(&report, "npv", 1), 8.0);
    near(report.sizes[0].mean.expect("it has a size").value, 0.4);
    near(report.sizes[1].mean.expect("it has a size").value, 0.2);
    assert_eq!(
        report.findings[0],
        "Size for size \"Here\" is the better option on average: over the first 4 years of each option its net present value is 40p for \
         each £ of yearly budget in scope, in 2020/21 prices, against 20p for \"There\". The options are about different \
         forces, so £m do not rank them."
    );
    assert!(report.evpi.is_none(), "nobody chooses between forces");
    let screen = comparison::screen::render(&report, WIDTH);
    assert!(screen.contains("this does not rank them") && !screen.contains("* "), "{screen}");
}

#[test]
fn options_of_the_same_forces_but_of_other_size_are_told_by_the_pound_too() {
    let small = Tiny { title: "Small", ..TINY };
    let large = Tiny {
        title: "Large",
        saving: 2.0,
        more: "[[alliance.area]]\nname = \"B\"\ncost = 30\nsaving = 0\nsubmit = 0\nimplement = 0\n",
        ..TINY
    };
    let report = compared(&[small, large], None);
    assert!(report.findings[0].starts_with("\"Large\" is the better option on average"), "{:?}", report.findings);
    let said = "\"Small\" does best size for size: 40p of net present value on average for each £ of yearly budget in scope (£10m), \
                against 20p under \"Large\" (£40m).";
    assert!(report.findings.iter().any(|finding| finding.ends_with(said)), "{:?}", report.findings);
}

#[test]
fn what_cannot_be_put_on_one_horizon_is_refused_with_the_remedy() {
    let long = Tiny { title: "Long", years: 60, ..TINY };
    let early = Tiny { title: "Early", first_year: "2010/11", ..TINY };
    // To 2079/80 the early one would need 70 years.
    let refused = align(&mut scenarios(&[long, early]), None).expect_err("no scenario has 70 years");
    assert_eq!(refused, Unaligned::TooLong { name: "option-1".to_owned(), own: 4, needed: 70, longest: 60 });
    assert!(refused.to_string().contains("Compare over fewer years: 60 at most."), "{refused}");
    let long = Tiny { title: "Long", years: 60, ..TINY };
    let early = Tiny { title: "Early", first_year: "2010/11", ..TINY };
    let mut two = scenarios(&[long, early]);
    let aligned = align(&mut two, Some(60)).expect("the remedy works");
    assert_eq!((two[0].years, two[1].years, aligned.horizon.years), (50, 60, 60));
    let late = Tiny { title: "Late", first_year: "2025/26", ..TINY };
    let refused = align(&mut scenarios(&[TINY, late]), Some(4)).expect_err("nothing of it would be counted");
    assert!(refused.to_string().ends_with("6 at least."), "{refused}");
    assert_eq!(align(&mut scenarios(&[TINY, TINY]), Some(0)), Err(Unaligned::NoYears));
}

#[test]
fn options_of_one_title_are_told_apart_by_their_scenarios() {
    let report = compared(&[TINY, Tiny { saving: 2.0, ..TINY }], None);
    assert_eq!(report.labels, ["Tiny (option-0)", "Tiny (option-1)"]);
    assert!(
        report.findings[0].starts_with("\"Tiny (option-1)\" is the better option on average"),
        "{:?}",
        report.findings
    );
    let same = compared(&[TINY, Tiny { title: "Again", ..TINY }], None);
    assert_eq!(
        same.findings[0],
        "Neither is better, as far as net present value over the 4 years to 2023/24 goes: it is the same."
    );
}

//! `alliance bench accuracy`: how near the samplers come to the truth in the same time, and whether the errors that they state are true.

use std::path::PathBuf;
use std::time::Instant;

use clap::Args;

use crate::cli::options::threads;
use crate::cli::{Failure, print, screen_width};
use app::forecast::headline_figures;
use app::study::compiled;
use engine::model::Model;
use engine::outcomes::{Outcome, OutcomeId};
use engine::run::{self, Interrupt, Settings};
use engine::statistics::{Estimate, Forecast, Percentile};
use engine::uncertainty::Sampler;
use engine::uncertainty::lanes::{BLOCK, Isa};
use report::grid::Table;
use report::terminal;
use report::words::{self, thousands};

/// What `bench accuracy` takes.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Scenario file
    #[arg(default_value = "scenarios/two-force.toml")]
    file: PathBuf,
    /// Runs of each sampler, each with a seed of its own
    #[arg(long, default_value_t = 200, value_parser = clap::value_parser!(u32).range(20..=10_000))]
    replications: u32,
    /// Trials of each run
    #[arg(long, default_value_t = 16_384, value_parser = clap::value_parser!(u64).range(16_384..=10_000_000))]
    trials: u64,
    /// Trials of the run that stands for the truth
    #[arg(long, default_value_t = 4_194_304, value_parser = clap::value_parser!(u64).range(16_384..=100_000_000))]
    reference: u64,
    /// Threads [default: one a core]
    #[arg(long, default_value_t = 0, hide_default_value = true, value_parser = threads)]
    threads: usize,
}

/// Seed of the run that stands for the truth; the others' begin after it.
const SEED: u64 = 1;
/// Widths of the columns.
const ERRORS: [usize; 9] = [39, 9, 8, 8, 8, 8, 7, 7, 7];
const COVERED: [usize; 5] = [60, 9, 9, 9, 9];

/// One headline figure: a mean, a chance or a percentile.
struct Figure {
    outcome: OutcomeId,
    percentile: Option<f64>,
}

impl Figure {
    fn of(&self, forecast: &Forecast) -> Option<Estimate> {
        match self.percentile.map(|p| forecast.percentile(&self.outcome.name(), p)) {
            None => forecast.mean(&self.outcome.name()),
            Some(Some(Percentile::At(estimate))) => Some(estimate),
            Some(_) => None,
        }
    }

    fn label(&self) -> String {
        let what = words::measure(&self.outcome);
        match self.percentile {
            Some(p) => format!("{what}, P{:.0}", 100.0 * p),
            None if matches!(self.outcome.outcome, Outcome::Met | Outcome::FloorBreached) => what,
            None => format!("{what}, mean"),
        }
    }
}

/// What the runs of one sampler came to: the sum of squared errors of each figure, how many intervals held the truth, seconds.
#[derive(Clone)]
struct Came {
    squares: Vec<f64>,
    covered: Vec<u32>,
    seconds: f64,
}

impl Came {
    /// Mean squared error of a figure times the time that it took: what a unit of work leaves.
    fn work(&self, figure: usize) -> f64 {
        self.squares[figure] * self.seconds
    }
}

/// Measures and prints.
pub(super) fn run(arguments: &Arguments) -> Result<(), Failure> {
    let loaded = language::load(&arguments.file, &[]).map_err(|problems| Failure::input(problems.to_string()))?;
    let model = compiled(&loaded)?;
    let means = headline_figures(&loaded.scenario).into_iter().map(|outcome| Figure { outcome, percentile: None });
    let spread = [Outcome::Npv, Outcome::SteadySaving]
        .into_iter()
        .flat_map(|outcome| [0.1, 0.5, 0.9].map(|p| Figure { outcome: outcome.whole(), percentile: Some(p) }));
    let reference = forecast(&model, Sampler::Sobol, SEED, arguments.reference, arguments.threads)?;
    let known = means.chain(spread).filter_map(|figure| Some((figure.of(&reference)?, figure)));
    let (truth, figures): (Vec<Estimate>, Vec<Figure>) = known.unzip();
    let came = replicate(&model, arguments, &figures, &truth)?;
    let tables = [
        (errors(&figures, &truth, &came, arguments.replications), ERRORS.to_vec()),
        (coverage(&figures, &came, arguments.replications), COVERED.to_vec()),
    ];
    let head = format!(
        "{}: {} runs of {} trials by each sampler, held against one of {} (sobol)",
        loaded.scenario.title,
        arguments.replications,
        thousands(arguments.trials),
        thousands(arguments.reference)
    );
    let terms = format!(
        "Pairs: antithetic. Error: root of the mean squared error that each sampler leaves in the time of one plain run, known to {:.0} %; that of what stands \
         for the truth is in it. Gain: how many \
         times as long plain sampling takes to come as near, known to {:.0} %. {}.",
        100.0 / (2.0 * f64::from(arguments.replications)).sqrt(),
        200.0 / f64::from(arguments.replications).sqrt(),
        speed(&came, arguments)
    );
    print(&terminal::answer(&[head], &[], &tables, &terms, screen_width()))
}

fn forecast(model: &Model, sampler: Sampler, seed: u64, trials: u64, threads: usize) -> Result<Forecast, Failure> {
    let settings = Settings { trials, seed, sampler, threads, isa: Isa::detect(), until: None };
    let (forecast, _) = run::run(model, &settings, &Interrupt::default(), None).map_err(app::Error::from)?;
    Ok(forecast)
}

/// Half of a 95 % interval in standard errors of a run: Student's t with one degree of freedom less than groups of trials are met.
fn interval(sampler: Sampler, trials: u64) -> f64 {
    /// The 97.5th percentile of t with 1 to 15 degrees of freedom.
    const T: [f64; 15] =
        [12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.160, 2.145, 2.131];
    let blocks = trials.div_ceil(BLOCK as u64);
    let groups = (0..blocks).map(|block| sampler.group_of(block)).max().map_or(1, |last| last + 1);
    if sampler.groups() > 1 { T.get(groups.wrapping_sub(2)).copied().unwrap_or(f64::NAN) } else { 1.96 }
}

/// Runs every sampler in turn, so that a machine that slows down for a while slows down all.
fn replicate(
    model: &Model,
    arguments: &Arguments,
    figures: &[Figure],
    truth: &[Estimate],
) -> Result<Vec<Came>, Failure> {
    let nothing = Came { squares: vec![0.0; truth.len()], covered: vec![0; truth.len()], seconds: 0.0 };
    let mut came = vec![nothing; Sampler::ALL.len()];
    let intervals = Sampler::ALL.map(|sampler| interval(sampler, arguments.trials));
    for round in 1..=u64::from(arguments.replications) {
        for ((sampler, interval), came) in Sampler::ALL.into_iter().zip(intervals).zip(&mut came) {
            let started = Instant::now();
            let found = forecast(model, sampler, SEED + round, arguments.trials, arguments.threads)?;
            came.seconds += started.elapsed().as_secs_f64();
            for (i, (figure, truth)) in figures.iter().zip(truth).enumerate() {
                // Where a run misses a figure that is there in truth, nothing can be said of the figure.
                let own = figure.of(&found).unwrap_or(Estimate::new(f64::NAN, f64::NAN));
                let off = own.value - truth.value;
                came.squares[i] += off * off;
                came.covered[i] += u32::from(off.abs() <= interval * own.error);
            }
        }
    }
    Ok(came)
}

fn errors(figures: &[Figure], truth: &[Estimate], came: &[Came], runs: u32) -> Table {
    let names = Sampler::ALL.map(short);
    let mut table = Table::new(&[&["Figure", "in truth"], &names[..], &names[1..]].concat());
    table.groups = [("", 2), ("error in the same time", 4), ("gain", 3)].map(|(head, n)| (head.to_owned(), n)).to_vec();
    let runs = f64::from(runs);
    let time = came[0].seconds / runs;
    for (i, (figure, truth)) in figures.iter().zip(truth).enumerate() {
        // In the time of a plain run another is done `time` divided by its own time: by that its mean squared error falls.
        let error = |own: &Came| (own.work(i) / (runs * runs) / time).sqrt();
        let gain = |own: &Came| came[0].work(i) / own.work(i);
        let mut row = vec![figure.label(), truth.rounded(3)];
        row.extend(came.iter().map(|own| two_digits(error(own))));
        row.extend(came[1..].iter().map(|own| two_digits(gain(own))));
        table.push(row);
    }
    table
}

fn coverage(figures: &[Figure], came: &[Came], runs: u32) -> Table {
    let names = Sampler::ALL.map(short);
    let mut table = Table::new(&[&["Truth within 95 % intervals, share of runs"], &names[..]].concat());
    let runs = f64::from(runs);
    for (i, figure) in figures.iter().enumerate() {
        let share = |own: &Came| {
            let p = f64::from(own.covered[i]) / runs;
            words::percent(Estimate::new(p, (p * (1.0 - p) / runs).sqrt()).into())
        };
        table.push([figure.label()].into_iter().chain(came.iter().map(share)));
    }
    table.note =
        format!("An interval that is right holds it in 95 %, give or take {:.1}.", 100.0 * (0.95 * 0.05 / runs).sqrt());
    table
}

fn speed(came: &[Came], arguments: &Arguments) -> String {
    let trials = f64::from(arguments.replications) * arguments.trials as f64;
    let each =
        Sampler::ALL.iter().zip(came).map(|(sampler, own)| format!("{sampler} {:.2}", 1e6 * own.seconds / trials));
    format!("Time, µs a trial: {}", each.collect::<Vec<_>>().join(", "))
}

/// A sampler's name over a narrow column.
const fn short(sampler: Sampler) -> &'static str {
    match sampler {
        Sampler::Plain => "plain",
        Sampler::Antithetic => "pairs",
        Sampler::Latin => "latin",
        Sampler::Sobol => "sobol",
    }
}

/// Two digits that count; nothing where it is no number.
fn two_digits(x: f64) -> String {
    if !x.is_finite() || x <= 0.0 {
        return "–".to_owned();
    }
    format!("{x:.*}", (1.0 - x.log10().floor()).clamp(0.0, 6.0) as usize)
}

#[cfg(test)]
mod tests {
    use super::{Came, interval, two_digits};
    use engine::uncertainty::Sampler;

    #[test]
    fn an_interval_has_as_many_degrees_of_freedom_as_groups_less_one() {
        // 16,384 trials are four Latin batches of 4,096: three degrees of freedom; Sobol's 128 blocks come round all 16 replicates.
        let of = |sampler| interval(sampler, 16_384);
        for (sampler, t) in
            [(Sampler::Plain, 1.96), (Sampler::Antithetic, 2.131), (Sampler::Latin, 3.182), (Sampler::Sobol, 2.131)]
        {
            assert!((of(sampler) - t).abs() < 1e-9, "{sampler}: {}", of(sampler));
        }
        assert!(interval(Sampler::Latin, 4096).is_nan(), "one batch alone says nothing of its error");
    }

    #[test]
    fn twice_the_time_for_half_the_squared_error_gains_nothing() {
        let plain = Came { squares: vec![4.0], covered: vec![0], seconds: 1.0 };
        let other = Came { squares: vec![2.0], covered: vec![0], seconds: 2.0 };
        assert!((plain.work(0) / other.work(0) - 1.0).abs() < 1e-12);
    }

    #[test]
    fn two_digits_count() {
        let shown = [0.01234, 1.26, 37.4, 412.0, 0.0, f64::NAN].map(two_digits);
        assert_eq!(shown, ["0.012", "1.3", "37", "412", "–", "–"]);
    }
}

//! The fixed suite: what is measured, in rounds, so that a machine that slows down for a while slows down every task.

use std::hint::black_box;
use std::path::Path;
use std::time::{Instant, SystemTime, UNIX_EPOCH};

use super::history::{FORMAT, Machine, Measured, Record};
use super::stolen::Processors;
use crate::cli::{Failure, engine};
use app::Field;
use app::compare::aligned;
use app::explain::column_of;
use app::study::compiled;
use engine::model::Model;
use engine::outcomes::Outcome;
use engine::run::{self, Futures, Interrupt, Settings};
use engine::uncertainty::Sampler;
use engine::uncertainty::lanes::Isa;
use foreign::files;

/// A task: its name, and what it does once.
struct Task<'a> {
    name: &'static str,
    trials: u64,
    work: Work<'a>,
    times: Vec<f64>,
}

type Work<'a> = Box<dyn Fn() -> Result<(), Failure> + 'a>;

impl<'a> Task<'a> {
    fn new(name: &'static str, trials: u64, work: Work<'a>) -> Self {
        Self { name, trials, work, times: Vec::new() }
    }

    fn of_run(name: &'static str, model: &'a dyn Futures, trials: u64, sampler: Sampler, threads: usize) -> Self {
        let settings = Settings { trials, seed: SEED, sampler, threads, isa: Isa::detect(), until: None };
        Self::new(name, trials, running(model, settings))
    }
}

/// The seed of every task.
const SEED: u64 = 2015;

/// Measures every task `rounds` times.
pub(super) fn measure(folder: &Path, threads: usize, rounds: u32) -> Result<Record, Failure> {
    let load = |name: &str| {
        language::load(&folder.join(format!("{name}.toml")), &[]).map_err(|found| Failure::input(found.to_string()))
    };
    let model = |name: &str| load(name).and_then(|own| Ok(compiled(&own)?));
    let (two, three, five) = (model("two-force")?, model("three-force")?, model("five-force")?);
    let (merger, mandated, lead) = (model("merger-2018")?, model("mandated-merger")?, model("lead-force")?);
    let benchmark = model("benchmarks/benchmark")?;
    let compared = aligned(&[load("two-force")?, load("lead-force")?], None)?.in_one_row(&[])?;
    let npv = column_of(&two, Outcome::Npv.id(), Field::Outcome).map_err(app::Error::from)?;

    let plain = Sampler::Plain;
    let explained = Settings { trials: 20_000, seed: SEED, sampler: plain, threads, isa: Isa::detect(), until: None };
    let file = folder.join("two-force.toml");
    let mut tasks = vec![
        Task::of_run("two-force", &two, 100_000, plain, threads),
        Task::of_run("two-force, one thread", &two, 40_000, plain, 1),
        Task::of_run("two-force, latin", &two, 65_536, Sampler::Latin, threads),
        Task::of_run("two-force, sobol", &two, 65_536, Sampler::Sobol, threads),
        Task::of_run("three-force", &three, 50_000, plain, threads),
        Task::of_run("five-force", &five, 30_000, plain, threads),
        Task::of_run("merger-2018", &merger, 40_000, plain, threads),
        Task::of_run("mandated-merger", &mandated, 40_000, plain, threads),
        Task::of_run("lead-force", &lead, 100_000, plain, threads),
        Task::of_run("benchmark", &benchmark, 100_000, plain, threads),
        Task::of_run("compare two options", &compared, 40_000, plain, threads),
        Task::new("explain two-force", explained.trials, explaining(&two, npv, &explained)),
        Task::new("read and compile two-force", 1, checking(&file)),
    ];
    let mut steps = Vec::new();
    let before = Processors::now();
    for _ in 0..rounds {
        steps.push(calibrate());
        for task in &mut tasks {
            let started = Instant::now();
            (task.work)()?;
            task.times.push(started.elapsed().as_secs_f64() * 1e9 / task.trials as f64);
        }
    }
    let used = before.zip(Processors::now());
    Ok(Record {
        format: FORMAT,
        time: SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs()),
        version: engine().version,
        commit: engine().commit,
        machine: machine(threads),
        calibration_ns: median(&mut steps),
        peak_memory_mb: peak_memory(),
        stolen: used.and_then(|(before, now)| now.stolen_since(before)),
        others: used.and_then(|(before, now)| now.others_since(before)),
        tasks: tasks.into_iter().map(measured).collect(),
        sha256: String::new(),
    })
}

fn running<'a>(model: &'a dyn Futures, settings: Settings) -> Work<'a> {
    Box::new(move || {
        let done = run::run(model, &settings, &Interrupt::default(), None).map_err(app::Error::from)?;
        black_box(done);
        Ok(())
    })
}

fn explaining<'a>(model: &'a Model, npv: usize, settings: &'a Settings) -> Work<'a> {
    Box::new(move || {
        let found = analysis::explain(model, None, npv, settings, &Interrupt::default());
        black_box(found.map_err(app::Error::from)?);
        Ok(())
    })
}

fn checking(file: &Path) -> Work<'_> {
    Box::new(move || {
        let loaded = language::load(file, &[]).map_err(|found| Failure::input(found.to_string()))?;
        black_box(compiled(&loaded)?);
        Ok(())
    })
}

/// Median, best, and how well the median is known: 1.2533 standard errors of a mean, whose deviation is 1.4826 times the median of
/// distances from the median, as for a normal spread.
fn measured(task: Task<'_>) -> Measured {
    let mut times = task.times;
    let middle = median(&mut times);
    let mut distances: Vec<f64> = times.iter().map(|time| (time - middle).abs()).collect();
    let deviation = 1.4826 * median(&mut distances);
    Measured {
        name: task.name.to_owned(),
        trials: task.trials,
        ns_a_trial: middle,
        best_ns_a_trial: times.first().copied().unwrap_or(middle),
        trials_a_second: 1e9 / middle,
        noise: 1.2533 * deviation / (times.len() as f64).sqrt() / middle,
    }
}

/// The median of values, which are sorted.
pub(super) fn median(values: &mut [f64]) -> f64 {
    values.sort_unstable_by(f64::total_cmp);
    let (low, high) = (values[(values.len() - 1) / 2], values[values.len() / 2]);
    f64::midpoint(low, high)
}

/// Nanoseconds that a step of a plain loop takes: a multiplication, a shift and an addition of floats that wait for each other.
fn calibrate() -> f64 {
    const STEPS: u32 = 5_000_000;
    let started = Instant::now();
    let (mut whole, mut sum) = (0x9e37_79b9_7f4a_7c15_u64, 0.0_f64);
    for _ in 0..STEPS {
        whole = whole.wrapping_mul(0xd134_2543_de82_ef95) ^ whole >> 31;
        sum = sum * 0.5 + (whole >> 11) as f64;
    }
    black_box((whole, sum));
    started.elapsed().as_secs_f64() * 1e9 / f64::from(STEPS)
}

/// This machine, with so many threads; 0 for one a core.
pub(super) fn machine(threads: usize) -> Machine {
    let of_system = files::read_text(Path::new("/proc/cpuinfo"), files::SCENARIO).unwrap_or_default();
    let named = of_system.lines().find_map(|line| line.strip_prefix("model name")?.split_once(": "));
    Machine {
        cpu: named.map_or_else(|| std::env::consts::ARCH.to_owned(), |(_, name)| name.to_owned()),
        threads: if threads == 0 { std::thread::available_parallelism().map_or(1, Into::into) } else { threads },
        instruction_set: Isa::detect().name().to_owned(),
    }
}

/// The most memory that this process has held, MB.
fn peak_memory() -> Option<f64> {
    let status = files::read_text(Path::new("/proc/self/status"), files::SCENARIO).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kilobytes: f64 = line.trim().strip_suffix(" kB")?.trim().parse().ok()?;
    Some(kilobytes / 1024.0)
}

#[cfg(test)]
mod tests {
    use super::median;

    #[test]
    fn the_median_is_the_middle_or_the_mean_of_the_two_middle_ones() {
        assert!((median(&mut [3.0, 1.0, 2.0]) - 2.0).abs() < 1e-12);
        assert!((median(&mut [4.0, 1.0, 2.0, 3.0]) - 2.5).abs() < 1e-12);
    }
}

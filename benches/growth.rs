//! How a run grows: time a trial with more trials, business areas, forces and years. All cores, everything counted.

use std::fmt::Write;
use std::hint::black_box;
use std::path::Path;
use std::time::Duration;

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use engine::model::Model;
use engine::run::{Interrupt, Settings, run};
use engine::uncertainty::Sampler;
use engine::uncertainty::lanes::Isa;

/// Forces alike in one alliance of all, for measuring speed alone.
struct Size {
    forces: usize,
    areas: usize,
    years: usize,
    trials: u64,
}

const USUAL: Size = Size { forces: 2, areas: 30, years: 12, trials: 50_000 };

impl Size {
    fn text(&self) -> String {
        let england = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/data/england-2014.toml");
        let members: Vec<String> = (1..=self.forces).map(|force| format!("\"Force {force}\"")).collect();
        let mut text = format!(
            "format = 1\nextends = '{}'\ntitle = \"Growth\"\nquestion = \"How does a run grow?\"\nfirst_year = \"2014/15\"\nyears = {}\n",
            england.display(),
            self.years
        );
        for member in &members {
            let numbers = "budget = 200.0\ngrant_share = 0.6\nband_d = 170.0\nreserves = 20.0\npopulation = 1000000\nofficers = 2000\n\
                           uptake = { beta = { a = 18, b = 1 }, plan = 1 }\nappetite = { uniform = { low = 0, high = 1 } }\n\
                           surge = { rate = 0.35, x_min = 60, alpha = 2.2 }\n";
            let _ = write!(text, "[[force]]\nname = {member}\n{numbers}");
        }
        let _ = write!(
            text,
            "[[alliance]]\nname = \"All\"\nmembers = [{}]\nstart = \"2015-03\"\nshare = \"budget\"\ndecision = \"unanimous\"\nagree = 0.9\n\
             board_cycle = 0.2\nslip = {{ lognormal = {{ median = 1.25, p90 = 1.75 }}, min = 0.9, plan = 1 }}\n\
             exit = {{ base = 0.007, notice = 1, cost = 1.5 }}\n",
            members.join(", ")
        );
        for area in 1..=self.areas {
            let _ = write!(
                text,
                "[[alliance.area]]\nname = \"Area {area}\"\ncost = 3.0\nsaving = {{ pert = {{ low = 0.05, mode = 0.1, high = 0.157 }} }}\n\
                 submit = {:.2}\nimplement = 0.75\noneoff = 0.1\n",
                0.1 * area as f64
            );
        }
        text
    }

    fn model(&self) -> Model {
        let folder = tempfile::tempdir().expect("there is room");
        let path = folder.path().join("growth.toml");
        std::fs::write(&path, self.text()).expect("there is room");
        let loaded = language::load(&path, &[]).expect("it is sound");
        Model::compile(&loaded.scenario).expect("it compiles")
    }
}

/// What grows, how, and to which sizes.
type Grown = (&'static str, fn(usize) -> Size, &'static [usize]);

fn all(c: &mut Criterion) {
    let grown: [Grown; 4] = [
        ("trials", |n| Size { trials: n as u64, ..USUAL }, &[10_000, 100_000, 1_000_000]),
        ("areas", |n| Size { areas: n, ..USUAL }, &[5, 15, 30, 60]),
        ("forces", |n| Size { forces: n, ..USUAL }, &[2, 3, 5, 8]),
        ("years", |n| Size { years: n, ..USUAL }, &[6, 12, 24]),
    ];
    for (what, of, sizes) in grown {
        let mut group = c.benchmark_group(format!("a run by {what}"));
        for n in sizes {
            let size = of(*n);
            let model = size.model();
            let settings = Settings {
                trials: size.trials,
                seed: 2015,
                sampler: Sampler::Plain,
                threads: 0,
                isa: Isa::detect(),
                until: None,
            };
            group.throughput(Throughput::Elements(size.trials));
            group.bench_function(BenchmarkId::from_parameter(n), |b| {
                b.iter(|| black_box(run(&model, &settings, &Interrupt::default(), None).expect("it runs")));
            });
        }
        group.finish();
    }
}

criterion_group! {
    name = benches;
    config = Criterion::default()
        .sample_size(10)
        .warm_up_time(Duration::from_millis(300))
        .measurement_time(Duration::from_secs(2));
    targets = all
}
criterion_main!(benches);

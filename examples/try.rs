use ::alliance::uncertainty::{Sampler, lanes::Isa};
use ::alliance::{model, run, scenario, statistics};
use std::time::Instant;
fn main() {
    let a: Vec<String> = std::env::args().collect();
    let l = match scenario::load(std::path::Path::new(&a[1]), &[]) {
        Ok(l) => l,
        Err(p) => {
            eprintln!("{p}");
            std::process::exit(2)
        }
    };
    let n: u64 = a.get(2).map_or(100_000, |s| s.parse().unwrap());
    let t = Instant::now();
    let m = match model::Model::compile(&l.scenario) {
        Ok(m) => m,
        Err(e) => {
            eprintln!("{e}");
            std::process::exit(3)
        }
    };
    println!("compile {:?}  columns {}", t.elapsed(), m.catalogue().columns().len());
    let mut w = m.worker(Isa::detect());
    let t = Instant::now();
    for b in 0..200 {
        w.run_block(1, Sampler::Plain, b);
    }
    println!("kernel only {:.3} us a trial (one thread)", t.elapsed().as_secs_f64() * 1e6 / (200. * 256.));
    let t = Instant::now();
    let s = run::Settings { trials: n, seed: 1, sampler: Sampler::Plain, threads: 0, isa: Isa::detect(), until: None };
    let (f, _) = run::run(&m, &s, &Default::default(), None).unwrap();
    println!("run {:?}: {:.3} us a trial", t.elapsed(), t.elapsed().as_secs_f64() * 1e6 / n as f64);
    for c in m.catalogue().columns() {
        let pick = a.get(3).map_or(!c.name.contains('.'), |p| c.name.contains(p.as_str()));
        if pick {
            println!(
                "{:40} plan {:9.3} mean {:?} p10 {:?} p50 {:?} p90 {:?} missing {:?}",
                c.name,
                f.plan(&c.name).unwrap_or(f64::NAN),
                f.mean(&c.name).map(|e| e.to_string()),
                q(&f, &c.name, 0.1),
                q(&f, &c.name, 0.5),
                q(&f, &c.name, 0.9),
                f.missing(&c.name).map(|e| e.value)
            );
        }
    }
    for r in m.catalogue().ratios() {
        println!("{} {:?}", r.name, f.ratio(&r.name));
    }
}
fn q(f: &statistics::Forecast, n: &str, p: f64) -> String {
    match f.percentile(n, p) {
        Some(statistics::Percentile::At(e)) => format!("{:.2}", e.value),
        Some(_) => "never".into(),
        None => "-".into(),
    }
}

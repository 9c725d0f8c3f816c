//! What the model makes of draws, read beside the outcomes of the same trials: approvals, meetings, consents, exits, regimes, surges.

use std::path::Path;

use engine::id::{AllianceId, ForceId};
use engine::model::{Model, National, Reading};
use engine::run::{Interrupt, Settings, sample};
use engine::uncertainty::Sampler;
use engine::uncertainty::lanes::Isa;
use language::load;

const TRIALS: u64 = 1_000;

fn model(name: &str) -> Model {
    let loaded = load(&Path::new("scenarios").join(format!("{name}.toml")), &[]).expect("it is sound");
    Model::compile(&loaded.scenario).expect("it compiles")
}

fn settings() -> Settings {
    Settings { trials: TRIALS, seed: 11, sampler: Sampler::Plain, threads: 2, isa: Isa::detect(), until: None }
}

/// Outcomes by name, then readings of what is lived.
fn lived(model: &Model, names: &[&str], readings: &[Reading]) -> Vec<Vec<f64>> {
    let columns: Vec<usize> =
        names.iter().map(|name| model.catalogue().position(name).unwrap_or_else(|| panic!("{name}"))).collect();
    let worker = || model.worker(Isa::detect());
    sample::lived(worker, &settings(), &Interrupt::default(), &columns, readings).expect("it runs")
}

/// The draw at an address of the scenario's own, read as given.
fn read(model: &Model, address: &str, reading: Reading) -> Vec<f64> {
    let position = model.inputs().iter().position(|input| input.address == address);
    let position = position.unwrap_or_else(|| panic!("{address}"));
    assert!(model.inputs()[position].readings.contains(&reading), "{address}: {:?}", model.inputs()[position]);
    sample::reading(model, &settings(), position, reading)
}

#[test]
fn years_in_regimes_and_deviations_are_those_of_the_outcomes() {
    let model = model("two-force");
    let years = model.years().len();
    let labels: Vec<String> = model.years().map(|year| format!("{year}/{:02}", (year + 1) % 100)).collect();
    let of = |measure: &str| labels.iter().map(|year| format!("{measure}[{year}]")).collect::<Vec<_>>();
    let yearly = |measure: &str| {
        let names = of(measure);
        lived(&model, &names.iter().map(String::as_str).collect::<Vec<_>>(), &[])
    };
    let regimes = yearly("regime");
    let mut all = vec![0.0; TRIALS as usize];
    for regime in 0..model.inputs().iter().map(|input| input.readings.len()).max().unwrap_or(0) {
        let counted = read(&model, "funding.regime", Reading::YearsIn(regime));
        for (i, count) in counted.iter().enumerate() {
            let wanted = regimes.iter().filter(|year| (year[i] - regime as f64).abs() < 0.5).count() as f64;
            assert!((count - wanted).abs() < 1e-12);
            all[i] += count;
        }
    }
    assert!(all.iter().all(|sum| (sum - years as f64).abs() < 1e-12));
    // The mean path of pay is certain there, so that what a trial lies above it differs from its mean award by a constant.
    let awards = yearly("pay_award");
    let above = read(&model, "economy.pay", Reading::Above(National::Pay));
    let mean = |i: usize| awards[1..].iter().map(|year| year[i]).sum::<f64>() / (years - 1) as f64;
    assert!((1..TRIALS as usize).all(|i| ((mean(i) - above[i]) - (mean(0) - above[0])).abs() < 1e-12));
    assert!(above.iter().any(|x| *x > 0.001) && above.iter().any(|x| *x < -0.001));
    let surges = yearly("force.Dorset.surge");
    let address = "force.Dorset.surge";
    let largest = read(&model, address, Reading::LargestSurge(ForceId(1)));
    let average = read(&model, address, Reading::MeanSurge(ForceId(1)));
    for i in 0..TRIALS as usize {
        let wanted = surges.iter().map(|year| year[i]).fold(0.0, f64::max);
        assert!((largest[i] - wanted).abs() <= 1e-12 * wanted, "{i}: {} {wanted}", largest[i]);
        let wanted = surges.iter().map(|year| year[i]).sum::<f64>() / years as f64;
        assert!((average[i] - wanted).abs() <= 1e-9 * wanted.max(1.0), "{i}: {} {wanted}", average[i]);
    }
}

#[test]
fn who_leaves_is_who_gave_notice() {
    let model = model("two-force");
    let name = "alliance.\"Strategic alliance\".force.Dorset.leaves_at";
    let found = lived(&model, &[name], &[Reading::Leaves(AllianceId(0), ForceId(1))]);
    let mut left = 0;
    for (at, leaves) in found[0].iter().zip(&found[1]) {
        // Who gives notice leaves some day; who is left alone leaves without notice.
        assert!(*leaves < 0.5 || at.is_finite() || at.is_nan());
        left += usize::from(*leaves > 0.5);
        assert!((*leaves - 0.5).abs() > 0.0);
    }
    assert!(left > 20 && left < TRIALS as usize / 2, "{left}");
}

#[test]
fn a_merger_vests_where_all_agree_and_nobody_withdraws() {
    // The alliance of before is the first; a notice in it that runs out before vesting day withdraws too.
    let (model, merger) = (model("merger-2018"), AllianceId(1));
    let members = [ForceId(0), ForceId(1)];
    let agree = members.map(|f| Reading::Agrees(merger, f));
    let leave = members.map(|f| Reading::Leaves(merger, f));
    let before = members.map(|f| Reading::Leaves(AllianceId(0), f));
    let readings: Vec<Reading> = agree.into_iter().chain(leave).chain(before).collect();
    let found = lived(&model, &["alliance.Merger.vested"], &readings);
    let minister = read(&model, "alliance.Merger.minister", Reading::MinisterApproves(merger));
    let (mut vested, mut refused) = (0, 0);
    for i in 0..TRIALS as usize {
        let yes = |column: usize| found[column][i] > 0.5;
        let agreed = yes(1) && yes(2) && minister[i] > 0.5;
        let (withdrew, noticed) = (yes(3) || yes(4), yes(5) || yes(6));
        assert!(!yes(0) || (agreed && !withdrew), "{i}");
        assert!(yes(0) || !agreed || withdrew || noticed, "{i}");
        vested += usize::from(yes(0));
        refused += usize::from(!agreed);
    }
    assert!(vested > 20 && refused > 20, "{vested} {refused}");
}

#[test]
fn a_case_that_is_refused_is_never_live_and_meetings_are_whole() {
    let model = model("two-force");
    let input = model.inputs().iter().enumerate().filter_map(|(position, input)| match input.readings[0] {
        reading @ (Reading::Approved(..) | Reading::Meetings(..)) => Some((position, input, reading)),
        _ => None,
    });
    let (mut approvals, mut meetings) = (0, 0);
    for (position, input, reading) in input.take(12) {
        let values = sample::reading(&model, &settings(), position, reading);
        if let Reading::Approved(..) = reading {
            let name = input.address.replace(".approved", ".live");
            let live = lived(&model, &[&name], &[]);
            assert!(values.iter().zip(&live[0]).all(|(approved, live)| *approved > 0.5 || live.is_nan()), "{name}");
            assert!(values.iter().all(|x| x.to_bits() == 0 || x.to_bits() == 1.0_f64.to_bits()));
            approvals += 1;
        } else {
            assert!(values.iter().all(|x| *x >= 1.0 && x.fract().abs() < 1e-12), "{}", input.address);
            meetings += 1;
        }
    }
    assert!(approvals > 2 && meetings > 2);
}

#[test]
fn an_input_is_called_by_its_own_name_and_not_by_that_whose_draws_it_borrows() {
    let model = model("lead-force");
    let borrowed = |text: &str| text.contains("Strategic alliance");
    assert!(model.draws().info().iter().any(|info| borrowed(&info.key)), "nothing is borrowed there any more");
    assert!(model.inputs().iter().all(|input| !borrowed(&input.address)));
    assert!(model.inputs().iter().any(|input| input.address.ends_with(".realisation")));
}

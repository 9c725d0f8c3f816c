//! Which numbers of a scenario are dials at first: those that matter most for what it is worth, the strongest of every theme among them.

use app::{Draws, Error, Means, Question, Study};
use engine::uncertainty::{Sampler, Value};
use language::Loaded;
use report::explanation::{DriverReport, Explanation};
use report::words::the_measure;

/// How many.
const DIALS: usize = 12;
/// Most of one theme, as long as there are others.
const OF_A_THEME: usize = 4;
/// Futures looked at: a page is written in seconds.
const TRIALS: u64 = 16_384;
/// The seed of runs for which none is asked.
const SEED: u64 = 2015;

/// Addresses of the numbers, the strongest first. None where nothing is uncertain.
pub(super) fn chosen(loaded: &Loaded, means: &Means) -> Result<Vec<String>, Error> {
    let draws = Draws { trials: TRIALS, seed: SEED, sampler: Sampler::Plain, until: None };
    let question = Question::Explain { outcome: app::explain::unasked(&loaded.scenario).name(), years: None };
    let study = Study::new(question, draws, vec![loaded.clone()])?;
    match study.answer(means) {
        Ok(app::Answer::Explanation(found)) => Ok(strongest(loaded, &found)),
        Ok(_) => Ok(Vec::new()),
        // What cannot be explained has no drivers: every number can still be found by its name.
        Err(why) if why.kind() == app::Kind::Input => Ok(Vec::new()),
        Err(why) => Err(why),
    }
}

/// What they matter for, in words.
pub(super) fn about(loaded: &Loaded) -> String {
    the_measure(&app::explain::unasked(&loaded.scenario))
}

/// The share of variance that an input has a part in: its total index, or else its first-order index.
fn strength(driver: &DriverReport) -> f64 {
    driver.total.or(driver.first).map_or(0.0, |index| index.value)
}

fn strongest(loaded: &Loaded, found: &Explanation) -> Vec<String> {
    let is_drawn = |key: &str| loaded.number(key).is_some_and(|own| matches!(own.quantity.value, Value::Uncertain(_)));
    // Inputs that hang together stand for themselves, each by its own share.
    let single = found.drivers.iter().flat_map(|driver| {
        let members = if driver.members.is_empty() { std::slice::from_ref(driver) } else { &driver.members[..] };
        members.iter().map(move |own| (own, strength(own)))
    });
    let mut all: Vec<(&DriverReport, f64)> = single.filter(|(own, _)| is_drawn(&own.key)).collect();
    all.sort_by(|a, b| b.1.total_cmp(&a.1));
    let mut chosen: Vec<&DriverReport> = Vec::new();
    for most in [OF_A_THEME, DIALS] {
        for (own, _) in &all {
            let of_theme = chosen.iter().filter(|other| other.theme == own.theme).count();
            let is_new = chosen.iter().all(|other| other.key != own.key);
            if chosen.len() < DIALS && of_theme < most && is_new {
                chosen.push(own);
            }
        }
    }
    chosen.iter().map(|own| own.key.clone()).collect()
}

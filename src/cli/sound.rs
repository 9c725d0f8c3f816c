//! What is stored meets the same rules as what is asked on the command line: recipes, questions, scenarios and names.

use std::path::{Component, Path};

use super::limits;
use super::manifest::{Kept, Manifest, Recipe, Simulated, Verb, asked_hash, hash_of_all};
use super::questions::{Asked, SweptKey};
use engine::uncertainty::Sampler;
use foreign::safe_text::shown_in_line;
use language::Axis;

/// What is wrong with a recipe for so many scenarios; the first that is found.
pub(super) fn recipe(recipe: &Recipe, scenarios: usize) -> Result<(), String> {
    let Recipe { verb, .. } = *recipe;
    let of = |key: &str, why: String| format!("{key}: {why}");
    if !is_plain(&recipe.version) {
        return Err("version: this is no version of the program".to_owned());
    }
    limits::trials(recipe.trials).map_err(|why| of("trials", why))?;
    let sampler: Sampler = recipe.sampler.parse().map_err(|why| of("sampler", why))?;
    if let Some(until) = recipe.until {
        limits::precision(until).map_err(|why| of("until", why))?;
    }
    limits::scenarios(verb, scenarios)?;
    let alone = scenarios == 1;
    let looks = match verb {
        Verb::Explain | Verb::Discover | Verb::Shares | Verb::Optimise | Verb::Assumptions => true,
        Verb::Report => alone,
        Verb::Run | Verb::Compare | Verb::WhatIf => false,
    };
    if looks {
        limits::looked_at(verb.name(), sampler, recipe.trials)?;
    }
    if verb == Verb::Compare && alone {
        return Err("compare takes two scenarios or more".to_owned());
    }
    if verb != Verb::Run && (recipe.until.is_some() || recipe.keep_trials != Kept::Nothing) {
        return Err(format!("{} keeps no trials and has no precision to stop at", verb.name()));
    }
    Ok(())
}

/// What is wrong with a name that a folder or a file is to be called by.
pub(super) fn name(name: &str) -> Result<(), String> {
    if is_component(name) {
        return Ok(());
    }
    Err(format!("name: {name:?} names no folder of results: it leads elsewhere. Write a name without / in it"))
}

/// Whether a name is one component of a path, so that it never leads out of a folder.
fn is_component(name: &str) -> bool {
    let mut parts = Path::new(name).components();
    matches!((parts.next(), parts.next()), (Some(Component::Normal(part)), None) if part == name)
}

/// Whether a path leads to a file below the folder that it starts from.
fn is_below(path: &str) -> bool {
    !path.is_empty() && path.split('/').all(is_component)
}

/// Whether a version or a commit is made of what such are made of.
pub(super) fn is_plain(word: &str) -> bool {
    (1..=100).contains(&word.len()) && word.chars().all(|c| c.is_ascii_alphanumeric() || ".-+_".contains(c))
}

/// What is wrong with a question.
fn asked(asked: &Asked) -> Result<(), String> {
    limits::sweeps(asked.sweeps.len())?;
    limits::measures(asked.measures.len())?;
    let mut axes = asked.sweeps.iter().flat_map(|swept| std::iter::once(&swept.along).chain(&swept.across));
    axes.try_for_each(axis)?;
    if asked.percentile.is_some_and(|percentile| !(1..=99).contains(&percentile)) {
        return Err("percentile: a whole number from 1 to 99 is wanted".to_owned());
    }
    if asked.slots.is_some_and(|slots| !(1..=limits::SLOTS).contains(&slots)) {
        return Err(format!("slots: a whole number from 1 to {} is wanted", limits::SLOTS));
    }
    Ok(())
}

fn axis(own: &SweptKey) -> Result<(), String> {
    Axis { key: own.key.clone(), values: own.values.clone(), plan: own.plan, at: None }.check()
}

/// What is wrong with a time that something took.
pub(super) fn seconds(wall_seconds: f64) -> Result<(), String> {
    let fits = wall_seconds >= 0.0 && wall_seconds.is_finite();
    if fits { Ok(()) } else { Err("wall_seconds: a number from 0 is wanted".to_owned()) }
}

/// What is wrong with what is said of a stored scenario: its name and title are those that it holds itself, and the files that it was
/// read from, of which it holds nothing, are names of one line.
pub(super) fn simulated(own: &Simulated) -> Result<(), String> {
    for (key, said) in [("name", &own.name), ("title", &own.title)] {
        if own.resolved.get(key).and_then(|held| held.as_str()) != Some(said) {
            return Err(format!("{key}: {said:?} is not the {key} of the scenario beside it"));
        }
    }
    let is_odd = |file: &&String| file.is_empty() || shown_in_line(file) != file.as_str();
    match own.sources.iter().find(is_odd) {
        Some(odd) => Err(format!("sources: {odd:?} names no file")),
        None => Ok(()),
    }
}

/// What is wrong with a manifest that is whole; the first that is found.
pub(super) fn manifest(own: &Manifest) -> Result<(), String> {
    recipe(&own.recipe, own.scenarios.len())?;
    limits::threads(own.threads).map_err(|why| format!("threads: {why}"))?;
    if own.commit.as_deref().is_some_and(|commit| !is_plain(commit)) {
        return Err("commit: this is no commit".to_owned());
    }
    own.asked.iter().try_for_each(asked)?;
    let verb = own.recipe.verb;
    if own.asked.is_none() != (verb == Verb::Run) {
        return Err(format!("{} and what was asked do not belong together", verb.name()));
    }
    if let Some(path) = own.files.keys().find(|path| !is_below(path)) {
        return Err(format!("{path:?} is no file of a folder of results"));
    }
    let (done, asked) = (own.trials_done, own.recipe.trials);
    if !(1..=asked).contains(&done) || own.recipe.until.is_none() && done != asked {
        return Err(format!("trials_done: {done} trials are not those of a run of {asked}"));
    }
    seconds(own.wall_seconds)?;
    own.scenarios.iter().try_for_each(simulated)?;
    let hash = hash_of_all(own.scenarios.iter().map(|scenario| &scenario.resolved));
    let hash = own.asked.as_ref().map_or(hash.clone(), |asked| asked_hash(&hash, asked));
    if hash != own.recipe.scenario_hash {
        return Err("the scenario is not the one that its hash names".to_owned());
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::{is_below, is_component, is_plain};

    #[test]
    fn a_name_is_one_component_and_a_path_of_results_never_leads_out() {
        assert!(["two-force", "a.b", "Zwei Kräfte", "x-2"].into_iter().all(is_component));
        assert!(["", ".", "..", "a/b", "/a", "a/", "../../evil"].into_iter().all(|name| !is_component(name)));
        assert!(is_below("charts/fan.svg") && is_below("annual.csv"));
        assert!(["/dev/zero", "../x", "charts/../../x", "", "a//b"].into_iter().all(|path| !is_below(path)));
        assert!(is_plain("0.2.0") && is_plain("b3f9a1c2d4e5-dirty") && !is_plain("") && !is_plain("0.2\u{1b}[2J"));
    }
}

//! What is stored meets the same rules as what is asked on the command line: requests, engines, outputs and names.

use std::path::{Component, Path};

use app::{Engine, Question, Request, limits};

use super::manifest::{Kept, Manifest, Outputs};

/// What is wrong with who made something, what was asked and what was made of it; the first that is found.
pub(super) fn made(engine: &Engine, request: &Request, outputs: &Outputs) -> Result<(), String> {
    if !is_plain(&engine.version) {
        return Err("version: this is no version of the program".to_owned());
    }
    if engine.commit.as_deref().is_some_and(|commit| !is_plain(commit)) {
        return Err("commit: this is no commit".to_owned());
    }
    request.check().map_err(|why| why.to_string())?;
    if outputs.trials != Kept::Nothing && request.question != (Question::Run {}) {
        return Err(format!("{} keeps no trials", request.question.verb().name()));
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

/// What is wrong with a time that something took.
pub(super) fn seconds(wall_seconds: f64) -> Result<(), String> {
    let fits = wall_seconds >= 0.0 && wall_seconds.is_finite();
    if fits { Ok(()) } else { Err("wall_seconds: a number from 0 is wanted".to_owned()) }
}

/// What is wrong with a manifest that is whole; the first that is found.
pub(super) fn manifest(own: &Manifest) -> Result<(), String> {
    made(&own.engine, &own.request, &own.outputs)?;
    limits::threads(own.threads).map_err(|why| format!("threads: {why}"))?;
    if let Some(path) = own.files.keys().find(|path| !is_below(path)) {
        return Err(format!("{path:?} is no file of a folder of results"));
    }
    let (done, draws) = (own.trials_done, &own.request.draws);
    if !(1..=draws.trials).contains(&done) || draws.until.is_none() && done != draws.trials {
        return Err(format!("trials_done: {done} trials are not those of a run of {}", draws.trials));
    }
    seconds(own.wall_seconds)?;
    if own.request.hash() != own.request_hash {
        return Err("what was asked is not what its hash names".to_owned());
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

//! What programmes of the past say of a new one, and the base at which a scenario's alliances end as often as those of the past.

mod cases;
mod exits;

use std::path::Path;

use analysis::learn::{Belief, classes_held_out, held_out, learn};
use foreign::files::Source;
use language::{Problem, Programme};
use report::learning::{Bases, LearningReport, Said, Told};

use crate::error::Error;
use crate::refused::Field;
use crate::study::Desk;

use cases::cases_of;

/// What is asked of programmes of the past.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LearnQuestion {
    /// The class; none: the one of most programmes.
    pub class: Option<String>,
    /// Names of programmes that are left out.
    pub without: Vec<String>,
    /// What of the scenario was changed before it was put on the desk, as it was written: it is told, not done.
    pub changes: Vec<String>,
}

/// How far fame is undone, and how far the class is believed: what is told beside the answer.
const BELIEFS: [Belief; 5] = [
    Belief::WHOLE,
    Belief { fame: 0.5, power: 1.0 },
    Belief { fame: 1.0, power: 1.0 },
    Belief { fame: 0.0, power: 0.5 },
    Belief { fame: 0.0, power: 0.25 },
];

/// Reads a file of programmes and says what a class of them tells of a new one; with a scenario on the desk, also at which bases its
/// alliances end as often. Beside the answer, what of the file is worth a look.
///
/// # Errors
/// Why there is no answer: every problem of the file with its line and column, or what is wrong with the question.
pub fn learnt(
    source: &dyn Source,
    path: &Path,
    question: &LearnQuestion,
    desk: Option<&Desk<'_>>,
    version: &str,
) -> Result<(LearningReport, Vec<Problem>), Error> {
    let (programmes, odd) = language::programmes(source, path)?;
    let programmes = kept(programmes, &question.without)?;
    let cases = cases_of(&programmes)?;
    let class = chosen(&programmes, question.class.as_deref())?;
    let of_each = BELIEFS.map(|belief| (belief, learn(&cases, &class, belief)));
    let [(_, learnt), ..] = &of_each;
    let rate = learnt.exit;
    let bases = match (desk, rate) {
        (Some(desk), Some(rate)) => Bases::Solved(exits::solved(desk, rate.mean())?),
        (Some(_), None) => Bases::NoRate,
        (None, _) => Bases::NotAsked,
    };
    let told = Told {
        file: path.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned()),
        version: version.to_owned(),
        said: programmes.iter().map(said).collect(),
        held: held_out(&cases, &class),
        classes: classes_held_out(&cases),
        scenario: desk.and_then(|desk| desk.scenarios.first()).map(|own| own.scenario.name.clone()),
        changes: question.changes.clone(),
        without: question.without.clone(),
        cases,
        class,
        bases,
    };
    Ok((LearningReport::build(told, learnt, &of_each), odd.list().to_vec()))
}

fn said(own: &Programme) -> Said {
    let Programme { source, confidence, note, .. } = own.clone();
    Said { source, confidence, note }
}

/// The programmes but for those left out by name.
fn kept(mut programmes: Vec<Programme>, without: &[String]) -> Result<Vec<Programme>, Error> {
    for name in without {
        let before = programmes.len();
        programmes.retain(|own| own.name != *name);
        if programmes.len() == before {
            let names: Vec<&str> = programmes.iter().map(|own| own.name.as_str()).collect();
            let what = format!("no programme is called \"{name}\". {}", language::remedy(name, &names));
            return Err(Field::Without.refused(what).into());
        }
    }
    if programmes.is_empty() {
        return Err(Field::Without.refused("no programme is left: leave out fewer").into());
    }
    Ok(programmes)
}

/// The class asked for, or that of most programmes, of several the first.
fn chosen(programmes: &[Programme], asked: Option<&str>) -> Result<String, Error> {
    let mut classes: Vec<(&str, usize)> = Vec::new();
    for own in programmes {
        match classes.iter_mut().find(|(name, _)| *name == own.class) {
            Some((_, count)) => *count += 1,
            None => classes.push((&own.class, 1)),
        }
    }
    let most = classes.iter().map(|(_, count)| *count).max().unwrap_or_default();
    let found = match asked {
        Some(asked) => classes.iter().find(|(name, _)| *name == asked),
        None => classes.iter().find(|(_, count)| *count == most),
    };
    found.map(|(name, _)| (*name).to_owned()).ok_or_else(|| {
        let names: Vec<&str> = classes.iter().map(|(name, _)| *name).collect();
        let asked = asked.unwrap_or_default();
        Field::Class.refused(format!("no class is called \"{asked}\". {}", language::remedy(asked, &names))).into()
    })
}

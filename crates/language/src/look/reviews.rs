//! Reviews that stop a failing programme, and help from other forces: times, weights and numbers out of all proportion.

use super::figure::{meant, told, typed};
use super::numbers::years;
use super::{Level, Look, levels, outside};
use engine::alliance::{Force, Review, Scenario};
use engine::uncertainty::elementary::exp;
use engine::uncertainty::quote_key;

/// Years between two reviews from which they were probably meant in months.
const SELDOM: f64 = 10.0;

/// Weights at which a programme that saves nothing is stopped: 3 multiplies the odds by 20.
const WEIGHT: (f64, f64) = (0.0, 10.0);

/// Officers who come from other forces, beside those that a force has.
const TIMES_ITS_OWN: f64 = 5.0;

/// Looks at the reviews of every alliance and the mutual aid of every force.
pub fn look(scenario: &Scenario, look: &Look<'_>) {
    for alliance in &scenario.alliances {
        if let Some(review) = &alliance.review {
            reviews(review, &format!("alliance.{}.review", quote_key(&alliance.name)), look);
        }
    }
    scenario.forces.iter().for_each(|force| mutual_aid(force, look));
}

fn reviews(review: &Review, path: &str, look: &Look<'_>) {
    if review.every > SELDOM {
        let (what, remedy) = years(Level { what: "", value: review.every });
        look.odd(&format!("{path}.every"), format!("{what} from one review to the next"), remedy);
    }
    if let Some(level) = outside(&review.weight, WEIGHT.0, WEIGHT.1) {
        let what = if level.value < 0.0 {
            format!("{} makes a stop less likely, the less the programme saves", level.told())
        } else {
            let times = told(exp(level.value).min(1e12).round());
            format!("{} makes the odds of a stop {times} times as high where nothing is saved", level.told())
        };
        look.odd(&format!("{path}.weight"), what, "It is added to the log-odds: 3 makes the odds 20 times as high");
    }
}

fn mutual_aid(force: &Force, look: &Look<'_>) {
    let path = format!("force.{}.mutual_aid", quote_key(&force.name));
    let own = force.officers.value;
    let is_usual = |value: f64| value >= 1.0 && value <= TIMES_ITS_OWN * own;
    let Some(level) = levels(&force.mutual_aid).into_iter().find(|level| level.value > 0.0 && !is_usual(level.value))
    else {
        return;
    };
    if level.value < 1.0 {
        let remedy = format!(
            "It is a number of officers: if {} % as many as the force has are meant, write {}",
            told(100.0 * level.value),
            typed((level.value * own).round())
        );
        look.odd(&path, format!("{} is less than one officer", level.told()), remedy);
    } else if own > 0.0 {
        let likely = meant(level.value, |value| is_usual(value) && value < level.value);
        let remedy = match likely {
            Some(likely) => format!("If {} officers are meant, write {}", told(likely), typed(likely)),
            None => "Write how many come in time: 100 officers are 100".to_owned(),
        };
        let what = format!("{} officers come from other forces, to a force of {}", level.told(), told(own));
        look.odd(&path, what, remedy);
    }
}

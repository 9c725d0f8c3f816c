//! Keys that change nothing beside what else is stated: interest where nothing is borne over years, stops where nothing can be stopped.

use super::Look;
use engine::alliance::{Alliance, Scenario};
use engine::uncertainty::{Quantity, quote_key};

/// Whether a number is stated that would do something. What could not be read is no number, and has been told.
fn wants(own: &Quantity) -> bool {
    own.is_stated() && !own.is_none()
}

/// Looks at what has no effect in every alliance and every force.
pub fn look(scenario: &Scenario, look: &Look<'_>) {
    for alliance in &scenario.alliances {
        let path = format!("alliance.{}", quote_key(&alliance.name));
        let told = |key: &str, why: Option<(&str, &str)>| {
            if let Some((why, remedy)) = why {
                look.odd(&format!("{path}.{key}"), format!("this has no effect: {why}"), remedy);
            }
        };
        told("finance_rate", interest(alliance));
        told("ict_cancelled", cancelled(alliance));
        told("ict_cancel_at", cancelled_at(alliance));
        told("ict_cancel_cost", cancelled_at_a_cost(alliance));
        told("review.weight", weight(alliance));
        told("scale_loss", of_exits(alliance, &alliance.scale_loss));
        told("exit.fixed_share", of_exits(alliance, &alliance.exit.fixed_share));
    }
    for force in scenario.forces.iter().filter(|force| wants(&force.mutual_aid)) {
        if force.surge.as_ref().is_none_or(|surge| surge.rate.is_none()) {
            look.odd(
                &format!("force.{}.mutual_aid", quote_key(&force.name)),
                "this has no effect: the force has no large incidents in which help could come",
                "State surge too, or leave it out",
            );
        }
    }
}

/// Interest, where nothing is paid in instalments.
fn interest(own: &Alliance) -> Option<(&'static str, &'static str)> {
    let setup = own.merger.as_ref().is_some_and(|merger| !merger.setup.is_none());
    match () {
        () if !wants(&own.finance_rate) => None,
        () if own.finance_years == 1 => Some((
            "finance_years is 1, so that what is financed is paid at once",
            "Write finance_years too: over how many years it is paid; or leave it out",
        )),
        () if own.ict_capital.is_none() && !setup => Some((
            "there is neither ICT capital nor a set-up cost to finance",
            "Write ict_capital too, or leave it out",
        )),
        () => None,
    }
}

/// A platform that is to be stopped, where there is none, or it is there at once.
fn cancelled(own: &Alliance) -> Option<(&'static str, &'static str)> {
    match () {
        () if !wants(&own.ict_cancelled) => None,
        () if !own.has_platform() => Some((
            "there is no common ICT platform: no area needs one, and ict_capital is 0",
            "Write ict_capital, or needs_ict = true in the areas that wait for it; or leave it out",
        )),
        () if own.ict_ready.is_none() => Some((
            "the common ICT platform is due at once, and so is there and not stopped",
            "Write ict_ready: when it is due; or leave it out",
        )),
        () => None,
    }
}

/// Whether the platform can be stopped by itself.
fn can_be_cancelled(own: &Alliance) -> bool {
    own.can_stop_ict() && cancelled(own).is_none()
}

/// Where a platform is stopped, where it is never by itself.
fn cancelled_at(own: &Alliance) -> Option<(&'static str, &'static str)> {
    (own.ict_cancel_at.is_stated() && !can_be_cancelled(own)).then_some((
        "nothing stops the common ICT platform by itself",
        "Write ict_cancelled too: the chance that it is stopped; or leave it out",
    ))
}

/// What a platform costs that is stopped, where none is or none costs anything.
fn cancelled_at_a_cost(own: &Alliance) -> Option<(&'static str, &'static str)> {
    let reviewed = own.review.as_ref().is_some_and(|review| !review.base.is_none());
    match () {
        () if !wants(&own.ict_cancel_cost) => None,
        () if own.ict_capital.is_none() => {
            Some(("ict_capital is 0, so that nothing of it is left to pay", "Write ict_capital too, or leave it out"))
        }
        () if !can_be_cancelled(own) && !reviewed => Some((
            "nothing stops the common ICT platform",
            "Write ict_cancelled too: the chance that it is stopped; or leave it out",
        )),
        () => None,
    }
}

/// How readily a failing programme is stopped, where none is.
fn weight(own: &Alliance) -> Option<(&'static str, &'static str)> {
    own.review.as_ref().filter(|review| wants(&review.weight) && review.base.is_none()).map(|_| {
        (
            "base is 0, so that no review stops the programme, however little it saves",
            "Write a base above 0, such as 0.01",
        )
    })
}

/// What exits bring, where nobody leaves.
fn of_exits(own: &Alliance, quantity: &Quantity) -> Option<(&'static str, &'static str)> {
    match () {
        () if !quantity.is_stated() => None,
        () if own.merger.is_some() => Some(("nobody leaves a merger", "Leave it out")),
        () if !own.exit.is_modelled() => {
            Some(("nobody leaves: exit.base is 0", "Write exit.base too, such as 0.01, or leave it out"))
        }
        () => None,
    }
}

//! `exit = { … }` and `merger = { … }` of an alliance.

use super::{money, share, years};
use crate::describe::Default;
use crate::reader::{Names, Range, Reader, Share, Spec};
use engine::alliance::{Equalise, Exit, Merger, Review};
use engine::uncertainty::Quantity;
use engine::units::Month;

/// Reads `exit`.
pub fn exit(r: &mut Reader<'_>) -> Exit {
    let weight = |name, doc| Spec::new(name, "log-odds", Range::ANY, doc).or(0.0);
    let base = "Chance a year that a member gives notice, nothing else weighing; 0 means never.";
    Exit {
        base: r.quantity(Spec::new("base", "probability a year", Range::BELOW_1, base).or(0.0)),
        election_weight: r
            .quantity(weight("election_weight", "Added to the log-odds of leaving in the 2½ years after an election.")),
        loss_weight: r.quantity(weight("loss_weight", "Added for a saving that falls wholly short of the plan's; no effect in a merger, which saves only once nobody can leave.")),
        appetite_weight: r
            .quantity(weight("appetite_weight", "Added for each point of distance from the members' mean appetite.")),
        voice_weight: r.quantity(weight(
            "voice_weight",
            "Added for each point by which a member's share of costs exceeds its share of votes.",
        )),
        notice: r.quantity(years("notice", "Time between notice and leaving; no effect in a merger: withdrawing needs no notice.").or(1.0)),
        cost: r.quantity(money("cost", "Cost of an exit; no effect in a merger: withdrawing costs abortive_cost.").or(0.0)),
        leaver_share: r.quantity(share("leaver_share", "Share of the exit's cost that the leaver pays; no effect in a merger.").or(0.5)),
        fixed_share: r.quantity(share("fixed_share", "Share of the exit's cost that is the same however little is live; the rest goes by the part of the in-scope cost that is live. No effect in a merger.").or(1.0)),
    }
}

/// Reads `review`.
pub fn review(r: &mut Reader<'_>) -> Review {
    let every = Spec::new(
        "every",
        "years",
        Range::FROM_1,
        "Time from one review to the next, the first so long after the start (of a merger, after vesting).",
    );
    let base = "Chance that one review stops a programme that saves what the plan saves in that year, or more; 0 means never, however little is saved.";
    let weight = "Added to the log-odds for a saving that falls wholly short of the plan's.";
    Review {
        every: r.plain(every),
        base: r.quantity(Spec::new("base", "probability a review", Range::BELOW_1, base)),
        weight: r.quantity(Spec::new("weight", "log-odds", Range::ANY, weight).or(0.0)),
    }
}

/// Reads `merger`.
pub fn merger(r: &mut Reader<'_>, members: &Names) -> Merger {
    let vesting = r.month("vesting", Default::Required, "Vesting day: when the members become one force.");
    let decision = r.month("decision_date", Default::Word("vesting"), "When consent is decided; not after vesting.");
    let vesting = vesting.unwrap_or(Month { year: 1900, month: 1 });
    if decision.is_none() && !r.has("decision_date") {
        r.put_text("decision_date", &vesting.to_string());
    }
    let words = [("highest", Equalise::Highest), ("average", Equalise::Average), ("lowest", Equalise::Lowest)];
    let consent =
        share("consent", "Chance that each member's commissioner agrees, nothing else weighing; for all or by member.")
            .or(1.0);
    Merger {
        mandated: r.flag("mandated", "Imposed by law: nobody is asked and nobody withdraws, so that exit, voice, consent, rise_aversion, ministerial_approval, abortive_cost and decision_date have no effect."),
        vesting,
        decision_date: decision.unwrap_or(vesting),
        consent: match r.by_name(consent, members) {
            Share::Each(each) => each,
            Share::All(one) => members
                .known
                .iter()
                .map(|(_, key)| Quantity { key: format!("{}.{key}", one.key), ..one.clone() })
                .collect(),
        },
        rise_aversion: r.quantity(
            Spec::new(
                "rise_aversion",
                "log-odds for each £10",
                Range::ANY,
                "Log-odds of agreement lost for each £10 a year by which Band D would rise.",
            )
            .or(0.0),
        ),
        ministerial_approval: r.quantity(share("ministerial_approval", "Chance that the minister approves.").or(1.0)),
        setup: r.quantity(money("setup", "Cost of setting up the merged force.").or(0.0)),
        abortive_cost: r
            .quantity(money("abortive_cost", "Cost of a merger that is refused or withdrawn from.").or(0.0)),
        equalise: r.choice(
            "equalise",
            &words,
            Equalise::Average,
            "average",
            "Where the members' council tax converges: to the highest, the average by tax base, or the lowest.",
        ),
        equalise_years: r.quantity(years("equalise_years", "Over how many years it converges; 0: at once.").or(5.0)),
    }
}

//! What a way to share says about itself in sentences: no claim is stronger than its interval.

use super::{CoalitionReport, ForceShare, RuleReport, SharingReport};
use crate::figure::Figure;
use crate::words::{self, TWO_SIDED_95};
use analysis::Unshared;
use engine::alliance::Alliance;
use engine::statistics::combined;

/// Forces that a sentence names where there are many.
const NAMED: usize = 8;

/// Groups that do better about equally often, of which a sentence names each.
const NAMED_ALIKE: usize = 3;

fn below(figure: Figure) -> bool {
    figure.times(-1.0).clear()
}

/// Sentences, the answer first.
pub(super) fn findings(report: &SharingReport) -> Vec<String> {
    let mut said = vec![verdict(report), worth(report)];
    said.extend(alone(report));
    said.extend(rules(report));
    said
}

/// Whether the deal is fair, and whether some would rather be without the others.
fn verdict(report: &SharingReport) -> String {
    let unequal = unequal(report);
    let fair = match &unequal[..] {
        [] => "the deal is fair by what each force adds: it gives none clearly more or less".to_owned(),
        several => format!("by what each force adds the deal is uneven: it gives {}", first_of(several)),
    };
    let tempted = report.coalitions.first().filter(|first| first.gain.clear());
    let (stays, stable) = match (tempted, report.own().and_then(|own| own.stable)) {
        _ if all_tempted(report) => (
            false,
            "every force would do better by standing alone, so by value alone the deal is not stable".to_owned(),
        ),
        (Some(first), _) => (
            false,
            format!(
                "{} would do better {}, so by value alone the deal is not stable",
                words::list(&first.members),
                apart(first)
            ),
        ),
        (None, Some(true)) => (
            true,
            "no force or smaller group would do better by itself on average, so by value alone the deal is stable"
                .to_owned(),
        ),
        (None, _) if report.orders.is_some() => (
            true,
            "no force would clearly do better by standing alone on average, and larger groups are not tried".to_owned(),
        ),
        (None, _) => (true, "no force or smaller group would clearly do better by itself on average".to_owned()),
    };
    // Where one half is good news and the other bad the second sentence begins anew.
    let join = if unequal.is_empty() == stays { "; " } else { ". But " };
    format!("{}{join}{stable}.", words::capital(&fair))
}

/// Names in a row; of many the first few, and how many more there are.
fn first_of(all: &[String]) -> String {
    match all.get(..NAMED) {
        Some(first) if all.len() > NAMED + 1 => {
            format!("{} and {} more not what they add", first.join(", "), all.len() - NAMED)
        }
        _ => words::list(all),
    }
}

/// The forces by themselves.
fn singles(report: &SharingReport) -> impl Iterator<Item = &CoalitionReport> {
    report.coalitions.iter().filter(|own| own.members.len() == 1)
}

/// Whether every force would clearly do better by standing alone.
fn all_tempted(report: &SharingReport) -> bool {
    singles(report).count() == report.forces.len() && singles(report).all(|own| own.gain.clear())
}

/// How a group would go.
fn apart(own: &CoalitionReport) -> &'static str {
    if own.members.len() == 1 { "by standing alone" } else { "by going without the others" }
}

fn size(figure: Figure) -> String {
    words::money_figure(Figure { value: figure.value.abs(), ..figure })
}

/// What all gain or lose together, and what each adds or takes away.
fn worth(report: &SharingReport) -> String {
    let over = format!(" ({})", report.scenario.span());
    let together = if below(report.worth) {
        format!("Together the forces lose {} of net present value on average{over}", size(report.worth))
    } else if report.worth.clear() {
        format!("Together the forces gain {} of net present value on average{over}", words::money_figure(report.worth))
    } else if report.worth.value.abs() + report.worth.error <= 0.0 {
        "Together the forces neither gain nor lose anything".to_owned()
    } else {
        format!(
            "Together the forces neither clearly gain nor clearly lose on average ({})",
            words::money_figure(report.worth)
        )
    };
    let each = |of: fn(Figure) -> String| {
        words::list(&report.forces.iter().map(|force| format!("{} {}", force.name, of(force.adds))).collect::<Vec<_>>())
    };
    if report.forces.len() > NAMED + 1 {
        return format!("{together}. {}", range(report));
    }
    if report.forces.iter().all(|force| below(force.adds)) {
        format!("{together}. Each of them takes something away ({}): {}.", value(report), each(size))
    } else {
        format!("{together}. What each adds to that ({}): {}.", value(report), each(words::money_figure))
    }
}

/// The name of what each adds, and from how many orders it comes where not from all.
fn value(report: &SharingReport) -> String {
    let largest = report.forces.iter().map(|force| force.adds.error).fold(0.0, f64::max);
    let from = |orders| {
        format!(
            "Shapley value, from {} drawn orders of joining, standard errors up to {}",
            words::thousands(orders),
            words::money(largest)
        )
    };
    report.orders.map_or_else(|| "Shapley value".to_owned(), from)
}

/// What many forces add: the least and the most.
fn range(report: &SharingReport) -> String {
    let by_adds = |a: &&ForceShare, b: &&ForceShare| a.adds.value.total_cmp(&b.adds.value);
    let (least, most) = (report.forces.iter().min_by(by_adds), report.forces.iter().max_by(by_adds));
    let (Some(least), Some(most)) = (least, most) else { return String::new() };
    format!(
        "What each adds to that ({}) lies between {} ({}) and {} ({}).",
        value(report),
        words::money_figure(least.adds),
        least.name,
        words::money_figure(most.adds),
        most.name
    )
}

/// Who is given more, and who less, than it adds; the furthest first where there are many.
fn unequal(report: &SharingReport) -> Vec<String> {
    let given = |force: &ForceShare, word: &str| format!("{} {} {word}", force.name, size(force.surplus));
    let of = |force: &ForceShare| match force.surplus {
        surplus if surplus.clear() => Some(given(force, "more")),
        surplus if below(surplus) => Some(given(force, "less")),
        _ => None,
    };
    let mut forces: Vec<&ForceShare> = report.forces.iter().collect();
    if forces.len() > NAMED + 1 {
        forces.sort_by(|a, b| b.surplus.value.abs().total_cmp(&a.surplus.value.abs()));
    }
    forces.into_iter().filter_map(of).collect()
}

/// What those would gain who would rather be without the others; else who would in single futures.
fn alone(report: &SharingReport) -> Option<String> {
    if all_tempted(report) {
        let each: Vec<String> = singles(report)
            .map(|own| format!("{} by {}", words::list(&own.members), words::money_figure(own.gain)))
            .collect();
        return Some(format!("Standing alone each would be better off on average: {}.", first_of(&each)));
    }
    let tempted: Vec<&CoalitionReport> = report.coalitions.iter().filter(|own| own.gain.clear()).collect();
    if let Some(first) = tempted.first() {
        let (one, several) = if report.orders.is_some() { ("force", "forces") } else { ("group", "groups") };
        let others = match tempted.len() - 1 {
            0 => String::new(),
            1 => format!("; one more {one} would gain too"),
            more => format!("; {more} more {several} would gain too"),
        };
        return Some(format!(
            "{} would gain {} on average {} (better in {} of futures){others}.",
            words::list(&first.members),
            words::money_figure(first.gain),
            apart(first),
            words::percent(first.better)
        ));
    }
    let likeliest = report.coalitions.iter().max_by(|a, b| a.better.value.total_cmp(&b.better.value))?;
    // Who never would is not told as who most often would, nor is one named of several that would as often.
    let as_often =
        |own: &&CoalitionReport| likeliest.better.value - own.better.value <= TWO_SIDED_95 * own.better.error;
    let several = report.coalitions.iter().filter(as_often).count();
    let names: Vec<String> = report.coalitions.iter().filter(as_often).map(|own| words::list(&own.members)).collect();
    let named = if several <= NAMED_ALIKE { format!(" ({})", names.join("; ")) } else { String::new() };
    if likeliest.better.value > 0.0 && several > 1 {
        return Some(format!(
            "In single futures some would do better by themselves: {} {}{named} about equally often, each in about {}.",
            words::count(several),
            if report.coalitions.iter().filter(as_often).all(|own| own.members.len() == 1) {
                "forces"
            } else {
                "groups"
            },
            words::percent(likeliest.better)
        ));
    }
    (likeliest.better.value > 0.0).then(|| {
        let own = if likeliest.members.len() == 1 { "itself" } else { "themselves" };
        format!(
            "In single futures {} would most often do better by {own}: in {}.",
            words::list(&likeliest.members),
            words::percent(likeliest.better)
        )
    })
}

/// Why Shapley values make no shares.
pub(super) fn unshared(why: Unshared, alliances: &[Alliance]) -> String {
    let because = match why {
        Unshared::Mixed(k) => format!(
            "in {} some members add and others take away on average, so the total cannot be divided in proportion to what each adds",
            alliances[k].name
        ),
        Unshared::Nothing(k) => format!("in {} no member adds or takes away anything", alliances[k].name),
        Unshared::Drawn => {
            "of so many forces the values come from drawn orders of joining, which is too rough to share by".to_owned()
        }
    };
    format!("Shares by Shapley value are not tried: {because}.")
}

/// What other ways to share would change.
fn rules(report: &SharingReport) -> Vec<String> {
    let Some(own) = report.own() else { return Vec::new() };
    let mut said = Vec::new();
    let better = report.rules.iter().filter(|rule| clearly_fewer(rule, own));
    let fewest = better.min_by(|a, b| a.someone_leaves.value.total_cmp(&b.someone_leaves.value));
    // Where nobody can leave there is nothing to say of it.
    said.extend((own.someone_leaves.value > 0.0).then(|| match fewest {
        Some(rule) => format!(
            "Shared by {} a member leaves in {} of futures; shared as it is, in {}.",
            by(rule),
            words::percent(rule.someone_leaves),
            words::percent(own.someone_leaves)
        ),
        None => format!(
            "A member leaves in {} of futures; no other way to share makes that clearly rarer.",
            words::percent(own.someone_leaves)
        ),
    }));
    said.extend(stable_rules(report, own));
    said.extend(report.no_shapley.clone());
    let blocked: Vec<String> = report
        .rules
        .iter()
        .filter(|rule| !rule.own && !rule.blocked_by.is_empty())
        .map(|rule| {
            let worst = &rule.blocked_by[0];
            format!("{} ({}, {})", by(rule), words::list(&worst.members), words::money_figure(worst.gain))
        })
        .collect();
    let others = report.rules.iter().filter(|rule| !rule.own).count();
    if others > 0 && blocked.len() == others {
        said.push("Shared in any other of the ways tried some would do better by themselves too.".to_owned());
    } else if !blocked.is_empty() {
        said.push(format!("Some would do better by themselves if shares went by {}.", words::list(&blocked)));
    }
    said
}

/// Which other ways to share would be stable.
fn stable_rules(report: &SharingReport, own: &RuleReport) -> Option<String> {
    let others: Vec<&RuleReport> = report.rules.iter().filter(|rule| !rule.own).collect();
    let stable: Vec<String> =
        others.iter().filter(|rule| rule.stable == Some(true)).map(|rule| by(rule).to_owned()).collect();
    let too = if own.stable == Some(true) { " too" } else { "" };
    match stable.len() {
        0 => None,
        count if count == others.len() => {
            Some(format!("Shared in any other of the ways tried it would be stable{too}."))
        }
        _ => Some(format!(
            "Shared by {} it would be stable{too}: no smaller group would do better by itself on average.",
            words::any_of(&stable)
        )),
    }
}

/// Whether a member leaves in clearly fewer futures. The runs are paired: independent errors overstate that of the difference.
fn clearly_fewer(rule: &RuleReport, own: &RuleReport) -> bool {
    let (a, b) = (rule.someone_leaves, own.someone_leaves);
    b.value - a.value > TWO_SIDED_95 * combined(a.error, b.error)
}

fn by(rule: &RuleReport) -> &'static str {
    match rule.rule {
        "equal" => "equal parts",
        "Shapley" => "Shapley value",
        other => other,
    }
}

/// Title of the chart: who is furthest from what it adds.
pub(super) fn title(report: &SharingReport) -> String {
    let unequal = report.forces.iter().filter(|force| force.surplus.clear() || below(force.surplus));
    let furthest = unequal.max_by(|a, b| a.surplus.value.abs().total_cmp(&b.surplus.value.abs()));
    let Some(force) = furthest else { return "The deal gives each force about what it adds".to_owned() };
    let size = Figure { value: force.surplus.value.abs(), ..force.surplus };
    let word = if force.surplus.value > 0.0 { "more" } else { "less" };
    format!("The deal gives {} {} {word} than it adds", force.name, words::money_figure(size))
}

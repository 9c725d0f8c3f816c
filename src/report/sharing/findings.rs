//! What a way to share says about itself in sentences: no claim is stronger than its interval.

use super::{CoalitionReport, ForceShare, RuleReport, SharingReport};
use crate::report::figure::Figure;
use crate::report::words::{self, TWO_SIDED_95};

fn below(figure: Figure) -> bool {
    figure.times(-1.0).clear()
}

/// Sentences, the most telling first.
pub(super) fn findings(report: &SharingReport) -> Vec<String> {
    let mut said = vec![worth(report)];
    said.extend(fair(report));
    said.push(stable(report));
    said.extend(rules(report));
    said
}

fn worth(report: &SharingReport) -> String {
    let each: Vec<String> =
        report.forces.iter().map(|force| format!("{} {}", force.name, words::money_figure(force.adds))).collect();
    format!(
        "Together the forces gain {} on average. What each adds to it (Shapley value): {}.",
        words::money_figure(report.worth),
        words::list(&each)
    )
}

/// Who is given more, and who less, than it adds.
fn fair(report: &SharingReport) -> Vec<String> {
    let given = |force: &ForceShare, word: &str| {
        let size = Figure { value: force.surplus.value.abs(), ..force.surplus };
        format!("{} {} {word}", force.name, words::money_figure(size))
    };
    let unequal: Vec<String> = report
        .forces
        .iter()
        .filter_map(|force| match force.surplus {
            surplus if surplus.clear() => Some(given(force, "more")),
            surplus if below(surplus) => Some(given(force, "less")),
            _ => None,
        })
        .collect();
    match &unequal[..] {
        [] => vec!["The deal gives no force clearly more or less than it adds.".to_owned()],
        several => vec![format!("Against what it adds the deal gives {}.", words::list(several))],
    }
}

/// Whether some would rather be without the others.
fn stable(report: &SharingReport) -> String {
    let tempted: Vec<&CoalitionReport> = report.coalitions.iter().filter(|own| own.gain.clear()).collect();
    let likeliest = report.coalitions.iter().max_by(|a, b| a.better.value.total_cmp(&b.better.value));
    match (tempted.first(), likeliest) {
        (Some(first), _) => {
            let others = match tempted.len() - 1 {
                0 => String::new(),
                1 => "; one more group would gain too".to_owned(),
                more => format!("; {more} more groups would gain too"),
            };
            format!(
                "{} would gain {} on average {} (better in {} of futures){others}: the deal is not stable.",
                words::list(&first.members),
                words::money_figure(first.gain),
                if first.members.len() == 1 { "by standing alone" } else { "by going without the others" },
                words::percent(first.better)
            )
        }
        (None, Some(likeliest)) => {
            let sure = report.coalitions.iter().all(|own| below(own.gain));
            let start = if sure {
                "On average every smaller group of forces would do worse by itself than in the deal"
            } else {
                "No smaller group of forces would clearly do better by itself on average"
            };
            format!(
                "{start}. In single futures most often {} would: in {}.",
                words::list(&likeliest.members),
                words::percent(likeliest.better)
            )
        }
        (None, None) => "There is no smaller group of forces.".to_owned(),
    }
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
    if !report.rules.iter().any(|rule| rule.rule == "Shapley") {
        said.push(
            "Shares by Shapley value are not tried: in some alliance a member adds nothing on average.".to_owned(),
        );
    }
    let blocked: Vec<String> = report
        .rules
        .iter()
        .filter(|rule| !rule.own && !rule.blocked_by.is_empty())
        .map(|rule| {
            let worst = &rule.blocked_by[0];
            format!("{} ({}, {})", by(rule), words::list(&worst.members), words::money_figure(worst.gain))
        })
        .collect();
    if !blocked.is_empty() {
        said.push(format!("Some would do better by themselves if shares went by {}.", words::list(&blocked)));
    }
    said
}

/// Whether a member leaves in clearly fewer futures. The runs are paired: independent errors overstate that of the difference.
fn clearly_fewer(rule: &RuleReport, own: &RuleReport) -> bool {
    let (a, b) = (rule.someone_leaves, own.someone_leaves);
    b.value - a.value > TWO_SIDED_95 * a.error.hypot(b.error)
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

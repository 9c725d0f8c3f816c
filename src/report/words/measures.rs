//! What outcomes are called: as a measure within a sentence, and as the head of a row.

use super::capital;

/// A measure as people call it; its own name where it has no other. What belongs to a force or an alliance says so.
#[must_use]
pub fn measure(name: &str) -> String {
    if let Some(promise) = promise(name) {
        return format!("chance to keep the promise \"{promise}\"");
    }
    if let Some(happens) = event(name, true) {
        return format!("chance that {happens}");
    }
    match owner(name) {
        // A member's or an area's within an alliance.
        Some((owner, rest)) if self::owner(rest).is_some() => {
            format!("{} in {owner}", measure(rest))
        }
        Some((owner, rest)) => format!("{} of {owner}", measure(rest)),
        None => plain_measure(name),
    }
}

/// That an outcome which some futures do not have is there, as it follows *in which*: `it pays back`, `it comes`.
#[must_use]
pub fn comes(name: &str) -> &'static str {
    let last = owner(name).map_or(name, |(_, rest)| rest);
    match last.rsplit('.').next().unwrap_or(last) {
        "payback" | "payback_discounted" => "it pays back",
        name if name.starts_with("benefit_cost_ratio") => "anything is invested",
        _ => "it comes",
    }
}

/// The same as it follows a verb: `the chance to lose`, `net present value`.
#[must_use]
pub fn the_measure(name: &str) -> String {
    let name = measure(name);
    if name.starts_with("chance") { format!("the {name}") } else { name }
}

/// An outcome that happens or does not, as a sentence of whom it happens to: `Dorset leaves`, `Dorset does not leave`.
#[must_use]
pub fn event(name: &str, happens: bool) -> Option<String> {
    let (mut of, mut rest) = owner(name)?;
    let whole = of.clone();
    while let Some((inner, further)) = owner(rest) {
        (of, rest) = (inner, further);
    }
    if rest == "left" {
        // A member may leave one of several alliances.
        return Some(format!("{of} {} {whole}", if happens { "leaves" } else { "does not leave" }));
    }
    let (does, does_not) = match rest {
        "ended" => ("ends within the horizon", "does not end within the horizon"),
        "member_left" => ("loses a member within the horizon", "loses no member within the horizon"),
        "vested" => ("vests", "does not vest"),
        "loses" => ("loses", "does not lose"),
        "floor_breached" => ("falls to the floor of its reserves", "does not fall to the floor of its reserves"),
        _ => return None,
    };
    Some(format!("{of} {}", if happens { does } else { does_not }))
}

/// A measure as the head of a row: `Dorset: reserves`.
#[must_use]
pub fn row_name(name: &str) -> String {
    if let Some(promise) = promise(name) {
        return format!("Promise \"{promise}\" kept");
    }
    match owner(name) {
        Some((owner, rest)) => format!("{owner}: {}", plain_measure(rest)),
        None => capital(&plain_measure(name)),
    }
}

/// The promise whose chance to be kept an outcome is.
#[must_use]
pub fn promise(name: &str) -> Option<&str> {
    let name = name.strip_prefix("target.")?.strip_suffix(".met")?;
    Some(name.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')).unwrap_or(name))
}

/// Whose measure it is, where it is a force's, an alliance's, a benefit or a promise: `force.Dorset.reserves` is `reserves` of `Dorset`.
fn owner(name: &str) -> Option<(String, &str)> {
    ["force.", "alliance.", "area.", "target."].into_iter().find_map(|table| owner_in(name, table))
}

fn owner_in<'a>(name: &'a str, table: &str) -> Option<(String, &'a str)> {
    let rest = name.strip_prefix(table)?;
    match rest.strip_prefix('"') {
        Some(quoted) => quoted.split_once("\".").map(|(owner, rest)| (owner.replace("\\\"", "\""), rest)),
        None => rest.split_once('.').map(|(owner, rest)| (owner.to_owned(), rest)),
    }
}

/// What is measured, without whose it is: of what belongs to a member or an area its name first, a year or date last.
fn plain_measure(name: &str) -> String {
    for table in ["force.", "area."] {
        if let Some((owner, rest)) = owner_in(name, table) {
            return format!("{owner}: {}", plain_measure(rest));
        }
    }
    if let Some((rest, year)) = name.strip_suffix(']').and_then(|name| name.rsplit_once('[')) {
        return format!("{} in {year}", plain_measure(rest));
    }
    if let Some(rest) = name.strip_suffix("_standalone") {
        return format!("{} without alliances", plain_measure(rest));
    }
    let known = match name {
        "saving_cashable" | "saving_cashable_real" => "cashable saving",
        "npv" => "net present value",
        "pv_saving" => "present value of savings",
        "pv_investment" => "present value of investment",
        "pv_noncashable" => "present value of non-cashable savings",
        "benefit_cost_ratio" => "benefit–cost ratio",
        "benefit_cost_ratio_noncashable" => "benefit–cost ratio with non-cashable savings",
        "payback_discounted" => "payback on present values",
        "steady_saving" => "saving of the last year",
        "unmet_total" => "officers missing, all years",
        "loses" => "chance to lose",
        "floor_breached" => "chance that reserves reach the floor",
        "officers_cut" => "officers cut",
        "not_viable_years" => "years in which cuts met their limit",
        "saving_additional" => "additional saving",
        "saving_noncashable" => "non-cashable saving",
        "implemented_saving" => "saving implemented, a year",
        "net" => "net position of the year",
        "net_cumulative" => "cumulative net position",
        "areas_live" => "areas live",
        "unmet_officers" => "officers missing",
        "shortfall" => "chance to be short of officers",
        "contact_answered" => "calls answered in time",
        "band_d" => "Band D precept",
        "council_tax" => "Band D precept, equalised",
        "ended" => "chance to end within the horizon",
        "ended_at" => "years until it ends",
        "member_left" => "chance that a member leaves within the horizon",
        "left" => "chance to leave",
        "leaves_at" => "years until it leaves",
        "vested" => "chance to vest",
        "ict_ready" => "years until the common ICT is ready",
        "programme_settled" => "years until its programme is done",
        "live" => "years until it is live",
        "first_year" => "first year in which the promise is kept",
        other => return other.replace('_', " "),
    };
    known.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_event_is_told_of_whom_it_happens_to() {
        let told = |name, happens| event(name, happens).unwrap_or_default();
        assert_eq!(told("alliance.\"A. B.\".force.Dorset.left", true), "Dorset leaves A. B.");
        assert_eq!(told("alliance.Merger.vested", false), "Merger does not vest");
        assert_eq!(event("npv", true), None);
    }

    #[test]
    fn a_measure_of_a_force_or_an_alliance_names_it() {
        assert_eq!(measure("force.\"Devon & Cornwall\".reserves"), "reserves of Devon & Cornwall");
        assert_eq!(measure("alliance.Hub.saving_cashable"), "cashable saving of Hub");
        assert_eq!(row_name("force.Dorset.funding"), "Dorset: funding");
        assert_eq!(row_name("implemented_saving"), "Saving implemented, a year");
        assert_eq!(row_name("alliance.\"A. B.\".force.Dorset.left"), "A. B.: Dorset: chance to leave");
        assert_eq!(measure("alliance.Hub.force.\"D & C\".left"), "chance that D & C leaves Hub");
        assert_eq!(measure("force.Dorset.floor_breached"), "chance that Dorset falls to the floor of its reserves");
        assert_eq!(row_name("alliance.Hub.area.HR.live"), "Hub: HR: years until it is live");
        assert_eq!(row_name("force.Dorset.reserves[2018/19]"), "Dorset: reserves in 2018/19");
        assert_eq!(measure("unmet_officers_standalone[2018/19]"), "officers missing without alliances in 2018/19");
    }
}

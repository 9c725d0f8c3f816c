//! What is said of a measure that there is not: what is there that may have been meant.

use super::suggest;

/// What to say of a measure that is asked for and that there is not, or not in every scenario asked about: what is there that may have
/// been meant.
#[must_use]
pub fn unknown_measure(written: &str, known: &[&str]) -> String {
    let years: Vec<&str> = known
        .iter()
        .filter(|name| name.strip_prefix(written).is_some_and(|rest| rest.starts_with('[')))
        .copied()
        .collect();
    if let (Some(first), Some(last)) = (years.first(), years.last()) {
        let to = if years.len() > 1 { format!(" to {last}") } else { String::new() };
        return format!("\"{written}\" is one figure a year or date: name one of {first}{to}");
    }
    if let Some(capitals) = known.iter().find(|name| name.eq_ignore_ascii_case(written)) {
        return format!("there is no measure \"{written}\" here. Did you mean \"{capitals}\"?");
    }
    if written == "target_met" {
        let met = |name: &&&str| name.starts_with("target.") && name.ends_with(".met");
        let remedy = match known.iter().find(met) {
            Some(met) => format!("Name the promise: {met}"),
            None => "There is no promise either: add a [[target]]".to_owned(),
        };
        return format!("there is no measure \"target_met\" here. {remedy}");
    }
    let parts: Vec<&str> = written.split(',').map(str::trim).filter(|part| !part.is_empty()).collect();
    if parts.len() > 1 && parts.iter().any(|part| known.contains(part)) {
        let list: Vec<String> = parts.iter().map(|part| format!("\"{part}\"")).collect();
        return format!("there is no measure \"{written}\" here. Name one at a time: {}", list.join(", "));
    }
    // Names that end alike: whose it is was forgotten, or is another.
    let end = |name: &str| name.rsplit('"').next().unwrap_or(name).rsplit('.').next().unwrap_or(name).to_lowercase();
    let alike: Vec<&str> = known.iter().filter(|name| end(name) == end(written)).copied().collect();
    let remedy = match &alike[..] {
        [] => suggest::remedy(written, known),
        [one] => format!("Did you mean \"{one}\"?"),
        some if some.len() <= MOST_ALIKE => format!("There are: {}", some.join(", ")),
        some => format!("There are {}, such as {}", some.len(), some[..MOST_ALIKE].join(", ")),
    };
    format!("there is no measure \"{written}\" here. {remedy}")
}

/// Most names that end alike of which all are told.
const MOST_ALIKE: usize = 6;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_that_is_not_there_is_answered_with_those_that_may_be_meant() {
        let known = [
            "npv",
            "saving_cashable[2018/19]",
            "saving_cashable[2019/20]",
            "force.\"D. & C.\".npv",
            "alliance.A.ended",
        ];
        let says = |written| unknown_measure(written, &known);
        assert_eq!(
            says("saving_cashable"),
            "\"saving_cashable\" is one figure a year or date: name one of saving_cashable[2018/19] to saving_cashable[2019/20]"
        );
        assert_eq!(
            says("alliance.B.ended"),
            "there is no measure \"alliance.B.ended\" here. Did you mean \"alliance.A.ended\"?"
        );
        assert!(says("force.Dorset.npv").ends_with("There are: npv, force.\"D. & C.\".npv"));
        assert!(says("target_met").contains("add a [[target]]"));
        let promised = unknown_measure("target_met", &["npv", "target.\"£12m\".met"]);
        assert!(promised.ends_with("Name the promise: target.\"£12m\".met"), "{promised}");
        assert!(says("nvp").ends_with("Did you mean \"npv\"?"));
        assert!(says("NPV").ends_with("Did you mean \"npv\"?"));
        assert!(says("Alliance.a.Ended").ends_with("Did you mean \"alliance.A.ended\"?"));
    }
}

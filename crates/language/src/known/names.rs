//! Names of forces as people write them: with `and` for `&`, with or without `Police` or `Constabulary`.

use super::KnownForce;
use crate::suggest::nearest;

/// Words that do not tell one force from another.
const COMMON: [&str; 5] = ["police", "constabulary", "service", "force", "the"];

/// Other names of a force, folded.
const ALSO: [(&str, &str); 2] = [("hampshire and isle of wight", "Hampshire"), ("met", "Metropolitan Police")];

/// The forces that a list of names means, in its order.
///
/// # Errors
/// A sentence for each name that is none, or is there twice.
pub fn named<'a>(forces: &'a [KnownForce], list: &str) -> Result<Vec<&'a KnownForce>, Vec<String>> {
    let mut found: Vec<&KnownForce> = Vec::new();
    let mut wrong = Vec::new();
    for name in parts(forces, list) {
        match one(forces, &name) {
            Some(force) if found.iter().any(|other| other.name == force.name) => {
                wrong.push(format!("\"{}\" is named twice. Name each force once.", force.name));
            }
            Some(force) => found.push(force),
            None => wrong.push(unknown(forces, &name)),
        }
    }
    if found.is_empty() && wrong.is_empty() {
        wrong.push("No force is named. alliance forces lists all 43.".to_owned());
    }
    if wrong.is_empty() { Ok(found) } else { Err(wrong) }
}

/// The names of a list between commas; "A, B and C" has three.
fn parts(forces: &[KnownForce], list: &str) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for part in list.split(',').map(str::trim).filter(|part| !part.is_empty()) {
        let turned = names.last().map(|before| format!("{before}, {part}"));
        if let Some(turned) = turned.filter(|turned| forces.iter().any(|force| force.name.eq_ignore_ascii_case(turned)))
        {
            names.pop();
            names.push(turned);
            continue;
        }
        let part = part.strip_prefix("and ").unwrap_or(part).trim();
        let both = part.match_indices(" and ").map(|(at, and)| [&part[..at], &part[at + and.len()..]]);
        match both.into_iter().find(|both| both.iter().all(|name| one(forces, name).is_some())) {
            Some(both) if one(forces, part).is_none() => names.extend(both.map(str::to_owned)),
            _ => names.push(part.to_owned()),
        }
    }
    names
}

fn one<'a>(forces: &'a [KnownForce], name: &str) -> Option<&'a KnownForce> {
    let wanted = folded(name);
    let known = ALSO.iter().find(|(also, _)| *also == wanted).map_or(wanted, |(_, name)| folded(name));
    forces.iter().find(|force| folded(&force.name) == known)
}

/// A name in small letters, turned round at its comma, without what forces have in common.
fn folded(name: &str) -> String {
    let turned = name.split_once(", ").map_or(name.to_owned(), |(last, first)| format!("{first} {last}"));
    let lower = turned.to_lowercase().replace('&', " and ");
    let words = lower.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty());
    words.filter(|word| !COMMON.contains(word)).collect::<Vec<_>>().join(" ")
}

fn unknown(forces: &[KnownForce], name: &str) -> String {
    let what = format!("\"{name}\" is none of the 43 territorial forces of England and Wales");
    let wanted = folded(name);
    let holds = |force: &&KnownForce| wanted.chars().count() > 2 && folded(&force.name).contains(&wanted);
    let mut near: Vec<&str> = forces.iter().filter(holds).map(|force| force.name.as_str()).collect();
    if near.is_empty() {
        let all: Vec<String> = forces.iter().map(|force| folded(&force.name)).collect();
        let nearest = nearest(&wanted, all.iter().map(String::as_str));
        near.extend(
            forces.iter().find(|force| Some(folded(&force.name).as_str()) == nearest).map(|force| force.name.as_str()),
        );
    }
    match near.as_slice() {
        [] => format!("{what}, of which facts are known. alliance forces lists them."),
        [one] => format!("{what}. Did you mean \"{one}\"?"),
        several => format!("{what}. Did you mean one of \"{}\"?", several.join("\", \"")),
    }
}

#[cfg(test)]
mod tests {
    use super::super::known_forces;
    use super::*;

    fn read(list: &str) -> Result<Vec<String>, Vec<String>> {
        let forces = known_forces().expect("the shipped files can be read");
        named(&forces, list).map(|found| found.iter().map(|force| force.name.clone()).collect())
    }

    #[test]
    fn names_are_read_as_people_write_them() {
        for (list, wanted) in [
            ("Avon and Somerset Police, dorset", vec!["Avon & Somerset", "Dorset"]),
            (
                "Bedfordshire, Cambridgeshire and Hertfordshire Constabulary",
                vec!["Bedfordshire", "Cambridgeshire", "Hertfordshire"],
            ),
            ("Devon and Cornwall and Dorset", vec!["Devon & Cornwall", "Dorset"]),
            ("The Metropolitan Police Service, City of London Police", vec!["Metropolitan Police", "London, City of"]),
            ("London, City of, Met", vec!["London, City of", "Metropolitan Police"]),
            ("dyfed powys,  Hampshire & Isle of Wight Constabulary,", vec!["Dyfed-Powys", "Hampshire"]),
        ] {
            assert_eq!(read(list), Ok(wanted.into_iter().map(str::to_owned).collect()), "{list}");
        }
        for force in known_forces().expect("the shipped files can be read") {
            assert_eq!(read(&force.name), Ok(vec![force.name.clone()]));
        }
    }

    #[test]
    fn every_name_that_is_none_is_told_with_the_nearest() {
        let wrong = read("Bedforshire, Yorkshire, Atlantis, Dorset, Dorset Police").expect_err("four are wrong");
        assert_eq!(wrong.len(), 4);
        assert!(wrong[0].ends_with("Did you mean \"Bedfordshire\"?"), "{}", wrong[0]);
        assert!(wrong[1].contains("\"North Yorkshire\", \"South Yorkshire\", \"West Yorkshire\""), "{}", wrong[1]);
        assert!(wrong[2].contains("alliance forces lists them"), "{}", wrong[2]);
        assert!(wrong[3].contains("\"Dorset\" is named twice"), "{}", wrong[3]);
        assert!(read(" , ").is_err());
        assert!(read("Police").is_err());
    }
}

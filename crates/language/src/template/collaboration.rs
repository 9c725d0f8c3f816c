//! The invented collaboration of a starting file, made one of other forces: its members, its money to their size, its dates.

use crate::tree::{number_to_toml, text_to_toml};
use engine::uncertainty::quote_key;

/// Keys whose money grows with the forces.
const MONEY: [&str; 8] = ["cost", "oneoff", "team", "running", "ict_capital", "setup", "abortive_cost", "amount"];

/// How a starting file is changed.
#[derive(Debug, Clone)]
pub struct Change {
    /// The forces in place of its own.
    pub forces: Vec<String>,
    /// How much larger they are.
    pub factor: f64,
    /// By how many years its dates move.
    pub years: i32,
}

impl Change {
    /// The lines of a starting file for these forces.
    pub fn lines(&self, text: &str) -> String {
        text.lines().filter_map(|line| self.line(line)).fold(String::new(), |text, line| text + &line + "\n")
    }

    fn line(&self, line: &str) -> Option<String> {
        let key = line.split('=').next().unwrap_or_default().trim();
        Some(match key {
            // Equal unless written.
            "voice" => return None,
            "members" => {
                let names: Vec<String> = self.members(line).iter().map(|name| text_to_toml(name)).collect();
                format!("members       = [{}]", names.join(", "))
            }
            "consent" => {
                let each: Vec<String> = self.forces.iter().map(|name| format!("{} = 0.75", quote_key(name))).collect();
                format!("consent              = {{ {} }}   # chance that each commissioner agrees", each.join(", "))
            }
            _ if MONEY.contains(&key) => self.scaled(line, "= "),
            "exit" => self.moved(&self.scaled(line, "cost = ")),
            _ => self.promise(line),
        })
    }

    /// All forces, or the first or second half where the file has a hub of some.
    fn members(&self, line: &str) -> &[String] {
        let has = |name: &str| line.contains(&format!("\"{name}\""));
        let half = self.forces.len() / 2;
        match (has("North"), has("South"), has("West")) {
            (true, false, true) => &self.forces[..self.forces.len() - half],
            // Of three both hubs share one: two are needed.
            (false, true, false) => &self.forces[self.forces.len() - half.max(2)..],
            _ => &self.forces,
        }
    }

    /// A line whose number after some words is money.
    fn scaled(&self, line: &str, before: &str) -> String {
        let Some((head, rest)) = line.split_once(before) else { return line.to_owned() };
        let end = rest.find(|letter: char| !letter.is_ascii_digit() && letter != '.').unwrap_or(rest.len());
        match rest[..end].parse::<f64>() {
            Ok(money) => format!("{head}{before}{}{}", self.money(money), &rest[end..]),
            Err(_) => line.to_owned(),
        }
    }

    /// Money to two digits.
    fn money(&self, money: f64) -> String {
        let scaled = money * self.factor;
        number_to_toml(format!("{scaled:.1e}").parse().unwrap_or(scaled))
    }

    /// A line with a promise of so much a year, and dates.
    pub fn promise(&self, line: &str) -> String {
        self.moved(&if line.contains("m a year by") { self.scaled(line, "£") } else { line.to_owned() })
    }

    /// A line whose years ("2030/31") and months ("2026-10") lie so many years earlier.
    fn moved(&self, line: &str) -> String {
        let letters: Vec<char> = line.chars().collect();
        let is_digit = |at: usize| letters.get(at).is_some_and(char::is_ascii_digit);
        let mut moved = String::new();
        let mut at = 0;
        while at < letters.len() {
            let is_date = (at == 0 || !is_digit(at - 1))
                && (0..7).all(|step| step == 4 || is_digit(at + step))
                && !is_digit(at + 7);
            let number =
                |from: usize, to: usize| letters[from..to].iter().collect::<String>().parse::<i32>().unwrap_or(0);
            match letters.get(at + 4) {
                Some('/') if is_date => {
                    let year = number(at, at + 4) + self.years;
                    moved += &format!("{year:04}/{:02}", (year + 1) % 100);
                    at += 7;
                }
                Some('-') if is_date => {
                    moved += &format!("{:04}-{:02}", number(at, at + 4) + self.years, number(at + 5, at + 7));
                    at += 7;
                }
                _ => {
                    moved.push(letters[at]);
                    at += 1;
                }
            }
        }
        moved
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn change(names: &[&str]) -> Change {
        Change { forces: names.iter().map(|name| (*name).to_owned()).collect(), factor: 1.5, years: -2 }
    }

    #[test]
    fn money_members_and_dates_are_those_of_the_forces() {
        let change = change(&["A", "B & C", "D"]);
        for (line, wanted) in [
            ("cost        = 6.0      # £m a year", "cost        = 9      # £m a year"),
            ("oneoff      = 0.28", "oneoff      = 0.42"),
            ("exit = { base = 0.007, notice = 1, cost = 1.5 }", "exit = { base = 0.007, notice = 1, cost = 2.2 }"),
            ("name    = \"£2m a year by 2030/31\"", "name    = \"£3m a year by 2028/29\""),
            ("vesting = \"2028-04\"   # day", "vesting = \"2026-04\"   # day"),
            ("saving = { pert = { low = 0.05, mode = 0.1 } }", "saving = { pert = { low = 0.05, mode = 0.1 } }"),
            ("members = [\"North\", \"South\"]", "members       = [\"A\", \"B & C\", \"D\"]"),
            ("members = [\"North\", \"West\"]", "members       = [\"A\", \"B & C\"]"),
            ("members = [\"South\", \"East\"]", "members       = [\"B & C\", \"D\"]"),
            (
                "consent = { North = 0.7 }",
                "consent              = { A = 0.75, \"B & C\" = 0.75, D = 0.75 }   # chance that each commissioner agrees",
            ),
        ] {
            assert_eq!(change.lines(line), format!("{wanted}\n"));
        }
        assert_eq!(change.lines("voice = { North = 0.5 }"), "");
        // Of five no force is in both hubs.
        let change = self::change(&["A", "B", "C", "D", "E"]);
        assert_eq!(change.lines("members = [\"North\", \"West\"]"), "members       = [\"A\", \"B\", \"C\"]\n");
        assert_eq!(change.lines("members = [\"South\", \"East\"]"), "members       = [\"D\", \"E\"]\n");
    }
}

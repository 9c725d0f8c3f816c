//! The rows of a register of assumptions: every one, or the first, with what hangs together as one.

use super::{Assumption, Register, SHOWN, amount};
use crate::explanation::share;
use crate::grid::Table;
use crate::terminal::layout::Laid;

impl Assumption {
    /// What it is told with as one: all that hang together and matter; what has no source stands by itself.
    fn together(&self) -> Option<&String> {
        self.group.as_ref().filter(|_| self.matters.is_some() && self.source.is_some())
    }
}

impl Register {
    fn heads() -> Table {
        Table::new(&["Assumption", "value", "P10 to P90", "picture", "matters", "sure", "owner", "source"])
    }

    fn row(own: &Assumption) -> [String; 8] {
        let range = own
            .p10
            .zip(own.p90)
            .map_or_else(String::new, |(low, high)| format!("{} to {}", amount(own, low), amount(own, high)));
        let mark = if own.correlated && own.matters.is_some() { "*" } else { "" };
        [
            own.label.clone(),
            amount(own, own.value),
            range,
            own.picture.clone(),
            own.matters.map_or_else(|| "–".to_owned(), |index| mark.to_owned() + &share(index)),
            own.confidence.unwrap_or("–").to_owned(),
            own.owner.clone().unwrap_or_else(|| "–".to_owned()),
            own.source.clone().unwrap_or_else(|| "none".to_owned()),
        ]
    }

    /// The first rows as a table, or all of them.
    #[must_use]
    pub fn table(&self, most: usize) -> Table {
        let mut table = Self::heads();
        self.assumptions.iter().take(most).for_each(|own| table.push(Self::row(own)));
        let rest = self.assumptions.len().saturating_sub(most);
        if rest > 0 {
            table.note = format!("and {rest} more, in the table of assumptions");
        }
        table
    }

    /// The first rows, those that hang together as one with its members counted.
    #[must_use]
    pub fn in_short(&self, most: usize) -> Table {
        let (mut told, mut seen) = (0, Vec::new());
        let mut table = Self::heads();
        for own in &self.assumptions {
            let group = own.together();
            if table.rows.len() == most || group.is_some_and(|group| seen.contains(&group)) {
                continue;
            }
            let mut row = Self::row(own);
            let members = self.assumptions.iter().filter(|other| group.is_some() && other.together() == group).count();
            if let (Some(group), true) = (group, members > 1) {
                seen.push(group);
                group.clone_into(&mut row[0]);
                row[1] = format!("{members} numbers");
                row[2..4].iter_mut().for_each(String::clear);
            }
            told += members.max(1);
            table.push(row);
        }
        let rest = self.assumptions.len().saturating_sub(told);
        if rest > 0 {
            table.note = format!("and {rest} more, in the table of assumptions");
        }
        table
    }

    /// The columns of the screen.
    pub(super) fn laid(&self) -> Laid {
        let mut table = self.in_short(SHOWN);
        let cut = |cells: &mut Vec<String>| {
            // Who answers and where it comes from are in the tables: cut short they say nothing.
            cells.truncate(6);
        };
        cut(&mut table.head);
        table.rows.iter_mut().for_each(cut);
        (table.whole_in("assumptions.csv"), vec![36, 12, 20, 11, 12, 9])
    }
}

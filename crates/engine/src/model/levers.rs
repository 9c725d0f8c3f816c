//! The levers of delivery: how many areas at once, which first where slots are short, what waits for what. They move no draw, so
//! that a worker is turned to others without anything being compiled again.

use super::form::{AllianceModel, AreaModel};
use crate::alliance::Alliance;

/// How one alliance delivers its areas.
#[derive(Debug, Clone, PartialEq)]
pub struct Levers {
    /// How many areas can be implemented at once; none: any number.
    pub slots: Option<u32>,
    /// Of each area: the smaller goes first where two are ready at once.
    pub priority: Vec<f64>,
    /// Of each area: the areas that must be live before it is ready, in no circle.
    pub after: Vec<Vec<usize>>,
}

impl Levers {
    /// As the scenario has them.
    #[must_use]
    pub fn of(alliance: &Alliance) -> Self {
        Self {
            slots: alliance.slots,
            priority: alliance.areas.iter().map(|area| area.priority).collect(),
            after: alliance.areas.iter().map(|area| area.after.iter().map(|other| other.0).collect()).collect(),
        }
    }

    /// Whether `area` waits for `other`, at once or through others.
    #[must_use]
    pub fn waits(&self, area: usize, other: usize) -> bool {
        let mut met = vec![false; self.after.len()];
        let mut open = vec![area];
        while let Some(next) = open.pop() {
            for &before in self.after[next].iter().filter(|before| !std::mem::replace(&mut met[**before], true)) {
                open.push(before);
            }
        }
        met[other]
    }
}

impl AllianceModel {
    /// Turns the levers.
    pub(super) fn turn(&mut self, levers: &Levers) {
        for (area, after) in self.areas.iter_mut().zip(&levers.after) {
            area.after.clone_from(after);
        }
        // As many slots as areas are no limit.
        self.slots = levers.slots.filter(|slots| (*slots as usize) < self.areas.len());
        self.queue = (0..self.areas.len()).collect();
        let priority = |a: usize| levers.priority[a];
        self.queue.sort_by(|a, b| priority(*a).total_cmp(&priority(*b)).then(a.cmp(b)));
        self.order = dependency_order(&self.areas);
    }
}

/// An order in which each area comes after those it waits for; the reader has refused circles.
fn dependency_order(areas: &[AreaModel]) -> Vec<usize> {
    let mut order: Vec<usize> = Vec::with_capacity(areas.len());
    let mut placed = vec![false; areas.len()];
    while order.len() < areas.len() {
        let before = order.len();
        for (a, area) in areas.iter().enumerate() {
            if !placed[a] && area.after.iter().all(|b| placed[*b]) {
                placed[a] = true;
                order.push(a);
            }
        }
        if order.len() == before {
            order.extend((0..areas.len()).filter(|a| !placed[*a]));
        }
    }
    order
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_area_waits_for_those_before_it_through_others_and_not_for_itself() {
        let levers = Levers { slots: None, priority: vec![0.0; 4], after: vec![vec![], vec![0], vec![1], vec![0]] };
        assert!(levers.waits(2, 0) && levers.waits(2, 1) && levers.waits(3, 0));
        assert!(!levers.waits(0, 2) && !levers.waits(3, 1) && !levers.waits(1, 1));
    }
}

//! Questions to a handful of futures, answered by hand.

use super::*;
use crate::jackknife::Measured;

/// Futures in memory: columns by name, in parts of two.
struct InMemory {
    names: Vec<String>,
    columns: Vec<Vec<f64>>,
}

impl InMemory {
    fn of(columns: &[(&str, &[f64])]) -> Self {
        let (names, columns) = columns.iter().map(|(name, values)| ((*name).to_owned(), values.to_vec())).unzip();
        Self { names, columns }
    }

    fn asked(&mut self, condition: Option<&str>, by: &[usize], show: &[usize]) -> Result<Found, NotAnswered> {
        let find = |name: &str| {
            self.names.iter().position(|own| own == name).map(Named::Column).ok_or_else(|| format!("no {name}"))
        };
        let condition = condition.map(|text| Condition::read(text, &find).expect("a condition"));
        let kind = |name: &String| Kind {
            missing: if name == "payback" { Missing::Never } else { Missing::Undefined },
            is_event: name == "left",
        };
        let kinds = self.names.iter().map(kind).collect();
        let asked = Asked { condition, by: by.to_vec(), show: show.to_vec(), kinds, error_factor: 1.0 };
        futures(self, &asked, &Interrupt::default())
    }
}

impl RowSource for InMemory {
    fn names(&self) -> &[String] {
        &self.names
    }

    fn trials(&self) -> u64 {
        self.columns[0].len() as u64
    }

    fn parts(&self) -> usize {
        self.columns[0].len().div_ceil(2)
    }

    fn read(&mut self, part: usize, columns: &[usize]) -> Result<Vec<Vec<f64>>, String> {
        let until = (2 * part + 2).min(self.columns[0].len());
        Ok(columns.iter().map(|c| self.columns[*c][2 * part..until].to_vec()).collect())
    }
}

/// Mean, percentiles, and on how few the mean rests.
fn spread(shown: &Shown) -> (Measured, [Option<Measured>; 3], Option<u64>) {
    match shown.told {
        Told::Spread { mean, rests_on, p10, p50, p90 } => Some((mean, [p10, p50, p90], rests_on)),
        _ => None,
    }
    .expect("a spread")
}

#[test]
fn futures_are_chosen_put_in_groups_and_told_by_hand() {
    let mut kept = InMemory::of(&[
        ("regime", &[0.0, 1.0, 1.0, 0.0, 1.0, f64::NAN]),
        ("npv", &[1.0, 2.0, 4.0, -1.0, 6.0, 3.0]),
        ("left", &[0.0, 1.0, 0.0, 0.0, 1.0, 1.0]),
    ]);
    let found = kept.asked(Some("npv > 0"), &[0], &[1, 2]).expect("answered");
    assert_eq!((found.trials, found.futures, found.unknown), (6, 5, 0));
    assert!((found.share.value - 5.0 / 6.0).abs() < 1e-15);
    let keys: Vec<&[Key]> = found.groups.iter().map(|group| &group.keys[..]).collect();
    assert_eq!(keys, [&[Key::Value(0.0)][..], &[Key::Value(1.0)], &[Key::Missing]]);
    assert_eq!(found.groups.iter().map(|group| group.futures).collect::<Vec<_>>(), [1, 3, 1]);
    // Of regime 1: 2, 4, 6: mean 4, standard deviation 2, error 2/√3; two of three leave.
    let (mean, [_, p50, _], _) = spread(&found.groups[1].shown[0]);
    assert!((mean.value - 4.0).abs() < 1e-15 && (mean.error - 2.0 / 3f64.sqrt()).abs() < 1e-15);
    assert_eq!(p50.map(|own| own.value), Some(4.0));
    assert_eq!(found.groups[1].shown[1].told, Told::Chance(Proportion::of(2.0, 3.0)));
}

#[test]
fn what_never_comes_is_later_than_every_date_and_what_is_not_defined_leaves_the_condition_open() {
    let mut kept = InMemory::of(&[("payback", &[2.0, f64::NAN, 4.0, 6.0]), ("ratio", &[1.0, f64::NAN, 2.0, 3.0])]);
    let late = kept.asked(Some("payback > 3"), &[], &[0]).expect("answered");
    assert_eq!((late.futures, late.unknown), (3, 0));
    let (mean, [_, p50, p90], _) = spread(&late.groups[0].shown[0]);
    // 4, 6 and never: the mean of those that come is 5, the median 6, the 90th percentile never.
    assert!((mean.value - 5.0).abs() < 1e-15 && p90.is_none());
    assert_eq!((p50.map(|own| own.value), late.groups[0].shown[0].missing), (Some(6.0), 1));
    let open = kept.asked(Some("ratio > 1.5"), &[], &[]).expect("answered");
    assert_eq!((open.futures, open.unknown), (2, 1));
}

#[test]
fn many_values_make_quarters_that_never_put_equal_ones_apart() {
    // 100 values 0 to 99, and 100 times 0: the lowest quarter holds all 101 zeros.
    let values: Vec<f64> = (0..200).map(|i| if i < 100 { f64::from(i) } else { 0.0 }).collect();
    let mut kept = InMemory::of(&[("npv", &values)]);
    let found = kept.asked(None, &[0], &[]).expect("answered");
    let groups: Vec<(Key, u64)> = found.groups.iter().map(|group| (group.keys[0], group.futures)).collect();
    // Rising: 101 zeros, then 1 to 99. The 50th and the 100th are 0, the 150th is 49, the 200th 99.
    assert_eq!(groups, [(Key::From(0.0, 0.0), 101), (Key::From(1.0, 49.0), 49), (Key::From(50.0, 99.0), 50)]);
}

#[test]
fn a_question_without_an_answer_says_why() {
    let mut kept = InMemory::of(&[("npv", &[0.5, 2.0]), ("left", &[0.0, 1.0])]);
    assert_eq!(kept.asked(Some("left and npv"), &[], &[]), Err(NotAnswered::NotYesOrNo(0)));
    let all = kept.asked(None, &[], &[]).expect("answered");
    assert_eq!((all.futures, all.groups.len()), (2, 1), "they are counted where nothing is told of them");
    let none = kept.asked(Some("npv > 9"), &[1], &[0]).expect("answered");
    assert_eq!((none.futures, none.groups.len()), (0, 0));
    assert!(none.share.low.abs() < 1e-300 && none.share.high > 0.0);
}

#[test]
fn a_percentile_s_error_is_that_of_its_rank() {
    // 10,000 values 1 to 10,000: the median is 5,000, its error by rank √(10,000)/2 = 50 of them (98.25/1.955 = 50.3, whole ranks).
    let values: Vec<f64> = (1..=10_000).map(f64::from).collect();
    let mut kept = InMemory::of(&[("npv", &values)]);
    let found = kept.asked(None, &[], &[0]).expect("answered");
    let (mean, [_, p50, _], rests_on) = spread(&found.groups[0].shown[0]);
    let p50 = p50.expect("a median");
    assert!((p50.value - 5_000.0).abs() < 1e-9 && (p50.error - 50.3).abs() < 0.6, "{p50:?}");
    assert!((mean.value - 5_000.5).abs() < 1e-9 && (mean.error - 28.869).abs() < 0.001 && rests_on.is_none());
}

#[test]
fn groups_have_a_most() {
    let grouped = |values: [usize; 3]| {
        let all = values.iter().product::<usize>();
        let column = |divisor: usize, of: usize| (0..all).map(|i| (i / divisor % of) as f64).collect::<Vec<_>>();
        let [a, b, c] = [column(1, values[0]), column(values[0], values[1]), column(values[0] * values[1], values[2])];
        InMemory::of(&[("a", &a), ("b", &b), ("c", &c)]).asked(None, &[0, 1, 2], &[])
    };
    assert!(grouped([10, 10, 10]).is_ok_and(|found| found.groups.len() == MOST_GROUPS));
    let beyond = grouped([11, 10, 10]);
    assert!(matches!(&beyond, Err(NotAnswered::Asked(why)) if why.contains("more than 1000 groups")), "{beyond:?}");
}

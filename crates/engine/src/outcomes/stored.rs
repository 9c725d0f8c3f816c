//! Counts as bytes, for checkpoints and for parts of a run made on several machines.

use std::ops::Range;
use std::sync::Arc;

use super::accumulator::{Accumulator, BEYOND, Group, MOST_A_BLOCK, Plan, RatioSums, Sums};
use super::refine::Refinement;
use crate::uncertainty::Sampler;
use crate::uncertainty::key::mix;
use crate::uncertainty::lanes::BLOCK;

impl Accumulator {
    /// The counts as bytes, least significant first: a mark of how all is counted, then by group trials, counters, sums, sums of
    /// ratios, and the farthest distances. Small numbers, nearly all of them, take a byte or two; a 0 is followed by how many more there are.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = self.plan.mark().to_le_bytes().to_vec();
        for group in &self.groups {
            put(&mut bytes, group.trials);
            for run in group.counters.chunk_by(|a, b| a == b && *a == 0) {
                put(&mut bytes, u64::from(run[0]));
                if run[0] == 0 {
                    put(&mut bytes, run.len() as u64 - 1);
                }
            }
            let sums = group.sums.iter().flat_map(|s| [s.first, s.second]);
            let of_ratio =
                |r: &RatioSums| [r.numerator, r.denominator, r.numerator_squared, r.denominator_squared, r.product];
            let ratios = group.ratios.iter().flat_map(of_ratio);
            sums.chain(ratios).for_each(|sum| bytes.extend(sum.to_le_bytes()));
            group.sums.iter().for_each(|sums| bytes.extend(sums.farthest.to_le_bytes()));
        }
        bytes
    }

    /// Counts from their bytes.
    ///
    /// # Errors
    /// Says so where the bytes are cut short, too many, counted otherwise than `plan` does, or add up to nothing that can be counted.
    pub fn from_bytes(plan: &Arc<Plan>, bytes: &[u8]) -> Result<Self, &'static str> {
        const SHORT: &str = "its counts are cut short";
        let mut rest = bytes;
        let mark = take(&mut rest).map(u64::from_le_bytes).ok_or(SHORT)?;
        if mark != plan.mark() {
            return Err("its counts are of another model");
        }
        let mut all = Self::new(Arc::clone(plan));
        for group in &mut all.groups {
            fill(group, &mut rest).ok_or(SHORT)?;
        }
        if !rest.is_empty() {
            return Err("it holds more than counts");
        }
        if all.groups.iter().all(|group| group.adds_up(plan)) { Ok(all) } else { Err("its counts do not add up") }
    }

    /// Whether it holds the trials of a span of blocks, group by group, of a run of so many trials.
    #[must_use]
    pub fn is_of(&self, sampler: Sampler, blocks: Range<u64>, trials: u64) -> bool {
        let mut wanted = vec![0_u64; self.groups.len()];
        let block = BLOCK as u64;
        for number in blocks {
            let lanes = trials.saturating_sub(number.saturating_mul(block)).min(block);
            let Some(group) = wanted.get_mut(sampler.group_of(number)) else { return false };
            *group += lanes;
        }
        self.groups.iter().map(|group| group.trials).eq(wanted)
    }
}

impl Group {
    /// Whether every trial is counted once in every column, and no sum is beyond what so many trials may come to.
    fn adds_up(&self, plan: &Plan) -> bool {
        let Ok(trials) = u32::try_from(self.trials) else { return false };
        let columns = plan.layouts.iter().all(|layout| {
            let own = self.counters.get(layout.first..layout.first + layout.counters()).unwrap_or_default();
            let (counted, asked) = own.split_at(layout.missing().end.min(own.len()));
            let thresholds =
                asked.chunks(2).all(|pair| pair.iter().map(|count| u64::from(*count)).sum::<u64>() <= self.trials);
            counted.iter().map(|count| u64::from(*count)).sum::<u64>() == u64::from(trials) && thresholds
        });
        let most = MOST_A_BLOCK.saturating_mul(i128::from(self.trials.div_ceil(BLOCK as u64)));
        let within = |sum: i128| (-most..=most).contains(&sum);
        let squares = |sum: i128| sum == BEYOND || (0..=most).contains(&sum);
        let sums = self.sums.iter().all(|sums| {
            let farthest = f64::from_bits(sums.farthest);
            within(sums.first) && squares(sums.second) && farthest >= 0.0 && farthest.is_sign_positive()
        });
        let ratios = self.ratios.iter().all(|own| {
            let plain = [own.numerator, own.denominator, own.product];
            plain.into_iter().all(within) && [own.numerator_squared, own.denominator_squared].into_iter().all(squares)
        });
        columns && sums && ratios
    }
}

impl Plan {
    /// Tells plans apart that count differently: a hash of every layout.
    fn mark(&self) -> u64 {
        let mut mark = mix(self.groups as u64 ^ (self.ratios.len() as u64) << 32);
        for l in &self.layouts {
            let numbers = [l.centre(), l.width(), l.edge(0)].map(f64::to_bits);
            let places = [l.column, l.bins, l.first, usize::from(l.whole)].map(|x| x as u64);
            let atoms = l.atoms.iter().map(|atom| atom.to_bits());
            let thresholds = l.thresholds.iter().map(|threshold| threshold.amount.to_bits());
            let refined = l.refinement.iter().flat_map(Refinement::marks);
            for part in numbers.into_iter().chain(places).chain(atoms).chain(thresholds).chain(refined) {
                mark = mix(mark ^ part);
            }
        }
        mark
    }
}

fn fill(group: &mut Group, rest: &mut &[u8]) -> Option<()> {
    group.trials = get(rest)?;
    let mut zeros = 0;
    for count in &mut group.counters {
        if zeros > 0 {
            (*count, zeros) = (0, zeros - 1);
            continue;
        }
        *count = u32::try_from(get(rest)?).ok()?;
        if *count == 0 {
            zeros = get(rest)?;
        }
    }
    if zeros > 0 {
        return None;
    }
    for Sums { first, second, .. } in &mut group.sums {
        (*first, *second) = (sum(rest)?, sum(rest)?);
    }
    for ratio in &mut group.ratios {
        let RatioSums { numerator, denominator, numerator_squared, denominator_squared, product } = ratio;
        for into in [numerator, denominator, numerator_squared, denominator_squared, product] {
            *into = sum(rest)?;
        }
    }
    for sums in &mut group.sums {
        sums.farthest = take(rest).map(u64::from_le_bytes)?;
    }
    Some(())
}

/// Appends a number in groups of seven bits, the least significant first; the eighth bit says that more follow.
fn put(bytes: &mut Vec<u8>, mut number: u64) {
    while number > 0x7f {
        bytes.push(number as u8 | 0x80);
        number >>= 7;
    }
    bytes.push(number as u8);
}

fn get(rest: &mut &[u8]) -> Option<u64> {
    let mut number = 0;
    for shift in (0..64).step_by(7) {
        let [byte] = take(rest)?;
        number |= u64::from(byte & 0x7f) << shift;
        if byte & 0x80 == 0 {
            return Some(number);
        }
    }
    None
}

fn sum(rest: &mut &[u8]) -> Option<i128> {
    take(rest).map(i128::from_le_bytes)
}

/// Takes the first `N` bytes.
fn take<const N: usize>(rest: &mut &[u8]) -> Option<[u8; N]> {
    let (first, others) = rest.split_first_chunk::<N>()?;
    *rest = others;
    Some(*first)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::{get, put};
    use crate::outcomes::{Accumulator, Catalogue, Counter, Layout, Missing, Plan, Tier, lay_out};
    use crate::uncertainty::Sampler;
    use crate::uncertainty::lanes::{BLOCK, Column, Isa};
    use crate::units::Unit;

    /// Counts of 200 trials of one outcome, the first 128 and 72 of a run.
    fn counted() -> (Arc<Plan>, Accumulator) {
        let mut catalogue = Catalogue::default();
        catalogue.add("x".to_owned(), Unit::Millions, "made by hand", Tier::Headline, Missing::Undefined);
        let values = Column(std::array::from_fn(|lane| lane as f64));
        let layout = Layout::choose(&catalogue.columns()[0], 3.0, &mut values.to_vec());
        let plan = Arc::new(Plan::new(&catalogue, lay_out(&catalogue, [layout]), 1));
        let all = std::sync::Mutex::new(Accumulator::new(Arc::clone(&plan)));
        let mut counter = Counter::new(Arc::clone(&plan));
        counter.add(&[values], BLOCK, 0, Isa::detect(), &all);
        counter.add(&[values], 72, 0, Isa::detect(), &all);
        counter.settle(&all);
        (plan, all.into_inner().expect("nobody panicked"))
    }

    #[test]
    fn counts_that_do_not_add_up_are_refused() {
        let (plan, whole) = counted();
        let read = |counts: &Accumulator| Accumulator::from_bytes(&plan, &counts.to_bytes());
        assert_eq!(read(&whole).as_ref(), Ok(&whole));
        let refused = |change: &dyn Fn(&mut Accumulator)| {
            let mut other = whole.clone();
            change(&mut other);
            assert_eq!(read(&other), Err("its counts do not add up"));
        };
        let filled = whole.groups[0].counters.iter().position(|count| *count > 0).expect("something is counted");
        let missing = plan.layouts[0].missing().start;
        let below = plan.layouts[0].threshold(0);
        refused(&|all| all.groups[0].trials += 1);
        refused(&|all| all.groups[0].trials = u64::MAX);
        refused(&|all| all.groups[0].counters[filled] += 1);
        refused(&|all| all.groups[0].counters[filled] = u32::MAX);
        refused(&|all| all.groups[0].counters[missing] = 201);
        refused(&|all| all.groups[0].counters[below] = 201);
        refused(&|all| all.groups[0].sums[0].first = i128::MAX);
        refused(&|all| all.groups[0].sums[0].first = i128::MIN);
        refused(&|all| all.groups[0].sums[0].second = -1);
        refused(&|all| all.groups[0].sums[0].farthest = f64::NAN.to_bits());
        refused(&|all| all.groups[0].sums[0].farthest = (-1.0_f64).to_bits());
    }

    #[test]
    fn counts_are_of_the_blocks_whose_trials_they_hold() {
        let (_, all) = counted();
        // Of a run of 200 trials, blocks 0 and 1; of one of 1,000, no span of two blocks holds 200.
        assert!(all.is_of(Sampler::Plain, 0..2, 200) && !all.is_of(Sampler::Plain, 0..1, 200));
        assert!(!all.is_of(Sampler::Plain, 0..2, 1_000) && !all.is_of(Sampler::Plain, 0..3, 1_000));
        // Of 1,224 = 9·128 + 72, the last two.
        assert!(all.is_of(Sampler::Plain, 8..10, 1_224) && !all.is_of(Sampler::Sobol, 8..10, 1_224));
    }

    #[test]
    fn numbers_are_read_back_and_small_ones_are_short() {
        // 127 fits seven bits; 128 takes two groups: 0 with a sign that more follow, then 1.
        let mut bytes = Vec::new();
        let numbers = [0, 1, 127, 128, 300, u64::from(u32::MAX), u64::MAX];
        numbers.into_iter().for_each(|number| put(&mut bytes, number));
        assert_eq!(bytes[..5], [0, 1, 127, 0x80, 1]);
        let mut rest = &bytes[..];
        assert!(numbers.into_iter().all(|number| get(&mut rest) == Some(number)));
        assert_eq!(get(&mut rest), None);
    }
}

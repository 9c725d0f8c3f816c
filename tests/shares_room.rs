//! Ways to share are looked at one after another: what is at hand at once does not grow with their number.

use std::alloc::{GlobalAlloc, Layout, System};
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};

use analysis::{Deals, Figures, NoShares, Run, Runs, Shares, shares, shares_from};
use engine::run::{Interrupt, Settings};
use engine::uncertainty::Sampler;
use engine::uncertainty::lanes::Isa;

/// The system's allocator, which counts what is held.
struct Counting;

static HELD: AtomicUsize = AtomicUsize::new(0);
static MOST: AtomicUsize = AtomicUsize::new(0);

// SAFETY: everything is passed on as it came.
#[expect(unsafe_code, reason = "an allocator is unsafe to write")]
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        let held = HELD.fetch_add(layout.size(), Ordering::Relaxed) + layout.size();
        MOST.fetch_max(held, Ordering::Relaxed);
        // SAFETY: as above.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, at: *mut u8, layout: Layout) {
        HELD.fetch_sub(layout.size(), Ordering::Relaxed);
        // SAFETY: as above.
        unsafe { System.dealloc(at, layout) }
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

const TRIALS: u64 = 20_000;

/// Hands over what it is told to.
struct Odd(Figures);

impl Runs for Odd {
    fn take(&mut self, _stage: &str, _wanted: &[Run], into: &mut dyn FnMut(Figures)) -> Result<(), NoShares> {
        into(self.0.clone());
        Ok(())
    }
}

/// Runs all that is wanted before it hands any of it over.
struct AtOnce<'a>(&'a Deals<'a>);

impl Runs for AtOnce<'_> {
    fn take(&mut self, stage: &str, wanted: &[Run], into: &mut dyn FnMut(Figures)) -> Result<(), NoShares> {
        let (mut all, mut here) = (Vec::new(), self.0);
        here.take(stage, wanted, &mut |figures| all.push(figures))?;
        all.into_iter().for_each(into);
        Ok(())
    }
}

/// Figures of every future that are held at most while a deal is looked at.
fn most_held(look: impl Fn() -> Result<Shares, NoShares>) -> f64 {
    let before = HELD.load(Ordering::Relaxed);
    MOST.store(before, Ordering::Relaxed);
    let found = look().expect("there is an alliance");
    assert_eq!(found.rules.len(), 5);
    (MOST.load(Ordering::Relaxed) - before) as f64 / (TRIALS * 8) as f64
}

#[test]
fn one_way_to_share_is_at_hand_at_a_time() {
    let loaded = language::load(Path::new("scenarios/two-force.toml"), &[]).expect("it is sound");
    let settings =
        Settings { trials: TRIALS, seed: 5, sampler: Sampler::Plain, threads: 1, isa: Isa::Baseline, until: None };
    let interrupt = Interrupt::default();
    let one_by_one = most_held(|| shares(&loaded.scenario, &settings, &interrupt));
    let deals = Deals::new(&loaded.scenario, &settings, &interrupt).expect("there is an alliance");
    let at_once = most_held(|| shares_from(&deals, &mut AtOnce(&deals)));
    println!("{one_by_one:.1} figures of every future, {at_once:.1} where all ways are run first");
    // Of the four ways besides the deal as it is, each with four figures, three wait while the last is run.
    assert!(at_once - one_by_one > 8.0, "{one_by_one} figures of every future, not {at_once}");
    // Figures that are not as many as a run holds are no answer.
    for odd in [Vec::new(), vec![vec![0.0; TRIALS as usize]; 3], vec![vec![0.0; 7]; 4]] {
        let said = shares_from(&deals, &mut Odd(odd)).expect_err("refused").to_string();
        assert!(said.contains("or not what is known of it"), "{said}");
    }
    // And so are runs that the scenario has not.
    let strange = [
        (Run::Shared(Vec::new()), 0..1),
        (Run::Coalition { alliance: Some(3), forces: vec![0, 1] }, 0..1),
        (Run::Coalition { alliance: None, forces: vec![0] }, 0..1),
        (Run::Deal, 3..3),
        (Run::Deal, 0..1_000_000),
        (Run::Orders(2_000), 0..1_000_000),
    ];
    for (run, span) in strange {
        assert!(matches!(deals.figures(&run, span), Err(NoShares::NoRun)), "{run:?}");
    }
}

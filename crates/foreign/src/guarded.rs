//! Libraries of others that read what a user gave: where one panics over a malformed file, that is an error like any other.

use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind, set_hook, take_hook};
use std::sync::Once;

thread_local! {
    /// Whether a panic of this thread is to be silent.
    static SILENT: Cell<bool> = const { Cell::new(false) };
}

static HOOK: Once = Once::new();

/// Does some work; none where it panicked, of which nothing is printed. What it was changing must not be used then.
pub fn guarded<T>(work: impl FnOnce() -> T) -> Option<T> {
    HOOK.call_once(|| {
        let before = take_hook();
        set_hook(Box::new(move |panic| {
            if !SILENT.get() {
                before(panic);
            }
        }));
    });
    let was = SILENT.replace(true);
    let done = catch_unwind(AssertUnwindSafe(work));
    SILENT.set(was);
    done.ok()
}

#[cfg(test)]
mod tests {
    use super::guarded;

    #[test]
    fn a_panic_within_is_nothing_and_what_goes_well_is_handed_back() {
        assert_eq!(guarded(|| 3), Some(3));
        let nothing: Vec<u32> = Vec::new();
        assert_eq!(guarded(|| nothing[std::hint::black_box(0)]), None);
        assert_eq!(guarded(|| guarded(|| nothing[std::hint::black_box(0)])), Some(None));
    }
}

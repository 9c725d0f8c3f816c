//! Where large pieces of memory lie on Linux: on pages of 2 MB where the system has them, so that a block finds its columns without
//! looking up hundreds of small pages.
#![expect(unsafe_code, reason = "an allocator promises what the compiler cannot check")]

use std::alloc::{GlobalAlloc, Layout, System};

/// A large page.
const PAGE: usize = 2 << 20;

/// What is smaller lies where the system's allocator puts it: a worker's columns and counters are larger, little else is.
const LARGE: usize = 512 << 10;

/// The system's allocator, which asks for large pages where they pay.
struct LargePages;

#[global_allocator]
static MEMORY: LargePages = LargePages;

/// How a piece of memory is really asked for. It depends on the layout alone, so that giving back finds what asking found.
fn padded(layout: Layout) -> Layout {
    let whole_pages = || Layout::from_size_align(layout.size().checked_next_multiple_of(PAGE)?, PAGE).ok();
    if layout.size() < LARGE { layout } else { whole_pages().unwrap_or(layout) }
}

// SAFETY: the system's allocator does the work; a padded layout is no smaller and no less aligned than the one asked for, and the same
// for the same layout. The advice changes no content of memory.
unsafe impl GlobalAlloc for LargePages {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        let padded = padded(layout);
        let start = unsafe { System.alloc(padded) };
        if padded.align() == PAGE && !start.is_null() {
            // A system that cannot follow the advice says so, and nothing is lost.
            unsafe { libc::madvise(start.cast(), padded.size(), libc::MADV_HUGEPAGE) };
        }
        start
    }

    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        if padded(layout) == layout {
            return unsafe { System.alloc_zeroed(layout) };
        }
        let start = unsafe { self.alloc(layout) };
        if !start.is_null() {
            unsafe { start.write_bytes(0, layout.size()) };
        }
        start
    }

    unsafe fn dealloc(&self, start: *mut u8, layout: Layout) {
        unsafe { System.dealloc(start, padded(layout)) }
    }

    unsafe fn realloc(&self, start: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        let Ok(wanted) = Layout::from_size_align(size, layout.align()) else { return std::ptr::null_mut() };
        if padded(layout) == layout && padded(wanted) == wanted {
            return unsafe { System.realloc(start, layout, size) };
        }
        if padded(layout) == padded(wanted) {
            // There is room on the pages that it has.
            return start;
        }
        unsafe {
            let moved = self.alloc(wanted);
            if !moved.is_null() {
                std::ptr::copy_nonoverlapping(start, moved, layout.size().min(size));
                self.dealloc(start, layout);
            }
            moved
        }
    }
}

#[cfg(test)]
mod tests {
    use super::PAGE;

    #[test]
    fn a_large_piece_lies_on_large_pages_and_keeps_its_content_as_it_grows_and_shrinks() {
        let mut bytes: Vec<u8> = (0..1000).map(|i| i as u8).collect();
        for size in [600 << 10, PAGE - 1, PAGE, 5 * PAGE + 1, 700 << 10, 1000] {
            bytes.resize(size, 7);
            bytes.shrink_to_fit();
            let large = size > 1000;
            assert!(!large || bytes.as_ptr().addr().is_multiple_of(PAGE), "{size} bytes at {:p}", bytes.as_ptr());
            assert!(bytes[..1000].iter().enumerate().all(|(i, byte)| *byte == i as u8));
            assert!(bytes[1000..].iter().all(|byte| *byte == 7));
            assert!(vec![0_u8; size].iter().all(|byte| *byte == 0));
        }
    }
}

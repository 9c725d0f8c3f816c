//! Whether standard output was closed when the program started. The runtime puts the null device in its place before `main`, so that
//! whatever is printed would seem printed: it is looked at before that.

use std::sync::atomic::{AtomicBool, Ordering};

static CLOSED: AtomicBool = AtomicBool::new(false);

/// Whether it was. Where the system has no way to look in time it is taken as open.
pub(super) fn output_was_closed() -> bool {
    CLOSED.load(Ordering::Relaxed)
}

/// Asks the system alone, since the runtime is not there yet.
#[cfg(any(target_os = "linux", target_os = "macos"))]
extern "C" fn look() {
    let closed = rustix::io::fcntl_getfd(rustix::stdio::stdout()).is_err();
    CLOSED.store(closed, Ordering::Relaxed);
}

/// What stands in this section is called before `main`.
#[cfg(any(target_os = "linux", target_os = "macos"))]
#[expect(unsafe_code, reason = "the section holds addresses of functions that take nothing, as this one is")]
#[used]
#[cfg_attr(target_os = "linux", unsafe(link_section = ".init_array"))]
#[cfg_attr(target_os = "macos", unsafe(link_section = "__DATA,__mod_init_func"))]
static LOOK: extern "C" fn() = look;

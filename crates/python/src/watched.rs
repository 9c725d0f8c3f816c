//! Work with the interpreter released: progress is told, Ctrl-C obeyed.

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::Duration;

use engine::run::Interrupt;
use foreign::guarded::guarded;
use pyo3::prelude::*;

use crate::arguments::wrong;
use crate::errors::AllianceError;
use crate::released::fault;

/// So often it is looked whether a signal came, and progress is told.
const EVERY: Duration = Duration::from_millis(100);

/// Does some work in a thread of its own. `progress` is called with the name of the stage, steps done and steps in all whenever they
/// changed; what it raises, or a signal does, stops the work.
///
/// # Errors
/// What was raised.
pub fn watched<T: Send>(
    py: Python<'_>,
    progress: Option<&Bound<'_, PyAny>>,
    work: impl FnOnce(&Arc<Interrupt>) -> T + Send,
) -> PyResult<T> {
    let bar = bar(py, progress)?;
    let progress = bar.as_ref();
    let interrupt = Arc::new(Interrupt::default());
    let (done, mut result) = mpsc::channel();
    thread::scope(|scope| {
        let own = &interrupt;
        // Whoever waits has gone only where the work was stopped.
        let job = move || done.send(guarded(|| work(own))).unwrap_or_default();
        thread::Builder::new()
            .spawn_scoped(scope, job)
            .map_err(|why| AllianceError::new_err(format!("no thread can be begun: {why}")))?;
        let mut told = None;
        loop {
            // Lent for good, since a receiver is of one thread at a time.
            let waiting = &mut result;
            let came = py.detach(move || waiting.recv_timeout(EVERY));
            let going_on = py.check_signals().and_then(|()| tell(&interrupt, progress, &mut told));
            match (came, going_on) {
                (Ok(found), Ok(())) => return found.ok_or_else(fault),
                (Err(RecvTimeoutError::Timeout), Ok(())) => {}
                (Err(RecvTimeoutError::Disconnected), Ok(())) => return Err(fault()),
                (came, Err(raised)) => {
                    interrupt.stop.store(true, Ordering::Relaxed);
                    if matches!(came, Err(RecvTimeoutError::Timeout)) {
                        // It ends as soon as it sees that it is to stop; what it found until then is not wanted.
                        let waiting = &mut result;
                        py.detach(move || drop(waiting.recv()));
                    }
                    return Err(raised);
                }
            }
        }
    })
}

/// What is told of progress: a bar where `True` is given, nothing where `False` is.
fn bar<'py>(py: Python<'py>, progress: Option<&Bound<'py, PyAny>>) -> PyResult<Option<Bound<'py, PyAny>>> {
    match progress.map(PyAnyMethods::extract::<bool>) {
        Some(Ok(true)) => py.import("alliance.bar")?.getattr("Bar")?.call0().map(Some),
        None | Some(Ok(false)) => Ok(None),
        Some(Err(_)) => match progress {
            Some(own) if !own.is_callable() => {
                Err(wrong(own, "progress", "True, or a function of a stage, steps done and steps in all, is wanted"))
            }
            other => Ok(other.cloned()),
        },
    }
}

/// Tells how far the work is, where that was not told yet.
fn tell(
    interrupt: &Interrupt,
    progress: Option<&Bound<'_, PyAny>>,
    told: &mut Option<(String, u64, u64)>,
) -> PyResult<()> {
    let Some(progress) = progress else { return Ok(()) };
    let present = interrupt.stages().last().map(|stage| (stage.name.clone(), stage.done.min(stage.total), stage.total));
    if present.is_none() || present == *told {
        return Ok(());
    }
    *told = present.clone();
    if let Some(far) = present {
        progress.call1(far)?;
    }
    Ok(())
}

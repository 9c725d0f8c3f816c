//! The functions that scripts call. A request is written into `room`, `call` answers it by its verb, the answer stands at `found`. Nothing
//! is imported: no clock, no file, no randomness.
#![expect(unsafe_code, reason = "scripts find a function by its name, which must be the only one of that name")]

use std::cell::RefCell;

use crate::session::Session;

/// The answer is there.
const DONE: u32 = 0;
/// What was wrong is there, in words, as JSON.
const WRONG: u32 = 1;
/// All that was to be counted is.
const COUNTED: u32 = 2;

#[derive(Default)]
struct Desk {
    session: Session,
    request: Vec<u8>,
    found: Vec<u8>,
}

thread_local! {
    static DESK: RefCell<Desk> = RefCell::default();
}

/// Makes room for a request of so many bytes, and says where.
#[unsafe(no_mangle)]
pub extern "C" fn room(length: usize) -> *mut u8 {
    DESK.with_borrow_mut(|desk| {
        desk.request = vec![0; length];
        desk.request.as_mut_ptr()
    })
}

/// Answers the request by its verb.
#[unsafe(no_mangle)]
pub extern "C" fn call(verb: u32) -> u32 {
    DESK.with_borrow_mut(|desk| {
        let request = std::mem::take(&mut desk.request);
        let (code, found) = match answer(&mut desk.session, verb, &request) {
            Ok(Some(found)) => (DONE, found),
            Ok(None) => (COUNTED, Vec::new()),
            Err(why) => (WRONG, why.into_bytes()),
        };
        desk.found = found;
        code
    })
}

/// Where the answer stands.
#[unsafe(no_mangle)]
pub extern "C" fn found() -> *const u8 {
    DESK.with_borrow(|desk| desk.found.as_ptr())
}

/// How many bytes it has.
#[unsafe(no_mangle)]
pub extern "C" fn found_length() -> usize {
    DESK.with_borrow(|desk| desk.found.len())
}

/// The verbs, by number; `web/engine.js` has the same list.
fn answer(session: &mut Session, verb: u32, request: &[u8]) -> Result<Option<Vec<u8>>, String> {
    match verb {
        0 => session.open(&read(request)?).and_then(json),
        1 => session.ask(&read(request)?).and_then(json),
        2 => return session.count(read(request)?).map(|left| left.then(Vec::new)),
        3 => session.take(),
        4 => session.merge(request).map(|()| Vec::new()),
        5 => session.tell(&read(request)?).and_then(json),
        6 => session.dials(&read(request)?).and_then(json),
        7 => session.export(&read(request)?).map(String::into_bytes),
        8 => crate::opened::opened(&read(request)?).and_then(json),
        _ => Err("this engine knows no such verb".to_owned()),
    }
    .map(Some)
}

fn read<T: serde::de::DeserializeOwned>(request: &[u8]) -> Result<T, String> {
    serde_json::from_slice(request).map_err(|error| error.to_string())
}

fn json<T: serde::Serialize>(found: T) -> Result<Vec<u8>, String> {
    serde_json::to_vec(&found).map_err(|error| error.to_string())
}

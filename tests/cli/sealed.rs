//! Stored files changed by hand and sealed again, as nobody but somebody who means harm does.

use std::path::Path;

use serde_json::Value;
use sha2::{Digest, Sha256};

/// SHA-256 of some bytes, in hexadecimal.
pub(super) fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// A text of JSON whose last value is a hash of the rest, with that hash made anew.
pub(super) fn resealed(text: &str) -> String {
    let end = text.rfind('"').expect("it ends with a text");
    let start = text[..end].rfind('"').expect("it ends with a text") + 1;
    let (before, after) = (&text[..start], &text[end..]);
    format!("{before}{}{after}", sha256(format!("{before}{after}").as_bytes()))
}

/// Makes the hash of what was asked anew.
pub(super) fn rehashed(stored: &mut Value) {
    let request: app::Request = serde_json::from_value(stored["request"].clone()).expect("a request");
    stored["request_hash"] = request.hash().into();
}

/// The same of a file of counts, which are those of a run.
pub(super) fn rehashed_run(header: &mut Value) {
    let (draws, scenario) = (header["draws"].clone(), header["scenario"].clone());
    let run =
        serde_json::json!({ "format": 1, "question": { "verb": "run" }, "draws": draws, "scenarios": [scenario] });
    let request: app::Request = serde_json::from_value(run).expect("a request");
    header["request_hash"] = request.hash().into();
}

/// Changes the text of a manifest and seals it again.
pub(super) fn with_manifest(path: &Path, change: impl FnOnce(&mut Value)) {
    let mut manifest = super::json(path);
    change(&mut manifest);
    std::fs::write(path, resealed(&manifest.to_string())).expect("there is room");
}

/// Writes a copy of a file of counts whose header was changed, sealed again.
pub(super) fn with_header(from: &Path, to: &Path, change: impl FnOnce(&mut Value)) {
    let (mut header, counts) = bytes_of(from);
    change(&mut header);
    let mut bytes = [header.to_string().as_bytes(), &counts].concat();
    let seal = Sha256::digest(&bytes);
    bytes.extend(seal);
    std::fs::write(to, bytes).expect("there is room");
}

/// The header of a file of counts, and what follows but for the seal.
pub(super) fn bytes_of(file: &Path) -> (Value, Vec<u8>) {
    let bytes = std::fs::read(file).expect("it is there");
    let end = bytes.iter().position(|byte| *byte == b'\n').expect("a header ends");
    let header = serde_json::from_slice(&bytes[..end]).expect("a header is JSON");
    (header, bytes[end..bytes.len() - 32].to_vec())
}

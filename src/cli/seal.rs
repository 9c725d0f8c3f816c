//! What is stored says whether it is whole: a hash of all of it, at its end.

use app::request::hash;

/// Whether a file whose hash is wrong is refused. Not while machines look for faults behind that door: what they make up has no right hash.
pub(super) const HASHES_COUNT: bool = !cfg!(fuzzing);

/// Digits of a hash.
const DIGITS: usize = 64;

/// Fills in the last value of an object of JSON, an empty text: the hash of the whole text without it.
pub(super) fn sealed(text: &str) -> String {
    match text.rfind("\"\"") {
        Some(at) => {
            let (before, after) = text.split_at(at + 1);
            format!("{before}{}{after}", hash(text.as_bytes()))
        }
        None => text.to_owned(),
    }
}

/// Whether a text is as [`sealed`] made it, to the last byte.
pub(super) fn is_whole(text: &str) -> bool {
    let parts = text.rfind('"').and_then(|end| {
        let start = end.checked_sub(DIGITS)?;
        Some((text.get(..start)?, text.get(start..end)?, text.get(end..)?))
    });
    let right = |(before, written, after): (&str, &str, &str)| written == hash(format!("{before}{after}").as_bytes());
    !HASHES_COUNT || parts.is_some_and(right)
}

#[cfg(test)]
mod tests {
    use super::{is_whole, sealed};

    #[test]
    fn a_sealed_text_is_whole_and_no_bit_of_it_may_change() {
        let text = sealed("{\n  \"a\": \"é\",\n  \"sha256\": \"\"\n}\n");
        assert!(is_whole(&text));
        for at in 0..8 * text.len() {
            let mut bytes = text.clone().into_bytes();
            bytes[at / 8] ^= 1 << (at % 8);
            assert!(!String::from_utf8(bytes).is_ok_and(|text| is_whole(&text)), "bit {at}");
        }
        assert!(!is_whole("") && !is_whole("{}") && !is_whole(&text[1..]) && !is_whole(&text[..text.len() - 1]));
        assert!(!is_whole(&format!("{text} ")));
    }
}

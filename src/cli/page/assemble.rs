//! The page put together: shell, scripts, the compiled engine, the scenarios, and a policy that lets nothing else run.

use std::io::Write as _;

use flate2::Compression;
use flate2::write::GzEncoder;
use sha2::{Digest, Sha256};

use crate::cli::Failure;
use foreign::safe_text::markup;

/// The compiled engine, gzipped: docs/page.md says how it is made anew.
static ENGINE: &[u8] = include_bytes!("../../../crates/page/asset/page.wasm.gz");

const SHELL: &str = include_str!("../../../crates/page/web/page.html");
const STYLE: &str = include_str!("../../../crates/page/web/page.css");
const ENGINE_SCRIPT: &str = include_str!("../../../crates/page/web/engine.js");
const WORKER: &str = include_str!("../../../crates/page/web/worker.js");
/// The scripts of the page, in the order in which they need each other.
const SCRIPTS: [&str; 8] = [
    include_str!("../../../crates/page/web/shown.js"),
    include_str!("../../../crates/page/web/link.js"),
    include_str!("../../../crates/page/web/pool.js"),
    include_str!("../../../crates/page/web/dials.js"),
    include_str!("../../../crates/page/web/files.js"),
    include_str!("../../../crates/page/web/address.js"),
    include_str!("../../../crates/page/web/keep.js"),
    include_str!("../../../crates/page/web/main.js"),
];

/// The verbs are named in the script of the engine alone; the page names them too.
const VERBS: &str = "const OPEN = 0";

/// The page of scenarios, given as JSON.
pub(super) fn assemble(title: &str, data: &str) -> Result<String, Failure> {
    let packed = gzipped(data.as_bytes()).map_err(|error| Failure::io("the scenarios could not be packed", error))?;
    let verbs = ENGINE_SCRIPT.lines().find(|line| line.starts_with(VERBS)).unwrap_or_default();
    let script = format!("'use strict';\n{verbs}\n{}", SCRIPTS.map(plain).join(""));
    let worker = format!("'use strict';\n{}{}", plain(ENGINE_SCRIPT), plain(WORKER));
    let style = format!("{}{STYLE}", report::page::STYLE);
    let policy = format!(
        "default-src 'none'; script-src {} 'wasm-unsafe-eval'; worker-src blob:; style-src {}; img-src data: blob:; base-uri 'none'; \
         form-action 'none'",
        source(&script),
        source(&style)
    );
    let title = markup(title);
    let parts = [
        ("policy", policy.as_str()),
        ("title", &title),
        ("style", &style),
        ("data", &base64(&packed)),
        ("wasm", &base64(ENGINE)),
        ("worker", &worker),
        ("script", &script),
    ];
    Ok(filled(SHELL, &parts))
}

/// A script without what makes it strict, which stands once before all of them.
fn plain(script: &str) -> String {
    script.replacen("'use strict';\n", "", 1)
}

/// Fills each place of a shell with its part, once through: a part that looks like a place is no place.
fn filled(shell: &str, parts: &[(&str, &str)]) -> String {
    let mut out = String::with_capacity(shell.len() + parts.iter().map(|(_, part)| part.len()).sum::<usize>());
    let mut rest = shell;
    while let Some((before, after)) = rest.split_once("{{") {
        let Some((name, behind)) = after.split_once("}}") else { break };
        out += before;
        out += parts.iter().find(|(own, _)| *own == name).map_or("", |(_, part)| part);
        rest = behind;
    }
    out + rest
}

/// What a policy names an inline script or style by.
fn source(text: &str) -> String {
    format!("'sha256-{}'", base64(&Sha256::digest(text.as_bytes())))
}

fn gzipped(bytes: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut packer = GzEncoder::new(Vec::new(), Compression::best());
    packer.write_all(bytes)?;
    packer.finish()
}

/// Bytes as base64 (RFC 4648).
fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for three in bytes.chunks(3) {
        let word = three.iter().fold(0_u32, |word, byte| word << 8 | u32::from(*byte)) << (8 * (3 - three.len()));
        for place in 0..4 {
            let letter = char::from(LETTERS[(word >> (18 - 6 * place)) as usize & 63]);
            out.push(if place <= three.len() { letter } else { '=' });
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_are_written_as_rfc_4648_has_them() {
        let of = |text: &str| base64(text.as_bytes());
        assert_eq!(
            [of(""), of("f"), of("fo"), of("foo"), of("foob"), of("fooba"), of("foobar")],
            ["", "Zg==", "Zm8=", "Zm9v", "Zm9vYg==", "Zm9vYmE=", "Zm9vYmFy"]
        );
    }

    #[test]
    fn a_title_is_text_and_fills_no_other_place() {
        let page = assemble("</title><script>alert(1)</script> {{script}} & \"x\"", "{}").expect("it is put together");
        assert!(!page.contains("<script>alert"));
        assert!(page.contains("&lt;/title&gt;&lt;script&gt;alert(1)&lt;/script&gt; {{script}} &amp; &quot;x&quot;"));
    }

    #[test]
    fn the_policy_stands_first_and_allows_what_the_page_holds() {
        let page = assemble("t", "{}").expect("it is put together");
        let head = page.split_once("<head>").expect("a head").1;
        assert!(head.starts_with("<meta charset=\"utf-8\"><meta http-equiv=\"Content-Security-Policy\""));
        let inline = |from: &str, to: &str| {
            let after = page.rsplit_once(from).expect("it is there").1;
            after.split_once(to).expect("it ends").0.to_owned()
        };
        assert!(head.contains(&source(&inline("<script>", "</script>"))));
        assert!(head.contains(&source(&inline("<style>", "</style>"))));
        assert!(!page.contains(" style=\"") && !page.contains("unsafe-inline"));
        for script in [SCRIPTS.concat(), WORKER.to_owned(), ENGINE_SCRIPT.to_owned()] {
            assert!(!script.contains("</script"), "a script would end there");
            assert!(!script.contains("fetch("), "nothing is fetched");
        }
    }

    #[test]
    fn the_page_is_within_its_budget() {
        let page = assemble("t", "{}").expect("it is put together");
        assert!(page.len() < 1_900_000, "{} bytes before any scenario: two megabytes are all there is", page.len());
    }
}

//! Stored files of which a bit is flipped, in this process: parts, checkpoints and manifests. Each flip is refused as bad input.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Instant;

use super::manifest::{Kept, Manifest, Outputs};
use super::options::Changes;
use super::part::{Header, Part};
use super::place::Slot;
use super::produce::{Means, manifest};
use super::shard::span;
use super::{Failure, engine};
use crate::exit_code::Exit;
use app::{Question, Study};
use engine::run::{Interrupt, Runner};
use engine::uncertainty::Sampler;

/// A folder with a part, a checkpoint after two of four blocks, and a manifest, all of one run.
fn stored(folder: &Path) -> [PathBuf; 3] {
    let loaded = Changes::default().load(Path::new("tests/bare.toml")).expect("a sound scenario");
    let draws = app::Draws { trials: 500, seed: 2015, sampler: Sampler::Plain, until: None };
    let study = Study::new(Question::Run {}, draws, vec![loaded]).expect("it may be asked");
    let app = app::Means { engine: engine(), threads: 1, interrupt: Arc::default() };
    let means = Means { app, command_line: "alliance".to_owned() };
    let (model, settings) = app::forecast::ready(&study.desk(&means.app)).expect("it compiles");
    let interrupt = Interrupt::default();
    let runner = Runner::new(&model, &settings, &interrupt).expect("threads");
    let write = |name: &str, part: Option<(u64, u64)>, span: std::ops::Range<u64>| {
        let (counted, _) = runner.count(span.clone(), runner.nothing(), None, None).expect("it runs");
        let path = folder.join(name);
        let slot = Slot::claim(&path).expect("there is room");
        let header = Header::new(&study, Kept::Nothing, part);
        slot.write(&header, (span.start, span.end), 1.5, &counted).expect("there is room");
        path
    };
    let part = write("part", Some((2, 3)), span((2, 3), runner.blocks(), 1));
    let checkpoint = write("checkpoint", None, 0..2);
    let outputs = Outputs { trials: Kept::Nothing, charts: true, report: false, xlsx: false };
    let made = manifest(&study, &outputs, &means, 500, Instant::now());
    made.write(folder, &means.app.interrupt).expect("there is room");
    [part, checkpoint, folder.join("manifest.json")]
}

/// Which bits of a file are flipped: every one of the first and last 40 bytes, one of every byte of the first `header` ones, and 1,500 of the
/// rest, spread by a step that meets every bit of a byte.
fn bits(length: usize, header: usize) -> impl Iterator<Item = usize> {
    let ends = (0..320).chain(8 * length - 320..8 * length);
    let head = (0..header).map(|byte| 8 * byte + byte * byte % 8);
    let step = (8 * (length - header) / 1_500) | 1;
    ends.chain(head).chain((8 * header..8 * length).step_by(step))
}

/// Flips bits of a file one by one; those that are not refused as bad input.
fn survivors<T>(path: &Path, read: impl Fn(&Path) -> Result<T, Failure>) -> Vec<usize> {
    let whole = std::fs::read(path).expect("it is there");
    assert!(read(path).is_ok(), "{} is whole", path.display());
    let header = whole.iter().position(|byte| *byte == b'\n').unwrap_or(0).max(2_000);
    let flipped = path.with_extension("flipped");
    let refused = |bit: &usize| {
        let mut bytes = whole.clone();
        bytes[bit / 8] ^= 1 << (bit % 8);
        std::fs::write(&flipped, bytes).expect("there is room");
        matches!(read(&flipped), Err(failure) if failure.exit == Exit::BadInput && !failure.message.is_empty())
    };
    bits(whole.len(), header).filter(|bit| !refused(bit)).collect()
}

#[test]
fn a_flipped_bit_of_a_part_a_checkpoint_or_a_manifest_is_refused() {
    let folder = tempfile::tempdir().expect("a folder");
    let [part, checkpoint, manifest] = stored(folder.path());
    let interrupt = Interrupt::default();
    for counts in [part, checkpoint] {
        assert_eq!(survivors(&counts, |path| Part::read(path, &interrupt)), Vec::<usize>::new());
    }
    assert_eq!(survivors(&manifest, Manifest::read), Vec::<usize>::new());
}

#[test]
fn what_is_cut_short_or_longer_is_refused() {
    let folder = tempfile::tempdir().expect("a folder");
    let [part, _, manifest] = stored(folder.path());
    let interrupt = Interrupt::default();
    let whole = std::fs::read(&part).expect("it is there");
    let cut = folder.path().join("cut");
    let header = whole.iter().position(|byte| *byte == b'\n').expect("a header ends");
    for length in [0, 1, header, header + 1, header + 20, header + 33, whole.len() - 32, whole.len() - 1] {
        std::fs::write(&cut, &whole[..length]).expect("there is room");
        assert!(Part::read(&cut, &interrupt).is_err(), "{length} bytes");
    }
    std::fs::write(&cut, [&whole[..], b"\n"].concat()).expect("there is room");
    assert!(Part::read(&cut, &interrupt).is_err());
    let text = std::fs::read_to_string(&manifest).expect("it is there");
    for other in [text.trim_end(), &format!("{text}\n"), &text[1..], &text[..text.len() / 2], ""] {
        std::fs::write(&cut, other).expect("there is room");
        assert!(Manifest::read(&cut).is_err());
    }
}

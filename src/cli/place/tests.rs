//! Placing on file systems that can exchange, and on those that cannot: nothing of anybody's is lost, nothing hidden stays.

use std::ffi::{OsStr, OsString};
use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use tempfile::TempDir;

use super::journal::{Item, Journal};
use super::look::look;
use super::rename::{Can, exchange, into_free};
use super::settle::{NotPlaced, Why};
use super::staging::Staging;

/// What is tried on both kinds.
const BOTH: [Can; 2] = [Can::All, Can::Least];

/// A folder to place things in, by a name without links.
struct Ground {
    _folder: TempDir,
    path: PathBuf,
}

impl Ground {
    fn new() -> Self {
        let folder = tempfile::tempdir().expect("there is room");
        Self { path: folder.path().canonicalize().expect("it is there"), _folder: folder }
    }

    fn staging(&self, can: Can) -> Staging {
        let mut staging = Staging::open(&self.path).expect("it can be written");
        staging.can = can;
        staging
    }

    fn of(&self, name: &str) -> PathBuf {
        self.path.join(name)
    }

    /// Every name, with what is in the file `text` of a folder, or in a file.
    fn holds(&self) -> Vec<String> {
        let mut found: Vec<String> = fs::read_dir(&self.path)
            .expect("it can be read")
            .map(|entry| {
                let path = entry.expect("it can be read").path();
                let text = fs::read_to_string(path.join("text")).or_else(|_| fs::read_to_string(&path));
                let name = path.file_name().expect("it has one").to_string_lossy().into_owned();
                format!("{name}: {}", text.unwrap_or_default())
            })
            .collect();
        found.sort();
        found
    }
}

/// A folder with a text in it.
fn folder(path: &Path, text: &str) {
    fs::create_dir(path).expect("it is not there");
    file(&path.join("text"), text);
}

/// A file with a text. Where the file system tells things apart by more than the clock, all are of one moment.
fn file(path: &Path, text: &str) {
    fs::write(path, text).expect("there is room");
    if cfg!(unix) {
        let file = fs::File::options().write(true).open(path).expect("it is there");
        file.set_modified(SystemTime::UNIX_EPOCH).expect("it is ours");
    }
}

/// A file or a folder with a text.
fn make(is_folder: bool, path: &Path, text: &str) {
    if is_folder { folder(path, text) } else { file(path, text) }
}

fn told(path: &Path) -> Option<String> {
    look(path).expect("it can be read")
}

fn place(staging: &mut Staging, before: Option<String>, keep: bool) -> Result<(), NotPlaced> {
    staging.place(keep, &[(OsString::from("r"), before)]).map(drop)
}

/// A hidden folder as a process leaves it that is killed after it wrote down what it was to do.
fn die(mut staging: Staging, before: Option<String>, own: Option<String>) {
    let item = Item { name: "r".into(), before, own: own.expect("it was made") };
    Journal { keep: true, items: vec![item] }.write(&staging.journal()).expect("there is room");
    staging.stays = true;
}

#[test]
fn what_is_new_gets_its_name_and_nothing_else_is_left() {
    for (can, is_folder) in BOTH.into_iter().flat_map(|can| [(can, true), (can, false)]) {
        let ground = Ground::new();
        let mut staging = ground.staging(can);
        make(is_folder, &staging.fresh(OsStr::new("r")), "new");
        place(&mut staging, None, true).expect("its place is free");
        drop(staging);
        assert_eq!(ground.holds(), ["r: new"], "{can:?}");
    }
}

#[test]
fn what_was_there_before_is_replaced_and_nothing_else_is_left() {
    for (can, is_folder) in BOTH.into_iter().flat_map(|can| [(can, true), (can, false)]) {
        let ground = Ground::new();
        make(is_folder, &ground.of("r"), "old");
        let before = told(&ground.of("r"));
        let mut staging = ground.staging(can);
        make(is_folder, &staging.fresh(OsStr::new("r")), "new");
        place(&mut staging, before, true).expect("it may be replaced");
        drop(staging);
        assert_eq!(ground.holds(), ["r: new"], "{can:?}");
    }
}

#[test]
fn what_comes_meanwhile_is_left_as_it_is_and_what_was_made_is_kept_beside_it() {
    for (can, is_folder) in BOTH.into_iter().flat_map(|can| [(can, true), (can, false)]) {
        for theirs in [true, false] {
            let ground = Ground::new();
            make(is_folder, &ground.of("r-2"), "another");
            let mut staging = ground.staging(can);
            make(is_folder, &staging.fresh(OsStr::new("r")), "new");
            make(theirs, &ground.of("r"), "precious");
            let not = place(&mut staging, None, true).expect_err("its place is taken");
            assert!(matches!(not.why, Why::Taken) && not.kept == [ground.of("r-3")], "{can:?}: {not:?}");
            drop(staging);
            assert_eq!(ground.holds(), ["r-2: another", "r-3: new", "r: precious"], "{can:?}");
        }
    }
}

#[test]
fn what_is_changed_meanwhile_is_left_as_it_is() {
    for (can, is_folder) in BOTH.into_iter().flat_map(|can| [(can, true), (can, false)]) {
        for keep in [true, false] {
            let ground = Ground::new();
            make(is_folder, &ground.of("r"), "old");
            let before = told(&ground.of("r"));
            let mut staging = ground.staging(can);
            make(is_folder, &staging.fresh(OsStr::new("r")), "new");
            let inside = if is_folder { ground.of("r").join("text") } else { ground.of("r") };
            fs::write(inside, "longer than before").expect("there is room");
            let not = place(&mut staging, before, keep).expect_err("it is not what was there");
            assert!(matches!(not.why, Why::Taken), "{not:?}");
            drop(staging);
            let all = ["r-2: new", "r: longer than before"];
            assert_eq!(ground.holds(), if keep { &all[..] } else { &all[1..] }, "{can:?}");
        }
    }
}

#[test]
fn what_is_changed_after_the_last_look_is_put_back() {
    for (can, is_folder) in BOTH.into_iter().flat_map(|can| [(can, true), (can, false)]) {
        let ground = Ground::new();
        make(is_folder, &ground.of("r"), "theirs");
        let staging = ground.staging(can);
        make(is_folder, &staging.fresh(OsStr::new("r")), "new");
        let own = told(&staging.fresh(OsStr::new("r"))).expect("it is there");
        let item = Item { name: "r".into(), before: Some("what was there".to_owned()), own };
        // Without the look that comes first.
        assert!(matches!(staging.put_one(&item), Err(Why::Taken)), "{can:?}");
        assert_eq!(told(&staging.fresh(OsStr::new("r"))), Some(item.own), "{can:?}");
        drop(staging);
        assert_eq!(ground.holds(), ["r: theirs"], "{can:?}");
    }
}

#[test]
fn what_is_taken_away_meanwhile_is_not_missed_and_an_empty_folder_is_nothing() {
    for can in BOTH {
        for empty in [true, false] {
            let ground = Ground::new();
            folder(&ground.of("r"), "old");
            let before = told(&ground.of("r"));
            let mut staging = ground.staging(can);
            folder(&staging.fresh(OsStr::new("r")), "new");
            fs::remove_dir_all(ground.of("r")).expect("it was there");
            if empty {
                fs::create_dir(ground.of("r")).expect("it is gone");
            }
            place(&mut staging, before.filter(|_| !empty), true).expect("its place is free");
            drop(staging);
            assert_eq!(ground.holds(), ["r: new"], "{can:?}");
        }
    }
}

#[test]
fn what_a_dead_process_had_made_is_put_in_place() {
    for (can, is_folder) in BOTH.into_iter().flat_map(|can| [(can, true), (can, false)]) {
        // Killed before anything had its name: where nothing was, and where something was.
        for there in [false, true] {
            let ground = Ground::new();
            if there {
                make(is_folder, &ground.of("r"), "old");
            }
            let staging = ground.staging(can);
            make(is_folder, &staging.fresh(OsStr::new("r")), "new");
            let own = told(&staging.fresh(OsStr::new("r")));
            die(staging, told(&ground.of("r")), own);
            drop(ground.staging(can));
            assert_eq!(ground.holds(), ["r: new"], "{can:?}");
        }
        // Killed with the old one moved aside.
        let ground = Ground::new();
        let staging = ground.staging(can);
        make(is_folder, &staging.aside(OsStr::new("r")), "old");
        make(is_folder, &staging.fresh(OsStr::new("r")), "new");
        let own = told(&staging.fresh(OsStr::new("r")));
        let before = told(&staging.aside(OsStr::new("r")));
        die(staging, before, own);
        drop(ground.staging(can));
        assert_eq!(ground.holds(), ["r: new"], "{can:?}");
    }
}

#[test]
fn what_a_dead_process_had_replaced_goes_and_what_was_never_its_own_comes_back() {
    for (can, is_folder) in BOTH.into_iter().flat_map(|can| [(can, true), (can, false)]) {
        for (replaced, left) in [("old", &["r: new"][..]), ("theirs", &["r-2: new", "r: theirs"])] {
            let ground = Ground::new();
            let staging = ground.staging(Can::All);
            let new = staging.fresh(OsStr::new("r"));
            make(is_folder, &new, replaced);
            let before = (replaced == "old").then(|| told(&new)).flatten();
            make(is_folder, &ground.of("r"), "new");
            let own = told(&ground.of("r"));
            die(staging, before.or(Some("what was there".to_owned())), own);
            drop(ground.staging(can));
            assert_eq!(ground.holds(), left, "{can:?}");
        }
    }
}

#[test]
fn the_last_copy_of_what_was_replaced_comes_back() {
    let ground = Ground::new();
    let staging = ground.staging(Can::Least);
    folder(&staging.aside(OsStr::new("r")), "old");
    let before = told(&staging.aside(OsStr::new("r")));
    die(staging, before, Some("what is gone".to_owned()));
    drop(ground.staging(Can::Least));
    assert_eq!(ground.holds(), ["r: old"]);
}

#[test]
fn what_is_half_filled_goes_once_its_process_is_dead_and_not_before() {
    let ground = Ground::new();
    let living = ground.staging(Can::All);
    folder(&living.fresh(OsStr::new("r")), "half");
    drop(ground.staging(Can::All));
    assert!(living.fresh(OsStr::new("r")).exists(), "the lock of the living is held");
    let mut dead = ground.staging(Can::All);
    folder(&dead.fresh(OsStr::new("r")), "half");
    dead.stays = true;
    drop(dead);
    // Killed before it was locked, and what only looks like one.
    fs::create_dir(ground.of(".alliance-000000000000")).expect("it is not there");
    folder(&ground.of(".alliance-notes"), "ours");
    // Of somebody else, whose lock it is, or who keeps something beside one.
    for (name, lock, beside) in [(".alliance-abcdefghijkl", "a key", false), (".alliance-mnopqrstuvwx", "", true)] {
        fs::create_dir(ground.of(name)).expect("it is not there");
        fs::write(ground.of(name).join("lock"), lock).expect("there is room");
        if beside {
            fs::write(ground.of(name).join("letter"), "theirs").expect("there is room");
        }
    }
    drop(ground.staging(Can::All));
    drop(living);
    for (name, file) in [(".alliance-abcdefghijkl", "lock"), (".alliance-mnopqrstuvwx", "letter")] {
        assert!(ground.of(name).join("lock").exists() && ground.of(name).join(file).exists(), "{name}");
        fs::remove_dir_all(ground.of(name)).expect("it is there");
    }
    assert_eq!(ground.holds(), [".alliance-notes: ours"]);
}

#[test]
fn only_what_is_known_is_taken_away() {
    let ground = Ground::new();
    fs::write(ground.of("c"), "ours").expect("there is room");
    let mut staging = ground.staging(Can::All);
    let before = told(&ground.of("c"));
    fs::write(ground.of("c"), "theirs now").expect("there is room");
    staging.take_away(OsStr::new("c"), before.as_ref()).expect("it can be read");
    assert!(ground.of("c").exists());
    staging.take_away(OsStr::new("c"), told(&ground.of("c")).as_ref()).expect("it can be moved");
    drop(staging);
    assert_eq!(ground.holds(), Vec::<String>::new());
}

#[test]
fn two_files_are_put_in_place_together_or_kept_together() {
    for can in BOTH {
        for taken in [false, true] {
            let ground = Ground::new();
            let mut staging = ground.staging(can);
            for name in ["x.parquet", "x.part"] {
                fs::write(staging.fresh(OsStr::new(name)), "new").expect("there is room");
            }
            if taken {
                fs::write(ground.of("x.part"), "theirs").expect("there is room");
            }
            let names = ["x.parquet", "x.part"].map(|name| (OsString::from(name), None));
            assert_eq!(staging.place(true, &names).is_err(), taken);
            drop(staging);
            let kept = ["x-2.parquet: new", "x-2.part: new", "x.part: theirs"];
            assert_eq!(ground.holds(), if taken { &kept[..] } else { &["x.parquet: new", "x.part: new"] }, "{can:?}");
        }
    }
}

#[cfg(unix)]
#[test]
fn links_and_pipes_are_never_replaced() {
    for can in BOTH {
        let ground = Ground::new();
        std::os::unix::fs::symlink("elsewhere", ground.of("r")).expect("there is room");
        let mut staging = ground.staging(can);
        folder(&staging.fresh(OsStr::new("r")), "new");
        assert!(place(&mut staging, None, true).is_err(), "{can:?}");
        assert!(ground.of("r").is_symlink() && ground.of("r-2/text").exists(), "{can:?}");
    }
}

#[test]
fn a_rename_into_what_is_taken_changes_nothing() {
    for can in BOTH {
        for (is_folder, theirs) in [(true, true), (true, false), (false, true), (false, false)] {
            let ground = Ground::new();
            make(is_folder, &ground.of("from"), "own");
            make(theirs, &ground.of("to"), "theirs");
            let error = into_free(&ground.of("from"), &ground.of("to"), can).expect_err("it is taken");
            assert_eq!(error.kind(), std::io::ErrorKind::AlreadyExists, "{can:?}");
            assert_eq!(ground.holds(), ["from: own", "to: theirs"], "{can:?}");
        }
    }
    let ground = Ground::new();
    folder(&ground.of("a"), "a");
    folder(&ground.of("b"), "b");
    let least = exchange(&ground.of("a"), &ground.of("b"), Can::Least).expect_err("it cannot");
    assert_eq!(least.kind(), std::io::ErrorKind::Unsupported);
}

#[cfg(unix)]
#[test]
fn what_was_for_few_eyes_stays_so() {
    use std::os::unix::fs::PermissionsExt;
    let ground = Ground::new();
    folder(&ground.of("r"), "old");
    fs::set_permissions(ground.of("r"), fs::Permissions::from_mode(0o700)).expect("it is ours");
    let before = told(&ground.of("r"));
    let mut staging = ground.staging(Can::All);
    folder(&staging.fresh(OsStr::new("r")), "new");
    place(&mut staging, before, true).expect("it may be replaced");
    assert_eq!(fs::metadata(ground.of("r")).expect("it is there").permissions().mode() & 0o777, 0o700);
    let hidden = fs::metadata(staging.root()).expect("it is there").permissions().mode();
    assert_eq!(hidden & 0o777, 0o700, "nobody else sees what is half filled");
}

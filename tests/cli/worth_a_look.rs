//! What is sound but worth a look: told by `check`, `import` and at the foot of a run, and no reason to end otherwise unless asked.

use std::fs;
use std::path::Path;

use super::{alliance, place, scenario, text};

/// A starting file in which a number was meant in another unit.
fn with_a_slip(folder: &Path) {
    assert_eq!(alliance(folder, ["new", "two-force", "--out", "slip.toml"]).code, 0);
    let text = fs::read_to_string(folder.join("slip.toml")).expect("it is there");
    let slipped = text.replacen("budget      = 200.0", "budget      = 200000000.0", 1);
    assert_ne!(slipped, text);
    fs::write(folder.join("slip.toml"), slipped).expect("it can be written");
}

const NOTE: &str = "worth a look: force.North.budget: 200,000,000 is £200 million million a year";

#[test]
fn check_tells_a_note_and_ends_well_unless_it_is_strict() {
    let place = place();
    with_a_slip(place.path());
    let ended = alliance(place.path(), ["check", "slip.toml"]);
    assert_eq!(ended.code, 0, "{}", ended.err);
    assert!(ended.out.contains("slip.toml: sound.") && ended.out.contains(NOTE), "{}", ended.out);
    assert!(ended.out.contains("if £200m is meant, write 200."), "{}", ended.out);
    let ended = alliance(place.path(), ["check", "--strict", "slip.toml"]);
    assert_eq!(ended.code, 4, "{}", ended.err);
    assert!(ended.out.contains(NOTE) && ended.err.contains("1 thing is worth a look"), "{}{}", ended.out, ended.err);
    let ended = alliance(place.path(), ["check", "--strict", scenario("two-force").to_str().expect("UTF-8")]);
    assert_eq!((ended.code, ended.err.as_str()), (0, ""));
}

#[test]
fn the_foot_of_a_run_and_of_an_answer_tells_a_note_and_import_too() {
    let place = place();
    with_a_slip(place.path());
    let ended = alliance(place.path(), ["run", "slip.toml", "--trials", "200", "--no-charts"]);
    assert!(ended.code == 0 && ended.err.contains(NOTE), "{}", ended.err);
    let ended = alliance(place.path(), ["assumptions", "slip.toml", "--trials", "1000"]);
    assert!(ended.code == 0 && ended.err.contains(NOTE), "{}", ended.err);
    assert_eq!(alliance(place.path(), ["new", "slip.toml", "--xlsx", "--out", "slip.xlsx"]).code, 0);
    let ended = alliance(place.path(), ["import", "slip.xlsx", "--out", "again.toml"]);
    assert_eq!(ended.code, 0, "{}", ended.err);
    let told =
        "slip.xlsx, sheet Forces, cell D2: worth a look: force.North.budget: 200,000,000 is £200 million million";
    assert!(ended.out.contains(told), "{}", ended.out);
}

#[test]
fn a_paper_for_the_board_its_workbook_and_its_summary_tell_what_was_probably_not_meant() {
    let place = place();
    let file = scenario("two-force").to_str().expect("UTF-8").to_owned();
    let slip = ["--set", "alliance.\"Strategic alliance\".realisation=80"];
    let ways = ["--trials", "1000", "--out", "r"];
    let ended = alliance(place.path(), [&["report", &file], &slip[..], &ways].concat());
    assert_eq!(ended.code, 0, "{}", ended.err);
    let told = |file: &str| text(place.path().join(file));
    let note = "realisation: 80";
    assert!(told("r/report.html").contains("Worth a look before these figures are used"));
    assert!(told("r/report.html").contains(note) && told("r/summary.json").contains(note));
    let mut book = super::workbook::book(&place.path().join("r/report.xlsx"));
    let first = format!("{:?}", super::workbook::rows(&mut book, "Summary"));
    assert!(first.contains(note), "{first}");
    assert_eq!(alliance(place.path(), ["replay", "r"]).code, 0, "what is told is told again");
    let ended = alliance(place.path(), ["run", &file, "--trials", "500", "--out", "sound", "--report", "--no-charts"]);
    assert_eq!(ended.code, 0, "{}", ended.err);
    assert!(!told("sound/report.html").contains("Worth a look"));
}

#[test]
fn a_correlation_that_a_change_leaves_without_effect_is_no_error() {
    let place = place();
    let file = scenario("../tests/odd/data/base");
    let text = fs::read_to_string(file).expect("it is there");
    let tied = "\n[[correlation]]\nquantities = [\"alliance.Hub.realisation\", \"alliance.Hub.slip\"]\nrho = 0.5\n";
    fs::write(place.path().join("tied.toml"), text + tied).expect("it can be written");
    let (one, two) = (["--set", "alliance.Hub.slip=1"], ["--set", "alliance.Hub.realisation=0.8"]);
    for (changes, said) in [
        (vec![], None),
        (one.to_vec(), Some("only alliance.Hub.realisation")),
        ([one, two].concat(), Some("nothing that it names")),
    ] {
        let ended = alliance(place.path(), ["check", "tied.toml"].into_iter().chain(changes));
        assert_eq!(ended.code, 0, "{}", ended.err);
        assert_eq!(ended.out.contains("so it has no effect"), said.is_some(), "{}", ended.out);
        assert!(ended.out.contains(said.unwrap_or("sound")), "{}", ended.out);
    }
}

#[test]
fn text_of_another_encoding_is_named_as_what_it_is() {
    let place = place();
    let file = |name: &str, bytes: &[u8]| fs::write(place.path().join(name), bytes).expect("it can be written");
    let text = "format = 1\ntitle = \"x\"\n";
    let wide: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    file("wide.toml", &wide);
    file("marked.toml", &[&[0xff, 0xfe], wide.as_slice()].concat());
    file("big.toml", &text.encode_utf16().flat_map(u16::to_be_bytes).collect::<Vec<u8>>());
    file("windows.toml", b"format = 1\ntitle = \"\xa312m\"\n");
    for (name, said) in [
        ("wide.toml", "wide.toml:1:1: this file is UTF-16"),
        ("marked.toml", "marked.toml:1:1: this file is UTF-16"),
        ("big.toml", "big.toml:1:1: this file is UTF-16"),
        ("windows.toml", "windows.toml:2:10: this byte is not UTF-8; in the Windows encoding (ANSI) it is £"),
    ] {
        let ended = alliance(place.path(), ["check", name]);
        assert!(
            ended.code == 2 && ended.err.contains(said) && ended.err.contains("Save the file as UTF-8"),
            "{}",
            ended.err
        );
    }
}

#[test]
fn an_odd_character_in_a_change_is_named() {
    let place = place();
    let file = scenario("two-force");
    let file = file.to_str().expect("UTF-8");
    for (change, said) in [
        (
            "economy.pay_share=\u{2212}0.8",
            "economy.pay_share: \"\u{2212}0.8\" holds a minus sign of a document. Write an ordinary minus: -.",
        ),
        ("alliance.\u{201c}Strategic alliance\u{201d}.slip=1.2", "holds a curly quote. Write straight ones"),
        ("economy.pay_share=0,8", "economy.pay_share: a number is wanted here, this is the text \"0,8\". Write 0.8."),
        ("title=North \u{2013} South", ""),
    ] {
        let ended = alliance(place.path(), ["check", file, "--set", change]);
        assert_eq!(ended.code, if said.is_empty() { 0 } else { 2 }, "{change}: {}", ended.err);
        assert!(ended.err.contains(said), "{change}: {}", ended.err);
    }
}

#[test]
fn a_commission_is_checked_with_its_base_its_variants_and_its_sweeps() {
    let place = place();
    let shipped = scenario("what-ifs/late-platform");
    let ended = alliance(place.path(), ["check", shipped.to_str().expect("UTF-8")]);
    assert!(
        ended.code == 0 && ended.out.contains("late-platform.toml: sound. A commission about"),
        "{}{}",
        ended.out,
        ended.err
    );
    with_a_slip(place.path());
    let commission = |name: &str, more: &str| {
        let head = "format = 1\nbase = \"slip.toml\"\nmeasures = [\"npv\", \"npw\"]\n";
        fs::write(place.path().join(name), format!("{head}{more}")).expect("it can be written");
        alliance(place.path(), ["check", name])
    };
    let variant = "[[variant]]\nname = \"late\"\nset = ['alliance.\"Strategic alliance\".slip=2']\n";
    let ended = commission("measure.toml", variant);
    assert!(
        ended.code == 2 && ended.err.contains("measure.toml:3:20: measures: there is no measure \"npw\" here"),
        "{}",
        ended.err
    );
    let ended =
        commission("variant.toml", "[[variant]]\nname = \"late\"\nset = ['alliance.\"Strategic alliance\".slop=2']\n");
    assert!(
        ended.code == 2 && ended.err.contains("variant.toml:6:8: alliance.\"Strategic alliance\".slop"),
        "{}",
        ended.err
    );
    let ended = commission("sweep.toml", "[[sweep]]\nkey = 'alliance.\"Strategic alliance\".slop'\nvalues = [1, 2]\n");
    assert!(
        ended.code == 2 && ended.err.contains("sweep.toml:5:7: alliance.\"Strategic alliance\".slop"),
        "{}",
        ended.err
    );
    fs::write(place.path().join("sound.toml"), format!("format = 1\nbase = \"slip.toml\"\n{variant}"))
        .expect("it can be written");
    let ended = alliance(place.path(), ["check", "sound.toml"]);
    assert!(
        ended.code == 0 && ended.out.contains("1 variant, 0 sweeps") && ended.out.contains(NOTE),
        "{}{}",
        ended.out,
        ended.err
    );
}

#[test]
fn what_cannot_be_swept_is_told_with_a_command_that_works() {
    let place = place();
    assert_eq!(alliance(place.path(), ["new", "two-force", "--out", "two-force.toml"]).code, 0);
    let start = "alliance.\"Strategic alliance\".start";
    let ended = alliance(place.path(), ["what-if", "two-force.toml", "--sweep", &format!("{start}=2026-04,2027-04")]);
    assert!(ended.code == 2 && ended.err.contains(&format!("--set '{start}=2026-04'")), "{}", ended.err);
    let change = format!("{start}=2026-04");
    for asked in [
        ["--set", change.as_str()],
        ["--sweep", "economy.pay_share=0.7..0.8:3"],
        ["--sweep", "economy.pay_share=0.7,0.75,0.8"],
    ] {
        let ended = alliance(
            place.path(),
            ["what-if", "two-force.toml", "--trials", "200", "--no-charts", "--replace"].into_iter().chain(asked),
        );
        assert_eq!(ended.code, 0, "{asked:?}: {}", ended.err);
    }
    let ended = alliance(place.path(), ["what-if", "two-force.toml", "--sweep", "slip"]);
    assert!(ended.err.contains("economy.pay_share=0.7..0.8:3 or economy.pay_share=0.7,0.75,0.8"), "{}", ended.err);
}

//! Every option has its effect, or is refused.

use super::{alliance, place, scenario};

#[test]
fn options_that_can_have_no_effect_are_refused() {
    let place = place();
    let file = scenario("standalone");
    let file = file.to_str().expect("the path is UTF-8");
    let commission = "format = 1\nbase = \"x.toml\"\n[[variant]]\nname = \"v\"\nset = ['alliance.K={slip=2}']\n";
    std::fs::write(place.path().join("c.toml"), commission).expect("there is room");
    std::fs::write(place.path().join("x.toml"), include_str!("../bare.toml")).expect("there is room");
    for (asked, said) in [
        (&["discover", file, "--fail", "npv < inf"][..], "inf is not a finite number"),
        (&["discover", file, "--fail", "npv > -infinity"], "is not a finite number"),
        (&["discover", file, "--fail", "npv < nan"], "is not a finite number"),
        (&["discover", file, "--fail", "npv < 1e999"], "is not a finite number"),
        (&["discover", file, "--fail", "npv <"], "write an outcome"),
        (&["run", file, "--until", "nan%"], "a percentage above 0"),
        (&["run", file, "--until", "inf"], "a percentage above 0"),
        (&["run", file, "--until", "100%"], "below 100"),
        (&["run", file, "--seed", "-1"], "a whole number from 0 to 18,446,744,073,709,551,615"),
        (&["run", file, "--seed", "18446744073709551616"], "a whole number from 0 to 18,446,744,073,709,551,615"),
        (&["run", file, "--trials", "4000000001"], "from 1 to 4,000,000,000"),
        (&["run", file, "--threads", "1025"], "up to 1024"),
        (&["run", file, "--checkpoint", "k", "--every", "31536001"], "31536001 is not in"),
        (&["what-if", file, "--sweep", "economy.pay_share=0.1,inf"], "inf is not a finite number"),
        (&["check", "c.toml", "--resolved"], "it is a commission"),
        (&["run", file, "--set", "name='../../evil'"], "it leads elsewhere"),
        (&["run", file, "--set", "years=9", "--set", "years=10"], "on the command line: years: it is set twice"),
        (&["shard", file, "--part", "1/2", "--set", "name='/evil'"], "it leads elsewhere"),
    ] {
        let ended = alliance(place.path(), asked);
        assert!(ended.code == 2 && ended.err.contains(said), "{asked:?}: {} {}", ended.code, ended.err);
    }
    assert!(!place.path().parent().expect("a folder").join("evil").exists());
}

#[test]
fn quiet_prints_where_the_results_are_and_nothing_else() {
    let place = place();
    let file = scenario("two-force");
    let file = file.to_str().expect("the path is UTF-8");
    for asked in [&["run", file][..], &["explain", file, "--trials", "1000"]] {
        let ended = alliance(place.path(), asked.iter().chain(&["-q", "--no-charts", "--out", "r", "--replace"]));
        assert!(ended.code == 0 && ended.out == "r\n" && ended.err.is_empty(), "{} {}", ended.out, ended.err);
    }
    assert_eq!(alliance(place.path(), ["run", file, "-q", "--format", "json"]).code, 2);
}

#[test]
fn a_thing_set_as_a_whole_in_a_variant_takes_effect_or_is_refused() {
    let place = place();
    let write = |set: &str| {
        let text = format!("format = 1\nbase = \"x.toml\"\n[[variant]]\nname = \"v\"\nset = ['{set}']\n");
        std::fs::write(place.path().join("c.toml"), text).expect("there is room");
    };
    std::fs::write(place.path().join("x.toml"), include_str!("../bare.toml")).expect("there is room");
    let ask = || {
        alliance(
            place.path(),
            ["what-if", "c.toml", "--trials", "500", "--no-charts", "--format", "json", "--out", "o", "--replace"],
        )
    };
    write("alliance.K={slip=2}");
    let ended = ask();
    assert_eq!(ended.code, 0, "{}", ended.err);
    assert!(!ended.err.contains("changes nothing"), "{}", ended.err);
    write("alliance.K={}");
    assert!(ask().err.contains("this changes nothing: it is so already"));
    for set in ["force.A=1", "alliance.K={remove=true, slip=2}", "extends=\"y.toml\""] {
        write(set);
        let ended = ask();
        assert!(ended.code == 2 && ended.err.contains("c.toml:5:"), "{set}: {}", ended.err);
    }
}

#[test]
fn a_name_in_quotes_that_it_does_not_need_is_the_same_name() {
    let place = place();
    let file = scenario("two-force");
    let file = file.to_str().expect("the path is UTF-8");
    let quoted = "force.\"Dorset\".npv";
    let few = ["--trials", "1000"];
    for asked in [
        &["discover", file, "--fail", "force.\"Dorset\".npv < 0", "--out", "d"][..],
        &["explain", file, "--outcome", quoted, "--out", "e"],
        &["assumptions", file, "--outcome", quoted, "--out", "a"],
        &["what-if", file, "--set", "years=9", "--measure", quoted, "--out", "w"],
    ] {
        let ended = alliance(place.path(), [asked, &few].concat());
        assert_eq!(ended.code, 0, "{asked:?}: {}", ended.err);
    }
    let told = super::text(place.path().join("w/comparison.csv"));
    assert!(told.contains("force.Dorset.npv"), "{told}");
    // In files, too.
    let bare = include_str!("../bare.toml");
    let more = "[[correlation]]\nquantities = [\"alliance.'K'.area.\\\"y\\\".saving\", 'alliance.K.area.\"Road traffic\".saving']\nrho = 0.5\n\
                [[target]]\nmeasure = \"force.'A'.reserves\"\namount = 1\nyear = \"2027/28\"\n";
    std::fs::write(place.path().join("x.toml"), format!("{bare}{more}")).expect("there is room");
    let commission =
        "format = 1\nbase = \"x.toml\"\nmeasures = [\"force.'A'.npv\"]\n[[variant]]\nname = \"v\"\nset = ['years=9']\n";
    std::fs::write(place.path().join("c.toml"), commission).expect("there is room");
    for file in ["x.toml", "c.toml"] {
        let ended = alliance(place.path(), ["check", file]);
        assert_eq!(ended.code, 0, "{}{}", ended.out, ended.err);
    }
}

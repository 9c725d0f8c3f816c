//! `what-if`: commissions that come with the program, questions from the command line, and what is refused.

use super::{alliance, json, listing, place, scenario, text};

fn commission(name: &str) -> String {
    scenario("two-force").with_file_name("what-ifs").join(format!("{name}.toml")).to_string_lossy().into_owned()
}

const SHIPPED: [&str; 4] = ["half-the-savings", "late-platform", "new-commissioner", "spending-review"];

#[test]
fn every_commission_that_comes_with_the_program_is_answered() {
    let folder = scenario("two-force").with_file_name("what-ifs");
    let mut found: Vec<String> = folder
        .read_dir()
        .expect("the folder is there")
        .flatten()
        .filter_map(|entry| Some(entry.path().file_stem()?.to_string_lossy().into_owned()))
        .collect();
    found.sort();
    assert_eq!(found, SHIPPED);
    let place = place();
    for name in SHIPPED {
        let ended =
            alliance(place.path(), ["what-if", &commission(name), "--trials", "500", "--no-charts", "--out", name]);
        assert_eq!(ended.code, 0, "{name}: {}", ended.err);
        assert!(ended.out.lines().all(|line| line.chars().count() <= 100), "{}", ended.out);
        let summary = json(place.path().join(name).join("summary.json"));
        let question = summary["asked"]["question"].as_str().expect("it is asked").to_owned();
        assert!(ended.out.starts_with(&question[..40]) && !summary["answer"].as_array().expect("sentences").is_empty());
    }
}

/// The answer to the question of a commission, its first sentence first.
fn answer(name: &str, trials: &str) -> Vec<String> {
    let place = place();
    let ended = alliance(place.path(), ["what-if", &commission(name), "--trials", trials, "--no-charts", "--out", "w"]);
    assert_eq!(ended.code, 0, "{}", ended.err);
    let summary = json(place.path().join("w/summary.json"));
    let said = summary["answer"].as_array().expect("sentences");
    said.iter().map(|one| one.as_str().expect("text").to_owned()).collect()
}

#[test]
fn the_first_sentence_answers_the_whole_question() {
    // Does it still pay, and do the reserves of either hold?
    let said = answer("spending-review", "2000");
    for told in
        ["net present value is above 0 in", "Dorset falls to the floor of its reserves is", "Cornwall falls to the"]
    {
        assert!(said[0].contains(told), "{told}: {}", said[0]);
    }
    // How long does it last, and who pays? What is told is not told again.
    let said = answer("new-commissioner", "2000");
    for told in [
        "Strategic alliance lasts to the end in",
        "in one future in ten it has ended by",
        "Dorset loses is",
        "Devon & Cornwall loses is",
    ] {
        assert!(said[0].contains(told), "{told}: {}", said[0]);
    }
    assert!(
        !said[1].contains("in the base, ") && !said.iter().any(|one| one.starts_with("Dorset: chance")),
        "{said:?}"
    );
}

#[test]
fn a_state_of_the_world_is_not_told_as_an_option_to_choose() {
    for name in ["new-commissioner", "half-the-savings"] {
        let said = answer(name, "2000").join(" ");
        assert!(said.contains(" less the base: net present value differs by"), "{said}");
        assert!(!said.contains("best option") && !said.contains("better of the two"), "{said}");
    }
}

#[test]
fn of_a_date_that_may_never_come_no_mean_is_told() {
    let place = place();
    let file = commission("new-commissioner");
    let ended = alliance(place.path(), ["what-if", &file, "--trials", "2000", "--out", "w", "--report"]);
    assert_eq!(ended.code, 0, "{}", ended.err);
    assert!(ended.out.contains("never, of futures"), "{}", ended.out);
    let summary = json(place.path().join("w/summary.json"));
    let measures = summary["sweeps"][0]["measures"].as_array().expect("measures");
    let at = measures.iter().position(|own| own["measure"].as_str().is_some_and(|name| name.ends_with("ended_at")));
    let event = measures.iter().find(|own| own["measure"].as_str().is_some_and(|name| name.ends_with(".ended")));
    let (date, event) = (&measures[at.expect("asked for")], event.expect("asked for"));
    // What has not ended by the end of the scenario has not ended: the two shares make one.
    for (date, event) in
        date["points"].as_array().into_iter().flatten().zip(event["points"].as_array().into_iter().flatten())
    {
        let never = date["own"]["missing"]["value"].as_f64().expect("a share");
        let ended = event["own"]["mean"]["value"].as_f64().expect("a chance");
        assert!((never + ended - 1.0).abs() < 1e-9, "{never} {ended}");
    }
    let chart = text(place.path().join(format!("w/charts/sweep-1-{}.svg", at.expect("asked for") + 1)));
    assert!(
        chart.contains("never in") && chart.contains("never, % of futures") && !chart.contains("on average"),
        "{chart}"
    );
}

#[test]
fn a_swept_value_has_its_unit() {
    let place = place();
    let file = commission("half-the-savings");
    let ended = alliance(place.path(), ["what-if", &file, "--trials", "1000", "--out", "w"]);
    assert_eq!(ended.code, 0, "{}", ended.err);
    for told in ["goes from 10% of the plan to 110% of the", "time to business cases 3 times the plan"] {
        assert!(ended.out.split_whitespace().collect::<Vec<_>>().join(" ").contains(told), "{told}: {}", ended.out);
    }
    let (line, map) =
        (text(place.path().join("w/charts/sweep-1-1.svg")), text(place.path().join("w/charts/sweep-2-1.svg")));
    assert!(line.contains("turns up, % of the plan"), "{line}");
    assert!(map.contains("combinations of values") && map.contains("0.9 times the plan"), "{map}");
}

#[test]
fn an_answer_replays_with_its_variants_sweeps_and_charts() {
    let place = place();
    let file = commission("half-the-savings");
    let ended = alliance(place.path(), ["what-if", &file, "--trials", "800", "--threads", "1", "--out", "a"]);
    assert_eq!(ended.code, 0, "{}", ended.err);
    let left = listing(&place.path().join("a"));
    for file in
        ["comparison.csv", "sweeps.csv", "charts/npv-exceedance.svg", "charts/sweep-1-1.png", "charts/sweep-2-1.svg"]
    {
        assert!(left.iter().any(|name| name == file), "no {file} in {left:?}");
    }
    let replayed = alliance(place.path(), ["replay", "a", "--threads", "3"]);
    assert_eq!(replayed.code, 0, "{}", replayed.err);
    assert!(replayed.out.starts_with("Savings are realised at half"), "{}", replayed.out);
}

#[test]
fn a_sweep_tells_what_a_comparison_of_the_same_change_tells() {
    let place = place();
    let file = scenario("two-force");
    let file = file.to_str().expect("the path is UTF-8");
    let key = "alliance.\"Strategic alliance\".realisation";
    let (sweep, set) = (format!("{key}=0.4,0.5,0.6"), format!("{key}=0.5"));
    let arguments =
        ["what-if", file, "--sweep", &sweep, "--set", &set, "--trials", "2000", "--no-charts", "--out", "w"];
    let ended = alliance(place.path(), arguments);
    assert_eq!(ended.code, 0, "{}", ended.err);
    let summary = json(place.path().join("w/summary.json"));
    let swept = &summary["sweeps"][0]["measures"][0];
    let varied = &summary["comparison"]["measures"][0];
    assert_eq!((&swept["measure"], &varied["measure"]), (&"npv".into(), &"npv".into()));
    assert_eq!(swept["points"][1]["own"], varied["options"][1]["own"]);
    assert_eq!(swept["points"][1]["difference"], varied["options"][1]["against"]["difference"]["mean"]);
    let mean = |k: usize| swept["points"][k]["own"]["mean"]["value"].as_f64().expect("a mean");
    assert!(mean(0) < mean(1) && mean(1) < mean(2), "more realised is worth more");
    let rows = text(place.path().join("w/sweeps.csv"));
    assert!(rows.lines().count() > 3 && rows.contains(",npv,"), "{rows}");
}

#[test]
fn what_is_wrong_with_a_question_is_told_with_its_place_all_at_once() {
    let place = place();
    let base = scenario("two-force").to_string_lossy().replace('\\', "/");
    let file = place.path().join("bad.toml");
    let written = format!(
        "format = 1\nbase = \"{base}\"\nquestoin = \"?\"\n[[variant]]\nname = \"a\"\nset = ['years']\n[[variant]]\nname = \"a\"\nset = ['alliance.\"Strategic alliance\".slip = 2']\n[[sweep]]\nkey = 'years'\nvalues = [8, 9]\n[[sweep]]\nkey = 'x'\nfrom = 1\n"
    );
    std::fs::write(&file, written).expect("there is room");
    let ended = alliance(place.path(), ["what-if", "bad.toml"]);
    assert_eq!(ended.code, 2);
    for said in [
        "bad.toml:3:1: questoin: there is no key `questoin` here. Did you mean \"question\"?",
        "has no =",
        "two variants are called \"a\"",
        "years cannot be swept",
        "a sweep has either values, or from and to",
    ] {
        assert!(ended.err.contains(said), "no '{said}' in\n{}", ended.err);
    }
    assert_eq!(listing(place.path()), ["bad.toml"]);
}

#[test]
fn several_faults_of_a_commission_and_its_base_are_told_in_one_pass_and_none_twice() {
    let place = place();
    std::fs::write(place.path().join("base.toml"), include_str!("../bare.toml").replace("budget = 60", "budget = -60"))
        .expect("written");
    std::fs::write(place.path().join("good.toml"), include_str!("../bare.toml")).expect("written");
    let question = |base: &str| {
        format!(
            "format = 1\nbase = \"{base}\"\nmeasures = [\"npv\", \"nothing\"]\n[[variant]]\nname = \"v\"\nset = [\"years=9\"]\n\
             [[variant]]\nname = \"v\"\nset = [\"a b\"]\n[[sweep]]\nkey = \"ledger.gap_closure\"\nfrom = 0.1\nto = 0.3\nsteps = 99\n\
             [[sweep]]\nkey = \"alliance.K.start\"\nvalues = [\"2026-04\", \"2027-04\"]\n"
        )
    };
    std::fs::write(place.path().join("q.toml"), question("base.toml")).expect("written");
    let ended = alliance(place.path(), ["check", "q.toml"]);
    for said in [
        "q.toml:8:8: variant.v: two variants are called \"v\"",
        "q.toml:9:8: a b: has no =",
        "q.toml:14:9: sweep[0].steps: 99 is out of range",
        "q.toml:17:11: sweep[1].values: a number is wanted here, this is the text \"2026-04\"",
        "base.toml:17:10: force.B.budget: -60 is out of range",
    ] {
        assert!(ended.err.contains(said), "no '{said}' in\n{}", ended.err);
    }
    assert!(!ended.err.contains("either values, or from and to"), "{}", ended.err);
    assert!(!ended.err.contains("changes nothing"), "{}", ended.err);
    // Measures too, where the base can be read.
    std::fs::write(place.path().join("q.toml"), question("good.toml")).expect("written");
    let ended = alliance(place.path(), ["check", "q.toml"]);
    for said in ["q.toml:3:20: measures: there is no measure \"nothing\" here", "sweep[0].steps"] {
        assert!(ended.err.contains(said), "no '{said}' in\n{}", ended.err);
    }
    let sound = "format = 1\nbase = \"good.toml\"\nmeasures = [\"npv\", \"nothing\"]\n[[variant]]\nname = \"v\"\nset = [\"years=9\"]\n";
    std::fs::write(place.path().join("q.toml"), sound).expect("written");
    let ended = alliance(place.path(), ["what-if", "q.toml", "--trials", "64"]);
    assert!(ended.code == 2 && ended.err.contains("q.toml:3:20: measures:"), "{}", ended.err);
}

#[test]
fn two_keys_on_the_command_line_make_a_map_and_what_is_asked_for_has_its_charts() {
    let place = place();
    let file = scenario("two-force");
    let file = file.to_str().expect("the path is UTF-8");
    let (slip, team) = ("alliance.\"Strategic alliance\".slip", "alliance.\"Strategic alliance\".team");
    let (sweep, set) = (format!("{slip}=1,2; {team}=1,2,3"), format!("{slip}=2"));
    let asked = ["--measure", "npv", "--measure", "payback", "--measure", "force.Dorset.loses"];
    let ended = alliance(
        place.path(),
        [&["what-if", file, "--sweep", &sweep, "--set", &set, "--trials", "1000", "--out", "w"], &asked[..]].concat(),
    );
    assert_eq!(ended.code, 0, "{}", ended.err);
    let unwrapped = ended.out.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(unwrapped.contains("across: Strategic alliance: programme team"), "{}", ended.out);
    let summary = json(place.path().join("w/summary.json"));
    let swept = &summary["sweeps"][0];
    assert_eq!(swept["across"]["values"].as_array().map(Vec::len), Some(3));
    assert_eq!(swept["measures"][0]["points"].as_array().map(Vec::len), Some(6));
    let left = listing(&place.path().join("w"));
    for chart in ["charts/asked-1.svg", "charts/chances.png", "charts/sweep-1-1.svg"] {
        assert!(left.iter().any(|name| name == chart), "{chart} in {left:?}");
    }
}

#[test]
fn a_measure_a_key_or_a_variation_that_is_not_there_is_refused() {
    let place = place();
    let file = scenario("two-force");
    let file = file.to_str().expect("the path is UTF-8");
    let change = "alliance.\"Strategic alliance\".slip=2";
    for (arguments, said) in [
        (vec!["what-if", file], "needs something that is varied"),
        (vec!["what-if", file, "--set", change, "--measure", "nvp"], "Did you mean \"npv\"?"),
        (vec!["what-if", file, "--sweep", "alliance.\"Strategic alliance\".slop=1,2"], "Did you mean \"slip\"?"),
        (vec!["what-if", file, "--set", change, "--measure", "npv,payback"], "one at a time: \"npv\", \"payback\""),
        (vec!["what-if", file, "--sweep", "slip=2,1"], "rising order"),
        (vec!["what-if", file, "--sweep", "slip=1,50%"], "\"50%\" is no number as it is written here. Write 0.5"),
        (vec!["what-if", file, "--sweep", "slip=1,2;share"], "write KEY=FROM..TO:STEPS"),
        (vec!["what-if", "nowhere.toml"], "nowhere.toml"),
    ] {
        let ended = alliance(place.path(), arguments);
        assert_eq!(ended.code, 2, "{}", ended.out);
        assert!(ended.err.contains(said), "no '{said}' in\n{}", ended.err);
    }
    assert_eq!(listing(place.path()), Vec::<String>::new());
}

#[test]
fn a_switching_value_says_how_little_two_points_tell() {
    let place = place();
    let file = scenario("two-force").to_string_lossy().into_owned();
    let sweep = |values: &str| {
        let sweep = format!("alliance.\"Strategic alliance\".exit.election_weight={values}");
        let ended = alliance(
            place.path(),
            ["what-if", &file, "--sweep", &sweep, "--trials", "20000", "--no-charts", "--replace", "--out", "w"],
        );
        assert_eq!(ended.code, 0, "{}", ended.err);
        let switch = json(place.path().join("w/summary.json"))["sweeps"][0]["measures"][0]["switches"][0].clone();
        (ended.out.split_whitespace().collect::<Vec<_>>().join(" "), switch)
    };
    let (said, two) = sweep("0,3");
    assert!(said.contains("below a value between 0 and 3"), "{said}");
    let (said, fine) = sweep("0..3:13");
    assert!(said.contains("by a straight line between values swept"), "{said}");
    let (_, coarse) = sweep("0..3:7");
    let of = |switch: &serde_json::Value, name: &str| switch["at"][name].as_f64().expect("a number");
    for other in [&two, &coarse] {
        let apart = (of(other, "value") - of(&fine, "value")).abs();
        assert!(apart <= 2.0 * of(other, "error").hypot(of(&fine, "error")), "{other} {fine}");
    }
}

#[test]
fn a_commission_may_change_its_base_and_keep_the_plan_while_a_key_is_swept() {
    let place = place();
    let base = scenario("two-force").to_string_lossy().into_owned();
    let key = "alliance.\"Strategic alliance\".realisation";
    let write = |plan: &str| {
        let text = format!(
            "format = 1\nbase = \"{base}\"\nset = ['{key} = {{ value = 1, plan = 1 }}']\n\
             [[variant]]\nname = \"half\"\nset = ['{key} = {{ value = 0.5, plan = 1 }}']\n\
             [[sweep]]\nname = \"share\"\nkey = '{key}'\nvalues = [0.5, 1]\n{plan}"
        );
        std::fs::write(place.path().join("q.toml"), text).expect("it is written");
        let checked = alliance(place.path(), ["check", "q.toml"]);
        assert_eq!(checked.code, 0, "{}", checked.err);
        let ended =
            alliance(place.path(), ["what-if", "q.toml", "--trials", "2000", "--no-charts", "--replace", "--out", "q"]);
        assert_eq!(ended.code, 0, "{}", ended.err);
        json(place.path().join("q/summary.json"))
    };
    let npv = |summary: &serde_json::Value, path: &[usize; 2]| {
        let mean = |own: &serde_json::Value| own["mean"]["value"].as_f64().expect("a mean");
        let options = &summary["comparison"]["measures"][0]["options"];
        let points = &summary["sweeps"][0]["measures"][0]["points"];
        (mean(&options[path[0]]["own"]), mean(&points[path[1]]["own"]))
    };
    let kept = write("plan = 1\n");
    // The base is the upper point, the variant the lower one: the same changes, the same figures.
    for path in [[0, 1], [1, 0]] {
        let (option, point) = npv(&kept, &path);
        assert!((option - point).abs() < 1e-9, "{option} {point}");
    }
    assert!(!kept["answer"].to_string().contains("The plan changes too"), "it is kept");
    // With the plan at half as well members miss nothing, and stay more often.
    let (_, lower) = npv(&write(""), &[1, 0]);
    let (half, _) = npv(&kept, &[1, 0]);
    assert!(lower > half, "{lower} {half}");
    let replayed = alliance(place.path(), ["replay", "q"]);
    assert_eq!(replayed.code, 0, "{}", replayed.err);
}

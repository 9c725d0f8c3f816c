//! `futures`: questions to the futures that a run kept.

use std::fs;

use super::{alliance, json, place, run_well};

/// 4,000 kept futures of two forces in the folder `kept`.
fn kept() -> tempfile::TempDir {
    let place = place();
    run_well(place.path(), "two-force", &["--trials", "4000", "--keep-trials", "--out", "kept"]);
    place
}

fn asked(place: &tempfile::TempDir, more: &[&str]) -> serde_json::Value {
    let ended = alliance(place.path(), [&["futures", "kept", "--format", "json"], more].concat());
    assert_eq!(ended.code, 0, "{more:?}: {}", ended.err);
    serde_json::from_str(&ended.out).expect("JSON")
}

#[test]
fn the_futures_that_were_kept_agree_with_what_the_run_says_of_them() {
    let place = kept();
    let summary = json(place.path().join("kept/summary.json"));
    let all = asked(&place, &["--show", "npv,payback"]);
    let (npv, payback) = (&all["groups"][0]["shown"][0], &all["groups"][0]["shown"][1]);
    let near = |a: &serde_json::Value, b: &serde_json::Value, within: f64| {
        let of = |v: &serde_json::Value| v["value"].as_f64().unwrap_or_else(|| panic!("{v} is no figure"));
        assert!((of(a) - of(b)).abs() <= within, "{a} and {b}");
    };
    // Means are sums in another order; percentiles of the run are read off bins, which their errors contain.
    near(&npv["mean"], &summary["whole"]["npv"]["mean"], 1e-9);
    for p in ["p10", "p50", "p90"] {
        let error = summary["whole"]["npv"][p]["error"].as_f64().expect("an error");
        near(&npv[p], &summary["whole"]["npv"][p], error);
        let ratio = npv[p]["error"].as_f64().expect("an error") / error;
        assert!((0.7..1.4).contains(&ratio), "{p}: errors {ratio} of one another");
    }
    // What never pays back counts as later than every date.
    assert_eq!(payback["p90"], serde_json::Value::Null);
    assert_eq!(summary["whole"]["payback"]["p90"], serde_json::Value::Null);
    near(&payback["p50"], &summary["whole"]["payback"]["p50"], 0.1);
    let below = asked(&place, &["--where", "npv < 0"]);
    let not = asked(&place, &["--where", "not npv < 0"]);
    let count = |answer: &serde_json::Value| answer["futures"].as_u64().expect("a count");
    assert_eq!(count(&below) + count(&not), 4000);
    let gains = summary["whole"]["npv_above_zero"]["value"].as_f64().expect("a chance");
    assert!((below["share"]["value"].as_f64().expect("a share") + gains - 1.0).abs() < 1e-12);
}

#[test]
fn groups_part_the_futures_and_name_what_they_have_in_common() {
    let place = kept();
    let answer = asked(&place, &["--where", "npv < 0", "--by", "funding.regime[2018/19]", "--show", "npv"]);
    let groups = answer["groups"].as_array().expect("groups");
    let names: Vec<&str> = groups.iter().filter_map(|group| group["keys"][0]["says"].as_str()).collect();
    assert_eq!(names, ["austerity", "flat cash", "growth"]);
    let futures: u64 = groups.iter().filter_map(|group| group["futures"].as_u64()).sum();
    assert_eq!(answer["futures"].as_u64(), Some(futures));
    let shares: f64 = groups.iter().filter_map(|group| group["share"]["value"].as_f64()).sum();
    assert!((shares - 1.0).abs() < 1e-12);
    let austere = asked(&place, &["--where", "npv < 0 and funding.regime[2018/19] = austerity"]);
    assert_eq!(austere["futures"], groups[0]["futures"]);
    let flat = asked(&place, &["--where", "npv < 0 and funding.regime[2018/19] = \"flat cash\""]);
    assert_eq!(flat["futures"], groups[1]["futures"]);
    // What happens or does not is told as that, and not by its chance.
    let ended = alliance(place.path(), ["futures", "kept", "--by", "alliance.\"Strategic alliance\".ended"]);
    for told in ["What happens ", "Strategic alliance ends within", "Strategic alliance does not end"] {
        assert!(ended.out.contains(told), "{told}: {}", ended.out);
    }
    // The finding stands first: where the figure is highest and where lowest; not where some group is of a handful.
    assert!(
        ended.out.contains("• Net present value is £")
            && ended.out.contains("on average where Strategic alliance does not end"),
        "{}",
        ended.out
    );
    let three = "funding.regime[2016/17],funding.regime[2019/20],funding.regime[2024/25]";
    let ended = alliance(place.path(), ["futures", "kept", "--by", three, "--show", "npv"]);
    assert!(ended.code == 0 && !ended.out.contains("on average where"), "{}", ended.out);
    let screen = alliance(place.path(), ["futures", "kept", "--by", "npv", "--show", "payback,peak_funding_need"]);
    assert_eq!(screen.code, 0, "{}", screen.err);
    assert!(screen.out.lines().all(|line| line.chars().count() <= 100), "{}", screen.out);
    let figures = alliance(place.path(), ["futures", "kept", "--show", "npv,payback"]);
    assert!(figures.out.contains("missing in") && !figures.out.contains("comparison.csv"), "{}", figures.out);
    let csv = alliance(place.path(), ["futures", "kept", "--by", "npv", "--format", "csv"]);
    assert_eq!(csv.out.lines().count(), 5, "{}", csv.out);
    assert!(
        csv.out.starts_with("npv,trials,where_share,where_share_error,where_share_low,where_share_high,futures,share,"),
        "{}",
        csv.out
    );
}

#[test]
fn an_input_is_told_in_its_own_unit() {
    let place = kept();
    let [lateness, share, years, incident, inflation] = [
        "alliance.\"Strategic alliance\".slip",
        "alliance.\"Strategic alliance\".realisation",
        "alliance.\"Strategic alliance\".ict_ready",
        "force.Dorset.surge[2018/19]",
        "economy.inflation[2018/19]",
    ];
    let show = [lateness, share, years, incident, inflation].join(",");
    let answer = asked(&place, &["--show", &show]);
    let units: Vec<&str> = (0..5).filter_map(|k| answer["groups"][0]["shown"][k]["unit"].as_str()).collect();
    assert_eq!(units, ["ratio", "share", "years", "officers", "share"]);
    let screen = alliance(place.path(), ["futures", "kept", "--by", share, "--show", share]);
    assert!(screen.out.contains("realisation of savings, % of the plan"), "{}", screen.out);
    assert!(screen.out.lines().any(|line| line.contains("% to ") && line.contains("±0.")), "{}", screen.out);
}

#[test]
fn a_question_that_cannot_be_answered_says_what_would_be_right() {
    let place = kept();
    for (more, wanted) in [
        (&["--where", "netto < 0"][..], "where: no column is called netto"),
        (&["--where", "npvv < 0"], "Did you mean \"npv\"?"),
        (&["--where", "left"], "name whose it is, such as alliance."),
        (
            &["--show", "saving_cashable"],
            "show: saving_cashable has a value for each year: name one, such as saving_cashable[",
        ),
        (
            &["--by", "funding.regime"],
            "by: funding.regime has a value for each year: name one, such as input.funding.regime[",
        ),
        (&["--where", "npv"], "npv is neither yes nor no: compare it, such as --where 'npv > 0'"),
        (&["--where", "npv <"], "something is missing at its end"),
        (&["--where", "npv < 1,000"], "Write 1000"),
        (&["--where", "npv < austerity"], "austerity is a value that has a name: compare it by = or != with a column"),
        (&["--where", "npv = yes"], "yes is a value that has a name"),
        (&["--where", "funding.regime[2018/19] < austerity"], "compare it by = or !="),
        (&["--where", "austerity"], "austerity by itself is no condition"),
        (&["--where", "npv < −5"], "Write -5"),
        (
            &["--show", "funding.regime[2018/19]"],
            "show: the values of input.funding.regime[2018/19] have names, and no mean: put the futures in groups by it, such as --by",
        ),
        (
            &["--show", "\"force.Dorset.loses\""],
            "show: no column is called \"force.Dorset.loses\": write force.Dorset.loses, without",
        ),
        (
            &["--by", "funding.regime[2040/41]"],
            "by: funding.regime has no value for 2040/41: its years are 2015/16 to 2025/26",
        ),
        (&["--show", "npv,,payback"], "between two commas a name is wanted"),
    ] {
        let ended = alliance(place.path(), [&["futures", "kept"], more].concat());
        assert_eq!(ended.code, 2, "{more:?}: {}", ended.err);
        assert!(ended.err.contains(wanted), "{more:?}: {}", ended.err);
        assert_eq!(ended.out, "", "{more:?}");
    }
}

#[test]
fn what_are_no_futures_of_the_run_are_refused() {
    let place = kept();
    let refused = |folder: &str, wanted: &str| {
        let ended = alliance(place.path(), ["futures", folder]);
        assert_eq!(ended.code, 2, "{folder}: {}", ended.err);
        assert!(ended.err.contains(wanted), "{folder}: {}", ended.err);
    };
    run_well(place.path(), "two-force", &["--trials", "300", "--out", "none"]);
    refused("none", "none: it keeps no futures; give the folder of a run made with --keep-trials");
    let no_run = "this is no folder of a run; give the folder of a run made with --keep-trials";
    let scenario = fs::canonicalize("scenarios/two-force.toml").expect("it is shipped");
    for other in [scenario.to_str().expect("plain"), "kept/trials.parquet", "."] {
        refused(other, no_run);
    }
    run_well(place.path(), "two-force", &["--trials", "300", "--keep-trials", "--out", "other"]);
    fs::copy(place.path().join("other/trials.parquet"), place.path().join("kept/trials.parquet")).expect("copied");
    refused("kept", "holds 300 futures, where the manifest says 4000");
    fs::write(place.path().join("kept/trials.parquet"), "no Parquet").expect("written");
    refused("kept", "it is no Parquet file that can be read");
    fs::remove_file(place.path().join("kept/trials.parquet")).expect("removed");
    refused("kept", "trials.parquet");
    refused("nowhere", "nowhere");
}

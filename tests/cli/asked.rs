//! What a manifest keeps is a request: asked again without a file, a folder or a terminal, it has the same answer.

use std::sync::Arc;

use app::{Engine, Means, Request};
use serde_json::{Value, json};

use super::valid::wrong;
use super::{alliance, json as read, place, scenario};

/// The JSON Schema of requests, as the program prints it.
fn schema() -> Value {
    let printed = alliance(&std::env::temp_dir(), ["schema", "request"]);
    assert_eq!(printed.code, 0, "{}", printed.err);
    serde_json::from_str(&printed.out).expect("a schema")
}

fn means() -> Means {
    let engine = Engine { version: "0.0.0".to_owned(), figures: 0, commit: None };
    Means { engine, threads: 1, interrupt: Arc::default() }
}

/// Asks again what the manifest of a folder keeps.
fn again(folder: &std::path::Path) -> (Request, String) {
    let mut manifest: Value = read(folder.join("manifest.json"));
    let request: Request = serde_json::from_value(manifest["request"].take()).expect("a request");
    let engine: Engine = serde_json::from_value(manifest["engine"].take()).expect("an engine");
    let answer = app::ask(&request, &Means { engine, threads: 1, interrupt: Arc::default() }).expect("it is answered");
    (request, answer.json().expect("it has a form"))
}

#[test]
fn every_question_is_answered_from_plain_data_as_the_command_line_answers_it() {
    let (place, schema) = (place(), schema());
    let two = scenario("two-force");
    let (two, three) = (two.to_string_lossy().into_owned(), scenario("three-force").to_string_lossy().into_owned());
    let lead = scenario("lead-force").to_string_lossy().into_owned();
    let asked = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/what-ifs/half-the-savings.toml");
    let asked = asked.to_string_lossy().into_owned();
    let questions: [&[&str]; 13] = [
        &["run", &two],
        &["run", &two, "--until", "20%", "--sampler", "sobol"],
        &["compare", &two, &lead],
        &["what-if", &two, "--set", "economy.pay_share=0.8", "--sweep", "economy.pay_share=0.7,0.75,0.8"],
        &["what-if", &asked, "--measure", "npv"],
        &["explain", &two, "--outcome", "payback"],
        &["explain", &two, "--against", &lead, "--years", "9"],
        &["discover", &two, "--fail", "npv < 3"],
        &["shares", &three],
        &["optimise", &two, "--percentile", "10"],
        &["assumptions", &two],
        &["report", &two],
        &["report", &two, &three, "--years", "8"],
    ];
    for (k, question) in questions.iter().enumerate() {
        let folder = format!("r{k}");
        let ended = alliance(
            place.path(),
            question.iter().copied().chain(["--trials", "2000", "--seed", "7", "--out", &folder]),
        );
        assert_eq!(ended.code, 0, "{question:?}: {}", ended.err);
        let folder = place.path().join(folder);
        let (request, said) = again(&folder);
        assert_eq!(request.question.verb().name(), question[0]);
        // What is published of requests holds of it, and it is read back as it was written.
        let text = serde_json::to_string(&request).expect("plain data");
        let plain: Value = serde_json::from_str(&text).expect("JSON");
        assert_eq!(wrong(&schema, &plain, &schema), Vec::<String>::new(), "{question:?}");
        assert_eq!(serde_json::from_str::<Request>(&text).expect("a request"), request, "{question:?}");
        assert_eq!(said, std::fs::read_to_string(folder.join("summary.json")).expect("it is there"), "{question:?}");
    }
}

#[test]
fn a_request_that_asks_for_too_much_or_for_what_there_is_not_has_no_answer_but_words() {
    let place = place();
    let ended = alliance(
        place.path(),
        ["run", &*scenario("two-force").to_string_lossy(), "--no-charts", "--trials", "500", "--out", "r"],
    );
    assert_eq!(ended.code, 0, "{}", ended.err);
    let (request, _) = again(&place.path().join("r"));
    let (schema, means) = (schema(), means());
    let keys = |of: &Value| of.as_object().expect("an object").keys().cloned().collect::<Vec<_>>();
    assert_eq!(keys(&schema["properties"]), keys(&serde_json::to_value(&request).expect("plain data")));
    let plain = serde_json::to_value(&request).expect("plain data");
    let cases: [(&str, Value, &str); 7] = [
        ("/format", 2.into(), "this is request format 2"),
        ("/draws/trials", 0.into(), "trials: a whole number from 1"),
        ("/question", json!({ "verb": "explain", "outcome": "npv" }), "explain takes from 1,000"),
        ("/question", json!({ "verb": "compare" }), "compare takes two scenarios or more"),
        ("/scenarios", json!([]), "there is no scenario"),
        ("/scenarios/0/title", "Other".into(), "is not the title"),
        (
            "/scenarios/0/resolved/years",
            (-1).into(),
            "in the scenario \"two-force\" with every default filled in: years",
        ),
    ];
    for (key, value, said) in cases {
        let mut other = plain.clone();
        *other.pointer_mut(key).expect("it is there") = value;
        let other: Request = serde_json::from_value(other).expect("it has the form of a request");
        let error = app::ask(&other, &means).expect_err(key);
        assert!(error.to_string().contains(said), "{key}: {error}");
        assert_eq!(error.kind(), app::Kind::Input);
    }
    // Stopped from outside, it says so.
    means.interrupt.stop.store(true, std::sync::atomic::Ordering::Relaxed);
    assert_eq!(app::ask(&request, &means).expect_err("it was stopped").kind(), app::Kind::Stopped);
    // What no question knows is told, not passed over.
    for (key, value) in [("/question", json!({ "verb": "run", "years": 9 })), ("/draws", json!({}))] {
        let mut other = plain.clone();
        *other.pointer_mut(key).expect("it is there") = value;
        assert!(serde_json::from_value::<Request>(other).is_err(), "{key}");
    }
}

/// The first line of what is said, without what a part of the question is called.
fn without_name<'a>(said: &'a str, names: &[&str]) -> &'a str {
    let line = said.lines().next().unwrap_or_default();
    names.iter().find_map(|name| line.strip_prefix(name)?.strip_prefix(": ")).unwrap_or(line)
}

#[test]
fn what_may_not_be_asked_is_refused_in_the_same_words_at_the_command_line_and_as_a_request() {
    let place = place();
    let files = ["standalone", "two-force"].map(|name| scenario(name).to_string_lossy().into_owned());
    let [alone, two] = &files;
    let simulated = |file: &String| {
        let loaded = language::load(std::path::Path::new(file), &[]).expect("a sound scenario");
        serde_json::to_value(app::Simulated::of(&loaded)).expect("plain data")
    };
    let [alone_of, two_of] = [alone, two].map(simulated);
    let draws = |trials: u64, sampler: &str| json!({ "trials": trials, "seed": 1, "sampler": sampler });
    let (few, plain) = (draws(10, "plain"), draws(1_000, "plain"));
    let lever = "alliance.\"Strategic alliance\".slip";
    let axis = |values: &[f64]| json!({ "key": lever, "values": values });
    let sweep = json!({ "name": "Strategic alliance: time to business cases", "along": axis(&[1.0, 2.0]) });
    let once = format!("{lever}=1,2");
    let asked: [(&[&str], Value, Value, &str); 15] = [
        (&["compare", two], json!({ "verb": "compare" }), plain.clone(), "compare takes two scenarios or more"),
        (
            &["explain", two, "--years", "9"],
            json!({ "verb": "explain", "outcome": "npv", "years": 9 }),
            plain.clone(),
            "of one, set its own `years`",
        ),
        (
            &["report", two, "--years", "9"],
            json!({ "verb": "report", "years": 9 }),
            plain.clone(),
            "of one, set its own `years`",
        ),
        (&["what-if", two], json!({ "verb": "what-if" }), plain.clone(), "something that is varied"),
        (
            &["what-if", two, "--sweep", &once, "--sweep", &once],
            json!({ "verb": "what-if", "sweeps": [sweep, sweep] }),
            plain.clone(),
            "two sweeps are called",
        ),
        (
            &["what-if", two, "--sweep", &once, "--measure", "nvp"],
            json!({ "verb": "what-if", "sweeps": [sweep], "measures": ["nvp"] }),
            plain.clone(),
            "Did you mean \"npv\"?",
        ),
        (&["explain", two], json!({ "verb": "explain", "outcome": "npv" }), few.clone(), "explain takes from 1,000"),
        (&["shares", two, "--sampler", "sobol"], json!({ "verb": "shares" }), draws(1_000, "sobol"), "samples plainly"),
        (
            &["explain", alone],
            json!({ "verb": "explain", "outcome": "npv" }),
            plain.clone(),
            "Ask about reserves instead, such as ",
        ),
        (
            &["explain", two, "--outcome", "nvp"],
            json!({ "verb": "explain", "outcome": "nvp" }),
            plain.clone(),
            "Did you mean \"npv\"?",
        ),
        (
            &["discover", two, "--fail", "npv"],
            json!({ "verb": "discover", "fail": "npv" }),
            plain.clone(),
            "is no condition",
        ),
        (
            &["discover", alone],
            json!({ "verb": "discover", "fail": "npv < 0" }),
            plain.clone(),
            "Ask about reserves instead, such as ",
        ),
        (
            &["optimise", two, "--outcome", "payback"],
            json!({ "verb": "optimise", "outcome": "payback" }),
            plain.clone(),
            "add a percentile, such as ",
        ),
        (&["optimise", alone], json!({ "verb": "optimise", "outcome": "npv" }), plain.clone(), "no order to seek"),
        (&["shares", alone], json!({ "verb": "shares" }), plain, "alliance"),
    ];
    for (typed, question, draws, said) in asked {
        let trials = draws["trials"].to_string();
        let typed = [typed, &["--trials", &trials, "--seed", "1", "--no-charts", "--out", "r"]].concat();
        let ended = alliance(place.path(), &typed);
        assert_eq!(ended.code, 2, "{typed:?}: {}", ended.out);
        let scenarios = [if typed[1] == alone { &alone_of } else { &two_of }];
        let request = json!({ "format": 1, "question": question, "draws": draws, "scenarios": scenarios });
        let request: Request = serde_json::from_value(request).expect("it has the form of a request");
        let app::Error::Refused(refused) = app::ask(&request, &means()).expect_err(said) else {
            panic!("{typed:?}: it is refused as a request")
        };
        let options = ["--trials", "--sampler", "--years", "--outcome", "--fail"];
        assert!(refused.what.contains(said.trim_end_matches(", such as ")), "{typed:?}: {refused}");
        // Where an example ends what is said, each door writes it as its own.
        let own = without_name(&ended.err, &options).split(", such as --").next().unwrap_or_default();
        assert_eq!(own, refused.what, "{typed:?}");
        assert!(!refused.to_string().contains("--"), "{refused}");
        assert_eq!(refused.example.is_some(), said.ends_with(", such as ") || said == "is no condition", "{typed:?}");
    }
}

#[test]
fn a_sweep_of_a_key_across_itself_and_names_met_twice_are_refused_of_a_request_too() {
    let loaded = language::load(&scenario("two-force"), &[]).expect("a sound scenario");
    let own = serde_json::to_value(app::Simulated::of(&loaded)).expect("plain data");
    let axis = json!({ "key": "economy.pay_share", "values": [0.7, 0.8] });
    let twice = json!({ "name": "x", "along": axis, "across": axis });
    let two = json!([own, own]);
    for (question, scenarios, said) in [
        (json!({ "verb": "what-if", "sweeps": [twice] }), json!([own]), "cannot be swept across itself"),
        (json!({ "verb": "compare" }), two.clone(), "two scenarios are called \"two-force\""),
        (json!({ "verb": "compare", "years": 0 }), two, "question.years: "),
        (json!({ "verb": "what-if" }), json!([own, own, own]), "two variants are called \"two-force\""),
    ] {
        let draws = json!({ "trials": 1000, "seed": 1, "sampler": "plain" });
        let request = json!({ "format": 1, "question": question, "draws": draws, "scenarios": scenarios });
        let request: Request = serde_json::from_value(request).expect("it has the form of a request");
        let refused = app::ask(&request, &means()).expect_err(said).to_string();
        assert!(refused.contains(said), "{refused}");
    }
}

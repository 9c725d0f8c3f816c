//! What a manifest keeps is a request: asked again without a file, a folder or a terminal, it has the same answer.

use std::sync::Arc;

use app::{Engine, Means, Request};
use serde_json::Value;

use super::{alliance, json, place, scenario};

/// Asks again what the manifest of a folder keeps.
fn again(folder: &std::path::Path) -> (Request, String) {
    let mut manifest: Value = json(folder.join("manifest.json"));
    let request: Request = serde_json::from_value(manifest["request"].take()).expect("a request");
    let engine: Engine = serde_json::from_value(manifest["engine"].take()).expect("an engine");
    let answer = app::ask(&request, &Means { engine, threads: 1, interrupt: Arc::default() }).expect("it is answered");
    (request, answer.json().expect("it has a form"))
}

#[test]
fn every_question_is_answered_from_plain_data_as_the_command_line_answers_it() {
    let place = place();
    let two = scenario("two-force");
    let (two, three) = (two.to_string_lossy().into_owned(), scenario("three-force").to_string_lossy().into_owned());
    let lead = scenario("lead-force").to_string_lossy().into_owned();
    let questions: [&[&str]; 11] = [
        &["run", &two],
        &["run", &two, "--until", "20%", "--sampler", "sobol"],
        &["compare", &two, &lead],
        &["what-if", &two, "--set", "economy.pay_share=0.8", "--sweep", "economy.pay_share=0.7,0.75,0.8"],
        &["explain", &two, "--outcome", "payback"],
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
    let schema: Value = serde_json::from_str(&alliance(place.path(), ["schema", "request"]).out).expect("a schema");
    let keys = |of: &Value| of.as_object().expect("an object").keys().cloned().collect::<Vec<_>>();
    assert_eq!(keys(&schema["properties"]), keys(&serde_json::to_value(&request).expect("plain data")));
    let plain = serde_json::to_value(&request).expect("plain data");
    let engine = Engine { version: "0.0.0".to_owned(), figures: 0, commit: None };
    let means = Means { engine, threads: 1, interrupt: Arc::default() };
    let cases: [(&str, Value, &str); 7] = [
        ("/format", 2.into(), "this is request format 2"),
        ("/draws/trials", 0.into(), "trials: a whole number from 1"),
        ("/question", serde_json::json!({ "verb": "explain", "outcome": "npv" }), "explain takes from 1,000"),
        ("/question", serde_json::json!({ "verb": "compare" }), "compare takes two scenarios or more"),
        ("/scenarios", serde_json::json!([]), "there is no scenario"),
        ("/scenarios/0/title", "Other".into(), "is not the title"),
        ("/scenarios/0/resolved/years", (-1).into(), "years"),
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
    for (key, value) in
        [("/question", serde_json::json!({ "verb": "run", "years": 9 })), ("/draws", serde_json::json!({}))]
    {
        let mut other = plain.clone();
        *other.pointer_mut(key).expect("it is there") = value;
        assert!(serde_json::from_value::<Request>(other).is_err(), "{key}");
    }
}

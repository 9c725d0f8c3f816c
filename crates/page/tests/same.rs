//! A question counted by any number of workers is answered as one machine answers it, byte for byte.

use std::path::Path;
use std::sync::Arc;

use app::request::{Simulated, hash};
use app::{Draws, Engine, Means, Question, Study};
use engine::uncertainty::Sampler;
use page::change::Turn;
use page::moved::Reach;
use page::session::{Ask, Opening, Session, Tell, View};

fn scenarios() -> Vec<Simulated> {
    let read = |name: &str| {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../scenarios").join(name);
        Simulated::of(&language::load(&path, &[]).expect("it is sound"))
    };
    vec![read("two-force.toml"), read("standalone.toml")]
}

fn opening() -> Opening {
    Opening { scenarios: scenarios(), commit: None, set: Vec::new() }
}

fn ask(view: View, changes: Vec<Turn>, worker: u64, workers: u64) -> Ask {
    Ask { changes, view, trials: 100_000, seed: 7, worker, workers, ..Ask::default() }
}

/// The answer's hash after so many trials, by so many workers; after the fewer trials it was told before.
fn told(view: View, changes: &[Turn], workers: u64, stages: &[u64]) -> Vec<String> {
    let mut sessions: Vec<Session> = (0..workers).map(|_| Session::default()).collect();
    for (worker, session) in (0..).zip(&mut sessions) {
        session.open(&opening()).expect("it opens");
        session.ask(&ask(view, changes.to_vec(), worker, workers)).expect("it is understood");
    }
    let mut hashes = Vec::new();
    for trials in stages {
        let counted: Vec<Vec<u8>> = sessions
            .iter_mut()
            .map(|session| {
                while session.count(*trials).expect("it counts") {}
                session.take().expect("it has counted")
            })
            .collect();
        counted.iter().for_each(|part| sessions[0].merge(part).expect("of the same question"));
        hashes.push(sessions[0].tell(&Tell { trials: *trials, whole: true }).expect("it is told").hash);
    }
    hashes
}

/// The same by one machine.
fn alone(question: Question, scenarios: Vec<language::Loaded>, trials: u64) -> String {
    let engine = Engine::this(None);
    let means = Means { engine, threads: 2, interrupt: Arc::default() };
    let draws = Draws { trials, seed: 7, sampler: Sampler::Plain, until: None };
    let study = Study::new(question, draws, scenarios).expect("it may be asked");
    hash(study.answer(&means).expect("an answer").json().expect("JSON").as_bytes())
}

fn loaded() -> Vec<language::Loaded> {
    scenarios().iter().map(|own| own.read().expect("it is sound")).collect()
}

fn text(turn: &Turn, base: &language::Loaded) -> String {
    turn.text(base).expect("it can be turned").expect("it changes something")
}

#[test]
fn a_forecast_is_that_of_one_machine_with_any_number_of_workers_and_at_every_stage() {
    let base = loaded().remove(0);
    let wanted: Vec<String> =
        [2_048, 3_000].iter().map(|trials| alone(Question::Run {}, vec![base.clone()], *trials)).collect();
    for workers in [1, 2, 5] {
        assert_eq!(told(View::Answer, &[], workers, &[2_048, 3_000]), wanted, "{workers} workers");
    }
}

#[test]
fn a_changed_plan_is_told_as_a_what_if_tells_it() {
    let key = "alliance.\"Strategic alliance\".slip";
    let turns = [
        Turn::Fix { key: key.to_owned(), to: 1.6 },
        Turn::Set { text: "alliance.\"Strategic alliance\".share=population".to_owned() },
    ];
    let base = loaded().remove(0);
    let changes: Vec<language::Override> =
        turns.iter().map(|turn| language::Override::parse(&text(turn, &base)).expect("a change")).collect();
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../scenarios/two-force.toml");
    let mut changed = language::load(&file, &changes).expect("it is sound");
    let by_itself = alone(Question::Run {}, vec![changed.clone()], 2_500);
    changed.rename(app::question::CHANGES);
    let wanted = alone(Question::WhatIf(app::question::Commissioned::default()), vec![base, changed], 2_500);
    for workers in [1, 3] {
        assert_eq!(told(View::Answer, &turns, workers, &[2_500]), std::slice::from_ref(&wanted), "{workers} workers");
        assert_eq!(told(View::Alone, &turns, workers, &[2_500]), std::slice::from_ref(&by_itself), "{workers} workers");
    }
}

#[test]
fn the_scenarios_of_the_page_are_compared_as_compare_does() {
    let wanted = alone(Question::Compare { years: None }, loaded(), 2_048);
    assert_eq!(told(View::Compare, &[], 2, &[2_048]), [wanted]);
}

#[test]
fn a_dial_can_be_turned_to_either_end_and_back_at_its_start_it_is_no_change() {
    let mut session = Session::default();
    session.open(&opening()).expect("it opens");
    let board = session.dials(&0).expect("it has dials");
    assert!(board.dials.len() > 100 && board.levers.len() > 3);
    let mut changed = |turn: Turn| {
        let told = session.ask(&ask(View::Answer, vec![turn.clone()], 0, 1));
        // Facts are held against one another: a budget without its grant and precept is refused in words.
        let is_known = told.as_ref().is_err_and(|why| why.contains("exceed the budget"));
        assert!(told.is_ok() || is_known, "{turn:?}: {told:?}");
        told.map_or(1, |understood| understood.changes.len())
    };
    for dial in &board.dials {
        let fix = |to| Turn::Fix { key: dial.key.clone(), to };
        let shift = |to, width| Turn::Move { key: dial.key.clone(), to, width };
        let can_move = dial.reach.is_some_and(|reach| reach != Reach::Fix);
        assert_eq!(
            changed(if can_move { shift(dial.p50, 1.0) } else { fix(dial.plan) }),
            usize::from(dial.reach == Some(Reach::Fix)),
            "{dial:?}"
        );
        for to in dial.ends {
            let is_start = dial.reach.is_none() && to.total_cmp(&dial.p50).is_eq();
            assert_eq!(changed(fix(to)), usize::from(!is_start), "{dial:?}");
            assert!(!can_move || changed(shift(to, 1.0)) == 1, "{dial:?}");
        }
        if dial.reach == Some(Reach::Whole) {
            assert_eq!(changed(shift(dial.p50, 0.8)), 1, "{dial:?}");
            assert!(!dial.can_widen || changed(shift(dial.p50, 1.25)) == 1, "{dial:?}");
        }
    }
}

#[test]
fn a_mixture_that_is_moved_is_the_same_mixture_of_other_values() {
    let base = loaded().remove(0);
    let board = page::dials::Board::of(&base);
    let dial =
        board.dials.iter().find(|dial| dial.key.ends_with(".realisation")).expect("savings are realised in part");
    assert_eq!(dial.reach, Some(Reach::Move));
    let turn = Turn::Move { key: dial.key.clone(), to: dial.p50 * 0.9, width: 1.0 };
    let text = text(&turn, &base);
    assert!(text.contains("mixture = { weights = [0.3, 0.7]") && !text.contains("quantiles"), "{text}");
}

#[test]
fn what_is_wrong_with_a_change_is_told_in_words() {
    let mut session = Session::default();
    session.open(&opening()).expect("it opens");
    let wrong = |text: &str, session: &mut Session| {
        session.ask(&ask(View::Answer, vec![Turn::Set { text: text.to_owned() }], 0, 1)).expect_err("it is wrong")
    };
    assert!(wrong("alliance.\"Strategic alliance\".slots=many", &mut session).contains("slots"));
    assert!(wrong("nothing", &mut session).contains("has no ="));
    assert!(
        !wrong("alliance.\"Strategic alliance\".slots=many", &mut session).contains("command line"),
        "there is none"
    );
    let twice = [1.0, 2.0].map(|to| Turn::Fix { key: "economy.pay_share".to_owned(), to: to / 4.0 });
    assert!(session.ask(&ask(View::Answer, twice.to_vec(), 0, 1)).expect_err("no two").contains("set twice"));
    let odd = Ask { date: Some("soon".to_owned()), ..ask(View::Answer, Vec::new(), 0, 1) };
    assert!(session.ask(&odd).expect_err("no month").contains("is not a month; write one as \"2016-04\""));
    assert!(session.tell(&Tell { trials: 2_048, whole: false }).is_err());
}

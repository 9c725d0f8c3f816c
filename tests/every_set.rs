//! Every key of the schema is set by `--set` to another valid value, and the resolved scenario changes; what cannot be set says why.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use language::{Loaded, Override, load, schema};
use serde_json::Value as Json;

/// A scenario in which everything that has a name is there twice, so that one may be renamed or go.
const TEXT: &str = r#"
format = 1
title = "Every key"
question = "Does it take effect?"
source = "judgement"
confidence = "low"
facts = "one.csv"
first_year = "2015/16"
years = 10
report_dates = ["2016-07"]
economy = { pay_share = 0.75, inflation = { mean = 0.021, sd = 0.011, persistence = 0.5 }, pay = { mean = 0.026, sd = 0.011, persistence = 0.4 }, tax_base_growth = { mean = 0.011, sd = 0.011, persistence = 0.4 }, limit = { pounds = 6, percent = 0.021, known."2015/16" = { pounds = 1, percent = 0.019 } } }
ledger = { min_reserves = 0.06, max_reserves = 0.09, gap_closure = 0.61, cut_recurrence = 0.71 }
resilience = { chi = 0.51, x_max = 410, incident_cost = 0.0011, reimbursed = 0.31 }
appraisal = { discount = 0.036, discount_late = 0.031 }
[funding]
initial = "bad"
local_sd = 0.011
known."2015/16" = "bad"
regime.bad = { growth = -0.03, sd = 0.02 }
regime.good = { growth = 0.03, sd = 0.01 }
transition.bad = { bad = 0.6, good = 0.4 }
transition.good = { bad = 0.3, good = 0.7 }
[[force]]
name = "A"
budget = 120
grant_share = 0.6
band_d = 200
reserves = 10
population = 600000
officers = 1000
opening_gap = 0.03
surge = { rate = 2, x_min = 40, alpha = 1.5 }
elections = ["2016-05"]
[[force]]
name = "B"
budget = 100
grant_share = 0.5
tax_base = 250000
band_d = 200
reserves = 10
population = 500000
officers = 900
[[force]]
name = "C"
grant_share = 0.5
band_d = 200
reserves = 10
population = 500000
officers = 900
[[force]]
name = "D"
budget = 90
grant_share = 0.5
band_d = 200
reserves = 10
population = 400000
officers = 800
[[alliance]]
name = "K"
members = ["A", "B", "C"]
start = "2015-04"
areas = "areas.csv"
voice = { A = 0.4, B = 0.3, C = 0.3 }
exit = { base = 0.01 }
[[alliance.area]]
name = "x"
cost = 10
saving = 0.2
submit = 0.2
implement = 0.7
after = ["y"]
[[alliance.area]]
name = "y"
cost = 8
saving = 0.1
submit = 0.2
implement = 0.7
[[alliance]]
name = "M"
kind = "merger"
members = ["A", "B"]
start = "2018-04"
merger = { vesting = "2020-04", decision_date = "2018-10", consent = 0.9, setup = 3 }
[[alliance]]
name = "S"
members = ["A", "B", "C"]
start = "2016-04"
share_from = { "2019/20" = "population" }
review = { every = 2, base = 0.1 }
[[alliance.area]]
name = "x"
cost = 6
saving = 0.1
submit = 0.5
implement = 0.5
[contact]
alliance = "K"
area = "x"
force = [{ name = "A", calls = 150, aht_s = 300, agents = 16 }, { name = "B", calls = 130, aht_s = 300, agents = 15 }]
[[benefit]]
name = "Quality"
alliance = "K"
kind = "effectiveness"
unit = "points"
objective = "well"
full_effect = 5
areas = ["x"]
[[target]]
name = "First"
measure = "saving_cashable"
amount = 3
year = "2018/19"
[[actual]]
name = "Known"
measure = "implemented_saving"
date = "2016-07"
value = 1
high = 2
[[actual]]
name = "Of a year"
measure = "saving_cashable"
year = "2017/18"
value = 1
[[correlation]]
name = "Two"
quantities = ["economy.inflation", "economy.pay"]
rho = 0.4
[[correlation]]
name = "Others"
quantities = ["alliance.S.slip", "alliance.S.realisation"]
matrix = [[1, 0.5], [0.5, 1]]
"#;

const AREAS: [&str; 2] =
    ["name,cost,saving,submit,implement\nz,4,0.1,0.5,0.5\n", "name,cost,saving,submit,implement\nz,5,0.1,0.5,0.5\n"];
const FACTS: [&str; 2] = ["force,year,budget\nC,2015/16,80\nC,2016/17,82\n", "force,year,budget\nC,2015/16,90\n"];

/// Values of keys that hold words, lists or tables, by the end of the key's path in the schema.
const VALUES: [(&str, &[&str]); 50] = [
    ("first_year", &["'2016/17'"]),
    ("mean", &["0.035"]),
    ("cost", &["3"]),
    ("consent", &["0.8"]),
    ("contact.force.*.name", &["'C'"]),
    ("facts", &["'other.csv'"]),
    ("name", &["'Another name'"]),
    ("title", &["'Another title'"]),
    ("question", &["'Another question?'"]),
    ("series", &["'another series'"]),
    ("definition", &["'gross'"]),
    ("prepared_by", &["'A. B.'"]),
    ("approved_by", &["'C. D.'"]),
    ("dated", &["'November 2026'"]),
    ("status", &["draft"]),
    ("marking", &["OFFICIAL"]),
    ("source", &["'another judgement'"]),
    ("owner", &["'the treasurer'"]),
    ("note", &["'a note'"]),
    ("draws_as", &["'alliance.Old'", "'force.Old'", "'alliance.Old.area.Old'", "'Old'"]),
    ("economy", &["{ pay_share = 0.6 }"]),
    ("inflation", &["{ mean = 0.03 }"]),
    ("pay", &["{ mean = 0.03 }"]),
    ("tax_base_growth", &["{ mean = 0.03 }"]),
    ("limit", &["{ pounds = 7 }"]),
    ("limit.known", &["{ \"2016/17\" = { pounds = 2, percent = 0.03 } }"]),
    ("limit.known.*", &["{ pounds = 2, percent = 0.03 }"]),
    ("funding", &["{ local_sd = 0.02 }"]),
    ("regime", &["{ good = { growth = 0.04 } }"]),
    ("regime.*", &["{ growth = 0.05 }"]),
    ("transition", &["{ bad = { bad = 0.5, good = 0.5 } }"]),
    ("transition.*", &["{ bad = 0.5, good = 0.5 }"]),
    ("initial", &["'good'"]),
    ("funding.known", &["{ \"2016/17\" = 'good' }"]),
    ("funding.known.*", &["'good'"]),
    ("ledger", &["{ gap_closure = 0.5 }"]),
    ("resilience", &["{ chi = 0.6 }"]),
    ("appraisal", &["{ discount = 0.04 }"]),
    ("share_from", &["{ \"2017/18\" = 'equal' }"]),
    ("share_from.*", &["'equal'"]),
    ("areas", &["'other-areas.csv'", "['x', 'y']"]),
    ("after", &["['y']", "['z']"]),
    ("members", &["['A', 'B']", "['A', 'C']"]),
    ("measure", &["'saving_noncashable'", "'npv'", "'net'"]),
    ("unit", &["'seconds'"]),
    ("objective", &["'better'"]),
    ("alliance", &["'S'", "'K'"]),
    ("area", &["'y'"]),
    ("quantities", &["['economy.inflation', 'economy.tax_base_growth']"]),
    ("matrix", &["[[1, 0.25], [0.25, 1]]"]),
];

/// Values of whole things, and of what else needs more than one key.
const WHOLE: [(&str, &[&str]); 15] = [
    ("force", &["[{ name = 'C', officers = 950 }]"]),
    ("alliance", &["[{ name = 'S', slip = 1.3 }]"]),
    ("area", &["[{ name = 'x', slip = 1.3 }]"]),
    ("contact", &["{ target_s = 20 }"]),
    ("contact.force", &["[{ name = 'A', agents = 17 }]"]),
    ("benefit", &["[{ name = 'Quality', full_effect = 6 }]"]),
    ("target", &["[{ name = 'First', amount = 4 }]"]),
    ("actual", &["[{ name = 'Known', value = 1.5 }]"]),
    ("correlation", &["[{ name = 'Two', rho = 0.3 }]"]),
    ("surge", &["{ rate = 3, x_min = 40, alpha = 1.5 }"]),
    ("exit", &["{ base = 0.02 }"]),
    ("review", &["{ every = 3, base = 0.05 }"]),
    ("merger", &["{ setup = 4 }"]),
    ("voice", &["{ A = 0.5, B = 0.25, C = 0.25 }"]),
    ("share", &["'population'"]),
];

/// What cannot be set alone, with a part of what is said of it: nothing is ignored.
const REFUSED: [(&str, &str, &str); 6] = [
    ("funding.regime.*.remove", "true", "there is no regime"),
    ("alliance.*.voice.*", "0.7", "sum to"),
    ("format", "2", "this engine reads format 1"),
    ("extends", "'other.toml'", "read before anything is set"),
    ("remove", "true", "there is no key `remove` here"),
    ("alliance.*.merger.remove", "true", "merger"),
];

/// What these are unless they are written: the tree changes, what it comes to does not.
const DEFAULTS: [&str; 3] =
    ["alliance.K.kind='alliance'", "alliance.S.kind='alliance'", "alliance.K.decision='unanimous'"];

fn place() -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().expect("a folder");
    let write = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).expect("there is room");
    write("areas.csv", AREAS[0]);
    write("other-areas.csv", AREAS[1]);
    write("one.csv", FACTS[0]);
    write("other.csv", FACTS[1]);
    write("every.toml", TEXT);
    let path = folder.path().join("every.toml");
    (folder, path)
}

fn set(path: &Path, text: &str) -> Result<Loaded, String> {
    let change = Override::parse(text).map_err(|problems| problems.to_string())?;
    load(path, &[change]).map_err(|problems| problems.to_string())
}

/// A key of the schema: its path, with `*` for what has a name, where it is in this scenario, and what may stand there.
struct Key {
    path: String,
    addresses: Vec<String>,
    schema: Json,
}

/// Names of the things of a list, or the free keys of a table, under an address.
fn names(resolved: &Json, address: &[String]) -> Vec<String> {
    let mut at = resolved;
    for name in address {
        at = match at {
            Json::Array(items) => items.iter().find(|item| item["name"] == name.as_str()).unwrap_or(&Json::Null),
            other => &other[name.as_str()],
        };
    }
    match at {
        Json::Array(items) => items.iter().filter_map(|item| item["name"].as_str().map(str::to_owned)).collect(),
        Json::Object(map) => map.keys().cloned().collect(),
        _ => Vec::new(),
    }
}

fn join(above: &str, name: &str) -> String {
    if above.is_empty() { name.to_owned() } else { format!("{above}.{name}") }
}

/// Every key below a table of the schema, at each of its addresses.
fn walk(table: &Json, path: &str, addresses: &[Vec<String>], resolved: &Json, keys: &mut Vec<Key>) {
    for (name, inner) in table["properties"].as_object().into_iter().flatten() {
        let path = join(path, name);
        let here: Vec<Vec<String>> =
            addresses.iter().map(|above| [&above[..], std::slice::from_ref(name)].concat()).collect();
        let told = |address: &Vec<String>| {
            address.iter().map(|name| engine::uncertainty::quote_key(name)).collect::<Vec<_>>().join(".")
        };
        keys.push(Key { path: path.clone(), addresses: here.iter().map(told).collect(), schema: inner.clone() });
        walk(inner, &path, &here, resolved, keys);
        let below: Vec<Vec<String>> = here
            .iter()
            .flat_map(|above| names(resolved, above).into_iter().map(|name| [&above[..], &[name]].concat()))
            .collect();
        let path = format!("{path}.*");
        if inner["items"]["properties"].is_object() {
            walk(&inner["items"], &path, &below, resolved, keys);
        }
        if let Some(each) = inner.get("additionalProperties").filter(|each| each.is_object()) {
            keys.push(Key { path: path.clone(), addresses: below.iter().map(told).collect(), schema: each.clone() });
            walk(each, &path, &below, resolved, keys);
        }
    }
}

/// Values to be tried for a key.
fn values(key: &Key) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    let ends = |end: &str| key.path == end || key.path.ends_with(&format!(".{end}"));
    let known = VALUES.iter().chain(&WHOLE).filter(|(end, _)| ends(end));
    found.extend(known.flat_map(|(_, values)| values.iter().map(|value| (*value).to_owned())));
    let kinds = key.schema["anyOf"].as_array().cloned().unwrap_or_else(|| vec![key.schema.clone()]);
    for kind in kinds {
        let words = kind["enum"].as_array().into_iter().flatten().filter_map(Json::as_str);
        found.extend(words.map(|word| format!("'{word}'")));
        let pattern = kind["pattern"].as_str().unwrap_or_default();
        let more: &[&str] = match kind["type"].as_str() {
            Some("number") => &["0.35", "0.012", "1.7", "0.9", "8", "450", "0.0021", "3"],
            Some("integer") => &["2", "9", "11", "17"],
            Some("boolean") => &["true", "false"],
            Some("string") if pattern.contains('/') => &["'2016/17'", "'2017/18'"],
            Some("string") if pattern.contains('-') => &["'2015-10'", "'2016-10'", "'2018-07'", "'2020-07'"],
            Some("array") if kind["items"]["pattern"].as_str().is_some_and(|own| own.contains('-')) => &["['2017-05']"],
            _ if kind["const"] == true => &["true"],
            _ => &[],
        };
        found.extend(more.iter().map(|value| (*value).to_owned()));
    }
    found
}

#[test]
fn every_key_of_the_schema_takes_effect_when_it_is_set_or_says_why_not() {
    let (_folder, path) = place();
    let whole = load(&path, &[]).unwrap_or_else(|problems| panic!("{problems}"));
    let mut keys = Vec::new();
    walk(&schema(), "", &[Vec::new()], &whole.resolved, &mut keys);
    assert!(keys.len() > 250, "{} keys", keys.len());
    let (mut ignored, mut without, mut refused) = (Vec::new(), Vec::new(), BTreeSet::new());
    for key in &keys {
        if let Some((own, value, said)) = REFUSED.iter().find(|(own, ..)| *own == key.path) {
            for address in &key.addresses {
                let why = set(&path, &format!("{address}={value}")).err().unwrap_or_default();
                assert!(why.contains(said), "{address}={value}: {why:?}");
            }
            refused.insert(*own);
            continue;
        }
        let mut effect = false;
        let mut last = String::new();
        'tried: for value in values(key) {
            for address in &key.addresses {
                let text = format!("{address}={value}");
                match set(&path, &text) {
                    Ok(changed) if changed.resolved != whole.resolved => {
                        effect = true;
                        break 'tried;
                    }
                    // What changes nothing is told.
                    Ok(same) => {
                        let is_default = DEFAULTS.contains(&text.as_str());
                        if !is_default && !same.worth_a_look.iter().any(|told| told.what.contains("changes nothing")) {
                            ignored.push(text);
                        }
                    }
                    Err(why) => last = format!("{text}: {why}"),
                }
            }
        }
        if !effect {
            without.push(format!("{} ({last})", key.path));
        }
    }
    assert!(ignored.is_empty(), "ignored without a word:\n{}", ignored.join("\n"));
    assert!(without.is_empty(), "never took effect:\n{}", without.join("\n"));
    assert_eq!(refused.len(), REFUSED.len());
}

//! The JSON Schema (draft 2020-12) of the scenario language, from the reader's own description.

use serde_json::{Map, Value as Json, json};

use super::{Default, KeyDoc, Kind, keys};
use crate::reader::{FAMILIES, Range};

/// The JSON Schema of a scenario. Only `format` and names are required in it: a scenario that extends another, or takes
/// areas and facts from CSV files, leaves the rest out; the reader demands what is missing in the end.
#[must_use]
pub fn schema() -> Json {
    let mut root = object(&keys(), &["format"]);
    root.insert("$schema".to_owned(), json!("https://json-schema.org/draft/2020-12/schema"));
    root.insert("title".to_owned(), json!("Scenario of alliance, format 1"));
    root.insert("$defs".to_owned(), json!({ "uncertain": uncertain(), "part": part(), "fact": fact() }));
    Json::Object(root)
}

fn object(keys: &[KeyDoc], required: &[&str]) -> Map<String, Json> {
    let mut properties: Map<String, Json> = keys.iter().map(|doc| (doc.name.to_owned(), described(doc))).collect();
    properties.extend(provenance());
    properties.insert(
        "remove".to_owned(),
        json!({ "const": true, "description": "Takes away what the extended scenario holds here." }),
    );
    let mut out = Map::new();
    out.insert("type".to_owned(), json!("object"));
    out.insert("properties".to_owned(), Json::Object(properties));
    if !required.is_empty() {
        out.insert("required".to_owned(), json!(required));
    }
    out.insert("additionalProperties".to_owned(), json!(false));
    out
}

fn described(doc: &KeyDoc) -> Json {
    let mut out = of_kind(&doc.kind);
    let unit = if doc.unit.is_empty() { String::new() } else { format!(" Unit: {}.", doc.unit) };
    let default = match doc.default {
        Default::Required => " Required.".to_owned(),
        Default::None => String::new(),
        Default::Number(value) => format!(" Default: {value}."),
        Default::Word(word) => format!(" Default: {word}."),
    };
    out.insert("description".to_owned(), json!(format!("{}{unit}{default}", doc.doc)));
    if let Default::Number(value) = doc.default {
        out.insert("default".to_owned(), json!(value));
    }
    Json::Object(out)
}

fn of_kind(kind: &Kind) -> Map<String, Json> {
    let value = match kind {
        Kind::Number(range) => json!({ "anyOf": [number(range), { "$ref": "#/$defs/uncertain" }] }),
        Kind::Fact(range) => json!({ "anyOf": [number(range), { "$ref": "#/$defs/fact" }] }),
        Kind::Plain(range) => Json::Object(number(range)),
        Kind::Whole(low, u32::MAX) => json!({ "type": "integer", "minimum": low }),
        Kind::Whole(low, high) => json!({ "type": "integer", "minimum": low, "maximum": high }),
        Kind::Flag => json!({ "type": "boolean" }),
        Kind::Text => json!({ "type": "string", "minLength": 1 }),
        Kind::Choice(words) => json!({ "enum": words }),
        Kind::Year => json!({ "type": "string", "pattern": "^[0-9]{4}/[0-9]{2}$" }),
        Kind::Month => json!({ "type": "string", "pattern": "^[0-9]{4}-(0[1-9]|1[0-2])$" }),
        Kind::List(item) => json!({ "type": "array", "items": of_kind(item) }),
        Kind::Table(keys) => Json::Object(object(keys, &[])),
        Kind::Tables(keys) => {
            let has_name = keys.iter().any(|doc| doc.name == "name" && doc.default == Default::Required);
            json!({ "type": "array", "items": object(keys, if has_name { &["name"] } else { &[] }) })
        }
        Kind::Map(inner) => json!({ "type": "object", "additionalProperties": described(inner) }),
        Kind::Either(kinds) => json!({ "anyOf": kinds.iter().map(of_kind).collect::<Vec<_>>() }),
    };
    match value {
        Json::Object(map) => map,
        _ => Map::new(),
    }
}

fn number(range: &Range) -> Map<String, Json> {
    let mut out = Map::new();
    out.insert("type".to_owned(), json!("number"));
    if range.low.is_finite() {
        out.insert(if range.low_open { "exclusiveMinimum" } else { "minimum" }.to_owned(), json!(range.low));
    }
    if range.high.is_finite() {
        out.insert(if range.high_open { "exclusiveMaximum" } else { "maximum" }.to_owned(), json!(range.high));
    }
    out
}

fn provenance() -> Map<String, Json> {
    let text = |meaning: &str| json!({ "type": "string", "minLength": 1, "description": meaning });
    let mut out = Map::new();
    out.insert("source".to_owned(), text("Where the numbers come from: a publication, or the word judgement."));
    out.insert("confidence".to_owned(), json!({ "enum": ["high", "medium", "low"], "description": "How sure." }));
    out.insert("owner".to_owned(), text("Who answers for them."));
    out.insert("note".to_owned(), text("Anything else worth knowing."));
    out
}

fn families() -> Map<String, Json> {
    let number = json!({ "type": "number" });
    let simple = FAMILIES.iter().map(|(family, needed, optional)| {
        let parameters: Map<String, Json> =
            needed.iter().chain(*optional).map(|key| ((*key).to_owned(), number.clone())).collect();
        let table =
            json!({ "type": "object", "properties": parameters, "required": needed, "additionalProperties": false });
        ((*family).to_owned(), table)
    });
    let numbers = json!({ "type": "array", "items": { "type": "number" } });
    let mut out: Map<String, Json> = simple.collect();
    let mut add = |family: &str, properties: Json, required: Json| {
        let table =
            json!({ "type": "object", "properties": properties, "required": required, "additionalProperties": false });
        out.insert(family.to_owned(), table);
    };
    add("discrete", json!({ "values": numbers, "weights": numbers }), json!(["values", "weights"]));
    add(
        "empirical",
        json!({ "values": numbers, "file": { "type": "string" }, "column": { "type": "string" } }),
        json!([]),
    );
    out
}

fn part() -> Json {
    let mut properties = families();
    properties.insert("min".to_owned(), json!({ "type": "number" }));
    properties.insert("max".to_owned(), json!({ "type": "number" }));
    json!({ "type": "object", "properties": properties, "additionalProperties": false })
}

fn uncertain() -> Json {
    let mut properties = families();
    let weights = json!({ "type": "array", "items": { "type": "number" } });
    let parts = json!({ "type": "array", "items": { "$ref": "#/$defs/part" } });
    let mixture = json!({ "type": "object", "properties": { "weights": weights, "parts": parts }, "required": ["weights", "parts"], "additionalProperties": false });
    properties.insert("mixture".to_owned(), mixture);
    for key in ["value", "plan", "min", "max"] {
        properties.insert(key.to_owned(), json!({ "type": "number" }));
    }
    properties.extend(provenance());
    json!({ "type": "object", "properties": properties, "additionalProperties": false })
}

fn fact() -> Json {
    let mut properties = provenance();
    properties.insert("value".to_owned(), json!({ "type": "number" }));
    json!({ "type": "object", "properties": properties, "required": ["value"], "additionalProperties": false })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every dotted path of keys in a schema's tables.
    fn paths(schema: &Json, path: &str, out: &mut Vec<String>) {
        for (key, inner) in schema.get("properties").and_then(Json::as_object).into_iter().flatten() {
            let here = format!("{path}.{key}");
            paths(inner, &here, out);
            for nested in ["items", "additionalProperties"].into_iter().filter_map(|nested| inner.get(nested)) {
                paths(nested, &here, out);
            }
            out.push(here);
        }
    }

    #[test]
    fn the_schema_reaches_every_level_of_the_language() {
        let mut all = Vec::new();
        paths(&schema(), "", &mut all);
        for wanted in [
            ".economy.inflation.persistence",
            ".alliance.area.saving.value",
            ".alliance.merger.consent",
            ".contact.force.agents",
            ".funding.regime.growth",
        ] {
            let reached = wanted.strip_suffix(".value").unwrap_or(wanted);
            assert!(all.iter().any(|path| path == reached), "{wanted} is not in {all:?}");
        }
    }

    #[test]
    fn a_range_of_the_reader_is_a_range_of_the_schema() {
        let schema = schema();
        let agree = &schema["properties"]["alliance"]["items"]["properties"]["agree"]["anyOf"][0];
        assert_eq!(agree["minimum"], json!(0.0));
        assert_eq!(agree["maximum"], json!(1.0));
        let slip = &schema["properties"]["alliance"]["items"]["properties"]["slip"]["anyOf"][0];
        assert_eq!(slip["exclusiveMinimum"], json!(0.0));
    }
}

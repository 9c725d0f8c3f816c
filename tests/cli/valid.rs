//! Whether a value is what a JSON Schema allows: by every keyword that the program's own schemas use, and no other.

use serde_json::{Map, Value};

/// What of a value a schema does not allow; `root` holds what it refers to.
pub(super) fn wrong(schema: &Value, value: &Value, root: &Value) -> Vec<String> {
    let rules = schema.as_object().expect("a schema is an object");
    rules.iter().flat_map(|(keyword, rule)| broken(keyword, rule, (rules, value, root))).collect()
}

/// What of a value breaks one rule of a schema.
fn broken(keyword: &str, rule: &Value, (rules, value, root): (&Map<String, Value>, &Value, &Value)) -> Vec<String> {
    let holds = |holds: bool| if holds { Vec::new() } else { vec![format!("{keyword} {rule}: {value}")] };
    // A rule on numbers says nothing of null.
    let number = |rule: fn(f64, f64) -> bool, most: &Value| {
        value.as_f64().is_none_or(|own| rule(own, most.as_f64().expect("a number")))
    };
    let length = value.as_array().map_or(0, Vec::len) as u64;
    match keyword {
        "description" | "title" | "default" | "format" | "$schema" | "$defs" => Vec::new(),
        "type" => {
            let kinds = rule.as_array().cloned().unwrap_or_else(|| vec![rule.clone()]);
            holds(kinds.iter().any(|kind| is_a(value, kind.as_str().expect("a word"))))
        }
        "const" => holds(value == rule),
        "enum" => holds(rule.as_array().expect("a list").contains(value)),
        "minimum" => holds(number(|own, least| own >= least, rule)),
        "maximum" => holds(number(|own, most| own <= most, rule)),
        "exclusiveMinimum" => holds(number(|own, least| own > least, rule)),
        "exclusiveMaximum" => holds(number(|own, most| own < most, rule)),
        "minItems" => holds(length >= rule.as_u64().expect("a number")),
        "maxItems" => holds(length <= rule.as_u64().expect("a number")),
        "items" => value.as_array().into_iter().flatten().flat_map(|item| wrong(rule, item, root)).collect(),
        "required" => {
            let names = rule.as_array().into_iter().flatten().filter_map(Value::as_str);
            names.filter(|name| value.get(name).is_none()).map(|name| format!("{name} is missing")).collect()
        }
        "properties" => {
            let each = rule.as_object().expect("an object").iter();
            each.filter_map(|(name, rule)| Some(wrong(rule, value.get(name)?, root))).flatten().collect()
        }
        "additionalProperties" => {
            assert_eq!(*rule, Value::Bool(false));
            let known = rules["properties"].as_object().expect("an object");
            holds(value.as_object().is_none_or(|own| own.keys().all(|name| known.contains_key(name))))
        }
        "$ref" => {
            let path = rule.as_str().and_then(|path| path.strip_prefix('#')).expect("a path within");
            wrong(root.pointer(path).expect("it is there"), value, root)
        }
        "oneOf" | "anyOf" => {
            let fitting =
                rule.as_array().into_iter().flatten().filter(|one| wrong(one, value, root).is_empty()).count();
            holds(if keyword == "oneOf" { fitting == 1 } else { fitting > 0 })
        }
        other => panic!("{other}: what holds by it is not known here"),
    }
}

fn is_a(value: &Value, kind: &str) -> bool {
    match kind {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "number" => value.is_number(),
        "integer" => value.is_u64() || value.is_i64(),
        "boolean" => value.is_boolean(),
        "null" => value.is_null(),
        other => panic!("{other} is no type"),
    }
}

//! Tables within tables: one, a list of named ones, and tables whose keys are names.

use serde_json::Value as Json;

use super::{Reader, doc};
use crate::describe::{Default, KeyDoc, Kind};
use crate::place::Place;
use crate::tree::{Item, Node, Table};
use engine::uncertainty::quote_key;

impl<'a> Reader<'a> {
    /// A table that may be left out, all its keys then having their defaults.
    pub fn table<T>(
        &mut self,
        name: &'static str,
        meaning: &'static str,
        read: impl FnOnce(&mut Reader<'a>) -> T,
    ) -> T {
        let table = self.written_table(name);
        let at = table.map_or_else(|| self.at.clone(), |(_, at)| at.clone());
        let (value, json, keys) = self.descend(table.map(|(table, _)| table), at, name, read);
        self.keys.push(doc(name, Kind::Table(keys), Default::Word("every key's own default"), meaning));
        self.put(name, json);
        value
    }

    /// A table that is read only where it is written.
    pub fn optional_table<T>(
        &mut self,
        name: &'static str,
        meaning: &'static str,
        read: impl FnOnce(&mut Reader<'a>) -> T,
    ) -> Option<T> {
        let table = self.written_table(name);
        let at = table.map_or_else(|| self.at.clone(), |(_, at)| at.clone());
        if table.is_none() {
            let keys = self.describe(name, read);
            self.keys.push(doc(name, Kind::Table(keys), Default::None, meaning));
            return None;
        }
        let (value, json, keys) = self.descend(table.map(|(table, _)| table), at, name, read);
        self.keys.push(doc(name, Kind::Table(keys), Default::None, meaning));
        self.put(name, json);
        Some(value)
    }

    /// A list of tables; `read` is given each and its position.
    pub fn tables<T>(
        &mut self,
        name: &'static str,
        meaning: &'static str,
        mut read: impl FnMut(&mut Reader<'a>, usize) -> T,
    ) -> Vec<T> {
        let mut keys = None;
        let mut values = Vec::new();
        let mut json = Vec::new();
        for (position, (table, at)) in self.written_tables(name).into_iter().enumerate() {
            let step =
                table.name().map_or_else(|| format!("{name}[{position}]"), |own| format!("{name}.{}", quote_key(own)));
            self.cx.remember(&self.address(&format!("{name}[{position}]")), at);
            let (value, resolved, described) =
                self.descend(Some(table), at.clone(), &step, |reader| read(reader, position));
            values.push(value);
            json.push(resolved);
            keys = Some(described);
        }
        let keys = keys.unwrap_or_else(|| self.describe(name, |reader| read(reader, 0)));
        self.keys.push(doc(name, Kind::Tables(keys), Default::Word("none"), meaning));
        self.put(name, json);
        values
    }

    /// Tables under free keys, in a table or straight under `name`; `read` is given each key.
    pub fn map<T>(
        &mut self,
        name: &'static str,
        key: &'static str,
        meaning: &'static str,
        mut read: impl FnMut(&mut Reader<'a>, &str) -> T,
    ) -> Vec<(String, T, Place)> {
        let mut keys = None;
        let mut values = Vec::new();
        let mut json = serde_json::Map::new();
        let written = self.written_table(name).map(|(table, _)| table);
        for entry in
            written.iter().flat_map(|table| &table.0).filter(|entry| !super::PROVENANCE.contains(&entry.key.as_str()))
        {
            let step = format!("{name}.{}", quote_key(&entry.key));
            let Some(table) = entry.node.table() else {
                self.scope(&step).wrong_type(&entry.node, "a table", "Write keys and values between { and }");
                continue;
            };
            let (value, resolved, described) =
                self.descend(Some(table), entry.node.at.clone(), &step, |reader| read(reader, &entry.key));
            values.push((entry.key.clone(), value, entry.at.clone()));
            json.insert(entry.key.clone(), resolved);
            keys = Some(described);
        }
        let keys = keys.unwrap_or_else(|| self.describe(name, |reader| read(reader, "")));
        let inner = doc(key, Kind::Table(keys), Default::None, meaning);
        self.keys.push(doc(name, Kind::Map(Box::new(inner)), Default::None, meaning));
        self.put(name, Json::Object(json));
        values
    }

    fn descend<T>(
        &mut self,
        table: Option<&'a Table>,
        at: Place,
        step: &str,
        read: impl FnOnce(&mut Reader<'a>) -> T,
    ) -> (T, Json, Vec<KeyDoc>) {
        let scope = self.scope(step);
        let mut reader = Reader::new(self.cx, table, at, scope.path, scope.key, &self.provenance);
        let value = read(&mut reader);
        let (json, keys) = reader.finish();
        (value, Json::Object(json), keys)
    }

    /// The keys of a table that is not there: read from nothing, its complaints forgotten.
    fn describe<T>(&mut self, name: &'static str, read: impl FnOnce(&mut Reader<'a>) -> T) -> Vec<KeyDoc> {
        let cx = self.cx;
        cx.in_silence(|| self.descend(None, self.at.clone(), name, read).2)
    }

    fn written_table(&mut self, name: &'static str) -> Option<(&'a Table, &'a Place)> {
        let entry = self.table?.get(name)?;
        self.cx.remember(&self.address(name), &entry.node.at);
        if entry.node.table().is_none() {
            self.scope(name).wrong_type(
                &entry.node,
                "a table",
                "Write keys and values between { and }, or under a header in [ ]",
            );
        }
        Some((entry.node.table()?, &entry.node.at))
    }

    fn written_tables(&mut self, name: &'static str) -> Vec<(&'a Table, &'a Place)> {
        let Some(entry) = self.table.and_then(|table| table.get(name)) else { return Vec::new() };
        self.cx.remember(&self.address(name), &entry.node.at);
        let remedy = format!("Write each under a header [[{name}]]");
        let Item::List(items) = &entry.node.item else {
            self.scope(name).wrong_type(&entry.node, "a list of tables", &remedy);
            return Vec::new();
        };
        let table = |item: &'a Node| {
            if item.table().is_none() {
                self.scope(name).wrong_type(item, "a table", &remedy);
            }
            Some((item.table()?, &item.at))
        };
        items.iter().filter_map(table).collect()
    }
}

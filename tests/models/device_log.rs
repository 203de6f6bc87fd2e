//! AWS's device state log. Its indexes have ordinary attributes as keys, and one has the table's sort key.

mod patterns;

use monotable::{Entity, KeyPart, Table};
use serde::{Deserialize, Serialize};

use crate::published::{Published, key_of, stored, text_of};

#[derive(Table, Debug)]
#[table(name = "DeviceStateLog", pk = "DeviceID", sk = "State#Date", untyped)]
#[table(index(Gsi1, name = "GSI1", pk = [Operator], sk = [Date]))]
#[table(index(Gsi2, name = "GSI2", pk = "EscalatedTo", sk = "State#Date"))]
enum DeviceStateLog {
    Log(Log),
}

#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[entity(table = DeviceStateLog, pk = "d#{device}", sk = "{state}#{date}", query = of_device)]
#[entity(index(Gsi1, query = of_operator))]
#[entity(index(Gsi2, pk = "{escalated_to}", sk = "{state}#{date}", query = escalated_to))]
#[serde(rename_all = "PascalCase")]
struct Log {
    device: String,
    state: State,
    date: String,
    operator: String,
    escalated_to: Option<String>,
}

#[derive(KeyPart, Serialize, Deserialize, Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[serde(rename_all = "UPPERCASE")]
enum State {
    Normal,
    Warning1,
    Warning2,
    Warning3,
    Warning4,
}

/// The published rows.
fn logs(published: &Published) -> Vec<(Log, (String, String))> {
    let log = |row: &std::collections::BTreeMap<String, String>| {
        let others: Vec<_> =
            row["other attributes"].split("; ").filter_map(|pair| pair.split_once('=')).collect();
        let other = |name| others.iter().find(|(key, _)| *key == name).map(|(_, value)| (*value).to_owned());
        let (device, sort) = (row["DeviceID"].clone(), row["State#Date"].clone());
        let log = Log {
            device: device.strip_prefix("d#").expect("a device").to_owned(),
            state: State::decode(&other("State").expect("a state"), '#').expect("a state"),
            date: other("Date").or(sort.split('#').nth(1).map(str::to_owned)).expect("a date"),
            operator: other("Operator").expect("an operator"),
            escalated_to: other("EscalatedTo"),
        };
        (log, (device, sort))
    };
    published.samples.iter().map(log).collect()
}

#[test]
fn rows_have_the_published_keys() {
    let Some(published) = Published::read("aws_device_state_log") else { return };
    let logs = logs(&published);
    assert_eq!(logs.len(), 11);
    for (log, key) in &logs {
        assert_eq!(key_of(log), *key);
        let item = stored(log);
        let half = |attribute| text_of(&item, Some(attribute));
        assert_eq!((half("Operator"), half("Date")), (Some(log.operator.clone()), Some(log.date.clone())));
        assert_eq!(half("EscalatedTo"), log.escalated_to);
        assert_eq!(item.contains_key("EscalatedTo"), log.escalated_to.is_some(), "sparse");
        assert_eq!(half("State#Date"), Some(key.1.clone()), "the sort key of GSI2 as well");
    }
    for row in [&["device log"][..], &["GSI1", "device log"], &["GSI2", "device log"]] {
        published.mark(row);
    }
    published.is_complete();
}

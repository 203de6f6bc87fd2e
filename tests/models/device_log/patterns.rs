//! The five patterns, with the published rows and some that differ in what is asked for.

use std::slice::from_ref;

use monotable::prefix;
use monotable_tests::open;

use super::*;
use crate::patterns::{Patterns, put_all, ran};

#[tokio::test]
async fn access_patterns() {
    let mut patterns = Patterns::of("aws_device_state_log", "Device state log (AWS)");
    let Some(published) = Published::read("aws_device_state_log") else { return patterns.skip() };
    let logs: Vec<Log> = logs(&published).into_iter().map(|(log, _)| log).collect();
    let table = open::<DeviceStateLog>().await;
    put_all(&table, &logs).await;
    let escalated = &logs[10];
    let to_sara = |state, date: &str| Log { state, date: date.into(), ..escalated.clone() };
    let (other_state, other_day) =
        (to_sara(State::Warning3, "2020-04-27T16:20:00"), to_sara(State::Warning4, "2020-04-28T16:15:00"));
    let other_device = Log { device: "123450".into(), ..logs[0].clone() };
    let other_supervisor =
        Log { device: "11224".into(), escalated_to: Some("Sara B".into()), ..escalated.clone() };
    put_all(&table, &[other_state.clone(), other_day.clone(), other_device.clone(), other_supervisor]).await;

    let warnings = ran!(
        1,
        "Logs of a device in a state, newest first",
        table.query(Log::of_device("12345").state(State::Warning1)).newest_first()
    );
    patterns.found(warnings, &[logs[2].clone(), logs[1].clone(), logs[0].clone()]);
    // Published as `between 2020-04-20 and 2020-04-25`, which leaves out the 25th but for midnight.
    let of_liz = ran!(
        2,
        "Logs of an operator between two dates",
        table.query(Log::of_operator("Liz").date_in("2020-04-20".."2020-04-26"))
    );
    let mut found = of_liz;
    // Two devices have a log of one moment: which comes first is DynamoDB's affair.
    found.sort_by_key(|log| (log.date.clone(), log.device.clone()));
    patterns
        .found(found, &[logs[0].clone(), other_device, logs[1].clone(), logs[2].clone(), logs[3].clone()]);
    let of_sara = ran!(3, "Escalated logs of a supervisor", table.query(Log::escalated_to("Sara")));
    patterns.found(of_sara, &[other_state, escalated.clone(), other_day.clone()]);
    let in_state = ran!(4, "… with a state", table.query(Log::escalated_to("Sara").state(State::Warning4)));
    patterns.found(in_state, &[escalated.clone(), other_day]);
    let on_a_day = ran!(
        5,
        "… with a state on a date",
        table.query(Log::escalated_to("Sara").state(State::Warning4).date_in(prefix("2020-04-27")))
    );
    patterns.found(on_a_day, from_ref(escalated));
    patterns.finish();
}

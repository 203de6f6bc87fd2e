//! Values that cannot stand in a key: refused before anything is sent, in words that name entity, field
//! and rule.

use std::error::Error as _;
use std::ops::Bound;

use expect_test::{Expect, expect};
use monotable::{
    Entity, Error, ErrorKind, Handle, KeyError, KeyProblem, Metered, PartRule, Primary, Query, Table, prefix,
};
use monotable_tests::{open, unsent};
use serde::{Deserialize, Serialize};

#[derive(Table, Debug)]
#[table(name = "notes", index(ByTag, pk = "TPK", sk = "TSK"))]
enum Notes {
    Note(Note),
}

#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[entity(table = Notes, pk = "USER#{user}", sk = "NOTE#{folder}#{title}")]
#[entity(index(ByTag, pk = "TAG#{tag}", sk = "{title}"))]
struct Note {
    user: String,
    folder: String,
    title: String,
    tag: Option<String>,
    text: String,
}

fn note() -> Note {
    let [user, folder, title, text] = ["ada", "home", "todo", "water the plants"].map(str::to_owned);
    Note { user, folder, title, tag: Some("green".into()), text }
}

/// Texts around the limits of a partition key (2048 bytes) and of a sort key (1024), prefix included.
fn long(bytes: usize, prefix: &str) -> String {
    "x".repeat(bytes - prefix.len())
}

/// What the refusals say.
#[track_caller]
fn refused<T>(outcomes: impl IntoIterator<Item = Result<Metered<T>, Error>>, expected: Expect) {
    let mut lines = Vec::new();
    for outcome in outcomes {
        let Err(error) = outcome else { panic!("a value was accepted that cannot stand in a key") };
        assert_eq!((error.kind(), error.key_text()), (ErrorKind::InvalidKey, None));
        assert!(error.source().unwrap().is::<KeyError>());
        lines.push(error.to_string());
    }
    expected.assert_eq(&lines.join("\n"));
}

#[tokio::test]
async fn a_bad_part_of_an_item_is_refused_by_name_and_nothing_is_sent() {
    let (notes, proxy) = unsent::<Notes>();
    let outcomes = [
        notes.put(&Note { user: "".into(), ..note() }).await,
        notes.put(&Note { title: "".into(), ..note() }).await,
        notes.put(&Note { user: "a#b".into(), ..note() }).await,
        notes.put(&Note { folder: "#".into(), ..note() }).await,
        notes.put(&Note { title: "\u{100000}".into(), ..note() }).await,
        notes.put(&Note { tag: Some("".into()), ..note() }).await,
        notes.put(&Note { tag: Some("green#red".into()), ..note() }).await,
        notes.insert(&Note { user: "".into(), ..note() }).await,
    ];
    refused(
        outcomes,
        expect![[r#"
            cannot put `Note`: `user` is empty, and a key part must not be (PK is "USER#{user}")
            cannot put `Note`: `title` is empty, and a key part must not be (SK is "NOTE#{folder}#{title}")
            cannot put `Note`: `user` contains `#`, which separates the parts of this table's keys (PK is "USER#{user}")
            cannot put `Note`: `folder` contains `#`, which separates the parts of this table's keys (SK is "NOTE#{folder}#{title}")
            cannot put `Note`: `title` contains a character above U+FFFFF, which keys leave free for the ends of ranges (SK is "NOTE#{folder}#{title}")
            cannot put `Note`: `tag` is empty, and a key part must not be (TPK is "TAG#{tag}")
            cannot put `Note`: `tag` contains `#`, which separates the parts of this table's keys (TPK is "TAG#{tag}")
            cannot insert `Note`: `user` is empty, and a key part must not be (PK is "USER#{user}")"#]],
    );
    assert_eq!(proxy.sent(), 0);
}

#[tokio::test]
async fn a_refusal_has_the_rule_as_its_source() {
    let (notes, _) = unsent::<Notes>();
    let error = notes.insert(&Note { user: "".into(), ..note() }).await.unwrap_err();
    assert_eq!((error.operation(), error.entity()), ("insert", "Note"));
    let cause = error.source().unwrap().downcast_ref::<KeyError>().unwrap();
    assert_eq!((cause.attribute, cause.template), ("PK", "USER#{user}"));
    assert_eq!(cause.problem, KeyProblem::Part { field: "user", rule: PartRule::Empty });
}

#[tokio::test]
async fn a_key_that_is_too_long_is_refused_and_nothing_is_sent() {
    let (notes, proxy) = unsent::<Notes>();
    let outcomes = [
        notes.put(&Note { user: long(2049, "USER#"), ..note() }).await,
        notes.put(&Note { title: long(1025, "NOTE#home#"), ..note() }).await,
        notes.put(&Note { tag: Some(long(2049, "TAG#")), ..note() }).await,
        // Bytes, not characters.
        notes.put(&Note { user: "é".repeat(1022), ..note() }).await,
    ];
    refused(
        outcomes,
        expect![[r#"
        cannot put `Note`: PK "USER#{user}" is 2049 bytes long, and DynamoDB allows 2048
        cannot put `Note`: SK "NOTE#{folder}#{title}" is 1025 bytes long, and DynamoDB allows 1024
        cannot put `Note`: TPK "TAG#{tag}" is 2049 bytes long, and DynamoDB allows 2048
        cannot put `Note`: PK "USER#{user}" is 2049 bytes long, and DynamoDB allows 2048"#]],
    );
    assert_eq!(proxy.sent(), 0);

    let notes = open::<Notes>().await;
    let longest = Note {
        user: long(2048, "USER#"),
        title: long(1024, "NOTE#home#"),
        tag: Some(long(2048, "TAG#")),
        ..note()
    };
    notes.put(&longest).await.unwrap();
    assert_eq!(*notes.get(longest.key()).await.unwrap(), Some(longest.clone()));
    let tagged = Note::by_tag(longest.tag.as_ref().unwrap()).title(&longest.title);
    assert_eq!(*notes.query(tagged).await.unwrap(), [longest]);
}

#[tokio::test]
async fn a_bad_key_is_refused_in_every_operation_and_nothing_is_sent() {
    let (notes, proxy) = unsent::<Notes>();
    let key = |user: &str| NoteKey { user: user.into(), ..note().key() };
    refused(
        [notes.get(key("")).await, notes.get(key("a#b")).consistent().await],
        expect![[r#"
        cannot get `Note`: `user` is empty, and a key part must not be (PK is "USER#{user}")
        cannot get `Note`: `user` contains `#`, which separates the parts of this table's keys (PK is "USER#{user}")"#]],
    );
    let long_title = NoteKey { title: long(1025, "NOTE#home#"), ..note().key() };
    refused(
        [notes.delete(key("a#b")).await, notes.delete(long_title).await],
        expect![[r#"
        cannot delete `Note`: `user` contains `#`, which separates the parts of this table's keys (PK is "USER#{user}")
        cannot delete `Note`: SK "NOTE#{folder}#{title}" is 1025 bytes long, and DynamoDB allows 1024"#]],
    );
    assert_eq!(proxy.sent(), 0);
}

#[tokio::test]
async fn a_bad_value_in_a_query_is_refused_and_nothing_is_sent() {
    let (notes, proxy) = unsent::<Notes>();
    let ada = || Note::by_user("ada");
    let home = || ada().folder("home");
    let outcomes = [
        notes.query(Note::by_user("")).await,
        notes.query(Note::by_user("a#b")).await,
        notes.query(ada().folder("")).await,
        notes.query(ada().folder_in(prefix("home#"))).await,
        notes.query(home().title_from("")).await,
        notes.query(home().title_until("a#b")).await,
        notes.query(home().title_in("a".."b#")).await,
        notes.query(home().title_in(..="\u{10FFFF}")).await,
        notes.query(home().title(long(1025, "NOTE#home#"))).await,
        notes.query(Note::by_tag(long(2049, "TAG#"))).await,
        notes.query(Note::by_tag("green").title_in("a".."")).await,
        // The first mistake, whatever follows it.
        notes.query(Note::by_user("").folder("a#b").title_from("")).await,
    ];
    refused(
        outcomes,
        expect![[r#"
            cannot query `Note`: `user` is empty, and a key part must not be (PK is "USER#{user}")
            cannot query `Note`: `user` contains `#`, which separates the parts of this table's keys (PK is "USER#{user}")
            cannot query `Note`: `folder` is empty, and a key part must not be (SK is "NOTE#{folder}#{title}")
            cannot query `Note`: `folder` contains `#`, which separates the parts of this table's keys (SK is "NOTE#{folder}#{title}")
            cannot query `Note`: `title` is empty, and a key part must not be (SK is "NOTE#{folder}#{title}")
            cannot query `Note`: `title` contains `#`, which separates the parts of this table's keys (SK is "NOTE#{folder}#{title}")
            cannot query `Note`: `title` contains `#`, which separates the parts of this table's keys (SK is "NOTE#{folder}#{title}")
            cannot query `Note`: `title` contains a character above U+FFFFF, which keys leave free for the ends of ranges (SK is "NOTE#{folder}#{title}")
            cannot query `Note`: SK "NOTE#{folder}#{title}" is 1025 bytes long, and DynamoDB allows 1024
            cannot query `Note`: TPK "TAG#{tag}" is 2049 bytes long, and DynamoDB allows 2048
            cannot query `Note`: `title` is empty, and a key part must not be (TSK is "{title}")
            cannot query `Note`: `user` is empty, and a key part must not be (PK is "USER#{user}")"#]],
    );
    refused(
        [notes.item_collection(ada().folder("")).await],
        expect![[
            r#"cannot query `Notes`: `folder` is empty, and a key part must not be (SK is "NOTE#{folder}#{title}")"#
        ]],
    );
    assert_eq!(proxy.sent(), 0);
}

/// The ends of a range are longer than the values they are made of; a key cannot be.
#[tokio::test]
async fn a_range_takes_every_value_that_a_key_can_have() {
    let notes = open::<Notes>().await;
    let home = || Note::by_user("ada").folder("home");
    let titles = async |query: Query<Note, Primary<Notes>, Handle<Notes>>| {
        let found = query.await.unwrap().into_inner();
        found.into_iter().map(|note| note.title).collect::<Vec<_>>()
    };
    for (bytes, last) in (1018..=1024).flat_map(|bytes| LAST.map(|last| (bytes, last))) {
        // Three keys in order that share all but their ends, as long as keys can be.
        let text = long(bytes, "NOTE#home#");
        let middle = format!("{}{last}", &text[last.len_utf8()..]);
        let [low, high] = [format!("w{}", &text[1..]), format!("y{}", &text[1..])];
        let stored = [&low, &middle, &high].map(|title| Note { title: title.clone(), ..note() });
        for note in &stored {
            notes.put(note).await.unwrap();
        }
        let case = format!("{bytes} bytes, {last:?} at the end");
        let (low, middle, high) = (|| low.clone(), || middle.clone(), || high.clone());
        assert_eq!(titles(notes.query(home().title_until(middle()))).await, [low(), middle()], "{case}");
        assert_eq!(titles(notes.query(home().title_from(middle()))).await, [middle(), high()], "{case}");
        assert_eq!(titles(notes.query(home().title_in(..middle()))).await, [low()], "{case}");
        assert_eq!(titles(notes.query(home().title_in(middle()..high()))).await, [middle()], "{case}");
        let after = |title| (Bound::Excluded(title), Bound::Unbounded);
        assert_eq!(titles(notes.query(home().title_in(after(middle())))).await, [high()], "{case}");
        assert!(titles(notes.query(home().title_in(after(high())))).await.is_empty(), "{case}");
        let within = (Bound::Excluded(low()), Bound::Excluded(high()));
        assert_eq!(titles(notes.query(home().title_in(within))).await, [middle()], "{case}");
        for note in &stored {
            notes.delete(note.key()).await.unwrap();
        }
    }
}

/// At the edges of each length in UTF-8.
const LAST: [char; 10] =
    ['\0', 'x', '\u{7F}', '\u{80}', '\u{7FF}', '\u{800}', '\u{D7FF}', '\u{E000}', '\u{FFFF}', '\u{FFFFF}'];

#[tokio::test]
async fn a_request_that_cannot_be_made_is_not_shown_either() {
    let (notes, _) = unsent::<Notes>();
    let error = Note { user: "".into(), ..note() }.put().explain().unwrap_err();
    assert_eq!((error.kind(), error.operation()), (ErrorKind::InvalidKey, "put"));
    let error = notes.query(Note::by_user("ada").folder("")).explain().unwrap_err();
    assert_eq!((error.kind(), error.operation()), (ErrorKind::InvalidKey, "query"));
}

/// The connection of these tests does count.
#[tokio::test]
async fn what_is_in_order_is_sent() {
    let (notes, proxy) = unsent::<Notes>();
    let errors = [
        notes.put(&note()).await.map(|_| ()).unwrap_err(),
        notes.get(note().key()).await.map(|_| ()).unwrap_err(),
        notes.query(Note::by_user("ada")).await.map(|_| ()).unwrap_err(),
    ];
    assert!(errors.iter().all(|error| error.kind() == ErrorKind::Unreachable));
    // The SDK tries each of them three times.
    assert_eq!(proxy.sent(), 9);
    expect![[r#"
        cannot put `Note` (PK = "USER#ada", SK = "NOTE#home#todo"): DynamoDB cannot be reached
        cannot get `Note` (PK = "USER#ada", SK = "NOTE#home#todo"): DynamoDB cannot be reached
        cannot query `Note` (PK = "USER#ada"): DynamoDB cannot be reached"#]]
    .assert_eq(&errors.map(|error| error.to_string()).join("\n"));
}

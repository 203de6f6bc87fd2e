//! Index keys taken apart: the fields, or the text of what the key holds in part.

use monotable::Entity;

use crate::model::*;

#[test]
fn the_fields_of_an_index_key() {
    assert_eq!(Order::by_status_parts("STATUS#OpenAgain", "02026#-5"), Ok((Status::Again, 2026, -5)));
    assert!(Order::by_status_parts("STATUS#Opened", "02026#-5").is_err());
}

#[test]
fn the_text_of_what_is_lost() {
    let parts = Profile::by_email_parts("EMAIL#ada@x", "C1");
    assert_eq!(parts, Ok(("ada@x".to_owned(), CustomerId("C1".to_owned()))));
    assert_eq!(Profile::by_nick_parts("NICK#ADA"), Ok(("ADA".to_owned(),)));
    let error = Profile::by_email_parts("EMAIL#Ada@x", "C1").unwrap_err();
    assert_eq!(
        error.to_string(),
        r#"`email` is not what its codec writes (GSI1PK is "EMAIL#{email:lower}")"#,
    );
}

/// The forms that are computed of a field have to be those of the value.
#[test]
fn computed_forms_beside_their_field() {
    let alias = Some("Ada".to_owned());
    let tag = Tag { name: "N".into(), at: 0, alias };
    let item = tag.put().explain().unwrap().into_inner().item.unwrap();
    let key = item["GSI2PK"].as_s().unwrap();
    let (shard, rest) = key.split_once('#').unwrap();
    assert_eq!(rest, "ADA#Ada");
    assert_eq!(Tag::by_alias_parts(key), Ok(("Ada".to_owned(),)));
    for other in (0..4).map(|shard| shard.to_string()).filter(|other| other != shard) {
        assert!(Tag::by_alias_parts(&format!("{other}#ADA#Ada")).is_err());
    }
    assert!(Tag::by_alias_parts(&format!("{shard}#ADB#Ada")).is_err());
    let request = monotable::KeyQuery::into_query(Tag::by_alias("Ada")).explain().unwrap();
    assert_eq!(request.expression_attribute_values().unwrap()[":0"], item["GSI2PK"]);
    let none = Tag { alias: None, ..tag }.put().explain().unwrap().into_inner().item.unwrap();
    assert!(!none.contains_key("GSI2PK"));
}

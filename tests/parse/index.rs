//! Index keys taken apart: the fields, or the text of what the key holds in part.

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

//! DeBrie's Instagram clone. Users and photos have ids that sort by time (ULID).

mod patterns;

use std::slice::from_ref;

use monotable::{Entity, Table};
use monotable_tests::open;
use serde::{Deserialize, Serialize};
use ulid::Ulid;

use crate::published::Published;

#[derive(Table, Debug)]
#[table(name = "instagram", index(Gsi1, name = "GSI1", pk = "GSI1PK", sk = "GSI1SK"))]
enum Instagram {
    User(User),
    Photo(Photo),
    Like(Like),
    Comment(Comment),
    Follow(Follow),
}

#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[entity(table = Instagram, pk = "USER#{username}", sk = "USER#{username}")]
struct User {
    username: String,
    name: String,
    followers: u64,
    following: u64,
}

#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[entity(table = Instagram, pk = "UP#{username}", sk = "PHOTO#{photo_id}", query = of_user)]
struct Photo {
    username: String,
    photo_id: Ulid,
    url: String,
}

/// One for each user and photo; `GSI1` has them in the order in which they were given.
#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[entity(table = Instagram, pk = "PL#{photo_id}", sk = "LIKE#{username}", query = of_photo)]
#[entity(index(Gsi1, pk = "PL#{photo_id}", sk = "LIKE#{like_id}", query = of_photo_by_time))]
struct Like {
    photo_id: Ulid,
    username: String,
    like_id: Ulid,
}

#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[entity(table = Instagram, pk = "PC#{photo_id}", sk = "COMMENT#{comment_id}", query = of_photo)]
struct Comment {
    photo_id: Ulid,
    comment_id: Ulid,
    content: String,
}

#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[entity(table = Instagram, pk = "FOLLOW#{followed}", sk = "FOLLOW#{following}", query = followers_of)]
#[entity(index(Gsi1, pk = "FOLLOW#{following}", sk = "FOLLOW#{followed}", query = followed_by))]
struct Follow {
    followed: String,
    following: String,
}

const EARLIER: &str = "01ARZ3NDEKTSV4RRFFQ69G5FAV";
const LATER: &str = "01BX5ZZKBKACTAV9WEVGEMMVRZ";

fn id(text: &str) -> Ulid {
    text.parse().expect("a ULID")
}

fn like(username: &str, like_id: &str) -> Like {
    Like { photo_id: id(EARLIER), username: username.into(), like_id: id(like_id) }
}

#[test]
fn keys_are_the_published_ones() {
    let Some(published) = Published::read("debrie_instagram") else { return };
    let user = User { username: "ada".into(), name: "Ada".into(), followers: 0, following: 0 };
    published.primary("user", &[("username", "ada")], &user);
    let photo = Photo { username: "ada".into(), photo_id: id(EARLIER), url: "a.png".into() };
    published.primary("photo", &[("username", "ada"), ("photo_id", EARLIER)], &photo);
    let values = [("photo_id", EARLIER), ("username", "bob"), ("like_id", LATER)];
    published.primary("like", &values, &like("bob", LATER));
    published.indexed("GSI1", "like", &values, &like("bob", LATER));
    let comment = Comment { photo_id: id(EARLIER), comment_id: id(LATER), content: "!".into() };
    published.primary("comment", &[("photo_id", EARLIER), ("comment_id", LATER)], &comment);
    let follow = Follow { followed: "ada".into(), following: "bob".into() };
    let values = [("followed", "ada"), ("following", "bob")];
    published.primary("follow", &values, &follow);
    published.indexed("GSI1", "follow", &values, &follow);
    published.is_complete();
}

#[tokio::test]
async fn likes_are_unique_by_user_and_ordered_by_time() {
    let table = open::<Instagram>().await;
    let likes = [like("zoe", EARLIER), like("bob", LATER)];
    for like in &likes {
        table.insert(like).await.expect("an insert");
    }
    let again = table.insert(&like("bob", EARLIER)).await.expect_err("one like for each user");
    assert_eq!(again.kind(), monotable::ErrorKind::AlreadyExists);
    let newest = table.query(Like::of_photo_by_time(id(EARLIER))).newest_first().await.expect("a query");
    assert_eq!(*newest, [likes[1].clone(), likes[0].clone()]);
    let follow = Follow { followed: "ada".into(), following: "bob".into() };
    table.put(&follow).await.expect("a put");
    assert_eq!(*table.query(Follow::followers_of("ada")).await.expect("a query"), from_ref(&follow));
    assert_eq!(*table.query(Follow::followed_by("bob")).await.expect("a query"), [follow]);
}

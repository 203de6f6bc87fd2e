//! The nine patterns. A user has more followers than one call of a batch reads.

use super::*;
use crate::patterns::{Patterns, TRANSACTION, put_all, ran};
use crate::prices::Price;
use monotable_tests::open;

fn user(username: &str) -> User {
    User { username: username.into(), name: username.to_uppercase(), followers: 0, following: 0 }
}

fn photo(username: &str, photo_id: &str) -> Photo {
    Photo { username: username.into(), photo_id: id(photo_id), url: "u".repeat(3000) }
}

fn comment(photo_id: &str, comment_id: &str) -> Comment {
    Comment { photo_id: id(photo_id), comment_id: id(comment_id), content: "c".repeat(2500) }
}

fn follow(followed: &str, following: &str) -> Follow {
    Follow { followed: followed.into(), following: following.into() }
}

const LATEST: &str = "01BX5ZZKBKACTAV9WEVGEMMVS0";

#[tokio::test]
async fn access_patterns() {
    let mut patterns = Patterns::of("debrie_instagram", "Instagram clone (DeBrie)");
    let table = open::<Instagram>().await;
    of_photos(&table, &mut patterns).await;
    of_follows(&table, &mut patterns).await;
    patterns.left_out(3, "Like a photo once", TRANSACTION);
    patterns.left_out(5, "Comment + increment", TRANSACTION);
    patterns.left_out(7, "Follow + both counters", TRANSACTION);
    patterns.finish();
}

async fn of_photos(table: &monotable::Handle<Instagram>, patterns: &mut Patterns) {
    let ada = user("ada");
    patterns.wrote(ran!(1, "Create user once", table.insert(&ada)), &ada, 0);
    let again = table.insert(&ada).await.expect_err("once");
    assert_eq!(again.kind(), monotable::ErrorKind::AlreadyExists);

    let photos = [LATEST, LATER, EARLIER].map(|id| photo("ada", id));
    put_all(table, &photos).await;
    put_all(table, &[photo("ada2", LATER)]).await;
    let newest = ran!(2, "Photos of a user, newest first", table.query(Photo::of_user("ada")).newest_first());
    patterns.found(newest, &photos);

    let likes = [like("bob", LATEST), like("zoe", LATER), like("eve", EARLIER)];
    put_all(table, &likes).await;
    put_all(table, &[Like { photo_id: id(LATER), ..like("bob", LATER) }]).await;
    let photo = id(EARLIER);
    let newest =
        ran!(4, "Likes of a photo, newest first", table.query(Like::of_photo_by_time(photo)).newest_first());
    patterns.found(newest, &likes);

    let comments = [comment(EARLIER, LATER), comment(EARLIER, EARLIER)];
    put_all(table, &comments).await;
    put_all(table, &[comment(LATER, LATER)]).await;
    let newest = ran!(6, "Comments of a photo", table.query(Comment::of_photo(photo)).newest_first());
    patterns.found(newest, &comments);
}

/// The keys of those who are at one end of each.
fn users_of(follows: &[Follow], end: fn(&Follow) -> &String) -> Vec<UserKey> {
    follows.iter().map(|follow| UserKey { username: end(follow).clone() }).collect()
}

async fn of_follows(table: &monotable::Handle<Instagram>, patterns: &mut Patterns) {
    let fans: Vec<_> = (0..120).map(|number| user(&format!("fan{number:03}"))).collect();
    put_all(table, &fans).await;
    put_all(table, &[user("bob"), user("eve"), user("eve2")]).await;
    let of_ada: Vec<_> = fans.iter().map(|fan| follow("ada", &fan.username)).collect();
    put_all(table, &of_ada).await;
    let of_a_fan = ["bob", "eve"].map(|followed| follow(followed, "fan007"));
    put_all(table, &of_a_fan).await;
    put_all(table, &[follow("ada2", "fan007x"), follow("bob", "fan008")]).await;

    let query = ran!(8, "Followers with profiles", table.query(Follow::followers_of("ada")));
    let followers = users_of(&of_ada, |follow| &follow.following);
    let profiles = ran!(8, "Followers with profiles", table.batch_get(&followers));
    let price = Price::query(&of_ada).and(Price::batch(&fans));
    let (found, profiles) = patterns.priced(query.then(profiles), price);
    assert_eq!(found, of_ada);
    assert!(profiles.into_iter().flatten().eq(fans));

    let query = ran!(9, "Following", table.query(Follow::followed_by("fan007")));
    let followed = [follow("ada", "fan007"), of_a_fan[0].clone(), of_a_fan[1].clone()];
    let users = users_of(&followed, |follow| &follow.followed);
    let profiles = ran!(9, "Following", table.batch_get(&users));
    let expected = ["ada", "bob", "eve"].map(user);
    let price = Price::query(&followed).and(Price::batch(&expected));
    let (found, profiles) = patterns.priced(query.then(profiles), price);
    assert_eq!(found, followed);
    assert!(profiles.into_iter().flatten().eq(expected));
}

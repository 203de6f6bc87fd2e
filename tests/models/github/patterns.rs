//! The eleven patterns. An issue is a KB, so that reading stars and other issues with it would cost more.

use monotable_tests::open;
use std::slice::from_ref;

use super::*;
use crate::patterns::{Patterns, TRANSACTION, put_all, ran};
use crate::prices::{Price, stored_as};

stored_as!(GitHub: Repository, Issue, PullRequest, IssueComment, PrComment, Star, Reaction, Account, Membership);

fn issue(repo: &str, number: u32) -> Issue {
    Issue { owner: "ada".into(), repo: repo.into(), number, title: "t".repeat(1000) }
}

fn pull(repo: &str, number: u32) -> PullRequest {
    PullRequest { owner: "ada".into(), repo: repo.into(), number }
}

fn star(repo: &str, user: &str) -> Star {
    Star { owner: "ada".into(), repo: repo.into(), user: user.into() }
}

#[tokio::test]
async fn access_patterns() {
    let mut patterns = Patterns::of("debrie_github", "GitHub clone (DeBrie, ch. 21)");
    let table = open::<GitHub>().await;
    of_a_repository(&table, &mut patterns).await;
    of_numbers(&table, &mut patterns).await;
    of_forks_and_accounts(&table, &mut patterns).await;
    patterns.left_out(6, "React once", TRANSACTION);
    patterns.left_out(8, "Fork a repo", TRANSACTION);
    patterns.left_out(11, "Star / unstar", TRANSACTION);
    patterns.finish();
}

async fn of_a_repository(table: &monotable::Handle<GitHub>, patterns: &mut Patterns) {
    let repository = repository("ada", Place::Source);
    put_all(table, from_ref(&repository)).await;
    put_all(table, &(1..=12).map(|number| issue("mono", number)).collect::<Vec<_>>()).await;
    put_all(table, &[issue("mono-2", 13)]).await;
    let stars = ["bob", "eve"].map(|user| star("mono", user));
    put_all(table, &stars).await;
    put_all(table, &[star("mono-2", "zoe")]).await;
    put_all(table, &(1..=12).map(|number| pull("mono", number)).collect::<Vec<_>>()).await;
    put_all(table, &[pull("mono-2", 13)]).await;

    let issues = || Issue::by_owner_and_repo("ada", "mono");
    let newest = ran!(1, "Repo + newest issues", table.get(repository.key())).then(ran!(
        1,
        "Repo + newest issues",
        table.query(issues()).newest_first().limit(5)
    ));
    let expected = [12, 11, 10, 9, 8].map(|number| issue("mono", number));
    let (found, newest) = patterns.priced(newest, Price::get(&repository).and(Price::query(&expected)));
    assert_eq!((found.as_ref(), newest.as_slice()), (Some(&repository), &expected[..]));

    let starred = ran!(2, "Repo + stars", table.get(repository.key())).then(ran!(
        2,
        "Repo + stars",
        table.query(Star::by_owner_and_repo("ada", "mono"))
    ));
    let (found, starred) = patterns.priced(starred, Price::get(&repository).and(Price::query(&stars)));
    assert_eq!((found.as_ref(), starred.as_slice()), (Some(&repository), &stars[..]));

    let requests = ran!(
        3,
        "Repo + newest pull requests",
        table.item_collection(Repository::with_pull_requests("ada", "mono")).newest_first().limit(3)
    );
    let pulls = [12, 11].map(|number| GitHub::PullRequest(pull("mono", number)));
    let [second, third] = pulls;
    patterns.found(requests, &[GitHub::Repository(repository), second, third]);
}

async fn of_numbers(table: &monotable::Handle<GitHub>, patterns: &mut Patterns) {
    let (issue, pull) = (issue("mono", 10), pull("mono", 10));
    let both = ran!(4, "Issue / PR by number", table.get(issue.key())).then(ran!(
        4,
        "Issue / PR by number",
        table.get(pull.key())
    ));
    let both = patterns.priced(both, Price::get(&issue).and(Price::get(&pull)));
    assert_eq!(both, (Some(issue), Some(pull)));

    let ids = ["0ujsszwN8NRY24YaXiTIE2VWDTS", "0ujsswThIGTUYm2K8FjOOfXtY1K"];
    let (owner, repo) = (|| "ada".to_owned(), || "mono".to_owned());
    let comment =
        |id: &str, number| IssueComment { owner: owner(), repo: repo(), number, comment_id: id.into() };
    put_all(table, &[comment(ids[0], 1), comment(ids[1], 1), comment(ids[0], 10), comment(ids[0], 11)]).await;
    let on_pull =
        |id: &str, number| PrComment { owner: owner(), repo: repo(), number, comment_id: id.into() };
    put_all(table, &[on_pull(ids[0], 1), on_pull(ids[1], 10)]).await;
    let of_issue = ran!(
        5,
        "Comments of an issue / PR",
        table.query(IssueComment::by_owner_and_repo_and_number("ada", "mono", 1u32))
    );
    let of_pull = ran!(
        5,
        "Comments of an issue / PR",
        table.query(PrComment::by_owner_and_repo_and_number("ada", "mono", 1u32))
    );
    let comments = [comment(ids[1], 1), comment(ids[0], 1)];
    let reviews = [on_pull(ids[0], 1)];
    let price = Price::query(&comments).and(Price::query(&reviews));
    let found = patterns.priced(of_issue.then(of_pull), price);
    assert_eq!(found, (comments.to_vec(), reviews.to_vec()));
}

async fn of_forks_and_accounts(table: &monotable::Handle<GitHub>, patterns: &mut Patterns) {
    let forks = ["bob", "eve"].map(|owner| repository(owner, Place::Fork));
    put_all(table, &forks).await;
    let found =
        ran!(7, "Forks of a repo", table.query(Repository::forks_of("ada", "mono").place(Place::Fork)));
    patterns.found(found, &forks);

    let named = |repo: &str, updated_at: &str| Repository {
        repo: repo.into(),
        source_repo: repo.into(),
        place_name: repo.into(),
        updated_at: updated_at.into(),
        ..repository("zoe", Place::Source)
    };
    let account = |name: &str| Account { name: name.into(), is_organization: true };
    let repositories = [named("a", "2026-06-23T00:00:00Z"), named("z", "2026-06-22T00:00:00Z")];
    put_all(table, &repositories).await;
    put_all(table, &[account("zoe"), account("zoe-2")]).await;
    let recent = ran!(
        9,
        "Repos of an account, most recently updated",
        table.query(Repository::of_account("zoe")).newest_first()
    );
    patterns.found(recent, &repositories);

    let member = |org: &str, user: &str| Membership { org: org.into(), user: user.into() };
    put_all(table, &[member("zoe", "ada"), member("zoe", "bob"), member("zoe-2", "eve")]).await;
    let members = ran!(10, "Members of an org", table.query(Membership::of_organization("zoe")));
    patterns.found(members, &[member("zoe", "ada"), member("zoe", "bob")]);
}

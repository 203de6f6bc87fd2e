//! OneTable: its templates say everything, so they are written as they are, `${_type}` filled in.

use monotable::{Entity, Table};
use serde::{Deserialize, Serialize};

use crate::file::Vector;
use crate::made::keys;
use crate::rows::{Row, later, refused, reproduced};

pub const ROWS: &[Row] = &[
    reproduced("ot-01-default-create", |vector| vector.is_item(&user(vector))),
    later(
        "ot-03-update-via-properties",
        "updates; shown are the keys of the whole item, which are the ones that the update sets",
        the_keys_that_the_update_sets,
    ),
    reproduced("ot-05-find-gs1", |vector| vector.has_condition(User::by_name(vector.text("name")))),
    reproduced("ot-07-pet-singleton-pk", |vector| {
        vector.is_item(&Pet { id: vector.text("id"), race: vector.text("race") });
    }),
    reproduced("ot-09-mapped", |vector| {
        vector.is_item(&Mapped { id: vector.text("id"), email: vector.text("email") });
    }),
    reproduced("ot-11-tenant-account", |vector| {
        vector.is_item(&Account { id: vector.text("id"), name: vector.text("name") });
    }),
    reproduced("ot-13-readme-user", |vector| {
        let (account_name, email) = (vector.text("accountName"), vector.text("email"));
        vector.is_item(&Login { account_name, email, role: None });
    }),
    refused(
        "ot-15-find-nonkey-filter",
        "the key condition is the same, and a field that is no part of the key is no step of the query: \
         refused/filter_by_a_field_that_is_no_key.rs",
        |vector| vector.has_condition(Login::by_account_name(vector.text("accountName"))),
    ),
    refused("ot-33-scan-filter", "there is no scan: refused/scan.rs", |_| {}),
];

#[derive(Table)]
#[table(name = "MyTable", pk = "pk", sk = "sk")]
#[table(index(Gs1, name = "gs1", pk = "gs1pk", sk = "gs1sk"))]
enum Users {
    User(User),
}

#[derive(Entity, Serialize, Deserialize)]
#[entity(table = Users, pk = "User#{id}", sk = "User#")]
#[entity(index(Gs1, pk = "User#{name}", sk = "User#"))]
struct User {
    id: String,
    name: String,
    status: String,
}

fn user(vector: &Vector) -> User {
    User { id: vector.text("id"), name: vector.text("name"), status: vector.text("status") }
}

fn the_keys_that_the_update_sets(vector: &Vector) {
    let made = keys(&User { id: vector.text("id"), name: vector.text("name"), status: "active".into() });
    let expected = vector.expected();
    assert_eq!((&made["pk"], &made["sk"]), (&expected["Key"]["pk"], &expected["Key"]["sk"]));
    assert_eq!((&expected["names"]["#_4"], &expected["names"]["#_5"]), (&"gs1pk".into(), &"gs1sk".into()));
    let values = &expected["values"];
    assert_eq!((&made["gs1pk"], &made["gs1sk"]), (&values[":_2"], &values[":_3"]));
}

#[derive(Table)]
#[table(name = "MyTable", pk = "pk", sk = "sk")]
#[table(
    index(Gs2, name = "gs2", pk = "gs2pk", sk = "gs2sk"),
    index(Gs3, name = "gs3", pk = "gs3pk", sk = "gs3sk")
)]
enum Pets {
    Owner(Owner),
    Pet(Pet),
}

#[derive(Entity, Serialize, Deserialize)]
#[entity(table = Pets, type = "User", pk = "User#{id}", sk = "User#")]
#[entity(index(Gs2, pk = "type:User", sk = "User#{id}", query = all))]
#[entity(index(Gs3, pk = "User#{status}", sk = "User#{name}"))]
struct Owner {
    id: String,
    name: String,
    status: String,
}

#[derive(Entity, Serialize, Deserialize)]
#[entity(table = Pets, pk = "Pet", sk = "Pet#{id}", query = all, singleton)]
struct Pet {
    id: String,
    race: String,
}

#[derive(Table)]
#[table(name = "MyTable", pk = "pk", sk = "sk", index(ByType, name = "gs1", pk = "pk1", sk = "sk1"))]
enum Short {
    Mapped(Mapped),
}

#[derive(Entity, Serialize, Deserialize)]
#[entity(table = Short, type = "User", pk = "us#{id}", sk = "us#")]
#[entity(index(ByType, pk = "ty#us", sk = "us#{email}", query = all))]
struct Mapped {
    id: String,
    #[serde(rename = "em")]
    email: String,
}

#[derive(Table)]
#[table(name = "MyTable", pk = "pk", sk = "sk", index(ByName, name = "gs1", pk = "gs1pk", sk = "gs1sk"))]
enum Tenants {
    Account(Account),
    TenantUser(TenantUser),
}

#[derive(Entity, Serialize, Deserialize)]
#[entity(table = Tenants, pk = "Account#{id}", sk = "Account#")]
#[entity(index(ByName, pk = "Account#{name}", sk = "Account#"))]
struct Account {
    id: String,
    name: String,
}

#[derive(Entity, Serialize, Deserialize)]
#[entity(table = Tenants, type = "User", pk = "Account#{account_id}", sk = "User#{id}")]
#[entity(index(ByName, pk = "User#{email}", sk = "User#{account_id}"))]
#[serde(rename_all = "camelCase")]
struct TenantUser {
    account_id: String,
    id: String,
    email: String,
}

#[derive(Table)]
#[table(name = "MyTable", pk = "pk", sk = "sk", delimiter = ":")]
#[table(index(ByEmail, name = "gs1", pk = "gs1pk", sk = "gs1sk"))]
enum Readme {
    Customer(Customer),
    Login(Login),
}

#[derive(Entity, Serialize, Deserialize)]
#[entity(table = Readme, type = "Account", pk = "account:{id}", sk = "account:")]
struct Customer {
    id: String,
    name: String,
    zip: Option<String>,
}

#[derive(Entity, Serialize, Deserialize)]
#[entity(table = Readme, type = "User", pk = "account:{account_name}", sk = "user:{email}")]
#[entity(index(ByEmail, pk = "user-email:{email}", sk = "user:"))]
#[serde(rename_all = "camelCase")]
struct Login {
    account_name: String,
    email: String,
    role: Option<String>,
}

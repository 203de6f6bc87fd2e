//! What the derives write, as files to read: renew them with `UPDATE_EXPECT=1 cargo test -p monotable-derive`.

use expect_test::{ExpectFile, expect_file};
use proc_macro2::TokenStream;
use quote::{ToTokens, quote};
use syn::DeriveInput;

mod mistakes;

/// The input as a comment, then its expansion.
fn check(derive: fn(&DeriveInput) -> TokenStream, input: TokenStream, expected: ExpectFile) {
    let input: DeriveInput = syn::parse2(input).unwrap();
    let expansion = pretty(derive(&input));
    let input: String = pretty(input.to_token_stream()).lines().map(|line| format!("// {line}\n")).collect();
    expected.assert_eq(&format!("{input}\n{expansion}"));
}

fn pretty(tokens: TokenStream) -> String {
    prettyplease::unparse(&syn::parse2(tokens).unwrap())
}

#[test]
fn a_table() {
    let input = quote! {
        #[table(name = "shop", index(Gsi1, pk = "GSI1PK", sk = "GSI1SK"))]
        pub enum Shop {
            Customer(Customer),
            Order(Order),
        }
    };
    check(crate::table, input, expect_file!["tests/table.rs"]);
}

#[test]
fn an_entity_with_an_index() {
    let input = quote! {
        #[entity(table = Shop, pk = "CUSTOMER#{customer_id}", sk = "ORDER#{order_id}")]
        #[entity(index(Gsi1, pk = "STATUS#{status}", sk = "{placed_at}", query = by_status))]
        pub struct Order {
            pub customer_id: CustomerId,
            pub order_id: OrderId,
            pub status: Status,
            pub placed_at: DateTime<Utc>,
            pub total_cents: u64,
            pub note: Option<String>,
        }
    };
    check(crate::entity, input, expect_file!["tests/entity.rs"]);
}

#[test]
fn an_entity_with_a_version_and_times() {
    let input = quote! {
        #[entity(table = Shop, pk = "SESSION#{id}", sk = "SESSION")]
        #[entity(index(Gsi1, pk = "SESSIONS", sk = "{seen_at:seconds}"))]
        struct Session {
            id: String,
            #[entity(version)]
            version: u32,
            #[entity(created_at)]
            made_at: DateTime<Utc>,
            #[entity(updated_at)]
            seen_at: DateTime<Utc>,
            #[entity(ttl)]
            ends: u64,
            #[entity(null)]
            note: Option<String>,
        }
    };
    check(crate::entity, input, expect_file!["tests/entity_managed.rs"]);
}

#[test]
fn an_entity_with_an_optional_part_of_an_index() {
    let input = quote! {
        #[entity(table = Shop, pk = "CUSTOMER#{id}", sk = "PROFILE")]
        #[entity(index(Gsi1, pk = "EMAIL#{email}#{country}", sk = "CUSTOMER"))]
        #[entity(unique(email, country))]
        struct Customer {
            id: String,
            email: Option<String>,
            country: String,
        }
    };
    check(crate::entity, input, expect_file!["tests/entity_optional.rs"]);
}

#[test]
fn a_singleton() {
    let input = quote! {
        #[entity(table = Shop, pk = "CONFIG", sk = "CONFIG", singleton)]
        struct Config {
            color: String,
        }
    };
    check(crate::entity, input, expect_file!["tests/entity_singleton.rs"]);
}

#[test]
fn a_constant_partition() {
    let input = quote! {
        #[entity(table = Shop, pk = "CONFIG")]
        struct Config {
            color: String,
        }
    };
    check(crate::entity, input, expect_file!["tests/entity_constant_partition.rs"]);
}

#[test]
fn an_entity_after_an_error() {
    let input = quote! {
        #[entity(table = Shop, pk = "CUSTOMER#{idd}", sk = "{name}")]
        struct Customer {
            id: String,
            name: String,
        }
    };
    check(crate::entity, input, expect_file!["tests/entity_error.rs"]);
}

#[test]
fn a_newtype_as_a_key_part() {
    let input = quote! {
        pub struct CustomerId(String);
    };
    check(crate::key_part, input, expect_file!["tests/key_part_newtype.rs"]);
}

#[test]
fn an_enum_as_a_key_part() {
    let input = quote! {
        #[serde(rename_all = "kebab-case")]
        enum Status {
            Open,
            PartlyPaid,
            #[key(rename = "done")]
            Paid,
        }
    };
    check(crate::key_part, input, expect_file!["tests/key_part_enum.rs"]);
}

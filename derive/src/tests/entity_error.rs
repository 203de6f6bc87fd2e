// #[entity(table = Shop, pk = "CUSTOMER#{idd}", sk = "{name}")]
// struct Customer {
//     id: String,
//     name: String,
// }

::core::compile_error! {
    "key template names a field `Customer` does not have\n  \"CUSTOMER#{idd}\"\n             ^^^ no field `idd`\nhelp: did you mean `id`?\nnote: fields: `id`, `name`"
}
///The primary key of [`Customer`]: `"CUSTOMER#{idd}"`, `"{name}"`.
struct CustomerKey {
    ///The `id` of the key.
    id: String,
    ///The `name` of the key.
    name: String,
}
///A query of [`Customer`] by `"CUSTOMER#{idd}"`; the sort key is `"{name}"`; see [`Customer::by_id`].
#[derive(::core::fmt::Debug)]
#[must_use = "a query does nothing until it is passed to a table's handle"]
struct CustomerById<S = ::monotable::__private::At0>(::monotable::__private::Steps<S>);
#[allow(
    clippy::all,
    clippy::pedantic,
    clippy::nursery,
    deprecated,
    non_upper_case_globals,
    single_use_lifetimes,
    unused_qualifications,
)]
#[allow(unreachable_code, unused_variables)]
const _: () = {
    const _: () = {
        #[allow(unused_imports)]
        use ::monotable::__private as __p;
        impl Customer {
            ///[`Customer`]s with the partition key `"CUSTOMER#{idd}"`; the sort key is `"{name}"`.
            fn by_id(id: impl ::monotable::IntoValue<String>) -> CustomerById {
                ::core::unreachable!()
            }
        }
        #[diagnostic::on_unimplemented(
            message = "`.name(..)` is not the next step of this query",
            label = "`name` is fixed already",
            note = "the sort key of `Customer::by_id(..)` is \"{{name}}\": steps follow it from left to right, each once, without a gap"
        )]
        pub trait NameIsNext {}
        #[diagnostic::do_not_recommend]
        impl NameIsNext for __p::At0 {}
        #[diagnostic::do_not_recommend]
        impl<const PARTS: usize> NameIsNext for __p::RangeAfter<PARTS> {}
        pub type NamePlace = __p::RangePlace<0, true>;
        #[diagnostic::on_unimplemented(
            message = "the sort-key condition is complete: a range is given, and only the last step can be one",
            label = "nothing can follow a range",
            note = "the sort key of `Customer::by_id(..)` is \"{{name}}\"; give both ends of a range at once, as `.._in(a..=b)`",
        )]
        pub trait NoRangeYet {}
        #[diagnostic::do_not_recommend]
        impl<const PARTS: usize> NoRangeYet for __p::At<PARTS> {}
        impl<S> CustomerById<S> {
            ///`name` equal to this.
            fn name(
                self,
                value: impl ::monotable::IntoValue<String>,
            ) -> CustomerById<__p::At1>
            where
                S: NameIsNext + NoRangeYet,
            {
                ::core::unreachable!()
            }
            ///`name` at or after this.
            fn name_from(
                self,
                value: impl __p::IntoBound<String, NamePlace>,
            ) -> CustomerById<__p::RangeAfter0>
            where
                S: NameIsNext + NoRangeYet,
            {
                ::core::unreachable!()
            }
            ///`name` at or before this, with whatever follows.
            fn name_until(
                self,
                value: impl __p::IntoBound<String, NamePlace>,
            ) -> CustomerById<__p::RangeAfter0>
            where
                S: NameIsNext + NoRangeYet,
            {
                ::core::unreachable!()
            }
            ///`name` in this range.
            fn name_in(
                self,
                range: impl ::monotable::KeyRange<String, NamePlace>,
            ) -> CustomerById<__p::RangeAfter0>
            where
                S: NameIsNext + NoRangeYet,
            {
                ::core::unreachable!()
            }
        }
        impl<S> ::monotable::KeyQuery for CustomerById<S> {
            type Entity = Customer;
            type Index = ::monotable::Primary<<Customer as ::monotable::Entity>::Table>;
            fn into_query(self) -> ::monotable::Query<Self::Entity, Self::Index> {
                ::core::unreachable!()
            }
        }
        impl<S> ::monotable::TypedQuery for CustomerById<S> {
            type Entity = Customer;
            type Index = ::monotable::Primary<<Customer as ::monotable::Entity>::Table>;
            fn into_typed_query(self) -> ::monotable::Query<Self::Entity, Self::Index> {
                ::core::unreachable!()
            }
        }
    };
};
#[allow(
    clippy::all,
    clippy::pedantic,
    clippy::nursery,
    deprecated,
    non_upper_case_globals,
    single_use_lifetimes,
    unused_qualifications,
)]
#[allow(unreachable_code, unused_variables)]
const _: () = {
    impl ::monotable::Entity for Customer {
        type Table = Shop;
        type Key = CustomerKey;
        const MODEL: ::monotable::EntityModel = ::monotable::EntityModel::incomplete(
            "Customer",
        );
        const STORAGE: ::monotable::__private::Storage<Self> = ::monotable::__private::Storage::incomplete();
        fn key(&self) -> CustomerKey {
            ::core::unreachable!()
        }
    }
    impl ::core::clone::Clone for CustomerKey {
        fn clone(&self) -> Self {
            ::core::unreachable!()
        }
    }
    impl ::core::fmt::Debug for CustomerKey {
        fn fmt(&self, _: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
            ::core::unreachable!()
        }
    }
    impl ::monotable::EntityKey for CustomerKey {
        type Entity = Customer;
        fn partition_key(
            &self,
        ) -> ::core::result::Result<::monotable::KeyValue, ::monotable::KeyError> {
            ::core::unreachable!()
        }
        fn sort_key(
            &self,
        ) -> ::core::result::Result<
            ::core::option::Option<::monotable::KeyValue>,
            ::monotable::KeyError,
        > {
            ::core::unreachable!()
        }
        fn from_keys(
            _: &::core::primitive::str,
            _: ::core::option::Option<&::core::primitive::str>,
        ) -> ::core::result::Result<Self, ::monotable::KeyError> {
            ::core::unreachable!()
        }
    }
    #[allow(unused_imports)]
    use ::monotable::__private as __p;
    #[automatically_derived]
    impl<__T: ::monotable::Table> ::monotable::KeySet<__T> for CustomerKey
    where
        Customer: ::monotable::InTable<__T>,
    {
        type Found = __p::Option<Customer>;
        type Shape = __p::OneKey<Customer>;
        fn add_to(self, __keys: &mut __p::Keys<__T>) -> Self::Shape {
            __p::add_key(self, __keys)
        }
    }
    impl CustomerKey {
        #[allow(unused_variables, dead_code)]
        fn parse(
            partition_key: &::core::primitive::str,
            sort_key: &::core::primitive::str,
        ) -> ::core::result::Result<Self, ::monotable::KeyError> {
            ::core::unreachable!()
        }
    }
    #[allow(dead_code)]
    impl Customer {
        ///The field `id` of [`Customer`], for conditions and updates.
        const ID: ::monotable::Field<Self, String, ::monotable::KeyField> = ::monotable::Field::required(
            "id",
        );
        ///The field `name` of [`Customer`], for conditions and updates.
        const NAME: ::monotable::Field<Self, String, ::monotable::KeyField> = ::monotable::Field::required(
            "name",
        );
    }
};

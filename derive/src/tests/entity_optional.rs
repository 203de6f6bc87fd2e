// #[entity(table = Shop, pk = "CUSTOMER#{id}", sk = "PROFILE")]
// #[entity(index(Gsi1, pk = "EMAIL#{email}#{country}", sk = "CUSTOMER"))]
// #[entity(unique(email, country))]
// struct Customer {
//     id: String,
//     email: Option<String>,
//     country: String,
// }

///The primary key of [`Customer`]: `"CUSTOMER#{id}"`, `"PROFILE"`.
struct CustomerKey {
    ///The `id` of the key.
    id: String,
}
///A query of [`Customer`] by `"CUSTOMER#{id}"`; the sort key is `"PROFILE"`; see [`Customer::by_id`].
#[derive(::core::fmt::Debug)]
#[must_use = "a query does nothing until it is passed to a table's handle"]
struct CustomerById<S = ::monotable::__private::At0>(::monotable::__private::Steps<S>);
///A query of [`Customer`] by `"EMAIL#{email}#{country}"`; the sort key is `"CUSTOMER"`; see [`Customer::by_email_and_country`].
#[derive(::core::fmt::Debug)]
#[must_use = "a query does nothing until it is passed to a table's handle"]
struct CustomerByEmailAndCountry<S = ::monotable::__private::At0>(
    ::monotable::__private::Steps<S>,
);
///`email` and `country` of [`Customer`], which an update sets together: together they are the key "EMAIL#{email}#{country}" of `Gsi1`.
#[allow(dead_code, missing_debug_implementations)]
struct CustomerEmailCountry {
    ///The `email` of the item.
    email: Option<String>,
    ///The `country` of the item.
    country: String,
}
#[allow(
    clippy::all,
    clippy::pedantic,
    clippy::nursery,
    deprecated,
    non_upper_case_globals,
    single_use_lifetimes,
    unused_qualifications,
)]
const _: () = {
    #[diagnostic::on_unimplemented(
        message = "`email` and `country` of `Customer` cannot be set one by one: together they are the key \"EMAIL#{{email}}#{{country}}\" of `Gsi1`",
        label = "needs `email` and `country`",
        note = "write `.set_together(CustomerEmailCountry {{ email, country }})`"
    )]
    pub trait HasAllPartsAtHand {}
    impl<__E: HasAllPartsAtHand> ::monotable::__private::SetOneByOne<__E>
    for CustomerEmailCountry {}
    #[automatically_derived]
    impl ::monotable::FieldGroup<Customer> for CustomerEmailCountry {
        fn set(self, __together: &mut ::monotable::Together<'_, Customer>) {
            __together.set(Customer::EMAIL, self.email);
            __together.set(Customer::COUNTRY, self.country);
        }
    }
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
const _: () = {
    #[allow(unused_imports)]
    use ::monotable::__private as __p;
    enum IdPart {}
    impl __p::CanonicalPart for IdPart {
        type Value = String;
    }
    enum EmailPart {}
    impl __p::CanonicalPart for EmailPart {
        type Value = String;
    }
    enum CountryPart {}
    impl __p::CanonicalPart for CountryPart {
        type Value = String;
    }
    const __PARTITION: __p::Place<(IdPart, ())> = __p::Place::new(
        <::monotable::Primary<
            <Customer as ::monotable::Entity>::Table,
        > as ::monotable::Index>::PARTITION,
        "CUSTOMER#{id}",
        &[__p::Literal("CUSTOMER#"), __p::part::<IdPart>("id")],
    );
    const __SORT: __p::Place<()> = __p::Place::new(
        <::monotable::Primary<
            <Customer as ::monotable::Entity>::Table,
        > as ::monotable::Index>::SORT,
        "PROFILE",
        &[__p::Literal("PROFILE")],
    );
    const __Gsi1_PARTITION: __p::Place<(EmailPart, (CountryPart, ()))> = __p::Place::new(
        <Gsi1 as ::monotable::Index>::PARTITION,
        "EMAIL#{email}#{country}",
        &[
            __p::Literal("EMAIL#"),
            __p::part::<EmailPart>("email"),
            __p::Literal("#"),
            __p::part::<CountryPart>("country"),
        ],
    );
    const __Gsi1_SORT: __p::Place<()> = __p::Place::new(
        <Gsi1 as ::monotable::Index>::SORT,
        "CUSTOMER",
        &[__p::Literal("CUSTOMER")],
    );
    const _: () = <Customer as ::monotable::InTable<
        <Customer as ::monotable::Entity>::Table,
    >>::HOLDS;
    const _: () = <Gsi1 as __p::IndexOf<
        <Customer as ::monotable::Entity>::Table,
    >>::HOLDS;
    #[automatically_derived]
    impl ::core::clone::Clone for CustomerKey {
        fn clone(&self) -> Self {
            CustomerKey {
                id: __p::clone::<IdPart>(&self.id),
            }
        }
    }
    #[automatically_derived]
    impl ::core::fmt::Debug for CustomerKey {
        fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
            f.debug_struct("CustomerKey")
                .field("id", __p::debug::<IdPart>(&self.id))
                .finish()
        }
    }
    #[automatically_derived]
    impl ::core::cmp::PartialEq for CustomerKey {
        fn eq(&self, other: &Self) -> ::core::primitive::bool {
            true && __p::equal::<IdPart>(&self.id, &other.id)
        }
    }
    #[automatically_derived]
    impl ::core::cmp::Eq for CustomerKey {}
    #[automatically_derived]
    impl ::core::hash::Hash for CustomerKey {
        fn hash<__H: ::core::hash::Hasher>(&self, state: &mut __H) {
            __p::hash::<IdPart, __H>(&self.id, state);
        }
    }
    impl CustomerKey {
        ///Takes a stored key of `"CUSTOMER#{id}"` and `"PROFILE"` apart.
        ///
        /// # Errors
        ///
        /// If it is not such a key: what is accepted is exactly what the key is written as.
        #[allow(dead_code)]
        fn parse(
            partition_key: &::core::primitive::str,
            sort_key: &::core::primitive::str,
        ) -> ::core::result::Result<Self, ::monotable::KeyError> {
            <CustomerKey as ::monotable::EntityKey>::from_keys(
                partition_key,
                __p::Some(sort_key),
            )
        }
    }
    #[automatically_derived]
    impl ::monotable::EntityKey for CustomerKey {
        type Entity = Customer;
        fn partition_key(
            &self,
        ) -> __p::Result<::monotable::KeyValue, ::monotable::KeyError> {
            __PARTITION.key((&self.id, ()))
        }
        fn sort_key(
            &self,
        ) -> __p::Result<__p::Option<::monotable::KeyValue>, ::monotable::KeyError> {
            __p::Ok(__p::Some(__SORT.key(())?))
        }
        fn from_keys(
            __partition: &::core::primitive::str,
            __sort: __p::Option<&::core::primitive::str>,
        ) -> __p::Result<Self, ::monotable::KeyError> {
            let ((__value_of_id, ()), ()) = __p::read(
                &__PARTITION,
                &__SORT,
                __partition,
                __sort,
            )?;
            __p::Ok(CustomerKey { id: __value_of_id })
        }
    }
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
    #[automatically_derived]
    impl ::monotable::Entity for Customer {
        type Table = Shop;
        type Key = CustomerKey;
        const MODEL: ::monotable::EntityModel = {
            #[allow(unused_imports)]
            use __p::UnknownForm as _;
            ::monotable::EntityModel::new(
                    "Customer",
                    "Customer",
                    &[
                        __p::Key::primary(
                            __PARTITION.template(),
                            __p::Some(__SORT.template()),
                        ),
                        __p::Key::index(
                            <Gsi1 as ::monotable::Index>::NUMBER,
                            __Gsi1_PARTITION.template(),
                            __p::Some(__Gsi1_SORT.template()),
                        ),
                    ],
                    &[
                        ::monotable::AttributeModel::new(
                            "id",
                            "id",
                            true,
                            __p::FormOf::<String>::FORM,
                        ),
                        ::monotable::AttributeModel::new(
                            "email",
                            "email",
                            false,
                            __p::FormOf::<Option<String>>::FORM,
                        ),
                        ::monotable::AttributeModel::new(
                            "country",
                            "country",
                            true,
                            __p::FormOf::<String>::FORM,
                        ),
                    ],
                )
                .unique(
                    &[
                        ::monotable::UniqueModel::new(
                            "email,country",
                            &["email", "country"],
                        ),
                    ],
                )
        };
        const STORAGE: __p::Storage<Self> = <Customer as __p::Storable>::STORAGE;
        fn key(&self) -> CustomerKey {
            CustomerKey {
                id: __p::clone::<IdPart>(&self.id),
            }
        }
        fn key_values(
            &self,
            __buffers: &mut [__p::String; 2],
        ) -> __p::Result<
            (::monotable::KeyValue, __p::Option<::monotable::KeyValue>),
            ::monotable::KeyError,
        > {
            __p::Ok((
                __PARTITION.key_in(&mut __buffers[0usize], (&self.id, ()))?,
                __p::Some(__SORT.key_in(&mut __buffers[1usize], ())?),
            ))
        }
        #[allow(unused_variables)]
        fn index_keys(__from: &__p::PartSource<'_, Self>, __keys: &mut __p::IndexKeys) {
            let (__part_email, __part_country) = match __from.origin() {
                __p::Ok(__item) => {
                    (
                        __p::PartOf::optional(&__item.email),
                        __p::PartOf::Set(&__item.country),
                    )
                }
                __p::Err(__key) => {
                    (__from.touched_optional("email"), __from.touched("country"))
                }
            };
            __keys.half(&__Gsi1_PARTITION, (&__part_email, (&__part_country, ())));
            __keys.half(&__Gsi1_SORT, ());
        }
        fn key_attributes(__key: &Self::Key, __attributes: &mut __p::KeyAttributes) {
            __attributes.add(&Customer::ID, &__key.id);
        }
    }
    #[allow(dead_code)]
    impl Customer {
        ///The field `id` of [`Customer`], for conditions and updates.
        const ID: ::monotable::Field<Self, String, ::monotable::KeyField> = ::monotable::Field::required(
            "id",
        );
        ///The field `email` of [`Customer`], for conditions and updates.
        const EMAIL: ::monotable::Field<
            Self,
            Option<String>,
            ::monotable::Grouped<CustomerEmailCountry>,
        > = ::monotable::Field::optional("email");
        ///The field `country` of [`Customer`], for conditions and updates.
        const COUNTRY: ::monotable::Field<
            Self,
            String,
            ::monotable::Grouped<CustomerEmailCountry>,
        > = ::monotable::Field::required("country");
        ///[`Customer`]s with the partition key `"CUSTOMER#{id}"`; the sort key is `"PROFILE"`.
        fn by_id(id: impl ::monotable::IntoValue<String>) -> CustomerById {
            CustomerById(
                __p::Steps::new(
                    &__PARTITION,
                    __p::Some(__SORT.untyped()),
                    (&::monotable::IntoValue::into_value(id), ()),
                ),
            )
        }
        ///[`Customer`]s with the partition key `"EMAIL#{email}#{country}"` in index [`Gsi1`]; the sort key is `"CUSTOMER"`.
        fn by_email_and_country(
            email: impl ::monotable::IntoValue<String>,
            country: impl ::monotable::IntoValue<String>,
        ) -> CustomerByEmailAndCountry {
            CustomerByEmailAndCountry(
                __p::Steps::new(
                    &__Gsi1_PARTITION,
                    __p::Some(__Gsi1_SORT.untyped()),
                    (
                        &::monotable::IntoValue::into_value(email),
                        (&::monotable::IntoValue::into_value(country), ()),
                    ),
                ),
            )
        }
        ///Takes a stored key of index [`Gsi1`] apart: `email`, `country`.
        ///
        /// # Errors
        ///
        /// If it is not such a key.
        #[allow(dead_code)]
        fn by_email_and_country_parts(
            partition_key: &::core::primitive::str,
            sort_key: &::core::primitive::str,
        ) -> __p::Result<(String, String), ::monotable::KeyError> {
            let (__partition, __sort) = (partition_key, __p::Some(sort_key));
            let ((__value_of_email, (__value_of_country, ())), ()) = __p::read(
                &__Gsi1_PARTITION,
                &__Gsi1_SORT,
                __partition,
                __sort,
            )?;
            __p::Ok((__value_of_email, __value_of_country))
        }
    }
    const _: () = {
        #[automatically_derived]
        impl<S> ::monotable::KeyQuery for CustomerById<S> {
            type Entity = Customer;
            type Index = ::monotable::Primary<<Customer as ::monotable::Entity>::Table>;
            fn into_query(self) -> ::monotable::Query<Self::Entity, Self::Index> {
                self.0.into_query()
            }
        }
        #[diagnostic::on_unimplemented(
            message = "this query of `Customer::by_id(..)` can select items of other entities too",
            label = "not a query of one entity yet",
            note = "the sort key is \"PROFILE\": take the step that tells `Customer` from the others",
            note = "or read whatever is there, as values of the table's enum: `.item_collection(..)`",
        )]
        pub trait CustomerByIdSelectsOneEntity {}
        #[diagnostic::do_not_recommend]
        impl<S> CustomerByIdSelectsOneEntity for S
        where
            S: __p::Reaches<
                {
                    __p::typed_from::<
                        <Customer as ::monotable::Entity>::Table,
                    >("Customer", 0usize)
                },
            >,
        {}
        #[automatically_derived]
        impl<S: CustomerByIdSelectsOneEntity> ::monotable::TypedQuery
        for CustomerById<S> {
            type Entity = <Self as ::monotable::KeyQuery>::Entity;
            type Index = <Self as ::monotable::KeyQuery>::Index;
            fn into_typed_query(self) -> ::monotable::Query<Self::Entity, Self::Index> {
                self.0.into_query()
            }
        }
    };
    const _: () = {
        #[automatically_derived]
        impl<S> ::monotable::KeyQuery for CustomerByEmailAndCountry<S> {
            type Entity = Customer;
            type Index = Gsi1;
            fn into_query(self) -> ::monotable::Query<Self::Entity, Self::Index> {
                self.0.into_query()
            }
        }
        #[diagnostic::on_unimplemented(
            message = "this query of `Customer::by_email_and_country(..)` can select items of other entities too",
            label = "not a query of one entity yet",
            note = "the sort key is \"CUSTOMER\": take the step that tells `Customer` from the others",
            note = "or read whatever is there, as values of the table's enum: `.item_collection(..)`",
        )]
        pub trait CustomerByEmailAndCountrySelectsOneEntity {}
        #[diagnostic::do_not_recommend]
        impl<S> CustomerByEmailAndCountrySelectsOneEntity for S
        where
            S: __p::Reaches<
                {
                    __p::typed_from::<
                        <Customer as ::monotable::Entity>::Table,
                    >("Customer", 1usize)
                },
            >,
        {}
        #[automatically_derived]
        impl<S: CustomerByEmailAndCountrySelectsOneEntity> ::monotable::TypedQuery
        for CustomerByEmailAndCountry<S> {
            type Entity = <Self as ::monotable::KeyQuery>::Entity;
            type Index = <Self as ::monotable::KeyQuery>::Index;
            fn into_typed_query(self) -> ::monotable::Query<Self::Entity, Self::Index> {
                self.0.into_query()
            }
        }
    };
};

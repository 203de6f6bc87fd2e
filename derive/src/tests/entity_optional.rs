// #[entity(table = Shop, pk = "CUSTOMER#{id}", sk = "PROFILE")]
// #[entity(index(Gsi1, pk = "EMAIL#{email}#{country}", sk = "CUSTOMER"))]
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
struct CustomerById<S = ::monotable::__private::At<0>>(::monotable::__private::Steps<S>);
///A query of [`Customer`] by `"EMAIL#{email}#{country}"`; the sort key is `"CUSTOMER"`; see [`Customer::by_email_and_country`].
#[derive(::core::fmt::Debug)]
#[must_use = "a query does nothing until it is passed to a table's handle"]
struct CustomerByEmailAndCountry<S = ::monotable::__private::At<0>>(
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
    enum IdPart {}
    impl ::monotable::__private::CanonicalPart for IdPart {
        const FIELD: &'static ::core::primitive::str = "id";
        type Value = String;
    }
    enum EmailPart {}
    impl ::monotable::__private::CanonicalPart for EmailPart {
        const FIELD: &'static ::core::primitive::str = "email";
        type Value = String;
    }
    enum CountryPart {}
    impl ::monotable::__private::CanonicalPart for CountryPart {
        const FIELD: &'static ::core::primitive::str = "country";
        type Value = String;
    }
    const __PARTITION: ::monotable::__private::KeyPlace = ::monotable::__private::KeyPlace::partition(
        <::monotable::Primary<
            <Customer as ::monotable::Entity>::Table,
        > as ::monotable::Index>::PARTITION_KEY,
        ::monotable::__private::Source {
            text: "CUSTOMER#{id}",
            delimiter: <<Customer as ::monotable::Entity>::Table as ::monotable::Table>::DELIMITER
                as u8,
            segments: &[
                ::monotable::__private::Segment::Literal("CUSTOMER#"),
                ::monotable::__private::part::<IdPart>(),
            ],
            native: ::core::option::Option::None,
        },
    );
    const __SORT: ::monotable::__private::KeyPlace = ::monotable::__private::KeyPlace::sort(
        <::monotable::Primary<
            <Customer as ::monotable::Entity>::Table,
        > as ::monotable::Index>::SORT_KEY,
        ::monotable::__private::Source {
            text: "PROFILE",
            delimiter: <<Customer as ::monotable::Entity>::Table as ::monotable::Table>::DELIMITER
                as u8,
            segments: &[::monotable::__private::Segment::Literal("PROFILE")],
            native: ::core::option::Option::None,
        },
    );
    const __Gsi1_PARTITION: ::monotable::__private::KeyPlace = ::monotable::__private::KeyPlace::partition(
        <Gsi1 as ::monotable::Index>::PARTITION_KEY,
        ::monotable::__private::Source {
            text: "EMAIL#{email}#{country}",
            delimiter: <<Customer as ::monotable::Entity>::Table as ::monotable::Table>::DELIMITER
                as u8,
            segments: &[
                ::monotable::__private::Segment::Literal("EMAIL#"),
                ::monotable::__private::part::<EmailPart>(),
                ::monotable::__private::Segment::Literal("#"),
                ::monotable::__private::part::<CountryPart>(),
            ],
            native: ::core::option::Option::None,
        },
    );
    const __Gsi1_SORT: ::monotable::__private::KeyPlace = ::monotable::__private::KeyPlace::sort(
        <Gsi1 as ::monotable::Index>::SORT_KEY,
        ::monotable::__private::Source {
            text: "CUSTOMER",
            delimiter: <<Customer as ::monotable::Entity>::Table as ::monotable::Table>::DELIMITER
                as u8,
            segments: &[::monotable::__private::Segment::Literal("CUSTOMER")],
            native: ::core::option::Option::None,
        },
    );
    const _: () = <Customer as ::monotable::InTable<
        <Customer as ::monotable::Entity>::Table,
    >>::HOLDS;
    const _: () = <Gsi1 as ::monotable::__private::IndexOf<
        <Customer as ::monotable::Entity>::Table,
    >>::HOLDS;
    #[automatically_derived]
    impl ::core::clone::Clone for CustomerKey {
        fn clone(&self) -> Self {
            CustomerKey {
                id: ::monotable::__private::clone::<IdPart>(&self.id),
            }
        }
    }
    #[automatically_derived]
    impl ::core::fmt::Debug for CustomerKey {
        fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
            f.debug_struct("CustomerKey")
                .field("id", ::monotable::__private::debug::<IdPart>(&self.id))
                .finish()
        }
    }
    #[automatically_derived]
    impl ::core::cmp::PartialEq for CustomerKey {
        fn eq(&self, other: &Self) -> ::core::primitive::bool {
            true && ::monotable::__private::equal::<IdPart>(&self.id, &other.id)
        }
    }
    #[automatically_derived]
    impl ::core::cmp::Eq for CustomerKey {}
    #[automatically_derived]
    impl ::core::hash::Hash for CustomerKey {
        fn hash<__H: ::core::hash::Hasher>(&self, state: &mut __H) {
            ::monotable::__private::hash::<IdPart, __H>(&self.id, state);
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
                ::core::option::Option::Some(sort_key),
            )
        }
    }
    #[automatically_derived]
    impl ::monotable::EntityKey for CustomerKey {
        type Entity = Customer;
        fn partition_key(
            &self,
        ) -> ::core::result::Result<::monotable::KeyValue, ::monotable::KeyError> {
            ::monotable::__private::key_value(
                &__PARTITION,
                |__key| {
                    __key.literal("CUSTOMER#");
                    __key.part::<IdPart>(&self.id)?;
                    ::core::result::Result::Ok(())
                },
            )
        }
        fn sort_key(
            &self,
        ) -> ::core::result::Result<
            ::core::option::Option<::monotable::KeyValue>,
            ::monotable::KeyError,
        > {
            ::monotable::__private::key_value(
                    &__SORT,
                    |__key| {
                        __key.literal("PROFILE");
                        ::core::result::Result::Ok(())
                    },
                )
                .map(::core::option::Option::Some)
        }
        fn from_keys(
            __partition: &::core::primitive::str,
            __sort: ::core::option::Option<&::core::primitive::str>,
        ) -> ::core::result::Result<Self, ::monotable::KeyError> {
            #[allow(unused_imports)]
            use ::monotable::__private::InPart as _;
            let [__partition_0] = __PARTITION.split::<1usize>(__partition)?;
            let [] = __SORT
                .split::<0usize>(::monotable::__private::sort_key_of(&__SORT, __sort)?)?;
            let __value_of_id = ::monotable::__private::Whole::<
                IdPart,
            >::decode(&__PARTITION, __partition_0)?;
            ::core::result::Result::Ok(CustomerKey { id: __value_of_id })
        }
    }
    #[automatically_derived]
    impl<__T: ::monotable::Table> ::monotable::KeySet<__T> for CustomerKey
    where
        Customer: ::monotable::InTable<__T>,
    {
        type Found = ::core::option::Option<Customer>;
        type Shape = ::monotable::__private::OneKey<Customer>;
        fn add_to(self, __keys: &mut ::monotable::__private::Keys<__T>) -> Self::Shape {
            ::monotable::__private::add_key(self, __keys)
        }
    }
    #[automatically_derived]
    impl ::monotable::Entity for Customer {
        type Table = Shop;
        type Key = CustomerKey;
        const MODEL: ::monotable::EntityModel = {
            #[allow(unused_imports)]
            use ::monotable::__private::UnknownForm as _;
            ::monotable::EntityModel::new(
                "Customer",
                "Customer",
                &[
                    ::monotable::__private::Key::primary(
                        __PARTITION.template(),
                        ::core::option::Option::Some(__SORT.template()),
                    ),
                    ::monotable::__private::Key::index(
                        <Gsi1 as ::monotable::Index>::NUMBER,
                        __Gsi1_PARTITION.template(),
                        ::core::option::Option::Some(__Gsi1_SORT.template()),
                    ),
                ],
                &[
                    ::monotable::AttributeModel::new(
                        "id",
                        "id",
                        true,
                        ::monotable::__private::FormOf::<String>::FORM,
                    ),
                    ::monotable::AttributeModel::new(
                        "email",
                        "email",
                        false,
                        ::monotable::__private::FormOf::<Option<String>>::FORM,
                    ),
                    ::monotable::AttributeModel::new(
                        "country",
                        "country",
                        true,
                        ::monotable::__private::FormOf::<String>::FORM,
                    ),
                ],
            )
        };
        const STORAGE: ::monotable::__private::Storage<Self> = <Customer as ::monotable::__private::Storable>::STORAGE;
        fn key(&self) -> CustomerKey {
            CustomerKey {
                id: ::monotable::__private::clone::<IdPart>(&self.id),
            }
        }
        fn index_keys(
            __from: &::monotable::__private::PartSource<'_, Self>,
            __keys: &mut ::monotable::__private::IndexKeys,
        ) -> ::core::result::Result<(), ::monotable::KeyError> {
            let __part_email = __from.optional("email", |__item| &__item.email);
            let __part_country = __from.required("country", |__item| &__item.country);
            __keys
                .half(
                    &__Gsi1_PARTITION,
                    &[__part_email.state(), __part_country.state()],
                    |__key| {
                        __key.literal("EMAIL#");
                        __key.part::<EmailPart>(__part_email.value())?;
                        __key.literal("#");
                        __key.part::<CountryPart>(__part_country.value())?;
                        ::core::result::Result::Ok(())
                    },
                )?;
            __keys
                .half(
                    &__Gsi1_SORT,
                    &[],
                    |__key| {
                        __key.literal("CUSTOMER");
                        ::core::result::Result::Ok(())
                    },
                )?;
            ::core::result::Result::Ok(())
        }
        fn key_attributes(
            __key: &Self::Key,
            __attributes: &mut ::monotable::__private::KeyAttributes,
        ) {
            __attributes.add(&Customer::ID, &__key.id);
        }
    }
    #[automatically_derived]
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
    }
    const _: () = {
        impl Customer {
            ///[`Customer`]s with the partition key `"CUSTOMER#{id}"`; the sort key is `"PROFILE"`.
            fn by_id(id: impl ::monotable::IntoValue<String>) -> CustomerById {
                CustomerById(
                    ::monotable::__private::Steps::new(
                        &__PARTITION,
                        ::core::option::Option::Some(&__SORT),
                        |__key| {
                            __key.literal("CUSTOMER#");
                            __key
                                .part::<IdPart>(&::monotable::IntoValue::into_value(id))?;
                            ::core::result::Result::Ok(())
                        },
                    ),
                )
            }
        }
        #[automatically_derived]
        impl<S> ::monotable::KeyQuery for CustomerById<S> {
            type Entity = Customer;
            type Index = ::monotable::Primary<<Customer as ::monotable::Entity>::Table>;
            fn into_query(self) -> ::monotable::Query<Self::Entity, Self::Index> {
                self.0.into_query()
            }
        }
        const __TYPED_FROM: usize = ::monotable::__private::typed_from::<
            <Customer as ::monotable::Entity>::Table,
        >("Customer", 0usize);
        #[diagnostic::on_unimplemented(
            message = "this query of `Customer::by_id(..)` can select items of other entities too",
            label = "not a query of one entity yet",
            note = "the sort key is \"PROFILE\": take the step that tells `Customer` from the others",
            note = "or read whatever is there, as values of the table's enum: `.item_collection(..)`",
        )]
        pub trait SelectsOneEntity {}
        #[diagnostic::do_not_recommend]
        impl SelectsOneEntity for ::monotable::__private::Proved<true> {}
        #[automatically_derived]
        impl ::monotable::TypedQuery for CustomerById<::monotable::__private::At<0usize>>
        where
            for<'__a> ::monotable::__private::Proved<
                { 0usize >= __TYPED_FROM },
            >: SelectsOneEntity,
        {
            type Entity = Customer;
            type Index = ::monotable::Primary<<Customer as ::monotable::Entity>::Table>;
            fn into_typed_query(self) -> ::monotable::Query<Self::Entity, Self::Index> {
                self.0.into_query()
            }
        }
    };
    const _: () = {
        impl Customer {
            ///[`Customer`]s with the partition key `"EMAIL#{email}#{country}"` in index [`Gsi1`]; the sort key is `"CUSTOMER"`.
            fn by_email_and_country(
                email: impl ::monotable::IntoValue<String>,
                country: impl ::monotable::IntoValue<String>,
            ) -> CustomerByEmailAndCountry {
                CustomerByEmailAndCountry(
                    ::monotable::__private::Steps::new(
                        &__Gsi1_PARTITION,
                        ::core::option::Option::Some(&__Gsi1_SORT),
                        |__key| {
                            __key.literal("EMAIL#");
                            __key
                                .part::<
                                    EmailPart,
                                >(&::monotable::IntoValue::into_value(email))?;
                            __key.literal("#");
                            __key
                                .part::<
                                    CountryPart,
                                >(&::monotable::IntoValue::into_value(country))?;
                            ::core::result::Result::Ok(())
                        },
                    ),
                )
            }
        }
        #[automatically_derived]
        impl<S> ::monotable::KeyQuery for CustomerByEmailAndCountry<S> {
            type Entity = Customer;
            type Index = Gsi1;
            fn into_query(self) -> ::monotable::Query<Self::Entity, Self::Index> {
                self.0.into_query()
            }
        }
        const __TYPED_FROM: usize = ::monotable::__private::typed_from::<
            <Customer as ::monotable::Entity>::Table,
        >("Customer", 1usize);
        #[diagnostic::on_unimplemented(
            message = "this query of `Customer::by_email_and_country(..)` can select items of other entities too",
            label = "not a query of one entity yet",
            note = "the sort key is \"CUSTOMER\": take the step that tells `Customer` from the others",
            note = "or read whatever is there, as values of the table's enum: `.item_collection(..)`",
        )]
        pub trait SelectsOneEntity {}
        #[diagnostic::do_not_recommend]
        impl SelectsOneEntity for ::monotable::__private::Proved<true> {}
        #[automatically_derived]
        impl ::monotable::TypedQuery
        for CustomerByEmailAndCountry<::monotable::__private::At<0usize>>
        where
            for<'__a> ::monotable::__private::Proved<
                { 0usize >= __TYPED_FROM },
            >: SelectsOneEntity,
        {
            type Entity = Customer;
            type Index = Gsi1;
            fn into_typed_query(self) -> ::monotable::Query<Self::Entity, Self::Index> {
                self.0.into_query()
            }
        }
    };
    impl Customer {
        ///Takes a stored key of index [`Gsi1`] apart: `email`, `country`.
        ///
        /// # Errors
        ///
        /// If it is not such a key.
        #[allow(dead_code)]
        fn by_email_and_country_parts(
            partition_key: &::core::primitive::str,
            sort_key: &::core::primitive::str,
        ) -> ::core::result::Result<(String, String), ::monotable::KeyError> {
            let (__partition, __sort) = (
                partition_key,
                ::core::option::Option::Some(sort_key),
            );
            #[allow(unused_imports)]
            use ::monotable::__private::InPart as _;
            let [__partition_0, __partition_1] = __Gsi1_PARTITION
                .split::<2usize>(__partition)?;
            let [] = __Gsi1_SORT
                .split::<
                    0usize,
                >(::monotable::__private::sort_key_of(&__Gsi1_SORT, __sort)?)?;
            let __value_of_email = ::monotable::__private::Whole::<
                EmailPart,
            >::decode(&__Gsi1_PARTITION, __partition_0)?;
            let __value_of_country = ::monotable::__private::Whole::<
                CountryPart,
            >::decode(&__Gsi1_PARTITION, __partition_1)?;
            ::core::result::Result::Ok((__value_of_email, __value_of_country))
        }
    }
};

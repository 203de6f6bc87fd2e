//! The fourteen patterns, on data made for them: the page has none.

use super::*;
use crate::patterns::{Patterns, put_all, ran};
use crate::prices::{Price, stored_as};
use monotable_tests::open;

stored_as!(
    OrderEntry: Employee, Job, Hiring, Quota, Workplace, Region, Country, Location, JobTitle, Department,
    Customer, Order, OrderOfRep, OrderItem, Product, Inventory, Warehouse
);

type Opened = monotable::Handle<OrderEntry>;

#[tokio::test]
async fn access_patterns() {
    let title = "Relational order-entry schema (AWS best practices)";
    let mut patterns = Patterns::of("aws_relational_order_entry", title);
    let table = open::<OrderEntry>().await;
    of_employees(&table, &mut patterns).await;
    of_jobs(&table, &mut patterns).await;
    of_orders(&table, &mut patterns).await;
    of_account_reps(&table, &mut patterns).await;
    of_products(&table, &mut patterns).await;
    patterns.finish();
}

async fn of_employees(table: &Opened, patterns: &mut Patterns) {
    let employee = |employee: &str, name: &str| Employee { employee: employee.into(), name: name.into() };
    let staff =
        [employee("e1", "Ada"), employee("e2", "Ada"), employee("e11", "Ada B"), employee("e3", "Eve")];
    put_all(table, &staff).await;
    patterns.got(ran!(1, "Employee by id", table.get(staff[0].key())), &staff[0]);
    patterns.found(ran!(2, "Employee by name", table.query(Employee::by_name("Ada"))), &staff[..2]);

    let hiring = |employee: &str, on: &str| Hiring { employee: employee.into(), hired: Day::of(on) };
    let hired = [hiring("e2", "2020-05-31"), hiring("e1", "2020-06-01"), hiring("e3", "2020-06-21")];
    put_all(table, &hired).await;
    let recently =
        ran!(6, "Employees hired recently", table.query(Hiring::hired().hired_from(Day::of("2020-06-01"))));
    patterns.found(recently, &hired[1..]);

    let works = |employee: &str, warehouse: &str| {
        let (employee, warehouse) = (employee.to_owned(), warehouse.to_owned());
        Workplace { employee, warehouse }
    };
    put_all(table, &[works("e1", "w1"), works("e2", "w1"), works("e3", "w11")]).await;
    let staff = ran!(7, "Employees of a warehouse", table.query(Workplace::of_warehouse("w1")));
    patterns.found(staff, &[works("e1", "w1"), works("e2", "w1")]);
}

async fn of_jobs(table: &Opened, patterns: &mut Patterns) {
    let job = |employee: &str, version, title: &str| Job {
        employee: employee.into(),
        version,
        title: title.into(),
    };
    let jobs =
        [job("e1", 0, "Manager"), job("e1", 1, "Clerk"), job("e1", 10, "Manager"), job("e3", 0, "Manager")];
    put_all(table, &jobs).await;
    put_all(table, &[job("e2", 0, "Managers"), job("e2", 1, "Manager")]).await;
    let current = ran!(3, "Current job of an employee", table.query(Job::of_employee("e1").version(0u32)));
    patterns.found(current, &jobs[..1]);
    let managers = ran!(11, "Employees with a job title", table.query(Job::by_title(0u32, "Manager")));
    patterns.found(managers, &[jobs[0].clone(), jobs[3].clone()]);
}

async fn of_orders(table: &Opened, patterns: &mut Patterns) {
    let closed = |number, on| Order { status: Status::Closed, ..order(number, on) };
    let open =
        [order(1, "2020-06-20"), order(2, "2020-06-21"), order(3, "2020-06-30"), order(4, "2020-07-01")];
    let done = [closed(5, "2020-06-19"), closed(6, "2020-06-22")];
    let elsewhere = Order { customer: "c11".into(), ..order(7, "2020-06-25") };
    put_all(table, &open).await;
    put_all(table, &done).await;
    put_all(table, std::slice::from_ref(&elsewhere)).await;

    let june = || Day::of("2020-06-21")..=Day::of("2020-06-30");
    let orders = ran!(
        4,
        "Orders of a customer in a date range",
        table.query(Order::of_customer("c1").status(Status::Open).placed_on_in(june()))
    );
    let orders = orders.then(ran!(
        4,
        "Orders of a customer in a date range",
        table.query(Order::of_customer("c1").status(Status::Closed).placed_on_in(june()))
    ));
    let found = patterns.priced(orders, Price::query(&open[1..3]).and(Price::query(&done[1..])));
    assert_eq!(found, (open[1..3].to_vec(), done[1..].to_vec()));

    let of_all = ran!(
        5,
        "Open orders in a date range, all customers",
        table.query(Order::by_status().all_shards().status(Status::Open).placed_on_in(june()))
    );
    let of_all = patterns.priced(of_all, Price::shards(15, 3));
    assert_eq!(of_all, [open[1].clone(), elsewhere, open[2].clone()]);
}

async fn of_account_reps(table: &Opened, patterns: &mut Patterns) {
    let customer =
        |customer: &str, rep: &str| Customer { customer: customer.into(), account_rep: rep.into() };
    put_all(table, &[customer("c1", "e1"), customer("c2", "e1"), customer("c3", "e11")]).await;
    let order = |order: &str, rep: &str, status, on| {
        let (order, account_rep) = (order.to_owned(), rep.to_owned());
        OrderOfRep { order, account_rep, status, placed_on: Day::of(on) }
    };
    let open = [order("1", "e1", Status::Open, "2020-06-20"), order("2", "e1", Status::Open, "2020-06-22")];
    let closed = [order("3", "e1", Status::Closed, "2020-06-21")];
    put_all(table, &open).await;
    put_all(table, &closed).await;
    put_all(table, &[order("4", "e11", Status::Open, "2020-06-22")]).await;

    let customers = ran!(9, "Customers of an account rep", table.query(Customer::of_account_rep("e1")));
    patterns.found(customers, &[customer("c1", "e1"), customer("c2", "e1")]);
    let since = || Day::of("2020-06-21");
    let orders = ran!(
        10,
        "Orders of an account rep by date",
        table.query(OrderOfRep::of_account_rep("e1").status(Status::Open).placed_on_from(since()))
    );
    let orders = orders.then(ran!(
        10,
        "Orders of an account rep by date",
        table.query(OrderOfRep::of_account_rep("e1").status(Status::Closed).placed_on_from(since()))
    ));
    let found = patterns.priced(orders, Price::query(&open[1..]).and(Price::query(&closed)));
    assert_eq!(found, (open[1..].to_vec(), closed.to_vec()));

    let quota = |employee: &str, quarter: &str, total_cents| Quota {
        employee: employee.into(),
        quarter: Quarter(quarter.into()),
        total_cents,
    };
    let ranked = [quota("e3", "2020-Q1", 10_000), quota("e1", "2020-Q1", 9_000), quota("e2", "2020-Q1", 900)];
    put_all(table, &ranked).await;
    put_all(table, &[quota("e1", "2020-Q2", 5_000)]).await;
    let quarter = || Quarter("2020-Q1".into());
    let found = ran!(
        14,
        "Account reps ranked by total in a quarter",
        table.query(Quota::ranked_in(quarter())).newest_first()
    );
    patterns.found(found, &ranked);
}

async fn of_products(table: &Opened, patterns: &mut Patterns) {
    let item = |order: &str, product: &str| OrderItem { order: order.into(), product: product.into() };
    let stock = |product: &str, warehouse: &str, quantity| {
        let (product, warehouse) = (product.to_owned(), warehouse.to_owned());
        Inventory { product, warehouse, quantity }
    };
    let stocks = [stock("p1", "w1", 3), stock("p1", "w2", 4)];
    let items = [item("1", "p1"), item("2", "p1")];
    let product = |id: &str| Product { product: id.into(), name: "The Book".into() };
    put_all(table, &items).await;
    put_all(table, &[item("1", "p11")]).await;
    put_all(table, &stocks).await;
    put_all(table, &[stock("p11", "w1", 5)]).await;
    put_all(table, &[product("p1"), product("p11")]).await;

    let both = ran!(
        8,
        "Order items of a product with inventories",
        table.item_collection(Inventory::with_order_items("p1"))
    );
    let items = items.into_iter().map(OrderEntry::OrderItem);
    let expected: Vec<_> = items.chain(stocks.iter().cloned().map(OrderEntry::Inventory)).collect();
    patterns.found(both, &expected);
    let one = ran!(12, "Inventory by product and warehouse", table.get(stocks[1].key()));
    patterns.got(one, &stocks[1]);
    let all = ran!(13, "Total inventory of a product", table.query(Inventory::of_product("p1")));
    let all = patterns.priced(all, Price::query(&stocks));
    assert_eq!(all.iter().map(|stock| stock.quantity).sum::<u32>(), 7);
}

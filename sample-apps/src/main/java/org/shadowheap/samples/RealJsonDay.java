package org.shadowheap.samples;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** The orders of one day in {@link RealJson}, as records that Jackson binds. */
record RealJsonDay(List<Customer> customers, List<Order> orders) {

    private static final int CUSTOMERS = 200;
    private static final int ORDERS = 500;
    private static final int MAX_LINES = 8;
    private static final int MAX_QUANTITY = 20;
    private static final int MAX_CENTS = 10_000;

    /** One in so many is cancelled. */
    private static final int CANCELLED = 10;

    private static final List<String> CITIES =
            List.of("Bern", "Graz", "Gent", "Lund", "Nancy", "Oulu", "Porto", "Siena", "Tartu", "York");
    private static final List<String> ARTICLES =
            List.of("anvil", "bell", "chisel", "drill \"no. 4\"", "easel", "file", "grindstone", "hammer\n(heavy)");

    record Customer(int id, String name, String city, List<String> interests) {}

    record Order(int id, int customer, boolean cancelled, List<Line> lines) {}

    record Line(String article, int quantity, int cents) {}

    /** Draws a day. */
    static RealJsonDay of(Random random) {
        List<Customer> customers = new ArrayList<>();
        for (int id = 0; id < CUSTOMERS; id++) {
            List<String> interests = List.of(any(ARTICLES, random), any(ARTICLES, random));
            customers.add(new Customer(id, "customer " + random.nextInt(), any(CITIES, random), interests));
        }
        List<Order> orders = new ArrayList<>();
        for (int id = 0; id < ORDERS; id++) {
            orders.add(new Order(id, random.nextInt(CUSTOMERS), random.nextInt(CANCELLED) == 0, lines(random)));
        }
        return new RealJsonDay(customers, orders);
    }

    private static List<Line> lines(Random random) {
        List<Line> lines = new ArrayList<>();
        for (int count = 1 + random.nextInt(MAX_LINES); count > 0; count--) {
            lines.add(new Line(any(ARTICLES, random), 1 + random.nextInt(MAX_QUANTITY), 1 + random.nextInt(MAX_CENTS)));
        }
        return lines;
    }

    private static String any(List<String> names, Random random) {
        return names.get(random.nextInt(names.size()));
    }

    /** What the orders cost that are not cancelled. */
    static long cents(RealJsonDay day) {
        return day.orders.stream()
                .filter(order -> !order.cancelled)
                .flatMap(order -> order.lines.stream())
                .mapToLong(line -> (long) line.quantity * line.cents)
                .sum();
    }
}

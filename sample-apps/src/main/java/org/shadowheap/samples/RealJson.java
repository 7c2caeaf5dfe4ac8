package org.shadowheap.samples;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;

/**
 * Real parsers: Jackson reads, turns around and prints trees of orders, and the JDK's DOM does the same with what comes out.
 *
 * <p>In each round the orders of a day are drawn from the round's number as a seed, printed, parsed, and sorted by the
 * city of the customer. A ledger lives through all rounds and gets new nodes in every one. There is one thread, fields
 * keep their order, and all numbers are whole, since the text of a floating-point number depends on the JDK.
 */
final class RealJson {

    /** The result with the release of Jackson that the build pins, on every JDK. */
    static final String RESULT = "rounds=25 orders=11235 elements=61987 cents=2638224147"
            + " sha256=48e350cdbce64366a2a4dff5fe3a79ed242bcabb33ed3685964a7d4fe9244596";

    private static final int ROUNDS = 25;

    private final ObjectMapper mapper = new ObjectMapper();
    private final ObjectNode ledger = mapper.createObjectNode();
    private final Digest digest = new Digest();
    private long orders;
    private long elements;

    private RealJson() {}

    static String run(List<String> arguments) throws Exception {
        return Repeated.run(arguments, RESULT, () -> new RealJson().rounds());
    }

    private String rounds() throws Exception {
        for (int seed = 0; seed < ROUNDS; seed++) {
            round(seed);
        }
        digest.add(mapper.writeValueAsString(ledger));
        return "rounds=" + ROUNDS + " orders=" + orders + " elements=" + elements + " cents="
                + ledger.get("cents").longValue() + " sha256=" + digest.hex();
    }

    private void round(int seed) throws Exception {
        RealJsonDay day = RealJsonDay.of(new Random(seed));
        JsonNode built = mapper.valueToTree(day);
        String text = mapper.writeValueAsString(built);
        JsonNode parsed = mapper.readTree(text);
        WrongResultException.check("parsed tree", built, parsed);
        WrongResultException.check("bound day", day, mapper.readValue(text, RealJsonDay.class));

        ObjectNode cities = byCity(parsed);
        long cents = RealJsonDay.cents(day);
        WrongResultException.check("sum of the orders", cents, sum(cities));
        enter(cities, cents);
        digest.add(mapper.writeValueAsString(cities));

        RealJsonDom document = RealJsonDom.of(cities);
        WrongResultException.check("sum in the document", cents, document.cents());
        document.archive();
        WrongResultException.check("sum in the archived document", cents, document.cents());
        elements += document.addTo(digest);
    }

    /** Moves the orders that are not cancelled to the cities of their customers, with a sum each. */
    private ObjectNode byCity(JsonNode day) {
        Map<Integer, JsonNode> customers = new HashMap<>();
        day.get("customers").forEach(each -> customers.put(each.get("id").intValue(), each));
        ObjectNode cities = mapper.createObjectNode();
        Iterator<JsonNode> remaining = day.get("orders").iterator();
        while (remaining.hasNext()) {
            ObjectNode order = (ObjectNode) remaining.next();
            remaining.remove();
            if (!order.remove("cancelled").booleanValue()) {
                JsonNode customer = Objects.requireNonNull(
                        customers.get(order.get("customer").intValue()));
                ObjectNode named = order.deepCopy();
                named.set("customer", customer);
                named.put("cents", sumOfLines(order));
                cities.withArray("/" + customer.get("city").textValue()).add(named);
                orders++;
            }
        }
        return cities;
    }

    private static long sumOfLines(JsonNode order) {
        long cents = 0;
        for (JsonNode line : order.get("lines")) {
            cents += line.get("quantity").longValue() * line.get("cents").longValue();
        }
        return cents;
    }

    private static long sum(ObjectNode cities) {
        return cities.findValues("cents").stream()
                .filter(JsonNode::isLong)
                .mapToLong(JsonNode::longValue)
                .sum();
    }

    /** Replaces the old sums in the ledger by new ones, and keeps the last order of each city. */
    private void enter(ObjectNode cities, long cents) {
        ledger.put("cents", ledger.path("cents").longValue() + cents);
        for (Map.Entry<String, JsonNode> city : cities.properties()) {
            JsonNode delivered = city.getValue();
            ObjectNode page = ledger.withObject("/cities/" + city.getKey());
            page.put("orders", page.path("orders").intValue() + delivered.size());
            page.set("last", delivered.get(delivered.size() - 1));
        }
    }
}

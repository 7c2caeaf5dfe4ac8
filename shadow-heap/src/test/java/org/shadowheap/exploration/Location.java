package org.shadowheap.exploration;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.shadowheap.exploration.Violation.Kind;

/**
 * A field or a cell of memory: all stores to it, in modification order. Which of them a load sees, and where in the
 * order a store comes, is chosen among what the model allows; {@code package-info} tells what that is.
 */
final class Location implements Target {

    private final String name;
    private final boolean mayRace;
    private final List<Message> stores = new ArrayList<>();
    private final List<Message> plainStores = new ArrayList<>();

    /** When each thread last loaded plainly, and in any order. */
    private final int[] plainLoads = new int[Clock.THREADS];

    private final int[] loads = new int[Clock.THREADS];

    Location(String name, boolean mayRace) {
        this.name = name;
        this.mayRace = mayRace;
    }

    @Override
    public String name() {
        return name;
    }

    /** Whether plain accesses that nothing orders are part of the protocol. */
    boolean mayRace() {
        return mayRace;
    }

    /** The last in modification order. */
    @Nullable
    Object newest() {
        return stores.get(stores.size() - 1).value();
    }

    @Nullable
    Object load(Clock reader, Order order, Path path) {
        checkWritten();
        checkRaces(reader, order, false);
        int newest = stores.size() - 1;
        Message seen = stores.get(newest - path.choose(newest - oldestVisible(reader, order) + 1));
        acquire(reader, order, seen);
        loads[reader.owner()] = reader.now();
        if (order == Order.PLAIN) {
            plainLoads[reader.owner()] = reader.now();
        }
        return seen.value();
    }

    void store(Clock writer, Order order, @Nullable Object value, Path path) {
        checkRaces(writer, order, true);
        List<Integer> predecessors = predecessors(writer, order);
        int at = predecessors.get(path.choose(predecessors.size())) + 1;
        Clock released = order.releases() ? writer.copy() : null;
        Message message = new Message(value, writer.owner(), writer.now(), order, released, false);
        stores.add(at, message);
        if (order == Order.PLAIN) {
            plainStores.add(message);
        }
    }

    /** Reads a store and puts the new one right behind it. Returns what was read. */
    Object update(Clock thread, Order order, Action action, Object operand, Path path) {
        checkWritten();
        checkRaces(thread, order, true);
        List<Integer> predecessors = predecessors(thread, order);
        int at = predecessors.get(path.choose(predecessors.size()));
        Message seen = stores.get(at);
        acquire(thread, order, seen);
        Object old = seen.value();
        Clock released = releasedByUpdate(thread, order, seen);
        stores.add(
                at + 1, new Message(action.updated(old, operand), thread.owner(), thread.now(), order, released, true));
        return old;
    }

    /** An update carries on what the store before it released: a release sequence. */
    private static @Nullable Clock releasedByUpdate(Clock thread, Order order, Message seen) {
        if (!order.releases()) {
            return seen.released();
        }
        Clock released = thread.copy();
        if (seen.released() != null) {
            released.join(seen.released());
        }
        return released;
    }

    private static void acquire(Clock reader, Order order, Message seen) {
        if (order.acquires() && seen.released() != null) {
            reader.join(seen.released());
        }
    }

    /** What happens before hides what is older; among volatile accesses also what was merely executed before. */
    private int oldestVisible(Clock thread, Order order) {
        int at = stores.size() - 1;
        while (at > 0
                && !stores.get(at).isKnownTo(thread)
                && !(order == Order.VOLATILE && stores.get(at).order() == Order.VOLATILE)) {
            at--;
        }
        return at;
    }

    /** Behind which stores a new one may come, the newest first; never between an update and what it read. */
    private List<Integer> predecessors(Clock thread, Order order) {
        List<Integer> result = new ArrayList<>();
        int newest = stores.size() - 1;
        for (int at = newest, oldest = oldestVisible(thread, order); at >= oldest; at--) {
            if (at == newest || !stores.get(at + 1).atomicUpdate()) {
                result.add(at);
            }
        }
        return result.isEmpty() ? List.of(newest) : result;
    }

    private void checkWritten() {
        if (stores.isEmpty()) {
            throw new Violation(Kind.BAD_ACCESS, "load of what was never written: " + name);
        }
    }

    /** Fails if this access and an earlier one are not ordered, one of them stores, and one of them is plain. */
    private void checkRaces(Clock thread, Order order, boolean isStore) {
        if (mayRace) {
            return;
        }
        for (Message earlier : order == Order.PLAIN ? stores : plainStores) {
            if (!earlier.isKnownTo(thread)) {
                throw new Violation(Kind.DATA_RACE, "data race with an earlier store: " + name);
            }
        }
        int[] earlierLoads = order == Order.PLAIN ? loads : plainLoads;
        for (int reader = 0; isStore && reader < Clock.THREADS; reader++) {
            if (!thread.knows(reader, earlierLoads[reader])) {
                throw new Violation(Kind.DATA_RACE, "data race with an earlier load: " + name);
            }
        }
    }
}

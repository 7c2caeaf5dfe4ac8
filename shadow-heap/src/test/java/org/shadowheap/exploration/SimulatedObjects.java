package org.shadowheap.exploration;

import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Fields and monitors of the objects of one execution. */
final class SimulatedObjects {

    private final IdentityHashMap<Object, String> names = new IdentityHashMap<>();
    private final IdentityHashMap<Object, Map<String, Location>> fields = new IdentityHashMap<>();
    private final IdentityHashMap<Object, Monitor> monitors = new IdentityHashMap<>();

    /** A field; {@code initial} is its default value. */
    Location field(Object holder, String name, @Nullable Object initial) {
        return fields.computeIfAbsent(holder, key -> new HashMap<>())
                .computeIfAbsent(name, key -> newField(holder, name, initial));
    }

    private Location newField(Object holder, String name, @Nullable Object initial) {
        Location field = new Location(nameOf(holder) + "." + name, false);
        field.store(new Clock(0), Order.PLAIN, initial, new Path());
        return field;
    }

    Monitor monitor(Object object) {
        return monitors.computeIfAbsent(object, key -> new Monitor("monitor of " + nameOf(object)));
    }

    /** Class and number, by order of first use. */
    private String nameOf(Object object) {
        return names.computeIfAbsent(object, key -> object.getClass().getSimpleName() + "#" + names.size());
    }
}

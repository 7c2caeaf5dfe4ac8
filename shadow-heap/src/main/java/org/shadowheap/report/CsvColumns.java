package org.shadowheap.report;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The columns of a table in their order: a name for each, and where its value comes from. */
final class CsvColumns<T> {

    private final List<String> names = new ArrayList<>();
    private final List<Function<T, @Nullable Object>> values = new ArrayList<>();

    CsvColumns<T> add(String name, Function<T, @Nullable Object> value) {
        names.add(name);
        values.add(value);
        return this;
    }

    List<String> names() {
        return names;
    }

    List<@Nullable Object> cells(T element) {
        List<@Nullable Object> cells = new ArrayList<>();
        for (Function<T, @Nullable Object> each : values) {
            cells.add(each.apply(element));
        }
        return cells;
    }
}

package org.shadowheap.instrument;

import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Numbers class loaders as they are met; the boot loader is 0. Any thread. */
final class Loaders {

    private final LoadedClasses<ClassLoader, Integer> numbers = new LoadedClasses<>();
    private final AtomicInteger next = new AtomicInteger(1);

    int number(@Nullable ClassLoader loader) {
        return loader == null
                ? 0
                : numbers.computeIfAbsent(loader.getClass().getName(), loader, ignored -> next.getAndIncrement());
    }
}

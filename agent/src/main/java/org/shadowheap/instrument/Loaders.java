package org.shadowheap.instrument;

import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Numbers class loaders as they are met; the boot loader is 0. Any thread. */
final class Loaders {

    private final LoadedClasses<ClassLoader, Integer> numbers = new LoadedClasses<>();
    private final AtomicInteger next = new AtomicInteger(1);

    int number(@Nullable ClassLoader loader) {
        if (loader == null) {
            return 0;
        }
        String name = loader.getClass().getName();
        Integer number = numbers.get(name, loader);
        return number != null ? number : numbers.entered(name, loader, next.getAndIncrement());
    }
}

package org.shadowheap.targets;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/**
 * Lesson: a program can know to the last store how often it stored, although its stack overflows among the stores. Threads
 * overflow again and again, in frames of varying size; each level stores to objects that were made before.
 *
 * <p>A store of an instruction is counted before it: nothing between the two can overflow. Whether a call stored that an
 * overflow ended, its slot tells. The counts go to the file {@code stores.txt}, a line for each field or type of array.
 *
 * <p>Arguments: overflows of each thread, threads.
 */
public final class OverflowingStores {

    /** Stores of each thread after all overflows. */
    public static final int AFTERWARDS = 5_000;

    private static final int VALUES = 64;
    private static final int COPIED = 1;

    /** What is stored; also what the arrays hold, so that reports tell them apart. */
    static class Value {}

    static final class Element extends Value {}

    static final class Copied extends Value {}

    static final class Holder {
        Object field;
        volatile Object shared;
        volatile Object swapped;
    }

    static final class After {
        final Object made;
        Object stored;

        After(Object made) {
            this.made = made;
        }
    }

    private static final VarHandle SWAPPED;

    static {
        try {
            SWAPPED = MethodHandles.lookup().findVarHandle(Holder.class, "swapped", Object.class);
        } catch (ReflectiveOperationException impossible) {
            throw new ExceptionInInitializerError(impossible);
        }
    }

    static Object first;
    static Object second;

    /** Of another thread than those that store to it; each of them has one. */
    private final Holder foreign;

    private final boolean isFirst;
    private final int times;
    private Holder own;
    private Element[] elements;
    private Copied[] sources;
    private Copied[] targets;

    /** Stored to side by side, so that one call tells of both; nobody reads them. */
    @SuppressWarnings("UnusedVariable")
    private Object left;

    @SuppressWarnings("UnusedVariable")
    private Object right;

    private long fields;
    private long pairs;
    private long volatiles;
    private long swaps;
    private long statics;
    private long stores;
    private long copies;
    private int swapping = -1;
    private int copying = -1;
    private int overflows;

    private OverflowingStores(boolean isFirst, int times, Holder foreign) {
        this.isFirst = isFirst;
        this.times = times;
        this.foreign = foreign;
    }

    public static void main(String[] arguments) throws Exception {
        int times = Integer.parseInt(arguments[0]);
        OverflowingStores[] all = new OverflowingStores[Integer.parseInt(arguments[1])];
        Thread[] threads = new Thread[all.length];
        for (int i = 0; i < all.length; i++) {
            OverflowingStores stores = new OverflowingStores(i == 0, times, new Holder());
            all[i] = stores;
            threads[i] = new Thread(null, stores::run, "stores " + i, 192 + 64 * i << 10);
            threads[i].start();
        }
        for (Thread thread : threads) {
            thread.join();
        }
        write(all);
        boolean whole = true;
        for (OverflowingStores each : all) {
            whole &= each.overflows == times;
        }
        System.out.println("whole=" + whole);
    }

    private static void write(OverflowingStores[] all) throws IOException {
        Map<String, Long> counts = new TreeMap<>();
        String name = OverflowingStores.class.getName();
        for (OverflowingStores each : all) {
            counts.merge(name + "$Holder.field", each.fields, Long::sum);
            counts.merge(name + ".left", each.pairs, Long::sum);
            counts.merge(name + ".right", each.pairs, Long::sum);
            counts.merge(name + "$Holder.shared", each.volatiles, Long::sum);
            counts.merge(name + "$Holder.swapped", each.swaps, Long::sum);
            counts.merge(name + (each.isFirst ? ".first" : ".second"), each.statics, Long::sum);
            counts.merge(name + ".elements[]", each.stores, Long::sum);
            counts.merge(name + ".sources[]", (long) each.sources.length, Long::sum);
            counts.merge(name + ".targets[]", each.copies, Long::sum);
        }
        StringBuilder lines = new StringBuilder();
        counts.forEach(
                (what, often) -> lines.append(what).append(' ').append(often).append('\n'));
        Files.writeString(Path.of("stores.txt"), lines);
    }

    private void run() {
        own = new Holder();
        elements = new Element[VALUES];
        sources = new Copied[VALUES + COPIED];
        targets = new Copied[COPIED];
        for (int i = 0; i < VALUES; i++) {
            elements[i] = new Element();
            stores++;
        }
        for (int i = 0; i < sources.length; i++) {
            sources[i] = new Copied();
        }
        for (int i = 0; i < times; i++) {
            try {
                descend(i);
            } catch (StackOverflowError expected) {
                overflows++;
            }
            settle();
        }
        afterwards();
    }

    /** Counts what a call stored that the overflow ended. */
    private void settle() {
        if (swapping >= 0 && own.swapped == elements[swapping]) {
            swaps++;
        }
        if (copying >= 0 && targets[0] == sources[copying]) {
            copies += COPIED;
        }
        swapping = -1;
        copying = -1;
    }

    private int descend(int salt) {
        int index = salt & VALUES - 1;
        fields++;
        own.field = sources[index];
        volatiles++;
        own.shared = sources[index];
        fields++;
        foreign.field = sources[index];
        Object value = sources[index];
        pairs++;
        left = value;
        right = value;
        if (salt % 3 == 0) {
            return wide(salt, salt * 3L, salt * 5L);
        }
        if (salt % 7 == 0) {
            call(index);
        }
        return salt % 3 == 1 ? narrow(salt) : descend(salt + 1) + salt;
    }

    /** Each kind of store has a method where it is the only one. */
    private int narrow(int salt) {
        stores++;
        elements[salt & VALUES - 1] = elements[salt + 1 & VALUES - 1];
        return descend(salt + 1) + 1;
    }

    private int wide(int salt, long one, long other) {
        Object value = sources[salt & VALUES - 1];
        statics++;
        if (isFirst) {
            first = value;
        } else {
            second = value;
        }
        return descend(salt + 1) + (int) (one ^ other);
    }

    /** Stores by calls: their slots hold something else before. */
    private void call(int index) {
        Object before = own.swapped;
        if (before != elements[index]) {
            swapping = index;
            if (SWAPPED.compareAndSet(own, before, elements[index])) {
                swaps++;
            }
            swapping = -1;
        }
        if (targets[0] != sources[index]) {
            copying = index;
            System.arraycopy(sources, index, targets, 0, COPIED);
            copies += COPIED;
            copying = -1;
        }
    }

    private void afterwards() {
        for (int i = 0; i < AFTERWARDS; i++) {
            After after = new After(sources[i & VALUES - 1]);
            after.stored = own;
        }
    }
}

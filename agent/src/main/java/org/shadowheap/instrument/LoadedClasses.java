package org.shadowheap.instrument;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * A table by class name and something that tells classes of one name apart: their loader, or the class itself.
 *
 * <p>Keyed by name on purpose: hashing a class or a loader would make the JVM give it an identity hash. Keys are held
 * weakly. Lists in a fixed array, entered at the head by compare-and-set: any thread reads and adds, and none takes a lock,
 * not even on an entry: the barrier could not tell who a locked object without id is.
 *
 * @param <K> what tells entries of one name apart
 * @param <V> what is known
 */
final class LoadedClasses<K, V> {

    private static final int LISTS = 1 << 13;

    private final AtomicReferenceArray<@Nullable Entry<K, V>> lists = new AtomicReferenceArray<>(LISTS);

    /** @param key null for the boot loader */
    private record Entry<K, V>(
            String name,
            @Nullable WeakReference<K> key,
            V value,
            @Nullable Entry<K, V> next) {

        boolean isFor(String wantedName, @Nullable K wanted) {
            boolean same = key == null ? wanted == null : wanted != null && key.refersTo(wanted);
            return same && name.equals(wantedName);
        }
    }

    private static int listOf(String name) {
        int hash = name.hashCode();
        return (hash ^ hash >>> 13) & LISTS - 1;
    }

    @Nullable
    V get(String name, @Nullable K key) {
        for (Entry<K, V> entry = lists.get(listOf(name)); entry != null; entry = entry.next) {
            if (entry.isFor(name, key)) {
                return entry.value;
            }
        }
        return null;
    }

    /** Enters a value in place of an earlier one. */
    void put(String name, @Nullable K key, V value) {
        int list = listOf(name);
        WeakReference<K> reference = key == null ? null : new WeakReference<>(key);
        Entry<K, V> head;
        Entry<K, V> fresh;
        do {
            head = lists.get(list);
            fresh = new Entry<>(name, reference, value, without(head, name, key));
        } while (!lists.compareAndSet(list, head, fresh));
    }

    /** A list without the entry of a key; behind that it is the same. */
    private @Nullable Entry<K, V> without(@Nullable Entry<K, V> head, String name, @Nullable K key) {
        Entry<K, V> found = head;
        while (found != null && !found.isFor(name, key)) {
            found = found.next;
        }
        if (found == null) {
            return head;
        }
        Entry<K, V> rest = found.next;
        for (Entry<K, V> entry = head; entry != null && !entry.isFor(name, key); entry = entry.next) {
            rest = new Entry<>(entry.name, entry.key, entry.value, rest);
        }
        return rest;
    }

    /** The name of every entry, whether what it is for still exists or not. */
    List<String> names() {
        List<String> names = new ArrayList<>();
        for (int list = 0; list < LISTS; list++) {
            for (Entry<K, V> entry = lists.get(list); entry != null; entry = entry.next) {
                names.add(entry.name);
            }
        }
        return names;
    }

    /** Enters a value that was just made because there was none. Two threads may both do so; either value is good. */
    V entered(String name, @Nullable K key, V made) {
        put(name, key, made);
        return made;
    }
}

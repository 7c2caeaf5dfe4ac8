package org.shadowheap.instrument;

import java.lang.ref.WeakReference;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A table by class name and something that tells classes of one name apart: their loader, or the class itself.
 *
 * <p>Keyed by name on purpose: hashing a class or a loader would make the JVM give it an identity hash. Keys are held
 * weakly. Any thread reads and adds; nobody waits.
 *
 * @param <K> what tells entries of one name apart
 * @param <V> what is known
 */
final class LoadedClasses<K, V> {

    private final ConcurrentHashMap<String, Node<K, V>> byName = new ConcurrentHashMap<>();

    private static final class Node<K, V> {
        /** Null for the boot loader. */
        final @Nullable WeakReference<K> key;

        final V value;
        final @Nullable Node<K, V> next;

        Node(@Nullable K key, V value, @Nullable Node<K, V> next) {
            this.key = key == null ? null : new WeakReference<>(key);
            this.value = value;
            this.next = next;
        }

        boolean isFor(@Nullable K wanted) {
            return key == null ? wanted == null : wanted != null && key.refersTo(wanted);
        }

        boolean isAlive() {
            return key == null || !key.refersTo(null);
        }
    }

    @Nullable
    V get(String name, @Nullable K key) {
        for (Node<K, V> node = byName.get(name); node != null; node = node.next) {
            if (node.isFor(key)) {
                return node.value;
            }
        }
        return null;
    }

    /** Enters a value in front of any earlier one. */
    void put(String name, @Nullable K key, V value) {
        for (; ; ) {
            Node<K, V> head = byName.get(name);
            Node<K, V> fresh = new Node<>(key, value, firstAlive(head));
            if (head == null ? byName.putIfAbsent(name, fresh) == null : byName.replace(name, head, fresh)) {
                return;
            }
        }
    }

    /** The value, made by {@code maker} if there is none. Two threads may both make it; either result is good. */
    V computeIfAbsent(String name, K key, Function<K, V> maker) {
        V found = get(name, key);
        if (found != null) {
            return found;
        }
        V made = maker.apply(key);
        put(name, key, made);
        return made;
    }

    private static <K, V> @Nullable Node<K, V> firstAlive(@Nullable Node<K, V> head) {
        Node<K, V> node = head;
        while (node != null && !node.isAlive()) {
            node = node.next;
        }
        return node;
    }
}

package org.shadowheap.targets;

import java.util.IdentityHashMap;

/** Lesson: identity hashes that the agent gave work as the JVM's, in number, spread and constancy. */
public final class IdentityMaps {

    private static final int KEYS = 300_000;

    private IdentityMaps() {}

    public static void main(String[] args) {
        Object[] keys = new Object[KEYS];
        IdentityHashMap<Object, Integer> map = new IdentityHashMap<>();
        int[] hashes = new int[KEYS];
        for (int i = 0; i < KEYS; i++) {
            keys[i] = i % 3 == 0 ? new int[i % 5] : i % 3 == 1 ? new Object() : new Object[] {keys[i - 1]};
            if (i % 2 == 0) {
                hashes[i] = System.identityHashCode(keys[i]);
            }
            map.put(keys[i], i);
        }
        System.gc();
        int found = 0;
        int constant = 0;
        for (int i = 0; i < KEYS; i++) {
            found += map.get(keys[i]) == i ? 1 : 0;
            constant += i % 2 != 0 || hashes[i] == System.identityHashCode(keys[i]) ? 1 : 0;
            if (i % 3 == 0) {
                map.remove(keys[i]);
            }
        }
        System.out.println("found=" + found + " constant=" + constant + " left=" + map.size());
    }
}

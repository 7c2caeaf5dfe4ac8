package org.shadowheap.targets;

import java.lang.ref.WeakReference;

/** What was stored last must not stay alive because an inserted instruction keeps it in a local of the frame. */
public final class LastStored {

    private static final int BYTES = 1 << 20;

    private LastStored() {}

    public static void main(String[] args) {
        Object[] holder = new Object[1];
        holder[0] = new byte[BYTES];
        WeakReference<Object> stored = new WeakReference<>(holder[0]);
        Object[] copy = new Object[1];
        System.arraycopy(holder, 0, copy, 0, 1);
        WeakReference<Object> copied = new WeakReference<>(copy);
        holder = null;
        copy = null;
        for (int i = 0; i < 20 && (stored.get() != null || copied.get() != null); i++) {
            System.gc();
        }
        System.out.println("cleared: " + (stored.get() == null) + ", " + (copied.get() == null));
        System.out.println("threads: " + Thread.activeCount() + " " + (holder == null) + (copy == null));
    }
}

package org.shadowheap.targets;

/** Objects whose birth nobody sees, as they are clones that a class which is left out makes, are locked when the barrier meets them. */
public final class LockedStrangers {

    /** Two blocks of ids, and more. */
    private static final int COUNT = 5_000;

    private static final Stranger[] ALL = new Stranger[COUNT];
    private static final Stranger[] WAITED = new Stranger[COUNT];

    /** Is left out of the instrumentation. */
    static final class Stranger implements Cloneable {

        Object value = "first";

        Stranger copy() {
            try {
                return (Stranger) clone();
            } catch (CloneNotSupportedException e) {
                throw new AssertionError(e);
            }
        }
    }

    private LockedStrangers() {}

    public static void main(String[] arguments) throws InterruptedException {
        Stranger first = new Stranger();
        for (int i = 0; i < COUNT; i++) {
            Stranger stranger = first.copy();
            synchronized (stranger) {
                stranger.value = new Object[] {i};
                ALL[i] = stranger;
            }
            Stranger other = first.copy();
            synchronized (other) {
                if (i % 100 == 0) {
                    other.wait(1); // from now on its header points to a monitor
                }
                WAITED[i] = other;
                other.value = new Object[] {stranger};
            }
        }
        System.out.println(ALL.length + WAITED.length);
    }
}

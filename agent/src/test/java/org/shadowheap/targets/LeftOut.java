package org.shadowheap.targets;

/** Writes in classes that a user may leave out of the instrumentation; ends with status 3. */
public final class LeftOut {

    /** Is written by itself. */
    static final class Holder {
        Object value;

        void set(Object object) {
            value = object;
        }
    }

    /** Writes what belongs to others. */
    static final class Writer {

        private Writer() {}

        static void write(Holder holder, Object[] array) {
            holder.value = new int[3];
            array[2] = "stored by the writer";
            last = new String[2];
        }
    }

    static final Holder OWN = new Holder();
    static final Holder OTHERS = new Holder();
    static final Object[] ARRAY = new Object[4];
    static Object last = "nothing";

    private LeftOut() {}

    public static void main(String[] arguments) {
        // Everything is met before it is written.
        ARRAY[0] = OWN;
        ARRAY[1] = OTHERS;
        Object[] other = {OWN, OTHERS};
        ARRAY[3] = other;
        OWN.set(new Thread[5]);
        Writer.write(OTHERS, ARRAY);
        System.out.println(last instanceof String[]);
        System.exit(3);
    }
}

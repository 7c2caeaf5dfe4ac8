package org.shadowheap.instrument;

import java.util.Arrays;

/** Lesson: what javac makes of ordinary code. Rewritten and run by {@link RewrittenCodeTest}; needs the JDK alone. */
public class RewriterTarget implements Cloneable {

    private static RewriterTarget last;

    private final RewriterTarget parent;
    private Object payload;
    private volatile Object shared;

    /** Calls another constructor, with an object that it makes for that. */
    public RewriterTarget() {
        this(new RewriterTarget(null, "root"), new String(new char[] {'h', 'i'}));
    }

    RewriterTarget(RewriterTarget parent, Object payload) {
        super();
        this.parent = parent;
        this.payload = payload;
        last = this;
    }

    /** Its outer instance is stored before super() is called, which is given a new object. */
    private final class Inner extends RewriterTarget {
        private final Object[] own = new Object[3];

        Inner() {
            super(new RewriterTarget(), new long[] {1});
            own[1] = RewriterTarget.this;
        }

        Object outer() {
            return RewriterTarget.this.payload;
        }
    }

    /** Runs everything and says what it computed. */
    public String run(long seed, double factor) throws CloneNotSupportedException {
        StringBuilder result = new StringBuilder();
        long sum = seed;
        double scaled = factor;
        Object[][] nested = new Object[3][2];
        for (int i = 0; i < nested.length; i++) {
            nested[i][i % 2] = i > 0 ? nested[i - 1] : payload;
            sum += i * seed;
            scaled *= factor;
        }
        try {
            Object[] strings = new String[2];
            strings[0] = "fits";
            strings[1] = sum;
        } catch (ArrayStoreException expected) {
            result.append(expected.getMessage()).append(' ');
        }
        try {
            nested[3] = null;
        } catch (ArrayIndexOutOfBoundsException expected) {
            result.append(expected.getMessage()).append(' ');
        }
        try {
            RewriterTarget none = sum == 0 ? this : null;
            none.shared = this;
        } catch (NullPointerException expected) {
            result.append("null ");
        }
        Object[] copy = Arrays.copyOf(nested[1], 4);
        System.arraycopy(nested[2], 0, copy, 2, 2);
        Inner inner = new Inner();
        RewriterTarget twin = (RewriterTarget) clone();
        twin.shared = inner;
        payload = twin.shared == inner ? copy.clone() : null;
        result.append(sum).append(' ').append(scaled).append(' ').append(inner.outer() == payload);
        result.append(' ').append(copy[3] == null).append(' ').append(twin.parent == parent);
        result.append(' ').append(last == inner).append(' ').append(inner.own[1] == this);
        return result.toString();
    }
}

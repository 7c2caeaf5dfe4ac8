package org.shadowheap.targets;

import java.util.function.Function;
import java.util.function.Supplier;

/** Lesson: every reference that the language itself writes, a field for each way. */
public final class LanguageWrites {

    private static final int TIMES = 1000;
    private static final WriteCounts COUNTS = new WriteCounts(LanguageWrites.class);

    private LanguageWrites() {}

    static class Fields {
        Object plain;
        volatile Object plainVolatile;
        String concatenated = "";
        static Object plainStatic;
    }

    /** Generic, so that javac makes a bridge. */
    interface Holder<T> {
        void hold(T value);
    }

    static final class Box implements Holder<String> {
        Object content;

        @Override
        public void hold(String value) {
            content = value;
        }
    }

    record Pair(Object left, Object right) {}

    static class Base {
        final Object inherited = new Object();
    }

    /** Its outer instance is stored before super() is called. */
    final class Inner extends Base {
        final Object own = new Object();

        Object outer() {
            return LanguageWrites.this;
        }
    }

    /** Gives itself away, and then fails. */
    static final class Fails {
        static Fails last;
        final Object before;
        Object after;

        @SuppressWarnings("this-escape")
        Fails(Object value) {
            last = this;
            before = value;
            if (value != null) {
                throw new IllegalStateException("as it should");
            }
            after = this;
        }
    }

    interface Constants {
        Object MADE = new Object();
    }

    enum Color {
        RED,
        /** With a body, and so a class of its own. */
        GREEN {
            @Override
            Object held() {
                return "green";
            }
        };

        Object held() {
            return "none";
        }
    }

    static final Fields FIELDS = new Fields();
    static final Box BOX = new Box();
    static Object pair;
    static Object inner;
    static Object local;
    static Object constant;
    static Supplier<Object> capturing;
    static Supplier<String> ofMethod;
    static Function<Object, Object> ofConstructor;

    public static void main(String[] args) {
        fields();
        for (int i = 0; i < TIMES; i++) {
            classes();
            capture(new Object());
        }
        constant = Constants.MADE;
        COUNTS.expect("Box.content", TIMES);
        COUNTS.expect("Pair.left", TIMES);
        COUNTS.expect("Pair.right", TIMES);
        COUNTS.expect("Inner.this$0", TIMES);
        COUNTS.expect("Inner.own", TIMES);
        COUNTS.expect("Base.inherited", 2 * TIMES);
        COUNTS.expect("1Local.val$captured", TIMES);
        COUNTS.expect("Fails.last", TIMES);
        COUNTS.expect("Fails.before", TIMES);
        COUNTS.expect("Fails.after", 0);
        COUNTS.expect("Constants.MADE", 1);
        enums();
        // What lambdas and references to methods capture lies in hidden classes.
        COUNTS.expect("$Lambda*", 2 * TIMES);
        COUNTS.expectOwn("capturing", TIMES);
        COUNTS.expectOwn("ofMethod", TIMES);
        COUNTS.expectOwn("ofConstructor", TIMES);
        COUNTS.print();
    }

    private static void fields() {
        for (int i = 0; i < TIMES; i++) {
            FIELDS.plain = new Object();
            FIELDS.plainVolatile = new Object();
            FIELDS.concatenated = "the " + i + "th of " + TIMES + FIELDS.concatenated.length();
            Fields.plainStatic = new Object();
        }
        COUNTS.expect("Fields.plain", TIMES);
        COUNTS.expect("Fields.plainVolatile", TIMES);
        // Once by the constructor.
        COUNTS.expect("Fields.concatenated", TIMES + 1);
        COUNTS.expect("Fields.plainStatic", TIMES);
    }

    private static void classes() {
        Holder<String> holder = BOX;
        holder.hold("text");
        pair = new Pair(pair == null ? null : BOX, holder);
        inner = new LanguageWrites().new Inner();
        Object captured = ((Inner) inner).outer();
        class Local extends Base {
            Object captured() {
                return captured;
            }
        }
        local = new Local();
        try {
            pair = new Pair(new Fails(((Local) local).captured()), null);
        } catch (IllegalStateException expected) {
            constant = expected;
        }
    }

    private static void capture(Object value) {
        capturing = () -> value;
        ofMethod = value::toString;
        ofConstructor = Fails::new;
    }

    private static void enums() {
        int number = 0;
        for (Color color : Color.values()) {
            number += switch (color) {
                case RED -> 1;
                case GREEN -> 2;
            };
        }
        COUNTS.expect("Color.RED", 1);
        COUNTS.expect("Color.GREEN", 1);
        COUNTS.expect("Color.$VALUES", number / 3);
        // The compiler fills an array before a field holds it: its two elements count under the one or the other.
        COUNTS.expect("Color*", 1 + 1 + number / 3 + 2);
        // What javac makes for a switch.
        COUNTS.expect("1.$SwitchMap$org$shadowheap$targets$LanguageWrites$Color", 1);
    }
}

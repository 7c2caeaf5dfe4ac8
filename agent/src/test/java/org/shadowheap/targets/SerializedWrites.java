package org.shadowheap.targets;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Externalizable;
import java.io.IOException;
import java.io.ObjectInput;
import java.io.ObjectInputStream;
import java.io.ObjectOutput;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Lesson: what deserialization writes, a class for each way to take part in it. */
public final class SerializedWrites {

    private static final int TIMES = 300;
    private static final WriteCounts COUNTS = new WriteCounts(SerializedWrites.class);

    private SerializedWrites() {}

    /** Is constructed, as it is not serializable. */
    static class Parent {
        Object ofParent = new Object();
    }

    static final class Bean extends Parent implements Serializable {
        private static final long serialVersionUID = 1;
        final String value = new String("bean");
        Bean self = this;
        Object[] several = {this, "several"};
    }

    /** Replaces what was read. */
    static final class Resolved implements Serializable {
        private static final long serialVersionUID = 1;
        static final Resolved ONLY = new Resolved();
        final String name = new String("only");

        private Object readResolve() {
            return ONLY;
        }
    }

    /** Reads by hand. */
    static final class Custom implements Serializable {
        private static final long serialVersionUID = 1;
        String read = new String("by default");
        transient Object made = new Object();

        private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
            in.defaultReadObject();
            made = new Object();
        }
    }

    /** Does it all. */
    public static final class External implements Externalizable {
        private static final long serialVersionUID = 1;
        transient Object read;

        @Override
        public void writeExternal(ObjectOutput out) throws IOException {
            out.writeObject(new String("external"));
        }

        @Override
        public void readExternal(ObjectInput in) throws IOException, ClassNotFoundException {
            read = in.readObject();
        }
    }

    record Point(String name, Object next) implements Serializable {}

    enum Level {
        LOW,
        HIGH
    }

    static final List<Object> READ = new ArrayList<>();
    static Object first;

    public static void main(String[] args) throws Exception {
        Map<String, Object> map = new HashMap<>();
        map.put("list", new ArrayList<>(List.of(Level.HIGH, "text", 1000)));
        first = new Object[] {
            new Bean(), Resolved.ONLY, new Custom(), new External(), new Point("point", new Point("next", null)), map
        };
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(first);
        }
        for (int i = 0; i < TIMES; i++) {
            try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
                READ.add(in.readObject());
            }
        }
        // Once by the constructors of those that were written.
        COUNTS.expect("Parent.ofParent", TIMES + 1);
        COUNTS.expect("Bean.value", TIMES + 1);
        COUNTS.expect("Bean.self", TIMES + 1);
        COUNTS.expect("Bean.several", TIMES + 1);
        COUNTS.expect("Resolved.name", TIMES + 1);
        COUNTS.expect("Custom.read", TIMES + 1);
        COUNTS.expect("Custom.made", TIMES + 1);
        COUNTS.expect("External.read", TIMES);
        COUNTS.expect("Point.name", 2 * (TIMES + 1));
        COUNTS.expect("Point.next", 2 * (TIMES + 1));
        COUNTS.print();
    }
}

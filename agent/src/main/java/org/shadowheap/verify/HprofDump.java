package org.shadowheap.verify;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.netbeans.lib.profiler.heap.FieldValue;
import org.netbeans.lib.profiler.heap.Heap;
import org.netbeans.lib.profiler.heap.HeapFactory;
import org.netbeans.lib.profiler.heap.Instance;
import org.netbeans.lib.profiler.heap.JavaClass;
import org.netbeans.lib.profiler.heap.ObjectArrayInstance;
import org.netbeans.lib.profiler.heap.ObjectFieldValue;
import org.netbeans.lib.profiler.heap.PrimitiveArrayInstance;

/**
 * A dump in a file, read by the NetBeans profiler's library, which maps it and keeps an index of its objects in files
 * beside it. What is kept on the Java heap are the classes.
 */
final class HprofDump implements DumpedHeap {

    private static final String REFERENCE = "object";

    /** The JVM calls a hidden class {@code A/0x1}, dumps call it {@code A+0x1} or {@code A.0x1}. */
    private static final Pattern HIDDEN = Pattern.compile("[.+](0x[0-9a-f]+)$");

    private final Heap heap;
    private final Map<Long, DumpedClass> classes = new HashMap<>();

    /** The object that was asked for last: most are asked for several times in a row. */
    private @Nullable Instance last;

    /**
     * Opens a dump and indexes it: about a microsecond for each object.
     *
     * @throws IOException if it cannot be read, or is none
     */
    HprofDump(Path file) throws IOException {
        heap = HeapFactory.createHeap(file.toFile());
        List<?> all = heap.getAllClasses();
        for (Object each : all) {
            define((JavaClass) each);
        }
    }

    private DumpedClass define(JavaClass type) {
        DumpedClass known = classes.get(type.getJavaClassId());
        if (known != null) {
            return known;
        }
        JavaClass parent = type.getSuperClass();
        Instance loader = type.getClassLoader();
        List<String> fields = new ArrayList<>();
        for (Object each : type.getFields()) {
            org.netbeans.lib.profiler.heap.Field field = (org.netbeans.lib.profiler.heap.Field) each;
            if (field.getType().getName().equals(REFERENCE)) {
                fields.add(field.getName());
            }
        }
        DumpedClass defined = new DumpedClass(
                type.getJavaClassId(),
                HIDDEN.matcher(type.getName()).replaceFirst("/$1"),
                loader == null ? 0 : loader.getInstanceId(),
                parent == null ? null : define(parent),
                fields,
                statics(type));
        classes.put(defined.mirror(), defined);
        return defined;
    }

    /** Without what HotSpot adds for its own sake: {@code <resolved_references>}, {@code <init_lock>}, and the loader. */
    private static List<DumpedClass.StaticField> statics(JavaClass type) {
        List<DumpedClass.StaticField> statics = new ArrayList<>();
        for (Object each : type.getStaticFieldValues()) {
            String name = ((FieldValue) each).getField().getName();
            if (each instanceof ObjectFieldValue value && !name.startsWith("<")) {
                statics.add(new DumpedClass.StaticField(name, numberOf(value.getInstance())));
            }
        }
        return statics;
    }

    private static long numberOf(@Nullable Object instance) {
        return instance == null ? 0 : ((Instance) instance).getInstanceId();
    }

    private Instance instance(long object) {
        Instance known = last;
        if (known != null && known.getInstanceId() == object) {
            return known;
        }
        Instance found = heap.getInstanceByID(object);
        if (found == null) {
            throw new IllegalArgumentException("the dump has no such object: object=0x" + Long.toHexString(object));
        }
        last = found;
        return found;
    }

    @Override
    public Collection<DumpedClass> classes() {
        return classes.values().stream()
                .sorted(Comparator.comparing(DumpedClass::name).thenComparingLong(DumpedClass::mirror))
                .toList();
    }

    @Override
    public @Nullable DumpedClass mirrored(long object) {
        return classes.get(object);
    }

    @Override
    public DumpedClass classOf(long object) {
        return define(instance(object).getJavaClass());
    }

    @Override
    public int lengthOf(long object) {
        Instance instance = instance(object);
        if (instance instanceof ObjectArrayInstance array) {
            return array.getLength();
        }
        return instance instanceof PrimitiveArrayInstance array ? array.getLength() : -1;
    }

    @Override
    public void forEachReference(long object, ReferenceVisitor visitor) {
        Instance instance = instance(object);
        int place = 0;
        if (instance instanceof ObjectArrayInstance array) {
            for (Object element : array.getValues()) {
                visitor.reference(place++, numberOf(element));
            }
        } else if (!classes.containsKey(object)) {
            for (Object each : instance.getFieldValues()) {
                if (each instanceof ObjectFieldValue value) {
                    visitor.reference(place++, numberOf(value.getInstance()));
                }
            }
        }
    }

    @Override
    public @Nullable String threadName(long object) {
        if (instance(object).getValueOfField("name") instanceof Instance name
                && name.getValueOfField("value") instanceof PrimitiveArrayInstance value
                && value.getJavaClass().getName().equals("byte[]")) {
            StringBuilder text = new StringBuilder();
            for (Object each : value.getValues()) {
                text.append((char) (Byte.parseByte((String) each) & 0xff));
            }
            return text.toString();
        }
        return null;
    }

    /** The files stay mapped until the library's buffers are collected. */
    @Override
    public void close() {
        last = null;
    }
}

package org.shadowheap.trace;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.shadowheap.event.CallerDefinition;
import org.shadowheap.event.DefinitionSink;
import org.shadowheap.event.FieldDefinition;
import org.shadowheap.event.ObjectModel;
import org.shadowheap.event.Recording;
import org.shadowheap.event.RecordingEnd;
import org.shadowheap.event.SiteDefinition;
import org.shadowheap.event.TypeDefinition;
import org.shadowheap.event.TypeDefinition.Shape;
import org.shadowheap.event.UninstrumentedClass;
import org.shadowheap.event.layout.EventRecord;

/** The payloads of all blocks but records: each put has its get below it. */
final class Payloads {

    /** A shape is written as its index here: the order is part of the format. */
    private static final List<Shape> SHAPES =
            List.of(Shape.INSTANCE, Shape.REFERENCE_ARRAY, Shape.PRIMITIVE_ARRAY, Shape.MIRROR);

    /** Fewest bytes that a text, a field, an option takes: bounds the counts that a reader believes. */
    private static final int TEXT_BYTES = 4;

    private static final int FIELD_BYTES = TEXT_BYTES + 5;

    /** Of a field: collectors do not follow it; its declared type is an array of references. */
    private static final int WEAK = 1;

    private static final int ARRAY = 2;

    private Payloads() {}

    static void put(PayloadOutput block, Recording recording) {
        block.putText(recording.program());
        block.putText(recording.jvm());
        block.putLong(recording.startMillis());
        block.putInt(recording.model().referenceBytes());
        block.putInt(recording.model().alignmentBytes());
        block.putInt(recording.model().arrayLengthOffset());
        block.putInt(recording.options().size());
        for (Map.Entry<String, String> option : recording.options().entrySet()) {
            block.putText(option.getKey());
            block.putText(option.getValue());
        }
    }

    static Recording recording(PayloadReader payload) throws TraceFormatException {
        String program = payload.text();
        String jvm = payload.text();
        long startMillis = payload.int64();
        int referenceBytes = payload.int32Among("a reference of 4 or 8 bytes", 4, 8);
        int alignmentBytes = payload.int32Among("an alignment of 8 to 256 bytes", 8, 16, 32, 64, 128, 256);
        int arrayLengthOffset = payload.between("the offset of an array's length", 4, 64);
        Map<String, String> options = new TreeMap<>();
        for (int left = payload.count(2 * TEXT_BYTES); left > 0; left--) {
            options.put(payload.text(), payload.text());
        }
        payload.expectEnd();
        ObjectModel model = new ObjectModel(referenceBytes, alignmentBytes, arrayLengthOffset);
        return new Recording(program, jvm, startMillis, model, options);
    }

    static void put(PayloadOutput block, TypeDefinition type) {
        block.putInt(type.id());
        block.putText(type.name());
        block.putInt(type.loader());
        block.putInt(type.superType());
        block.putByte(SHAPES.indexOf(type.shape()));
        block.putInt(type.bytes());
        block.putInt(type.elementBytes());
        put(block, type.fields());
        put(block, type.statics());
    }

    private static void put(PayloadOutput block, List<FieldDefinition> fields) {
        block.putInt(fields.size());
        for (FieldDefinition field : fields) {
            block.putText(field.name());
            block.putInt(field.offset());
            block.putByte((field.weak() ? WEAK : 0) | (field.array() ? ARRAY : 0));
        }
    }

    static void put(PayloadOutput block, SiteDefinition site) {
        block.putInt(site.id());
        block.putText(site.className());
        block.putText(site.method());
        block.putInt(site.line());
        block.putText(site.field());
    }

    static TypeDefinition type(PayloadReader payload) throws TraceFormatException {
        int id = payload.between("the id of a type", 1, EventRecord.MAX_ID);
        String name = payload.text();
        int loader = payload.between("the number of a class loader", 0, Integer.MAX_VALUE);
        int superType = payload.between("the id of a superclass", 0, EventRecord.MAX_ID);
        int shape = payload.int8Among("a shape", 0, 1, 2, 3);
        int bytes = payload.between("the size of an instance", 0, Integer.MAX_VALUE);
        int elementBytes = payload.between("the size of an element", 0, 8);
        List<FieldDefinition> fields = fields(payload);
        List<FieldDefinition> statics = fields(payload);
        payload.expectEnd();
        return new TypeDefinition(id, name, loader, superType, SHAPES.get(shape), bytes, elementBytes, fields, statics);
    }

    private static List<FieldDefinition> fields(PayloadReader payload) throws TraceFormatException {
        int count = payload.count(FIELD_BYTES);
        List<FieldDefinition> fields = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            String name = payload.text();
            int offset = payload.between("the offset of a field", 0, Integer.MAX_VALUE);
            int kind = payload.int8Among("a number from 0 to 3", 0, 1, 2, 3);
            fields.add(new FieldDefinition(name, offset, (kind & WEAK) != 0, (kind & ARRAY) != 0));
        }
        return fields;
    }

    static SiteDefinition site(PayloadReader payload) throws TraceFormatException {
        int id = payload.between("the number of a site", 1, EventRecord.MAX_SITE);
        String className = payload.text();
        String method = payload.text();
        int line = payload.between("a line or -1", -1, Integer.MAX_VALUE);
        String field = payload.textOrNull();
        payload.expectEnd();
        return new SiteDefinition(id, className, method, line, field);
    }

    static void put(PayloadOutput block, CallerDefinition caller) {
        block.putInt(caller.id());
        block.putText(caller.className());
        block.putText(caller.method());
        block.putInt(caller.line());
    }

    static CallerDefinition caller(PayloadReader payload) throws TraceFormatException {
        int id = payload.between("the number of a caller", 1, EventRecord.MAX_ID);
        String className = payload.text();
        String method = payload.text();
        int line = payload.between("a line or -1", -1, Integer.MAX_VALUE);
        payload.expectEnd();
        return new CallerDefinition(id, className, method, line);
    }

    /** Reads a definition and hands it on. */
    static void define(int kind, PayloadReader payload, DefinitionSink sink) throws TraceFormatException {
        switch (kind) {
            case TraceFormat.TYPE -> sink.type(type(payload));
            case TraceFormat.SITE -> sink.site(site(payload));
            case TraceFormat.CALLER -> sink.caller(caller(payload));
            default -> throw new TraceFormatException(0, "a definition", "kind " + kind);
        }
    }

    static void put(PayloadOutput block, long records, long definitions, RecordingEnd end) {
        block.putLong(records);
        block.putLong(definitions);
        Long nanos = end.nanos();
        block.putLong(nanos == null ? -1 : nanos);
        Long allocatedBytes = end.allocatedBytes();
        block.putLong(allocatedBytes == null ? -1 : allocatedBytes);
        block.putText(end.stopped());
        block.putInt(end.uninstrumented().size());
        for (UninstrumentedClass left : end.uninstrumented()) {
            block.putText(left.name());
            block.putText(left.reason());
        }
    }

    /** Reads the end block and compares its totals with what was read before it. */
    static TraceContents contents(PayloadReader payload, long records, long definitions) throws TraceFormatException {
        payload.expect("records", records);
        payload.expect("definitions", definitions);
        Long nanos = payload.int64OrNull();
        Long allocatedBytes = payload.int64OrNull();
        String stopped = payload.textOrNull();
        List<UninstrumentedClass> uninstrumented = new ArrayList<>();
        for (int left = payload.count(2 * TEXT_BYTES); left > 0; left--) {
            uninstrumented.add(new UninstrumentedClass(payload.text(), payload.text()));
        }
        payload.expectEnd();
        RecordingEnd end = new RecordingEnd(nanos, allocatedBytes, stopped, uninstrumented);
        return new TraceContents(records, definitions, false, end);
    }
}

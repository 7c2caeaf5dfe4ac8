package org.shadowheap.event;

import org.shadowheap.event.layout.EventRecord;

/** Turns one record into one call of a sink. Stamps carry order only and reach no sink. */
public final class EventDecoder {

    /** First of the kinds of records that stand for a definition, which follows elsewhere. Kinds of events are lower. */
    public static final int DEFINITIONS = 253;

    /** Kinds of records that {@link #decode} knows and that reach a sink, as bits. */
    private static final long KNOWN = (1L << EventRecord.COLLECTION_TOLD + 1) - (1L << EventRecord.BIRTH);

    private EventDecoder() {}

    /** Whether {@link #decode} calls a sink for records of this kind. */
    public static boolean isEvent(int kind) {
        return kind < Long.SIZE && (KNOWN >>> kind & 1) != 0;
    }

    /**
     * Decodes a record.
     *
     * @return false if the kind is unknown, in which case nothing was called
     */
    public static boolean decode(long word0, long word1, EventSink sink) {
        int subject = EventRecord.subject(word0);
        int object = EventRecord.object(word0);
        int operand = EventRecord.operand(word1);
        switch (EventRecord.kind(word1)) {
            case EventRecord.FIELD_STORE -> sink.fieldStore(subject, operand, object, EventRecord.site(word1));
            case EventRecord.ARRAY_STORE -> sink.arrayStore(subject, operand, object, EventRecord.site(word1));
            case EventRecord.BIRTH -> sink.birth(subject, object, operand);
            case EventRecord.STAMP -> {}
            case EventRecord.STATIC_STORE -> sink.staticStore(subject, operand, object, EventRecord.site(word1));
            case EventRecord.ARRAY_COPY -> sink.arrayCopy(subject, operand, EventRecord.site(word1));
            case EventRecord.COPIED_ELEMENT -> sink.copiedElement(subject, operand, object, EventRecord.site(word1));
            case EventRecord.CONTACT -> sink.contact(subject, object, operand);
            case EventRecord.SNAPSHOT_SLOT -> sink.snapshotSlot(subject, operand, object);
            case EventRecord.SNAPSHOT_END -> sink.snapshotEnd(subject);
            case EventRecord.CALLED_FROM -> sink.calledFrom(EventRecord.site(word1), object, operand);
            case EventRecord.ROOTS -> sink.roots(operand);
            case EventRecord.ROOT -> sink.root(operand, object);
            case EventRecord.THREAD_END -> sink.threadEnd(operand);
            case EventRecord.ROOTS_REQUESTED -> sink.rootsRequested();
            case EventRecord.ROUND -> sink.round();
            case EventRecord.REAL_COLLECTION -> sink.realCollection(EventRecord.site(word1), subject, object, operand);
            case EventRecord.COLLECTED -> sink.collectedHere(EventRecord.site(word1), operand, subject, object);
            case EventRecord.COLLECTION_TOLD -> sink.collectionTold(EventRecord.site(word1), subject, object, operand);
            case EventRecord.LOST -> sink.lost(Integer.toUnsignedLong(operand));
            default -> {
                return false;
            }
        }
        return true;
    }
}

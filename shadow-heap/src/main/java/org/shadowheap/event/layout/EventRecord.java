package org.shadowheap.event.layout;

/**
 * Layout of the 16-byte record that a mutator appends to its event log.
 *
 * <pre>
 *   bit 0                          31 32                            63
 *      +--------------------------+--+------------------------------+--+
 *      | subject id            31 | 0| object id                 31 | 0|  word 0
 *      +--------------------------+--+------------------+--------------+
 *      | operand                  32 | site          24 | kind       8 |  word 1
 *      +-----------------------------+------------------+--------------+
 * </pre>
 *
 * A {@link #STAMP} record is the exception: its word 0 is the whole 64-bit stamp. Word 1 of a written record is never
 * zero, so a zeroed log holds no record.
 *
 * <p>This class is resident in the boot loader beside the barrier: it depends on {@code java.lang} alone, allocates
 * nothing and holds no state.
 */
public final class EventRecord {

    /** Size of a record in bytes. */
    public static final int BYTES = 16;

    /** Offset in bytes of word 0 from the record. */
    public static final int WORD0_OFFSET = 0;

    /** Offset in bytes of word 1 from the record. */
    public static final int WORD1_OFFSET = 8;

    /** Largest id that fits: ids are 31 bits, 0 stands for null. */
    public static final int MAX_ID = 0x7fff_ffff;

    /** Stands for the JVM where a thread is named: each {@link #ROOT} of it is something that it holds for ever. */
    public static final int JVM = 0;

    /** Largest site number that fits. */
    public static final int MAX_SITE = (1 << 24) - 1;

    /** The site of a store that is {@linkplain #again told again}. */
    public static final int AGAIN = 0;

    /** Word 0: the stamp. Operand: 1 if it is a ticket, else 0. Opens a run of records with that stamp. */
    public static final int STAMP = 1;

    /** A new object. Subject: its id. Object: its type. Operand: its extent (see {@code EventSink.birth}). */
    public static final int BIRTH = 2;

    /** An object that existed before it was met. Fields as in {@link #BIRTH}. */
    public static final int CONTACT = 3;

    /** A slot of a snapshot. Subject: holder. Object: value. Operand: offset in bytes, or index in an array. */
    public static final int SNAPSHOT_SLOT = 4;

    /** The snapshot of the subject is complete. */
    public static final int SNAPSHOT_END = 5;

    /** A store to a field. Subject: holder. Object: value. Operand: offset in bytes from the holder. */
    public static final int FIELD_STORE = 6;

    /** A store to an array element. Subject: array. Object: value. Operand: index. */
    public static final int ARRAY_STORE = 7;

    /** A store to a static field. Subject: class mirror. Object: value. Operand: offset in bytes from the mirror. */
    public static final int STATIC_STORE = 8;

    /** A bulk store. Subject: destination array. Operand: number of {@link #COPIED_ELEMENT} records that follow. */
    public static final int ARRAY_COPY = 9;

    /** One element of a bulk store. Fields as in {@link #ARRAY_STORE}. */
    public static final int COPIED_ELEMENT = 10;

    /**
     * A thread begins to list the references on its stack. Operand: thread, or, of one that has recorded nothing yet, the id of its object,
     * negative. In a log besides: object, how many references follow; subject, whether the thread lists again when it is asked.
     */
    public static final int ROOTS = 11;

    /** A reference on a thread's stack. Object: the id. Operand: thread, as for {@link #ROOTS}. */
    public static final int ROOT = 12;

    /** A thread has ended, or one that had recorded nothing has begun to. Operand: thread, as for {@link #ROOTS}. */
    public static final int THREAD_END = 13;

    /** The drain asked every thread for its roots. */
    public static final int ROOTS_REQUESTED = 14;

    /** End of a round: everything before it is closed under happens-before. */
    public static final int ROUND = 15;

    /** Events were lost. Operand: how many, unsigned. */
    public static final int LOST = 16;

    /**
     * The JVM has collected some time before, or a collection of the shadow heap was asked for. Subject: milliseconds since the recording began. Object: its pause in microseconds, 0 if it
     * did not pause. Operand: KiB of its young generation that were full before, unsigned. Site: a {@code CollectionKind}.
     */
    public static final int REAL_COLLECTION = 17;

    /**
     * Who called a site outside the application. Object: number of the caller, 0 if there is none. Operand: how many stores of
     * the site it stands for.
     */
    public static final int CALLED_FROM = 18;

    /**
     * The JVM has collected just here. Subject: milliseconds since the recording began. Object: its pause in microseconds, 0 if unknown.
     * Operand: its number among those of its kind, as the JVM counts. Site: a {@code CollectionKind}.
     */
    public static final int COLLECTED = 19;

    /**
     * What was told of a collection that is marked by {@link #COLLECTED}, before or after that. Subject: its number. Object: its pause in
     * microseconds. Operand: KiB of the young generation that were full before, unsigned, 0 if unknown. Site: a {@code CollectionKind}.
     */
    public static final int COLLECTION_TOLD = 20;

    private EventRecord() {}

    /** Word 0 of every kind but {@link #STAMP}. */
    public static long word0(int subject, int object) {
        return (long) object << 32 | subject;
    }

    /** Word 1 of every kind. */
    public static long word1(int kind, int operand, int site) {
        return (long) kind << 56 | (long) site << 32 | operand & 0xffff_ffffL;
    }

    public static int subject(long word0) {
        return (int) word0;
    }

    public static int object(long word0) {
        return (int) (word0 >>> 32);
    }

    public static int operand(long word1) {
        return (int) word1;
    }

    public static int site(long word1) {
        return (int) (word1 >>> 32) & MAX_SITE;
    }

    /**
     * Word 1 of a record that tells once more what a slot holds, because others stored to it at the same time and the last word
     * has to be what memory holds: each of them has told of its own store, so this is none.
     */
    public static long again(long word1) {
        return word1(kind(word1), operand(word1), AGAIN);
    }

    public static int kind(long word1) {
        return (int) (word1 >>> 56);
    }
}

package org.shadowheap.barrier;

/**
 * Layout of a thread's cell: where its log stands and which ids it may give next.
 *
 * <pre>
 *    0 +---------------------+---------------------+
 *      | TOP               8 | STAMP             8 |  next record, last stamp in the log
 *   16 +----------+----------+----------+----------+
 *      | NEXT_ID 4| ID_END  4| SAVED_IDS         8 |  ids left in the block; the same, put by while quiet
 *   32 +----------+----------+----------+----------+
 *      | LOG    4 | MODE   4 | THREAD_ID         8 |
 *   48 +----------+----------+---------------------+
 *      | LOST              8 | EPOCH             8 |
 *   64 +---------------------+---------------------+
 *      | FIRST_CHUNK       8 | CHUNKS            8 |  where the drain begins to read; how many were linked
 *   80 +----------+----------+---------------------+
 *      | SAMPLE 4 | EXTENT 4 | RANDOM            8 |  of samples of callers; EXTENT see STACK
 *   96 +----------+----------+---------------------+
 *      | QUIET_SINCE       8 | LISTED            8 |  what the thread had allocated when agent code began; TOP behind its last list
 *  112 +---------------------+---------------------+
 *      | WAITED            8 | STACK             8 |  epoch in which it listed early; part of the thread's own stack
 *  128 +---------------------+---------------------+
 * </pre>
 *
 * A stack overflow may end any method of the barrier at a call of another one: after each single write a cell must be sound.
 *
 * <p>Written by the thread it belongs to alone; the drain frees it when that thread has ended. TOP is written
 * with release after the record and read by the drain with acquire; everything else is read by its own thread.
 */
final class LogCell {

    static final int BYTES = 128;

    static final int TOP = 0;
    static final int STAMP = 8;

    /** {@link #NEXT_ID} and {@link #ID_END} as one word: where both change, they do so in one write. */
    static final int IDS = 16;

    static final int NEXT_ID = IDS;
    static final int ID_END = IDS + 4;
    static final int SAVED_IDS = 24;
    static final int LOG = 32;
    static final int MODE = 36;
    static final int THREAD_ID = 40;
    static final int LOST = 48;
    static final int EPOCH = 56;
    static final int FIRST_CHUNK = 64;
    static final int CHUNKS = 72;

    /** How many records the sample stands for with which the current chunk ends; 0 if it ends without. */
    static final int SAMPLE = 80;

    /** What random numbers come from, 0 before the first one. */
    static final int RANDOM = 88;

    /** Bytes that the thread had allocated when its stretch of agent code began, and one; 0 if there is none, or nobody can tell. */
    static final int QUIET_SINCE = 96;

    /** TOP behind the latest list of roots: what was recorded since lies between. */
    static final int LISTED = 104;

    /** The epoch in which the thread listed roots because it was about to wait, or to run agent code. */
    static final int WAITED = 112;

    /** Where a part of the thread's stack begins, and how many bytes of it are known to be its own: {@link OwnStack}. */
    static final int STACK = 120;

    static final int STACK_EXTENT = 84;

    /** Mode: the thread runs the application. */
    static final int NORMAL = 0;

    /** Mode: the thread runs the agent's code. Births and stores to objects without id are not recorded. */
    static final int QUIET = 1;

    /** Mode: nothing is recorded (the drain itself, a recording that has ended, or a walk to a caller). */
    static final int OFF = -1;

    private LogCell() {}
}

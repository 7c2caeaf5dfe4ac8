/**
 * The stream of events as a file.
 *
 * <p>In live: the drain thread feeds {@link org.shadowheap.trace.TraceWriter}, an event sink like the shadow heap
 * beside it, which fills buffers with records; a thread of the writer's own takes them apart into streams, compresses
 * these and writes a block of each buffer. Offline: {@link
 * org.shadowheap.trace.TraceReader} checks each block and feeds the events to any other sink, on the caller's thread.
 *
 * <p>A trace stands alone: it says what it is a recording of and defines every type and site before it is used. It is
 * a chain of checksummed blocks, so a process that was killed leaves a shorter trace and not a broken one, and a
 * damaged one is refused with the offset of the damage. The format is written down in {@code docs/trace-format.md}.
 *
 * <p>A block is written in three steps, and read in the same three backwards: {@link org.shadowheap.trace.RecordEncoder}
 * predicts each record as {@link org.shadowheap.trace.RecordModel} says and sorts what it could not predict into streams, {@link
 * org.shadowheap.trace.BlockEncoder} compresses them, {@link org.shadowheap.trace.BlockBuffer} adds header and checksums. A
 * writer costs its feeder 16 bytes and one bounds check an event, no allocation; all buffers are allocated before the first.
 * This package knows nothing of the heap: a trace fits every heap shape.
 */
@NullMarked
package org.shadowheap.trace;

import org.jspecify.annotations.NullMarked;

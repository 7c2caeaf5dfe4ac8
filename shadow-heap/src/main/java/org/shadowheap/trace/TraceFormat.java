package org.shadowheap.trace;

import org.shadowheap.event.EventDecoder;

/**
 * Layout of a trace file; all numbers are little-endian.
 *
 * <pre>
 *   0               8        12
 *   +---------------+--------+---------------------------+-------------+- ... -+-----+
 *   | magic         | version| DESCRIPTION block         | block       |       | END |
 *   +---------------+--------+---------------------------+-------------+- ... -+-----+
 *
 *   block:
 *   0        4        8             12              16                16 + length
 *   +--------+--------+-------------+---------------+------- ... -----+
 *   | kind   | length | payload CRC | header CRC    | payload         |
 *   +--------+--------+-------------+---------------+------- ... -----+
 * </pre>
 *
 * Both checksums are CRC32C. The header's covers the offset of the block in the file (8 bytes) and then its first 12
 * bytes, so a block out of place fails, and a length is believed only if it was written so.
 */
final class TraceFormat {

    /** Like PNG's: a byte that is no ASCII, a name, and line ends that a transfer as text would change. */
    static final long MAGIC = 0x0a1a_0a0d_5448_5389L;

    static final int VERSION = 5;

    /** What is read: up to version 4 streams are deflated; version 3 has no collections in place. */
    static final int OLDEST_VERSION = 3;

    /** The last version whose streams are deflated. */
    static final int LAST_DEFLATED_VERSION = 4;

    /** Bytes before the first block. */
    static final int FILE_HEADER_BYTES = 12;

    static final int BLOCK_HEADER_BYTES = 16;

    /** Bound of a payload, so that a reader needs no more memory than this. */
    static final int MAX_PAYLOAD_BYTES = 16 << 20;

    /** What the file is a recording of. The first block, and only the first. */
    static final int DESCRIPTION = 1;

    /** Most records of a block, those of definitions included. */
    static final int BLOCK_RECORDS = 1 << 16;

    /** Bound of a definition, so that its block stays below {@link #MAX_PAYLOAD_BYTES}. */
    static final int MAX_DEFINITION_BYTES = 8 << 20;

    /** Records and definitions, in merged order. */
    static final int EVENTS = 2;

    /** Totals and what is known at the end. The last block, of a finished trace. */
    static final int END = 3;

    /** Kind of a record behind which a caller follows, as for {@link #TYPE}; of a definition all kinds from here on. */
    static final int CALLER = EventDecoder.DEFINITIONS;

    /** Kind of a record that has a type among the definitions; its operand is the length in bytes. */
    static final int TYPE = 254;

    /** Kind of a record behind which a site follows, as for {@link #TYPE}. */
    static final int SITE = 255;

    private TraceFormat() {}
}

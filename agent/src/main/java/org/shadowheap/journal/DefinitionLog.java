package org.shadowheap.journal;

import java.io.RandomAccessFile;
import java.nio.MappedByteBuffer;
import jdk.internal.misc.Unsafe;
import org.shadowheap.barrier.Recording;
import org.shadowheap.event.CallerDefinition;
import org.shadowheap.event.DefinitionSink;
import org.shadowheap.event.SiteDefinition;
import org.shadowheap.event.TypeDefinition;
import org.shadowheap.trace.DefinitionBytes;

/**
 * Definitions in the mapped file, from before their first use; those of the start the trace has before the program begins. Any thread, also inside a barrier: it takes no lock. One
 * compare-and-set claims number and bytes, the last write is that of the index; who is killed between leaves a gap.
 */
public final class DefinitionLog implements DefinitionSink {

    private static final Unsafe U = Unsafe.getUnsafe();
    private static final long BYTES_MASK = (1L << LogLayout.BYTES_BITS) - 1;

    /** How long to wait for the thread that fills the file: it is behind for a moment, or has ended. */
    private static final long MAX_WAIT_NANOS = 20_000_000;

    private final MappedByteBuffer mapping;
    private final long address;
    private volatile long allowedEntries;
    private volatile long allowedBytes;

    /** Whether somebody has waited for room in vain: nobody does so again. */
    private volatile boolean isFull;

    /** @param address where the mapping lies */
    DefinitionLog(MappedByteBuffer mapping, long address) {
        this.mapping = mapping;
        this.address = address;
    }

    @Override
    public void site(SiteDefinition site) {
        put(DefinitionBytes.of(site));
    }

    @Override
    public void type(TypeDefinition type) {
        put(DefinitionBytes.of(type));
    }

    @Override
    public void caller(CallerDefinition caller) {
        put(DefinitionBytes.of(caller));
    }

    private void put(byte[] bytes) {
        if (!Recording.isOn()) {
            return; // nothing is recorded that could mention it
        }
        long size = bytes.length + Long.BYTES - 1 & -(long) Long.BYTES;
        long start = 0;
        for (; ; ) {
            long defined = U.getLongVolatile(null, address + LogLayout.DEFINED);
            long at = defined & BYTES_MASK;
            long number = defined >>> LogLayout.BYTES_BITS;
            if (number >= allowedEntries || at + size > allowedBytes) {
                long now = System.nanoTime();
                start = start == 0 ? now : start;
                if (isFull || now - start > MAX_WAIT_NANOS) {
                    isFull = true;
                    U.getAndAddLong(null, address + LogLayout.LACKING, 1);
                    return;
                }
                Thread.onSpinWait();
            } else if (U.compareAndSetLong(
                    null, address + LogLayout.DEFINED, defined, (number + 1 << LogLayout.BYTES_BITS) + at + size)) {
                mapping.put((int) (LogLayout.DEFINITIONS + at), bytes);
                U.putLongRelease(
                        null,
                        address + LogLayout.INDEX + number * Long.BYTES,
                        at << LogLayout.LENGTH_BITS | bytes.length);
                return;
            }
        }
    }

    /** Room for entries of the index. */
    static final class Index extends Room {

        private final DefinitionLog log;

        Index(RandomAccessFile file, DefinitionLog log, long ahead) {
            super(file, LogLayout.INDEX, Long.BYTES, LogLayout.INDEX_ENTRIES, ahead);
            this.log = log;
        }

        @Override
        long used() {
            return U.getLongVolatile(null, log.address + LogLayout.DEFINED) >>> LogLayout.BYTES_BITS;
        }

        @Override
        void allow(long things) {
            log.allowedEntries = things;
        }
    }

    /** Room for the definitions themselves. */
    static final class Bytes extends Room {

        private final DefinitionLog log;

        Bytes(RandomAccessFile file, DefinitionLog log, long ahead) {
            super(file, LogLayout.DEFINITIONS, 1, LogLayout.DEFINITION_BYTES, ahead);
            this.log = log;
        }

        @Override
        long used() {
            return U.getLongVolatile(null, log.address + LogLayout.DEFINED) & BYTES_MASK;
        }

        @Override
        void allow(long things) {
            log.allowedBytes = things;
        }
    }
}

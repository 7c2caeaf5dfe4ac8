package org.shadowheap.agent;

import java.lang.instrument.Instrumentation;
import jdk.internal.misc.Unsafe;
import org.shadowheap.event.ObjectModel;
import org.shadowheap.instrument.ArrayBase;

/** Finds out how this JVM lays out objects. */
final class ObjectModelProbe {

    private static final Unsafe U = Unsafe.getUnsafe();

    @SuppressWarnings("unused") // its offset tells where fields begin
    private static final class OneByte {
        byte value;
    }

    private ObjectModelProbe() {}

    static ObjectModel probe(Instrumentation instrumentation) {
        return new ObjectModel(U.arrayIndexScale(Object[].class), alignmentBytes(instrumentation), arrayLengthOffset());
    }

    /** Where the fields of an object begin, in bytes. */
    static int headerBytes() {
        return (int) U.objectFieldOffset(OneByte.class, "value");
    }

    private static int alignmentBytes(Instrumentation instrumentation) {
        long first = instrumentation.getObjectSize(new byte[0]);
        for (int length = 1; length < 1024; length++) {
            long size = instrumentation.getObjectSize(new byte[length]);
            if (size != first) {
                return (int) (size - first);
            }
        }
        return Long.BYTES;
    }

    static int arrayLengthOffset() {
        byte[] array = new byte[0x0123_4567 >>> 8];
        for (int offset = Long.BYTES; offset < ArrayBase.of(byte.class); offset += Integer.BYTES) {
            if (U.getInt(array, (long) offset) == array.length) {
                return offset;
            }
        }
        throw new IllegalStateException("the length of an array is not where it is on HotSpot");
    }
}

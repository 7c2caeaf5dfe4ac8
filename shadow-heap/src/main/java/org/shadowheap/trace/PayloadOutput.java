package org.shadowheap.trace;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Takes the values of a payload, one after the other, as the format has them. */
interface PayloadOutput {

    void putByte(int value);

    void putInt(int value);

    void putLong(long value);

    void putBytes(byte[] values);

    /** Length in bytes and UTF-8, or length -1 for null. */
    default void putText(@Nullable String text) {
        if (text == null) {
            putInt(-1);
            return;
        }
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        putInt(utf8.length);
        putBytes(utf8);
    }
}

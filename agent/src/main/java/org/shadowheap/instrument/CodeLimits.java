package org.shadowheap.instrument;

import org.objectweb.asm.ClassReader;

/**
 * How many bytes of code a method may have.
 *
 * @param compiled HotSpot compiles no method with more
 * @param format the class file format expresses no more
 */
record CodeLimits(int compiled, int format) {

    /** {@code -XX:HugeMethodLimit} of every JDK, and the format's own. */
    static final CodeLimits HOTSPOT = new CodeLimits(8_000, 65_535);

    /** Offsets in the format: a member's attributes, an attribute's content, the length in a Code attribute. */
    private static final int ATTRIBUTES = 6;

    private static final int CONTENT = 6;
    private static final int CODE_LENGTH = CONTENT + 4;

    /** Bytes of code of each method in the order of the file, 0 if it has none. Reads no instruction. */
    static int[] lengths(ClassReader reader) {
        char[] buffer = new char[reader.getMaxStringLength()];
        // Behind the header: access, name, superclass, interfaces; then the fields.
        int at = reader.header + 6;
        at += 2 + 2 * reader.readUnsignedShort(at);
        int fields = reader.readUnsignedShort(at);
        at += 2;
        for (int i = 0; i < fields; i++) {
            at = skipAttributes(reader, at + ATTRIBUTES);
        }
        int[] lengths = new int[reader.readUnsignedShort(at)];
        at += 2;
        for (int i = 0; i < lengths.length; i++) {
            lengths[i] = codeLength(reader, at + ATTRIBUTES, buffer);
            at = skipAttributes(reader, at + ATTRIBUTES);
        }
        return lengths;
    }

    private static int codeLength(ClassReader reader, int attributes, char[] buffer) {
        int at = attributes + 2;
        for (int left = reader.readUnsignedShort(attributes); left > 0; left--) {
            if ("Code".equals(reader.readUTF8(at, buffer))) {
                return reader.readInt(at + CODE_LENGTH);
            }
            at += CONTENT + reader.readInt(at + 2);
        }
        return 0;
    }

    private static int skipAttributes(ClassReader reader, int attributes) {
        int at = attributes + 2;
        for (int left = reader.readUnsignedShort(attributes); left > 0; left--) {
            at += CONTENT + reader.readInt(at + 2);
        }
        return at;
    }
}

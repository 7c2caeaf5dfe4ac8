package org.shadowheap.instrument;

import java.util.Objects;
import org.objectweb.asm.ClassReader;

/**
 * The constants of a class file (JVMS 4.4) as raw bytes: a string is made only where one is asked for.
 *
 * <pre>
 * Fieldref, Methodref   tag | index of a Class | index of a NameAndType
 * NameAndType           tag | index of a name  | index of a descriptor
 * Class, String         tag | index of a text
 * Utf8                  tag | length in bytes  | bytes
 *                           ^ where a constant begins, here
 * </pre>
 *
 * <p>What is looked up must have the tag that is expected there: a wrong index is an exception, never a wrong answer.
 */
final class ConstantPool {

    private static final int UTF8 = 1;
    private static final int CLASS = 7;
    private static final int STRING = 8;
    private static final int FIELD = 9;
    private static final int METHOD = 10;
    private static final int INTERFACE_METHOD = 11;
    private static final int NAME_AND_TYPE = 12;

    private final ClassReader reader;
    private final byte[] bytes;
    private final char[] buffer;

    ConstantPool(ClassReader reader, byte[] bytes) {
        this.reader = reader;
        this.bytes = bytes;
        this.buffer = new char[reader.getMaxStringLength()];
    }

    /** One more than the largest index. */
    int size() {
        return reader.getItemCount();
    }

    /** Where the field with this index begins. */
    int field(int index) {
        return find(index, FIELD);
    }

    /** Where the method with this index begins, of a class or of an interface. */
    int method(int index) {
        return find(index, tag(index) == INTERFACE_METHOD ? INTERFACE_METHOD : METHOD);
    }

    /** Where the class of a field or method begins. */
    int owner(int member) {
        return find(u2(member), CLASS);
    }

    /** Where the name and type of a field or method begin. */
    int nameAndType(int member) {
        return find(u2(member + 2), NAME_AND_TYPE);
    }

    boolean isString(int index) {
        return tag(index) == STRING;
    }

    /** Where the string with this index begins. */
    int string(int index) {
        return find(index, STRING);
    }

    /** Where the text begins whose index is at the given place. */
    int text(int place) {
        return find(u2(place), UTF8);
    }

    /** The text whose index is at the given place, as ASM will give it, too. */
    String read(int place) {
        text(place);
        return Objects.requireNonNull(reader.readUTF8(place, buffer), "text");
    }

    int length(int text) {
        return u2(text);
    }

    /** First byte of a name or descriptor: it has one. */
    int first(int text) {
        if (length(text) == 0) {
            throw new IllegalArgumentException("a name or descriptor must have characters: offset=" + text);
        }
        return bytes[text + 2];
    }

    /** Whether a text is this one, which is of ASCII characters. */
    boolean is(int text, String expected) {
        int length = expected.length();
        if (length(text) != length) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (bytes[text + 2 + i] != expected.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private int find(int index, int tag) {
        int constant = reader.getItem(index);
        if (constant == 0 || bytes[constant - 1] != tag) {
            throw new IllegalArgumentException("constant must have tag " + tag + ": index=" + index);
        }
        return constant;
    }

    /** 0 for no constant: index 0, or the second of a long or double. */
    private int tag(int index) {
        int constant = reader.getItem(index);
        return constant == 0 ? 0 : bytes[constant - 1];
    }

    private int u2(int at) {
        return (bytes[at] & 0xff) << 8 | bytes[at + 1] & 0xff;
    }
}

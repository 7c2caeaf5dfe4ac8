package org.shadowheap.agent;

import java.util.ArrayList;
import java.util.List;
import org.objectweb.asm.ClassReader;

/** Reads a class file's constant pool. */
final class ConstantPool {

    private static final int UTF8 = 1;
    private static final int FIELD = 9;
    private static final int METHOD = 10;
    private static final int INTERFACE_METHOD = 11;

    /** A field or method that code uses, as the JVM looks for it: by name and descriptor. */
    record Member(String owner, String name, String descriptor) {
        boolean isField() {
            return descriptor.charAt(0) != '(';
        }
    }

    private ConstantPool() {}

    /** Every field and method that the class uses. */
    static List<Member> members(ClassReader reader) {
        List<Member> members = new ArrayList<>();
        char[] buffer = new char[1 << 16];
        for (int i = 1; i < reader.getItemCount(); i++) {
            int item = reader.getItem(i);
            int tag = item == 0 ? 0 : reader.readByte(item - 1);
            if (tag == FIELD || tag == METHOD || tag == INTERFACE_METHOD) {
                int nameAndType = reader.getItem(reader.readUnsignedShort(item + 2));
                members.add(new Member(
                        reader.readClass(item, buffer),
                        reader.readUTF8(nameAndType, buffer),
                        reader.readUTF8(nameAndType + 2, buffer)));
            }
        }
        return members;
    }

    /** Every text in it: names of classes and members, descriptors, signatures, strings. */
    static List<String> strings(ClassReader reader) {
        List<String> strings = new ArrayList<>();
        char[] buffer = new char[1 << 16];
        for (int i = 1; i < reader.getItemCount(); i++) {
            int item = reader.getItem(i);
            // Long and double take two entries; the second has no place.
            if (item != 0 && reader.readByte(item - 1) == UTF8) {
                strings.add(utf8(reader, item, buffer));
            }
        }
        return strings;
    }

    /** Modified UTF-8; what is not ASCII names none of the classes that are looked for. */
    private static String utf8(ClassReader reader, int item, char[] buffer) {
        int length = reader.readUnsignedShort(item);
        for (int i = 0; i < length; i++) {
            buffer[i] = (char) reader.readByte(item + 2 + i);
        }
        return new String(buffer, 0, length);
    }
}

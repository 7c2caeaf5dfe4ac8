package org.shadowheap.agent;

import java.io.EOFException;
import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;

/**
 * The directory at the end of a jar file. {@code JarFile} tells the same, but makes objects of a thousand entries for a few dozen that
 * are asked for.
 *
 * <pre>
 *   entry   signature 4 | ... | lengths of name, extra, comment, each 2, from 28 on | ... | name, from 46 on | extra | comment
 *   end     signature 4 | ... | bytes of all entries 4, from 12 on | where they begin 4
 * </pre>
 */
final class JarDirectory {

    private static final int ENTRY = 0x02014b50;
    private static final int ENTRY_LENGTHS = 28;
    private static final int ENTRY_NAME = 46;
    private static final int END = 0x06054b50;
    private static final int END_SIZES = 12;
    private static final int END_BYTES = 22;

    private final byte[] entries;

    private JarDirectory(byte[] entries) {
        this.entries = entries;
    }

    /** @throws IOException if it cannot be read, or the file ends with a comment, as our jar does not */
    static JarDirectory of(File jar) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(jar, "r")) {
            byte[] end = new byte[END_BYTES];
            file.seek(Math.max(0, file.length() - END_BYTES));
            file.readFully(end);
            if (number(end, 0) != END) {
                throw new IOException("the jar has no directory at its end: jar=" + jar);
            }
            byte[] entries = new byte[number(end, END_SIZES)];
            file.seek(number(end, END_SIZES + Integer.BYTES));
            file.readFully(entries);
            return new JarDirectory(entries);
        }
    }

    /** Of the directory, which has the checksum of every file. */
    long checksum() {
        CRC32 crc = new CRC32();
        crc.update(entries, 0, entries.length);
        return crc.getValue() << Integer.SIZE | entries.length;
    }

    /** Names of files, in the order of the directory. */
    List<String> beginningWith(String prefix) throws IOException {
        byte[] wanted = prefix.getBytes(StandardCharsets.UTF_8);
        List<String> names = new ArrayList<>();
        int at = 0;
        while (at < entries.length) {
            if (number(entries, at) != ENTRY) {
                throw new EOFException("the jar's directory is damaged: at=" + at);
            }
            int name = half(entries, at + ENTRY_LENGTHS);
            if (begins(at + ENTRY_NAME, name, wanted)) {
                names.add(new String(entries, at + ENTRY_NAME, name, StandardCharsets.UTF_8));
            }
            at += ENTRY_NAME
                    + name
                    + half(entries, at + ENTRY_LENGTHS + Short.BYTES)
                    + half(entries, at + ENTRY_LENGTHS + 2 * Short.BYTES);
        }
        return names;
    }

    private boolean begins(int at, int length, byte[] wanted) {
        if (length < wanted.length) {
            return false;
        }
        // Backwards: what most names share is at the front.
        for (int i = wanted.length - 1; i >= 0; i--) {
            if (entries[at + i] != wanted[i]) {
                return false;
            }
        }
        return true;
    }

    private static int half(byte[] bytes, int at) {
        return bytes[at] & 0xff | (bytes[at + 1] & 0xff) << Byte.SIZE;
    }

    private static int number(byte[] bytes, int at) {
        return half(bytes, at) | half(bytes, at + Short.BYTES) << Short.SIZE;
    }
}

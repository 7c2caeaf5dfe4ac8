package org.shadowheap.instrument;

import java.util.List;
import java.util.zip.Adler32;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;
import org.shadowheap.event.SiteDefinition;

/**
 * A class of the JDK as it was rewritten, with what rewriting it found.
 *
 * @param name binary name
 * @param file which class file it was rewritten from
 * @param facts what the class file says, the first number of the sites included
 * @param bytes the new class file, null if nothing needs a barrier
 * @param sites the sites in the order of the code, with their numbers
 * @param targets what each site stores to, null for array elements
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record RewrittenClass(
        String name,
        Sum file,
        ClassFacts facts,
        byte @Nullable [] bytes,
        List<SiteDefinition> sites,
        List<Sites.@Nullable Target> targets) {

    /**
     * What tells class files of one name apart: two checksums that have nothing to do with each other. Both are compiled into the JVM,
     * so nothing has to be loaded or compiled for them.
     *
     * @param length in bytes
     */
    record Sum(int length, int crc, int adler) {

        static Sum of(byte[] file) {
            return new Sum(file.length, crc(file, file.length), adler(file));
        }

        /** Whether the file is the one; no {@code equals}, which would be linked while classes are rewritten. */
        boolean isOf(byte[] file) {
            return file.length == length && crc(file, file.length) == crc && adler(file) == adler;
        }

        static int crc(byte[] file, int end) {
            CRC32 crc = new CRC32();
            crc.update(file, 0, end);
            return (int) crc.getValue();
        }

        private static int adler(byte[] file) {
            Adler32 adler = new Adler32();
            adler.update(file, 0, file.length);
            return (int) adler.getValue();
        }
    }
}

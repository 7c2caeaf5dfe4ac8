package org.shadowheap.instrument;

import java.io.ByteArrayOutputStream;
import org.objectweb.asm.ClassReader;

/**
 * Takes the methods that need a change out of a class file, so that ASM reads and writes these alone, and puts them back:
 * everything else stays as it is, byte for byte.
 *
 * <pre>
 * the class          header, constants | access ... interfaces | fields | methods    | attributes
 * what ASM is given  the same          | the same              | none   | changed    | BootstrapMethods
 * what ASM returns   and new constants | the same              | none   | rewritten  | BootstrapMethods
 * the new class      as returned       | as before             | before | as returned or before | before
 * </pre>
 *
 * <p>This is sound because ASM leaves the constants of a class that it copies where they are, and adds others behind them.
 */
final class ChangedMethods {

    private final byte[] bytes;
    private final ClassScan scan;

    /** Which methods these are, in the order of the file. */
    private final int[] numbers;

    ChangedMethods(byte[] bytes, ClassScan scan, int[] numbers) {
        this.bytes = bytes;
        this.scan = scan;
        this.numbers = numbers;
    }

    /** A class file with these methods alone. */
    byte[] alone() {
        ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length);
        out.write(bytes, 0, scan.fieldTable);
        u2(out, 0);
        u2(out, numbers.length);
        for (int number : numbers) {
            out.write(bytes, scan.begins[number], scan.begins[number + 1] - scan.begins[number]);
        }
        int bootstrap = scan.bootstrapMethods;
        u2(out, bootstrap > 0 ? 1 : 0);
        if (bootstrap > 0) {
            out.write(bytes, bootstrap, ClassScan.end(bytes, bootstrap) - bootstrap);
        }
        return out.toByteArray();
    }

    /** The whole class again, with what became of these methods. */
    byte[] putBack(byte[] rewritten) {
        int header = new ClassReader(rewritten).header;
        ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length + rewritten.length);
        out.write(rewritten, 0, header);
        // Access to interfaces, then the number of fields, none, and of methods.
        int from = header + scan.fieldTable - scan.header + 4;
        int kept = scan.header;
        for (int number : numbers) {
            int end = ClassScan.endOfMember(rewritten, from);
            out.write(bytes, kept, scan.begins[number] - kept);
            out.write(rewritten, from, end - from);
            kept = scan.begins[number + 1];
            from = end;
        }
        out.write(bytes, kept, scan.end - kept);
        return out.toByteArray();
    }

    private static void u2(ByteArrayOutputStream out, int value) {
        out.write(value >> 8);
        out.write(value);
    }
}
